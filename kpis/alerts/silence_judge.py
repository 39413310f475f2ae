"""Data that stopped, judged now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kpis.alerts.rules import Rule
from kpis.alerts.silence import DAY, Habit, Source, habit_at, say_gap, silent_at, sources_of
from kpis.alerts.things import thing_of
from kpis.alerts.verdict import Verdict
from kpis.charts.picture import Picture, Series
from kpis.periods import say_day
from kpis.surroundings import Surroundings
from kpis.titles import count
from kpis.tongue import exact, say
from storage.measures import Unit

MOST_LINES, MOST_BARS = 4, 12
TOO_FEW = "Too few files so far to know how often data come: it takes three on different days."


def judge_silence(rule: Rule, around: Surroundings, now: datetime) -> Verdict:
    """Return which sources are late at ``now``; those that were before the rule are not told."""
    sources, thing = sources_of(rule, around), thing_of(rule, around)
    habits = [it for it in (habit_at(source, now, rule) for source in sources) if it]
    if not habits:
        return Verdict(False, False, thing, now, say("Data"), (), say(TOO_FEW), is_known=False)
    late = silent_at(sources, now, rule)
    told = [it for it in late if rule.made is None or it.due >= rule.made]
    if not late:
        words = say("Every source brought new data as usual.")
        return Verdict(False, False, thing, now, say("Data"), (), words, facts={"silent": 0})
    shown = told or late
    title = say_title(shown, now)
    return Verdict(
        is_firing=bool(told),
        good=False,
        thing=thing,
        began=min(it.due for it in shown),
        title=title,
        lines=say_lines(shown, now, around.zone),
        words=say_still(shown, now),
        facts={"silent": len(shown), "sources": [it.source.title for it in shown]},
        picture=draw(sources, rule, title, now),
        is_old=not told,
        footnote=say("Import the missing days, or take the account out of the rule."),
    )


def say_title(late: Sequence[Habit], now: datetime) -> str:
    if len(late) == 1:
        return say(
            "No new data from {source}, for {days}",
            source=late[0].source.title,
            days=say_days_since(late[0], now),
        )
    return say("No new data from {number} sources", number=len(late))


def say_days_since(habit: Habit, now: datetime) -> str:
    return count((now - habit.last) // DAY, "day")


def say_lines(late: Sequence[Habit], now: datetime, zone: str) -> tuple[str, ...]:
    place = ZoneInfo(zone)
    lines = [
        say(
            "{source}: last new data on {day}, usually {gap}.",
            source=it.source.title,
            day=say_day(it.last.astimezone(place).date(), now.year),
            gap=say_gap(it.gap),
        )
        for it in late[:MOST_LINES]
    ]
    more = len(late) - MOST_LINES
    return (*lines, say("And {number} more.", number=more)) if more > 0 else tuple(lines)


def say_still(late: Sequence[Habit], now: datetime) -> str:
    if len(late) == 1:
        return say(
            "Still nothing new from {source}: {days}.",
            source=late[0].source.title,
            days=say_days_since(late[0], now),
        )
    return say("Still nothing new from {number} sources.", number=len(late))


def draw(sources: Sequence[Source], rule: Rule, headline: str, now: datetime) -> Picture:
    """Return a bar a source: the days since new data came, with what is usual of it."""
    habits = [it for it in (habit_at(source, now, rule) for source in sources) if it]
    habits.sort(key=lambda it: it.due)
    shown = habits[:MOST_BARS]
    days = tuple(round((now - it.last) / DAY, 1) for it in shown)
    said = "; ".join(
        say(
            "{source}: {days} days, usually {gap}",
            source=it.source.title,
            days=exact(day),
            gap=say_gap(it.gap),
        )
        for it, day in zip(shown, days, strict=True)
    )
    return Picture(
        kind="bars",
        title=say("Days since new data came"),
        headline=headline,
        footnote=say("{day} · the pale range is usual", day=say_day(now.date(), now.year)),
        unit=Unit.COUNT,
        series=(Series(say("days"), days),),
        categories=tuple(it.source.title for it in shown),
        usual=tuple((0.0, round(it.allowed / DAY, 1)) for it in shown),
        flagged=frozenset(at for at, it in enumerate(shown) if now >= it.due),
        alt_text=f"{headline}. {said}."[:2000],
        file_name="data-stopped.png",
    )
