"""Periods in the spoken language: “senaste 30 dagarna”, “近30天”, “24 thg 10 – 22 thg 11”.

A period carries English words (``Period.words``), so that one question is one question whoever
asks; they are translated where they are shown.
"""

import re

from kpis.periods import TO_DATE, WHOLE, say_days, say_unit
from kpis.question import Period
from kpis.tongue import ENGLISH, say, speaking

ROLLING = re.compile(r"last (\d+) (day|week|month|quarter|year)s?")


def say_period(period: Period) -> str:
    """Return a period as people say it, in the spoken language."""
    said, _, since = period.words.partition(", since ")
    if since:
        return period.words
    if said == "yesterday":
        return say("yesterday")
    if said == "today":
        return say("today")
    if said == "all time":
        return say("all time")
    if rolling := ROLLING.fullmatch(said):
        return say_rolling(int(rolling[1]), rolling[2])
    return say_calendar(period)


def say_rolling(count: int, unit: str) -> str:
    """Return “last 3 weeks”."""
    if unit == "week":
        return say("last {weeks} weeks", weeks=count)
    if unit == "month":
        return say("last {months} months", months=count)
    if unit == "quarter":
        return say("last {quarters} quarters", quarters=count)
    if unit == "year":
        return say("last {years} years", years=count)
    return say("last {days} days", days=count)


def say_calendar(period: Period) -> str:
    """Return a week, month, quarter or year, whole or to date, or the days from one to another."""
    if period.grain in TO_DATE:
        return say_unit(period.grain, period.start)
    if period.grain in WHOLE and period.words.endswith(" to date"):
        return say("{period} to date", period=say_unit(WHOLE[period.grain], period.start))
    for year in (None, period.last.year):
        with speaking(ENGLISH):
            english = say_days(period.start, period.end, year)
        if english == period.words:
            return say_days(period.start, period.end, year)
    return period.words
