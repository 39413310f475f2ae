"""A newcomer's first hour in a real Chromium: what Home, buttons and forms say, and nothing else.

The same way over sockets, with more to check, is ``tests/home/test_newcomer.py``.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.browser.test_demo_in_chromium import CHROMIUM, drop
from tests.home.test_newcomer import EXPORT, LIKES
from tests.slack.conftest import Town, enter_town

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")
SLOW = 20_000
"""Milliseconds that a page may take on a busy machine; nothing is slow by itself."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """An empty workspace and the bot."""
    async with enter_town(tmp_path, empty=True) as ready:
        yield ready


@pytest.fixture
async def page(town: Town) -> AsyncIterator[Page]:
    """The direct message with Kepi, on a telephone; an error in the page's script fails."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        opened = await browser.new_page(viewport={"width": 390, "height": 844})
        opened.set_default_timeout(SLOW)
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        await opened.goto(f"{town.slack.url}#{town.mia.channel('dm').id}")
        yield opened
        await browser.close()
        assert problems == []


async def test_from_an_empty_workspace_to_a_restricted_channel(page: Page, town: Town) -> None:
    """Account, file, chart, competitor, note on the chart, a channel's answers for the asker."""
    home = page.locator("#home")
    await open_home(page, town)
    await expect(home).to_contain_text("1 Accounts: none", timeout=SLOW)
    await home.get_by_role("button", name="Add", exact=True).click()
    await add_account(page, "@acme", "A new brand of ours", "Acme")
    await expect(home).to_contain_text("1 Accounts: 1 ✓", timeout=SLOW)

    await page.get_by_role("tab", name="Messages").click()
    await drop(page, "posts.csv", EXPORT)
    await (
        said(page, "Instagram posts, 21 rows")
        .get_by_role("button", name=re.compile("^Import"))
        .click()
    )
    await said(page, "Added 21 posts").get_by_role("button", name="Ask").click()
    await ask_for_likes(page)
    answer = said(page, "Likes · ")
    await expect(answer).to_contain_text(str(LIKES), timeout=SLOW)
    await expect(answer.locator(".picture img")).to_have_js_property(
        "naturalWidth", 1600, timeout=SLOW
    )

    await open_home(page, town)
    await expect(home).to_contain_text("Instagram acme · data to", timeout=SLOW)
    await home.get_by_role("button", name="Add", exact=True).click()
    await add_account(page, "nordkaffe", "A new competitor", "Nordkaffe")
    await expect(home).to_contain_text("Nordkaffe · competitor", timeout=SLOW)

    await home.get_by_role("button", name="Add a note").click()
    await field(page, "What happened").fill("Black Week")
    await field(page, "First day").fill("2026-11-12")
    await send(page)
    await home.get_by_role("button", name="Ask", exact=True).click()
    await ask_for_likes(page)
    await expect(home).to_contain_text("The answer is in Messages.", timeout=SLOW)
    await page.get_by_role("tab", name="Messages").click()
    await expect(said(page, "Likes · ")).to_contain_text("Black Week", timeout=SLOW)

    await open_home(page, town)
    await home.get_by_role("button", name="Channel settings").click()
    await field(page, "Channel").select_option(label="#marketing")
    await submit(page).click()
    await field(page, "Answers are seen by").select_option(label="Only the asker")
    await send(page)
    await town.quiet()
    await town.mia.command("/kpi likes this month", "#marketing")
    alone = await town.mia.await_message("#marketing", f"*{LIKES}*")
    assert alone.is_private


async def open_home(page: Page, town: Town) -> None:
    """Open Home and wait until it is published: it is drawn anew then."""
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator("#tab-home")).to_have_attribute("aria-selected", "true")
    await page.wait_for_timeout(200)
    await town.quiet()


def modal(page: Page) -> Locator:
    return page.locator("dialog.modal[open]")


def field(page: Page, label: str) -> Locator:
    """Return a field of the open form by the words above it."""
    return modal(page).get_by_label(re.compile(f"^{label}")).first


def submit(page: Page) -> Locator:
    return modal(page).locator("footer button.primary")


def said(page: Page, words: str) -> Locator:
    """Return the newest message that holds ``words``."""
    return page.locator("article", has_text=words).last


async def send(page: Page) -> None:
    """Send the form; it closes."""
    await submit(page).click()
    await expect(modal(page)).to_have_count(0, timeout=SLOW)


async def add_account(page: Page, handle: str, brand: str, name: str) -> None:
    await field(page, "Platform").select_option(label="Instagram")
    await field(page, "Handles").fill(handle)
    await field(page, "Brand").select_option(label=brand)
    await field(page, "Name of a new brand").fill(name)
    await submit(page).click()
    await expect(modal(page)).to_contain_text("Added Instagram", timeout=SLOW)
    await modal(page).get_by_role("button", name="Close").first.click()
    await expect(modal(page)).to_have_count(0, timeout=SLOW)


async def ask_for_likes(page: Page) -> None:
    await field(page, "KPI").select_option(label="Likes")
    await field(page, "Period").select_option(label="This month")
    await send(page)
