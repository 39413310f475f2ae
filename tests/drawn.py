"""Data drawn as small tables, stored through the very path that an export takes.

    day        | platform  | post | reach | likes
    -----------+-----------+------+-------+------
    2026-11-02 | instagram | a    |   100 |    10

An empty cell is a blank cell of the file; a column that is not drawn is not in the file.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from storage import accounts as account_verbs
from storage.batch import AccountName, Batch, DayRow, PostRow, WatchedSpan, WindowRow
from storage.database import Database
from storage.imports import store
from storage.measures import COUNTERS, Unique, account
from storage.platforms import PLATFORMS
from storage.workspaces import only_workspace

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MEASURES = account.measures()
NAMING = {"line", "day", "published", "platform", "account", "brand", "own", "zone", "start", "end"}
DESCRIBING = {"post", "content_type", "hashtags", "paid", "title", "permalink", "source"}
ALIASES = {"post id": "post", "id": "post", "content type": "content_type", "handle": "account"}
YES = {"yes", "true", "1", "paid", "own"}

Row = Mapping[str, str]


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a drawn table by its headers; cells are stripped text."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    headers = [ALIASES.get(name.strip().lower(), name.strip().lower()) for name in cells(lines[0])]
    if set(lines[1].strip()) - set("-+"):
        raise ValueError(f"A drawn table has a rule under its headers, not: {lines[1]!r}")
    rows = []
    for number, line in enumerate(lines[2:], start=2):
        values = cells(line)
        if len(values) != len(headers):
            raise ValueError(f"{len(headers)} columns, but {len(values)} cells: {line!r}")
        rows.append({**dict(zip(headers, values, strict=True)), "line": str(number)})
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def fill(
    database: Database,
    *,
    posts: str = "",
    days: str = "",
    windows: str = "",
    accounts: str = "",
    watched: str = "",
    at: datetime = AT,
    by: str = "U1",
    file_name: str = "drawn.csv",
) -> int:
    """Store drawn rows and return the workspace's id.

    ``posts``: ``day`` (noon UTC) or ``published``, platform, account (“acme”), brand (the
    account), post, content_type, hashtags, paid, title, permalink, and counters.
    ``days``: day, platform, account, measures; a drawn ``reach`` becomes a window of one day.
    ``windows``: start, end (the last day), platform, account, reach.
    ``accounts``: platform, account, brand, own (yes, or no for a competitor), zone.
    ``watched``: start, end (the last day), platform, account, source; not drawn, each account
    was watched from its first to its last row.
    """
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for row in [*table(accounts), *branded(table(posts)), *branded(table(days))]:
            add_account(connection, workspace, row)
    batch = draw(posts=posts, days=days, windows=windows, watched=watched, file_name=file_name)
    store(database, workspace, batch, by, at)
    return workspace


def draw(
    *,
    posts: str = "",
    days: str = "",
    windows: str = "",
    watched: str = "",
    file_name: str = "drawn.csv",
) -> Batch:
    """Return drawn rows as the batch that a source would make of a file."""
    of_posts, of_days, of_windows = table(posts), table(days), table(windows)
    post_rows = tuple(post_row(row) for row in of_posts)
    spoken = [("posts", it.account, it.published.date()) for it in post_rows]
    spoken += [("account-days", account_name(row), day(row["day"])) for row in of_days]
    spans = tuple(watched_span(row) for row in table(watched)) or tuple(first_to_last(spoken))
    words = "\n".join((posts, days, windows, watched))
    return Batch(
        format="drawn",
        title="Drawn rows",
        file_name=file_name,
        file_hash=sha256(words.encode()).hexdigest(),
        posts=post_rows,
        days=tuple(it for row in of_days for it in day_rows(row)),
        windows=tuple(it for row in of_days + of_windows for it in window_rows(row)),
        watched=spans,
        supplied=supplied(of_posts),
    )


def branded(rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows that name a brand, one an account."""
    return {account_name(row): row for row in rows if row.get("brand")}.values()


def add_account(connection: Connection, workspace: int, row: Row) -> None:
    name = account_name(row)
    own = row.get("own", "yes").lower() in YES
    brand = row.get("brand") or name.handle
    zone = row.get("zone") or None
    account_verbs.add_account(connection, workspace, name.platform, name.handle, brand, own, zone)


def account_name(row: Row) -> AccountName:
    platform = row.get("platform") or "instagram"
    if platform not in PLATFORMS:
        raise ValueError(f"{platform} is not a platform")
    return AccountName(platform, row.get("account") or "acme")


def supplied(rows: Iterable[Row]) -> frozenset[str]:
    columns = {column for row in rows for column in row}
    strange = columns - NAMING - DESCRIBING - set(COUNTERS)
    if strange:
        raise ValueError(f"Posts have no column {', '.join(sorted(strange))}")
    return frozenset(columns & set(COUNTERS))


def post_row(row: Row) -> PostRow:
    published = row.get("published") or f"{row['day']} 12:00"
    moment = datetime.fromisoformat(published)
    return PostRow(
        line=int(row["line"]),
        account=account_name(row),
        external_id=row.get("post") or f"line {row['line']}",
        published=moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC),
        counters=tuple(number(row.get(counter, "")) for counter in COUNTERS),
        content_type=row.get("content_type") or None,
        paid=row["paid"].lower() in YES if row.get("paid") else None,
        title=row.get("title") or None,
        permalink=row.get("permalink") or None,
        hashtags=tuple(
            tag.strip("#,").lower() for tag in row.get("hashtags", "").split() if tag.strip("#,")
        ),
    )


def day_rows(row: Row) -> Iterable[DayRow]:
    for measure, cell in measured(row):
        if MEASURES[measure].kind is not Unique:
            yield DayRow(int(row["line"]), account_name(row), measure, day(row["day"]), cell)


def window_rows(row: Row) -> Iterable[WindowRow]:
    start = day(row.get("start") or row["day"])
    end = day(row.get("end") or row["day"]) + timedelta(days=1)
    for measure, cell in measured(row):
        if MEASURES[measure].kind is Unique:
            yield WindowRow(int(row["line"]), account_name(row), measure, start, end, cell)


def measured(row: Row) -> Iterable[tuple[str, int]]:
    """Yield the measures of a row that are not blank."""
    strange = set(row) - NAMING - set(MEASURES)
    if strange:
        raise ValueError(f"Accounts have no measure {', '.join(sorted(strange))}")
    for measure in MEASURES:
        value = number(row.get(measure, ""))
        if value is not None:
            yield measure, value


def watched_span(row: Row) -> WatchedSpan:
    end = day(row["end"]) + timedelta(days=1)
    return WatchedSpan(row.get("source") or "posts", account_name(row), day(row["start"]), end)


def first_to_last(spoken: Iterable[tuple[str, AccountName, date]]) -> Iterable[WatchedSpan]:
    held: dict[tuple[str, AccountName], list[date]] = {}
    for source, name, when in spoken:
        held.setdefault((source, name), []).append(when)
    for (source, name), days in sorted(held.items()):
        yield WatchedSpan(source, name, min(days), max(days) + timedelta(days=1))


def day(cell: str) -> date:
    return date.fromisoformat(cell)


def number(cell: str) -> int | None:
    return int(cell.replace(",", "").replace("_", "")) if cell else None
