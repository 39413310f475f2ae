"""Opening the form of a rule, and what follows when it is sent off: the try-out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.alerts import wording
from commands.alerts.draft import Draft, unpack_draft
from commands.alerts.naming import around_of
from commands.alerts.rule_form import FORM, Goals, compose_rule_form, read_rule_form
from commands.alerts.trying import AGAIN, asker_of, start, try_out
from commands.asker import tell
from commands.blocks import View_, form, section
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language, in_senders_language
from commands.views import fill_form, open_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.surroundings import Surroundings

OPEN = "alert_open"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, OPEN, in_own_language(open_pressed))

    @app.action(AGAIN)
    @in_senders_language(context)
    async def again(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        user = str((body.get("user") or {}).get("id") or "")
        start(context, body, show_again(context, body.get("view") or {}, user))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await submit(context, ack, body)


async def submit(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the fields, or try the rule in the form's place."""
    view, user = body["view"], str(body["user"]["id"])
    try:
        await require_member(context, user, say(wording.GUESTS))
    except KepiError as refusal:
        await ack()
        context.tasks.start(tell(context, asker_of(context, body), refusal))
        return
    draft, errors = read_view(context, view)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack(response_action="update", view=compose_trying(draft))
    start(context, body, try_out(context, str(view["id"]), draft, user))


def read_view(context: Context, view: Mapping[str, Any]) -> tuple[Draft, dict[str, str]]:
    before = unpack_draft(str(view.get("private_metadata") or ""), context.home.workspace)
    return read_rule_form(forms.filled(view), before)


def compose_trying(draft: Draft) -> View_:
    blocks = [section(say(wording.TRYING))]
    return form(
        say(wording.FORM_RULE),
        blocks,
        callback_id="alert_trying",
        close=say("Close"),
        memory=draft.pack(),
    )


async def open_pressed(context: Context, pressed: Pressed) -> None:
    """Open the form that a button remembers."""
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    held = unpack_draft(pressed.value, context.home.workspace)
    draft = replace(held, asker=tuple(pressed.asker.pack()))
    await open_rule(context, pressed.trigger, draft)


async def open_rule(context: Context, trigger: str, draft: Draft) -> None:
    """Open the form of a rule, filled in: one hop, for a trigger lasts three seconds."""
    await open_form(context, trigger, await context.read(fill_in, context, draft))


def fill_in(connection: Connection, context: Context, draft: Draft) -> View_:
    around = around_of(connection, context)
    return compose_rule_form(draft, around, open_goals(connection, around, context.clock()))


def open_goals(connection: Connection, around: Surroundings, now: datetime) -> Goals:
    """Return the goals that an alert may watch, as people call them."""
    from kpis.goals.say import name_of
    from storage.goals import in_state

    today = now.astimezone(ZoneInfo(around.zone)).date()
    rows = in_state(connection, around.workspace)
    return tuple((str(it.id), name_of(it, around.directory, today)) for it in rows)


async def show_again(context: Context, view: Mapping[str, Any], user: str) -> None:
    """Go back from the try-out to the form, everything filled in."""
    await require_member(context, user, say(wording.GUESTS))
    draft = unpack_draft(str(view.get("private_metadata") or ""), context.home.workspace)
    await fill_form(context, str(view.get("id")), await context.read(fill_in, context, draft))
