"""The words of the KPI language that records need: people counted apart, shares, prices.

As in ``kpis.language`` a formula is made of leaves; these leaves read records, and what a cell
holds of them comes through ``Cell.sums``: a number and the rows behind it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from kpis.answers import Absent, Reading, Reason, Value
from kpis.language import (
    Amount,
    Cell,
    Count,
    Leaf,
    Statistic,
    Together,
    count,
    each_words,
    no_data,
    nouns,
    title,
)
from kpis.statistics import Z95, wilson
from kpis.tongue import say, say_declared
from storage.measures import Additive, Each, Identity, Label, Rows, Unit


class OfRecords(Leaf, Amount):
    """A leaf of records whose number a cell gives ready."""

    @property
    @abstractmethod
    def noun(self) -> str:
        """What is missing where there is none."""

    def value(self, cell: Cell) -> Reading:
        number, n = cell.sums(self)
        return Value(number, number, n) if n else no_data(self.noun)


@dataclass(frozen=True, eq=False)
class Distinct(OfRecords):
    """Different people of some rows, each once in the window; of those with enough rows."""

    who: Identity
    at_least: int = 1

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.who.rows

    @property
    def noun(self) -> str:
        return f"{title(self.rows, self.who.column)}s"

    @property
    def words(self) -> str:
        people = say_declared(self.noun)
        if self.at_least == 1:
            return say("different {people}", people=people)
        rows = say_declared(nouns(self.rows))
        return say("different {people} with {number} or more {rows}", people=people,
                   number=self.at_least, rows=rows)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Once(OfRecords):
    """Σ of a row's number, each person's largest once a day."""

    number: Each
    per: Identity

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.number.rows

    @property
    def noun(self) -> str:
        return each_words(self.number)

    @property
    def words(self) -> str:
        who = say_declared(title(self.rows, self.per.column))
        if getattr(self.rows, "whose", "own") == "own":
            return say("Σ {number}, each {who} once a day", number=self.noun, who=who)
        return say("Σ {number} of all brands, each {who} once a day", number=self.noun, who=who)


@dataclass(frozen=True, eq=False)
class Priced(OfRecords):
    """Σ of a number × the stored price of its row's word; what has no price is told apart."""

    number: Additive
    kind: str
    """Of ``rate_card``: ``cpm`` or ``cpc``."""
    by: Label
    per: float = 1.0
    """How many of the number one price is for."""

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.number.rows

    @property
    def noun(self) -> str:
        return title(self.rows, self.number.columns[0])

    def value(self, cell: Cell) -> Reading:
        number, n = cell.sums(self)
        if n < 0:
            return Absent(Reason.REFUSED, say_declared(NO_PRICE[self.kind]))
        return Value(number, number, n) if n else no_data(self.noun)

    @property
    def words(self) -> str:
        of = f" ÷ {self.per:,.0f}" if self.per != 1 else ""
        number, word = f"Σ {say_declared(self.noun)}{of}", say_declared(self.by.column)
        return say("{number} × {price} of the {word}", number=number, price=self.kind.upper(),
                   word=word)  # fmt: skip


NO_PRICE = {
    "cpm": "No price of 1,000 impressions is stored, and I don't guess one. "
    "Store one: /kpi rate cpm instagram 6.50 EUR from “rate card 2026”.",
    "cpc": "No price of a click on a keyword is stored, and I don't guess one. "
    "Store one: /kpi rate cpc “running shoes” 0.80 EUR from “keyword planner”.",
}
EXAMPLES = {
    "deflected-contacts": "40 “help pages”",
    "cost-per-contact": "4 EUR",
    "lifetime-years": "3",
    "margin": "40 %",
    "churn": "5 %",
    "arpa": "29 EUR",
    "indirect": "500 EUR “talks”",
    "labour": "3000 EUR",
    "tools": "200 EUR",
}
"""What a declaration of each kind may look like."""


@dataclass(frozen=True, eq=False)
class Assumed(OfRecords):
    """A number that people declared and stand for; without one there is no answer."""

    kinds: tuple[str, ...]
    """Of ``declared_value``, added up."""
    unit: Unit
    how: str = "total"
    """``total`` adds what falls into the window; ``last`` takes what holds on its last day."""
    is_needed: bool = True

    @property
    def is_money(self) -> bool:
        return self.unit is Unit.MONEY

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return DECLARED

    @property
    def noun(self) -> str:
        return " + ".join(it.replace("-", " ") for it in self.kinds)

    def value(self, cell: Cell) -> Reading:
        number, n = cell.sums(self)
        if n < 0:
            words = say("{noun}: declared in another currency, and I don't convert.",
                        noun=self.words_of())  # fmt: skip
            return Absent(Reason.REFUSED, words)
        if n:
            return Value(number, number, n)
        if not self.is_needed:
            return no_data(self.noun)
        words = say("Nobody declared {noun}, and I don't guess. Declare it:", noun=self.words_of())
        return Absent(
            Reason.REFUSED, f"{words} /kpi value {self.kinds[0]} {EXAMPLES[self.kinds[0]]}."
        )

    @property
    def words(self) -> str:
        return say("declared {noun}", noun=self.words_of())

    def words_of(self) -> str:
        return " + ".join(say_declared(it.replace("-", " ")) for it in self.kinds)


DECLARED = Rows()
"""What people declare lies in no rows that could be added up by others."""


