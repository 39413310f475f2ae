"""Mentions of brands: stored once each, counted by the stretch of time, taken back.

A mention is known by the platform's own id of it. What came first stands: a later file that
tells the same mention otherwise changes nothing, and the preview says so. Words that a file
tells are kept apart (``mention_text``) to be classified; they go with the mention.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, func, select, update

from storage.batch import MentionRow
from storage.brands import BrandNames
from storage.bulk import fetch, insert, portions
from storage.mention_words import forget_words, keep_words
from storage.observed import MENTIONS, NOBODY, Sightings
from storage.outgoing_tables import Mention
from storage.said import Counted
from storage.stretches import Counts
from storage.tables import Import, instant_number, table_of
from storage.undo_facts import Restored

MENTION, IMPORT = table_of(Mention), table_of(Import)
FACTS = ("at", "brand", "author", "followers", "tagged", "topic")
"""Of a mention; its sentiment is what stands after corrections, so no file is held against it."""
COLUMNS = (
    *("workspace", "platform", "external_id", "at", "brand", "author", "followers", "tagged"),
    *("sentiment", "topic", "permalink", "import_id"),
)
MICROSECONDS = timedelta(microseconds=1)

Key = tuple[str, str]
"""Platform, and the platform's id."""
Facts = tuple[object, ...]
"""Of a mention, in the order of ``FACTS``."""


class MentionChanges(NamedTuple):
    """What a batch's mentions would change."""

    new: tuple[tuple[MentionRow, int], ...] = ()
    """With the brand's id."""
    known: tuple[int, ...] = ()
    """Ids of the rows that are held already."""
    otherwise: int = 0
    """How many of those are told otherwise now."""

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), 0, len(self.known))

    @property
    def notes(self) -> tuple[str, ...]:
        if not self.otherwise:
            return ()
        words = Counted(
            "{number} mention is known with other details, which stay. "
            "Take the earlier file back to replace them.",
            "{number} mentions are known with other details, which stay. "
            "Take the earlier file back to replace them.",
            self.otherwise,
        )
        return (words,)


class Step(NamedTuple):
    """Mentions in one step of time; ``labelled`` are those with a sentiment."""

    step: int
    negative: int
    labelled: int
    every: int


def compare_mentions(
    connection: Connection, workspace: int, rows: Sequence[MentionRow]
) -> MentionChanges:
    """Return which mentions are new; raises ``KepiError`` naming a brand that is unknown."""
    if not rows:
        return MentionChanges()
    brands = BrandNames(connection, workspace)
    held = look_up(connection, workspace, [(it.platform, it.external_id) for it in rows])
    new, known, otherwise = [], [], 0
    for row in rows:
        brand = brands.find(row.brand, row.line)
        found = held.get((row.platform, row.external_id))
        if found is None:
            new.append((row, brand))
            continue
        known.append(found[0])
        otherwise += found[1] != facts_of(row, brand)
    return MentionChanges(tuple(new), tuple(known), otherwise)


def look_up(
    connection: Connection, workspace: int, keys: Sequence[Key]
) -> dict[Key, tuple[int, Facts]]:
    """Return id and facts of the mentions that are held."""
    columns = ", ".join(FACTS)
    names: dict[str, list[str]] = {}
    for platform, external_id in sorted(set(keys)):
        names.setdefault(platform, []).append(external_id)
    found: dict[Key, tuple[int, Facts]] = {}
    for platform, every in names.items():
        for some in portions(every):
            statement = (
                f"SELECT external_id, id, {columns} FROM mention WHERE workspace = ?"
                f" AND platform = ? AND external_id IN ({', '.join('?' * len(some))})"
            )
            for external_id, number, *facts in fetch(
                connection, statement, (workspace, platform, *some)
            ):
                at, brand, author, followers, tagged, *words = facts
                tagged = None if tagged is None else bool(tagged)
                told = (at, brand, author, followers, tagged, *words)
                found[platform, external_id] = number, told
    return found


def facts_of(row: MentionRow, brand: int) -> Facts:
    """Return what a row says, in the order of ``FACTS``."""
    at = instant_number(row.at)
    return at, brand, row.author, row.followers, row.tagged, row.topic


def write_mentions(
    connection: Connection, workspace: int, changes: MentionChanges, import_id: int, at: datetime
) -> list[int]:
    """Store what is new, and return the ids of all that the batch speaks of."""
    rows = [
        (
            *(workspace, row.platform, row.external_id, instant_number(row.at), brand),
            *(row.author, row.followers, row.tagged, row.sentiment, row.topic, row.permalink),
            import_id,
        )
        for row, brand in changes.new
    ]
    insert(connection, "mention", COLUMNS, rows)
    if not rows:
        return list(changes.known)
    made = select(MENTION.c.id, MENTION.c.platform, MENTION.c.external_id).where(
        MENTION.c.workspace == workspace, MENTION.c.import_id == import_id
    )
    ids = {(it.platform, it.external_id): int(it.id) for it in connection.execute(made)}
    told = [(row, ids[row.platform, row.external_id]) for row, _ in changes.new]
    keep_words(connection, workspace, told, at)
    return [*changes.known, *ids.values()]


