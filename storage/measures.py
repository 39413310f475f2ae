"""Every measure, declared once: its grain, additivity class, unit and decimals.

The additivity class is the type, so a wrong sum does not type-check:

=============  ======================================================  ==================
class          may be                                                  example
=============  ======================================================  ==================
``Each``       averaged over rows, never added                         a post's reach rate
``Additive``   added over days and accounts                            likes
``State``      read at the end of a day, added over accounts only      followers
``Unique``     read from a stored window, never added over anything    reach
=============  ======================================================  ==================

``Identity`` columns are counted apart (customers); ``Label`` and ``Flag`` columns group rows or
choose among them. The expressions made here are plain descriptions of a row's number;
``kpis.readers`` turns them into SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar, overload


class Unit(StrEnum):
    """What a number counts; decides how it is written (``kpis.numbers``)."""

    COUNT = "count"
    PEOPLE = "people"
    PERSON_DAYS = "person-days"
    PERCENT = "percent"
    """Held as a fraction (0.117), written as a percentage (11.7 %)."""
    RATIO = "ratio"
    SECONDS = "seconds"
    CHARACTERS = "characters"
    SCORE = "score"
    """From −100 to 100, written with its sign and without “%”."""
    STARS = "stars"
    MONEY = "money"
    """Of no currency yet; ``money_in`` tells one."""

    @property
    def currency(self) -> str:
        """The ISO code of an amount of money; empty of anything else."""
        kind, _, code = self.value.partition(":")
        return code if kind == "money" else ""

    @classmethod
    def _missing_(cls, value: object) -> Unit | None:
        """Make the unit of a currency: “money:EUR”. There are as many as currencies."""
        if not isinstance(value, str) or not CURRENCY.fullmatch(value):
            return None
        made = str.__new__(cls, value)
        made._name_, made._value_ = value, value
        return cls._value2member_map_.setdefault(value, made)  # type: ignore[return-value]


CURRENCY = re.compile("money:[A-Z]{3}")


def money_in(currency: str) -> Unit:
    """Return the unit of amounts in a currency (an ISO code); of no currency, plain money."""
    return Unit(f"money:{currency}") if currency else Unit.MONEY


@dataclass(frozen=True)
class Where:
    """A condition on rows: a column is one of some words, a flag is set, or a number is within."""

    column: str
    values: tuple[str | int | bool, ...] = ()
    negated: bool = False
    least: float | None = None
    most: float | None = None
    of: str = ""
    """The bounds are shares of this column of the row."""


@dataclass(frozen=True)
class Each:
    """A row's number: it may be averaged, never added."""

    rows: Rows
    columns: tuple[str, ...]
    """The columns added up in the row; all must be present, for the row to count."""
    over: Each | State | None = None
    """The divisor in the same row, or the account's level on the day of the row."""
    within: int = 0
    """Days that a level may be older than the row."""
    times: float = 1.0
    """A plain factor: stars of any scale on one of five."""

    def __truediv__(self, other: Each) -> Each:
        return Each(self.rows, self.columns, over=other)

    def __mul__(self, factor: float) -> Each:
        return Each(self.rows, self.columns, self.over, self.within, self.times * factor)

    def at_least(self, bound: float, of: Each | None = None) -> Where:
        """Return the rows whose number is ``bound`` or more; of ``of``, that share of it."""
        return Where(self.columns[0], least=bound, of=of.columns[0] if of else "")

    def between(self, least: float, below: float, of: Each) -> Where:
        """Return the rows whose number is from ``least`` to less than ``below`` of ``of``."""
        nearly = below * (1 - 1e-12)
        return Where(self.columns[0], least=least, most=nearly, of=of.columns[0])

    def at_most(self, bound: float) -> Where:
        return Where(self.columns[0], most=bound)


@dataclass(frozen=True)
class Additive(Each):
    """A row's number that may be added over days and accounts."""

    def __add__(self, other: Additive) -> Additive:
        return replace(self, columns=(*self.columns, *other.columns))


@dataclass(frozen=True)
class State:
    """A level at the end of a day (L): the last one counts, added over accounts only."""

    rows: Rows
    column: str

    def as_of(self, row_day: Additive, within: int = 3) -> Each:
        """Return ``row_day`` over this level on the row's day, at most ``within`` days old."""
        return Each(row_day.rows, row_day.columns, over=self, within=within)


@dataclass(frozen=True)
class Unique:
    """Different people in a stored window (U): no arithmetic at all."""

    rows: Rows
    column: str

    @property
    def person_days(self) -> Additive:
        """The windows of one day, as person-days: the only sum there is, under its own name."""
        return Additive(self.rows, (f"{self.column}.daily",))


