"""How much of a period the data cover, how fresh they are, and which breaks they cross."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kpis.answers import Coverage, Mark
from kpis.dimensions import measures_of
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Formula, Grown, Leaf, Levels, People, Together, Total
from kpis.question import KnownAccount, Question
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.survey import Taken
from kpis.tongue import say_declared
from kpis.ways import Way
from storage.platforms import PLATFORMS
from storage.tables import day_number

SAMPLE = "sample"
"""The format of made-up data, which says everywhere that it is a sample."""


def coverage_of(
    way: Way,
    frame: Frame,
    cell: FrameCell,
    question: Question,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
) -> Coverage:
    """Return how well the period is covered; of several accounts by days of accounts."""
    held = [it for it in held_by_account(way, frame, cell).values() if it]
    everywhere = set.intersection(*held) if held else set()
    missing = tuple(day_of(day) for day in range(cell.start, cell.end) if day not in everywhere)
    ids = {it.id for it in accounts}
    taken = surroundings.contributing(ids, cell.start, cell.end, way.reads_posts, question.as_of)
    several = len(held) > 1 and bool(missing)
    unsure = provisional_from(way, accounts, question.today)
    return Coverage(
        days=cell.days * (len(held) if several else 1),
        held=sum(map(len, held)) if several else len(everywhere),
        missing=missing,
        several=several,
        unit="posts" if way.reads_posts else "account days" if several else "days",
        rows=max((rows_behind(frame, cell, it) for it in way.formula.leaves()), default=0),
        left_out=left_out(way, frame, cell),
        provisional=sum(day >= unsure for day in set().union(*held)),
        zones=zones_of(way, accounts, surroundings),
        newest=newest(taken, surroundings.zone),
        files=len(taken),
        sample=any(it.format == SAMPLE for it in taken),
        basis=basis_of(way),
    )


def basis_of(way: Way) -> str:
    """Return which of the two bases of posts' counters an answer stands on."""
    if any(isinstance(it, Grown) for it in way.formula.leaves()):
        return "by activity date"
    return "by publish date" if way.reads_posts else ""


def newest(taken: list[Taken], zone: str) -> datetime | None:
    """Return when the last of some imports came, as the workspace's clock showed it."""
    return max((it.at.astimezone(ZoneInfo(zone)) for it in taken), default=None)


def held_by_account(way: Way, frame: Frame, cell: FrameCell) -> dict[Group, set[int]]:
    """Return the days that each account holds; ``None`` is all of them, read as one.

    A level needs no more than its end; a sum that may lack parts is held where any part is.
    """
    found: dict[Group, set[int]] = {}
    for group in cell.groups:
        one = cell.one(group) if isinstance(group, int) else cell
        if way.reads_posts:
            found[group] = set().union(*(watched_days(frame, cell, it) for it in one.accounts))
            continue
        sets = [days_of(frame, one, it) for it in way.formula.leaves()]
        either = isinstance(way.formula, Together)
        found[group] = set().union(*sets) if either else set.intersection(*sets)
    return found


def watched_days(frame: Frame, cell: FrameCell, account: int) -> set[int]:
    return {
        day
        for span in frame.watched
        if span.account == account
        for day in range(max(span.start, cell.start), min(span.end, cell.end))
    }


def days_of(frame: Frame, cell: FrameCell, leaf: Leaf) -> set[int]:
    """Return the days that a leaf of account days has rows for, of one account or all as one."""
    inside = range(cell.start, cell.end)
    if isinstance(leaf, Total):
        by_day = frame.sums.get(id(leaf), {}).get(cell.groups[0], {})
        most = max((by_day[it][1] for it in inside if it in by_day), default=0)
        return {it for it in inside if it in by_day and by_day[it][1] == most}
    account = cell.accounts[0]
    if isinstance(leaf, Levels):
        history = frame.levels.get(leaf.state.column, {}).get(account, [])
        return {day for day, _ in history if day in inside}
    if isinstance(leaf, People):
        windows = frame.windows.get(leaf.unique.column, {}).get(account, [])
        return {day for it in windows for day in range(it.start, it.end)} & set(inside)
    return set()


def account_days(frame: Frame, cell: FrameCell, formula: Formula) -> tuple[int, int]:
    """Return the days of accounts that were read as one, and on the fullest day how many."""
    counts: dict[int, int] = {}
    for leaf in formula.leaves():
        for group in cell.groups:
            for day, (_, n) in frame.sums.get(id(leaf), {}).get(group, {}).items():
                if cell.start <= day < cell.end:
                    counts[day] = max(n, counts.get(day, 0))
    return sum(counts.values()), max(counts.values(), default=0)


def left_out(way: Way, frame: Frame, cell: FrameCell) -> int:
    """Return the rows without one side of a pair; a lenient sum leaves none out."""
    if isinstance(way.formula, Together):
        return 0
    leaves = [it for it in way.formula.leaves() if rows_behind(frame, cell, it)]
    return max((frame.left_out[id(it)] for it in leaves), default=0)


def rows_behind(frame: Frame, cell: FrameCell, leaf: Leaf) -> int:
    if id(leaf) in frame.rows:
        return len(cell.values(leaf))
    return cell.sums(leaf)[1] if isinstance(leaf, Total | Grown) else int(cell.sums(leaf)[0])


def provisional_from(way: Way, accounts: tuple[KnownAccount, ...], today: date) -> int:
    """Return the first day number that may still change; posts' counters have no such day."""
    if way.reads_posts:
        return day_number(date.max)
    settle = max((PLATFORMS[it.platform].settle_days for it in accounts), default=0)
    return day_number(today) - settle


def zones_of(
    way: Way, accounts: tuple[KnownAccount, ...], surroundings: Surroundings
) -> tuple[str, ...]:
    if way.reads_posts:
        return (surroundings.zone,)
    return tuple(sorted({surroundings.zones[it.id] for it in accounts}))


def marks_of(
    formula: Formula,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
    start: date,
    end: date,
) -> tuple[Mark, ...]:
    """Return the definition breaks that split the days from ``start`` until before ``end``."""
    platforms = {it.platform for it in accounts}
    measures = {name for leaf in formula.leaves() for name in measures_of(leaf)}
    return tuple(
        Mark(it.day, f"{PLATFORMS[it.platform].title}: {say_declared(it.note)}")
        for it in surroundings.epochs
        if it.platform in platforms and it.measure in measures and start < it.day < end
    )
