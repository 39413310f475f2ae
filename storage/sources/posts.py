"""Posts of an export: one way of reading them, whatever their layout."""

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import Any, TypeVar

from storage.batch import AccountName, BadRow, Batch, PostRow, WatchedSpan
from storage.measures import COUNTERS
from storage.said import Counted, Words
from storage.sources.bad_rows import (
    MAY_BE_NEGATIVE,
    Cells,
    describe_width,
    join_problems,
    read_handle_cell,
    read_known_platform,
    read_optional_id,
    read_plain,
)
from storage.sources.captions import find_hashtags, is_paid, make_title, name_content_type
from storage.sources.cells import BadCell, are_rounded, is_blank, read_text, read_whole
from storage.sources.copies import describe_repeats, settle_copies
from storage.sources.dates import order_of, parse
from storage.sources.layout import TOTALS, PostLayout
from storage.sources.origin import Origin
from storage.sources.post_reading import (
    NAMING,
    PostReading,
    mend_torn,
    nameless,
    prepare_posts,
)
from storage.sources.rows import Row, Table
from storage.views import MARKS

V = TypeVar("V")
LONGEST_MARK = 100


def read_posts(table: Table, layout: PostLayout, origin: Origin) -> Batch:
    """Return the posts of a table; raise ``SourceError`` where the whole file cannot be read."""
    reading = prepare_posts(table, layout, origin)
    rows = [post for row in table.rows() if (post := _read_row(row, reading)) is not None]
    doubts = reading.accounts.check()
    id_column = reading.columns["id"].name
    if are_rounded([row.external_id for row in rows]):
        reading.bad += (
            BadRow(
                row.line, id_column, Words("the id was ruined by a spreadsheet; export it again")
            )
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


def _read_row(row: Row, reading: PostReading) -> PostRow | None:
    """Return the post of a row, or ``None`` after naming all that is wrong with it.

    ``None`` also of rows that are no posts: totals, and those of platforms not asked for.
    """
    layout = reading.layout
    row = mend_torn(row, layout, reading.columns, reading.width)
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    if _is_total(row, reading):
        return None
    cells = Cells(row, reading.columns)
    take, problems = cells.take, cells.problems

    platform = layout.platform or take("platform", read_known_platform, "")
    if not problems and not reading.accounts.choose(platform):
        return None
    external_id = take("id", layout.read_id, "")
    published = take("published", reading.dates.read_instant, None)
    if layout.time_of and external_id:
        published = take(
            "id", lambda _: reading.dates.read_instant(layout.tell_time(external_id)), None
        )
    title = take("title", read_text, "")
    caption = take("caption", read_text, "")
    permalink = take("permalink", read_text, "")
    label = take("paid", read_text, "")
    marks = _read_marks(take)
    counters = tuple(
        _read_counter(row, name, platform, reading, problems) if name in reading.counters else None
        for name in COUNTERS
    )
    account = _name_account(take, permalink, platform, reading)
    if account is None and not problems:
        if not layout.platform and not set(NAMING) & reading.columns.keys():
            raise nameless(layout, platform)
        problems.append((_account_column(reading), Words("no account is named")))
    if problems or account is None or published is None:
        reading.bad.append(join_problems(row.line, problems))
        if external_id and account:
            reading.unreadable.setdefault((account, external_id), []).append(row.line)
        return None
    paid = is_paid(label)
    reading.unclear_paid += paid is None and not is_blank(label)
    if paid and layout.splits_paid:
        external_id = ":".join([external_id, *(word for _, word in marks)])
    kind = name_content_type(take("content_type", read_text, "")) or layout.content_type
    return PostRow(
        line=row.line,
        account=account,
        external_id=external_id,
        published=published,
        counters=counters,
        content_type=kind,
        paid=paid,
        title=make_title(title or caption),
        permalink=permalink if _is_address(permalink) else None,
        hashtags=find_hashtags(f"{title}\n{caption}"),
        marks=marks,
    )


def _is_total(row: Row, reading: PostReading) -> bool:
    """Tell the row that adds up the others: it is no post."""
    first = row.cells[reading.columns["id"].place]
    return isinstance(first, str) and first.strip().casefold() in TOTALS


def _read_marks(
    take: Callable[[str, Callable[[Any], str], str], str],
) -> tuple[tuple[str, str], ...]:
    """Return the campaign and the variant that a row names."""
    words = ((kind, " ".join(take(kind, read_text, "").split())) for kind in MARKS)
    return tuple((kind, word[:LONGEST_MARK]) for kind, word in words if not is_blank(word))


def _read_counter(
    row: Row, name: str, platform: str, reading: PostReading, problems: list[tuple[str, str]]
) -> int | None:
    column = reading.counters[name]
    negative = name in MAY_BE_NEGATIVE.get(platform, ())
    try:
        return read_whole(row.cells[column.place], reading.style, negative=negative)
    except BadCell as refused:
        problems.append((column.name, refused.words))
        return None


def _name_account(
    take: Callable[[str, Callable[[Any], str], str], str],
    permalink: str,
    platform: str,
    reading: PostReading,
) -> AccountName | None:
    handle = take("handle", read_handle_cell, "")
    external_id = take("account_id", read_optional_id, "")
    title = take("account_name", read_plain, "")
    handle = handle or title or reading.layout.handle_of(permalink) or reading.fallback
    return reading.accounts.name(handle, external_id or None, title, platform)


def _account_column(reading: PostReading) -> str:
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
            "campaign": row.marks,
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


def _describe_doubts(table: Table, reading: PostReading) -> tuple[str, ...]:
    """Return notes on what was read but may be meant otherwise."""
    notes: list[str] = []
    if reading.unclear_paid:
        notes.append(
            Counted(
                "{number} cell of “{column}” says neither yes nor no.",
                "{number} cells of “{column}” say neither yes nor no.",
                reading.unclear_paid,
                column=reading.columns["paid"].name,
            )
        )
    order = next(filter(None, map(order_of, reading.dates.formats)), None)
    if order and any("is not a date" in bad.reason for bad in reading.bad):
        turned = tuple(form.replace("%m/%d", "%d/%m") for form in reading.dates.formats)
        place = reading.columns["published"].place if "published" in reading.columns else 0
        lines = {bad.line for bad in reading.bad if "is not a date" in bad.reason}
        cells = [row.cells[place] for row in table.rows() if row.line in lines]
        if turned != reading.dates.formats and any(
            isinstance(cell, str) and parse(cell, turned) for cell in cells
        ):
            notes.append(
                Words(
                    "Dates are read {order}; some fit only the other order, so look at the dates "
                    "before importing the good rows.",
                    order=order,
                )
            )
    return tuple(notes)
