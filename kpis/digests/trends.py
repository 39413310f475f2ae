"""What went well and what needs care: runs, records, falls out of the usual, flat audiences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from kpis.answers import Change, Value
from kpis.digests.choose import say_where
from kpis.digests.lines import Line, Past, is_level, relative
from kpis.digests.naming import say_spans
from kpis.digests.scene import Scene
from kpis.digests.why import lacks_days
from kpis.numbers import write, write_change
from kpis.periods import last_days
from kpis.question import KnownAccount, Period, Scope
from kpis.tongue import say
from storage.measures import Unit

MOST = 3
"""Lines of each part."""
MOST_ASKED = 12
"""Accounts whose growth is looked at one by one."""
RUN, RUN_SIZE = 3, 0.05
"""Periods in a row, and by how much in all, until a run is worth telling."""
ENOUGH_EARLIER = 5
RECORD = 0.03
"""Beside the median of the periods before: a record that beats it by less is chance."""
FAR, FALL = 3.0, 0.1
"""A value this many robust deviations (1.4826 × MAD) and this part below the usual has dropped."""
FLAT, FLAT_DAYS, SMALL_AUDIENCE = 0.0025, 28, 100
"""Growth of followers in each of two windows of four weeks below which they are flat."""


def praise(
    scene: Scene, lines: Sequence[Line], best: str, said_above: Line | None
) -> tuple[str, ...]:
    """Return what went well: the best post, records, runs of rises.

    The row that the headline tells of is not told again.
    """
    said = [best] if best else []
    ways = (say_record,) if scene.plan.cadence == "daily" else (say_record, say_rise)
    for line in told(it for it in lines if it is not said_above):
        said += [it for way in ways if (it := way(scene, line))][:1]
    return tuple(said[:MOST])


def warn(scene: Scene, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what needs care: drops out of the usual, runs of falls, flat audiences.

    Single days have no runs: they rise and fall with the week.
    """
    said: list[str] = []
    ways = (say_drop,) if scene.plan.cadence == "daily" else (say_fall, say_drop)
    for line in told(lines):
        said += [it for way in ways if (it := way(scene, line))][:1]
    said += [it for account in scene.accounts[:MOST_ASKED] if (it := say_flat(scene, account))]
    return tuple(said[:MOST])


def told(lines: Iterable[Line]) -> list[Line]:
    """Return the rows that have a good direction and a number that may be told."""
    return [it for it in lines if not it.held and it.better != "neither" and it.history]


# --- records and runs


def say_record(scene: Scene, line: Line) -> str:
    """Return “Engagement rate 4.1 %, the best in 8 weeks.”; of a level, of its growth."""
    if is_level(line.answer):
        return say_growth_record(scene, line)
    value, earlier = line.row.value, line.earlier
    if value is None or len(earlier) < ENOUGH_EARLIER:
        return ""
    usual = median(earlier)
    beats = value > max(earlier) if line.better == "higher" else value < min(earlier)
    if not beats or abs(value - usual) < RECORD * abs(usual):
        return ""
    if value < usual and lacks_days(line):
        return ""
    return say(
        "{name} {value}, the best in {spans}.",
        name=line.row.name,
        value=line.row.shown,
        spans=say_spans(scene, len(earlier) + 1),
    )


def say_growth_record(scene: Scene, line: Line) -> str:
    moves = [it for past in line.history if (it := difference(past)) is not None]
    if len(moves) <= ENOUGH_EARLIER or difference(line.history[-1]) is None:
        return ""
    *earlier, last = moves
    if last <= 0 or last <= max(earlier) or last < (1 + RECORD) * median(earlier):
        return ""
    size = write_change(Change("absolute", last), line.unit)
    spans = say_spans(scene, len(moves))
    return say("{name} {value}, the most in {spans}.", name=line.row.name, value=size, spans=spans)


def difference(past: Past) -> float | None:
    """Return by how much a value moved; nothing where that may not be told."""
    share = relative(past)
    if share is None or past.value is None:
        return None
    return past.value - past.value / (1 + share)


def say_rise(scene: Scene, line: Line) -> str:
    return say_run(scene, line, good=True)


def say_fall(scene: Scene, line: Line) -> str:
    return say_run(scene, line, good=False)


