"""The sentence that a digest begins with: what moved most for what it is, and why.

A move tells the more, the more it is beside the usual move of the same row; what moved by less
than ``TELLING`` is steady.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpis.answers import Change
from kpis.digests.lines import Line, is_level
from kpis.digests.naming import capital, say_period, span_of
from kpis.digests.posts import History
from kpis.digests.scene import Scene
from kpis.digests.why import base_of, lacks_days, say_why
from kpis.numbers import write_change
from kpis.periods import say_day
from kpis.slots import day_of
from kpis.tongue import joined, say, say_declared
from kpis.wording import small_sample
from storage.measures import Unit

TELLING, TELLING_LEVEL = 0.05, 0.01
LEAST_USUAL = 0.03
"""A row whose usual move is smaller is judged as if it were this."""
UNCOVERED = 0.3
"""Weight of a row that lacks days, now or before: its move may be the gap's."""
GONE = "The accounts of this digest are no longer here. Choose others: /kpi digest."
NO_ACCOUNTS = "No accounts yet. Drop an export in our direct message and I'll make one."


def most_telling(lines: Sequence[Line]) -> Line | None:
    """Return the row that moved most for what it is, if any did."""
    telling = [it for it in lines if not it.held and is_telling(it)]
    return max(telling, key=weigh, default=None)


def say_headline(scene: Scene, lines: Sequence[Line], histories: Mapping[int, History]) -> str:
    """Return one or two sentences."""
    told = [it for it in lines if not it.held]
    if not told:
        return say_nothing(scene, lines)
    line = most_telling(told)
    if line is not None:
        why = say_why(scene, line, histories)
        return " ".join(it for it in (say_move(line), why) if it)
    moved = [it for it in told if it.relative is not None]
    if moved:
        line = moved[0]
        share = write_change(Change("percent", TELLING), Unit.COUNT).lstrip("+")
        shown = {"span": say_declared(span_of(scene)), "share": share}
        # A row without a change may have moved by anything.
        if all(it.row.change for it in told):
            steady = say("A steady {span}: nothing moved by {share} or more.", **shown)
        else:
            steady = say(
                "A steady {span}: nothing that can be compared moved by {share} or more.", **shown
            )
        value = joined([line.row.shown, line.row.change])
        return f"{steady} {say('{name} {value}.', name=capital(line.pick.subject), value=value)}"
    line = told[0]
    plain = say(
        "{name}: {value} in {period}.",
        name=capital(line.pick.subject),
        value=line.row.shown,
        period=say_period(scene),
    )
    span = say_declared(span_of(scene))
    return f"{plain} {say('There is no {span} before to compare it with.', span=span)}"


def say_nothing(scene: Scene, lines: Sequence[Line]) -> str:
    """Return why there is no number to begin with."""
    if lines:
        period = say_period(scene)
        return say("The figures of {period} are held back; below is why.", period=period)
    if not scene.accounts:
        return say(GONE) if any(it.own for it in scene.around.accounts) else say(NO_ACCOUNTS)
    held = scene.around.held(tuple(it.id for it in scene.accounts), scene.as_of)
    if held is None:
        return say("No numbers yet. Drop an export in our direct message, and I'll read it.")
    newest = say_day(day_of(held[1]), scene.today.year)
    period = say_period(scene)
    return say("No numbers for {period}; the newest are of {day}.", period=period, day=newest)


# --- which row


def threshold(line: Line) -> float:
    return TELLING_LEVEL if is_level(line.answer) else TELLING


def is_telling(line: Line) -> bool:
    moved = abs(line.relative or 0.0)
    return moved >= threshold(line) and not small_sample(line.answer)


def weigh(line: Line) -> float:
    """Return how unusual a move is."""
    usual = max(line.usual_move, LEAST_USUAL)
    is_sure = not lacks_days(line) and base_of(line) is None
    return abs(line.relative or 0.0) / usual * (1.0 if is_sure else UNCOVERED)


def say_move(line: Line) -> str:
    """Return “Instagram reach rose 12 % to 18,900.”"""
    row, change = line.row, line.answer.main.change
    assert change is not None
    rose = (line.relative or 0.0) > 0
    size = row.change.lstrip("+\N{MINUS SIGN}") or write_change(change, line.unit)
    told = {"name": capital(line.pick.subject), "size": size, "value": row.shown}
    if is_level(line.answer):
        if rose:
            return say("{name} rose by {size} to {value}.", **told)
        return say("{name} fell by {size} to {value}.", **told)
    if rose:
        return say("{name} rose {size} to {value}.", **told)
    return say("{name} fell {size} to {value}.", **told)
