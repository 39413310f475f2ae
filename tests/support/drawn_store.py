"""Plays a drawing through a real ledger, the tracker and its projections.

What is judged are the rows of ``issue``, ``wait`` and ``spell``. What no row holds (participants,
pauses one by one, the steps) is taken from the timeline that the tracker folds from the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, select

from storage import desks, ledger
from storage.database import Database
from storage.issue_tables import Issue, Spell, Wait
from storage.tables import EPOCH, instant_number, table_of
from storage.workspaces import only_workspace
from support.entries import MICROSECONDS, Entry
from support.ledger_rows import pack
from support.rulebook import pack_rules
from support.timeline import Remark
from support.tracker import Tracker
from tests.support.drawn_cast import drawn_name, seconds
from tests.support.drawn_delivery import disordered, play_folded
from tests.support.drawn_issues import Drawing
from tests.support.drawn_seen import (
    Result,
    Seen,
    in_order,
    known,
    named,
    second_of,
    see,
    see_remark,
)

ISSUE, WAIT, SPELL = table_of(Issue), table_of(Wait), table_of(Spell)


def play_stored(drawing: Drawing, database: Database, *, is_shuffled: bool) -> Result:
    """Return what the rows say, after entries came one by one, or shuffled and in portions.

    Live, nothing is folded later than it was heard, and every second entry by another process
    that knows nothing but the tables. Shuffled, each entry comes twice; remarks are not judged
    then, for nobody is told of a mark before it is known what it was on.
    """
    workspace = track(database, drawing)
    now = EPOCH + timedelta(microseconds=max(it.at for it in drawing.entries) + MICROSECONDS)
    trackers = [Tracker(database, workspace), Tracker(database, workspace)]
    remarks: list[Remark] = []
    for number, entries in enumerate(portions(drawing.entries, is_shuffled=is_shuffled)):
        deliver(database, workspace, entries, now)
        outcome = trackers[number % 2].refresh(drawing.channel, now)
        remarks += outcome.remarks
        assert not trackers[number % 2].refresh(drawing.channel, now).changes
    check_rebuilding(database, workspace, now)
    told = tuple(see_remark(it) for it in remarks)
    return Result(
        issues=in_order(see_rows(database, workspace)),
        remarks=play_folded(drawing).remarks if is_shuffled else told,
    )


def track(database: Database, drawing: Drawing) -> int:
    """Make the desk with every version of its rules; return the workspace."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        desks.make(connection, workspace, drawing.channel)
        for since, rules in drawing.book.versions:
            moment = EPOCH + timedelta(microseconds=since)
            words = pack_rules(rules)
            desks.add_rules(connection, workspace, drawing.channel, words, moment, "U0ADMIN")
    return workspace


def portions(entries: list[Entry], *, is_shuffled: bool) -> list[list[Entry]]:
    """Return entries as they are delivered together."""
    if not is_shuffled:
        return [[entry] for entry in entries]
    rest = iter(disordered(entries, seed=len(entries)))
    sizes = Random(len(entries))
    found: list[list[Entry]] = []
    while some := list(islice(rest, sizes.randint(1, 3))):
        found.append(some)
    return found


def deliver(database: Database, workspace: int, entries: Sequence[Entry], now: datetime) -> None:
    with database.write() as connection:
        ledger.append(connection, workspace, [pack(entry) for entry in entries], now)


def check_rebuilding(database: Database, workspace: int, now: datetime) -> None:
    """Fail where making every projection anew makes others."""
    before = projections(database, workspace)
    Tracker(database, workspace).rebuild(now)
    assert projections(database, workspace) == before


def projections(database: Database, workspace: int) -> list[list[tuple[Any, ...]]]:
    with database.read() as connection:
        return [
            [tuple(row.values()) for row in rows_of(connection, table, workspace)]
            for table in (ISSUE, WAIT, SPELL)
        ]


