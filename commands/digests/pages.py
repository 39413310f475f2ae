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
from commands.saying import declare, say, say_declared
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
    "due": declare("on its way"),
    "sending": declare("on its way"),
    "missed": declare("not sent"),
    "dropped": declare("not sent"),
    "dead": declare("not sent"),
}
WHY: Mapping[str, str] = {
    "paused": declare("it was paused"),
    "removed": declare("it was removed"),
    "shared with another company": declare("another company would read along, and nobody said yes"),
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
    from kpis.tongue import say_noun

    standings = await context_.read(read_standings, context_.home.workspace, context_.clock())
    seen = await visible(context_, user, {it.plan.channel for it in standings})
    mine = [
        it for it in standings if it.plan.channel in seen or user in (it.plan.owner, it.plan.by)
    ]
    if not mine:
        text = line or say(words.NONE_YET)
        row: list[InteractiveElement] = [
            button(say(words.SET_UP), SETUP),
            button(say(words.PREVIEW), SEE, "0"),
        ]
        return Message(escape(text), [section(escape(text)), actions(row)])
    rows = [await row_of(context_, it) for it in mine[:A_PAGE]]
    count = say_noun("digest", len(mine))
    first = await next_words(context_, mine[0])
    text = say("{name}: {value}", name=count, value=first)
    blocks = [section(f"*{count}*" + (f"\n{escape(line)}" if line else "")), *rows]
    if len(mine) > A_PAGE:
        left = len(mine) - A_PAGE
        blocks.append(
            context([say("and {number} more: /kpi digest preview #channel", number=left)])
        )
    blocks.append(actions([button(say(words.SET_UP), SETUP)]))
    return Message(escape(line or text), blocks)


async def next_words(context_: Context, standing: Standing) -> str:
    """Return “#marketing, next on Monday 30 Nov at 09:00, Stockholm time.”"""
    name = await name_of(context_, standing.plan.channel)
    if standing.plan.paused is not None:
        return say("{channel}, paused.", channel=name)
    when = words.say_when(standing.plan, standing.due)
    return say("{channel}, next on {when}.", channel=name, when=when)


async def row_of(context_: Context, standing: Standing) -> Block:
    """Return one digest: where, how often, when next, what last, whose."""
    plan, last = standing.plan, standing.last
    when = words.say_when(plan, standing.due)
    coming = say("Next: {when}", when=when)
    if standing.held_by:
        who = await find_name(context_, standing.held_by)
        coming = say("Next: {when}, held by {who}", when=when, who=who)
    lines = [
        f"*{words.mention(plan.channel)}* · {escape(words.say_rhythm(plan))}",
        escape(coming) if plan.paused is None else f"*{say('Paused')}*",
    ]
    if last is not None:
        lines.append(escape(say("Last: {what}", what=say_delivery(plan, last))))
    owner = await find_name(context_, plan.owner)
    small = [say("Owner: {name}", name=owner)]
    if plan.company:
        small.append(say("{company} reads along", company=plan.company))
    lines.append(escape(" · ".join(small)))
    pausing = (say(words.PAUSE), "pause")
    if plan.paused is not None:
        pausing = (say(words.RESUME), "resume")
    menu = [
        (say(words.PREVIEW), "preview"),
        (say(words.SEND_NOW), "send"),
        (say(words.CHANGE), "change"),
        pausing,
        (say(words.HISTORY), "history"),
    ]
    options = [(label, f"{what}|{plan.id}") for label, what in menu]
    chooser = overflow(f"{ROW}:{plan.id}", options)
    return section("\n".join(lines)) | {"accessory": chooser.to_dict()}


async def name_of(context_: Context, channel: str) -> str:
    """Return “#marketing”; “a channel” where Slack does not say."""
    found = await context_.channels.find(channel)
    return f"#{found.name}" if found.name else say("a channel")


def say_delivery(plan: Plan, row: DeliveryRow) -> str:
    """Return “week 47, sent Mon 23 Nov 09:00”, or why it was not."""
    _, key = split_period(row.period)
    what = say_key(plan, key)
    if row.state == "sent":
        when = words.say_short(plan, row.sent or row.due)
        if row.late:
            return say("{period}, sent {when}, late", period=what, when=when)
        return say("{period}, sent {when}", period=what, when=when)
    state = say_declared(STATES.get(row.state, row.state))
    said = say("{period}, {state}", period=what, state=f"{state}{say_why(row)}")
    earlier = row.details.get("before") if row.state == "missed" else 0
    return say("{what}, and {number} before it", what=said, number=earlier) if earlier else said


def say_why(row: DeliveryRow) -> str:
    """Return “: it was held”, what follows that something was not sent; or nothing."""
    if row.state in ("due", "sending"):
        return ""
    if row.why.startswith("held"):
        return say(": {why}", why=say("it was held"))
    if row.why in REASONS:
        reason = REASONS[row.why]
        parts = [say_declared(it) for it in (reason.why, reason.help) if it]
        return say(": {why}", why=". ".join(parts))
    return say(": {why}", why=say_declared(WHY.get(row.why, row.why))) if row.why else ""


def say_key(plan: Plan, key: str) -> str:
    """Return “week 47”, “November 2026”, “Q4 2026”, “22 Nov 2026”."""
    from kpis.digests.calendar import as_told, period_of
    from kpis.periods import say_shortly
    from storage.errors import KepiError

    try:
        return say_shortly(period_of(as_told(plan, key), key))
    except KepiError:
        return key


async def history_page(context_: Context, plan: Plan) -> Message:
    """Return what became of a digest's last periods, newest first."""
    from kpis.wording import sentence_case
    from storage import digest_periods

    workspace = context_.home.workspace
    standing = await context_.read(read_standing, workspace, plan, context_.clock())
    rows = await context_.read(digest_periods.deliveries_of, workspace, plan.id)
    granted = await find_granted(context_)
    name = await name_of(context_, plan.channel)
    lines = [history_line(plan, it, granted.link(it.posted_in, it.ts)) for it in rows]
    if not lines:
        due = words.say_when(plan, standing.due)
        lines = [escape(say("Nothing was sent yet. Next: {when}", when=due))]
    head = f"*{words.mention(plan.channel)}* · {escape(words.say_rhythm(plan))}"
    blocks = [section(head), *paragraphs(lines)]
    row: list[InteractiveElement] = [
        button(say(words.CHANGE), SETUP, str(plan.id)),
        button(say(words.REMOVE), f"{REMOVE}:ask", str(plan.id)),
    ]
    last = lines[0] if not rows else say_delivery(plan, rows[0])
    text = sentence_case(say("{name}: {value}", name=name, value=last))
    return Message(escape(text), [*blocks, actions(row)])


def history_line(plan: Plan, row: DeliveryRow, link: str) -> str:
    said = escape(say_delivery(plan, row))
    return f"• <{link}|{said}>" if link and row.state == "sent" else f"• {said}"


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return lines as sections of five."""
    return [section("\n".join(lines[at : at + 5])) for at in range(0, len(lines), 5)]
