"""Forgetting a customer or an agent leaves every time of every issue byte for byte as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from storage import forgetting, ledger
from storage.database import Database
from storage.kept.people import Person, is_pseudonym
from storage.kept.register import table_named
from storage.tables import EPOCH
from support.entries import Entry
from support.ledger_rows import pack
from support.tracker import Tracker
from tests.kept.planted import ADMIN, NOW, find_left
from tests.tracker.histories import CHANNEL, months
from tests.tracker.test_tracker import prepare, rows_of

GONE = ("U0C3000000", "U0OMAR0000")
LATER = timedelta(days=200)


def with_ids(entry: Entry) -> Entry:
    """Return an entry whose people have ids as Slack gives them."""
    said = entry.said
    if said is not None and said.customer:
        said = replace(said, customer=f"slack:{id_of(said.customer.removeprefix('slack:'))}")
    key = entry.key.replace(f"|{entry.actor}|", f"|{id_of(entry.actor)}|")
    return replace(entry, key=key, actor=id_of(entry.actor), said=said)


def id_of(name: str) -> str:
    return f"U0{name.upper():0<8}" if name else ""


def write(database: Database, workspace: int, entries: list[Entry]) -> None:
    with database.write() as connection:
        ledger.append(connection, workspace, [pack(it) for it in entries], EPOCH + LATER)


def put_back(rows: Any, names: dict[str, str]) -> Any:
    """Return rows as they were, pseudonyms turned into the ids that they stand for."""
    if isinstance(rows, str):
        for name, held in names.items():
            rows = rows.replace(name, held)
        return rows
    if isinstance(rows, dict):
        return {key: put_back(it, names) for key, it in rows.items()}
    if isinstance(rows, list | tuple):
        return [put_back(it, names) for it in rows]
    return rows


def test_issues_are_folded_to_the_same_times(database: Database) -> None:
    """A process that holds the channel in memory goes on with the new names, not with the old.

    A toy that renamed the rows of issues alone would bring the ids back with the next fold.
    """
    workspace = prepare(database)
    entries = [with_ids(it) for it in months(7, threads=80, days=60)]
    write(database, workspace, entries[:-3])
    tracker = Tracker(database, workspace)
    tracker.refresh(CHANNEL, NOW)
    before = rows_of(database, workspace)
    names: dict[str, str] = {}
    for user in GONE:
        with database.write() as connection:
            order = forgetting.begin(connection, workspace, Person(user=user), ADMIN, NOW)
        assert forgetting.carry_out(database, workspace, order, NOW).rows
        names[pseudonym(database, user, names)] = user
    assert find_left(database, GONE) == []
    assert sorted_rows(put_back(rows_of(database, workspace), names)) == sorted_rows(
        put_back(before, {})
    )
    write(database, workspace, entries[-3:])
    tracker.refresh(CHANNEL, NOW)
    held = rows_of(database, workspace)
    assert all(user not in repr(held["issue"]) for user in GONE if user not in repr(entries[-3:]))
    Tracker(database, workspace).rebuild(NOW)
    assert rows_of(database, workspace) == held


def pseudonym(database: Database, user: str, known: dict[str, str]) -> str:
    """Return the one name in the ledger that was not there before."""
    table = table_named("ledger")
    with database.read() as connection:
        actors = connection.execute(select(table.c.actor).distinct()).scalars().all()
    (new,) = {it for it in actors if is_pseudonym(it)} - set(known)
    return str(new)


def sorted_rows(rows: dict[str, list[Any]]) -> dict[str, list[str]]:
    return {name: sorted(repr(list(it)) for it in some) for name, some in rows.items()}
