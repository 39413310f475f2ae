"""All digests with their next run, and the history of one: pages for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import (
    Block,
    actions,
    button,
    context,
    escape,
    overflow,
    section,
)
from commands.context import Context
from commands.digests import words
from commands.digests.reading import read_period, read_plans, split_period
from commands.messages import Message
from commands.names import find_name
from commands.support.granted import find_granted
from commands.unsent import REASONS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.outbox import DeliveryRow

SETUP, LIST, ROW = "digest_setup", "digest_list", "digest_row"
SEE, REMOVE, AGAIN = "digest_preview", "digest_remove", "digest_again"
A_PAGE = 10
"""Digests: with head, small print and buttons at most 15 blocks."""
STATES: Mapping[str, str] = {
    "due": "on its way",
    "sending": "on its way",
    "missed": "not sent",
    "dropped": "not sent",
    "dead": "not sent",
}
WHY: Mapping[str, str] = {
    "paused": "it was paused",
    "removed": "it was removed",
    "shared with another company": "another company would read along, and nobody said yes",
}


@dataclass(frozen=True)
class Standing:
    """A digest with what comes next and what came last."""

    plan: Plan
    due: datetime
    """When the next one comes that is not out yet."""
    held_by: str
    last: DeliveryRow | None


def read_standings(connection: Connection, workspace: int, now: datetime) -> list[Standing]:
    return [
        read_standing(connection, workspace, it, now) for it in read_plans(connection, workspace)
    ]


def read_standing(connection: Connection, workspace: int, plan: Plan, now: datetime) -> Standing:
    from kpis.digests.calendar import next_due
    from storage import digest_periods

    key, due = next_due(plan, now)
    period = read_period(connection, workspace, plan, key)
    if period.is_out:  # somebody sent it before its time
        key, due = next_due(plan, due)
        period = read_period(connection, workspace, plan, key)
    rows = digest_periods.deliveries_of(connection, workspace, plan.id, 1)
    held_by = period.run.held_by if period.run.held is not None else ""
    return Standing(plan, due, held_by, next(iter(rows), None))


async def list_page(context_: Context, user: str, line: str = "") -> Message:
    """Return every digest that the reader may know of: private channels are their members'."""
    from commands.support.sight import visible

    standings = await context_.read(read_standings, context_.home.workspace, context_.clock())
    seen = await visible(context_, user, {it.plan.channel for it in standings})
    mine = [
        it for it in standings if it.plan.channel in seen or user in (it.plan.owner, it.plan.by)
    ]
    if not mine:
        text = line or words.NONE_YET
        row: list[InteractiveElement] = [
            button(words.SET_UP, SETUP),
            button(words.PREVIEW, SEE, "0"),
        ]
        return Message(escape(text), [section(escape(text)), actions(row)])
    rows = [await row_of(context_, it) for it in mine[:A_PAGE]]
    count = "1 digest" if len(mine) == 1 else f"{len(mine)} digests"
    first = await next_words(context_, mine[0])
    text = f"{count}: {first}"
    blocks = [section(f"*{count}*" + (f"\n{escape(line)}" if line else "")), *rows]
    if len(mine) > A_PAGE:
        blocks.append(context([f"and {len(mine) - A_PAGE} more: /kpi digest preview #channel"]))
    blocks.append(actions([button(words.SET_UP, SETUP)]))
    return Message(escape(line or text), blocks)


async def next_words(context_: Context, standing: Standing) -> str:
    """Return “#marketing, next on Monday 30 Nov at 09:00, Stockholm time.”"""
    name = await name_of(context_, standing.plan.channel)
    if standing.plan.paused is not None:
        return f"{name}, paused."
    return f"{name}, next on {words.say_when(standing.plan, standing.due)}."


