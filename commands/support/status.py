"""``/support status``: which channels are set up, how, by whom, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, actions, button, context, escape, section
from commands.saying import joined, say, say_count
from commands.support import wording
from commands.support.granted import find_granted
from commands.support.listing import Listed
from commands.support.looking import names_of
from commands.support.moments import micros_of, say_moment
from commands.support.requests import Request
from commands.support.sight import visible
from commands.support.switches import read_choice, say_state
from support.rules import FIGURES_BY_PERSON, RATINGS, Mode, Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import DeskRow

MOST = 9


@dataclass(frozen=True)
class Line:
    """One channel, as tables hold it."""

    desk: DeskRow
    rules: Rules
    is_set_up: bool
    since: datetime | None
    by: str
    changes: int
    relays: int
    live: int


@dataclass(frozen=True)
class Held:
    lines: list[Line]
    zone: ZoneInfo
    has_figures: bool
    has_ratings: bool


def read_held(connection: Connection, workspace: int) -> Held:
    from storage import desks, issues
    from storage.desk_changes import changes_of
    from storage.workspaces import zone_of
    from support.rulebook import read_book

    lines = []
    for desk in desks.all_desks(connection, workspace):
        changes = changes_of(connection, workspace, desk.channel)
        lines.append(
            Line(
                desk=desk,
                rules=read_book(connection, workspace, desk.channel).latest,
                is_set_up=bool(changes),
                since=changes[-1].since if changes else None,
                by=changes[-1].by if changes else "",
                changes=len(changes),
                relays=len(desks.relay_rules(connection, workspace, desk.channel)),
                live=len(issues.live(connection, workspace, desk.channel)),
            )
        )
    return Held(
        lines,
        ZoneInfo(zone_of(connection, workspace)),
        read_choice(connection, workspace, FIGURES_BY_PERSON),
        read_choice(connection, workspace, RATINGS),
    )


async def answer(request: Request) -> None:
    ctx, user = request.context, request.asker.user
    held = await ctx.read(read_held, ctx.home.workspace)
    granted = await find_granted(ctx)
    open_to = await visible(ctx, user, [it.desk.channel for it in held.lines])
    shown = [it for it in held.lines if it.desk.channel in open_to]
    names = await names_of(ctx, [it.by for it in shown])
    now = micros_of(ctx.clock())
    await request.answer(compose(held, shown, names, now, granted.says()))


def compose(
    held: Held, shown: list[Line], names: Mapping[str, str], now: int, lacks: tuple[str, ...]
) -> Listed:
    count = len(held.lines)
    text = say(wording.NO_CHANNEL_YET)
    if count:
        text = say_count(wording.ONE_SET_UP, wording.STATUS, count)
    blocks: list[Block] = [section(escape(text))]
    blocks += [
        section("\n".join(map(escape, describe(it, held, names, now)))) for it in shown[:MOST]
    ]
    small = [
        say(wording.FIGURES_ARE, state=say_state(held.has_figures)),
        say(wording.RATINGS_ARE, state=say_state(held.has_ratings)),
        *lacks,
    ]
    if count > len(shown[:MOST]):
        small.append(say(wording.NOT_SHOWN, number=count - len(shown[:MOST])))
    blocks.append(context([escape(it) for it in small]))
    blocks.append(actions([button(say(wording.SET_UP), "support_setup")]))
    return Listed(escape(text), blocks)


def describe(it: Line, held: Held, names: Mapping[str, str], now: int) -> list[str]:
    """Return a channel in at most five lines."""
    rules, desk = it.rules, it.desk
    opens = {
        Mode.AUTO: say("every message of a customer opens an issue"),
        Mode.RELAY: say("posts that an app brings open issues"),
        Mode.MANUAL: say("only what somebody tracks"),
        Mode.OFF: say("off"),
    }[rules.mode]
    live = say("{number} open", number=it.live)
    lines = [f"#{desk.name or desk.channel} · {opens}", f"{who_answers(rules)} · {live}"]
    if it.relays:
        lines.append(
            say_count(
                "{number} rule for posts of apps", "{number} rules for posts of apps", it.relays
            )
        )
    if desk.gone is not None:
        since = say_moment(micros_of(desk.gone), held.zone, now)
        lines.append(say("I have not been there since {when}. /invite @Kepi", when=since))
    elif desk.catching_up:
        lines.append(say("Catching up after a pause"))
    if it.since is not None:
        by = names.get(it.by, "")
        when = say_moment(micros_of(it.since), held.zone, now)
        lines.append(
            say("Changed {when} by {name}", when=when, name=by)
            if by
            else say("Changed {when}", when=when)
        )
    return lines[:5]


def who_answers(rules: Rules) -> str:
    """Return who answers, counted: names are in the form."""
    parts = []
    if rules.responders:
        parts.append(say_count("{number} person", "{number} people", len(rules.responders)))
    if rules.responder_groups:
        groups = len(rules.responder_groups)
        parts.append(say_count("{number} user group", "{number} user groups", groups))
    if rules.responders_channel:
        parts.append(say("members of a channel"))
    if rules.others_are == "responder":
        parts.append(say("every colleague"))
    if not parts:
        return say("Nobody is named who answers")
    return say("Answered by {people}", people=joined(parts))
