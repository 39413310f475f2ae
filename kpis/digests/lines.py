"""The rows of a digest with what they were in the periods before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from kpis.answers import Answer, Change, Coverage, Value
from kpis.audit.holding import Holding
from kpis.catalogue import CATALOGUE, Kpi, Service
from kpis.digests.choose import Pick
from kpis.digests.report import ReportRow
from kpis.digests.scene import Scene
from kpis.language import Levels
from kpis.numbers import write, write_change
from kpis.periods import previous_period
from kpis.question import Period
from kpis.service_figures import FEW
from kpis.sitting import ENOUGH_COVERED
from kpis.tongue import say
from kpis.wording import sentence_case
from storage.measures import Unit

HELD_BACK = "held back"
NO_CHANGE = "no change told"
"""Begins why no change is told."""


@dataclass(frozen=True)
class Past:
    """A row in one period: its exact value, and how it moved against the period before."""

    period: Period
    value: float | None
    change: Change | None
    provisional: bool = False
    is_thin: bool = False
    """It has a number, of too few of its days to stand for it."""
    coverage: Coverage | None = None
    """Of a sum that lacks days: a move against it may be theirs."""


@dataclass(frozen=True)
class Line:
    """A row, the answer behind it, and its history up to this period."""

    pick: Pick
    row: ReportRow
    history: tuple[Past, ...] = ()
    """In order of time; the last is this period."""
    held: str = ""
    """Why its figures are held back."""

    @property
    def answer(self) -> Answer:
        return self.pick.answer

    @property
    def unit(self) -> Unit:
        return self.answer.unit

    @property
    def better(self) -> str:
        return self.answer.better

    @property
    def relative(self) -> float | None:
        """How much it moved as a share of what it was; nothing where that may not be told."""
        return relative(self.history[-1]) if self.history else None

    @property
    def earlier(self) -> tuple[float, ...]:
        """The exact values of the periods before, of the same definition as now."""
        found: list[float] = []
        for at in reversed(range(len(self.history))):
            if at < len(self.history) - 1:
                value = self.history[at].value
                if value is not None:
                    found.append(value)
            change = self.history[at].change
            if change is not None and change.kind == "unclear" and say(NO_CHANGE) in change.words:
                break
        return tuple(reversed(found))

    @property
    def usual_move(self) -> float:
        """The median size of its moves in the periods before; 0 where there were none."""
        moves = [abs(it) for past in self.history[:-1] if (it := relative(past)) is not None]
        return median(moves) if moves else 0.0


def relative(past: Past) -> float | None:
    """Return a change as a share of the value before."""
    change, value = past.change, past.value
    if change is None or value is None:
        return None
    if change.kind == "percent":
        return change.amount
    before = value - change.amount
    return change.amount / before if change.kind == "points" and before > 0 else None


def lines_of(scene: Scene, picks: Sequence[Pick], holding: Holding) -> list[Line]:
    """Return the rows with their histories."""
    return [line_of(scene, it, holding) for it in picks]


def line_of(scene: Scene, pick: Pick, holding: Holding) -> Line:
    if held := holding.of(pick.question, scene.around):
        words = sentence_case(held[0].words)
        row = ReportRow(
            pick.name, say(HELD_BACK), asks=scene.word(pick.question), note=words,
            kpi=pick.question.kpi, better=pick.answer.better,
        )  # fmt: skip
        return Line(pick, row, held=words)
    row = row_of(scene, pick)
    before = replace(pick.question, period=previous_period(pick.question.period))
    if row.change and holding.of(before, scene.around):
        note = say("No change told: before is held back.")
        row = replace(row, change="", previous=None, note=note)
    history = tuple(past_of(scene, pick, period, holding) for period in scene.periods)
    return Line(pick, row, history)


def row_of(scene: Scene, pick: Pick) -> ReportRow:
    answer = pick.answer
    main = answer.main
    value, change = main.value, main.change
    assert isinstance(value, Value)
    previous = (
        main.previous.low if isinstance(main.previous, Value) and main.previous.exact else None
    )
    note = ""
    if change is not None and change.kind == "unclear" and change.words:
        note = sentence_case(change.words)
    return ReportRow(
        name=pick.name,
        shown=say_value(answer),
        change=say_change(answer),
        value=value.low if value.exact else None,
        asks=scene.word(pick.question),
        note=note,
        kpi=pick.question.kpi,
        previous=previous,
        better=answer.better,
    )


def say_value(answer: Answer) -> str:
    """Return the value as a table's cell holds it: “18,900”, “at least 9,400”, “900–1,200”."""
    main, unit = answer.main, answer.unit
    value = main.value
    assert isinstance(value, Value)
    if is_listed(answer):
        return main.headline
    if value.exact:
        return write(value.low, unit)
    if value.high is None or (value.low and value.high > 1.5 * value.low):
        return say("at least {value}", value=write(value.low, unit))
    if not value.low:
        return say("at most {value}", value=write(value.high, unit))
    return f"{write(value.low, unit)}–{write(value.high, unit)}"


