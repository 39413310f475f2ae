"""A second workspace beside the one that is tested: the same ids, other numbers, and no rights.

What is looked at when the test is over (reliability row 39): its Slack was asked nothing, its
rows are as they were, and no statement of the bot read or changed rows without naming a workspace.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from bot.playground import LocalSlack, Seed, Team
from bot.playground.grounds import Grounds
from bot.playground.sample import sample
from bot.serve import Running
from bot.served import Served
from storage.accounts import add_account
from storage.database import Database
from storage.imports import store
from storage.installations import Seal, install, make_key
from storage.kept.register import REGISTER
from storage.workspaces import connect_team
from tests.storage.test_every_query import lacks_workspace, watching

TESTS = str(Path(__file__).parent)
WATCH = str(Path(__file__).parent / "storage" / "test_every_query.py")
"""It notes the statements, and so stands between them and whoever sends them."""
BRAVO = Team("T0BRAVO0000", "Bravo", "bravo")
ASKED_OF_ALL = frozenset({"auth.test", "users.info", "conversations.info"})
"""What a start may ask of any workspace."""
OF_ALL = ("upload",)
"""Tables that the process looks at for all workspaces alike."""
HOUSE = frozenset({"choice", "told", "setting_change", "delivery", "seen_event"})
"""Where each workspace's own watch writes down that it goes round."""


class Among(Running):
    """A bot of many workspaces, seen from one of them."""

    team = ""

    @property
    def only(self) -> Served:
        found = self.workspaces.get(self.team)
        assert found is not None
        return found


def seen_from(running: Running, team: str) -> Among:
    """Return the bot as a test of one workspace knows it."""
    among = Among(running.workspaces, running.rounds, running.port, running.scheduler)
    object.__setattr__(among, "team", team)
    return among


@dataclass
class Mirror:
    """The two workspaces, and the one key under which their tokens are."""

    grounds: Grounds
    here: LocalSlack
    there: LocalSlack
    key: str


@asynccontextmanager
async def side_by_side(here: LocalSlack) -> AsyncIterator[Mirror]:
    """Start two workspaces behind one address: the second has the first one's people and rooms."""
    seed = here.space.seed
    twin = Seed(
        team=BRAVO,
        scopes=seed.scopes,
        events=seed.events,
        commands=seed.commands,
        shortcuts=seed.shortcuts,
        home_tab=seed.home_tab,
    )
    for member in twin.members:
        if member.team == seed.team.id:
            member.team = BRAVO.id
    there = LocalSlack(
        seed=twin,
        mode="http",
        faults=replace(here.faults),
        clock_offset=here.space.clock.now() - datetime.now(UTC).timestamp(),
        bot_token="xoxb-bravo",
    )
    here.api.bot_token = "xoxb-acme"
    async with Grounds(here, there) as grounds:
        yield Mirror(grounds, here, there, make_key())


def plant(database: Database, mirror: Mirror, now: datetime, *, with_numbers: bool) -> None:
    """Let Kepi be installed in both; the second has the same accounts, and other numbers."""
    seal = Seal([mirror.key])
    with database.write() as connection:
        for slack in (mirror.here, mirror.there):
            said = installation_of(slack)
            install(
                connection,
                team=said["team_id"],
                name=said["team_name"],
                sealed=seal.close(said),
                by="",
                at=now,
                expires=None,
            )
    if not with_numbers:
        return
    made = sample(today=now.date(), seed=99, days=60)
    with database.write() as connection:
        home = connect_team(connection, BRAVO.id, BRAVO.name)
        for it in made.accounts:
            add_account(connection, home.id, it.name.platform, it.name.handle, it.brand, it.own)
    for batch in made.batches:
        store(database, home.id, batch, by="", at=now)


def installation_of(slack: LocalSlack) -> dict[str, Any]:
    seed = slack.space.seed
    return {
        "app_id": seed.app_id,
        "team_id": seed.team.id,
        "team_name": seed.team.name,
        "bot_token": slack.api.bot_token,
        "bot_id": seed.bot_id,
        "bot_user_id": seed.bot_user,
        "user_id": "",
    }


@asynccontextmanager
async def looked_at(running: Running, mirror: Mirror) -> AsyncIterator[None]:
    """Look, for as long as the block lasts, that nothing of the second workspace is touched."""
    database = running.workspaces.shared.database
    served = running.workspaces.get(BRAVO.id)
    assert served is not None
    await served.context.tasks.settle()
    before, calls = sum_up(database, served.context.home.workspace), len(mirror.there.calls)
    with watching(database, OfTheBot()) as sent:
        yield
    asked = {it.method for it in list(mirror.there.calls)[calls:]}
    assert asked <= ASKED_OF_ALL, f"the other workspace was asked {asked - ASKED_OF_ALL}"
    after = sum_up(database, served.context.home.workspace)
    assert after == before, {name for name in before if before[name] != after[name]}
    assert list(without_workspace(sent)) == []


class OfTheBot(list[str]):
    """Statements that the bot sends; what a test asks the database itself is not looked at."""

    def append(self, statement: str) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(TESTS) and file != WATCH:
                return
            frame = frame.f_back
        super().append(statement)


def without_workspace(sent: list[str]) -> Iterator[str]:
    """Yield statements that would find another workspace's rows."""
    for statement in dict.fromkeys(sent):
        words = statement.lower()
        if lacks_workspace(statement) and not any(f" {it}" in words for it in OF_ALL):
            yield statement


def sum_up(database: Database, workspace: int) -> dict[str, str]:
    """Return every row of a workspace, table by table, as one number each."""
    with database.read() as connection:
        return {
            table.name: rows_of(connection, table, workspace)
            for table in SQLModel.metadata.sorted_tables
            if table.name in REGISTER and "workspace" in table.c and table.name not in HOUSE
        }


def rows_of(connection: Connection, table: Any, workspace: int) -> str:
    found = connection.execute(select(table).where(table.c.workspace == workspace))
    return sha256("\n".join(sorted(repr(tuple(it)) for it in found)).encode()).hexdigest()
