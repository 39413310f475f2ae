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
from kpis.tongue import joined, say
from storage.measures import Unit
from storage.platforms import PLATFORMS
from storage.tables import day_number


def people(number: float) -> str:
    text = write(number, Unit.PEOPLE)
    return say("{number} people", number=text)


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
        other = write(found.high, Unit.PEOPLE)
        return say("{value} or {other}: they contradict", value=people(found.low), other=other)
    if not found.low and found.high is not None:
        return say("At most {value}", value=people(found.high))
    if found.wide or found.high is None:
        return say("At least {value}", value=people(found.low))
    low, high = write(found.low, Unit.PEOPLE), people(found.high)
    return say("Between {low} and {high}", low=low, high=high)


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
        said.append(
            say(
                "{platform}'s own figures contradict each other; both are shown.",
                platform=platform,
            )
        )
    longest = reach.longest_ending(held, start, end)
    if longest is not None:
        said.append(exact_part(longest, held, marks))
    elif days := reach.daily(held, start, end):
        average = sum(days.values()) / len(days)
        said.append(say("Average daily reach {value}.", value=write(round(average), Unit.PEOPLE)))
    if found.missing:
        said.append(say("{days} missing.", days=count(len(found.missing), "day")))
    else:
        said.append(
            say(
                "{platform} gave no {days}-day count, and days can't be added: "
                "one person may come twice.",
                platform=platform,
                days=end - start,
            )
        )
    return said


def exact_part(longest: Window, held: list[Window], marks: tuple[Mark, ...]) -> str:
    """Return “Exact for 28 days: 50,000, +6.6 %.”"""
    value = write(longest.people, Unit.PEOPLE)
    for window in held:
        inside = any(window.start < day_number(it.day) < longest.end for it in marks)
        before = window.end == longest.start and window.days == longest.days
        if before and window.people and not inside:
            change = Change("percent", longest.people / window.people - 1)
            value = joined([value, write_change(change, Unit.PEOPLE)])
            break
    return say("Exact for {days} days: {value}.", days=longest.days, value=value)


def describe_together(figure: Figure) -> Figure:
    """Return the headline for several accounts: never a single total."""
    value = figure.value
    if not isinstance(value, Value):
        return figure
    more: tuple[str, ...] = ()
    if not value.low and value.high is not None:
        said = say("Together at most {value}", value=people(value.high))
    elif value.high is None or value.high > 1.5 * value.low:
        said = say("Together at least {value}", value=people(value.low))
        if value.high is not None:
            more = (say("At most {value}.", value=people(value.high)),)
    else:
        low = write(value.low, Unit.PEOPLE)
        said = say("Together between {low} and {high}", low=low, high=people(value.high))
    why = say("Somebody may follow you on several platforms, so accounts can't be added.")
    return replace(figure, headline=said, details=(*more, why))


def describe_post_reach(figure: Figure, cell: FrameCell, best: Largest) -> Figure:
    """Return the figure of post reach, never labelled “reach” alone."""
    values = cell.values(best)
    if not isinstance(figure.value, Value) or not values:
        return figure
    return replace(
        figure,
        headline=say(
            "Post reach, {posts}: {value} in sum",
            posts=count(figure.value.n, "post"),
            value=write(figure.value.low, Unit.COUNT),
        ),
        details=(
            say("People who saw several posts are counted several times."),
            say("Account reach at least {value} (the best post).", value=people(max(values))),
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
        return [say("One stored window: {value}.", value=people(found.low))]
    said: list[str] = []
    if found.largest is not None:
        said.append(say("At least: {window}.", window=span(found.largest)))
    if found.cover:
        windows_said = [span(it) for it in found.cover[:12]] + ["…"] * (len(found.cover) > 12)
        said.append(
            say(
                "At most: {windows} = {value}, if nobody was counted twice.",
                windows=" + ".join(windows_said),
                value=write(found.high or 0, Unit.PEOPLE),
            )
        )
    days = reach.daily(windows, start, end)
    if days:
        value = write(sum(days.values()), Unit.PEOPLE)
        said.append(say("Adding the days would say {value}.", value=value))
    return said


def span(window: Window) -> str:
    days = say_days(day_of(window.start), day_of(window.end), None)
    return say("{name}: {value}", name=days, value=write(window.people, Unit.PEOPLE))
