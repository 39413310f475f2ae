"""What people do with an incident: take it, mute its rule, ask why; each press is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.blocks.block_elements import ButtonElement

from commands.alerts import wording
from commands.alerts.editing import refresh
from commands.alerts.known import Held, find_held, require_rule_right
from commands.alerts.message import MENU, TAKE, say_until
from commands.alerts.naming import say_one
from commands.alerts.noting import noted
from commands.alerts.story import add_line
from commands.asker import tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.names import find_name
from commands.pressed import Pressed, number_of, on_press, read_press, start
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule

LEAVE, UNMUTE = "alert_leave", "alert_unmute"
MUTED_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Press:
    """A press on an incident."""

    pressed: Pressed
    incident: int
    act: str = ""

    @property
    def user(self) -> str:
        return self.pressed.asker.user


Act = Callable[[Context, Press], Awaitable[None]]
CHOICES: dict[str, Act] = {}
"""Choices of the ⋯ menu; each part of the room adds its own."""


def register(app: AsyncApp, context: Context) -> None:
    on_incident(app, context, TAKE, take)
    on_press(app, context, LEAVE, in_own_language(leave))
    on_incident(app, context, UNMUTE, unmute)
    CHOICES.update(mute=mute, unmute=unmute)

    @app.action(MENU)
    async def menu(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        press = of_menu(body)
        act = CHOICES.get(press.act, outdated)

        async def work(context: Context, _pressed: Pressed) -> None:
            await act(context, press)

        start(context, in_own_language(work), press.pressed)


def on_incident(app: AsyncApp, context: Context, button_id: str, act: Act) -> None:
    """Let ``act`` follow a press of an incident's button, in the presser's language."""

    async def work(context: Context, pressed: Pressed) -> None:
        await act(context, of_button(pressed))

    on_press(app, context, button_id, in_own_language(work))


def of_button(pressed: Pressed) -> Press:
    return Press(pressed, number_of(pressed.value.partition("|")[0]))


def of_menu(body: Mapping[str, Any]) -> Press:
    """Return the press: the menu's act and incident are in what was chosen."""
    chosen = (body["actions"][0].get("selected_option") or {}).get("value")
    act, _, number = str(chosen or "").partition(":")
    return Press(read_press(body), number_of(number), act)


async def outdated(context: Context, press: Press) -> None:
    raise KepiError(wording.OLD_BUTTON)


async def find_open(context: Context, press: Press) -> Held:
    """Return the incident that was pressed, still open; members alone."""
    await require_member(context, press.user, say(wording.GUESTS))
    held = await find_held(context, press.incident)
    if not held.row.is_open:
        raise KepiError(wording.OVER)
    return held


async def reply(
    context: Context, pressed: Pressed, words: str, row: tuple[ButtonElement, ...] = ()
) -> None:
    """Answer a press before the presser alone; a private line that was pressed is replaced."""
    text = escape(words)
    blocks: list[Block] = [section(text)]
    if row:
        blocks.append(actions(list(row)))
    await tell_blocks(context, pressed.asker, text, blocks, replace=pressed.is_private)


# --- I'm on it


async def take(context: Context, press: Press) -> None:
    """Let the presser look after it; whoever did before is named in the thread."""
    from kpis.tongue import speaking

    held = await find_open(context, press)
    number = str(held.row.id)
    if held.row.owner == press.user:
        leaving = button(say(wording.UNDO), LEAVE, f"{number}|")
        await reply(context, press.pressed, say(wording.ON_IT_ALREADY), (leaving,))
        return
    name = await find_name(context, press.user)
    names = {press.user: name}
    if held.row.owner:
        names[held.row.owner] = await find_name(context, held.row.owner)
    with speaking(held.language):
        before = await context.write(take_and_tell, context, press, names)
    await refresh(context, held.row.id, at_once=True)
    undo = button(say(wording.UNDO), LEAVE, f"{number}|{before}")
    await reply(context, press.pressed, say(wording.TAKEN), (undo,))