async def row_of(context_: Context, standing: Standing) -> Block:
    """Return one digest: where, how often, when next, what last, whose."""
    plan, last = standing.plan, standing.last
    coming = f"Next: {words.say_when(plan, standing.due)}"
    if standing.held_by:
        coming += f", held by {await find_name(context_, standing.held_by)}"
    lines = [
        f"*{words.mention(plan.channel)}* · {escape(words.say_rhythm(plan))}",
        escape(coming) if plan.paused is None else "*Paused*",
    ]
    if last is not None:
        lines.append(escape(f"Last: {say_delivery(plan, last)}"))
    owner = await find_name(context_, plan.owner)
    small = [f"Owner: {owner}"]
    if plan.company:
        small.append(f"{plan.company} reads along")
    lines.append(escape(" · ".join(small)))
    pausing = ("Resume", "resume") if plan.paused is not None else ("Pause", "pause")
    menu = [
        (words.PREVIEW, "preview"),
        (words.SEND_NOW, "send"),
        (words.CHANGE, "change"),
        pausing,
        (words.HISTORY, "history"),
    ]
    options = [(label, f"{what}|{plan.id}") for label, what in menu]
    chooser = overflow(f"{ROW}:{plan.id}", options)
    return section("\n".join(lines)) | {"accessory": chooser.to_dict()}


async def name_of(context_: Context, channel: str) -> str:
    """Return “#marketing”; “a channel” where Slack does not say."""
    found = await context_.channels.find(channel)
    return f"#{found.name}" if found.name else "a channel"


def say_delivery(plan: Plan, row: DeliveryRow) -> str:
    """Return “week 47, sent Mon 23 Nov 09:00”, or why it was not."""
    _, key = split_period(row.period)
    what = say_key(plan, key)
    if row.state == "sent":
        late = ", late" if row.late else ""
        return f"{what}, sent {words.say_short(plan, row.sent or row.due)}{late}"
    state = STATES.get(row.state, row.state)
    earlier = row.details.get("before") if row.state == "missed" else 0
    more = f", and {earlier} before it" if earlier else ""
    return f"{what}, {state}{say_why(row)}{more}"


def say_why(row: DeliveryRow) -> str:
    if row.state in ("due", "sending"):
        return ""
    if row.why.startswith("held"):
        return ": it was held"
    if row.why in REASONS:
        reason = REASONS[row.why]
        return f": {'. '.join(filter(None, (reason.why, reason.help)))}"
    return f": {WHY.get(row.why, row.why)}" if row.why else ""


def say_key(plan: Plan, key: str) -> str:
    """Return “week 47”, “November 2026”, “Q4 2026”, “22 Nov 2026”."""
    from kpis.digests.calendar import as_told, period_of
    from storage.errors import KepiError

    try:
        return period_of(as_told(plan, key), key).words.partition(",")[0]
    except KepiError:
        return key


async def history_page(context_: Context, plan: Plan) -> Message:
    """Return what became of a digest's last periods, newest first."""
    from storage import digest_periods

    workspace = context_.home.workspace
    standing = await context_.read(read_standing, workspace, plan, context_.clock())
    rows = await context_.read(digest_periods.deliveries_of, workspace, plan.id)
    granted = await find_granted(context_)
    name = await name_of(context_, plan.channel)
    lines = [history_line(plan, it, granted.link(it.posted_in, it.ts)) for it in rows]
    if not lines:
        due = words.say_when(plan, standing.due)
        lines = [escape(f"Nothing was sent yet. Next: {due}")]
    head = f"*{words.mention(plan.channel)}* · {escape(words.say_rhythm(plan))}"
    blocks = [section(head), *paragraphs(lines)]
    row: list[InteractiveElement] = [
        button(words.CHANGE, SETUP, str(plan.id)),
        button(words.REMOVE, f"{REMOVE}:ask", str(plan.id)),
    ]
    text = f"{name}: {lines[0] if not rows else say_delivery(plan, rows[0])}."
    return Message(escape(text.replace("..", ".")), [*blocks, actions(row)])


def history_line(plan: Plan, row: DeliveryRow, link: str) -> str:
    said = escape(say_delivery(plan, row))
    return f"• <{link}|{said}>" if link and row.state == "sent" else f"• {said}"


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return lines as sections of five."""
    return [section("\n".join(lines[at : at + 5])) for at in range(0, len(lines), 5)]
