"""Which column is what: guessed by its name in the languages of our sources, and by its values.

A guess fills a form in, so a wrong one costs a look; a field whose column is doubtful stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from storage.platforms import PLATFORMS, find_platform
from storage.sources import mentions
from storage.sources.cells import BadCell, Cell, StyleFinder, read_id, read_text
from storage.sources.date_forms import NEITHER, find_dates, is_like_a_date
from storage.sources.guessing_names import INSIDE, SAME, WORDS, rate_name
from storage.sources.links import read_handle
from storage.sources.match_fields import DATED, FIELDS, NEEDED, Kind, MatchField
from storage.sources.matching import Seen, is_whole
from storage.sources.records.amounts import AmountFinder, AmountStyle, read_decimal

GLANCE = 200
"""Values of a column that its kind is told by."""
MOSTLY = 0.8

_NO_COUNT = re.compile(r"\brate\b|%|\bavg\b|\baverage\b|\bratio\b|\bper\b|\bcost\b|\bquote\b")
PLAIN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "order": frozenset(("id", "time", "customer", "value")),
        "spend": frozenset(("day", "spend")),
    }
)
"""Kinds of records that no post and no day looks like, by the columns that tell them."""
LIKELY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "review": frozenset(("id", "time", "stars")),
        "answer": frozenset(("time", "score")),
        "visits": frozenset(("day", "sessions")),
        "comment": frozenset(("id", "time", "text", "post")),
        "conversion": frozenset(("time", "type", "customer")),
        "touch": frozenset(("time", "customer", "source")),
    }
)
"""Those that a table without any measure of ours may be."""


def guess_grain(seen: Seen, zone: ZoneInfo, now: datetime) -> str:
    """Return what a row most likely is."""
    posts, days = (guess(seen, grain, zone, now) for grain in ("post", "account-day"))
    about = guess(seen, "mention", zone, now)
    if {"id", "time", "sentiment"} <= about.keys() and "sentiment" in about:
        return "mention"
    every = {it.key for grain in ("post", "account-day") for it in FIELDS[grain] if it.is_measure}
    measures = every & (posts.keys() | days.keys())
    kinds = PLAIN if measures else {**PLAIN, **LIKELY}
    for grain, telling in kinds.items():
        if telling <= guess(seen, grain, zone, now).keys():
            return grain
    if "id" in posts and "published" in posts:
        return "post"
    if "day" in days and len(days) > 1:
        return "account-day"
    visits = guess(seen, "session", zone, now)
    return "session" if "converted" in visits and len(posts) < 2 else "post"


def guess(seen: Seen, grain: str, zone: ZoneInfo, now: datetime) -> dict[str, int]:
    """Return field → place of its column, each column once; doubtful fields are left out."""
    needed = NEEDED[grain]
    scores = [
        (it.key in needed, score, -order, -place, it.key, place)
        for order, it in enumerate(FIELDS[grain])
        for place in range(len(seen.names))
        if (score := _score(seen, it, place, grain, zone, now))
    ]
    found: dict[str, int] = {}
    for *_, key, place in sorted(scores, reverse=True):
        if key not in found and place not in found.values():
            found[key] = place
    return found


def guess_account(seen: Seen) -> int | None:
    """Return the column that names the account, or nothing."""
    rated = [(rate_name("account", name), -place) for place, name in enumerate(seen.names)]
    score, place = max(rated)
    return -place if score >= INSIDE and any(seen.cells(-place)) else None


def guess_platform(seen: Seen, file_name: str) -> str:
    """Return the platform of the links in a table, or that its file's name says; else nothing."""
    for place in range(len(seen.names)):
        for _, cell in islice(seen.cells(place), 3):
            text = str(cell).lower()
            for key in PLATFORMS:
                if re.match(rf"https?://(?:[\w-]+\.)*{key}\.com/", text):
                    return key
    words = WORDS.findall(file_name.casefold())
    known = [it.key for word in words if len(word) > 1 and (it := find_platform(word))]
    return known[0] if len(set(known)) == 1 else ""


