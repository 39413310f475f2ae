"""*Attach to issue*: a message counts in another issue, as if it had been written there (§4.6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell
from commands.blocks import form
from commands.context import Context
from commands.saying import say
from commands.support import wording
from commands.support.acting import Doing, entry_of
from commands.support.chosen import Chosen, listen
from commands.support.do import after_all
from commands.support.grammar import Said, Verb
from commands.support.line_words import slack_id
from commands.support.looking import customer_of, find_issue, look_again, names_of
from commands.support.moments import micros_of
from commands.support.pages import issue_page
from commands.support.requests import Request
from commands.support.standing import require_team
from commands.support.take import take
from commands.support.tracking import read_whole, require_room
from commands.tongues import in_senders_language
from commands.unpacking import read_memory
from commands.views import open_form
from storage.errors import KepiError
from support.entries import Act

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.issues import IssueRow

ATTACH = "support_attach_form"
ALONE = "0"
"""Chosen instead of an issue: what was attached counts where it stands again."""


def register(app: AsyncApp, context: Context) -> None:
    listen(app, context, "support_attach", open_attach)

    @app.view(ATTACH)
    @in_senders_language(context)
    async def attach(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        kinds = {"channel": str, "ts": str, "trigger": str, "at": int, "root": str}
        held = read_memory(body["view"], "/support", **kinds, response_url=str | None)
        issue = str(forms.filled(body["view"]).get("issue") or "")
        asker = Asker(
            str(body["user"]["id"]), held["channel"], response_url=held.get("response_url")
        )
        context.tasks.start(
            attach_to(context, asker, held, int(issue or 0)),
            lambda words: tell(context, asker, words),
        )


async def open_attach(context: Context, chosen: Chosen) -> None:
    """Ask to which of the channel's open issues the message belongs."""
    await require_room(context, chosen.channel)
    await require_team(context, chosen.asker.user, chosen.channel)

    def read(connection: Connection, workspace: int) -> list[IssueRow]:
        from storage import issues

        return issues.live(connection, workspace, chosen.channel)

    rows = await context.read(read, context.home.workspace)
    rows = [it for it in rows if it.root != chosen.root]
    if not rows:
        raise KepiError(wording.NO_LIVE_ISSUES)
    names = await names_of(context, [slack_id(it.customer) for it in rows])
    options = [
        (str(it.number), f"{it.number} · {customer_of(it, names)} · {it.title}") for it in rows
    ]
    options.append((ALONE, say(wording.ATTACH_NOWHERE)))
    memory = {
        "channel": chosen.channel,
        "ts": chosen.ts,
        "root": chosen.root,
        "trigger": chosen.trigger,
        "at": chosen.at,
        "response_url": chosen.asker.response_url,
    }
    view = form(
        say(wording.FORM_ATTACH),
        [forms.choice(say("Which issue?"), "issue", options, options[0][0])],
        callback_id=ATTACH,
        submit=say("Attach"),
        close=say("Cancel"),
        memory=json.dumps(memory),
    )
    await open_form(context, chosen.trigger, view)


async def attach_to(context: Context, asker: Asker, held: Mapping[str, Any], number: int) -> None:
    """Let a message count in another issue, as if it had been written there (§4.6)."""
    if str(number) == ALONE:
        await detach(context, asker, held)
        return
    found = await find_issue(context, number)
    channel = found.row.channel
    if channel != held["channel"]:
        raise KepiError(wording.NO_LIVE_ISSUES)
    standing = await require_team(context, asker.user, channel)
    thread = await read_whole(context, channel, str(held["ts"]))
    message = [it for it in thread.entries if it.ts == held["ts"]]
    doing = Doing(Act.ATTACH, at=int(held.get("at") or 0), ts=str(held["ts"]))
    entry = entry_of(
        doing,
        standing.actor,
        channel,
        found.row.root,
        trigger=str(held["trigger"]),
        now=after_all(context, found),
        via="shortcut",
    )
    await take(context, [*message, entry])
    after = await look_again(context, found.row)
    request = Request(context, asker, Said(Verb.SHOW))
    line = say(wording.ATTACHED, number=number)
    await request.answer(await issue_page(context, asker.user, after, line))


async def detach(context: Context, asker: Asker, held: Mapping[str, Any]) -> None:
    """Let a message count where it stands: also one that Kepi attached by a guess (§4.6)."""
    channel, ts = str(held["channel"]), str(held["ts"])
    standing = await require_team(context, asker.user, channel)
    thread = await read_whole(context, channel, ts)
    message = [it for it in thread.entries if it.ts == ts]
    entry = entry_of(
        Doing(Act.DETACH, at=int(held.get("at") or 0), ts=ts),
        standing.actor,
        channel,
        ts,
        trigger=str(held["trigger"]),
        now=micros_of(context.clock()),
        via="shortcut",
    )
    await take(context, [*message, entry])
    await tell(context, asker, say(wording.DETACHED))
