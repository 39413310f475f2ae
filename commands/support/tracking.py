"""Opening an issue by hand: at a message that is there, or at one that Kepi posts (O3, O5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commands.blocks import context as small
from commands.blocks import cut, escape, section
from commands.context import Context
from commands.posting import NotWelcome, Unconfirmed, post
from commands.saying import joined, say
from commands.support import wording
from commands.support.acting import Actor, Doing, entry_of
from commands.support.issue_form import Wanted
from commands.support.looking import find_thread, names_of
from commands.support.moments import micros_of, read_past
from commands.support.place import look
from commands.support.sources import SOURCES, platform_title
from commands.support.standing import Standing, find_standing, require_team
from commands.support.take import take
from commands.support.threads import NotThere, Thread, read_thread
from commands.tongues import language_of_channel
from storage.errors import KepiError
from support.entries import Act, Role, micros
from support.rules import Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.issues import IssueRow


@dataclass(frozen=True)
class Tracked:
    """The issue, and whether it was there before."""

    row: IssueRow
    is_new: bool


async def may_track(context: Context, user: str, channel: str) -> Standing:
    """Return the standing of somebody who may open issues in a channel (O3, O4)."""
    standing = await find_standing(context, user, channel)
    is_customer = standing.role is Role.CUSTOMER and not standing.is_guest
    if is_customer and standing.rules.customers_may_open:
        return standing
    return await require_team(context, user, channel)


async def require_room(context: Context, channel: str, *, post: bool = False) -> None:
    """Refuse a place without issues: direct messages, channels that Kepi is not in.

    With ``post`` also channels where people of another company would see what Kepi posts.
    """
    found = await context.channels.find(channel)
    if found.is_direct or channel.startswith("D"):
        raise KepiError(wording.IN_DIRECT)
    if not found.is_member:
        raise KepiError(wording.NOT_THERE)
    if post and found.is_shared:
        raise KepiError(wording.SHARED)


async def track_message(context: Context, user: str, wanted: Wanted) -> Tracked:
    """Open an issue at a message; its whole thread is read, so that the true answer is found."""
    standing = await may_track(context, user, wanted.channel)
    await require_room(context, wanted.channel)
    await make_desk(context, standing, wanted.channel)
    thread = await read_whole(context, wanted.channel, wanted.ts)
    before = await find_thread(context, wanted.channel, thread.root)
    more: dict[str, str | int] = {"priority": wanted.priority}
    more |= {"customer": wanted.key} if wanted.key else {}
    more |= {"source": wanted.source} if wanted.source else {}
    doing = Doing(Act.TRACK, more, at=wanted.acted, ts=wanted.ts)
    entry = entry_of(
        doing,
        standing.actor,
        wanted.channel,
        thread.root,
        trigger=wanted.trigger,
        now=max(micros_of(context.clock()), micros(wanted.ts)),
        via="shortcut",
    )
    await keep_words(context, wanted)
    await take(context, [*thread.entries, entry])
    return await tell_tracked(context, wanted.channel, thread.root, before)


async def keep_words(context: Context, wanted: Wanted) -> None:
    """Keep the first words of the message, whoever wrote it: lists show them."""
    from storage import support_notes

    if not wanted.words:
        return
    await context.write(
        support_notes.put_excerpt,
        context.home.workspace,
        wanted.channel,
        wanted.ts,
        wanted.words,
        context.clock(),
    )


async def read_whole(context: Context, channel: str, ts: str) -> Thread:
    """Return the thread of a message; raises ``KepiError`` where Slack does not show it."""
    try:
        return await read_thread(context, await look(context, channel), ts)
    except NotThere as fault:
        raise KepiError(wording.MESSAGE_GONE) from fault


async def tell_tracked(
    context: Context, channel: str, root: str, before: IssueRow | None
) -> Tracked:
    after = await find_thread(context, channel, root)
    if after is None:
        raise KepiError(wording.NOT_TRACKED)
    return Tracked(after, before is None or after.id != before.id)


async def make_desk(context: Context, standing: Standing, channel: str) -> None:
    """Let a channel be heard from now on; what opens by itself there is for setup to say.

    Where nobody is known to answer yet, every colleague does, as in a channel that is shared with
    another company: whoever tracks their own message is its customer all the same (§2).
    """
    if standing.place.is_tracked:
        return
    found = await context.channels.find(channel)
    workspace, now, user = context.home.workspace, context.clock(), standing.user

    def make(connection: Connection) -> None:
        from storage import desks
        from support.rulebook import pack_rules

        desks.make(connection, workspace, channel, found.name)
        desks.mark_alive(connection, workspace, now, [channel])
        wants_rules = standing.is_first or found.is_shared
        if wants_rules and not desks.rules_of(connection, workspace, channel):
            rules = pack_rules(Rules(others_are="responder", is_shared=found.is_shared))
            desks.add_rules(connection, workspace, channel, rules, now, user)

    await context.write(make)


async def open_new(context: Context, user: str, wanted: Wanted) -> Tracked:
    """Post a root message and open an issue at it; a trigger that comes twice posts once."""
    from kpis.tongue import speaking

    await require_room(context, wanted.channel, post=True)
    standing = await require_team(context, user, wanted.channel)
    now = context.clock()
    opened = read_past(wanted.at, now) if wanted.at else None
    await make_desk(context, standing, wanted.channel)
    reporter = (await names_of(context, [user])).get(user, "")
    with speaking(await language_of_channel(context, wanted.channel)):
        line = describe(wanted, reporter or say("a colleague"))
    blocks = [section(f"*{escape(wanted.title)}*"), small([escape(line)])]
    text = f"{escape(wanted.title)} ({escape(line)})"
    ts = await post_root(context, wanted.channel, text, blocks, key=f"new:{wanted.trigger}")
    more: dict[str, str | int] = {
        "title": wanted.title,
        "priority": wanted.priority,
        "opened": micros_of(opened) if opened else micros(ts),
    }
    more |= {"customer": wanted.key} if wanted.key else {}
    more |= {"source": wanted.source} if wanted.source else {}
    return await track_root(context, standing.actor, wanted, ts, more, via="command")


async def open_separate(
    context: Context, user: str, wanted: Wanted, quote: str, link: str
) -> Tracked:
    """Give a matter inside a thread a root of its own: a quote and a link (support-spec §3)."""
    from kpis.tongue import speaking

    await require_room(context, wanted.channel, post=True)
    standing = await may_track(context, user, wanted.channel)
    await make_desk(context, standing, wanted.channel)
    with speaking(await language_of_channel(context, wanted.channel)):
        source = say(wording.FROM_THREAD)
    where = f"<{link}|{source}>" if link else source
    blocks = [section(f">{escape(cut(quote, 500))}" if quote else where), small([where])]
    text = escape(quote or source)
    ts = await post_root(context, wanted.channel, text, blocks, key=f"new:{wanted.trigger}")
    # A title would stay in the ledger: the customer's words are kept as an excerpt alone.
    await keep_words(context, replace(wanted, ts=ts))
    more: dict[str, str | int] = {"opened": micros(wanted.ts)}
    more |= {"customer": wanted.key} if wanted.key else {}
    return await track_root(context, standing.actor, wanted, ts, more, via="shortcut")


async def post_root(
    context: Context, channel: str, text: str, blocks: list[dict[str, object]], key: str
) -> str:
    """Post it once: what comes a second time finds what the first posted."""
    from storage import support_notes

    workspace, now = context.home.workspace, context.clock()
    is_first = await context.write(support_notes.tell_once, workspace, key, now)
    try:
        return await post(
            context,
            channel=channel,
            text=text,
            blocks=blocks,
            key=key,
            look_first=not is_first,
        )
    except NotWelcome as refusal:
        context.channels.forget(channel)
        raise KepiError(wording.NOT_THERE) from refusal
    except Unconfirmed as fault:
        raise KepiError(wording.UNSURE) from fault


async def track_root(
    context: Context,
    actor: Actor,
    wanted: Wanted,
    ts: str,
    more: dict[str, str | int],
    *,
    via: str,
) -> Tracked:
    # Slack dated the post by its own clock; tracking it came after.
    now = max(micros_of(context.clock()), micros(ts))
    doing = Doing(Act.TRACK, more, at=max(wanted.acted, micros(ts)), ts=ts)
    entry = entry_of(doing, actor, wanted.channel, ts, trigger=wanted.trigger, now=now, via=via)
    await take(context, [entry])
    return await tell_tracked(context, wanted.channel, ts, None)


def describe(wanted: Wanted, reporter: str) -> str:
    """Return “lena_k, Telephone · reported by Omar”."""
    source = platform_title(wanted.source) if wanted.source in SOURCES else ""
    who = wanted.customer
    if who.startswith("<@"):
        who = ""
    if not (who or source):
        return say("Reported by {name}", name=reporter)
    return say("{customer} · reported by {name}", customer=joined((who, source)), name=reporter)