@dataclass(frozen=True, eq=False)
class Latest(OfRecords):
    """The newest value on the window's last day or before it."""

    number: Additive

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.number.rows

    @property
    def noun(self) -> str:
        return title(self.rows, self.number.columns[0])

    @property
    def words(self) -> str:
        return say("last {noun}", noun=say_declared(self.noun))


@dataclass(frozen=True, eq=False)
class Years(OfRecords):
    """The years of the window that were read."""

    of: Rows

    @property
    def rows(self) -> Rows:  # type: ignore[override]
        return self.of

    @property
    def noun(self) -> str:
        return nouns(self.of)

    @property
    def words(self) -> str:
        return say("years")


@dataclass(frozen=True, eq=False)
class Fit(Statistic):
    """Known people in the wanted segments ÷ known people, read by ``kpis.records.audience``."""

    def leaves(self) -> tuple[Leaf, ...]:
        return ()

    def value(self, cell: Cell) -> Reading:
        return no_data("audience segments")

    @property
    def words(self) -> str:
        return say("known people in the target ÷ known people")


@dataclass(frozen=True, eq=False)
class Share(Statistic):
    """Rows of a kind among others, with the Wilson 95 % interval of the share."""

    part: Count
    of: Count

    def leaves(self) -> tuple[Leaf, ...]:
        return (self.part, self.of)

    def value(self, cell: Cell) -> Reading:
        whole = self.of.value(cell)
        if isinstance(whole, Absent):
            return whole
        if not whole.low:
            missing = say("no {noun} in this window", noun=say_declared(self.of.noun))
            return Absent(Reason.UNDEFINED, missing)
        part, _ = cell.sums(self.part)
        return Value(part / whole.low, part / whole.low, int(whole.low))

    def margin(self, cell: Cell) -> tuple[float, float] | None:
        """Return the interval; nothing where there is no share."""
        part, whole = cell.sums(self.part)[0], cell.sums(self.of)[0]
        return wilson(part, whole) if whole else None

    @property
    def words(self) -> str:
        return f"{self.part.words} ÷ {self.of.words}"


@dataclass(frozen=True, eq=False)
class Balance(Statistic):
    """Rows for minus rows against, of a hundred: from −100 to 100."""

    plus: Count
    minus: Count
    of: Count

    def leaves(self) -> tuple[Leaf, ...]:
        return (self.plus, self.minus, self.of)

    def value(self, cell: Cell) -> Reading:
        whole = self.of.value(cell)
        if isinstance(whole, Absent):
            return whole
        if not whole.low:
            missing = say("no {noun} in this window", noun=say_declared(self.of.noun))
            return Absent(Reason.UNDEFINED, missing)
        plus, minus = cell.sums(self.plus)[0], cell.sums(self.minus)[0]
        score = 100 * (plus - minus) / whole.low
        return Value(score, score, int(whole.low))

    def margin(self, cell: Cell) -> tuple[float, float] | None:
        """Return score ± 1.96·√((p + d − (p − d)²) ÷ n), within −100 and 100 (kpi-catalogue §1)."""
        n = cell.sums(self.of)[0]
        if not n:
            return None
        plus, minus = cell.sums(self.plus)[0] / n, cell.sums(self.minus)[0] / n
        spread = Z95 * sqrt((plus + minus - (plus - minus) ** 2) / n)
        return max(-100.0, 100 * (plus - minus - spread)), min(100.0, 100 * (plus - minus + spread))

    @property
    def words(self) -> str:
        return f"100 × ({self.plus.words} − {self.minus.words}) ÷ {self.of.words}"


def distinct(who: Identity, at_least: int = 1) -> Distinct:
    """Different people with at least so many rows in the window."""
    return Distinct(who, at_least)


def once(number: Each, per: Identity) -> Once:
    """Σ of the rows' numbers, each person's largest once a day."""
    return Once(number, per)


def latest(number: Additive) -> Latest:
    """The newest value, however old."""
    return Latest(number)


def priced(number: Additive, kind: str, by: Label, per: float = 1.0) -> Priced:
    """Σ number × stored price."""
    return Priced(number, kind, by, per)


def assumed(*kinds: str, unit: Unit = Unit.COUNT, how: str = "total", is_needed: bool = True) -> Assumed:  # fmt: skip # noqa: E501
    """A declared number."""
    return Assumed(kinds, unit, how, is_needed)


def share(part: Rows, *, of: Rows, part_noun: str = "", noun: str = "") -> Share:
    """The share of some rows among others; ``part`` lies inside ``of``."""
    return Share(named(count(part), part_noun), named(count(of), noun))


def balance(plus: Rows, minus: Rows, *, of: Rows, nouns: Sequence[str] = ("", "", "")) -> Balance:
    """Rows for minus rows against, of all of them."""
    made = [named(count(it), noun) for it, noun in zip((plus, minus, of), nouns, strict=True)]
    return Balance(*made)


def named(counted: Count, noun: str) -> Count:
    return replace(counted, noun=noun) if noun else counted


def counted(rows: Rows, noun: str) -> Count:
    """How many rows, under a name of their own: “negative mentions”."""
    return named(count(rows), noun)


def summed(noun: str, *parts: Amount) -> Together:
    """A lenient sum of amounts of any kind; what is missing is named."""
    return Together(parts, noun)


def years(of: Rows) -> Years:
    """The length of the window, as far as it was read, in years of 365.25 days."""
    return Years(of)
