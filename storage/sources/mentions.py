"""Mentions: Kepi's own format, and what listening tools call the same columns.

    time, platform, id, brand, author, followers, sentiment, topic, tagged, url, text, language

``time``, ``platform`` and ``id`` are needed, and one of ``sentiment``, ``brand``, ``topic`` or
``author`` to tell the file from one of posts. ``brand`` may be left out where there is one own
brand. ``text`` is kept to be classified, at most 2,000 characters; ``language`` is ``en``, ``sv`` …
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from storage.batch import BadRow, Batch, MentionRow
from storage.errors import SourceError
from storage.platforms import PLATFORMS, find_platform
from storage.said import Joined, Words
from storage.sources.bad_rows import Cells, describe_width, join_problems, read_plain
from storage.sources.cells import (
    BadCell,
    NumberStyle,
    StyleFinder,
    are_rounded,
    is_blank,
    read_id,
    read_text,
    read_whole,
    show,
)
from storage.sources.copies import describe_repeats, settle_copies
from storage.sources.dates import DateReader, choose_order
from storage.sources.headers import Column, find_columns, list_names
from storage.sources.origin import Origin
from storage.sources.rows import Row, Table

KEY, TITLE = "mentions", Words("Mentions")
V = TypeVar("V")

COLUMNS = MappingProxyType(
    {
        "time": ("time", "Date", "Published", "Created at", "Mention date", "Timestamp", "Datum"),
        "platform": ("platform", "Source", "Network", "Channel", "Media type", "Källa"),
        "id": ("id", "Mention id", "Post id", "Document id", "External id"),
        "brand": ("brand", "Keyword", "Topic profile", "Project", "Query name", "Varumärke"),
        "author": ("author", "Username", "User", "Author name", "Screen name", "Författare"),
        "followers": ("followers", "Followers count", "Author followers", "Följare"),
        "sentiment": ("sentiment", "Tone", "Sentiment score label", "Känsla"),
        "topic": ("topic", "Theme", "Category", "Tag", "Ämne"),
        "tagged": ("tagged", "Is tagged", "Direct mention", "Mentions handle"),
        "url": ("url", "Link", "Permalink", "Mention url", "Länk"),
        "text": ("text", "Mention text", "Full text", "Content", "Message", "Snippet", "Title"),
        "language": ("language", "Lang", "Language code", "Språk"),
    }
)
"""Our name → the names it goes by, ours first. Those of other tools are not verified."""
NEEDS = ("time", "platform", "id")
TELLING = ("sentiment", "brand", "topic", "author")
"""One of these, or it may as well be a list of posts."""
DATE_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
SENTIMENTS = MappingProxyType(
    {
        word: sentiment
        for sentiment, words in {
            "positive": ("positive", "pos", "+", "1", "positiv", "tích cực", "positif", "正面"),
            "neutral": ("neutral", "neu", "0", "mixed", "trung lập", "netral", "中性"),
            "negative": ("negative", "neg", "-1", "negativ", "tiêu cực", "negatif", "负面"),
            "": ("", "unknown", "n/a", "none", "not rated", "-", "–", "—"),
        }.items()
        for word in words
    }
)
YES = frozenset({"yes", "true", "1", "y", "ja"})
NO = frozenset({"no", "false", "0", "n", "nej"})
LONGEST_WORDS, LONGEST_URL, LONGEST_TEXT = 60, 2_000, 2_000
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class MentionLayout:
    """What a table of mentions calls its columns, and how it writes what is in them."""

    columns: MappingProxyType[str, tuple[str, ...]]
    key: str = KEY
    date_formats: tuple[str, ...] = DATE_FORMATS
    decimal: str | None = None
    platform: str = ""
    """Key of ``PLATFORMS`` of all rows, where no column says it."""


USUAL = MentionLayout(COLUMNS)


@dataclass
class _Reading:
    """One file being read."""

    columns: dict[str, Column]
    dates: DateReader
    style: NumberStyle
    width: int
    platform: str = ""
    bad: list[BadRow] = field(default_factory=list)
    unreadable: dict[Hashable, list[int]] = field(default_factory=dict)


def is_of_mentions(table: Table) -> bool:
    """Tell whether a header is one of mentions."""
    found = find_columns(table.header, COLUMNS, strict=False)
    return all(it in found for it in NEEDS) and any(it in found for it in TELLING)


def read_mentions(table: Table, origin: Origin, layout: MentionLayout = USUAL) -> Batch:
    """Return the mentions of a table; raise ``SourceError`` where it cannot be read at all."""
    reading = _prepare(table, origin, layout)
    rows = [it for row in table.rows() if (it := _read_row(row, reading)) is not None]
    column = reading.columns["id"].name
    if are_rounded([it.external_id for it in rows]):
        words = Words("the id was ruined by a spreadsheet; export it again")
        reading.bad += (BadRow(it.line, column, words) for it in rows)
        rows = []
    kept, conflicting, repeats = settle_copies(
        rows, _key, _facts, reading.unreadable, ("id", column)
    )
    return Batch(
        format=layout.key,
        title=TITLE,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        mentions=tuple(kept),
        bad=tuple(sorted([*reading.bad, *conflicting], key=lambda bad: bad.line)),
        notes=(*table.notes, *describe_repeats(repeats), *_note_what_lacks(reading)),
    )


def _prepare(table: Table, origin: Origin, layout: MentionLayout) -> _Reading:
    columns = find_columns(table.header, layout.columns)
    lacking = [it for it in NEEDS if it not in columns]
    if layout.platform and "platform" in lacking:
        lacking.remove("platform")
    if lacking:
        seen = list_names(table.header)
        raise SourceError(
            "this is not a file of mentions: {lacking} missing; the columns seen are {seen}",
            lacking=list_names(lacking),
            seen=seen,
        )
    place, width = columns["time"].place, len(table.header)
    times, styles = [], StyleFinder()
    for row in table.rows():
        if len(row.cells) == width:
            times.append(row.cells[place])
            if "followers" in columns:
                styles.see(row.cells[columns["followers"].place])
    if not times:
        raise SourceError("the file has a header but no rows; choose a period with mentions")
    dates = DateReader(choose_order(layout.date_formats, times), origin.zone, origin.now)
    style = styles.decide(table.delimiter, layout.decimal)
    return _Reading(columns, dates, style, width, layout.platform)


def _read_row(row: Row, reading: _Reading) -> MentionRow | None:
    """Return the mention of a row, or ``None`` after naming all that is wrong with it."""
    if len(row.cells) != reading.width:
        reading.bad.append(BadRow(row.line, None, describe_width(row, reading.width)))
        return None
    cells = Cells(row, reading.columns)
    take, problems = cells.take, cells.problems

    at = take("time", reading.dates.read_instant, None)
    platform = take("platform", _read_platform, reading.platform)
    external_id = take("id", read_id, "")
    mention = MentionRow(
        line=row.line,
        brand=take("brand", _read_words, ""),
        platform=platform,
        external_id=external_id,
        at=at or reading.dates.now,
        author=take("author", _read_words, ""),
        followers=take("followers", lambda cell: read_whole(cell, reading.style), None),
        tagged=take("tagged", _read_flag, None),
        sentiment=take("sentiment", _read_sentiment, ""),
        topic=take("topic", _read_topic, ""),
        permalink=take("url", _read_url, ""),
        words=take("text", _read_text, ""),
        language=take("language", _read_language, ""),
    )
    if problems:
        reading.bad.append(join_problems(row.line, problems))
        if platform and external_id:
            reading.unreadable.setdefault((platform, external_id), []).append(row.line)
        return None
    return mention


def _read_platform(cell: Any) -> str:
    found = find_platform(read_text(cell))
    if found is None:
        known = Joined([it.title for it in PLATFORMS.values()])
        raise BadCell("{cell} is not a platform; these are: {known}", cell=show(cell), known=known)
    return found.key


def _read_words(cell: Any) -> str:
    return " ".join(read_plain(_without_sign(cell)).split())[:LONGEST_WORDS]


def _without_sign(cell: Any) -> Any:
    """Return “@lena” without its sign, which would look like a formula."""
    return cell.strip().removeprefix("@") if isinstance(cell, str) else cell


def _read_topic(cell: Any) -> str:
    return _read_words(cell).lower()


def _read_sentiment(cell: Any) -> str:
    found = SENTIMENTS.get(read_text(cell).lower())
    if found is None:
        raise BadCell(
            "{cell} is not a sentiment; write positive, neutral or negative", cell=show(cell)
        )
    return found


def _read_flag(cell: Any) -> bool | None:
    word = read_text(cell).lower()
    if word in YES or word in NO:
        return word in YES
    if is_blank(cell):
        return None
    raise BadCell("{cell} says neither yes nor no", cell=show(cell))


def _read_url(cell: Any) -> str:
    text = read_text(cell)
    fits = text.startswith(("https://", "http://")) and text.isprintable()
    return text if fits and len(text) <= LONGEST_URL else ""


def _read_text(cell: Any) -> str:
    """Return what was said, as it stands; it may begin like a formula."""
    return read_text(cell)[:LONGEST_TEXT]


def _read_language(cell: Any) -> str:
    """Return “sv-SE” as ``sv``; what is no code says nothing."""
    match = _LANGUAGE.fullmatch(read_text(cell).lower())
    return match[1] if match else ""


def _key(row: MentionRow) -> Hashable:
    return (row.platform, row.external_id)


def _facts(row: MentionRow) -> dict[str, object]:
    return {
        "time": row.at,
        "brand": row.brand.casefold(),
        "author": row.author,
        "follower count": row.followers,
        "tag": row.tagged,
        "sentiment": row.sentiment,
        "topic": row.topic,
        "link": row.permalink,
        "text": row.words,
    }


def _note_what_lacks(reading: _Reading) -> tuple[str, ...]:
    if "sentiment" in reading.columns:
        return ()
    words = Words(
        "No column says the sentiment, so Kepi works it out of the text, where there is one."
    )
    return (words,)
