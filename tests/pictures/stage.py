"""A workspace, the bot in it and a browser in front: what surfaces are shown on."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Message, Person
from bot.playground.planting import let_numbers_come, plant
from bot.playground.sample_issues import draw_issues
from bot.playground.sample_messages import put_messages
from bot.playground.sample_town import town_of
from bot.playground.world import View
from bot.serve import Running, start
from bot.settings import read_settings
from commands import outbox, writers

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=en-GB")
WHOLE = """() => {
    for (const it of document.querySelectorAll("dialog.modal")) it.style.maxHeight = "none";
    for (const it of document.querySelectorAll(".found")) it.classList.remove("found");
    document.getElementById("thread-below")?.setAttribute("hidden", "");
    document.activeElement?.blur();
}"""
"""Forms are shown whole, nothing is lit up, and under a thread is nothing to write in."""
WIDTHS = {"desktop": 1280, "phone": 390}
TALL = 2400
"""Nothing is cut off by the window."""
MARKETING = "#marketing"
MOST_PIXELS = 2000
"""Of a picture's height."""


@dataclass
class Stage:
    """One workspace at one moment; ``jump`` goes on to a later one."""

    slack: LocalSlack
    url: str
    page: Page
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    running: Running | None = None
    began: datetime | None = None
    """When the sample begins whose numbers come in as time passes."""
    seen: str = ""
    """Where the page is open."""
    viewer: str = "mia"
    """As whom."""

    @property
    def mia(self) -> Person:
        return self.slack.person("mia")

    async def jump(self, to: datetime) -> None:
        """Stop the bot and start it at another moment, on the same database."""
        await self.stack.aclose()
        if self.began is not None:
            let_numbers_come(self.url, self.began, to)
        self.slack.clock.advance(max(0.0, (to - self.slack.clock.instant()).total_seconds()))
        told = {"DATABASE_URL": self.url, "KEPI_CLOCK": to.isoformat()}
        settings = read_settings(self.slack.environment | told)
        self.running = await self.stack.enter_async_context(start(settings))
        await self.slack.bot_ready(60)

    async def quiet(self) -> None:
        """Wait until nothing is on its way and the bot has done what it began."""
        assert self.running is not None
        for _ in range(2):
            await self.slack.settle()
            await self.running.context.tasks.settle()
        await self.slack.settle()

    async def wake(self) -> None:
        """Do what is due, and what follows from it."""
        assert self.running is not None
        for _ in range(3):
            await writers.plan(self.running.context)
            await outbox.deliver_due(self.running.context)
        await self.quiet()

    async def ask(self, words: str, where: str = MARKETING, who: str = "mia") -> Message:
        """Return what the bot said last after a command."""
        person = self.slack.person(who)
        before = [it.ts for it in person.bot_said(where)]
        await person.command(words, where)
        await self.quiet()
        said = [it for it in person.bot_said(where) if it.ts not in before]
        if not said:
            raise LookupError(f"nothing was said after {words!r}")
        return said[-1]

    async def command(self, words: str, where: str = MARKETING) -> None:
        """Type a command that opens a form."""
        await self.mia.command(words, where)
        await self.quiet()

    async def press(self, shown: Message | View, words: str, who: str = "mia") -> None:
        """Press the button, or choose the entry of a menu, that says ``words``."""
        for it in elements(shown.blocks):
            for choice in it.get("options", []):
                if choice["text"]["text"] == words:
                    await self.slack.person(who).press(shown, it["action_id"], choice["value"])
                    await self.quiet()
                    return
            if (it.get("text") or {}).get("text") == words:
                await self.slack.person(who).press(shown, it["action_id"], it.get("value"))
                await self.quiet()
                return
        raise LookupError(f"nothing says {words!r} in {[*labels(shown.blocks)]}")

    async def submit(self, values: dict[str, Any] | None = None, who: str = "mia") -> None:
        """Send the form that stands open."""
        await self.slack.person(who).submit(self.view(who), values or {})
        await self.quiet()

    def view(self, who: str = "mia") -> View:
        view = self.slack.person(who).open_view()
        if view is None:
            said = self.slack.person(who).bot_said("dm")[-1:]
            raise LookupError(f"no form stands open; last said: {said}")
        return view

    async def open_home(self, who: str = "mia") -> View:
        await self.slack.person(who).open_home()
        await self.quiet()
        home = self.slack.person(who).home()
        assert home is not None
        return home

    # --- what is pictured

    async def message(self, message: Message) -> Locator:
        """Return a message as the page shows it; no thread stands open beside it."""
        await self.go(message.channel)
        return await self.ready(self.page.locator(f'article[data-ts="{message.ts}"]').last)

    async def thread(self, message: Message) -> Locator:
        """Return the thread of a message."""
        await self.go(f"{message.channel}/{message.ts}/{message.ts}")
        return await self.ready(self.page.locator("#thread"))

    async def form(self) -> Locator:
        await self.go("")
        return await self.ready(self.page.locator("dialog.modal[open]"))

    async def home(self, who: str = "mia") -> Locator:
        rooms, person = self.slack.space.channels.values(), self.slack.person(who)
        await self.go(next(it.id for it in rooms if it.im_with == person.id), who)
        await self.page.locator("#tab-home").click()
        return await self.ready(self.page.locator("#home"))

    async def site(self, html: str) -> Locator:
        """Return a page of Kepi's own, outside Slack."""
        await self.page.goto("about:blank")  # the playground allows no style of another page
        await self.page.set_content(html)
        self.seen = ""
        return self.page.locator("main")

    async def go(self, place: str, who: str = "mia") -> None:
        """Open the page anew at a place; where that is nowhere, as it is."""
        if who != self.viewer:
            await self.page.goto(self.slack.url)
            await self.page.evaluate("who => localStorage.setItem('kepi-me', who)", who)
            self.viewer, self.seen = who, ""
        if place or not self.seen:
            self.seen = f"{self.slack.url}/?at={len(self.seen)}{abs(hash(place))}#{place}"
            await self.page.goto(self.seen)
        await self.page.wait_for_timeout(400)

    async def ready(self, shown: Locator) -> Locator:
        """Wait until a part of the page, with its pictures, is there."""
        await shown.wait_for(timeout=15_000)
        await self.page.wait_for_function(
            "() => [...document.images].every(it => it.complete && it.naturalWidth > 0)",
            timeout=20_000,
        )
        return shown

    async def shoot(self, shown: Locator, folder: Path, name: str) -> list[Path]:
        """Write the picture of a part of the page, at both widths."""
        files = []
        for kind, width in WIDTHS.items():
            await self.page.set_viewport_size({"width": width, "height": TALL})
            await self.page.wait_for_timeout(350)
            await self.page.evaluate(WHOLE)
            file = folder / f"{name}-{kind}.png"
            await shown.screenshot(path=file, animations="disabled", timeout=15_000)
            files.append(file)
        await self.page.set_viewport_size({"width": WIDTHS["desktop"], "height": TALL})
        await self.page.wait_for_timeout(200)
        return files

    async def close_forms(self) -> None:
        if (view := self.mia.open_view()) is not None:
            await self.mia.close(view, everything=True)
            await self.quiet()


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every button and menu, in order."""
    for block in blocks:
        if "accessory" in block:
            yield block["accessory"]
        if block["type"] == "actions":
            yield from block["elements"]


def labels(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for it in elements(blocks):
        yield str((it.get("text") or {}).get("text", it["action_id"]))


@asynccontextmanager
async def open_stage(folder: Path, at: datetime, *, empty: bool) -> AsyncIterator[Stage]:
    """Open a workspace at a moment, with the demo's sample or with nothing in it."""
    url = f"sqlite:///{folder / ('empty.db' if empty else 'sample.db')}"
    moments = [] if empty else draw_issues(at)
    if not empty:
        plant(url, at, moments)
    seed = town_of(build_manifest("socket"))
    faults, offset = Faults(file_processing=0.05, retry_scale=0.01), at.timestamp() - time.time()
    slack = LocalSlack(seed=seed, faults=faults, clock_offset=offset)
    put_messages(slack.space, moments)
    async with slack, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[*FLAGS],
            env={**os.environ, "LANG": "en_GB.UTF-8", "LANGUAGE": "en_GB"},
        )
        stage = Stage(slack, url, await open_page(browser))
        try:
            await stage.jump(at)
            stage.began = None if empty else at
            yield stage
        finally:
            await stage.stack.aclose()
            await browser.close()


async def open_page(browser: Browser) -> Page:
    size = {"width": WIDTHS["desktop"], "height": TALL}
    page = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale="en-GB",
        timezone_id="Europe/Stockholm",
    )
    return await page.new_page()