def take_and_tell(
    connection: Connection, context: Context, press: Press, names: Mapping[str, str]
) -> str:
    """Write down who is on it, with the line for the thread; return who was before."""
    from storage import incident_acts

    workspace = context.home.workspace
    taken = incident_acts.take(connection, workspace, press.incident, press.user)
    if taken is None:
        raise KepiError(wording.GONE)
    words = say(wording.SAYS_TAKEN, name=names[press.user])
    if taken.before not in ("", press.user):
        before = names.get(taken.before) or say("somebody else")
        words = say(wording.SAYS_TAKEN_OVER, name=names[press.user], before=before)
    what = f"taken:{press.pressed.trigger}"
    add_line(connection, workspace, taken.row, what, words, context.clock())
    return taken.before


async def leave(context: Context, pressed: Pressed) -> None:
    """Undo a taking: it is whose it was before."""
    from kpis.tongue import speaking

    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    number, _, before = pressed.value.partition("|")
    held = await find_held(context, number_of(number))
    user = pressed.asker.user
    if held.row.owner != user:
        other = await find_name(context, held.row.owner) if held.row.owner else say("Nobody")
        raise KepiError(wording.NOT_LEFT, name=other)
    name = await find_name(context, user)
    with speaking(held.language):
        await context.write(leave_and_tell, context, held.row.id, pressed, before, name)
    await refresh(context, held.row.id, at_once=True)
    await reply(context, pressed, say(wording.LEFT))


def leave_and_tell(
    connection: Connection,
    context: Context,
    incident: int,
    pressed: Pressed,
    before: str,
    name: str,
) -> None:
    from storage import incident_acts

    workspace = context.home.workspace
    row = incident_acts.give_back(connection, workspace, incident, pressed.asker.user, before)
    if row is not None:
        words = say(wording.SAYS_LEFT, name=name)
        what = f"left:{pressed.trigger}"
        add_line(connection, workspace, row, what, words, context.clock())


# --- muting


async def mute(context: Context, press: Press) -> None:
    """Let the rule be silent for a week."""
    from kpis.tongue import speaking

    until = context.clock() + MUTED_FOR
    held, rule = await find_rule(context, press)
    name = await find_name(context, press.user)
    with speaking(held.language):
        when = say_until(until, held.zone, context.clock())
        said = say(wording.SAYS_MUTED, name=name, until=when)
    await context.write(mute_and_tell, context, press, rule.id, until, said)
    await refresh(context, held.row.id, at_once=True)
    when = say_until(until, held.zone, context.clock())
    words = say(wording.MUTED, rule=await name_rule(context, rule), until=when)
    undo = button(say(wording.UNMUTE), UNMUTE, str(held.row.id))
    await reply(context, press.pressed, words, (undo,))


async def unmute(context: Context, press: Press) -> None:
    """Let the rule speak again."""
    from kpis.tongue import speaking

    held, rule = await find_rule(context, press)
    name = await find_name(context, press.user)
    with speaking(held.language):
        said = say(wording.SAYS_UNMUTED, name=name)
    await context.write(mute_and_tell, context, press, rule.id, None, said)
    await refresh(context, held.row.id, at_once=True)
    words = say(wording.UNMUTED, rule=await name_rule(context, rule))
    await reply(context, press.pressed, words)


def mute_and_tell(
    connection: Connection, context: Context, press: Press, rule: int, until: Any, said: str
) -> None:
    from storage import alerts, incidents

    workspace = context.home.workspace
    with noted(connection, context, rule, press.user):
        alerts.mute_rule(connection, workspace, rule, until)
    row = incidents.by_id(connection, workspace, press.incident)
    if row is not None:
        what = f"muted:{press.pressed.trigger}"
        add_line(connection, workspace, row, what, said, context.clock())


async def find_rule(context: Context, press: Press) -> tuple[Held, Rule]:
    """Return an incident and its rule, which the presser may change."""
    await require_member(context, press.user, say(wording.GUESTS))
    held = await find_held(context, press.incident)
    if held.rule is None or held.rule.removed is not None:
        raise KepiError(wording.RULE_GONE)
    await require_rule_right(context, press.user, held.rule)
    return held, held.rule


async def name_rule(context: Context, rule: Rule) -> str:
    """Return a rule as lists name it."""
    return await context.read(say_one, context, rule)
