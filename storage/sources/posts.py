"""Posts of an export: one way of reading them, whatever their layout."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from storage.batch import AccountName, BadRow, Batch, PostRow, WatchedSpan
from storage.errors import Nameless, SourceError
from storage.measures import COUNTERS
from storage.sources.bad_rows import (
    MAY_BE_NEGATIVE,
    describe_width,
    join_problems,
    read_optional_id,
    read_plain,
)
from storage.sources.captions import find_hashtags, is_paid, make_title, name_content_type
from storage.sources.cells import (
    BadCell,
    NumberStyle,
    StyleFinder,
    are_rounded,
    is_blank,
    read_id,
    read_text,
    read_whole,
)
from storage.sources.copies import describe_repeats, settle_copies
from storage.sources.dates import DateReader, choose_order, order_of, parse
from storage.sources.headers import Column, find_columns
from storage.sources.layout import PostLayout
from storage.sources.origin import Accounts, Origin
from storage.sources.rows import Row, Table

V = TypeVar("V")


@dataclass
class _Reading:
    """One file being read by one layout."""

    layout: PostLayout
    columns: dict[str, Column]
    counters: dict[str, Column]
    style: NumberStyle
    dates: DateReader
    accounts: Accounts
    fallback: str
    """Handle for rows whose permalink names none."""
    width: int
    negative: frozenset[str]
    bad: list[BadRow] = field(default_factory=list)
    unreadable: dict[Hashable, list[int]] = field(default_factory=dict)
    unclear_paid: int = 0


def read_posts(table: Table, layout: PostLayout, origin: Origin) -> Batch:
    """Return the posts of a table; raise ``SourceError`` where the whole file cannot be read."""
    reading = _prepare(table, layout, origin)
    rows = [post for row in table.rows() if (post := _read_row(row, reading)) is not None]
    doubts = reading.accounts.check()
    id_column = reading.columns["id"].name
    if are_rounded([row.external_id for row in rows]):
        reading.bad += (
            BadRow(row.line, id_column, "the id was ruined by a spreadsheet; export it again")
            for row in rows
        )
        rows = []
    kept, conflicting, repeats = settle_copies(
        rows, _key, _facts, reading.unreadable, ("id", id_column)
    )
    return Batch(
        format=layout.key,
        title=layout.title,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        posts=tuple(kept),
        watched=_watch(kept, layout, origin),
        supplied=frozenset(reading.counters),
        bad=tuple(sorted([*reading.bad, *conflicting], key=lambda bad: bad.line)),
        notes=(
            *table.notes,
            *layout.notes,
            *doubts,
            *describe_repeats(repeats),
            *_describe_doubts(table, reading),
        ),
    )


def _prepare(table: Table, layout: PostLayout, origin: Origin) -> _Reading:
    """Look at all rows once: how numbers and dates are written, and whether any are there."""
    columns = find_columns(table.header, layout.columns)
    counters = find_columns(table.header, layout.counters)
    styles = StyleFinder()
    handles: dict[str, None] = {}
    places = [column.place for column in counters.values()]
    link = columns.get("permalink")
    count = 0
    for row in table.rows():
        count += 1
        if len(row.cells) == len(table.header):
            for place in places:
                styles.see(row.cells[place])
            if link and (handle := layout.handle_of(read_text(row.cells[link.place]))):
                handles[handle] = None
    if not count:
        raise SourceError("the file has a header but no rows; choose a period with posts")
    unnamed = not ({"handle", "account_id", "account_name"} & columns.keys() or handles)
    if unnamed and origin.account is None:
        raise Nameless(
            f"the file does not say whose posts these are; name the account, {layout.account_hint}",
            platform=layout.platform,
        )
    published = columns["published"].place
    formats = choose_order(
        layout.date_formats,
        (row.cells[published] for row in table.rows() if len(row.cells) > published),
    )
    return _Reading(
        layout=layout,
        columns=columns,
        counters=counters,
        style=styles.decide(table.delimiter, layout.decimal),
        dates=DateReader(formats, origin.zone, origin.now),
        accounts=Accounts(layout.platform, origin.account),
        fallback=next(iter(handles)) if len(handles) == 1 else "",
        width=len(table.header),
        negative=MAY_BE_NEGATIVE.get(layout.platform, frozenset()),
    )


def _read_row(row: Row, reading: _Reading) -> PostRow | None:
    """Return the post of a row, or ``None`` after naming all that is wrong with it."""
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    problems: list[tuple[str, str]] = []

    def take(name: str, read: Callable[[Any], V], blank: V) -> V:
        column = reading.columns.get(name)
        if column is None:
            return blank
        try:
            return read(row.cells[column.place])
        except BadCell as refused:
            problems.append((column.name, str(refused)))
            return blank

    external_id = take("id", read_id, "")
    published = take("published", reading.dates.read_instant, None)
    title = take("title", read_text, "")
    caption = take("caption", read_text, "")
    permalink = take("permalink", read_text, "")
    label = take("paid", read_text, "")
    counters = tuple(
        _read_counter(row, name, reading, problems) if name in reading.counters else None
        for name in COUNTERS
    )
    account = _name_account(take, permalink, reading)
    if account is None and not problems:
        problems.append((_account_column(reading), "no account is named"))
    if problems or account is None or published is None:
        reading.bad.append(join_problems(row.line, problems))
        if external_id and account:
            reading.unreadable.setdefault((account, external_id), []).append(row.line)
        return None
    paid = is_paid(label)
    reading.unclear_paid += paid is None and not is_blank(label)
    return PostRow(
        line=row.line,
        account=account,
        external_id=external_id,
        published=published,
        counters=counters,
        content_type=name_content_type(take("content_type", read_text, "")),
        paid=paid,
        title=make_title(title or caption),
        permalink=permalink if _is_address(permalink) else None,
        hashtags=find_hashtags(f"{title}\n{caption}"),
    )


def _read_counter(
    row: Row, name: str, reading: _Reading, problems: list[tuple[str, str]]
) -> int | None:
    column = reading.counters[name]
    try:
        return read_whole(row.cells[column.place], reading.style, negative=name in reading.negative)
    except BadCell as refused:
        problems.append((column.name, str(refused)))
        return None


def _name_account(
    take: Callable[[str, Callable[[Any], str], str], str], permalink: str, reading: _Reading
) -> AccountName | None:
    handle = take("handle", read_plain, "")
    external_id = take("account_id", read_optional_id, "")
    title = take("account_name", read_plain, "")
    handle = handle or title or reading.layout.handle_of(permalink) or reading.fallback
    return reading.accounts.name(handle, external_id or None, title)


def _account_column(reading: _Reading) -> str:
    for name in ("handle", "account_name", "account_id", "permalink"):
        if name in reading.columns:
            return reading.columns[name].name
    return ""


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text) <= 2_000 and text.isprintable()


def _key(row: PostRow) -> Hashable:
    return (row.account, row.external_id)


def _facts(row: PostRow) -> dict[str, object]:
    facts: dict[str, object] = {"publishing time": row.published}
    facts.update(zip(COUNTERS, row.counters, strict=True))
    facts.update(
        {
            "content type": row.content_type,
            "paid status": row.paid,
            "title": row.title,
            "link": row.permalink,
            "hashtags": row.hashtags,
        }
    )
    return facts


def _watch(rows: list[PostRow], layout: PostLayout, origin: Origin) -> tuple[WatchedSpan, ...]:
    """Return each account's days, from the first post to the last, or as the file name says."""
    stated = layout.span_of(origin.file_name)
    spans: dict[AccountName, tuple[date, date]] = {}
    for row in rows:
        day = row.published.astimezone(origin.zone).date()
        first, last = spans.get(row.account, stated or (day, day))
        spans[row.account] = min(first, day), max(last, day)
    return tuple(
        WatchedSpan("posts", account, first, last + timedelta(days=1))
        for account, (first, last) in sorted(spans.items(), key=lambda item: item[0].handle)
    )


def _describe_doubts(table: Table, reading: _Reading) -> tuple[str, ...]:
    """Return notes on what was read but may be meant otherwise."""
    notes = []
    if reading.unclear_paid:
        column = reading.columns["paid"].name
        notes.append(f"{reading.unclear_paid} cells of “{column}” say neither yes nor no.")
    order = next(filter(None, map(order_of, reading.dates.formats)), None)
    if order and any("is not a date" in bad.reason for bad in reading.bad):
        turned = tuple(form.replace("%m/%d", "%d/%m") for form in reading.dates.formats)
        place = reading.columns["published"].place
        lines = {bad.line for bad in reading.bad if "is not a date" in bad.reason}
        cells = [row.cells[place] for row in table.rows() if row.line in lines]
        if turned != reading.dates.formats and any(
            isinstance(cell, str) and parse(cell, turned) for cell in cells
        ):
            notes.append(
                f"Dates are read {order}; some fit only the other order, so look at the dates "
                "before importing the good rows."
            )
    return tuple(notes)
