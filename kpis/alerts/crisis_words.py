"""What is said of a surge of negative mentions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kpis.alerts.crisis import Spell, Surge
from kpis.alerts.tide import HOUR, WINDOW
from kpis.numbers import write
from kpis.numerals import numerals, percent
from kpis.periods import say_weekday
from kpis.tongue import grouped, say, say_count
from storage.measures import Unit

Local = Callable[[int], datetime]
"""Gives the local time of a minute."""
DAY = 24 * HOUR


def say_title(negative: int) -> str:
    return say_count(
        "{number} negative mention in 3 hours", "{number} negative mentions in 3 hours", negative
    )


def say_usual(surge: Surge, local: Local) -> str:
    """Return “Usual for Monday 12–15: 4.”"""
    if surge.is_young:
        return say(
            "Less than two weeks of mentions are known, so it takes {number}.",
            number=write(surge.bar, Unit.COUNT),
        )
    start, end = local(surge.end - 1 - WINDOW), local(surge.end - 1)
    return say(
        "Usual for {weekday} {hours}: {number}.",
        weekday=say_weekday(start.weekday()),
        hours=f"{say_clock(start)}–{say_clock(end)}",
        number=write(surge.usual.median, Unit.COUNT),
    )


def say_clock(moment: datetime) -> str:
    """Return “12”, or “12:10” within an hour."""
    return f"{moment:%H:%M}" if moment.minute else f"{moment:%H}"


def say_share(surge: Surge) -> str:
    """Return “Negative share 61 %, usual 18 %.”"""
    if surge.share is None:
        return ""
    share = say_percent(surge.share)
    if surge.usual_share is None:
        return say("Negative share {share}.", share=share)
    usual = say_percent(surge.usual_share)
    return say("Negative share {share}, usual {usual}.", share=share, usual=usual)


def say_percent(share: float) -> str:
    """Return a share of few things in whole percent: decimals would claim too much."""
    return percent(round(share * 100))


def say_since(moment: datetime) -> str:
    return say("Since {time}", time=f"{moment:%H:%M}")


def say_lasted(local: Local, spell: Spell, total: int) -> str:
    """Return “58 negative mentions, 12:10–16:30”."""
    return say(
        "{number} negative mentions, {start}–{end}",
        number=grouped(total),
        start=f"{local(spell.began):%H:%M}",
        end=f"{local(spell.calm):%H:%M}",
    )


def say_over(local: Local, spell: Spell, total: int) -> str:
    """Return the last words of a thread: “Normal since 16:30. Lasted 4 h 20 min, 58 mentions.”"""
    return say(
        "Normal since {time}. Lasted {length}, {number} mentions.",
        time=f"{local(spell.calm):%H:%M}",
        length=say_minutes(spell.calm - spell.began),
        number=grouped(total),
    )


def say_rest(spell: Spell, total: int) -> str:
    """Return the same where since when was said already."""
    length = say_minutes(spell.calm - spell.began)
    return say("Lasted {length}, {number} mentions.", length=length, number=grouped(total))


def say_minutes(minutes: int) -> str:
    """Return “4 h 20 min”, “35 min” or “2 d 3 h”."""
    own = numerals()
    hours, rest = divmod(minutes, HOUR)
    days, over = divmod(hours, 24)
    parts = [(hours, own.hour), (rest, own.minute)]
    if minutes < HOUR:
        parts = [(minutes, own.minute)]
    elif minutes >= 2 * DAY:
        parts = [(days, own.day), (over, own.hour)]
    return own.gap.join(f"{size}{sign}" for size, sign in parts if size or len(parts) == 1)
