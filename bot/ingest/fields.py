"""What a field of a row may hold: one type each, which checks, tidies and describes itself.

Values come from JSON as Python's own (``bot.ingest.bodies``): a number with a fraction as
``Decimal``. A refusal says what would work and does not repeat what was sent.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from storage.money import is_currency
from storage.platforms import PLATFORMS, find_platform
from storage.sources.cells import LARGEST
from storage.sources.dates import EARLIEST
from storage.sources.origin import make_handle
from storage.sources.records.media import medium_of

MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)([Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
SKEW = timedelta(days=1)
"""Clocks differ, and so do days; what is dated later than this is a mistake."""


def refuse(reason: str) -> PydanticCustomError:
    """Return the refusal of a value, in words for the person who sends it."""
    return PydanticCustomError("kepi", reason.replace("{", "{{").replace("}", "}}"))


def demand_text(value: object) -> object:
    """Refuse what no database keeps: half characters and NUL; tidy the ends."""
    if not isinstance(value, str):
        return value
    if "\0" in value or any("\ud800" <= it <= "\udfff" for it in value):
        raise refuse("holds characters that are no text")
    return value.strip()


def demand_one_line(value: object) -> object:
    tidied = demand_text(value)
    if isinstance(tidied, str) and not tidied.isprintable():
        return " ".join("".join(it if it.isprintable() else " " for it in tidied).split())
    return tidied


def is_sane(value: Decimal) -> bool:
    """Tell whether a number's size is of this world: 1e999999 would fill the memory."""
    return not value or -18 <= value.adjusted() <= 18


def read_whole(value: object) -> int:
    """Return a whole number; ``5.0`` is one in JSON, ``true`` and “5” are not."""
    if isinstance(value, Decimal) and is_sane(value) and value == value.to_integral_value():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse("has to be a whole number")
    return value


def read_number(value: object) -> float:
    """Return a number that fits a table's fraction."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refuse("has to be a number")
    number = Decimal(value)
    if not is_sane(number):
        raise refuse("is too large or too small a number")
    return float(number)


def read_amount(value: object) -> Decimal:
    """Return an amount of money in units, from a number or from text."""
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        amount = Decimal(value)
        if is_sane(amount) and amount.adjusted() < 15:
            return amount
    raise refuse("has to be an amount such as 12.50, as a number or as text, without its currency")


def read_currency(value: object) -> str:
    if isinstance(value, str) and is_currency(value):
        return value
    raise refuse("has to be a currency's code of three capital letters, such as EUR")


def read_moment(value: object, info: ValidationInfo) -> datetime:
    """Return a moment in UTC; one without an offset could be any of a day's."""
    match = MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refuse("has to be a moment with its offset, such as 2026-11-22T18:00:00+01:00")
    if match[3] is None:
        raise refuse("needs an offset: 2026-11-22T18:00:00+01:00, or Z for UTC")
    try:
        written = f"{match[1]}T{match[2]}{match[3].upper().replace('Z', '+00:00')}"
        moment = datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        raise refuse("is no moment of the calendar") from None
    if moment.date() < EARLIEST:
        raise refuse("is before 2004")
    if moment > now_of(info) + SKEW:
        raise refuse("is in the future")
    return moment


def read_day(value: object, info: ValidationInfo) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise refuse("has to be a day such as 2026-11-22")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refuse("is no day of the calendar") from None
    if day < EARLIEST:
        raise refuse("is before 2004")
    if day > (now_of(info) + 2 * SKEW).date():  # the end of a span is the day after its last
        raise refuse("is in the future")
    return day


def now_of(info: ValidationInfo) -> datetime:
    """Return the moment at which the rows came; whoever validates gives it."""
    assert info.context is not None
    now: datetime = info.context["now"]
    return now


def read_platform(value: object) -> str:
    """Return the key of a platform by its key, title or alias."""
    found = find_platform(value) if isinstance(value, str) else None
    if found is None:
        raise refuse(f"has to be a platform: {', '.join(PLATFORMS)}")
    return found.key


def read_medium(value: object) -> object:
    """Return a platform's key, or the word of another medium in lower case: “email”."""
    tidied = demand_one_line(value)
    if not isinstance(tidied, str):
        return tidied
    return medium_of(tidied)


def read_handle(value: object) -> object:
    tidied = demand_one_line(value)
    return make_handle(tidied) if isinstance(tidied, str) else tidied


def read_person(value: object) -> object:
    tidied = demand_one_line(value)
    return tidied.removeprefix("@") if isinstance(tidied, str) else tidied


def lower(value: str) -> str:
    return value.lower()


def read_address(value: object) -> object:
    tidied = demand_text(value)
    if tidied == "" or not isinstance(tidied, str):
        return tidied
    if not tidied.startswith(("https://", "http://")) or not tidied.isprintable():
        raise refuse("has to be an address that starts with https://")
    return tidied


Word = Annotated[str, Field(max_length=200), BeforeValidator(demand_one_line)]
"""A name or a label on one line; blank is the same as left out."""
Needed = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(demand_one_line)]
Person = Annotated[str, Field(max_length=200), BeforeValidator(read_person)]
Key = Annotated[Needed, Field(description="Your own id of it: the same id is the same thing.")]
LowerWord = Annotated[Word, AfterValidator(lower)]
LowerNeeded = Annotated[Needed, AfterValidator(lower)]
Prose = Annotated[str, Field(max_length=20_000), BeforeValidator(demand_text)]
Address = Annotated[str, Field(max_length=2_000), BeforeValidator(read_address)]
Handle = Annotated[
    str,
    Field(min_length=1, max_length=200, description="The account's handle; @ may be left out."),
    BeforeValidator(read_handle),
]
MEDIUM = "A platform, or another medium such as “email”."
Medium = Annotated[str, Field(max_length=200, description=MEDIUM), BeforeValidator(read_medium)]
NeededMedium = Annotated[
    str, Field(min_length=1, max_length=200, description=MEDIUM), BeforeValidator(read_medium)
]
Count = Annotated[int, Field(ge=0, le=LARGEST), BeforeValidator(read_whole)]
Signed = Annotated[int, Field(ge=-LARGEST, le=LARGEST), BeforeValidator(read_whole)]
"""A count that a platform may correct below 0 (kpi-catalogue §1, *Negative values*)."""


def described(kind: type, read: Any, **schema: Any) -> Any:
    """Return a type that ``read`` makes and a JSON Schema describes."""
    return Annotated[kind, BeforeValidator(read), WithJsonSchema(schema)]


Number = described(float, read_number, type="number")
Platform = described(
    str,
    read_platform,
    type="string",
    description=f"One of {', '.join(PLATFORMS)}; their other names are understood too.",
)
Currency = described(
    str, read_currency, type="string", pattern="^[A-Z]{3}$", description="ISO 4217."
)
Moment = described(
    datetime,
    read_moment,
    type="string",
    format="date-time",
    description="RFC 3339 with its offset.",
)
Day = described(date, read_day, type="string", format="date")
Amount = described(
    Decimal,
    read_amount,
    anyOf=[{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"}],
    description="In units, 12.50; as text where your numbers are not exact.",
)