def rows_of(connection: Connection, table: Table, workspace: int) -> list[dict[str, Any]]:
    statement = select(table).where(table.c.workspace == workspace)
    rows = connection.execute(statement.order_by(*table.primary_key.columns))
    return [dict(row._mapping) for row in rows]


def see_rows(database: Database, workspace: int) -> list[Seen]:
    """Return each issue as its rows show it."""
    tracker = Tracker(database, workspace)
    with database.read() as connection:
        issues = rows_of(connection, ISSUE, workspace)
        waits = rows_of(connection, WAIT, workspace)
        spells = rows_of(connection, SPELL, workspace)
    roots = {row["id"]: (second_of(row["root"]), row["episode"]) for row in issues}
    return [
        see_row(
            see(tracker.timeline(row["id"])),
            row,
            [it for it in waits if it["issue"] == row["id"]],
            [it for it in spells if it["issue"] == row["id"]],
            roots,
        )
        for row in issues
    ]


def see_row(
    told: Seen,
    row: dict[str, Any],
    waits: list[dict[str, Any]],
    spells: list[dict[str, Any]],
    roots: dict[int, tuple[int, int]],
) -> Seen:
    """Lay what the rows hold over what the timeline says."""
    seen = replace(
        told,
        root=second_of(row["root"]),
        episode=row["episode"],
        state=row["state"],
        opened=known(number(row["opened"])),
        via=row["via"],
        tracked=known(number(row["tracked"])),
        customer=named(row["customer"]),
        reporter=drawn_name(row["reporter"]),
        assignee=drawn_name(row["assignee"]),
        tta=row["ack_seconds"],
        acknowledged=second(row["acknowledged"]),
        acknowledged_by=drawn_name(row["acknowledged_by"]),
        acknowledged_low=second(row["acknowledged_low"]),
        frt=row["response_seconds"],
        responded_by=drawn_name(row["responded_by"]),
        response_flags=row["response_flags"],
        response_low=second(row["response_low"]),
        last_response=second(row["last_response"]),
        first_resolution=row["first_resolution_seconds"],
        full_resolution=row["resolution_seconds"],
        bounds=(second(row["resolved_low"]), second(row["resolved"])),
        resolver=drawn_name(row["resolver"]),
        resolved_via=row["resolved_via"],
        reason=row["reason"],
        reopens=row["reopens"],
        dismissed=second(row["dismissed"]),
        dismiss_reason=row["dismiss_reason"],
        merged_into=roots[row["merged_into"]][0] if row["merged_into"] else None,
        follow_up_of=roots.get(row["follow_up_of"]),
        orphaned=second(row["orphaned"]),
        orphan_reason=row["orphan_reason"],
        snoozed_until=second(row["snoozed_until"]),
        suppressed=row["suppressed"],
        asked=second(row["asked"]),
        relay_lag=row["relay_lag"],
        customer_wait=row["wait_seconds"],
        nrt=tuple(it["seconds"] for it in waits if it["is_next"]),
        waits=tuple(
            (known(number(it["started"])), second(it["ended"]), it["closed_by"]) for it in waits
        ),
        spells=tuple(
            (known(number(it["started"])), second(it["ended"]), it["ended_by"]) for it in spells
        ),
    )
    check_row(seen, row)
    return seen


def check_row(seen: Seen, row: dict[str, Any]) -> None:
    """Fail where columns of one row contradict each other."""
    assert second(row["waiting_since"]) == seen.wait
    assert second(row["responded"]) == after(seen, seen.frt)
    assert second(row["first_resolved"]) == after(seen, seen.first_resolution)
    assert second(row["acknowledged"]) == after(seen, seen.tta)
    assert second(row["reopened"]) == (seen.reopen_times[0] if seen.reopens else None)
    ended = [end - start for start, end in seen.pauses if start is not None and end is not None]
    assert row["paused_seconds"] == sum(ended)


def after(seen: Seen, length: int | None) -> int | None:
    return None if length is None else seen.opened + length


def number(at: datetime | None) -> int | None:
    return None if at is None else instant_number(at)


def second(at: datetime | None) -> int | None:
    return seconds(number(at))
