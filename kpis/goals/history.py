"""What own history says of a goal: how often it was done, and the chance if weeks go on alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from random import Random
from statistics import fmean

from kpis.answers import Value
from kpis.catalogue import CATALOGUE
from kpis.goals.draft import Amount
from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.pace import meets
from kpis.goals.say import lower_title, write_target
from kpis.goals.shapes import unit_of_goal
from kpis.names import title_of
from kpis.numbers import MINUS, write
from kpis.numerals import percent
from kpis.statistics import median
from kpis.titles import count, times
from kpis.tongue import say, say_count
from storage.measures import Unit

MOST_WINDOWS, FEWEST_WINDOWS = 12, 4
ENOUGH_HELD = 0.8
"""A window with fewer of its days is not compared with (kpi-catalogue §1, P)."""
WEEKS_A_READ, READS = 26, 4
FEWEST_WEEKS = 8
TRIALS = 400


@dataclass(frozen=True)
class Past:
    """One window of the past beside the one before it."""

    value: float
    rise: float | None
    """Empty where the two may not be compared."""
    times: float | None


@dataclass(frozen=True)
class History:
    """How often what a goal asks for was done before."""

    n: int = 0
    hits: int = 0
    words: str = ""
    chance: float | None = None
    """0 to 1, from the weeks; of sums and levels alone."""
    chance_words: str = ""


def history_of(measuring: Measuring, amount: Amount, base: float | None) -> History:
    """Return what the past says of a goal whose row holds target, start and end."""
    row = measuring.row
    length = 28 if row.shape == "recent" else max((row.end - row.start).days, 1)
    rising = amount.kind != "to" or row.shape == "level"
    found = [it for it in windows(measuring, length) if not rising or it.rise is not None]
    hits = sum(is_hit(it, measuring, amount, base) for it in found)
    words = say_history(measuring, amount, base, found, hits, length)
    chance, weeks = chance_of(measuring, base)
    said = "" if chance is None else say_chance(chance, weeks)
    return History(len(found), hits, words, chance, said)


def windows(measuring: Measuring, length: int) -> Iterator[Past]:
    """Yield windows of the goal's length, the latest first, back to where the data begin."""
    end = measuring.settled
    for _ in range(MOST_WINDOWS):
        days = measuring.over(end - length * DAY, end)
        value = days.value
        if value is None or not is_held(days, measuring) or not value.exact:
            return
        crossed = any(days.start <= it.day < days.end for it in days.answer.epochs)
        if not crossed:
            yield past_of(days, value)
        end = days.start


def is_held(days: Days, measuring: Measuring) -> bool:
    coverage = days.answer.coverage
    if measuring.is_service or measuring.row.shape == "level":
        return True
    return bool(coverage.days) and coverage.held >= ENOUGH_HELD * coverage.days


def past_of(days: Days, value: Value) -> Past:
    main = days.answer.main
    before = main.previous
    unclear = main.change is None or main.change.kind == "unclear"
    if unclear or not isinstance(before, Value) or not before.exact:
        return Past(value.low, None, None)
    times = value.low / before.low if before.low > 0 else None
    return Past(value.low, value.low - before.low, times)


def is_hit(past: Past, measuring: Measuring, amount: Amount, base: float | None) -> bool:
    row = measuring.row
    if amount.kind == "times":
        return past.times is not None and meets(past.times, amount.value, row.better)
    if amount.kind == "to" and row.shape != "level":
        return meets(past.value, row.target, row.better)
    way = row.target - base if base is not None else amount.value
    return past.rise is not None and meets(past.rise, way, row.better)


def say_history(
    measuring: Measuring,
    amount: Amount,
    base: float | None,
    found: Sequence[Past],
    hits: int,
    length: int,
) -> str:
    """Return “In your last 12 quarters likes rose by 20 % or more twice. Usual +4 %.”"""
    row = measuring.row
    spans = say_spans(len(found), length)
    if len(found) < FEWEST_WINDOWS:
        if not spans:
            return say("Too little history: none to compare with.")
        return say("Too little history: {spans} to compare with.", spans=spans)
    unit = unit_of_goal(row)
    if amount.kind == "times":
        done = say_move(percent(float(f"{abs(amount.value - 1) * 100:.3g}")), row.better)
        usual = median([it.times - 1 for it in found if it.times is not None] or [0.0])
        middle = f"{MINUS if usual < 0 else '+'}{percent(float(f'{abs(usual) * 100:.2g}'))}"
    elif amount.kind == "to" and row.shape != "level":
        done = say_level(write_target(row.target, unit), unit, row.better)
        middle = write(median([it.value for it in found]), unit)
    else:
        way = abs(row.target - base) if base is not None else abs(amount.value)
        done = say_move(write(way, unit), row.better)
        rises = [it.rise for it in found if it.rise is not None]
        sign = 1 if row.better == "higher" else -1
        middle = write(median([sign * it for it in rises]), unit)
    title = lower_title(title_of(CATALOGUE[row.kpi]))
    told = {"spans": spans, "title": title, "done": done, "usual": middle}
    if not hits:
        return say("In your last {spans} {title} never {done}. Usual: {usual}.", **told)
    often = times(hits)
    return say("In your last {spans} {title} {done} {times}. Usual: {usual}.", **told, times=often)


def say_move(size: str, better: str) -> str:
    """Return “rose by 20 % or more”."""
    if better == "higher":
        return say("rose by {size} or more", size=size)
    return say("fell by {size} or more", size=size)


