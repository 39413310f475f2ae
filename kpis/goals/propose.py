"""From a draft to a goal: its target worked out, its parts named, its past looked at (SMART)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from kpis.answers import Absent, Reason, Value
from kpis.catalogue import CATALOGUE, Service
from kpis.goals.currency import currency_of
from kpis.goals.dates import LONGEST_YEARS, today_in
from kpis.goals.draft import Amount, Draft, Unfit
from kpis.goals.history import ENOUGH_HELD, History, history_of
from kpis.goals.judge import judge, why_absent
from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.pace import meets
from kpis.goals.parts import ask_for, parts_of, say_now
from kpis.goals.reading import check_own
from kpis.goals.say import THINGS, lower_title, name_of
from kpis.goals.shapes import RECENT_DAYS, check_goal, shape_of, unit_of, unit_of_goal
from kpis.names import title_of
from kpis.periods import shift_months, unit_end
from kpis.question import Grain, Refusal
from kpis.scopes import pack_scope
from kpis.surroundings import Surroundings
from kpis.titles import count
from kpis.tongue import say
from kpis.wording import say_value
from storage.goals import GoalRow, pack
from storage.measures import Unit


@dataclass(frozen=True)
class Proposal:
    """A goal that could be set as it is."""

    row: GoalRow
    name: str
    parts: tuple[tuple[str, str], ...]
    """Specific, measurable, achievable, relevant, time-bound: each as it is filled."""
    history: History
    now_words: str
    """What it stands at: “Now 41,320.”"""
    notes: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the columns to store."""
        return self.row._asdict()


def require_whole(draft: Draft, today: date) -> None:
    """Refuse a draft with a part missing."""
    for part in draft.missing:
        raise Unfit(ask_for(part, today), part)


def propose(
    draft: Draft,
    connection: Connection,
    around: Surroundings,
    now: datetime,
    *,
    owner: str = "",
    channel: str = "",
    weighs: bool = True,
) -> Proposal:
    """Return what would be set; raises ``Unfit`` with the part of the draft that does not hold.

    Without ``weighs`` the past is not looked at.
    """
    measuring = Measuring(bare_row(draft, owner, channel, now), connection, around, now)
    today = measuring.today
    require_whole(draft, today)
    check_parts(draft, around, today)
    assert draft.amount is not None
    assert draft.end is not None
    start = draft.start or today
    row = measuring.row._replace(start=start, end=draft.end)
    measuring = Measuring(row, connection, around, now)
    base = base_of(measuring)
    unit, title = unit_of(row.kpi, row.variant), title_of(CATALOGUE[row.kpi])
    if currency := currency_of(draft, unit, title, base.answer):
        row = row._replace(scope=pack(row.scoped | {"currency": currency}))
        measuring = Measuring(row, connection, around, now)
        base = base_of(measuring)
    check_has_data(measuring, base)
    target = target_of(draft.amount, base, measuring)
    row = row._replace(target=target, baseline=base.value.low if base.value else None)
    measuring = Measuring(row, connection, around, now)
    if row.every and is_there(measuring):
        row = row._replace(start=row.end, end=unit_end(Grain(row.every), row.end))
        measuring = Measuring(row, connection, around, now)
    check_target(measuring, base)
    known = base.value.low if base.value is not None and base.value.exact else None
    history = history_of(measuring, draft.amount, known) if weighs else History()
    name = name_of(row, around.directory, today)
    return Proposal(
        row,
        name,
        parts_of(draft, measuring, base, history),
        history,
        say_now(measuring, base),
        draft.notes,
    )


def bare_row(draft: Draft, owner: str, channel: str, now: datetime) -> GoalRow:
    """Return a row of what the draft says by itself."""
    kpi = draft.kpi
    known = kpi in CATALOGUE
    return GoalRow(
        id=0,
        text=draft.text,
        kpi=kpi,
        scope=pack(
            pack_scope(draft.scope) | {"options": list(draft.options), "private": draft.private}
        ),
        variant=draft.variant,
        shape=shape_of(kpi, draft.variant, by_then=draft.by_then) if known else "",
        better=draft.better or "higher",
        target=0.0,
        baseline=None,
        start=now.date(),
        end=now.date(),
        every=draft.every,
        aim=draft.aim,
        why=draft.why,
        owner=owner,
        channel="" if draft.private else channel,
        by=owner,
        made=now,
        state="open",
        pace="",
        decided=None,
    )


