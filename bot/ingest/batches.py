"""Rows that were checked, made into a batch: what an import stores, whoever brings it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from bot.ingest.accounts import DayBase, PostBase
from bot.ingest.bodies import Body, Numbered
from bot.ingest.kinds import DAYS, INGESTS, MENTIONS, POSTS
from bot.ingest.rows import Event, Row, Spanned
from bot.ingest.voice import MentionIn
from storage.batch import (
    AccountName,
    BadRow,
    Batch,
    MentionRow,
    PostRow,
    RecordRow,
    RecordRows,
    WatchedSpan,
)
from storage.measures import COUNTERS
from storage.records import KINDS
from storage.sources.copies import describe_repeats, settle_copies
from storage.staging import by_name

FORMAT = "ingest"


class Origin(NamedTuple):
    """What is known of a body beside its rows."""

    kind: str
    body_hash: str
    zone: ZoneInfo
    """In which the workspace cuts its days."""


class Settled(NamedTuple):
    """Rows of one sort, those that contradict each other named."""

    rows: tuple[Any, ...]
    bad: tuple[BadRow, ...]
    repeats: int


def make_batch(body: Body, origin: Origin) -> Batch:
    """Return everything that a body tells."""
    made = {MENTIONS: of_mentions, DAYS: of_days, POSTS: of_posts}.get(origin.kind, of_records)
    body = leave_out_strays(body, origin.zone)
    parts, bad, repeats = made(body, origin)
    return Batch(
        format=FORMAT,
        title=f"{INGESTS[origin.kind].title.capitalize()} by HTTP",
        file_name=f"{origin.kind}.json",
        file_hash=origin.body_hash,
        bad=tuple(sorted((*body.bad, *bad), key=lambda it: it.line)),
        notes=describe_repeats(repeats),
        **parts,
    )


def leave_out_strays(body: Body, zone: ZoneInfo) -> Body:
    """Name the rows that lie outside the days that the body says it is of."""
    if body.start is None or body.end is None:
        return body
    inside, strays = [], []
    for it in body.rows:
        first, after = days_of(it.row, zone)
        if body.start <= first and after <= body.end:
            inside.append(it)
        else:
            strays.append(BadRow(it.line, None, "is outside start and end of the body"))
    return body._replace(rows=tuple(inside), bad=(*body.bad, *strays))


def days_of(row: Row, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first day of a row and the one after its last, as the workspace cuts days."""
    if isinstance(row, Spanned):
        return row.first, row.after
    if isinstance(row, DayBase):
        return row.day, row.day + timedelta(days=1)
    assert isinstance(row, Event | PostBase)
    moment = row.at if isinstance(row, Event) else row.published
    day = moment.astimezone(zone).date()
    return day, day + timedelta(days=1)


Made = tuple[dict[str, Any], tuple[BadRow, ...], int]
"""Parts of a batch, rows that contradict others, and repeats."""


def of_records(body: Body, origin: Origin) -> Made:
    kind = KINDS[origin.kind]
    places = {name: place for place, name in enumerate(kind.columns)}
    rows = []
    for line, row in body.rows:
        told = row.told()
        rows.append(RecordRow(line, tuple(told[name] for name in kind.columns)))

    def key(row: RecordRow) -> Hashable:
        return tuple(row.values[places[name]] for name in kind.key)

    def facts(row: RecordRow) -> dict[str, object]:
        return {name: row.values[places[name]] for name in kind.facts}

    called = "id" if "external_id" in kind.key else "days and names"
    settled = settle(rows, key, facts, called)
    parts = RecordRows(origin.kind, settled.rows, body.start, body.end)
    return {"records": (parts,)}, settled.bad, settled.repeats


def of_mentions(body: Body, origin: Origin) -> Made:
    rows = [make_mention(line, cast(MentionIn, row)) for line, row in body.rows]
    settled = settle(
        rows,
        lambda it: (it.platform, it.external_id),
        lambda it: {**it._asdict(), "brand": it.brand.casefold(), "line": 0},
    )
    return {"mentions": settled.rows}, settled.bad, settled.repeats


def make_mention(line: int, row: MentionIn) -> MentionRow:
    return MentionRow(
        line=line,
        brand=row.brand,
        platform=row.platform,
        external_id=row.id,
        at=row.at,
        author=row.author,
        followers=row.followers,
        tagged=row.tagged,
        sentiment=row.sentiment or "",
        topic=row.topic,
        permalink=row.url,
        words=row.text,
        language=row.language or "",
    )


def of_posts(body: Body, origin: Origin) -> Made:
    """Return posts; a counter that any row has is one that the source supplies."""
    rows = [cast(PostBase, row).post(line) for line, row in body.rows]
    settled = settle(
        rows, lambda it: (it.account, it.external_id), lambda it: {**it._asdict(), "line": 0}
    )
    posts: tuple[PostRow, ...] = settled.rows
    had = {
        name
        for row in posts
        for name, it in zip(COUNTERS, row.counters, strict=True)
        if it is not None
    }
    days = ((it.account, it.published.astimezone(origin.zone).date()) for it in posts)
    parts = {"posts": posts, "supplied": frozenset(had), "watched": watch("posts", days, body)}
    return parts, settled.bad, settled.repeats


def of_days(body: Body, origin: Origin) -> Made:
    settled = settle(
        body.rows,
        lambda it: (cast(DayBase, it.row).name, cast(DayBase, it.row).day),
        lambda it: it.row.told(),
        "account and day",
    )
    rows = [(it.line, cast(DayBase, it.row)) for it in cast("Sequence[Numbered]", settled.rows)]
    parts = {
        "days": tuple(it for line, row in rows for it in row.days(line)),
        "windows": tuple(it for line, row in rows for it in row.windows(line)),
        "watched": watch("account-days", ((row.name, row.day) for _, row in rows), body),
    }
    return parts, settled.bad, settled.repeats


def settle(rows: Iterable[Any], key: Any, facts: Any, called: str = "id") -> Settled:
    """Tell exact repeats from rows that contradict each other; ``called`` is what a key is."""
    kept, bad, repeats = settle_copies(rows, key, facts, {}, (called, None))
    # The words are those of files, whose rows are lines.
    named = (it._replace(reason=it.reason.replace("on line", "in row")) for it in bad)
    return Settled(tuple(kept), tuple(named), repeats)


def watch(
    source: str, days: Iterable[tuple[AccountName, date]], body: Body
) -> tuple[WatchedSpan, ...]:
    """Return each account's days: those that the body says it is of, else those of its rows."""
    spans: dict[AccountName, tuple[date, date]] = {}
    for account, day in days:
        first, last = spans.get(account, (day, day))
        spans[account] = min(first, day), max(last, day)
    return tuple(
        WatchedSpan(source, account, body.start or first, body.end or last + timedelta(days=1))
        for account, (first, last) in sorted(spans.items(), key=lambda it: by_name(it[0]))
    )
