"""The menu of a message: track it, give it an issue of its own, attach it, say it was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from commands.support import wording
from commands.support.chosen import Chosen, Work, listen
from commands.support.do import act
from commands.support.excerpts import shown_words
from commands.support.grammar import Said, Verb
from commands.support.granted import find_granted
from commands.support.issue_form import TRACK, Wanted, compose_track, read_form, unpack_wanted
from commands.support.looking import find_thread, look_again, names_of
from commands.support.moments import micros_of, say_moment
from commands.support.pages import issue_page
from commands.support.place import Place, author_of, look
from commands.support.requests import Request
from commands.support.standing import require_sight
from commands.support.tracking import (
    may_track,
    open_separate,
    require_room,
    track_message,
)
from commands.tongues import in_senders_language
from commands.views import open_form
from storage.errors import KepiError
from support.reading import excerpt
from support.relay_learning import learn


def register(app: AsyncApp, context: Context) -> None:
    for callback_id, work in SHORTCUTS.items():
        listen(app, context, callback_id, work)

    @app.view(TRACK)
    @in_senders_language(context)
    async def track(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        before = unpack_wanted(body["view"]["private_metadata"])
        wanted = read_form(forms.filled(body["view"]), before)
        asker = Asker(str(body["user"]["id"]), wanted.channel, response_url=wanted.response_url)
        context.tasks.start(
            track_and_tell(context, asker, wanted, before),
            lambda words: tell(context, asker, words),
        )


async def open_track(context: Context, chosen: Chosen) -> None:
    """Open the small form, filled in from the message."""
    await require_room(context, chosen.channel)
    await may_track(context, chosen.asker.user, chosen.channel)
    place = await look(context, chosen.channel)
    wanted = await prefill(context, place, chosen)
    await open_form(context, chosen.trigger, compose_track(wanted))


async def prefill(context: Context, place: Place, chosen: Chosen) -> Wanted:
    """Return the form's fields as the message says them."""
    author = await author_of(context, place, chosen.message)
    customer, source = "", "slack"
    if author.extracted is not None:
        customer, source = author.extracted.handle, author.extracted.platform
    elif author.speaker.is_program:
        try:
            guess = learn(chosen.message)
            customer, source = guess.value("handle"), guess.value("platform") or "other"
        except KepiError:
            source = "other"
    else:
        customer = (await names_of(context, [author.speaker.user])).get(author.speaker.user, "")
    return Wanted(
        customer=customer,
        source=source,
        channel=chosen.channel,
        ts=chosen.ts,
        root=chosen.root,
        trigger=chosen.trigger,
        acted=chosen.at,
        response_url=chosen.asker.response_url or "",
        words=excerpt(shown_words(place, chosen.message)),
        told=author.extracted is not None or not author.speaker.is_program,
    )


async def track_and_tell(context: Context, asker: Asker, wanted: Wanted, before: Wanted) -> None:
    """Track the message; what the form shows as the message says it stays the message's."""
    unchanged = (wanted.customer, wanted.source) == (before.customer, before.source)
    if unchanged and before.told:
        wanted = replace(wanted, customer="", source="")
    tracked = await track_message(context, asker.user, wanted)
    found = await look_again(context, tracked.row)
    if tracked.is_new:
        now = micros_of(context.clock())
        when = say_moment(found.timeline.opened, found.zone, now)
        line = say(wording.TRACKED, number=tracked.row.number, when=when)
    else:
        line = say(wording.TRACKED_ALREADY, number=tracked.row.number)
    request = Request(context, asker, Said(Verb.SHOW))
    await request.answer(await issue_page(context, asker.user, found, line))


async def separate(context: Context, chosen: Chosen) -> None:
    """Post a root of its own for a matter inside a thread, and track that."""
    await require_room(context, chosen.channel, post=True)
    place = await look(context, chosen.channel)
    wanted = await prefill(context, place, chosen)
    author = await author_of(context, place, chosen.message)
    if author.speaker.user and not author.speaker.is_program:
        wanted = replace(wanted, customer=f"<@{author.speaker.user}>")
    link = (await find_granted(context)).link(chosen.channel, chosen.ts, chosen.root)
    quote = excerpt(shown_words(place, chosen.message), 500)
    tracked = await open_separate(context, chosen.asker.user, wanted, quote, link)
    found = await look_again(context, tracked.row)
    line = say(wording.SEPARATED, number=tracked.row.number)
    request = Request(context, chosen.asker, Said(Verb.SHOW))
    await request.answer(await issue_page(context, chosen.asker.user, found, line))


async def mark_replied(context: Context, chosen: Chosen) -> None:
    """Note that the issue of this thread was answered elsewhere, at the click (§4.2)."""
    await require_room(context, chosen.channel)
    row = await find_thread(context, chosen.channel, chosen.root)
    if row is None:
        raise KepiError(wording.NO_ISSUE_HERE)
    said = Said(Verb.REPLIED, row.number)
    found, line = await act(
        context,
        chosen.asker.user,
        said,
        trigger=chosen.trigger,
        via="shortcut",
        at=chosen.at,
    )
    request = Request(context, chosen.asker, said)
    await request.answer(await issue_page(context, chosen.asker.user, found, line))


async def show_thread(context: Context, chosen: Chosen) -> None:
    """Show the issue of this thread."""
    await require_member(context, chosen.asker.user, say(wording.GUESTS))
    row = await find_thread(context, chosen.channel, chosen.root)
    if row is None:
        raise KepiError(wording.NO_ISSUE_HERE)
    await require_sight(context, chosen.asker.user, row.channel, row.number)
    found = await look_again(context, row)
    request = Request(context, chosen.asker, Said(Verb.SHOW))
    await request.answer(await issue_page(context, chosen.asker.user, found))


SHORTCUTS: Mapping[str, Work] = {
    "support_track": open_track,
    "support_separate": separate,
    "support_replied": mark_replied,
    "support_show": show_thread,
}
