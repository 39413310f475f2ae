"""How much of a period the data cover, how fresh they are, and which breaks they cross."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kpis.answers import Coverage, Mark
from kpis.frame import Frame, FrameCell
from kpis.language import Formula, Grown, Leaf, Levels, People, Total
from kpis.question import KnownAccount, Question
from kpis.slots import day_of
from kpis.surroundings import Surroundings, Taken, measures_of
from kpis.ways import Way
from storage.platforms import PLATFORMS
from storage.tables import day_number


def coverage_of(
    way: Way,
    frame: Frame,
    cell: FrameCell,
    question: Question,
    accounts: tuple[KnownAccount, ...],
    surroundings: Surroundings,
) -> Coverage:
    """Return how well the period is covered; a day counts when every account with data has it."""
    held = held_days(way, frame, cell)
    missing = tuple(day_of(day) for day in range(cell.start, cell.end) if day not in held)
    ids = {it.id for it in accounts}
    taken = surroundings.contributing(ids, cell.start, cell.end, way.reads_posts)
    return Coverage(
        days=cell.days,
        held=len(held),
        missing=missing,
        unit="posts" if way.reads_posts else "days",
        rows=max((rows_behind(frame, cell, it) for it in way.formula.leaves()), default=0),
        left_out=max((left_out(frame, cell, it) for it in way.formula.leaves()), default=0),
        provisional=sum(day >= provisional_from(way, accounts, question.today) for day in held),
        zones=zones_of(way, accounts, surroundings),
        newest=newest(taken, surroundings.zone),
        files=len(taken),
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


def covered_part(way: Way, frame: Frame, cell: FrameCell) -> float:
    """Return which part of a cell's days is held, 0 to 1; a level needs no more than its end."""
    if all(isinstance(it, Levels) for it in way.formula.leaves()):
        return 1.0
    return len(held_days(way, frame, cell)) / cell.days if cell.days else 0.0


def held_days(way: Way, frame: Frame, cell: FrameCell) -> set[int]:
    """Return the day numbers of a cell on which every account that has data has them."""
    if way.reads_posts:
        return shared([watched_days(frame, cell, it) for it in cell.accounts])
    return shared([days_of(frame, cell, it) for it in way.formula.leaves()], either=True)


def shared(sets: list[set[int]], *, either: bool = False) -> set[int]:
    """Return the days in all sets that hold any (in any of them for ``either``)."""
    filled = [it for it in sets if it]
    if not filled:
        return set()
    return set.union(*filled) if either else set.intersection(*filled)


def watched_days(frame: Frame, cell: FrameCell, account: int) -> set[int]:
    return {
        day
        for span in frame.watched
        if span.account == account
        for day in range(max(span.start, cell.start), min(span.end, cell.end))
    }


def days_of(frame: Frame, cell: FrameCell, leaf: Leaf) -> set[int]:
    """Return the days that a leaf of account days has rows for."""
    inside = range(cell.start, cell.end)
    if isinstance(leaf, Total):
        by_group = frame.sums.get(id(leaf), {})
        if cell.groups == (None,):
            by_day = by_group.get(None, {})
            most = max((by_day[it][1] for it in inside if it in by_day), default=0)
            return {it for it in inside if it in by_day and by_day[it][1] == most}
        return shared([{it for it in by_group.get(g, {}) if it in inside} for g in cell.groups])
    if isinstance(leaf, Levels):
        histories = frame.levels.get(leaf.state.column, {})
        return shared(
            [{day for day, _ in histories.get(it, []) if day in inside} for it in cell.accounts]
        )
    if isinstance(leaf, People):
        windows = frame.windows.get(leaf.unique.column, {})
        return shared(
            [
                {day for it in windows.get(one, []) for day in range(it.start, it.end)}
                & set(inside)
                for one in cell.accounts
            ]
        )
    return set()


def left_out(frame: Frame, cell: FrameCell, leaf: Leaf) -> int:
    """Return the rows without a leaf's side of a pair; a column that no row has is said apart."""
    return frame.left_out[id(leaf)] if rows_behind(frame, cell, leaf) else 0


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
        Mark(it.day, f"{PLATFORMS[it.platform].title}: {it.note}")
        for it in surroundings.epochs
        if it.platform in platforms and it.measure in measures and start < it.day < end
    )
