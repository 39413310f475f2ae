"""A request's body: JSON read strictly, every row checked, what is wrong named row by row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from bot.ingest.fields import Day
from bot.ingest.kinds import MOST_ROWS, Ingest
from bot.ingest.rows import Row
from storage.batch import BadRow

DAY: TypeAdapter[date] = TypeAdapter(Day)
PARTS = frozenset({"rows", "start", "end"})
LONGEST_REASON = 300
MOST_FIELDS = 100
"""More than any row has; naming each of a million would take a minute."""
OBJECT = "has to be an object with named fields"
REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of these rows",
    "string_type": "has to be text",
    "bool_type": "has to be true or false",
    "list_type": "has to be a list",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_too_long": "has more than {max_length} characters",
    "too_long": "has more than {max_length} of them",
    "greater_than_equal": "has to be {ge} or more",
    "less_than_equal": "has to be {le} or less",
    "literal_error": "has to be {expected}",
    "string_pattern_mismatch": "has to fit {pattern}",
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
}
"""Pydantic's kinds of errors in our words; the others are plain enough."""


class BadBody(Exception):
    """A body that cannot be read at all; the text is for who sent it."""


class Numbered(NamedTuple):
    """A row that was checked, with its place from 1."""

    line: int
    row: Row


class Body(NamedTuple):
    """What was sent."""

    rows: tuple[Numbered, ...]
    bad: tuple[BadRow, ...]
    start: date | None
    end: date | None
    """The days that the rows were read for, half-open, where the sender says."""


def read_body(raw: bytes, kind: Ingest, now: datetime) -> Body:
    """Return the rows of a body, good and bad; raises ``BadBody`` where there are none to see."""
    sent = parse(raw)
    if not isinstance(sent, dict):
        raise BadBody('Send an object: {"rows": […]}.')
    if not isinstance(sent.get("rows"), list):
        raise BadBody('Name the rows: {"rows": […]}.')
    strange = sorted(sent.keys() - PARTS)
    if strange:
        raise BadBody("Beside rows there may be start and end, and nothing else.")
    if len(sent["rows"]) > MOST_ROWS:
        raise BadBody(f"A body has at most {MOST_ROWS:,} rows. Send them in parts.")
    start, end = read_span(sent, now)
    if start is not None and not kind.is_watched:
        raise BadBody(f"Bodies of {kind.title} have rows alone, without start and end.")
    good: list[Numbered] = []
    bad: list[BadRow] = []
    for line, it in enumerate(sent["rows"], 1):
        if isinstance(it, dict) and len(it) > MOST_FIELDS:
            bad.append(BadRow(line, None, "has more fields than any of these rows"))
            continue
        try:
            good.append(Numbered(line, check(it, kind.row, now)))
        except ValidationError as error:
            bad += name_faults(line, error, kind.row)
    return Body(tuple(good), tuple(bad), start, end)


def parse(raw: bytes) -> Any:
    """Return what JSON says: numbers exact, a name twice in one object is a mistake."""
    try:
        return json.loads(
            raw.decode("utf-8"),
            parse_float=Decimal,
            parse_constant=refuse_constant,
            object_pairs_hook=unite,
        )
    except (ValueError, RecursionError, InvalidOperation):
        raise BadBody("The body is not JSON in UTF-8, or names a field twice.") from None


def refuse_constant(_word: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def unite(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    united = dict(pairs)
    if len(united) < len(pairs):
        raise ValueError("a name twice")
    return united


def read_span(sent: dict[str, Any], now: datetime) -> tuple[date | None, date | None]:
    """Return the days that the whole body is of, or nothing."""
    said = [sent.get(name) for name in ("start", "end")]
    if said == [None, None]:
        return None, None
    words = "start and end have to be two days; end is the first day after the last."
    try:
        start, end = (DAY.validate_python(it, context={"now": now}) for it in said)
    except ValidationError:
        raise BadBody(words) from None
    if start >= end:
        raise BadBody(words)
    return start, end


def check(sent: Any, model: type[Row], now: datetime) -> Row:
    """Return one row; null is the same as nothing."""
    if isinstance(sent, dict):
        sent = {name: it for name, it in sent.items() if it is not None}
    return model.model_validate(sent, context={"now": now})


def name_faults(line: int, error: ValidationError, model: type[Row]) -> list[BadRow]:
    """Return what is wrong with a row, a field each; what is of two fields names one of them."""
    faults = error.errors(include_url=False, include_input=False)
    named: dict[str, BadRow] = {}
    for it in faults:
        field = ".".join(map(str, it["loc"]))[:60]
        told = REASONS.get(it["type"])
        reason = told.format(**it.get("ctx", {})) if told else it["msg"][:LONGEST_REASON]
        head, _, rest = reason.partition(": ")
        if not field and head in model.model_fields:
            field, reason = head, rest
        named.setdefault(field, BadRow(line, field or None, reason))
    return list(named.values())


def count_rows(bad: Sequence[BadRow]) -> int:
    """Return how many rows are bad, whatever is wrong with each."""
    return len({it.line for it in bad})
