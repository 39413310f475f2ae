"""The picture of a surge: negative mentions by 3 hours, with what is usual of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kpis.alerts.crisis import Spell, measure, spells
from kpis.alerts.crisis_words import say_clock
from kpis.alerts.rules import Bar
from kpis.alerts.tide import WINDOW, Tide, minute_of, moment_of
from kpis.charts.picture import Guide, Picture, Series
from kpis.periods import say_day, say_weekday
from kpis.tongue import exact, grouped, joined, say, say_count
from kpis.wording import say_zone
from storage.measures import Unit

BARS = 24
"""Three days of three hours each."""


def draw_surge(tide: Tide, end: int, bar: Bar, headline: str, bars: int = BARS) -> Picture:
    """Return bars of 3 hours, the last of which ends with the minute ``end``."""
    ends = [end - WINDOW * it for it in range(bars - 1, -1, -1)]
    found = [measure(tide, it, bar) for it in ends]
    flagged = frozenset(at for at, it in enumerate(found) if has_surge(tide, it.end, bar))
    named = tuple(name_of(tide, it, at == 0) for at, it in enumerate(ends))
    values = tuple(float(it.negative) for it in found)
    most = max(found, key=lambda it: it.negative)
    zone = say_zone(str(tide.zone))
    first, last = (moment_of(it - 1).astimezone(tide.zone) for it in (ends[0] - WINDOW, end))
    return Picture(
        kind="bars",
        title=say("Negative mentions by 3 hours"),
        headline=headline,
        footnote=joined([f"{say_time(first)} – {say_time(last)}", zone]),
        unit=Unit.COUNT,
        series=(Series(say("negative mentions"), values),),
        categories=named,
        usual=tuple(
            (
                max(it.usual.median - bar.spread * it.usual.spread, 0.0),
                upper(it.usual.median, it.usual.spread, bar),
            )
            if it.usual.weeks
            else None
            for it in found
        ),
        flagged=flagged,
        alt_text=say(
            "{headline}. Negative mentions by 3 hours over {days} days: the last {number}, usual "
            "{usual}; the most {most}.",
            headline=headline,
            days=bars // 8,
            number=grouped(found[-1].negative),
            usual=exact(found[-1].usual.median),
            most=grouped(most.negative),
        ),
        file_name=f"negative-mentions-{last:%Y-%m-%d-%H%M}.png",
    )


def draw_history(tide: Tide, found: Sequence[Spell], start: int, end: int, bar: Bar) -> Picture:
    """Return a line of the most negative mentions in 3 hours of each day, where it fired marked."""
    first, last = (moment_of(it).astimezone(tide.zone).date() for it in (start, end))
    slots = tuple(first + timedelta(days=it) for it in range((last - first).days + 1))
    values = tuple(float(most_of(tide, day)) for day in slots)
    fired = {moment_of(it.began).astimezone(tide.zone).date() for it in found}
    headline = say_count(
        "{number} surge in {days} days",
        "{number} surges in {days} days",
        len(found),
        days=len(slots),
    )
    named = joined(say_day(it, it.year) for it in sorted(fired)[:12])
    said = say("{name}: {value}.", name=headline, value=named) if named else f"{headline}."
    return Picture(
        kind="line",
        title=say("Negative mentions, the most in 3 hours"),
        headline=headline,
        footnote=joined([say_stretch(slots[0], slots[-1]), say_zone(str(tide.zone))]),
        unit=Unit.COUNT,
        series=(Series(say("negative mentions"), values),),
        slots=slots,
        guides=(Guide(say("at least {number}", number=bar.least), (float(bar.least),), "limit"),),
        flagged=frozenset(at for at, day in enumerate(slots) if day in fired),
        alt_text=f"{said} {say('The most: {number} in 3 hours.', number=exact(max(values)))}",
        file_name=f"negative-mentions-{slots[-1]}.png",
    )


def most_of(tide: Tide, day: date) -> int:
    """Return the most negative mentions that any 3 hours ending on a local day held."""
    start = minute_of(datetime.combine(day, time(), tide.zone))
    end = minute_of(datetime.combine(day + timedelta(days=1), time(), tide.zone))
    return max(tide.negative(it - WINDOW, it) for it in range(start + 1, end + 1, 5))


def has_surge(tide: Tide, end: int, bar: Bar) -> bool:
    """Whether the rule held at any minute of the 3 hours."""
    return bool(spells(tide, end - WINDOW + 1, end, bar))


def upper(median: float, spread: float, bar: Bar) -> float:
    return median + bar.spread * spread


def name_of(tide: Tide, end: int, is_first: bool) -> str:
    """Return when a bar begins: “Mon 12”, or the hour alone within a day."""
    start = moment_of(end - 1 - WINDOW).astimezone(tide.zone)
    begins_day = start.hour * 60 + start.minute < WINDOW
    clock = say_clock(start)
    if not is_first and not begins_day:
        return clock
    return f"{say_weekday(start.weekday(), short=True)} {clock}"


def say_time(moment: datetime) -> str:
    """Return “14 Nov 12:00”."""
    day = say_day(moment.date(), moment.year)
    return say("{day} {time}", day=day, time=f"{moment:%H:%M}")


def say_stretch(first: date, last: date) -> str:
    """Return “16 Aug – 14 Nov”."""
    return f"{say_day(first, first.year)} – {say_day(last, last.year)}"
