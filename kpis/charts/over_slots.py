"""Lays the points of an answer over the slots of a chart: days, weeks or months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kpis.answers import Answer, Figure, Point, Value
from kpis.charts.picture import Picture, Series
from kpis.numbers import write_with_unit
from kpis.short_words import name_shorts
from kpis.tongue import say

MOST_SHORTS = 2
"""So many cut weeks or months are named under a chart; of more it is said that there are some."""


def lay_over_slots(picture: Picture, figures: Sequence[Figure], answer: Answer) -> Picture:
    points = [point for figure in figures for point in figure.series]
    slot_days = measure_slots(points)
    slots = list_slots(points, slot_days)
    series = tuple(place_on_slots(figure, slots, answer) for figure in figures)
    said = {7: say("by week"), 0: say("by month")}.get(slot_days)
    footnote = f"{picture.footnote} · {said}" if said else picture.footnote
    return replace(
        picture,
        slots=slots,
        slot_days=slot_days,
        series=series,
        footnote=footnote,
        shorts=say_cut_slots(points, answer.question.today.year),
    )


def say_cut_slots(points: Sequence[Point], year: int) -> str:
    """Return which slots hold some of their days only, where that is the same of every line."""
    named = name_shorts(points, year)
    return say_few(named) if len(named) == len({it.start for it in points if it.short}) else ""


def say_few(named: Sequence[str]) -> str:
    """Return what a legend says of them, where they are few."""
    return " · ".join(named) if len(named) <= MOST_SHORTS else ""


def find_shorts(points: Sequence[Point | None]) -> frozenset[int]:
    """Return the positions of sums of some days only; a rate of fewer days is still a rate."""
    return frozenset(
        at for at, it in enumerate(points) if it and it.short is not None and it.short.is_less
    )


def measure_slots(points: Sequence[Point]) -> int:
    """Return the days of a slot; 0 where the slots are months. The last may be cut short."""
    longest = max((point.end - point.start).days for point in points)
    return longest if longest <= 7 else 0


def list_slots(points: Sequence[Point], slot_days: int) -> tuple[date, ...]:
    """Return the first day of every slot, also of those for which no point came."""
    starts = {point.start for point in points}
    day, last = min(starts), max(starts)
    if slot_days and any((start - day).days % slot_days for start in starts):
        return tuple(sorted(starts))
    while day < last:
        starts.add(day)
        day = day + timedelta(days=slot_days) if slot_days else find_next_month(day)
    return tuple(sorted(starts))


def find_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def place_on_slots(figure: Figure, slots: Sequence[date], answer: Answer) -> Series:
    held = {point.start: point for point in figure.series}
    total = ""
    if isinstance(figure.value, Value) and figure.value.exact:
        total = write_with_unit(figure.value.low, answer.unit)
    return Series(
        figure.name,
        tuple(held[day].value if day in held else None for day in slots),
        frozenset(at for at, day in enumerate(slots) if day in held and held[day].provisional),
        few=frozenset(at for at, day in enumerate(slots) if day in held and held[day].few),
        short=find_shorts([held.get(day) for day in slots]),
        uppers=tuple(held[day].upper if day in held else None for day in slots),
        total=total,
    )


def align(points: Sequence[Point], slots: Sequence[date]) -> tuple[Point | None, ...]:
    """Return the earlier points slot by slot: the first beside the first."""
    slot_days = measure_slots(points)
    held = {point.start: point for point in points}
    before = [held.get(day) for day in list_slots(points, slot_days)]
    return tuple((before + [None] * len(slots))[: len(slots)])