def check_parts(draft: Draft, around: Surroundings, today: date) -> None:
    """Refuse a KPI, a scope or days that make no goal; a form may hold any of them."""
    with_field(lambda: check_goal(draft.kpi), "kpi")
    with_field(lambda: check_own(draft.scope, around.directory), "scope")
    if not isinstance(CATALOGUE[draft.kpi], Service):
        with_field(lambda: around.choose(draft.scope), "scope")
    assert draft.end is not None
    if draft.end <= today:
        day = today_in(today, 3)
        raise Unfit(say("That day is past. Name one to come, such as {day}.", day=day), "end")
    if draft.end > shift_months(today, 12 * LONGEST_YEARS):
        words = say("That is more than {years} years away. Set a nearer day.", years=LONGEST_YEARS)
        raise Unfit(words, "end")


def with_field(check: Callable[[], object], field: str) -> None:
    try:
        check()
    except Refusal as trouble:
        raise Unfit(str(trouble), field) from trouble


def base_of(measuring: Measuring) -> Days:
    """Return what a goal is compared with: as many settled days before, or how it stands."""
    row, settled = measuring.row, measuring.settled
    if row.shape in ("level", "recent"):
        return measuring.over(settled - RECENT_DAYS * DAY, settled)
    return measuring.over(settled - (row.end - row.start), settled)


def check_has_data(measuring: Measuring, base: Days) -> None:
    """Refuse a goal that nothing could be judged by, with what to bring first."""
    row, reading = measuring.row, base.answer.main.value
    if base.value is not None or (isinstance(reading, Value) and not base.stands_in):
        return
    if measuring.is_service:
        closed = isinstance(reading, Absent) and reading.reason is Reason.REFUSED
        if measuring.around.channels and not closed:
            return
        raise Unfit(why_absent(base), "kpi")
    title = lower_title(title_of(CATALOGUE[row.kpi]))
    days = count((base.end - base.start).days, "day")
    if base.stands_in:
        needs = say("A goal needs the account's own {title}.", title=title)
        raise Unfit(f"{why_absent(base)} {needs}", "kpi")
    words = say(
        "There is no {title} of the last {days} to judge a goal by. "
        "Drop an export in our direct message first.",
        title=title,
        days=days,
    )
    raise Unfit(words, "kpi")


def target_of(amount: Amount, base: Days, measuring: Measuring) -> float:
    """Return the number to reach; a change needs something to start from."""
    row = measuring.row
    if amount.kind == "to":
        return amount.value
    title = lower_title(title_of(CATALOGUE[row.kpi]))
    value = base.value
    if value is None:
        words = say("There is no {title} to start from. Name the number to reach.", title=title)
        raise Unfit(words, "amount")
    if not value.exact:
        words = say(
            "The last {days} of {title} are known in bounds alone: {value}. "
            "Name the number to reach.",
            days=count((base.end - base.start).days, "day"),
            title=title,
            value=lower_title(say_value(base.answer.main, base.answer.unit)),
        )
        raise Unfit(words, "amount")
    if row.shape != "level" and not is_covered(base, measuring):
        words = say(
            "Only {held} of the {days} days before have numbers, too few to start from. "
            "Name the number to reach.",
            held=base.answer.coverage.held,
            days=base.answer.coverage.days,
        )
        raise Unfit(words, "amount")
    target = value.low * amount.value if amount.kind == "times" else value.low + amount.value
    if unit_of_goal(row) in THINGS:
        return float(round(target))
    return target


def is_covered(base: Days, measuring: Measuring) -> bool:
    coverage = base.answer.coverage
    if measuring.is_service:
        return True
    return bool(coverage.days) and coverage.held >= ENOUGH_HELD * coverage.days


def check_target(measuring: Measuring, base: Days) -> None:
    """Refuse a number that cannot be reached, or is already."""
    row = measuring.row
    unit = unit_of_goal(row)
    if row.target <= 0:
        raise Unfit(say("A goal needs a number above 0."), "amount")
    if unit is Unit.PERCENT and measuring.is_service and row.target > 1:
        raise Unfit(say("That is a share: 100 % is all there is."), "amount")
    value = base.value
    now = say_value(base.answer.main, base.answer.unit)
    if row.shape in ("level", "recent") and value is not None:
        worse = value.high if row.better == "lower" else value.low
        if worse is not None and meets(worse, row.target, row.better):
            there = say("It is there already: {value}. Name more.", value=lower_title(now))
            if row.better == "lower":
                there = say("It is there already: {value}. Name less.", value=lower_title(now))
            raise Unfit(there, "amount")
    if row.shape in ("total", "value") and (shown := is_there(measuring)):
        words = say("It is there already: {value} so far. Name more.", value=lower_title(shown))
        raise Unfit(words, "amount")


def is_there(measuring: Measuring) -> str:
    """Return what a goal stands at whose days have begun and which is reached already."""
    row = measuring.row
    if row.start >= measuring.today:
        return ""
    standing = judge(row, measuring.connection, measuring.around, measuring.now, drawn=False)
    return standing.shown if standing.state == "reached" else ""
