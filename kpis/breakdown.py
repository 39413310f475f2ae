"""Splits an answer by a dimension. The whole is read apart from its parts, since parts of some
dimensions overlap (a post has several hashtags)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kpis.answers import Absent, Figure, Reading, Reason, Value
from kpis.comparing import compare
from kpis.coverage import held_by_account
from kpis.dimensions import MARKS, SEGMENTS
from kpis.frame import Frame, FrameCell, Group
from kpis.language import Formula, Leaf, Levels, People
from kpis.periods import say_weekday
from kpis.question import DIMENSIONS, Baseline, KnownAccount, Period
from kpis.readers.read import read
from kpis.segments import by_segment
from kpis.short_slots import short_of_part
from kpis.sitting import Sitting
from kpis.slots import group_days
from kpis.titles import account_title, count
from kpis.tongue import say, say_declared
from kpis.ways import supplies
from storage.platforms import PLATFORMS
from storage.tables import day_number

BY_DAYS = ("day", "week", "month", "weekday")
BY_ACCOUNTS = ("platform", "account", "brand")
WITHOUT = {"paid": "word of payment"}
MOST_PARTS = 12
"""Parts shown; the smallest of more are left out and counted."""


class Parts(NamedTuple):
    """The parts of an answer that are shown, and what is to be said of the others."""

    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()


def split(sitting: Sitting) -> Parts:
    """Return a figure for each part, largest first (in order of time for days and hours)."""
    by = sitting.question.by or ""
    if by in BY_ACCOUNTS:
        return ranked(by_accounts(sitting, by))
    if by in SEGMENTS:
        return Parts(*by_segment(sitting, by))
    if by in BY_DAYS and not (by == "weekday" and sitting.way.reads_posts):
        return Parts(by_days(sitting, by))
    figures, unnamed = by_label(sitting, by)
    parts = Parts(ordered(figures)) if by in ("hour", "weekday") else ranked(figures)
    if by in MARKS:
        return parts._replace(notes=(*parts.notes, *say_marks(sitting, by, len(figures))))
    said = say(
        "{posts} without {word} left out.",
        posts=count(unnamed, "post"),
        word=WITHOUT.get(by, f"a {DIMENSIONS[by]}"),
    )
    return parts._replace(notes=(*parts.notes, said)) if unnamed else parts


def say_marks(sitting: Sitting, by: str, parts: int) -> tuple[str, ...]:
    """Return how posts come by such words; a post may have several, so parts may overlap."""
    if not parts:
        return (say("No post here has a {mark} yet: import a column “{mark}”.", mark=by),)
    return (say("Posts without a {mark} are left out; one with several counts under each.",
                mark=by),)  # fmt: skip


def ranked(figures: list[Figure]) -> Parts:
    """Return the largest parts; what is left out is counted."""
    held = [it for it in figures if not isinstance(it.value, Absent)]
    held.sort(key=lambda it: (-low(it.value), it.name))
    notes = [
        f"{it.name}: {it.value.reason}."
        for it in figures
        if isinstance(it.value, Absent) and it.value.reason is Reason.UNDEFINED
    ]
    if len(held) > MOST_PARTS:
        notes.append(say("The {most} largest of {all} are shown.", most=MOST_PARTS, all=len(held)))
    return Parts(tuple(held[:MOST_PARTS]), tuple(notes))


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
        sitting = regrouped(sitting, by)
    if by == "brand" and not sitting.question.scope.brands and not sitting.question.scope.accounts:
        return [*figures_of(sitting, groups, by), *competitors(sitting)]
    return figures_of(sitting, groups, by)


def competitors(sitting: Sitting) -> list[Figure]:
    """Return a figure for each competitor on the platforms in question."""
    platforms = {it.platform for it in sitting.accounts}
    others = [it for it in sitting.surroundings.accounts if not it.own]
    beside: dict[str, list[KnownAccount]] = {}
    for account in others:
        if account.platform in platforms and supplies(sitting.way, account):
            name = sitting.surroundings.brand_names[account.brand]
            beside.setdefault(name, []).append(account)
    found = []
    for name, accounts in beside.items():
        own = replace(sitting.question, baseline=Baseline())
        there = Sitting(
            own, sitting.way, tuple(accounts), sitting.surroundings, sitting.connection, True
        )
        found.append(there.figure(tuple(accounts), name))
    return found


def figures_of(sitting: Sitting, groups: dict[str, list[KnownAccount]], by: str) -> list[Figure]:
    return [
        beside(sitting, tuple(accounts), name, by == "platform")
        for name, accounts in groups.items()
    ]


def beside(sitting: Sitting, accounts: tuple[KnownAccount, ...], name: str, own: bool) -> Figure:
    """Return a part's figure; beside other accounts only a platform has its like among them."""
    if not sitting.rivals:
        return sitting.figure(accounts, name)
    alike = tuple(it for it in sitting.rivals if it.platform == accounts[0].platform)
    if own and alike:
        return sitting.figure(accounts, name, alike)
    return replace(sitting.figure(accounts, name), previous=None, change=None, previous_series=())


