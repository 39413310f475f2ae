"""The form of a note: its days and what happened; checked before it is acknowledged."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import DatePickerElement

from commands import forms
from commands.asker import Asker, sender_of, tell, unpack_asker
from commands.blocks import View_, escape, field, form
from commands.context import Context
from commands.date_notes import saving, wording
from commands.date_notes.reading import read_typed
from commands.date_notes.saving import Written
from commands.pressed import Pressed
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from commands.unpacking import unpacking
from commands.views import fill_form, open_form
from storage.errors import KepiError
from storage.overtaken import Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.date_notes import DateNoteRow

FORM = "note_form"
DAY = timedelta(days=1)
EXAMPLE = "Black Week"


async def open_new(
    context: Context, asker: Asker, trigger: str, *, view_id: str = "", said: Written | None = None
) -> None:
    """Open an empty form, or in the place of an open one; ``said`` is what is filled in."""
    today = await context.read(day_here, context)
    shown = said or Written(today, today + DAY, "")
    view = compose(asker, shown)
    if view_id:
        await fill_form(context, view_id, view)
    else:
        await open_form(context, trigger, view)


async def press_new(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """*Note a day*, under a message, on Home or in the form that explains an answer."""
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    view_id = str(view.get("id") or "") if view.get("type") == "modal" else ""
    await open_new(context, pressed.asker, pressed.trigger, view_id=view_id)


async def open_edit(context: Context, pressed: Pressed, note: int) -> None:
    row = await saving.find_own(context, pressed.asker.user, note)
    view = compose(pressed.asker, Written(row.first, row.until, row.words), row)
    await open_form(context, pressed.trigger, view)


def compose(asker: Asker, shown: Written, row: DateNoteRow | None = None) -> View_:
    """Return the form; it remembers who asked, and which version of which note it shows."""
    last = (shown.until - DAY).isoformat() if shown.until - shown.first > DAY else None
    first_day = DatePickerElement(action_id="first", initial_date=shown.first.isoformat())
    last_day = DatePickerElement(action_id="last", initial_date=last)
    blocks = [
        forms.line(
            say(wording.WORDS), "words", shown.words, optional=False, most=300, example=EXAMPLE
        ),
        field(say(wording.FIRST), first_day, "first"),
        forms.hinted(
            field(say(wording.LAST), last_day, "last", optional=True), say(wording.ONE_DAY)
        ),
    ]
    held = [row.id, row.version] if row else None
    return form(
        say(wording.FORM_CHANGE) if row else say(wording.FORM),
        blocks,
        callback_id=FORM,
        submit=say(wording.SAVE),
        close=say(wording.CANCEL),
        memory=json.dumps({"asker": asker.pack(), "note": held}),
    )


async def submit(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the fields, or save; in the language of whoever filled it in."""
    from kpis.tongue import speaking

    user = str((body.get("user") or {}).get("id") or "")
    with speaking(await language_of_person(context, user)):
        try:
            await require_member(context, user, say(wording.GUESTS))
            with unpacking("/kpi notes"):
                held = json.loads(body["view"]["private_metadata"])
                asker = sender_of(unpack_asker(held["asker"]), body)
                note = held["note"] and [int(it) for it in held["note"]]
            new, errors = await read_form(context, forms.filled(body["view"]))
        except KepiError as trouble:
            errors = {"words": str(trouble)}
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await save(context, ack, asker, new, note)


async def read_form(context: Context, filled: dict[str, Any]) -> tuple[Written, dict[str, str]]:
    """Return what the form says, and complaints by field."""
    from kpis.date_notes import check

    words = await read_typed(context, str(filled.get("words") or ""), is_plain=True)
    first, errors = read_date(filled.get("first")), {}
    if first is None:
        return Written(date.min, date.min, words), {"first": say("Choose a day.")}
    last = read_date(filled.get("last")) or first
    if last < first:
        errors["last"] = say("The last day is before the first one.")
        last = first
    try:
        check(first, last + DAY, words)
    except KepiError as trouble:
        at = "last" if words and last - first >= timedelta(days=366) else "words"
        errors[at] = str(trouble)
    return Written(first, last + DAY, words), errors


def read_date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


async def save(
    context: Context, ack: AsyncAck, asker: Asker, new: Written, held: list[int] | None
) -> None:
    """Save before the form closes, so that whoever is late keeps what was typed."""
    if held is None:
        await ack()
        await finish(context, asker, saving.write_note(context, asker, new))
        return
    note, version = int(held[0]), int(held[1])
    try:
        before = await saving.find_note(context, asker.user, note)
        await context.write(saving.change, context, asker.user, note, version, new)
    except Overtaken as over:
        words = await saving.say_first(context, asker.user, note, over)
        await ack(response_action="errors", errors={"words": words})
        return
    except KepiError as refusal:
        await ack(response_action="errors", errors={"words": str(refusal)})
        return
    await ack()
    was = Written(before.first, before.until, before.words)
    await finish(context, asker, tell_changed(context, asker, note, was))


async def tell_changed(context: Context, asker: Asker, note: int, was: Written) -> None:
    row = await saving.find_own(context, asker.user, note)
    text = escape(say(wording.CHANGED, **await saving.facts_of(context, row)))
    await saving.tell_saved(context, asker, text, saving.undo_of(row, was))


async def finish(context: Context, asker: Asker, work: Any) -> None:
    """Start what follows the acknowledgement; what goes wrong is told to the asker."""
    context.tasks.start(work, lambda words: tell(context, asker, words))


def day_here(connection: Connection, context: Context) -> date:
    """Return today in the workspace's zone."""
    from storage.workspaces import zone_of

    zone = ZoneInfo(zone_of(connection, context.home.workspace))
    return context.clock().astimezone(zone).date()
