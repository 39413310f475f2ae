"""*Snooze*: 30 minutes, 2 hours, until the morning or a day; it wakes by itself, or by *Undo*."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.blocks import DatePickerElement

from commands import forms
from commands.alerts import wording
from commands.alerts.acts import Press, find_open, on_incident, reply
from commands.alerts.editing import refresh
from commands.alerts.message import SNOOZE, say_until
from commands.alerts.story import add_line
from commands.asker import sender_of, tell, unpack_asker
from commands.blocks import button, field, form
from commands.context import Context
from commands.names import find_name
from commands.pressed import Pressed
from commands.saying import say
from commands.tongues import in_senders_language
from commands.unpacking import unpacking
from commands.views import open_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORM, WAKE = "alert_snooze_form", "alert_wake"
MORNING = time(8)
LENGTHS = {"30 min": timedelta(minutes=30), "2 h": timedelta(hours=2)}
LONGEST = timedelta(days=366)


def register(app: AsyncApp, context: Context) -> None:
    on_incident(app, context, SNOOZE, open_snooze)
    on_incident(app, context, WAKE, wake)

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        with unpacking("/kpi alert"):
            held = json.loads(view["private_metadata"])
            asker, number = sender_of(unpack_asker(held["asker"]), body), int(held["incident"])
            zone = ZoneInfo(str(held["zone"]))
        filled = forms.filled(view)
        try:
            until = read_until(filled, zone, context.clock())
        except KepiError as trouble:
            await ack(response_action="errors", errors={"date": str(trouble)})
            return
        await ack()
        press = Press(Pressed(asker, "", f"form:{view['id']}", "", False), number)
        context.tasks.start(
            snooze(context, press, until), lambda words: tell(context, asker, words)
        )


async def open_snooze(context: Context, press: Press) -> None:
    held = await find_open(context, press)
    memory = {
        "incident": held.row.id,
        "asker": press.pressed.asker.pack(),
        "zone": held.zone.key,
    }
    picker = DatePickerElement(action_id="date")
    view = form(
        say(wording.FORM_SNOOZE),
        [
            forms.radio(say("For how long"), "until", lengths(), "2 h"),
            field(say("Day"), picker, "date", optional=True),
        ],
        callback_id=FORM,
        submit=say(wording.SNOOZE),
        close=say("Cancel"),
        memory=json.dumps(memory),
    )
    await open_form(context, press.pressed.trigger, view)


def lengths() -> forms.Options:
    """Return for how long an incident may be quiet: values and words."""
    return (
        ("30 min", say("30 minutes")),
        ("2 h", say("2 hours")),
        ("morning", say("Until the morning, 08:00")),
        ("date", say("Until the day below, 08:00")),
    )


def read_until(filled: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> datetime:
    """Return until when it is quiet; raises ``KepiError`` for a day that is not to come.

    A morning is 08:00 in the workspace's zone, whatever the clocks do in the night before.
    """
    chosen, typed = str(filled.get("until") or "2 h"), str(filled.get("date") or "")
    if chosen in LENGTHS:
        return now + LENGTHS[chosen]
    today = now.astimezone(zone).date()
    if chosen == "morning":
        this = datetime.combine(today, MORNING, zone)
        return this if this > now else datetime.combine(today + timedelta(1), MORNING, zone)
    try:
        until = datetime.combine(date.fromisoformat(typed), MORNING, zone)
    except ValueError as fault:
        raise KepiError(wording.UNREAD_DATE) from fault
    if not now < until <= now + LONGEST:
        raise KepiError(wording.UNREAD_DATE)
    return until


async def snooze(context: Context, press: Press, until: datetime) -> None:
    """Let an incident be quiet; what comes to an end is told all the same."""
    from kpis.tongue import speaking

    held = await find_open(context, press)
    name, now = await find_name(context, press.user), context.clock()
    with speaking(held.language):
        until_when = say_until(until, held.zone, now)
        words = say(wording.SAYS_SNOOZED, name=name, until=until_when)
    await context.write(snooze_and_tell, context, press, until, words)
    await refresh(context, held.row.id, at_once=True)
    undo = button(say(wording.UNDO), WAKE, str(held.row.id))
    line = say(wording.SNOOZED, until=say_until(until, held.zone, now))
    await reply(context, press.pressed, line, (undo,))


async def wake(context: Context, press: Press) -> None:
    """Undo a snooze."""
    from kpis.tongue import speaking

    held = await find_open(context, press)
    if held.row.snoozed is not None:
        name = await find_name(context, press.user)
        with speaking(held.language):
            words = say(wording.SAYS_WOKEN, name=name)
        await context.write(snooze_and_tell, context, press, None, words)
        await refresh(context, held.row.id, at_once=True)
    await reply(context, press.pressed, say(wording.NOT_SNOOZED))


def snooze_and_tell(
    connection: Connection, context: Context, press: Press, until: datetime | None, words: str
) -> None:
    from storage import incident_acts

    workspace = context.home.workspace
    row = incident_acts.snooze(connection, workspace, press.incident, until)
    if row is None:
        raise KepiError(wording.OVER)
    what = f"snoozed:{press.pressed.trigger}"
    add_line(connection, workspace, row, what, words, context.clock())
