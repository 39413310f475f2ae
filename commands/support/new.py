"""``/support new TITLE``, and the form of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, tell
from commands.blocks import View_
from commands.context import Context
from commands.forms import filled
from commands.pressed import Pressed, on_press
from commands.saying import say
from commands.support import wording
from commands.support.grammar import Said, Verb
from commands.support.issue_form import (
    LONGEST_TITLE,
    NEW,
    Wanted,
    compose_new,
    read_form,
    read_priority,
    unpack_wanted,
)
from commands.support.looking import channel_name, look_again
from commands.support.moments import read_past
from commands.support.pages import issue_page
from commands.support.requests import Request
from commands.support.sources import read_source
from commands.support.standing import require_team
from commands.support.tracking import Tracked, open_new, require_room
from commands.tongues import in_own_language, in_senders_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_new", in_own_language(pressed))

    @app.view(NEW)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        wanted = read_form(filled(view), unpack_wanted(view["private_metadata"]))
        wanted = replace(wanted, trigger=f"form:{view['id']}")
        if errors := complain(context, wanted):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        asker = Asker(str(body["user"]["id"]), wanted.channel, response_url=wanted.response_url)
        context.tasks.start(
            open_and_tell(Request(context, asker, Said(Verb.NEW)), wanted),
            lambda words: tell(context, asker, words),
        )


def complain(context: Context, wanted: Wanted) -> dict[str, str]:
    """Return what is wrong, by field: it can be mended while the form is open."""
    errors: dict[str, str] = {}
    if not wanted.channel:
        errors["channel"] = say(wording.CHOOSE_CHANNEL)
    if wanted.at:
        try:
            read_past(wanted.at, context.clock())
        except KepiError as trouble:
            errors["at"] = str(trouble)
    return errors


async def pressed(context: Context, press: Pressed) -> None:
    """*New issue*: the form, with the channel of the press."""
    said = Said(Verb.NEW)
    await answer(Request(context, press.asker, said, press.trigger, press.trigger))


async def answer(request: Request) -> None:
    """Open an issue with what was typed; without a title open the form."""
    context, said = request.context, request.said
    source = read_source(said.options.get("source") or "")
    priority = read_priority(said.options.get("priority") or "")
    title = " ".join(said.rest.split())
    if len(title) > LONGEST_TITLE:
        raise KepiError(wording.TITLE_TOO_LONG)
    wanted = Wanted(
        title=title,
        customer=said.options.get("customer") or "",
        source=source,
        priority=priority,
        at=said.options.get("at") or "",
        channel=await choose_channel(context, request.asker),
        trigger=request.key,
        response_url=request.asker.response_url or "",
    )
    if wanted.at:
        read_past(wanted.at, context.clock())
    if title and wanted.channel:
        await open_and_tell(request, wanted)
        return
    if wanted.channel:
        await require_team(context, request.asker.user, wanted.channel)

    async def make() -> View_:
        zone = await zone_of_person(context, request.asker.user)
        return compose_new(replace(wanted, zone=zone))

    await request.open(make, say(wording.NEW_FORM), "support_new")


async def zone_of_person(context: Context, user: str) -> str:
    """Return a person's zone as Slack knows it, else the workspace's."""
    from storage.workspaces import zone_of

    person = await context.people.find(user)
    return person.zone or await context.read(zone_of, context.home.workspace)


async def choose_channel(context: Context, asker: Asker) -> str:
    """Return the channel where it was typed, if issues can be there; else the only tracked one."""
    if asker.channel and not asker.is_direct:
        found = await context.channels.find(asker.channel)
        if found.is_member and not found.is_direct and not found.is_shared:
            return asker.channel
    known = await context.read(tracked_channels, context.home.workspace)
    return known[0] if len(known) == 1 else ""


def tracked_channels(connection: Connection, workspace: int) -> list[str]:
    from storage import desks

    return [it.channel for it in desks.all_desks(connection, workspace) if it.gone is None]


async def open_and_tell(request: Request, wanted: Wanted) -> None:
    """Open the issue, and show it to the one who did."""
    context, user = request.context, request.asker.user
    await require_room(context, wanted.channel, post=True)
    tracked = await open_new(context, user, wanted)
    await show_opened(request, tracked, wanted)


async def show_opened(request: Request, tracked: Tracked, wanted: Wanted) -> None:
    context, row = request.context, tracked.row
    name = await channel_name(context, wanted.channel)
    line = say(wording.OPENED, number=row.number, title=wanted.title)
    if name:
        line = say(wording.OPENED_IN, number=row.number, channel=name, title=wanted.title)
    found = await look_again(context, row)
    await request.answer(await issue_page(context, request.asker.user, found, line))
