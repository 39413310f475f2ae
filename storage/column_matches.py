"""Matches: what the columns of unknown layouts are, as somebody said once; found by the header.

A match has a version that rises with each change: whoever saves an older one changes nothing and
is told who was first. One that was removed can be brought back for a day: until then its row
stays under a fingerprint that no header has. Changes are kept in the history of settings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.database import take_turns
from storage.errors import KepiError
from storage.house_tables import ColumnMatch
from storage.overtaken import Overtaken
from storage.setting_changes import note_change
from storage.sources.apart import fingerprint
from storage.sources.mapping import Mapping, check_mapping
from storage.tables import table_of

MATCH = table_of(ColumnMatch)
KEY = "columns"
"""Under which changes of matches stand in the history."""
MOST = 500
"""Matches of a workspace."""
LONGEST_NAME = 80
REMOVED = "removed "
"""Begins the fingerprint of a removed match; behind it when, and the fingerprint it had."""
KEPT_FOR = timedelta(days=1)


class MatchRow(NamedTuple):
    """A match as it stands; ``by`` made or changed it last, ``at`` is when."""

    id: int
    fingerprint: str
    name: str
    header: tuple[str, ...]
    mapping: Mapping
    by: str
    at: datetime
    version: int
    used: datetime | None


def overtaken_by(row: MatchRow | None) -> Overtaken:
    """Return what to raise where ``row`` was saved meanwhile; nothing: it was removed."""
    return Overtaken(is_gone=True) if row is None else Overtaken(row.by, row.at)


COLUMNS = tuple(MATCH.c[name] for name in MatchRow._fields)


def find_match(connection: Connection, workspace: int, header: Sequence[str]) -> MatchRow | None:
    """Return the match of a header, or nothing."""
    return _find_by(connection, workspace, fingerprint(header))


def find_row(
    connection: Connection, workspace: int, number: int, *, is_removed: bool = False
) -> MatchRow | None:
    """Return a match by its number, one that stands or was removed; never another workspace's."""
    here = (MATCH.c.workspace == workspace) & (MATCH.c.id == number)
    aside = MATCH.c.fingerprint.startswith(REMOVED)
    wanted = aside if is_removed else ~aside
    row = connection.execute(select(*COLUMNS).where(here, wanted)).one_or_none()
    return None if row is None else _read(row)


def matches(connection: Connection, workspace: int) -> list[MatchRow]:
    """Return every match, the one used last first."""
    statement = (
        select(*COLUMNS)
        .where(MATCH.c.workspace == workspace, ~MATCH.c.fingerprint.startswith(REMOVED))
        .order_by(func.coalesce(MATCH.c.used, MATCH.c.at).desc(), MATCH.c.id.desc())
    )
    return [_read(row) for row in connection.execute(statement)]


def remember(
    connection: Connection,
    workspace: int,
    *,
    header: Sequence[str],
    name: str,
    mapping: Mapping,
    by: str,
    at: datetime,
    version: int,
    source: str = "form",
) -> MatchRow:
    """Keep what the columns of a header are; a match that stands is changed, its name stays.

    ``version`` is that of the match it was opened on, 0 where there was none. The same match
    once more is no change. Raises ``Overtaken`` where another one was saved meanwhile.
    """
    take_turns(connection, workspace)
    held = find_match(connection, workspace, header)
    if held is not None and held.mapping == mapping:
        return held
    if (held.version if held else 0) != version:
        raise overtaken_by(held)
    values = {"mapping": _pack(mapping), "by": by, "at": at}
    if held is not None:
        here = (MATCH.c.workspace == workspace) & (MATCH.c.id == held.id)
        raised = values | {"version": held.version + 1}
        connection.execute(update(MATCH).where(here).values(**raised))
    else:
        _make(connection, workspace, header, name, values)
    row = find_match(connection, workspace, header)
    assert row is not None
    before = say(held) if held else ""
    note_change(connection, workspace, KEY, before, say(row), by, at, source=source)
    return row


def _make(
    connection: Connection,
    workspace: int,
    header: Sequence[str],
    name: str,
    values: dict[str, Any],
) -> None:
    standing = (MATCH.c.workspace == workspace) & ~MATCH.c.fingerprint.startswith(REMOVED)
    count = connection.execute(select(func.count()).select_from(MATCH).where(standing))
    if count.scalar_one() >= MOST:
        raise KepiError(
            "{most} layouts are matched already. Remove one first: /kpi columns", most=MOST
        )
    connection.execute(
        insert(MATCH).values(
            workspace=workspace,
            fingerprint=fingerprint(header),
            name=" ".join(name.split())[:LONGEST_NAME],
            header=json.dumps(list(header), ensure_ascii=False),
            **values,
        )
    )


def use(connection: Connection, workspace: int, number: int, at: datetime) -> None:
    """Note that a file was read by a match."""
    here = (MATCH.c.workspace == workspace) & (MATCH.c.id == number)
    connection.execute(update(MATCH).where(here).values(used=at))


def remove(connection: Connection, workspace: int, number: int, by: str, at: datetime) -> bool:
    """Forget a match; say whether there was one. It can be brought back for a day."""
    _forget_removed(connection, workspace, at - KEPT_FOR)
    row = find_row(connection, workspace, number)
    if row is None:
        return False
    here = (MATCH.c.workspace == workspace) & (MATCH.c.id == number)
    aside = f"{REMOVED}{_stamp(at)} {row.fingerprint}"
    connection.execute(update(MATCH).where(here).values(fingerprint=aside))
    note_change(connection, workspace, KEY, say(row), "", by, at)
    return True


def restore(connection: Connection, workspace: int, number: int, by: str, at: datetime) -> bool:
    """Bring a removed match back; say whether it was there and its header is still unmatched."""
    take_turns(connection, workspace)
    row = find_row(connection, workspace, number, is_removed=True)
    if row is None:
        return False
    here = (MATCH.c.workspace == workspace) & (MATCH.c.id == number)
    had = row.fingerprint.rpartition(" ")[2]
    if _find_by(connection, workspace, had) is not None:
        return False
    connection.execute(update(MATCH).where(here).values(fingerprint=had))
    note_change(connection, workspace, KEY, "", say(row), by, at)
    return True


def say(row: MatchRow) -> str:
    """Return a match as the history tells it: “export.csv: id = Ref, published = When”."""
    parts = {**row.mapping.columns, **row.mapping.measures, **row.mapping.always}
    said = ", ".join(f"{key} = {name}" for key, name in parts.items())
    return f"{row.name}: {said}"[:1000]


def _forget_removed(connection: Connection, workspace: int, before: datetime) -> None:
    aside = MATCH.c.fingerprint.startswith(REMOVED)
    older = MATCH.c.fingerprint < f"{REMOVED}{_stamp(before)}"
    connection.execute(delete(MATCH).where(MATCH.c.workspace == workspace, aside, older))


def _stamp(at: datetime) -> str:
    return f"{int(at.timestamp()):012d}"


def _find_by(connection: Connection, workspace: int, mark: str) -> MatchRow | None:
    here = (MATCH.c.workspace == workspace) & (MATCH.c.fingerprint == mark)
    row = connection.execute(select(*COLUMNS).where(here)).one_or_none()
    return None if row is None else _read(row)


def _pack(mapping: Mapping) -> str:
    return json.dumps(mapping.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


def _read(row: Row[Any]) -> MatchRow:
    held = row._asdict()
    return MatchRow(
        **held
        | {
            "header": tuple(json.loads(held["header"])),
            "mapping": check_mapping(json.loads(held["mapping"])),
        }
    )
