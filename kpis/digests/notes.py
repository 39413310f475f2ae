"""What a reader must know beside the rows: breaks, days that are not final, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpis.digests.lines import Line
from kpis.digests.naming import span_of
from kpis.digests.scene import Scene
from kpis.periods import say_day, say_days
from kpis.question import Period
from kpis.titles import listed
from kpis.tongue import say, say_declared
from storage.measures import Unit
from storage.platforms import PLATFORMS

MOST = 5


def say_notes(scene: Scene, lines: Sequence[Line], more: Iterable[str]) -> tuple[str, ...]:
    """Return the notes, each once, the weightiest first."""
    told = [it for it in lines if not it.held]
    found = [
        *say_sample(told),
        *say_breaks(told),
        *say_provisional(scene, told),
        *say_ranges(scene, told),
        *say_unclear(told),
        *say_unfair(scene, told),
        *more,
    ]
    return tuple(dict.fromkeys(found))[:MOST]


def say_sample(lines: Sequence[Line]) -> list[str]:
    made_up = any(it.answer.coverage.sample for it in lines)
    return [say("Sample data: all of it is made up.")] if made_up else []


def say_breaks(lines: Sequence[Line]) -> list[str]:
    """Return the definition breaks inside the period or the one before."""
    marks = {(it.day, it.words) for line in lines for it in line.answer.epochs}
    return [
        say(
            "{words} on {day}; no change is told across it.",
            words=words,
            day=say_day(day, day.year),
        )
        for day, words in sorted(marks)
    ]


def say_provisional(scene: Scene, lines: Sequence[Line]) -> list[str]:
    """Return “21–22 Nov not final yet: Instagram, TikTok.”"""
    period, today = scene.period, scene.today
    unsure: dict[int, list[str]] = {}
    counted = [it for it in lines if it.answer.coverage.provisional]
    accounts = {it.id: it for line in counted for it in line.pick.accounts}
    for account in accounts.values():
        settle = PLATFORMS[account.platform].settle_days
        days = settle - (today - period.end).days
        title = PLATFORMS[account.platform].title
        if days > 0 and title not in unsure.setdefault(min(days, period.days), []):
            unsure[min(days, period.days)].append(title)
    said = []
    for days, titles in sorted(unsure.items()):
        last = Period(period.end, period.end, "").last
        start = last.fromordinal(last.toordinal() - days + 1)
        dates = say_days(start, period.end, today.year)
        said.append(say("{days} ({platforms})", days=dates, platforms=listed(titles)))
    return [say("Not final yet: {days}.", days=say("; ").join(said))] if said else []


def say_ranges(scene: Scene, lines: Sequence[Line]) -> list[str]:
    """Return why reach is told as a range: it is counted for whole windows, never added up."""
    ranges = [it for it in lines if it.row.value is None and it.unit is Unit.PEOPLE]
    if not ranges:
        return []
    return [
        say(
            "A range where the platform gave no {days}-day count: days can't be added.",
            days=scene.period.days,
        )
    ]


def say_unclear(lines: Sequence[Line]) -> list[str]:
    """Return why rows show no change, where that is no definition break."""
    broken = {it.words for line in lines for it in line.answer.epochs}
    return [
        say(
            "{name}: {value}",
            name=line.row.name,
            value=f"{line.row.note[:1].lower()}{line.row.note[1:]}",
        )
        for line in lines
        if line.row.note and not any(words in line.row.note for words in broken)
    ]


def say_unfair(scene: Scene, lines: Sequence[Line]) -> list[str]:
    """Return which rows have no change since too few days are held (kpi-catalogue §1, P)."""
    names = [it.row.name for it in lines if has_no_base(it)]
    if not names:
        return []
    return [
        say(
            "No change told of {names}: too few days of one {span}.",
            names=list_rows(names),
            span=say_declared(span_of(scene)),
        )
    ]


def has_no_base(line: Line) -> bool:
    """Whether no change is told as one of the two periods has too few days, of any account."""
    if line.row.change or line.row.note or len(line.history) < 2:
        return False
    before = line.history[-2]
    return before.is_thin or (before.value is not None and line.row.value is not None)


def list_rows(names: list[str]) -> str:
    return listed([f"“{it}”" if say(", ") in it else it for it in names])
