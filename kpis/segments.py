"""Splits people by country, city, age, gender and following: as the platform itself tells them.

Shares are of known people, since platforms name only the largest segments (kpi-catalogue §3).
Windows are not added over days or accounts: each account has lines of its own.
"""

from __future__ import annotations

from kpis.answers import Figure, Value
from kpis.dimensions import SEGMENTED
from kpis.numbers import write, write_with_unit
from kpis.periods import say_days
from kpis.readers.segments import Window, newest_windows
from kpis.sitting import Sitting
from kpis.slots import day_of
from kpis.titles import account_title
from kpis.tongue import locale, say
from storage.measures import Unit
from storage.tables import day_number

MOST = 10
"""Segments told of an account; of several accounts fewer."""
MOST_IN_ALL = 12


def by_segment(sitting: Sitting, by: str) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Return a line for each segment of each account, and what is to be said of them."""
    question = sitting.question
    period = question.period
    measure = SEGMENTED[question.kpi]
    request = sitting.surroundings.request(sitting.accounts, period.start, period.end, question)
    windows = newest_windows(sitting.connection, request, measure, by)
    windows = [it for it in windows if it.known > 0]
    if not windows:
        return (), (say("No {dimension} of these people is known here: import the platform's "
                        "audience export.", dimension=say_dimension(by)),)  # fmt: skip
    most = max(2, min(MOST, MOST_IN_ALL // len(windows)))
    several = len(windows) > 1
    figures = [it for window in windows for it in figures_of(sitting, window, most, several)]
    notes = [say_window(sitting, it, measure) for it in windows]
    if measure == "engaged":
        notes.append(say("These are people who engaged, each once, not engagements."))
    return tuple(figures), tuple(notes)


def say_dimension(by: str) -> str:
    return {
        "country": say("country"),
        "city": say("city"),
        "age": say("age"),
        "gender": say("gender"),
        "follow-type": say("following"),
    }[by]


def figures_of(sitting: Sitting, window: Window, most: int, several: bool) -> list[Figure]:
    """Return the largest segments of a window, and the others as one."""
    by = sitting.question.by or ""
    ordered = sorted(window.people.items(), key=lambda it: (-it[1], it[0]))
    rest = sum(people for _, people in ordered[most:])
    shown = [(name_segment(by, name), people) for name, people in ordered[:most]]
    shown += [(say("others"), rest)] if rest else []
    account = account_title(sitting.surroundings.by_id[window.account])
    return [
        Figure(
            f"{account} · {name}" if several else name,
            Value(people, people, people),
            headline=f"{write(people / window.known, Unit.PERCENT)}, "
            f"{write_with_unit(people, Unit.PEOPLE)}",
        )
        for name, people in shown
    ]


def name_segment(by: str, name: str) -> str:
    """Return “Sweden” for “SE”; other segments are called as the platform calls them."""
    if by != "country" or len(name) != 2:
        return name
    from babel import Locale

    return str(Locale.parse(locale()).territories.get(name.upper(), name))


def say_window(sitting: Sitting, window: Window, measure: str) -> str:
    """Return “Instagram acme, 25 Oct – 21 Nov: shares of 50,200 known people, 94 % of all.”"""
    account = sitting.surroundings.by_id[window.account]
    days = say_days(day_of(window.start), day_of(window.end), sitting.question.today.year)
    known = write(window.known, Unit.PEOPLE)
    share = known_share(sitting, window, measure)
    if share is None:
        return say("{account}, {days}: shares of {known} known people.",
                   account=account_title(account), days=days, known=known)  # fmt: skip
    return say(
        "{account}, {days}: shares of {known} known people, {share} known.",
        account=account_title(account),
        days=days,
        known=known,
        share=write(share, Unit.PERCENT),
    )


def known_share(sitting: Sitting, window: Window, measure: str) -> float | None:
    """Return which part of the account's people is known, where all of them are counted too."""
    period = sitting.question.period
    account = (sitting.surroundings.by_id[window.account],)
    same = (window.start, window.end) == (day_number(period.start), day_number(period.end))
    if measure == "engaged" or (measure == "reach" and not same):
        return None
    cell = sitting.cell(sitting.now, account, window.start, window.end)
    whole = sitting.way.formula.value(cell)
    if not isinstance(whole, Value) or not whole.exact or whole.low < window.known:
        return None
    return window.known / whole.low if whole.low else None
