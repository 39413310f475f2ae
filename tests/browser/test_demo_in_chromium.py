"""The demo as a person meets it: the real bot, the real page, a real Chromium."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")

FACEBOOK = """\
Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Views,Reach,Reactions,Comments,\
Shares,Total clicks
1,7,Roastery,First,12/03/2014 03:00,https://www.facebook.com/7/posts/1,Photos,500,200,10,2,1,4
2,7,Roastery,Second,12/04/2014 03:00,https://www.facebook.com/7/posts/2,Photos,500,300,20,3,2,5
3,7,Roastery,Third,32/04/2014 03:00,https://www.facebook.com/7/posts/3,Photos,500,300,20,3,2,5
"""


@pytest.fixture(params=["socket", "http"])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address that the demo prints; it stops by itself when the test is over."""
    kept = {key: it for key, it in os.environ.items() if not key.startswith(("SLACK_", "KEPI_"))}
    kept.pop("DATABASE_URL", None)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "playground",
        *("--port", "0", "--mode", request.param, "--clock", "2026-11-22T12:00:00+00:00"),
        *("--database", f"sqlite:///{tmp_path / 'demo.db'}"),
        cwd=ROOT,
        env=kept,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    yield found[0]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 30) == 0


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """The page at desktop width; an error in its script fails the test."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        opened = await browser.new_page(viewport={"width": 1280, "height": 800})
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        await opened.goto(address)
        yield opened
        await browser.close()
        assert problems == []


async def test_type_the_command_see_the_chart_press_how_drop_a_file(page: Page) -> None:
    """The first five minutes of a newcomer, by keyboard and mouse."""
    composer = page.get_by_label("Message #marketing")
    await composer.fill("/kpi reach instagram last-30d")
    await composer.press("Enter")
    answer = page.locator("article", has_text="Reach · Instagram acme · last 30 days").last
    await expect(answer).to_contain_text("people", timeout=15_000)

    chart = answer.locator(".picture img")
    await expect(chart).to_be_visible(timeout=20_000)
    await expect(chart).to_have_js_property("naturalWidth", 1600)
    alt = await chart.get_attribute("alt")
    assert alt is not None
    assert re.search(r"\d{2},\d{3}", alt), "the alternative text states the numbers"

    await answer.get_by_role("button", name="How?").click()
    form = page.locator("dialog.modal[open]")
    await expect(form).to_contain_text("Built from", timeout=15_000)
    await expect(form).to_contain_text("Repeat")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)

    await page.get_by_role("button", name=re.compile("Kepi")).first.click()
    await drop(page, "posts.csv", FACEBOOK)
    preview = page.locator("article", has_text="line 4").last
    await expect(preview).to_contain_text("2 new", timeout=15_000)
    await preview.get_by_role("button", name=re.compile("Import")).first.click()
    done = page.locator("article", has_text="Added 2").last
    await expect(done).to_be_visible(timeout=15_000)

    composer = page.locator("textarea:visible").first
    await composer.fill("interactions roastery 2014-12")
    await composer.press("Enter")
    said = page.locator("article", has_text="Interactions · Facebook roastery").last
    await expect(said).to_contain_text("38", timeout=15_000)

    await done.get_by_role("button", name="Take it back").click()
    await expect(page.locator("article", has_text="2 removed").last).to_be_visible(timeout=15_000)


async def drop(page: Page, name: str, text: str) -> None:
    """Drop a file on the page as a person drags it there."""
    await page.evaluate(
        """([name, text]) => {
            const files = new DataTransfer();
            files.items.add(new File([text], name, {type: "text/csv"}));
            const target = document.querySelector("textarea:not([hidden])");
            for (const kind of ["dragenter", "dragover", "drop"]) {
                target.dispatchEvent(
                    new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
            }
        }""",
        [name, text],
    )


def test_chromium_is_there_in_ci() -> None:
    """`.ci/run` installs it, so that this file is never skipped there."""
    assert CHROMIUM.exists()
