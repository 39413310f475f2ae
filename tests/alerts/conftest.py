"""A street of processes with rules, numbers by the day, and a clock that tests move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground import Message
from commands.alerts.reading import read_words
from commands.alerts.saving import write_down
from commands.writers import planners
from kpis.surroundings import look_around
from storage.batch import AccountName, Batch, MentionRow
from storage.imports import store
from tests.drawn import fill
from tests.outbox.street import Process, Street, open_street

MIA, OMAR = "U0MIA000000", "U0OMAR00000"
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ACCOUNT = AccountName("instagram", "acme")


@dataclass
class Watch:
    """Processes that judge and send, the first of them being where people act."""

    street: Street
    workspace: int

    @property
    def process(self) -> Process:
        return self.street.processes[0]

    @property
    def now(self) -> datetime:
        return self.process.clock()

    def at(self, moment: datetime) -> None:
        """Set every clock, and Slack's with it."""
        for it in self.street.processes:
            it.clock.now = moment

    def numbers(self, drawn: str, **more: Any) -> None:
        """Import a drawn table of account days, as of now."""
        fill(self.street.database, days=drawn, at=self.now, **more)

    def likes(self, first: date, *values: int) -> None:
        """Import a day's likes for each value, from ``first`` on."""
        rows = [
            f"{first + timedelta(days=n)} | instagram | acme | {value}"
            for n, value in enumerate(values)
        ]
        table = ["day | platform | account | likes", "-+-+-+-", *rows]
        self.numbers("\n".join(table))

    def mentions(self, moments: list[datetime], sentiment: str = "negative") -> None:
        """Import a mention of Acme at each moment, about delivery where they are negative."""
        topic = "delivery" if sentiment == "negative" else ""
        rows = tuple(
            MentionRow(
                line=number + 2,
                platform="x",
                external_id=f"{sentiment}-{moment.timestamp()}-{number}",
                brand="acme",
                at=moment,
                sentiment=sentiment,
                topic=topic,
            )
            for number, moment in enumerate(moments)
        )
        batch = Batch("mentions", "Mentions", "m.csv", f"{sentiment}{moments[:1]}{len(moments)}")
        store(self.street.database, self.workspace, replace(batch, mentions=rows), MIA, self.now)

    async def rule(self, words: str, by: str = MIA, channel: str = "#marketing") -> int:
        """Save the rule that words describe, as the form would; return its number."""
        context = self.process.context
        room = self.street.slack.space.find_channel(channel).id
        with context.database.read() as connection:
            around = look_around(context.database, connection, self.workspace)
        today = self.now.astimezone(ZoneInfo(around.zone)).date()
        draft = read_words(words, around, today, room, by)
        rule = await context.write(write_down, context, by, draft, by)
        return rule.id

    async def tick(self, **later: float) -> None:
        """Let time pass, then let every process look what is due and send it."""
        self.at(self.now + timedelta(**later))
        for _ in range(2):
            for it in self.street.processes:
                for planner in planners():
                    if planner.__module__ == "commands.alerts.watching":
                        await planner(it.context)
                await it.send()
                await it.context.tasks.settle()

    def said(self, channel: str = "#marketing") -> list[Message]:
        """Return what stands in a channel, threads left out."""
        return [it for it in self.street.said(channel) if not is_reply(it)]

    def story(self, channel: str = "#marketing") -> list[str]:
        """Return the lines of all threads."""
        return [it.text for it in self.street.said(channel) if is_reply(it)]

    @property
    def first(self) -> Message:
        (message,) = self.said()
        return message

    def edits(self) -> int:
        return self.street.calls("chat.update")


def is_reply(message: Message) -> bool:
    return bool(message.thread_ts) and message.thread_ts != message.ts


@asynccontextmanager
async def open_watch(
    folder: Path, kind: str = "sqlite", processes: int = 1, at: datetime = MONDAY
) -> AsyncIterator[Watch]:
    """Open a street whose workspace has one Instagram account with a steady month behind it."""
    async with open_street(folder, kind, processes) as street:
        workspace = street.processes[0].context.home.workspace
        watch = Watch(street, workspace)
        watch.at(at)
        watch.likes(at.date() - timedelta(days=70), *[200 + n % 7 for n in range(69)])
        yield watch


Open = Callable[..., AbstractAsyncContextManager[Watch]]


@pytest.fixture
def watch(tmp_path: Path) -> Open:
    """Open a street with rules."""
    return partial(open_watch, tmp_path)
