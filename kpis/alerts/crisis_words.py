"""What is said of a surge of negative mentions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kpis.alerts.crisis import Spell, Surge
from kpis.alerts.tide import HOUR, WINDOW
from kpis.numbers import write
from kpis.slots import WEEKDAYS
from storage.measures import Unit

Local = Callable[[int], datetime]
"""Gives the local time of a minute."""
DAY = 24 * HOUR


def say_title(negative: int) -> str:
    noun = "negative mention" if negative == 1 else "negative mentions"
    return f"{negative:,} {noun} in 3 hours"


def say_usual(surge: Surge, local: Local) -> str:
    """Return “Usual for Monday 12–15: 4.”"""
    if surge.is_young:
        least = write(surge.bar, Unit.COUNT)
        return f"Less than two weeks of mentions are known, so it takes {least}."
    start, end = local(surge.end - 1 - WINDOW), local(surge.end - 1)
    hours = f"{say_clock(start)}–{say_clock(end)}"
    usual = write(surge.usual.median, Unit.COUNT)
    return f"Usual for {WEEKDAYS[start.weekday()]} {hours}: {usual}."


def say_clock(moment: datetime) -> str:
    """Return “12”, or “12:10” within an hour."""
    return f"{moment:%H:%M}" if moment.minute else f"{moment:%H}"


def say_share(surge: Surge) -> str:
    """Return “Negative share 61 %, usual 18 %.”"""
    if surge.share is None:
        return ""
    said = f"Negative share {say_percent(surge.share)}"
    if surge.usual_share is None:
        return f"{said}."
    return f"{said}, usual {say_percent(surge.usual_share)}."


def say_percent(share: float) -> str:
    """Return a share of few things in whole percent: decimals would claim too much."""
    return f"{share * 100:.0f} %"


def say_since(moment: datetime) -> str:
    return f"Since {moment:%H:%M}"


def say_lasted(local: Local, spell: Spell, total: int, *, is_sentence: bool = False) -> str:
    """Return “58 negative mentions in 4 h 20 min”, or that as the last words of a thread."""
    lasted = say_minutes(spell.calm - spell.began)
    if not is_sentence:
        return f"{total:,} negative mentions, {local(spell.began):%H:%M}–{local(spell.calm):%H:%M}"
    return f"Normal since {local(spell.calm):%H:%M}. Lasted {lasted}, {total:,} mentions."


def say_minutes(minutes: int) -> str:
    """Return “4 h 20 min”, “35 min” or “2 d 3 h”."""
    if minutes < HOUR:
        return f"{minutes} min"
    hours, rest = divmod(minutes, HOUR)
    if minutes < 2 * DAY:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"