def say_level(value: str, unit: Unit, better: str) -> str:
    """Return “came to 5,000 or more”, “was 30 min or less”."""
    is_measured = unit in (Unit.PERCENT, Unit.SECONDS, Unit.RATIO)
    if better == "higher":
        if is_measured:
            return say("was {value} or more", value=value)
        return say("came to {value} or more", value=value)
    if is_measured:
        return say("was {value} or less", value=value)
    return say("came to {value} or less", value=value)


def say_spans(n: int, length: int) -> str:
    """Return “12 quarters”, “4 stretches of 40 days”; nothing of none."""
    if not n:
        return ""
    match length:
        case 7:
            return count(n, "week")
        case 28:
            return say_count("{number} stretch of 4 weeks", "{number} stretches of 4 weeks", n)
        case 30 | 31:
            return count(n, "month")
        case 90 | 91 | 92:
            return count(n, "quarter")
        case 365 | 366:
            return count(n, "year")
    days = count(length, "day")
    return say_count("{number} stretch of {days}", "{number} stretches of {days}", n, days=days)


# --- the chance


def chance_of(measuring: Measuring, base: float | None) -> tuple[float | None, int]:
    """Return the chance of a sum or level, and of how many weeks it was told."""
    row = measuring.row
    if row.shape not in ("total", "level"):
        return None, 0
    steps = weekly_steps(measuring)
    if len(steps) < FEWEST_WEEKS:
        return None, len(steps)
    settled = measuring.settled
    at, since = 0.0, max(row.start, settled)
    if row.shape == "level":
        if base is None:
            return None, len(steps)
        at, since = base, settled
    elif row.start < settled:
        so_far = measuring.over(row.start, settled).value
        at = so_far.low if so_far is not None else 0.0
    left = (row.end - since).days / 7
    seed = f"{row.kpi} {row.target} {row.start} {row.end}"
    return chance(steps, at, row.target, left, row.better, seed), len(steps)


def weekly_steps(measuring: Measuring) -> list[float]:
    """Return what each whole week with numbers added, the oldest first; two years at most."""
    steps: list[float] = []
    end = measuring.settled
    for _ in range(READS):
        start = end - WEEKS_A_READ * 7 * DAY
        days = measuring.over(start, end)
        found = list(steps_of(days, measuring.row.shape))
        if days.value is None or not found:
            break
        steps = found + steps
        end = start
    return steps


def steps_of(days: Days, shape: str) -> Iterator[float]:
    before: float | None = None
    for point in days.answer.main.series:
        whole = (point.end - point.start).days == 7
        holds = whole and not has_gap(point.start, point.end, days)
        if shape == "total":
            if holds and point.value is not None:
                yield point.value
            continue
        if before is not None and point.value is not None and whole:
            yield point.value - before
        before = point.value


def has_gap(start: date, end: date, days: Days) -> bool:
    return any(start + number * DAY in days.missing for number in range((end - start).days))


def chance(
    steps: Sequence[float], at: float, target: float, weeks: float, better: str, seed: str
) -> float:
    """Return how often ``weeks`` weeks like some of the past come to ``target`` from ``at``.

    Each trial first draws as many past weeks as there are, then the weeks to come from those: what
    few weeks leave unknown widens the range (a bootstrap within a bootstrap). Seeded.
    """
    draw = Random(seed)
    steps = spread_out(steps)
    whole, rest = divmod(max(weeks, 0.0), 1)
    hits = 0
    for _ in range(TRIALS):
        drawn = draw.choices(steps, k=len(steps))
        end = at + sum(draw.choices(drawn, k=int(whole))) + rest * draw.choice(drawn)
        hits += meets(end, target, better)
    return hits / TRIALS


def spread_out(steps: Sequence[float]) -> list[float]:
    """Return weeks laid further from their mean, by √((n + 1) ÷ (n − 2)).

    A sample varies less than what it is drawn from, and its variance is itself uncertain: drawn
    as they are, eight weeks said “more than 9 in 10” of what came 87 times in 100 (measured).
    """
    n, middle = len(steps), fmean(steps)
    wider = sqrt((n + 1) / (n - 2)) if n > 2 else 1.0
    return [middle + (it - middle) * wider for it in steps]


ABOUT = ((0.77, 4, 5), (0.60, 2, 3), (0.42, 1, 2), (0.29, 1, 3), (0.17, 1, 4), (0.10, 1, 8))
"""From which share on the chance is said to be so many in how many."""
ALL_BUT_CERTAIN, NEARLY_ALWAYS, HARDLY = 0.97, 0.90, 0.03


def say_chance(share: float, weeks: int) -> str:
    """Return a chance in words as wide as it is sure."""
    if share >= ALL_BUT_CERTAIN:
        return say("If weeks go on as your last {weeks} did, it is all but certain.", weeks=weeks)
    return say(
        "If weeks go on as your last {weeks} did, the chance is {chance}.",
        weeks=weeks,
        chance=say_odds(share),
    )


def say_odds(share: float) -> str:
    """Return “about 1 in 3”."""
    if share >= NEARLY_ALWAYS:
        return say("more than {part} in {whole}", part=9, whole=10)
    for least, part, whole in ABOUT:
        if share >= least:
            return say("about {part} in {whole}", part=part, whole=whole)
    return say("less than {part} in {whole}", part=1, whole=10 if share >= HARDLY else 30)
