"""The digest's one picture: a small chart a row, over the last periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpis.catalogue import CATALOGUE, Kpi
from kpis.charts.noting import note_picture
from kpis.charts.picture import Picture, Series
from kpis.digests.lines import Line, Past
from kpis.digests.naming import say_footnote, say_spans, say_title, span_of
from kpis.digests.scene import Scene
from kpis.numbers import write
from kpis.periods import say_day, say_days
from kpis.short_slots import adds_days
from kpis.titles import count
from kpis.tongue import grouped, joined, say, say_declared
from storage.measures import Unit

MOST_PANELS = 6
FEWEST_POINTS = 2
LONGEST_ALT = 2000


def compose(scene: Scene, lines: Sequence[Line], zones: list[str]) -> Picture | None:
    """Return the picture, or nothing where no row has two exact numbers to join."""
    shown = [it for it in lines if has_line(it)][:MOST_PANELS]
    if not shown:
        return None
    first = min(first_known(it) for it in shown)
    panels = tuple(panel(scene, it, it.history[first:]) for it in shown)
    title = say_title(scene)
    picture = Picture(
        kind="multiples",
        title=title,
        headline=say_span(scene, len(scene.periods) - first),
        footnote=say_footnote(scene, zones, scene.periods[first].start),
        unit=Unit.COUNT,
        series=(),
        panels=panels,
        alt_text=" ".join([say("{sentence}.", sentence=title), *(it.alt_text for it in panels)])[
            :LONGEST_ALT
        ],
        file_name=f"digest-{scene.key}.png",
    )
    return note_picture(picture, scene.around.date_notes, scene.today.year)


def say_span(scene: Scene, number: int) -> str:
    """Return “8 weeks to 22 Nov, by week”."""
    return say(
        "{spans} to {day}, by {span}",
        spans=say_spans(scene, number),
        day=say_day(scene.period.last, scene.today.year),
        span=say_declared(span_of(scene)),
    )


def first_known(line: Line) -> int:
    return next(at for at, it in enumerate(line.history) if it.value is not None)


def has_line(line: Line) -> bool:
    return sum(it.value is not None for it in line.history) >= FEWEST_POINTS


def panel(scene: Scene, line: Line, history: Sequence[Past]) -> Picture:
    headline = joined([line.row.shown, line.row.change])
    values = tuple(it.value for it in history)
    hollow = frozenset(at for at, it in enumerate(history) if it.provisional)
    cut = cut_periods(line, history)
    shorts = [say_cut(it, scene.today.year) for it in cut.values()]
    told = [say_course(line, headline, scene.today.year)]
    told += [say("{sentence}.", sentence=it) for it in shorts]
    return Picture(
        kind="line",
        title=line.row.name,
        headline=headline,
        footnote="",
        unit=line.unit,
        series=(
            Series(
                line.row.name, values, hollow=hollow, short=frozenset(cut), total=line.row.shown
            ),
        ),
        slots=tuple(it.period.start for it in history),
        slot_days=slot_days(scene),
        marks=marks_of(line, history[0].period.start),
        shorts=shorts[0] if len(shorts) == 1 else "",  # six panels leave no room for more
        alt_text=" ".join(told),
    )


def cut_periods(line: Line, history: Sequence[Past]) -> dict[int, Past]:
    """Return the sums that lack days, by position; of a rate fewer days are a rate still."""
    entry = CATALOGUE[line.pick.question.kpi]
    if not isinstance(entry, Kpi) or not adds_days(entry.formula):
        return {}
    return {
        at: it
        for at, it in enumerate(history)
        if it.value is not None and it.coverage is not None and it.period.days > 1
    }


def say_cut(past: Past, year: int) -> str:
    """Return “16–22 Nov: 3 of 7 days”."""
    coverage = past.coverage
    assert coverage is not None
    days = count(coverage.days, coverage.unit.removesuffix("s"))
    return say(
        "{name}: {value}",
        name=say_days(past.period.start, past.period.end, year),
        value=say("{held} of {days}", held=grouped(coverage.held), days=days),
    )


def slot_days(scene: Scene) -> int:
    """Return the days of a slot; 0 where the slots are months or longer."""
    days = scene.period.days
    return days if days <= 7 else 0


def marks_of(line: Line, first: date) -> tuple[tuple[date, str], ...]:
    """Return the definition breaks within the drawn days."""
    return tuple((it.day, it.words) for it in line.answer.epochs if it.day >= first)


def say_course(line: Line, headline: str, year: int) -> str:
    """Return where the line ends and begins: “Reach: 18,900, +4 %, from 18,200 (28 Sep).”"""
    start = next(it for it in line.history if it.value is not None)
    assert start.value is not None
    return say(
        "{name}: {value}, from {start} ({day}).",
        name=line.row.name,
        value=headline,
        start=write(start.value, line.unit),
        day=say_day(start.period.start, year),
    )
