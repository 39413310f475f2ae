"""How each language writes numbers: signs after them, durations, and the steps of short numbers.

Group and decimal signs, the places of percent and currency signs and the steps (“1,2 mn”,
“123.5万”) are CLDR's, read through Babel; signs of time and points are as people write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from kpis.tongue import ENGLISH, LOCALES, exact, spoken

SPACE = " "
"""Between a number and its sign: an ordinary one, so that copied text is found."""


@dataclass(frozen=True)
class Numerals:
    """The signs that follow a number, each with the space before it where there is one."""

    percent: str
    points: str
    """Percentage points."""
    second: str
    minute: str
    hour: str
    day: str
    minute_after_hours: str
    gap: str
    """Between hours and minutes."""


NUMERALS: Mapping[str, Numerals] = {
    "en": Numerals(" %", " pt", " s", " min", " h", " d", " m", " "),
    "sv": Numerals(" %", " p.e.", " s", " min", " tim", " d", " min", " "),
    "vi": Numerals("%", " điểm %", " giây", " phút", " giờ", " ngày", " phút", " "),
    "id": Numerals("%", " poin", " dtk", " mnt", " jam", " hari", " mnt", " "),
    "zh": Numerals("%", "个百分点", "秒", "分钟", "小时", "天", "分", ""),
}
ENGLISH_STEPS = ((3, "k"), (6, "M"), (9, "B"), (12, "T"))


def numerals() -> Numerals:
    """Return the signs of the spoken language."""
    return NUMERALS[spoken()]


def percent(size: float) -> str:
    """Return a percentage with no more decimals than it has: “20 %”, “2.5 %”."""
    return f"{exact(size)}{numerals().percent}"


def steps() -> tuple[tuple[int, str], ...]:
    """Return the short numbers of the spoken language: power of ten and its sign, from small."""
    return _steps(spoken())


def currency_follows() -> bool:
    """Whether the spoken language writes a currency after its amount."""
    return _currency_follows(spoken())


@cache
def _steps(language: str) -> tuple[tuple[int, str], ...]:
    if language == ENGLISH:
        return ENGLISH_STEPS
    formats = Locale.parse(LOCALES[language]).compact_decimal_formats["short"]["other"]
    found: dict[int, str] = {}
    for magnitude, pattern in formats.items():
        digits = pattern.pattern.count("0")
        sign = pattern.pattern.replace("0", "").replace("\N{NO-BREAK SPACE}", SPACE)
        if sign.strip():  # “0” alone: written out
            found.setdefault(len(magnitude) - digits, sign)
    return tuple(sorted(found.items()))


@cache
def _currency_follows(language: str) -> bool:
    pattern = Locale.parse(LOCALES[language]).currency_formats["standard"].pattern
    return not pattern.startswith("¤")
