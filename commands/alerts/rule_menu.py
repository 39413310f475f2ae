"""The ⋯ menu of a rule in the list: change it, let it rest, take it away; and undo of that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.alerts import saving, wording
from commands.alerts.draft import Draft, mark_rule, unpack_draft
from commands.alerts.editing import refresh
from commands.alerts.forms import open_rule
from commands.alerts.known import require_rule_right
from commands.alerts.listing import LIST, MENU
from commands.alerts.naming import company_of, say_one
from commands.alerts.noting import noted
from commands.alerts.saving import close_all, find_rule
from commands.asker import tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.names import find_name
from commands.pressed import Pressed, number_of, on_press, read_press, start
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language, language_of_channel
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule

RESTORE = "alert_restore"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, RESTORE, in_own_language(restore))

    @app.action(MENU)
    async def menu(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        chosen = (body["actions"][0].get("selected_option") or {}).get("value")
        act, _, number = str(chosen or "").partition(":")

        async def work(context: Context, pressed: Pressed) -> None:
            await choose(context, pressed, act, number_of(number))

        start(context, in_own_language(work), read_press(body))


async def choose(context: Context, pressed: Pressed, act: str, number: int) -> None:
    """Change, pause, resume, unmute or remove a rule."""
    from kpis.tongue import speaking

    user = pressed.asker.user
    await require_member(context, user, say(wording.GUESTS))
    rule = await find_rule(context, number)
    await require_rule_right(context, user, rule)
    if act == "change":
        company = await context.read(company_of, context.home.workspace, rule.id)
        asker, looked = tuple(pressed.asker.pack()), context.clock().isoformat()
        draft = Draft(rule, company, asker, mark_rule(rule), looked)
        await open_rule(context, pressed.trigger, draft)
        return
    said = await context.read(say_one, context, rule)
    line = say_done(act, said)
    if not line:
        raise KepiError(wording.OLD_BUTTON)
    name = await find_name(context, user)
    with speaking(await language_of_channel(context, rule.channel)):
        closed = await context.write(carry_out, context, rule, act, user, name)
    for incident in closed:
        await refresh(context, incident, at_once=True)
    undo = [button(say(wording.UNDO), RESTORE, Draft(rule).pack())] if act == "remove" else []
    text = escape(line)
    row = [*undo, button(say(wording.ALL), LIST)]
    await tell_blocks(context, pressed.asker, text, [section(text), actions(row)])


def say_done(act: str, rule: str) -> str:
    """Return what was done; nothing of an act that is not known."""
    match act:
        case "pause":
            return say(wording.PAUSED, rule=rule)
        case "resume" | "unmute":
            return say(wording.RESUMED, rule=rule)
        case "remove":
            return say(wording.REMOVED, rule=rule)
        case _:
            return ""


def carry_out(
    connection: Connection, context: Context, rule: Rule, act: str, user: str, name: str
) -> list[int]:
    """Do it, and note who did; return what was closed with it."""
    with noted(connection, context, rule.id, user):
        return act_on(connection, context, rule, act, name)


def act_on(connection: Connection, context: Context, rule: Rule, act: str, name: str) -> list[int]:
    """What is open of a rule that rests is closed, with a line that says who did."""
    from storage import alerts

    workspace, now = context.home.workspace, context.clock()
    if act == "resume":  # what happened while it rested is not told
        alerts.change_rule(connection, workspace, rule.id, paused=None, made=now)
        return []
    if act == "unmute":
        alerts.mute_rule(connection, workspace, rule.id, None)
        return []
    if act == "pause":
        closed = close_all(connection, context, rule.id, say(wording.SAYS_PAUSED, name=name))
        alerts.pause_rule(connection, workspace, rule.id, now)
        return closed
    closed = close_all(connection, context, rule.id, say(wording.SAYS_REMOVED, name=name))
    alerts.remove_rule(connection, workspace, rule.id, now)
    return closed


async def restore(context: Context, pressed: Pressed) -> None:
    """Undo a removal: the rule is made again as it was, by whom it was."""
    draft = unpack_draft(pressed.value, context.home.workspace)
    user = pressed.asker.user
    await require_member(context, user, say(wording.GUESTS))
    await require_rule_right(context, user, draft.rule)
    again = Draft(replace(draft.rule, id=0), draft.company)
    rule = await saving.save(context, user, again, author=draft.rule.by)
    text = escape(say(wording.RESUMED, rule=await context.read(say_one, context, rule)))
    await tell_blocks(context, pressed.asker, text, [section(text)], replace=pressed.is_private)
