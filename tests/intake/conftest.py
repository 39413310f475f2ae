"""A town with a tracked channel: the unmodified bot, a local Slack, rules saved as setup does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.playground.seed import MIA, OMAR
from storage import desks, ledger
from support.entries import Entry
from support.ledger_rows import unpack
from support.relays import RelayRule
from support.rulebook import pack_rules
from support.rules import Mode, Rules
from support.timeline import Timeline
from tests.slack.conftest import NOW, Town, enter_town

DESK = "#support"
RULES = Rules(mode=Mode.AUTO, others_are="customer", responders=(OMAR,), add_ticket=False)


@dataclass
class Care:
    """The town, and what the bot has understood."""

    town: Town

    @property
    def slack(self) -> Any:
        return self.town.slack

    @property
    def context(self) -> Any:
        return self.town.running.context

    def id_of(self, channel: str) -> str:
        return str(self.slack.space.find_channel(channel).id)

    def entries(self, channel: str = DESK) -> list[Entry]:
        """Return what the ledger holds of a channel, in Slack's order."""
        home = self.context.home.workspace
        with self.context.database.read() as connection:
            rows = ledger.since(connection, home, self.id_of(channel), 0)
        return sorted((unpack(row) for row in rows), key=lambda it: it.at)

    def told(self, channel: str = DESK) -> list[str]:
        """Return the entries in a few words each."""
        parts = ((it.kind, it.role, it.name) for it in self.entries(channel))
        return [" ".join(part for part in some if part) for some in parts]

    def issues(self) -> list[Timeline]:
        """Return every issue, oldest first."""
        with self.context.database.read() as connection:
            found = connection.exec_driver_sql("SELECT id FROM issue ORDER BY opened, id").all()
        return [self.context.tracker.timeline(id) for (id,) in found]

    def excerpts(self) -> list[str]:
        with self.context.database.read() as connection:
            return [text for (text,) in connection.exec_driver_sql("SELECT text FROM excerpt")]

    def unfinished(self) -> int:
        with self.context.database.read() as connection:
            statement = "SELECT count(*) FROM seen_event WHERE NOT done"
            return int(connection.exec_driver_sql(statement).scalar_one())

    async def track(self, channel: str, rules: Rules, *relays: RelayRule) -> None:
        """Set a channel up."""
        home, id = self.context.home.workspace, self.id_of(channel)

        def save(connection: Any) -> None:
            desks.make(connection, home, id, channel.lstrip("#"))
            desks.add_rules(connection, home, id, pack_rules(rules), NOW, MIA)
            for rule in relays:
                desks.add_relay_rule(
                    connection,
                    home,
                    app=rule.app,
                    rule=rule.to_json(),
                    by=MIA,
                    at=NOW,
                    channel=rule.channel,
                )

        await self.context.write(save)

    async def quiet(self) -> None:
        await self.town.quiet()


@asynccontextmanager
async def enter_care(folder: Path, **choices: Any) -> AsyncIterator[Care]:
    """Start a town without sample data; ``#support`` is tracked, Omar answers there."""
    async with enter_town(folder, empty=True, **choices) as town:
        care = Care(town)
        await care.quiet()
        await care.track(DESK, RULES)
        yield care


@pytest.fixture
async def care(tmp_path: Path) -> AsyncIterator[Care]:
    """A town whose ``#support`` is tracked."""
    async with enter_care(tmp_path) as ready:
        yield ready