def is_listed(answer: Answer) -> bool:
    """Whether so few were measured that they are listed instead of a median."""
    main = answer.main
    few = isinstance(main.value, Value) and 0 < main.value.n < FEW
    is_time = isinstance(CATALOGUE[answer.question.kpi], Service) and answer.unit is Unit.SECONDS
    return is_time and few and bool(main.headline)


def say_change(answer: Answer) -> str:
    """Return “+12 %”, “+0.3 pt”; of a level the difference, “+210”; nothing where none is told."""
    main = answer.main
    change = main.change
    if change is None or change.kind == "unclear":
        return ""
    if is_level(answer) and isinstance(main.value, Value) and isinstance(main.previous, Value):
        change = Change("absolute", main.value.low - main.previous.low)
    return write_change(change, answer.unit)


def is_level(answer: Answer) -> bool:
    """Whether the value is a level, such as followers: its difference says more than a share."""
    entry = CATALOGUE[answer.question.kpi]
    return isinstance(entry, Kpi) and isinstance(entry.formula, Levels)


def past_of(scene: Scene, pick: Pick, period: Period, holding: Holding) -> Past:
    question = replace(pick.question, period=period)
    answer = pick.answer if period == scene.period else scene.answer(question)
    if answer is None or not is_like(answer, pick.answer):
        return Past(period, None, None)
    value = answer.main.value
    if not isinstance(value, Value) or not value.exact or holding.of(question, scene.around):
        return Past(period, None, None)
    if period != scene.period and lacks_days(answer):
        return Past(period, None, None, is_thin=True, coverage=short_of(answer))
    before = replace(question, period=previous_period(period))
    change = None if holding.of(before, scene.around) else answer.main.change
    return Past(
        period, value.low, change, answer.coverage.provisional > 0, coverage=short_of(answer)
    )


def lacks_days(answer: Answer) -> bool:
    """Whether a sum lacks so many days that it stands for no whole period (kpi-catalogue §1, P)."""
    coverage = answer.coverage
    adds_days = answer.unit is not Unit.PEOPLE and coverage.unit.endswith("days")
    return adds_days and coverage.held < ENOUGH_COVERED * coverage.days


def short_of(answer: Answer) -> Coverage | None:
    """Return the coverage of a sum that lacks days; a level or a count of people adds none up."""
    coverage = answer.coverage
    adds_days = answer.unit is not Unit.PEOPLE and not is_level(answer)
    is_short = coverage.unit.endswith("days") and coverage.held < coverage.days
    return coverage if adds_days and is_short else None


def is_like(answer: Answer, other: Answer) -> bool:
    """Whether two answers count the same thing of the same accounts."""
    names, others = ({line.name for line in it.lines} for it in (answer, other))
    return answer.kpi_title == other.kpi_title and names == others