def undo_mentions(
    connection: Connection, workspace: int, import_id: int, sightings: Sightings
) -> Restored:
    """Take an import's mentions back; those that a later one saw too become that one's."""
    brought = select(MENTION.c.id).where(
        MENTION.c.workspace == workspace, MENTION.c.import_id == import_id
    )
    heirs: dict[int, list[int]] = {}
    gone = []
    for number in list(connection.execute(brought).scalars()):
        heir = sightings.next_after((MENTIONS, NOBODY, 0), number, import_id)
        if heir is None:
            gone.append(number)
        else:
            heirs.setdefault(heir, []).append(number)
    for heir, numbers in heirs.items():
        for some in portions(numbers):
            theirs = (MENTION.c.workspace == workspace) & MENTION.c.id.in_(some)
            connection.execute(update(MENTION).where(theirs).values(import_id=heir))
    rest = (MENTION.c.workspace == workspace) & (MENTION.c.import_id == import_id)
    connection.execute(delete(MENTION).where(rest))
    forget_words(connection, workspace, gone)
    return Restored(len(gone), 0)


# --- counting


def count_mentions(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    step: timedelta,
) -> Iterator[Step]:
    """Yield the steps from ``start`` until before ``end`` that hold mentions, by their number.

    Steps are counted from 1970 UTC, so an hour's or a minute's begin where the clock's do.
    """
    marks = ", ".join("?" * len(brand_ids))
    size = step // MICROSECONDS
    statement = (
        f"SELECT at / {size} AS step,"
        " SUM(CASE WHEN sentiment = 'negative' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN sentiment <> '' THEN 1 ELSE 0 END), COUNT(*)"
        f" FROM mention WHERE workspace = ? AND brand IN ({marks}) AND at >= ? AND at < ?"
        " GROUP BY 1 ORDER BY 1"
    )
    values = (workspace, *brand_ids, instant_number(start), instant_number(end))
    for row in fetch(connection, statement, values) if brand_ids else ():
        yield Step(*map(int, row))


def topics(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    sentiment: str = "negative",
) -> list[tuple[str, int]]:
    """Return what mentions of a sentiment are about, the most frequent first, blanks left out."""
    return tally(connection, "topic", between(workspace, brand_ids, start, end), sentiment)


def platforms(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    sentiment: str = "negative",
) -> list[tuple[str, int]]:
    """Return where mentions of a sentiment were made, the most frequent first."""
    return tally(connection, "platform", between(workspace, brand_ids, start, end), sentiment)


def first_mention(
    connection: Connection, workspace: int, brand_ids: Sequence[int]
) -> datetime | None:
    """Return when the first mention that is held was made."""
    ours = (MENTION.c.workspace == workspace) & MENTION.c.brand.in_(brand_ids)
    found: datetime | None = connection.execute(select(func.min(MENTION.c.at)).where(ours)).scalar()
    return found


def heard_of(
    connection: Connection,
    workspace: int,
    brand_ids: Sequence[int],
    start: datetime,
    end: datetime,
    number: int,
) -> datetime | None:
    """Return when the file came with which so many negative mentions of some time were known."""
    statement = (
        between(workspace, brand_ids, start, end)
        .with_only_columns(IMPORT.c.at)
        .join(IMPORT, IMPORT.c.id == MENTION.c.import_id)
        .where(IMPORT.c.workspace == workspace, MENTION.c.sentiment == "negative")
        .order_by(IMPORT.c.at)
        .offset(max(number - 1, 0))
        .limit(1)
    )
    found: datetime | None = connection.execute(statement).scalar()
    return found


def between(
    workspace: int, brand_ids: Sequence[int], start: datetime, end: datetime
) -> Select[tuple[int]]:
    return select(MENTION.c.id).where(
        MENTION.c.workspace == workspace,
        MENTION.c.brand.in_(brand_ids),
        MENTION.c.at >= start,
        MENTION.c.at < end,
    )


def tally(
    connection: Connection, column: str, chosen: Select[tuple[int]], sentiment: str
) -> list[tuple[str, int]]:
    """Return the words of a column by how often they stand in some mentions."""
    word, often = MENTION.c[column], func.count()
    statement = (
        chosen.with_only_columns(word, often)
        .where(MENTION.c.sentiment == sentiment, word != "")
        .group_by(word)
        .order_by(often.desc(), word)
    )
    return [(str(it), int(n)) for it, n in connection.execute(statement)]
