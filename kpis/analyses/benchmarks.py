"""Published figures beside a KPI: like with like, or why not and what would match (feature 86).

The same industry reads 0.26 % as a median by followers and 3.80 % as a mean per post
(kpi-catalogue §1, *Benchmarks*), so KPI, denominator, statistic and platform must all match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from kpis.analyses.ground import ruled
from kpis.answers import Answer, Change, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.language import Formula, Leaf, Levels, Mean, Median, People, PerPerson, Quotient, Total
from kpis.names import title_of as name_of
from kpis.numbers import write, write_change
from kpis.question import Beside, Refusal
from kpis.surroundings import Surroundings
from kpis.tongue import say
from storage.measures import Each, Posts, State, Unit
from storage.platforms import PLATFORMS

MOST = 2
"""Benchmarks told under one answer."""


class Published(Protocol):
    """A row of ``storage.benchmarks``."""

    @property
    def kpi(self) -> str: ...
    @property
    def denominator(self) -> str: ...
    @property
    def statistic(self) -> str: ...
    @property
    def platform(self) -> str: ...
    @property
    def industry(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def value(self) -> float: ...


class Method(NamedTuple):
    """How a number is worked out, as far as a comparison must know."""

    denominator: str
    """``reach``, ``followers``, ``impressions``, ``posts`` or empty."""
    statistic: str
    """``pooled``, ``mean`` or ``median``."""


@dataclass(frozen=True)
class BesideIt:
    """What is said of benchmarks, and what is drawn: name and value of each level line."""

    notes: tuple[str, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()


NOTHING = BesideIt()


def with_benchmarks(answer: Answer, connection: Connection, around: Surroundings) -> Answer:
    """Return the answer with its benchmarks as notes, and as level lines where it has a line."""
    found = beside(answer, connection, around)
    told = replace(answer, notes=(*answer.notes, *found.notes))
    if not found.lines or answer.chart != "line" or answer.breakdown:
        return told
    return ruled(told, tuple((name, (value,), "target") for name, value in found.lines))


def beside(answer: Answer, connection: Connection, around: Surroundings) -> BesideIt:
    """Return the benchmarks of an answer that asks for them (``vs benchmark``)."""
    if answer.question.baseline.kind is not Beside.BENCHMARK:
        return NOTHING
    from storage.benchmarks import benchmarks

    return set_beside(answer, benchmarks(connection, around.workspace), around)


def set_beside(answer: Answer, rows: Sequence[Published], around: Surroundings) -> BesideIt:
    """Return what some benchmarks are to an answer."""
    value = answer.main.value
    if not isinstance(value, Value):
        return NOTHING
    if answer.together is not None and len(platforms_of(answer, around)) > 1:
        return BesideIt((say("Benchmarks are of one platform: name one, such as “{example}”.",
                             example="instagram"),))  # fmt: skip
    method = method_of(answer)
    same_kpi = [it for it in rows if it.kpi == told_kpi(answer)]
    fit = [it for it in same_kpi if not mismatch(it, method, answer, around)]
    if fit:
        fit.sort(key=lambda it: (not it.platform, -it.year))
        return BesideIt(
            tuple(say_beside(it, answer, value) for it in fit[:MOST]),
            tuple((name_line(it, answer.unit), it.value) for it in fit[:MOST]),
        )
    return BesideIt((why_not(answer, rows, same_kpi, method, around),))


def told_kpi(answer: Answer) -> str:
    """Return the key of the KPI that was answered: another may stand in for the one asked."""
    entry = CATALOGUE.get(answer.question.kpi)
    if entry is None:  # of the team's own
        return answer.question.kpi
    other = entry.instead if isinstance(entry, Kpi) else None
    if isinstance(other, Kpi) and answer.kpi_title == name_of(other):
        return other.key
    return entry.key


def method_of(answer: Answer) -> Method:
    """Return how the answered number is worked out."""
    entry = CATALOGUE.get(told_kpi(answer))
    if not isinstance(entry, Kpi):
        return Method("", "pooled")
    formula = entry.formula
    if answer.question.variant and entry.variants:
        formula = entry.variants[answer.question.variant].formula
    return describe(formula)


def describe(formula: Formula) -> Method:
    if isinstance(formula, Mean | Median):
        statistic = "mean" if isinstance(formula, Mean) else "median"
        return Method(denominator_of(formula.number), statistic)
    if isinstance(formula, PerPerson):
        return Method("reach", "pooled")
    if isinstance(formula, Quotient):
        return Method(next(names_of(formula.bottom.leaves()), ""), "pooled")
    return Method("", "pooled")


def names_of(leaves: Sequence[Leaf]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf, Total):
            yield leaf.number.columns[0]
        elif isinstance(leaf, Levels):
            yield leaf.state.column
        elif isinstance(leaf, People):
            yield leaf.unique.column


def denominator_of(number: Each) -> str:
    if isinstance(number.over, State):
        return number.over.column
    if isinstance(number.over, Each):
        return number.over.columns[0]
    return "posts" if isinstance(number.rows, Posts) else ""


def mismatch(
    row: Published, method: Method, answer: Answer, around: Surroundings
) -> tuple[str, ...]:
    """Return in which ways a benchmark is worked out otherwise: names of its columns."""
    found = []
    if row.platform and {row.platform} != platforms_of(answer, around):
        found.append("platform")
    if (row.denominator or method.denominator) != method.denominator:
        found.append("denominator")
    if row.statistic != method.statistic:
        found.append("statistic")
    return tuple(found)


def platforms_of(answer: Answer, around: Surroundings) -> set[str]:
    scope = answer.question.scope
    try:
        return {it.platform for it in around.choose(scope)}
    except Refusal:  # orders and visits need no account
        return set(scope.platforms)


def say_beside(row: Published, answer: Answer, value: Value) -> str:
    """Return “Benchmark 3.80 % (coffee, Instagram, 2026, Hootsuite, pooled): you are 0.3 pt above”.

    Of a range only what it proves is told.
    """
    shown, what = write(row.value, answer.unit), name_benchmark(row)
    if value.high is not None and value.high < row.value:
        where = say("below")
    elif value.low > row.value:
        where = say("above")
    elif value.exact:
        return say("Benchmark {value} ({what}): you are right on it.", value=shown, what=what)
    else:
        return say("Benchmark {value} ({what}): your range holds it.", value=shown, what=what)
    if not value.exact:
        return say("Benchmark {value} ({what}): you are {where} it.",
                   value=shown, what=what, where=where)  # fmt: skip
    return say("Benchmark {value} ({what}): you are {size} {where}.", value=shown, what=what,
               size=size_of(value.low - row.value, row.value, answer.unit),
               where=where)  # fmt: skip


def size_of(difference: float, benchmark: float, unit: Unit) -> str:
    """Return how far off, without its sign: points of shares, percent of everything else."""
    if unit is Unit.PERCENT:
        return write_change(Change("points", abs(difference)), unit).lstrip("+")
    if unit is Unit.SCORE or benchmark <= 0:
        return write(abs(difference), Unit.RATIO)
    return write_change(Change("percent", abs(difference) / benchmark), unit).lstrip("+")


def name_benchmark(row: Published) -> str:
    """Return “coffee, Instagram, 2026, Hootsuite, median by followers”."""
    platform = PLATFORMS[row.platform].title if row.platform in PLATFORMS else row.platform
    parts = (row.industry, platform, str(row.year), row.source, say_method(row))
    return ", ".join(it for it in parts if it)


def say_method(row: Published) -> str:
    statistic = {
        "pooled": say("all posts together"),
        "mean": say("mean per post"),
        "median": say("median per post"),
    }.get(row.statistic, row.statistic)
    if not row.denominator or row.denominator == "posts":
        return statistic
    return say("{statistic}, by {denominator}", statistic=statistic, denominator=row.denominator)


def name_line(row: Published, unit: Unit) -> str:
    return say("benchmark {value}", value=write(row.value, unit))


# --- why not ---------------------------------------------------------------------------------


def why_not(
    answer: Answer,
    rows: Sequence[Published],
    same_kpi: Sequence[Published],
    method: Method,
    around: Surroundings,
) -> str:
    """Return why nothing is set beside the value, and which KPI would match what is there."""
    if not rows:
        return say("No benchmarks yet: import a CSV with kpi, value, platform, year and source.")
    platforms = platforms_of(answer, around)
    usable = [it for it in rows if not it.platform or {it.platform} == platforms]
    if not same_kpi:
        others = dict.fromkeys(title_of(it.kpi) for it in usable)
        if not others:
            return say("No benchmark of {kpi} here.", kpi=answer.kpi_title)
        listed = ", ".join(others)
        return say("No benchmark of {kpi} here; there are some of: {others}.",
                   kpi=answer.kpi_title, others=listed)  # fmt: skip
    row = min(same_kpi, key=lambda it: len(mismatch(it, method, answer, around)))
    reasons = mismatch(row, method, answer, around)
    said = say("Not set beside the benchmark of {source}, {year}: {why}.",
               source=row.source, year=row.year, why=say_reasons(row, reasons))  # fmt: skip
    if "platform" in reasons:
        return said
    other = matching_kpi(row)
    if other is None or other.key == told_kpi(answer):
        return said
    return f"{said} " + say("{kpi} would match: /kpi {key} vs benchmark.",
                            kpi=name_of(other), key=other.key)  # fmt: skip


def say_reasons(row: Published, reasons: Sequence[str]) -> str:
    if "platform" in reasons:
        name = PLATFORMS[row.platform].title if row.platform in PLATFORMS else row.platform
        return say("it is of {platform}", platform=name)
    return say("it is worked out as {method}", method=say_method(row))


def title_of(key: str) -> str:
    entry = CATALOGUE.get(key)
    return name_of(entry) if entry else key


def matching_kpi(row: Published) -> Kpi | None:
    """Return the KPI of the same family that is worked out as a benchmark is.

    Families are the counts on top of the fraction: engagements, interactions, likes.
    """
    entry = CATALOGUE.get(row.kpi)
    if not isinstance(entry, Kpi):
        return None
    tops = tops_of(entry.formula)
    for other in CATALOGUE.values():
        if not isinstance(other, Kpi) or tops_of(other.formula) != tops:
            continue
        found = describe(other.formula)
        if found.statistic == row.statistic and row.denominator in ("", found.denominator):
            return other
    return None


def tops_of(formula: Formula) -> tuple[str, ...]:
    """Return what is counted on top of a rate."""
    if isinstance(formula, Mean | Median):
        return formula.number.columns
    if isinstance(formula, Quotient):
        return tuple(names_of(formula.top.leaves()))
    return ()
