"""A batch made ready for the database: ids for names, numbers for days, each key once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import accounts
from storage.batch import AccountName, Batch, MentionRow
from storage.facts import DAY_MEASURES, WINDOW_MEASURES, DayTuple
from storage.observed import MENTIONS, NOBODY
from storage.posts import Key
from storage.record_kinds import EVERY_KIND, KINDS
from storage.record_rows import days_of
from storage.tables import day_number
from storage.views import View, bits, view
from storage.watched import Span
from storage.windows import WindowTuple


class Staged(NamedTuple):
    """The rows of a batch; accounts that are not stored yet have ids below 0."""

    days: list[DayTuple]
    windows: list[WindowTuple]
    posts: dict[Key, View]
    watched: list[Span]


def name_accounts(
    connection: Connection, workspace: int, batch: Batch
) -> tuple[dict[AccountName, int], list[AccountName]]:
    """Return an id for every account that a batch names, and the names that are new."""
    rows = (batch.posts, batch.days, batch.windows, batch.watched)
    named = {row.account for some in rows for row in some}
    names = sorted(named.union(_name_in_records(batch)), key=by_name)
    ids: dict[AccountName, int] = {}
    unknown: list[AccountName] = []
    for name in names:
        found = accounts.find(connection, workspace, name)
        if found is None:
            unknown.append(name)
        ids[name] = -len(unknown) if found is None else found
    return ids, unknown


def _name_in_records(batch: Batch) -> Iterator[AccountName]:
    """Yield the accounts that records are of."""
    for told in batch.records:
        columns = EVERY_KIND[told.kind].columns
        if told.rows and "account" in columns:
            place = columns.index("account")
            names = (row.values[place] for row in told.rows)
            yield from (it for it in names if isinstance(it, AccountName))


def by_name(name: AccountName) -> tuple[str, str, str]:
    return name.platform, name.handle, name.external_id or ""


def stage(batch: Batch, ids: Mapping[AccountName, int], zone: str) -> Staged:
    """Return the rows in the order of their keys; of equal keys the later row counts.

    Mentions and records are put in order where they are compared; here are their watched days,
    cut in ``zone``.
    """
    demand_kinds(batch)
    numbers = {day: day_number(day) for day in {row.day for row in batch.days}}
    days = {
        (row.measure, row.account.platform, numbers[row.day], ids[row.account]): row.value
        for row in batch.days
    }
    windows = {
        (row.measure, ids[row.account], day_number(row.start), day_number(row.end)): row.value
        for row in batch.windows
    }
    supplied = bits(batch.supplied)
    return Staged(
        sorted((*key, value) for key, value in days.items()),
        sorted((*key, value) for key, value in windows.items()),
        {(ids[row.account], row.external_id): view(row, supplied) for row in batch.posts},
        sorted(
            [
                *(
                    (
                        it.source,
                        it.account.platform,
                        ids[it.account],
                        day_number(it.start),
                        day_number(it.end),
                    )
                    for it in batch.watched
                ),
                *_watch_nobody(batch, zone),
            ]
        ),
    )


def _watch_nobody(batch: Batch, zone: str) -> Iterator[Span]:
    """Yield the days for which mentions and each kind of records were read: of no account."""
    place = ZoneInfo(zone)
    if batch.mentions:
        days = [row.at.astimezone(place).date() for row in _ends(batch.mentions)]
        yield MENTIONS, "", NOBODY, day_number(min(days)), day_number(max(days)) + 1
    for told in batch.records:
        span = days_of(told, place)
        if span is not None and told.kind in KINDS:
            yield told.kind, "", NOBODY, day_number(span[0]), day_number(span[1])


def _ends(mentions: Sequence[MentionRow]) -> tuple[MentionRow, MentionRow]:
    """Return the first and the last mention in time."""
    return min(mentions, key=lambda it: it.at), max(mentions, key=lambda it: it.at)


def demand_kinds(batch: Batch) -> None:
    """Refuse what a source must never make: a ``Unique`` measure that would be added up."""
    strange = {row.measure for row in batch.days} - DAY_MEASURES
    strange |= {row.measure for row in batch.windows} - WINDOW_MEASURES
    if strange:
        raise ValueError(f"no measures of this grain: {', '.join(sorted(strange))}")


def settle_accounts(
    connection: Connection, workspace: int, staged: Staged, ids: Mapping[AccountName, int]
) -> tuple[Staged, bool]:
    """Make the accounts that are new and put their ids in place; return whether any was written."""
    found = {old: accounts.resolve(connection, workspace, name) for name, old in ids.items()}
    made = {old: it.id for old, it in found.items()}
    written = any(it.written for it in found.values())
    if all(old == new for old, new in made.items()):
        return staged, written
    settled = Staged(
        sorted((*row[:3], made[row[3]], row[4]) for row in staged.days),
        sorted((row[0], made[row[1]], *row[2:]) for row in staged.windows),
        {(made[owner], name): seen for (owner, name), seen in staged.posts.items()},
        sorted((*row[:2], made.get(row[2], row[2]), *row[3:]) for row in staged.watched),
    )
    return settled, written


def count_rows(batch: Batch) -> int:
    accounts = len(batch.posts) + len(batch.days) + len(batch.windows)
    return accounts + len(batch.mentions) + sum(len(it.rows) for it in batch.records)


def extent(batch: Batch, zone: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that a batch speaks of."""
    place = ZoneInfo(zone)
    days = {row.published.astimezone(place).date() for row in batch.posts}
    if batch.mentions:
        days.update(row.at.astimezone(place).date() for row in _ends(batch.mentions))
    days.update(row.day for row in batch.days)
    days.update(row.start for row in batch.windows)
    days.update(row.end - timedelta(days=1) for row in batch.windows)
    for told in batch.records:
        if span := days_of(told, place):
            days.update((span[0], span[1] - timedelta(days=1)))
    if not days:
        days.update(it.start for it in batch.watched)
        days.update(it.end - timedelta(days=1) for it in batch.watched)
    return (min(days), max(days)) if days else (None, None)