def has_handles(seen: Seen, place: int) -> bool:
    """Tell whether the links of a column name the account."""
    return any(read_handle(str(cell)) for _, cell in islice(seen.cells(place), GLANCE))


def rank(seen: Seen, field: MatchField, grain: str, zone: ZoneInfo, now: datetime) -> list[int]:
    """Return all places, the likeliest for a field first."""
    scores = {it: _score(seen, field, it, grain, zone, now) for it in range(len(seen.names))}
    return sorted(scores, key=lambda place: (-scores[place], place))


def _score(
    seen: Seen, field: MatchField, place: int, grain: str, zone: ZoneInfo, now: datetime
) -> float:
    name = rate_name(field.key, seen.names[place], field.names)
    if not name and field.key != DATED[grain] and field.kind is not Kind.ID:
        return 0.0
    cells = [cell for _, cell in islice(seen.cells(place), GLANCE)]
    if not cells:
        return name if name == SAME and field.is_measure else 0.0
    if field.is_measure and _NO_COUNT.search(seen.names[place].casefold()):
        return 0.0
    if not fits(field.kind, cells, zone, now):
        return 0.0
    if field.kind is Kind.ID:
        if _share(map(_is_link, cells)) > MOSTLY:
            return max(name, 0.5) * 0.95  # a plain id is better, where there is one
        return name or (0.3 if _share(map(_is_code, cells)) == 1 else 0.0)
    return name or 0.4


def fits(
    kind: Kind, cells: Sequence[Cell], zone: ZoneInfo, now: datetime, mostly: float = MOSTLY
) -> bool:
    """Tell whether values, so large a share of them at least, can be what a field holds."""
    if kind is Kind.DATE:
        if not any(map(_is_date, cells[:3])):
            return False
        return find_dates(enumerate(cells), zone, now).order != NEITHER
    if kind is Kind.NUMBER:
        styles = StyleFinder()
        for cell in cells:
            styles.see(cell)
        style = styles.decide(None)
        return _share(is_whole(cell, style) for cell in cells) >= mostly
    if kind is Kind.AMOUNT:
        amounts = AmountFinder()
        for cell in cells:
            amounts.see(cell)
        found = amounts.decide(None)
        return _share(is_amount(cell, found) for cell in cells) >= mostly
    if kind is Kind.ANY:
        return True
    if kind is Kind.ID:
        return _share(map(_is_id, cells)) >= mostly and len(set(cells)) > 0.9 * len(cells)
    if kind is Kind.LINK:
        return _share(map(_is_link, cells)) >= mostly
    if kind is Kind.FLAG:
        return _share(_word(it) in mentions.YES | mentions.NO for it in cells) >= mostly
    if kind is Kind.PLATFORM:
        return _share(find_platform(_word(it)) is not None for it in cells) >= mostly
    if kind is Kind.SENTIMENT:
        return _share(_word(it) in mentions.SENTIMENTS for it in cells) >= mostly
    return any(isinstance(cell, str) for cell in cells)


def is_amount(cell: Cell, style: AmountStyle) -> bool:
    """Tell whether a cell is a number, with decimals or without."""
    try:
        return read_decimal(cell, style) is not None
    except BadCell:
        return False


def _share(hits: Iterable[bool]) -> float:
    known = list(hits)
    return sum(known) / len(known) if known else 0.0


def _word(cell: Cell) -> str:
    return "true" if cell is True else "false" if cell is False else read_text(cell).lower()


def _is_link(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().lower().startswith(("https://", "http://"))


def _is_id(cell: Cell) -> bool:
    try:
        return bool(read_id(cell))
    except BadCell:
        return False


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and is_like_a_date(cell))


def _is_code(cell: Cell) -> bool:
    """Tell an id by its looks: one word with digits in it, or a long number."""
    text = str(cell).strip()
    if re.sub(r"[-.,\s]", "", text).isdigit():
        return text.isdigit() and len(text) > 8
    return any(map(str.isdigit, text)) and " " not in text
