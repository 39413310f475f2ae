"""Reads what formulas need into one frame: a statement for each kind of rows."""

from collections.abc import Iterable

from sqlalchemy import Connection

from kpis import reach
from kpis.frame import Frame, Span
from kpis.language import Count, Formula, Grown, Largest, Leaf, Levels, Mean, Median, People, Total
from kpis.readers import account_days, levels, posts, snapshots, windows
from kpis.readers.request import ReadRequest
from storage.measures import AccountDays

DAILY = ".daily"


def read(
    connection: Connection,
    request: ReadRequest,
    formulas: Iterable[Formula],
    watched: tuple[Span, ...] = (),
) -> Frame:
    """Return the states of every leaf of ``formulas`` over the days of ``request``."""
    asked = frozenset(request.accounts)
    frame = Frame(watched=[it for it in watched if it.account in asked])
    leaves = list({id(leaf): leaf for formula in formulas for leaf in formula.leaves()}.values())
    day_totals = [it for it in leaves if is_day_total(it) and not reads_windows(it)]
    if day_totals:
        account_days.read(connection, request, day_totals, frame)  # type: ignore[arg-type]
    sums = [
        it
        for it in leaves
        if isinstance(it, Total | Count) and not isinstance(it.rows, AccountDays)
    ]
    if sums:
        posts.read_sums(connection, request, sums, frame)
    rows = [it for it in leaves if isinstance(it, Mean | Median | Largest)]
    if rows:
        posts.read_rows(connection, request, rows, frame)
    rising = [it for it in leaves if isinstance(it, Grown)]
    if rising:
        snapshots.read(connection, request, rising, frame)
    states = tuple(sorted({it.state.column for it in leaves if isinstance(it, Levels)}))
    if states:
        levels.read(connection, request, states, frame)
    for measure in sorted({windowed(it) for it in leaves} - {""}):
        windows.read(connection, request, measure, frame)
    for leaf in leaves:
        if reads_windows(leaf):
            frame.sums[id(leaf)] = person_days(frame, windowed(leaf), request)
    return frame


def is_day_total(leaf: Leaf) -> bool:
    return isinstance(leaf, Total) and isinstance(leaf.rows, AccountDays)


def reads_windows(leaf: Leaf) -> bool:
    """Whether a total adds daily windows: person-days."""
    return isinstance(leaf, Total) and leaf.number.columns[0].endswith(DAILY)


def windowed(leaf: Leaf) -> str:
    """Return the U measure that a leaf reads, or nothing."""
    if isinstance(leaf, People):
        return leaf.unique.column
    if isinstance(leaf, Total) and reads_windows(leaf):
        return leaf.number.columns[0].removesuffix(DAILY)
    return ""


def person_days(
    frame: Frame, measure: str, request: ReadRequest
) -> dict[str | int | None, dict[int, tuple[float, int]]]:
    found: dict[str | int | None, dict[int, tuple[float, int]]] = {}
    for account, held in frame.windows.get(measure, {}).items():
        group = account if request.group == "account" else None
        by_day = found.setdefault(group, {})
        for day, people in reach.daily(held, request.start, request.end).items():
            total, n = by_day.get(day, (0.0, 0))
            by_day[day] = (total + people, n + 1)
    return found
