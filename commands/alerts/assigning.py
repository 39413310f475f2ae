"""*Assign*: somebody is to look after it, and is told in a direct message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.alerts import wording
from commands.alerts.acts import CHOICES, Press, find_open, reply
from commands.alerts.editing import refresh
from commands.alerts.known import find_held, show
from commands.alerts.message import say_state
from commands.alerts.story import add_line
from commands.asker import sender_of, tell, unpack_asker
from commands.blocks import Block, escape, form, section
from commands.blocks import context as small_lines
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.letters import Letter, Pointless, Written
from commands.names import find_name
from commands.pressed import Pressed
from commands.saying import say
from commands.support.sight import may_see
from commands.tongues import in_senders_language
from commands.unpacking import unpacking
from commands.views import open_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

FORM, ASSIGNED = "alert_assign", "alert-assigned"


def register(app: AsyncApp, context: Context) -> None:
    CHOICES["assign"] = open_assign

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        user = str(forms.filled(view).get("user") or "")
        if not user:
            await ack(response_action="errors", errors={"user": say(wording.NOBODY)})
            return
        await ack()
        with unpacking("/kpi alert"):
            held = json.loads(view["private_metadata"])
            asker, number = sender_of(unpack_asker(held["asker"]), body), int(held["incident"])
        press = Press(Pressed(asker, "", f"form:{view['id']}", "", False), number)
        context.tasks.start(assign(context, press, user), lambda words: tell(context, asker, words))


async def open_assign(context: Context, press: Press) -> None:
    held = await find_open(context, press)
    memory = {"incident": held.row.id, "asker": press.pressed.asker.pack()}
    view = form(
        say(wording.FORM_ASSIGN),
        [forms.person(say("Who"), "user")],
        callback_id=FORM,
        submit=say(wording.ASSIGN),
        close=say("Cancel"),
        memory=json.dumps(memory),
    )
    await open_form(context, press.pressed.trigger, view)


async def assign(context: Context, press: Press, user: str) -> None:
    """Give it to somebody of the workspace, who is told."""
    from kpis.tongue import speaking

    held = await find_open(context, press)
    if (await context.people.find(user)).is_guest:
        raise KepiError(wording.GUESTS)
    name, by = await find_name(context, user), await find_name(context, press.user)
    if not await may_see(context, user, held.row.channel):
        raise KepiError(wording.NOT_THERE, name=name)
    with speaking(held.language):
        await context.write(give, context, press, user, name, by)
    await refresh(context, held.row.id, at_once=True)
    await reply(context, press.pressed, say(wording.ASSIGNED, name=name))


def give(
    connection: Connection, context: Context, press: Press, user: str, name: str, by: str
) -> None:
    from storage import incident_acts, outbox

    workspace, now = context.home.workspace, context.clock()
    taken = incident_acts.take(connection, workspace, press.incident, user)
    if taken is None:
        raise KepiError(wording.GONE)
    key = press.pressed.trigger
    words = say(wording.SAYS_ASSIGNED, by=by, name=name)
    if user == press.user:
        words = say(wording.SAYS_TAKEN, name=name)
    add_line(connection, workspace, taken.row, f"given:{key}", words, now)
    if user != press.user:
        outbox.add(
            connection,
            workspace,
            channel=user,
            kind=ASSIGNED,
            period=f"incident:{press.incident}:{key}",
            due=now,
            now=now,
            body={"incident": press.incident, "by": press.user, "owner": press.user},
        )


async def write_assigned(context: Context, row: DeliveryRow) -> Written:
    """Tell somebody in a direct message that an alert is theirs."""
    try:
        held = await find_held(context, int(row.details.get("incident") or 0))
    except KepiError:
        return Pointless("the alert is no longer known")
    if held.row.owner != row.channel:
        return Pointless("it is somebody else's by now")
    shown = await show(context, held)
    by = await find_name(context, str(row.details.get("by") or ""))
    text = escape(say(wording.TO_THE_ASSIGNED, by=by, headline=f"{shown.headline}."))
    blocks: list[Block] = [section(text), section(escape(say_state(shown)) or " ")]
    if link := await find_link(context, held.first):
        words, place = say("Open the alert"), f"<#{held.row.channel}>"
        blocks.append(
            small_lines([say("{link} in {channel}", link=f"<{link}|{words}>", channel=place)])
        )
    return Letter(text, lambda _files: blocks)


async def find_link(context: Context, first: DeliveryRow | None) -> str:
    """Return the address of the first message, or nothing where Slack gives none."""
    if first is None or not first.ts:
        return ""
    try:
        answer = await repeat(
            lambda: context.client.chat_getPermalink(channel=first.posted_in, message_ts=first.ts)
        )
    except FAULTS:
        return ""
    return str(answer.get("permalink") or "")
