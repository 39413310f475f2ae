"""The page in a real Chromium: a command, a chart, a form, a file, a thread, a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright
from slack_bolt.app.async_app import AsyncApp

from bot.playground import LocalSlack, Shortcut

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")
NASTY = '<img src=x onerror="document.title=1"> & *bold* <https://example.com|there>'


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page at phone width; a script error fails the test."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        opened = await browser.new_page(viewport={"width": 390, "height": 844})
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        yield opened
        await browser.close()
        assert problems == []


def ask_form() -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": {"type": "plain_text", "text": "Ask"},
        "submit": {"type": "plain_text", "text": "Send it"},
        "blocks": [
            {
                "type": "input",
                "block_id": "words",
                "label": {"type": "plain_text", "text": "Words"},
                "element": {"type": "plain_text_input", "action_id": "typed"},
            }
        ],
    }


async def test_a_person_can_use_the_page(echo: tuple[LocalSlack, AsyncApp], page: Page) -> None:
    """Type the command, press the button, mend the form, drop a file; no text becomes markup."""
    slack, app = echo
    if slack.mode == "http":
        return

    @app.command("/kpi")
    async def kpi(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        section = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{command['text']}*"}}
        blocks = [section, {"type": "actions", "elements": [button]}]
        await client.chat_postMessage(channel=command["channel_id"], text="x", blocks=blocks)

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=ask_form())

    @app.view("ask")
    async def ask(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["words"]["typed"]["value"]
        if typed == "bad":
            await ack(response_action="errors", errors={"words": "X doesn't report that."})
        else:
            await ack()

    @app.event("message")
    async def message() -> None:
        pass

    @app.event("file_shared")
    async def shared() -> None:
        pass

    await slack.person("omar").say("#marketing", NASTY)
    await page.goto(f"{slack.url}/#C0MARKETING")
    await page.get_by_text('<img src=x onerror="document.title=1"> & ').wait_for()
    assert "playground" in await page.title()

    box = page.get_by_label("Message #marketing")
    await box.fill("/kpi reach")
    await page.get_by_text("Ask for a number").wait_for()
    await box.press("Enter")
    await page.get_by_role("button", name="Go").click()
    words = page.get_by_label("Words")
    send = page.get_by_role("button", name="Send it")
    await send.click()
    await page.get_by_text("Please complete this required field.").wait_for()
    await words.fill("bad")
    await send.click()
    await page.get_by_text("X doesn't report that.").wait_for()
    assert await words.input_value() == "bad"
    await words.fill("good")
    await send.click()
    await page.locator("dialog.modal[open]").wait_for(state="hidden")

    await page.get_by_label("Choose a file").set_input_files(
        {"name": "posts.csv", "mimeType": "text/csv", "buffer": b"id,reach\n1,2\n"}
    )
    await page.get_by_role("link", name="posts.csv").wait_for()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == 390


async def test_a_support_thread_can_be_lived_in_the_page(
    echo: tuple[LocalSlack, AsyncApp], page: Page
) -> None:
    """Open it, reply and also send, mark and unmark, edit, delete, be somebody else."""
    slack, app = echo
    if slack.mode == "http":
        return

    @app.event("message")
    async def message() -> None:
        pass

    for name in ("reaction_added", "reaction_removed"):

        @app.event(name)
        async def mark() -> None:
            pass

    @app.shortcut("track")
    async def track(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        thread = body["message"].get("thread_ts") or body["message_ts"]
        await client.chat_postEphemeral(**place, thread_ts=thread, text="Tracked as 12")

    slack.space.seed.shortcuts = (Shortcut("Track as customer issue", "track"),)
    attached = [{"author_name": "lena_k", "text": NASTY}]
    post = slack.app_post("#support", "", username="Instagram comments", attachments=attached)
    await slack.person("omar").say("#support", "Looking at it", post.ts)
    await page.goto(f"{slack.url}/archives/{post.channel}/p{post.ts.replace('.', '')}")
    thread = page.locator("#thread")
    await thread.get_by_text("Looking at it").wait_for()
    await thread.get_by_text("1 reply").wait_for()

    box = thread.get_by_label("Reply", exact=True)
    await box.fill("It arrives tomorrow")
    await thread.get_by_label("Also send to #support").check()
    await box.press("Enter")
    mine = thread.locator("article", has_text="It arrives tomorrow")
    await mine.get_by_text("also sent to the channel").wait_for()
    said = slack.person("mia").sees("#support")[-1]
    assert (said.thread_ts, said.subtype) == (post.ts, "thread_broadcast")

    await mine.get_by_role("button", name="Add reaction").first.click()
    await page.get_by_role("menuitemradio", name="Skin tone 2").click()
    await page.get_by_role("menuitem", name="raising_hand::skin-tone-3").click()
    marked = mine.get_by_role("button", name="raising_hand::skin-tone-3, 1: Mia")
    await marked.click()
    await marked.wait_for(state="detached")
    assert said.reactions == {}
    await mine.get_by_role("button", name="Add reaction").first.click()
    await page.get_by_label("Emoji by name").fill(":white_check_mark:")
    await page.get_by_role("button", name="Add", exact=True).click()
    await mine.get_by_role("button", name="white_check_mark, 1: Mia").wait_for()

    await mine.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Track as customer issue").click()
    told = thread.locator("article", has_text="Tracked as 12")
    await told.get_by_text("Only visible to you").wait_for()
    await mine.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Edit").click()
    await page.get_by_role("textbox", name="Edit message").fill("It arrives today")
    await page.get_by_role("button", name="Save").click()
    await thread.locator("article", has_text="It arrives today (edited)").wait_for()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == 390

    await page.get_by_role("button", name="Close thread").click()
    await page.get_by_role("button", name="Show channels").click()
    await page.get_by_label("You are").select_option("omar")
    await page.get_by_role("button", name="2 replies").click()
    await thread.get_by_text("It arrives today").wait_for()
    assert await told.count() == 0
    other = thread.locator("article", has_text="It arrives today")
    await other.get_by_role("button", name="white_check_mark, 1: Mia").click()
    await other.get_by_role("button", name="white_check_mark, 2: Mia, Omar").wait_for()
    await slack.person("mia").delete(said)
    await other.wait_for(state="detached")
