"""``/kpi alerts``: every rule, where it tells, when it told last, and what can be done with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from commands.alerts import wording
from commands.alerts.defaults import DEFAULTS, make_defaults
from commands.alerts.draft import Draft
from commands.alerts.forms import OPEN
from commands.alerts.known import name_channel, read_zone
from commands.alerts.message import say_at, say_until
from commands.alerts.naming import around_of, company_of, say_in
from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, overflow, section
from commands.blocks import context as small_lines
from commands.context import Context
from commands.offers import WATCH_WORDS
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member
from commands.saying import say, say_count
from commands.support.sight import visible
from commands.tongues import in_own_language

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from storage.incidents import IncidentRow

LIST, NEXT, MENU = "alert_list", "alert_next", "alert_rule_menu"
PAGE = 8


@dataclass(frozen=True)
class Line:
    """One rule as the list shows it."""

    rule: Rule
    said: str
    last: IncidentRow | None
    company: str = ""


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, LIST, in_own_language(press_list))
    on_press(app, context, NEXT, in_own_language(turn))
    on_press(app, context, re.compile(f"^{DEFAULTS}"), in_own_language(press_defaults))


async def press_list(context: Context, pressed: Pressed) -> None:
    await show_list(context, pressed.asker)


async def show_list(context: Context, asker: Asker, start: int = 0) -> None:
    """Show the asker alone the rules of channels that they see into."""
    await tell_page(context, asker, start, replace=False)


async def turn(context: Context, pressed: Pressed) -> None:
    start = number_of(pressed.value)
    await tell_page(context, pressed.asker, start, replace=pressed.is_private)


async def tell_page(context: Context, asker: Asker, start: int, *, replace: bool) -> None:
    await require_member(context, asker.user, say(wording.GUESTS))
    held = await context.read(read_lines, context)
    seen = await visible(context, asker.user, {it.rule.channel for it in held})
    lines = [it for it in held if it.rule.channel in seen]
    zone = await context.read(read_zone, context.home.workspace)
    names = {it: await name_channel(context, it) for it in seen}
    text, blocks = compose_list(lines, names, zone, context.clock(), asker, start)
    await tell_blocks(context, asker, text, blocks, replace=replace)


def read_lines(connection: Connection, context: Context) -> list[Line]:
    from kpis.alerts.rules import read_rule
    from storage import alerts, incidents

    workspace = context.home.workspace
    rules = [read_rule(it) for it in alerts.rules(connection, workspace)]
    last = incidents.last_of_rules(connection, workspace, [it.id for it in rules])
    around = around_of(connection, context)
    return [
        Line(
            it,
            say_in(it, around),
            last.get(it.id),
            company_of(connection, workspace, it.id),
        )
        for it in rules
    ]


def compose_list(
    lines: list[Line],
    names: dict[str, str],
    zone: ZoneInfo,
    now: datetime,
    asker: Asker,
    start: int = 0,
) -> tuple[str, list[Block]]:
    """Return one page of the list: what, where, how it stands, and a menu for each."""
    channel = "" if asker.is_direct else asker.channel
    make = [button(say(wording.NEW), OPEN, empty_draft(channel, asker.user).pack())]
    if not any(it.rule.kind in ("crisis", "silence") for it in lines):
        make.append(button(say(WATCH_WORDS), f"{DEFAULTS}:list", channel or " "))
    if not lines:
        text = escape(say(wording.NONE_YET))
        examples = small_lines([escape(say(wording.TRY))])
        return text, [section(text), actions(make), examples]
    text = say_count("{number} alert in place.", "{number} alerts in place.", len(lines))
    blocks: list[Block] = [section(f"*{text}*")]
    for line in lines[start : start + PAGE]:
        said = [f"*{escape(line.said)}*", escape(describe(line, names, zone, now))]
        menu = overflow(MENU, choices(line, now))
        blocks.append(section("\n".join(said)) | {"accessory": menu.to_dict()})
    if start + PAGE < len(lines):
        make.append(button(say("More"), NEXT, str(start + PAGE)))
    blocks.append(actions(make))
    return text, blocks


def describe(line: Line, names: dict[str, str], zone: ZoneInfo, now: datetime) -> str:
    """Return “#marketing · open since Mon 12:10 · last 11 Nov”."""
    rule, last = line.rule, line.last
    name = names.get(rule.channel) or say("a channel")
    parts = [name]
    if line.company:
        parts = [say("{channel} (read by {company} too)", channel=name, company=line.company)]
    if rule.paused is not None:
        parts.append(say("paused"))
    if rule.muted is not None and rule.muted > now:
        parts.append(say("muted until {time}", time=say_until(rule.muted, zone, now)))
    if last is None:
        parts.append(say("never told"))
    elif last.is_open:
        parts.append(say("open since {time}", time=say_at(last.began, zone, now)))
    else:
        parts.append(say("last told {time}", time=say_at(last.found, zone, now)))
    if not rule.settings.every_time:
        parts.append(say("the first time alone"))
    match rule.settings.sensitivity:
        case "fewer":
            parts.append(say("set to fewer alerts"))
        case "more":
            parts.append(say("set to more alerts"))
    return " · ".join(parts)


def choices(line: Line, now: datetime) -> list[tuple[str, str]]:
    rule = line.rule
    found = [(say(wording.CHANGE), f"change:{rule.id}")]
    if rule.paused is None:
        found.append((say(wording.PAUSE), f"pause:{rule.id}"))
    else:
        found.append((say(wording.RESUME), f"resume:{rule.id}"))
    if rule.muted is not None and rule.muted > now:
        found.append((say(wording.UNMUTE), f"unmute:{rule.id}"))
    return [*found, (say(wording.REMOVE), f"remove:{rule.id}")]


def empty_draft(channel: str, user: str) -> Draft:
    """Return what the form of a new rule begins with."""
    from kpis.alerts.rules import Rule, Settings

    settings = Settings(side="below")
    return Draft(Rule(0, 0, channel, "threshold", settings=settings, owner=user, by=user))


async def press_defaults(context: Context, pressed: Pressed) -> None:
    """Make the rules that every team wants, in the channel where it was pressed."""
    channel = pressed.value.strip() or ("" if pressed.asker.is_direct else pressed.asker.channel)
    await make_defaults(context, pressed, channel)
