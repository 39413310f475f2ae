"""How reach is said: exact, in bounds, as post reach, or together (kpi-catalogue §2)."""

from dataclasses import replace

from kpis import reach
from kpis.answers import Change, Figure, Mark, Value
from kpis.frame import Frame, FrameCell
from kpis.language import Largest
from kpis.numbers import write, write_change
from kpis.periods import say_days
from kpis.question import KnownAccount, Period
from kpis.reach import Bounds, Window
from kpis.slots import day_of
from kpis.titles import count
from storage.measures import Unit
from storage.platforms import PLATFORMS
from storage.tables import day_number


def people(number: float) -> str:
    return f"{write(number, Unit.PEOPLE)} people"


def describe_people(
    figure: Figure,
    period: Period,
    frame: Frame,
    measure: str,
    accounts: tuple[KnownAccount, ...],
    marks: tuple[Mark, ...] = (),
) -> Figure:
    """Return the figure with the headline, details and band that its bounds allow."""
    if not isinstance(figure.value, Value):
        return figure
    if len(accounts) > 1:
        return describe_together(figure)
    start, end = day_number(period.start), day_number(period.end)
    held = frame.windows.get(measure, {}).get(accounts[0].id, [])
    found = frame.bounds(measure, accounts[0].id, start, end)
    if found is None or found.exact:
        return figure
    platform = PLATFORMS[accounts[0].platform].title
    return replace(
        figure,
        headline=headline(found),
        details=tuple(details(found, held, start, end, platform, marks)),
        exact_days=longest.days if (longest := reach.longest_ending(held, start, end)) else 0,
        band=None if found.high is None or found.wide else (found.low, found.high),
    )


def headline(found: Bounds) -> str:
    if found.crossed and found.high is not None:
        return f"{people(found.low)} or {write(found.high, Unit.PEOPLE)}: they contradict"
    if not found.low and found.high is not None:
        return f"At most {people(found.high)}"
    if found.wide or found.high is None:
        return f"At least {people(found.low)}"
    return f"Between {write(found.low, Unit.PEOPLE)} and {people(found.high)}"


def details(
    found: Bounds,
    held: list[Window],
    start: int,
    end: int,
    platform: str,
    marks: tuple[Mark, ...],
) -> list[str]:
    """Return the sentences under the headline, the most useful first."""
    said: list[str] = []
    if found.crossed:
        said.append(f"{platform}'s own figures contradict each other; both are shown.")
    longest = reach.longest_ending(held, start, end)
    if longest is not None:
        said.append(exact_part(longest, held, marks))
    elif days := reach.daily(held, start, end):
        average = sum(days.values()) / len(days)
        said.append(f"Average daily reach {write(round(average), Unit.PEOPLE)}.")
    if found.missing:
        said.append(f"{count(len(found.missing), 'day')} missing.")
    else:
        said.append(
            f"{platform} gave no {end - start}-day count, and days can't be added: "
            "one person may come twice."
        )
    return said


def exact_part(longest: Window, held: list[Window], marks: tuple[Mark, ...]) -> str:
    """Return “Exact for 28 days: 50,000, +6.6 %.”"""
    said = f"Exact for {longest.days} days: {write(longest.people, Unit.PEOPLE)}"
    for window in held:
        inside = any(window.start < day_number(it.day) < longest.end for it in marks)
        before = window.end == longest.start and window.days == longest.days
        if before and window.people and not inside:
            change = Change("percent", longest.people / window.people - 1)
            return f"{said}, {write_change(change, Unit.PEOPLE)}."
    return f"{said}."


def describe_together(figure: Figure) -> Figure:
    """Return the headline for several accounts: never a single total."""
    value = figure.value
    if not isinstance(value, Value):
        return figure
    more: tuple[str, ...] = ()
    if not value.low and value.high is not None:
        said = f"Together at most {people(value.high)}"
    elif value.high is None or value.high > 1.5 * value.low:
        said = f"Together at least {people(value.low)}"
        more = () if value.high is None else (f"At most {people(value.high)}.",)
    else:
        said = f"Together between {write(value.low, Unit.PEOPLE)} and {people(value.high)}"
    why = "Somebody may follow you on several platforms, so accounts can't be added."
    return replace(figure, headline=said, details=(*more, why))


def describe_post_reach(figure: Figure, cell: FrameCell, best: Largest) -> Figure:
    """Return the figure of post reach, never labelled “reach” alone."""
    values = cell.values(best)
    if not isinstance(figure.value, Value) or not values:
        return figure
    return replace(
        figure,
        headline=f"Post reach, {count(figure.value.n, 'post')}: "
        f"{write(figure.value.low, Unit.COUNT)} in sum",
        details=(
            "People who saw several posts are counted several times.",
            f"Account reach at least {people(max(values))} (the best post).",
        ),
    )


def derivation(frame: Frame, measure: str, account: int, period: Period) -> list[str]:
    """Return how the bounds were proven, for the receipt."""
    start, end = day_number(period.start), day_number(period.end)
    windows = frame.windows.get(measure, {}).get(account, [])
    found = frame.bounds(measure, account, start, end)
    if found is None:
        return []
    if found.exact:
        return [f"One stored window: {write(found.low, Unit.PEOPLE)} people."]
    said: list[str] = []
    if found.largest is not None:
        said.append(f"At least: {span(found.largest)}.")
    if found.cover:
        said.append(
            "At most: "
            + " + ".join(span(it) for it in found.cover[:12])
            + (" + …" if len(found.cover) > 12 else "")
            + f" = {write(found.high or 0, Unit.PEOPLE)}, if nobody was counted twice."
        )
    days = reach.daily(windows, start, end)
    if days:
        said.append(f"Adding the days would say {write(sum(days.values()), Unit.PEOPLE)}.")
    return said


def span(window: Window) -> str:
    days = say_days(day_of(window.start), day_of(window.end), None)
    return f"{days}: {write(window.people, Unit.PEOPLE)}"
