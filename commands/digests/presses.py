"""What is pressed in lists of digests and under a digest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import tell, tell_blocks
from commands.context import Context
from commands.digests import doing, message, words
from commands.digests.command import default_plan
from commands.digests.composing import Composed, compose
from commands.digests.document import document_of, file_name
from commands.digests.pages import AGAIN, LIST, REMOVE, ROW, SEE, SETUP
from commands.digests.preview import send_directly
from commands.digests.reading import find_plan, read_period, split_period
from commands.digests.setup import open_setup
from commands.files_upload import NotUploaded, upload
from commands.people import open_direct
from commands.pressed import Pressed, number_of, on_press, read_press
from commands.rights import require_member
from commands.saying import say
from commands.support.pages import list_page
from commands.tongues import in_own_language
from commands.who_sees import channels_of_issues
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.digests.plan import Plan


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, SETUP, in_own_language(set_up))
    on_press(app, context, LIST, in_own_language(show_list))
    on_press(app, context, SEE, in_own_language(preview))
    on_press(app, context, AGAIN, in_own_language(again))
    on_press(app, context, "digest_resume", in_own_language(resume))
    on_press(app, context, f"{REMOVE}:ask", in_own_language(ask_to_remove))
    on_press(app, context, f"{REMOVE}:yes", in_own_language(remove))
    on_press(app, context, f"{REMOVE}:no", in_own_language(keep))
    on_press(app, context, doing.UNDO, in_own_language(restore))
    on_press(app, context, message.SHOW, in_own_language(show_customers))
    on_press(app, context, message.PDF, in_own_language(send_document))

    @app.action(re.compile(f"^(?:{ROW}:.*|{message.MORE})$"))
    async def choose(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        pressed = replace(read_press(body), value=chosen_in(body))
        context.tasks.start(
            in_own_language(do_chosen)(context, pressed),
            lambda line: tell(context, pressed.asker, line),
        )


def chosen_in(body: Mapping[str, Any]) -> str:
    return str((body["actions"][0].get("selected_option") or {}).get("value") or "")


async def do_chosen(context: Context, pressed: Pressed) -> None:
    """Do what was chosen in a ⋯ menu: “pause|4”, “again|4|2026-W47”."""
    what, _, rest = pressed.value.partition("|")
    number, _, key = rest.partition("|")
    plan, asker = await find_plan(context, number_of(number)), pressed.asker
    match what:
        case "preview":
            await doing.preview(context, asker, plan, press=pressed.trigger)
        case "send":
            await doing.send(context, asker, plan)
        case "change":
            await open_setup(context, asker, pressed.trigger, plan=plan)
        case "pause":
            await doing.pause(context, asker, plan)
        case "resume":
            await doing.resume(context, asker, plan)
        case "history":
            await doing.history(context, asker, plan)
        case "again":
            await send_to_reader(context, pressed, plan, key)
        case _:
            raise KepiError(words.UNKNOWN, word=what[:40])


async def set_up(context: Context, pressed: Pressed) -> None:
    """Open the form: of a digest by its number, or of a new one in a channel."""
    value = pressed.value
    plan = await find_plan(context, number_of(value)) if value.isdecimal() else None
    channel = value if value.startswith(("C", "G")) else ""
    await open_setup(context, pressed.asker, pressed.trigger, channel=channel, plan=plan)


async def show_list(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(words.GUESTS))
    await doing.show_list(context, pressed.asker)


async def preview(context: Context, pressed: Pressed) -> None:
    """Show a digest, or where none is set up what the usual one would say."""
    number = number_of(pressed.value)
    if number:
        plan = await find_plan(context, number)
    else:
        plan = await context.read(default_plan, context, pressed.asker.channel)
    await doing.preview(context, pressed.asker, plan, press=pressed.trigger)


async def again(context: Context, pressed: Pressed) -> None:
    number, _, rest = pressed.value.partition("|")
    key, _, once = rest.partition("|")
    plan = await find_plan(context, number_of(number))
    await doing.send_again(context, pressed.asker, plan, key, once)


async def resume(context: Context, pressed: Pressed) -> None:
    plan = await find_plan(context, number_of(pressed.value))
    await doing.resume(context, pressed.asker, plan)


async def ask_to_remove(context: Context, pressed: Pressed) -> None:
    plan = await find_plan(context, number_of(pressed.value))
    await doing.ask_to_remove(context, pressed.asker, plan)


async def remove(context: Context, pressed: Pressed) -> None:
    plan = await find_plan(context, number_of(pressed.value))
    await doing.remove(context, pressed.asker, plan)


async def keep(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(words.GUESTS))
    await doing.tell_line(context, pressed.asker, say(words.KEPT), replace=pressed.is_private)


async def restore(context: Context, pressed: Pressed) -> None:
    await doing.restore(context, pressed.asker, number_of(pressed.value))


async def show_customers(context: Context, pressed: Pressed) -> None:
    """Show the presser alone who waits: in this channel where its issues are tracked, or in all."""
    user = pressed.asker.user
    await require_member(context, user)
    held = await context.read(channels_of_issues, context.home.workspace)
    here = pressed.asker.channel if pressed.asker.channel in held else ""
    page = await list_page(context, user, channel=here)
    await tell_blocks(context, pressed.asker, page.text, page.blocks)


# --- the same digest for one reader


async def as_it_was(context: Context, plan: Plan, key: str, user: str) -> Composed:
    """Return a digest as it was told in its channel."""
    from kpis.digests.calendar import as_told

    plan = as_told(plan, key)
    period = await context.read(read_period, context.home.workspace, plan, key)
    row = period.delivery
    late = row.due if row is not None and row.late else None
    sent = row.sent if row is not None else None
    return await compose(context, plan, key, now=sent, late=late, reader=user)


async def send_to_reader(context: Context, pressed: Pressed, plan: Plan, key: str) -> None:
    """Send a digest to the presser's direct message."""
    await require_member(context, pressed.asker.user)
    composed = await as_it_was(context, plan, key, pressed.asker.user)
    await send_directly(context, pressed.asker, composed, press=f"again:{pressed.trigger}")
    await tell(context, pressed.asker, say(words.SENT_TO_YOU))


async def send_document(context: Context, pressed: Pressed) -> None:
    """Send the presser the digest as pages."""
    from kpis.charts.workers import ChartFailed

    await require_member(context, pressed.asker.user)
    digest, key = split_period(pressed.value.replace("|", ":", 1))
    plan = await find_plan(context, digest)
    composed = await as_it_was(context, plan, key, pressed.asker.user)
    try:
        data = await context.workers.print(document_of(composed))
        channel = await open_direct(context, pressed.asker.user)
        await upload(context, data, file_name(composed.report), channel=channel)
    except (ChartFailed, NotUploaded) as fault:
        raise KepiError(words.PDF_FAILED) from fault
    await tell(context, pressed.asker, say(words.PDF_SENT))
