"""Splits an answer by a dimension. The whole is read apart from its parts, since parts of some
dimensions overlap (a post has several hashtags)."""

from dataclasses import replace

from kpis.answers import Absent, Figure, Reading, Reason
from kpis.comparing import compare
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Leaf, Levels, People
from kpis.question import KnownAccount, Period
from kpis.readers.read import read
from kpis.readers.request import ReadRequest
from kpis.sitting import Sitting
from kpis.slots import WEEKDAYS, group_days
from kpis.titles import account_title
from storage.platforms import PLATFORMS
from storage.tables import day_number

BY_DAYS = ("day", "week", "month", "weekday")
BY_ACCOUNTS = ("platform", "account", "brand")
MOST_PARTS = 12
"""Parts shown; the smallest of more are left out and counted."""


def split(sitting: Sitting) -> tuple[Figure, ...]:
    """Return a figure for each part, largest first (in order of time for days and hours)."""
    by = sitting.question.by or ""
    if by in BY_ACCOUNTS:
        return ranked(by_accounts(sitting, by))
    if by == "weekday" and sitting.way.reads_posts:
        return ordered(by_label(sitting, by))
    if by in BY_DAYS:
        return by_days(sitting, by)
    figures = by_label(sitting, by)
    return ordered(figures) if by == "hour" else ranked(figures)


def ranked(figures: list[Figure]) -> tuple[Figure, ...]:
    held = [it for it in figures if not isinstance(it.value, Absent)]
    return tuple(sorted(held, key=lambda it: (-low(it.value), it.name))[:MOST_PARTS])


def ordered(figures: list[Figure]) -> tuple[Figure, ...]:
    return tuple(it for it in figures if not isinstance(it.value, Absent))


def low(reading: Reading) -> float:
    return 0.0 if isinstance(reading, Absent) else reading.low


def by_accounts(sitting: Sitting, by: str) -> list[Figure]:
    """Return the accounts of each platform or brand, from the frame that is there already."""
    groups: dict[str, list[KnownAccount]] = {}
    names = sitting.surroundings.brand_names
    for account in sitting.accounts:
        name = {
            "platform": PLATFORMS[account.platform].title,
            "account": account_title(account),
            "brand": names[account.brand],
        }[by]
        groups.setdefault(name, []).append(account)
    if not sitting.apart:
        sitting = regrouped(sitting)
    return [sitting.figure(tuple(accounts), name) for name, accounts in groups.items()]


def regrouped(sitting: Sitting) -> Sitting:
    """Return the sitting with its accounts read one by one."""
    return Sitting(
        sitting.question,
        sitting.way,
        sitting.accounts,
        sitting.surroundings,
        sitting.connection,
        one_by_one=True,
    )


def by_days(sitting: Sitting, by: str) -> tuple[Figure, ...]:
    """Return the days of each week, month or weekday, from the frame that is there already."""
    groups = group_days(sitting.question.period, by, sitting.surroundings.week_start)
    figures = []
    for name, spans in groups.items():
        readings = [
            sitting.way.formula.value(sitting.cell(sitting.now, sitting.accounts, first, last))
            for first, last in spans
        ]
        if len(spans) == 1:
            figures.append(Figure(name, readings[0]))
        elif spans:
            figures.append(Figure(name, merged_days(sitting, spans)))
    return ordered(figures)


def merged_days(sitting: Sitting, spans: list[tuple[int, int]]) -> Reading:
    """Return the formula's value over scattered days: states merge, values would not."""
    return sitting.way.formula.value(
        Scattered([sitting.cell(sitting.now, sitting.accounts, *span) for span in spans])
    )


class Scattered:
    """Several cells as one."""

    def __init__(self, cells: list[FrameCell]) -> None:
        self.cells = cells

    @property
    def days(self) -> int:
        return sum(it.days for it in self.cells)

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        pairs = [it.sums(leaf) for it in self.cells]
        return sum(it[0] for it in pairs), sum(it[1] for it in pairs)

    def values(self, leaf: Leaf) -> list[float]:
        return [value for it in self.cells for value in it.values(leaf)]

    def levels(self, leaf: Levels) -> tuple[float, int]:
        return self.cells[-1].levels(leaf)

    def people(self, leaf: People) -> Reading:
        return Absent(Reason.NO_DATA, "reach of scattered days")


def by_label(sitting: Sitting, by: str) -> list[Figure]:
    """Read the parts of a label of posts, now and before, with one statement."""
    words = read_parts(sitting, by)
    return [replace(figure, name=name) for name, figure in words]


def read_parts(sitting: Sitting, by: str) -> list[tuple[str, Figure]]:
    question, surroundings, way = sitting.question, sitting.surroundings, sitting.way
    frames = {}
    for key, period in (("now", question.period), ("then", sitting.baseline)):
        request = ReadRequest(
            workspace=surroundings.workspace,
            zone=surroundings.zone,
            accounts=tuple(it.id for it in sitting.accounts),
            platforms=tuple(sorted({it.platform for it in sitting.accounts})),
            whole=False,
            start=day_number(period.start),
            end=day_number(period.end),
            asked=day_number(period.start),
            group=by,
            later=surroundings.later(question.as_of),
        )
        frames[key] = read(sitting.connection, request, [way.formula])
    leaves = way.formula.leaves()
    groups = {
        group
        for leaf in leaves
        for group in (
            *frames["now"].sums.get(id(leaf), {}),
            *frames["now"].rows.get(id(leaf), {}),
        )
        if group is not None
    }
    made = []
    for group in sorted(groups, key=lambda it: (isinstance(it, str), it)):
        now = way.formula.value(part(frames["now"], group, question.period))
        then = way.formula.value(part(frames["then"], group, sitting.baseline))
        figure = Figure("", now, change=compare(now, then, way.unit))
        made.append((say_group(by, group), figure))
    return made


def part(frame: Frame, group: Group, period: Period) -> FrameCell:
    start, end = day_number(period.start), day_number(period.end)
    return FrameCell(frame, (group,), (), start, end)


def say_group(by: str, group: Group) -> str:
    if by == "weekday":
        return WEEKDAYS[int(group or 0)]
    if by == "hour":
        return f"{int(group or 0):02d}:00"
    if by == "paid":
        return "paid" if group else "organic"
    return f"#{group}" if by == "hashtag" else str(group)
