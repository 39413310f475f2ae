"""What the grammar needs to know of a language other than English."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tongue:
    """Words of one language that a question is made of; names of KPIs are in ``kpis.names``.

    A phrase is words with a space between, each word perhaps with alternatives (``dag|dagar``).
    ``#n`` is a number in digits or words, ``#d`` a day and ``#m`` a month by its number, ``#y``
    a year, ``#s`` a date such as 12/11/2026 with the day first; a slash before one (``/#m``) is a
    slash in the text. Its English is what the grammar reads instead: the same signs stand for
    the same values, ``#m`` for the month's name.

    A few words mean one thing before a date and another elsewhere: ``?from`` and ``?to`` are
    dropped where no date follows, ``?since`` then too, ``?by`` is “since” before a date and “by”
    elsewhere, ``?between`` is “to” between two dates and nothing elsewhere.
    """

    phrases: Mapping[str, str]
    numbers: Mapping[str, int]
    fillers: str
    splits: Mapping[str, str]
    """What stands after “by” → the English words for it."""
    platforms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everything: tuple[str, ...] = ()
    """Names of all accounts, as “all”."""
    rivals: tuple[str, ...] = ()
    """Names of all competitors."""
    plain: bool = True
    """Whether its words are also read without their accents."""


def months(*names: str) -> dict[str, str]:
    """Return phrases of the twelve months, each with its other spellings after a bar."""
    return dict(zip(names, ENGLISH_MONTHS, strict=True))


ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
