"""*Why this alert* and *Fewer like this*: the rule in words, and one notch quieter."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands.alerts import wording
from commands.alerts.acts import CHOICES, Press, find_rule, name_rule, of_button, reply
from commands.alerts.editing import refresh
from commands.alerts.known import Held, find_held
from commands.alerts.message import ended, say_at
from commands.alerts.noting import noted
from commands.alerts.story import add_line
from commands.alerts.telling import judge_now
from commands.asker import tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small_lines
from commands.context import Context
from commands.names import find_name
from commands.pressed import Pressed, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from commands.who_sees import hidden_in
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule, Sensitivity
    from kpis.alerts.verdict import Replay, Verdict

MORE = "alert_more"


def register(app: AsyncApp, context: Context) -> None:
    CHOICES.update(why=why, fewer=fewer)
    on_press(app, context, MORE, in_own_language(back))


async def why(context: Context, press: Press) -> None:
    """Say to the presser alone which rule it is, what was found, and how often it tells."""
    await require_member(context, press.user, say(wording.GUESTS))
    held = await find_held(context, press.incident)
    if held.rule is None:
        raise KepiError(wording.RULE_GONE)
    verdict, tried = await asyncio.gather(
        judge_now(context, held.rule), try_again(context, held.rule)
    )
    said = await name_rule(context, held.rule)
    text = escape(say("This alert comes from the rule “{rule}”.", rule=said))
    blocks = compose_why(context, held, said, verdict, tried)
    await tell_blocks(context, press.pressed.asker, text, blocks)


def compose_why(
    context: Context, held: Held, said: str, verdict: Verdict | None, tried: Replay | None
) -> list[Block]:
    """Return the rule in words, the figures, when it was judged, and its history."""
    facts, row, now = held.row.details, held.row, context.clock()
    blocks = [section(f"*{escape(said)}*")]
    found = say_at(row.found, held.zone, now)
    lines = [say("{title}, found {time}.", title=held_title(held), time=found)]
    lines += [str(it) for it in facts.get("lines") or ()][:2]
    if verdict is not None and verdict.words:
        lines.append(say("Judged just now: {words}", words=ended(verdict.words)))
    blocks.append(section("\n".join(map(escape, lines))))
    if tried is not None:
        blocks.append(section(escape(tried.words)))
    rule = held.rule
    if rule is not None:
        blocks.append(small_lines([escape(say_judging(rule))]))
        blocks.append(actions([button(say(wording.ALL), "alert_list")]))
    return blocks


def say_judging(rule: Rule) -> str:
    """Return on what a rule is judged, and how often it is set to tell."""
    if rule.kind in ("crisis", "silence", "goal"):
        words = say("Judged every minute.")
    elif rule.settings.is_live:
        words = say("Judged on all days, also those that may still change.")
    else:
        words = say("Judged on days that no longer change.")
    return " ".join(filter(None, [words, say_setting(rule)]))


def say_setting(rule: Rule) -> str:
    match rule.settings.sensitivity:
        case "fewer":
            return say("Set to fewer alerts.")
        case "more":
            return say("Set to more alerts.")
        case _:
            return ""


def held_title(held: Held) -> str:
    return str(held.row.details.get("title") or held.row.thing)


async def fewer(context: Context, press: Press) -> None:
    """Set the rule one notch quieter, and say how often it would have told."""
    from kpis.tongue import speaking

    held, rule = await find_rule(context, press)
    quieter = step(rule, -1)
    if quieter is None:
        raise KepiError(wording.FEWEST)
    name = await find_name(context, press.user)
    with speaking(held.language):
        said = say(wording.SAYS_FEWER, name=name)
    await context.write(set_and_tell, context, press, quieter, said)
    await refresh(context, held.row.id, at_once=True)
    tried = await try_again(context, quieter)
    words = say(wording.FEWER_NOW, words=say_fewer(tried, rule, quieter)).strip()
    undo = button(say(wording.UNDO), MORE, f"{held.row.id}|{rule.settings.sensitivity}")
    await reply(context, press.pressed, words, (undo,))


def say_fewer(tried: Replay | None, before: Rule, after: Rule) -> str:
    """Return “In 90 days it would have told once, instead of 3 times.”"""
    from kpis.titles import count

    if tried is None:
        return ""
    now, then = (tried.counts.get(it.settings.sensitivity, 0) for it in (after, before))
    told = {"days": count(tried.days, "day"), "times": say_often(now)}
    if now == then:
        return say("In {days} it would have told {times}, as before.", **told)
    former = say_often(then)
    return say("In {days} it would have told {times}, instead of {before}.", **told, before=former)


def say_often(number: int) -> str:
    from kpis.titles import times

    return times(number) if number else say("not once")


def step(rule: Rule, by: int) -> Rule | None:
    """Return the rule at the next sensitivity; nothing where there is none."""
    from kpis.alerts.rules import SENSITIVITIES

    at = SENSITIVITIES.index(rule.settings.sensitivity) + by
    return rule.at(SENSITIVITIES[at]) if 0 <= at < len(SENSITIVITIES) else None


async def back(context: Context, pressed: Pressed) -> None:
    """Undo *Fewer*."""
    from kpis.alerts.rules import SENSITIVITIES
    from kpis.tongue import speaking

    press = of_button(pressed)
    held, rule = await find_rule(context, press)
    wanted = pressed.value.partition("|")[2]
    former: Sensitivity | None = next((it for it in SENSITIVITIES if it == wanted), None)
    if former is None:
        raise KepiError(wording.OLD_BUTTON)
    name = await find_name(context, press.user)
    with speaking(held.language):
        said = say(wording.SAYS_BACK, name=name)
    await context.write(set_and_tell, context, press, rule.at(former), said)
    await refresh(context, held.row.id, at_once=True)
    await reply(context, pressed, say(wording.BACK))


def set_and_tell(
    connection: Connection, context: Context, press: Press, rule: Rule, said: str
) -> None:
    """Change how often a rule tells; what is open goes on."""
    from kpis.alerts.rules import pack_settings
    from storage import alerts, incidents

    workspace = context.home.workspace
    with noted(connection, context, rule.id, press.user):
        alerts.change_rule(connection, workspace, rule.id, settings=pack_settings(rule.settings))
    row = incidents.by_id(connection, workspace, press.incident)
    if row is not None:
        what = f"tuned:{press.pressed.trigger}"
        add_line(connection, workspace, row, what, said, context.clock())


async def try_again(context: Context, rule: Rule) -> Replay | None:
    """Return how often a rule would have told; nothing where it cannot be tried."""
    hidden = await hidden_in(context, rule.channel)
    try:
        return await asyncio.to_thread(replay_in_thread, context, rule, hidden)
    except KepiError:
        return None


def replay_in_thread(context: Context, rule: Rule, hidden: frozenset[str]) -> Replay:
    from kpis.alerts.replay import replay
    from kpis.surroundings import look_around

    with context.database.read() as connection:
        around = look_around(context.database, connection, context.home.workspace)
        return replay(rule, connection, around.without(hidden), context.clock())