def regrouped(sitting: Sitting, by: str) -> Sitting:
    """Return the sitting with its accounts read one by one, or platforms from the rollup."""
    by_platform = by == "platform" and sitting.way.adds_days
    return Sitting(
        sitting.question,
        sitting.way,
        sitting.accounts,
        sitting.surroundings,
        sitting.connection,
        one_by_one=not by_platform,
        by_platform=by_platform,
    )


def by_days(sitting: Sitting, by: str) -> tuple[Figure, ...]:
    """Return the days of each week, month or weekday, from the frame that is there already."""
    groups = group_days(sitting.question.period, by, sitting.surroundings.week_start)
    is_cut = by in ("week", "month")
    held = held_by_account(sitting.way, sitting.now, sitting.whole()).values() if is_cut else ()
    figures = []
    for name, spans in groups.items():
        readings = [
            sitting.way.formula.value(sitting.cell(sitting.now, sitting.accounts, first, last))
            for first, last in spans
        ]
        if len(spans) == 1:
            short = short_of_part(by, spans[0], sitting.way.formula, held)
            figures.append(Figure(name, readings[0], short=short))
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

    @property
    def watched_days(self) -> int:
        return sum(it.watched_days for it in self.cells)

    def sums(self, leaf: Leaf) -> tuple[float, int]:
        pairs = [it.sums(leaf) for it in self.cells]
        return sum(it[0] for it in pairs), sum(it[1] for it in pairs)

    def values(self, leaf: Leaf) -> list[float]:
        return [value for it in self.cells for value in it.values(leaf)]

    def levels(self, leaf: Levels) -> tuple[float, int]:
        return self.cells[-1].levels(leaf)

    def people(self, leaf: People) -> Reading:
        return Absent(Reason.NO_DATA, "reach of scattered days")

    def holding(self, leaves: Sequence[Leaf]) -> "Scattered":
        return self

    def is_whole(self, leaf: Leaf) -> bool:
        return all(it.is_whole(leaf) for it in self.cells)


def by_label(sitting: Sitting, by: str) -> tuple[list[Figure], int]:
    """Read the parts of a label of posts, now and before; also return how many posts lack it."""
    way = sitting.way
    now = read_parts(sitting, by, sitting.question.period, sitting.accounts)
    then = read_parts(sitting, by, sitting.baseline, sitting.rivals or sitting.accounts)
    cell, before = sitting.whole(), sitting.before(sitting.rivals or sitting.accounts)
    fair, broken = sitting.fair(cell, before), sitting.broken(sitting.accounts)
    figures, unnamed = [], 0
    for group in groups_of(now, way.formula):
        value = way.formula.value(part(now, group, sitting.question.period))
        if group is None:
            unnamed = value.n if isinstance(value, Value) else 0
            continue
        past = way.formula.value(part(then, group, sitting.baseline))
        words = broken or fair.words
        unfair = fair.unfair and not broken
        change = None if unfair else compare(value, past, way.unit, broken=words)
        told = past if isinstance(past, Value) and not fair.unfair else None
        figures.append(Figure(say_group(by, group), value, previous=told, change=change))
    return figures, unnamed


def groups_of(frame: Frame, formula: Formula) -> list[Group]:
    """Return the words that a frame's parts have; ``None`` stands for posts without one."""
    found = {
        group
        for leaf in formula.leaves()
        for held in (frame.sums, frame.rows, frame.risen)
        for group in held.get(id(leaf), {})
    }
    return sorted(found, key=lambda it: (it is None, isinstance(it, str), it))


def read_parts(
    sitting: Sitting, by: str, period: Period, accounts: tuple[KnownAccount, ...]
) -> Frame:
    """Read the parts of some accounts over one period."""
    request = sitting.surroundings.request(
        accounts, period.start, period.end, sitting.question, group=by
    )
    return read(sitting.connection, request, [sitting.way.formula])


def part(frame: Frame, group: Group, period: Period) -> FrameCell:
    start, end = day_number(period.start), day_number(period.end)
    return FrameCell(frame, (group,), (), start, end)


def say_group(by: str, group: Group) -> str:
    if by == "weekday":
        return say_weekday(int(group or 0))
    if by == "hour":
        return f"{int(group or 0):02d}:00"
    if by == "paid":
        return say("paid") if group else say("organic")
    if by == "content-type":
        return say_declared(str(group))
    return f"#{group}" if by == "hashtag" else str(group)