@dataclass(frozen=True)
class Label:
    """A word of each row: groups rows, or chooses among them."""

    rows: Rows
    column: str

    def is_(self, *words: str) -> Where:
        return Where(self.column, words)

    @property
    def known(self) -> Where:
        """Rows in which the word is not empty."""
        return Where(self.column, ("",), negated=True)

    @property
    def unknown(self) -> Where:
        return Where(self.column, ("",))


@dataclass(frozen=True)
class Flag:
    """A yes or no of each row."""

    rows: Rows
    column: str

    @property
    def yes(self) -> Where:
        return Where(self.column, (True,))

    @property
    def no(self) -> Where:
        return Where(self.column, (False,))

    @property
    def known(self) -> Where:
        """Rows that say yes or no."""
        return Where(self.column, (True, False))


@dataclass(frozen=True)
class Identity:
    """Who a row is of: counted apart, never shown."""

    rows: Rows
    column: str


Kind = TypeVar("Kind", Each, Additive, State, Unique, Label, Flag, Identity)


class Measure(Generic[Kind]):
    """Declares one column of a ``Rows`` class; read from its rows, it is a ``Kind``."""

    def __init__(
        self,
        kind: type[Kind],
        title: str = "",
        unit: Unit = Unit.COUNT,
        decimals: int = 0,
        parts: tuple[str, ...] = (),
    ) -> None:
        self.kind: type[Kind] = kind
        self.title, self.unit, self.decimals = title, unit, decimals
        self.parts = parts
        """The measures that were added up when the row was written."""
        self.name = ""

    def __set_name__(self, owner: type[Rows], name: str) -> None:
        self.name = name
        self.title = self.title or name.replace("_", " ")

    @overload
    def __get__(self, rows: None, owner: type[Rows]) -> Self: ...
    @overload
    def __get__(self, rows: Rows, owner: type[Rows]) -> Kind: ...
    def __get__(self, rows: Rows | None, owner: type[Rows]) -> Self | Kind:
        if rows is None:
            return self
        column: Any = (self.name,) if issubclass(self.kind, Each) else self.name
        return self.kind(rows, column)


@dataclass(frozen=True)
class Rows:
    """A set of rows of own accounts, and the conditions that choose among them."""

    where: tuple[Where, ...] = ()

    def only(self, *conditions: Where) -> Self:
        return replace(self, where=(*self.where, *conditions))

    @classmethod
    def measures(cls) -> dict[str, Measure[Any]]:
        """Return the declared measures by name."""
        return {name: it for name, it in vars(cls).items() if isinstance(it, Measure)}


class AccountDays(Rows):
    """What a platform reports of an account for a day, or for a window of days."""

    impressions = Measure(Additive)
    likes = Measure(Additive)
    comments = Measure(Additive)
    shares = Measure(Additive)
    saves = Measure(Additive)
    clicks = Measure(Additive, "link clicks")
    video_views = Measure(Additive)
    profile_visits = Measure(Additive)
    gained = Measure(Additive, "followers gained")
    lost = Measure(Additive, "followers lost")
    followers = Measure(State, unit=Unit.PEOPLE)
    reach = Measure(Unique, unit=Unit.PEOPLE)


ENGAGEMENTS = ("likes", "comments", "shares", "clicks")
INTERACTIONS = ("likes", "comments", "shares", "saves")


class Posts(Rows):
    """Each post with its latest counters, dated by when it was published."""

    impressions = Measure(Additive)
    reach = Measure(Additive, "post reach", Unit.PEOPLE)
    likes = Measure(Additive)
    comments = Measure(Additive)
    shares = Measure(Additive)
    saves = Measure(Additive)
    clicks = Measure(Additive, "link clicks")
    video_views = Measure(Additive)
    profile_visits = Measure(Additive)
    engagements = Measure(Additive, parts=ENGAGEMENTS)
    interactions = Measure(Additive, parts=INTERACTIONS)
    gap = Measure(Each, "time since the post before", Unit.SECONDS)
    content_type = Measure(Label)
    hashtag = Measure(Label)
    weekday = Measure(Label)
    hour = Measure(Label)
    paid = Measure(Flag)


account = AccountDays()
posts = Posts()

COUNTERS = (
    "impressions",
    "reach",
    "likes",
    "comments",
    "shares",
    "saves",
    "clicks",
    "video_views",
    "profile_visits",
)
"""The counters of a post, in the order of their bits in ``Post.supplied``."""
