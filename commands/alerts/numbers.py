"""Limits as people type them: “100”, “5k”, “1,200”, “4 %”, “30 min”; and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commands.alerts import wording
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.measures import Unit

DIGITS = r"\d[\d.,\u00a0\u202f' ]*"
NUMBER = re.compile(
    rf"({DIGITS})\s*(k|m|mn|million|thousand)?\s*"
    r"(%|per ?cent|percent|pt|pts|points?|sec|seconds?|s|min|minutes?|h|hours?|d|days?)?",
    re.IGNORECASE,
)
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6}
SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
LARGEST = 1e13


def read_number(text: str) -> tuple[float, str]:
    """Return a number and what stands behind it: “%”, “s”, “m”, “h”, “d” or nothing."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise KepiError(wording.NO_NUMBER)
    number = read_digits(found[1]) * TIMES.get((found[2] or "").lower(), 1.0)
    unit = (found[3] or "").lower()
    if number > LARGEST:
        raise KepiError(wording.NO_NUMBER)
    if unit.startswith(("%", "per", "pt", "point")):
        return number, "%"
    return number, unit[:1]


def read_digits(text: str) -> float:
    """Return what digits say: a comma or a point before exactly three of them groups."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).rstrip(".,")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        return float(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?", plain):
        return float(plain.replace(".", "").replace(",", "."))
    try:
        return float(plain.replace(",", "."))
    except ValueError as fault:
        raise KepiError(wording.NO_NUMBER) from fault


def read_limit(text: str, unit: Unit) -> float:
    """Return a limit in the unit of a KPI's values; “4” of a rate is 4 %."""
    from storage.measures import Unit

    number, behind = read_number(text)
    if unit is Unit.PERCENT and behind in ("", "%"):
        return number / 100
    if unit is Unit.SECONDS and behind in SECONDS:
        return number * SECONDS[behind]
    if behind or unit in (Unit.PERCENT, Unit.SECONDS):
        if unit is Unit.PERCENT:
            raise KepiError("That number is written as 4 % here.")
        if unit is Unit.SECONDS:
            raise KepiError("That number is written as 30 min or 2 h here.")
        raise KepiError("That number is written as 100 or 5k here.")
    return number


def read_percent(text: str) -> float:
    """Return how far something has to move, as a fraction."""
    try:
        number, behind = read_number(text)
    except KepiError as fault:
        raise KepiError(wording.NO_PERCENT) from fault
    if behind not in ("", "%") or not 0 < number <= 1000:
        raise KepiError(wording.NO_PERCENT)
    return number / 100


def say_limit(limit: float, unit: Unit) -> str:
    """Return a limit as the form reads it again."""
    from storage.measures import Unit

    if not limit:
        return ""
    if unit is Unit.PERCENT:
        return f"{limit * 100:.10g} %"
    if unit is Unit.SECONDS:
        whole = limit / 60
        return f"{whole / 60:g} h" if whole % 60 == 0 else f"{whole:g} min"
    return f"{limit:.12g}"
