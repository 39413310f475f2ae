"""``/kpi why …``: where the difference to the period before, a year ago or a goal comes from.

The difference is split by platform, account and content type; the parts of each split add up to
it exactly (feature 91). What is told is where it happened, not what caused it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kpis.analyses.drivers import Cells, Driver, can_split, is_rate, split_difference
from kpis.analyses.goal_gap import say_goal_gaps
from kpis.analyses.ground import seat, told
from kpis.answers import Absent, Answer, Change, Figure, Receipt, Value
from kpis.breakdown import groups_of, part, read_parts
from kpis.language import Levels
from kpis.names import meaning_of
from kpis.numbers import write_change
from kpis.question import Beside, KnownAccount, Question, Refusal
from kpis.sitting import Sitting
from kpis.surroundings import Surroundings
from kpis.titles import account_title, listed
from kpis.tongue import say
from kpis.ways import Way
from storage.measures import Unit
from storage.platforms import PLATFORMS

MOST = 8
"""Parts of a split that are shown; the smallest of more become one."""


@dataclass(frozen=True)
class Split:
    """A difference by one dimension."""

    by: str
    drivers: tuple[Driver, ...]

    @property
    def telling(self) -> float:
        """Return how far one part stands out: 1 where a single one did all of it."""
        sizes = [abs(it.size) for it in self.drivers]
        return max(sizes) / sum(sizes) if sum(sizes) else 0.0


def require_in_time(question: Question) -> None:
    """Refuse to split a distance to other accounts; raises ``Refusal``."""
    if question.baseline.kind is Beside.ACCOUNTS:
        raise Refusal(
            say("I can split a change in time, not the distance to others. Leave out “vs {who}”.",
                who=question.baseline.words or say("them"))
        )  # fmt: skip


def answer_why(question: Question, connection: Connection, around: Surroundings) -> Answer:
    """Return the difference with its drivers; raises ``Refusal`` for what cannot be split."""
    require_in_time(question)
    sitting = seat(question, connection, around)
    if isinstance(sitting, Answer):
        return sitting
    if not can_split(sitting.way.formula):
        raise Refusal(
            say(
                "{kpi} is not made of parts that add up, so its change can't be split. "
                "Try: /kpi {key} by platform.",
                kpi=sitting.way.title,
                key=question.kpi,
            )
        )
    found = splits(sitting)
    if not found and (other := seat_of_posts(question, connection, around)) is not None:
        sitting, found = other, splits(other)
    figure = sitting.figure(sitting.accounts, sitting.way.title)
    return tell(sitting, figure, tuple(found), difference(sitting))


def seat_of_posts(
    question: Question, connection: Connection, around: Surroundings
) -> Sitting | None:
    """Return the same counted on posts, whose content types can be told apart."""
    try:
        other = seat(question, connection, around, of_posts=True)
    except Refusal:
        return None
    if isinstance(other, Answer) or not can_split(other.way.formula):
        return None
    return other


def difference(sitting: Sitting) -> float | None:
    """Return by how much the value moved, where both are there."""
    now = sitting.value()
    then = sitting.way.formula.value(sitting.before(sitting.accounts))
    if isinstance(now, Absent) or isinstance(then, Absent):
        return None
    return now.low - then.low


def splits(sitting: Sitting) -> list[Split]:
    """Return the splits that have two parts or more, the most telling first."""
    if difference(sitting) is None:
        return []
    found = []
    for by, cells in cells_of(sitting).items():
        drivers = tuple(split_difference(sitting.way.formula, cells))
        if len(drivers) > 1:
            found.append(Split(by, drivers))
    return sorted(found, key=lambda it: -it.telling)


def cells_of(sitting: Sitting) -> dict[str, Cells]:
    """Return the cells now and before of each part, by dimension."""
    platforms: dict[str, list[KnownAccount]] = {}
    for account in sitting.accounts:
        platforms.setdefault(PLATFORMS[account.platform].title, []).append(account)
    by_platform = {name: tuple(them) for name, them in platforms.items()}
    by_account = {account_title(it): (it,) for it in sitting.accounts}
    found: dict[str, Cells] = {}
    if len(by_platform) > 1:
        found["platform"] = {
            name: (sitting.whole(them), sitting.before(them)) for name, them in by_platform.items()
        }
    if len(by_account) > len(by_platform):
        found["account"] = {
            name: (sitting.whole(them), sitting.before(them)) for name, them in by_account.items()
        }
    if sitting.way.reads_posts and not any(
        isinstance(it, Levels) for it in sitting.way.formula.leaves()
    ):
        found["content-type"] = by_type(sitting)
    return found


def by_type(sitting: Sitting) -> Cells:
    """Return the cells of each content type, and of the posts without one."""
    question, formula = sitting.question, sitting.way.formula
    now = read_parts(sitting, "content-type", question.period, sitting.accounts)
    then = read_parts(sitting, "content-type", sitting.baseline, sitting.accounts)
    groups = dict.fromkeys([*groups_of(now, formula), *groups_of(then, formula)])
    return {
        say("without a type") if group is None else str(group): (
            part(now, group, question.period),
            part(then, group, sitting.baseline),
        )
        for group in groups
    }


# --- words -----------------------------------------------------------------------------------


def tell(sitting: Sitting, figure: Figure, found: tuple[Split, ...], size: float | None) -> Answer:
    unit = sitting.way.unit
    details = []
    if found and size is not None:
        if figure.previous is None:
            details.append(say_missing(size, unit))
        details += say_pushes(found[0], unit)
        details += [say_split(it, unit) for it in found[1:]]
    shown = replace(figure, details=tuple(details)) if found else figure
    receipt = Receipt(
        sitting.way.formula.words,
        meaning_of(sitting.way.kpi),
        lines=tuple(line for it in found for line in say_parts(it, sitting.way, size or 0.0)),
    )
    title = say("Why {kpi} moved", kpi=sitting.way.title)
    answer = told(sitting, title, shown, receipt)
    notes = say_goal_gaps(sitting, figure)
    if found:
        notes.append(say("Where it happened, not what caused it."))
    elif isinstance(figure.value, Value):
        notes.append(nothing_to_split(size))
    if sitting.way.stands_in and sitting.way.reads_posts:
        notes.append(say("Counted on the posts published in these days."))
    return replace(
        answer,
        breakdown=bars_of(found[0], unit) if found else (),
        notes=tuple(notes),
        chart="bars" if found else "line",
    )


def say_missing(size: float, unit: Unit) -> str:
    """Return the difference where too many days are missing to call it a change."""
    return say(
        "{size} in sum, but days or accounts are missing in one of the two periods: "
        "that alone moves numbers.",
        size=signed(size, unit),
    )


def nothing_to_split(size: float | None) -> str:
    if size is None:
        return say("Nothing before to compare with.")
    return say("One account and no content types: there is nothing to split it by.")


def signed(size: float, unit: Unit) -> str:
    return write_change(Change("points" if unit is Unit.PERCENT else "absolute", size), unit)


def say_pushes(split: Split, unit: Unit) -> list[str]:
    """Return what pushed up and what pulled down, three of each."""
    up = [it for it in split.drivers if it.size > 0][:3]
    down = [it for it in split.drivers if it.size < 0][:3]
    said = []
    if up:
        parts = listed([f"{it.name} {signed(it.size, unit)}" for it in up])
        said.append(say("Pushed up: {parts}.", parts=parts))
    if down:
        parts = listed([f"{it.name} {signed(it.size, unit)}" for it in down])
        said.append(say("Pulled down: {parts}.", parts=parts))
    return said


def say_split(split: Split, unit: Unit) -> str:
    parts = ", ".join(f"{it.name} {signed(it.size, unit)}" for it in split.drivers[:4])
    if split.by == "content-type":
        return say("By content type: {parts}.", parts=parts)
    if split.by == "account":
        return say("By account: {parts}.", parts=parts)
    return say("By platform: {parts}.", parts=parts)


def say_parts(split: Split, way: Way, size: float) -> list[str]:
    """Return the arithmetic of a split: every part, and the sum."""
    lines = []
    for it in split.drivers:
        line = f"{it.name}: {signed(it.size, way.unit)}"
        if is_rate(way.formula):
            rate, mix = signed(it.rate, way.unit), signed(it.mix, way.unit)
            line += " " + say("({rate} its own rate, {mix} its weight)", rate=rate, mix=mix)
        lines.append(line)
    lines.append(say("Together: {size}", size=signed(size, way.unit)))
    return lines


def bars_of(split: Split, unit: Unit) -> tuple[Figure, ...]:
    """Return a figure a part; of many the smallest become one, so that the sum stays."""
    shown, rest = split.drivers[:MOST], split.drivers[MOST:]
    if rest:
        shown = (*shown, Driver(say("the others"), sum(it.size for it in rest)))
    return tuple(
        Figure(it.name, Value(it.size, it.size, MOST), headline=signed(it.size, unit))
        for it in shown
    )