def say_run(scene: Scene, line: Line, *, good: bool) -> str:
    """Return “Site visits, down 3 weeks: 1,930 → 1,200.”: a run that ends with this period."""
    up = (line.better == "higher") == good
    if is_level(line.answer) and up:
        return ""  # an audience that grows is no news
    run = run_of(line.history, up)
    if len(run) < RUN:
        return ""
    first = run[0].value or 0.0
    start = first / (1 + (relative(run[0]) or 0.0))
    last = run[-1].value or 0.0
    if not start or (abs(last / start - 1) < RUN_SIZE and not is_level(line.answer)):
        return ""
    told = {
        "name": line.row.name,
        "spans": say_spans(scene, len(run)),
        "start": write(round_like(start, line), line.unit),
        "end": write(last, line.unit),
    }
    if up:
        return say("{name}, up {spans}: {start} → {end}.", **told)
    return say("{name}, down {spans}: {start} → {end}.", **told)


def round_like(number: float, line: Line) -> float:
    """Return a number worked back from a change without the noise of doing so."""
    return float(round(number)) if line.unit in (Unit.COUNT, Unit.PEOPLE) else number


def run_of(history: Sequence[Past], up: bool) -> list[Past]:
    """Return the last periods that all moved one way, each against the one before.

    A fall to a sum that lacks days, or a rise from one, may be what is missing and ends the run.
    """
    run: list[Past] = []
    for at in reversed(range(len(history))):
        past = history[at]
        moved = relative(past)
        if moved is None or moved == 0 or (moved > 0) is not up:
            break
        low = history[at - 1] if up and at else past
        if low.coverage is not None and (at or not up):
            break
        run.insert(0, past)
    return run


# --- out of the usual


def say_drop(scene: Scene, line: Line) -> str:
    """Return “Link clicks 1,200, 38 % under the usual 1,930.” of a significant drop."""
    value, earlier = line.row.value, line.earlier
    if value is None or len(earlier) < ENOUGH_EARLIER or is_level(line.answer):
        return ""
    usual = median(earlier)
    spread = 1.4826 * median(abs(it - usual) for it in earlier)
    worse = usual - value if line.better == "higher" else value - usual
    if usual <= 0 or worse < FALL * usual or worse < FAR * spread:
        return ""
    if value < usual and lacks_days(line):
        return ""  # what is missing may be all of it
    told = {
        "name": line.row.name,
        "value": line.row.shown,
        "size": write_change(Change("percent", worse / usual), line.unit).lstrip("+"),
        "usual": write(usual, line.unit),
    }
    if value < usual:
        return say("{name} {value}, {size} under the usual {usual}.", **told)
    return say("{name} {value}, {size} over the usual {usual}.", **told)


def say_flat(scene: Scene, account: KnownAccount) -> str:
    """Return “Followers, X: flat for 8 weeks, +3 to 5,213.” (feature 18).

    Both windows of four weeks grew by less than 0.25 % and shrank by no more; with fewer than
    100 followers nothing is said.
    """
    if scene.plan.cadence == "daily":
        return ""
    scope = Scope(accounts=(account.id,))
    now = last_days(FLAT_DAYS, scene.period.end)
    before = last_days(FLAT_DAYS, now.start)
    both = last_days(2 * FLAT_DAYS, scene.period.end)
    growths = [exact(scene, "follower-growth", scope, it) for it in (before, now)]
    if any(it is None or abs(it) >= FLAT for it in growths):
        return ""
    level = exact(scene, "followers", scope, now)
    net = exact(scene, "net-followers", scope, both)
    if level is None or net is None or level < SMALL_AUDIENCE:
        return ""
    where = say_where(scene, (account,))
    size = write_change(Change("absolute", net), Unit.COUNT)
    return say(
        "Followers, {where}: flat for 8 weeks, {size} to {number}.",
        where=where,
        size=size,
        number=write(level, Unit.PEOPLE),
    )


def exact(scene: Scene, kpi: str, scope: Scope, period: Period) -> float | None:
    answer = scene.ask(kpi, scope, period)
    value = None if answer is None else answer.main.value
    return value.low if isinstance(value, Value) and value.exact else None
