"""*Track posts like this*: a rule taught by pointing at a post (support-spec §2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.private import swap
from commands.rights import is_admin, require_admin
from commands.saying import say, say_count, say_declared
from commands.support import wording
from commands.support.acting import Doing, entry_of
from commands.support.chosen import Chosen, listen
from commands.support.fetching import read_replies
from commands.support.looking import channel_name
from commands.support.messages import read_message
from commands.support.moments import micros_of
from commands.support.noting import note_relay
from commands.support.place import look, text_of
from commands.support.relay_form import (
    EVERYWHERE,
    FORM,
    Sample,
    compose_relay,
    read_choices,
    unpack_sample,
)
from commands.support.setup import require_setup
from commands.support.standing import require_team
from commands.support.take import take
from commands.support.threads import CLOSED
from commands.support.tryout import PAGE, ask
from commands.tongues import in_own_language, in_senders_language
from commands.views import open_form
from storage.errors import KepiError
from support.entries import Act, Entry, Role, ts_of
from support.reading import excerpt
from support.relay_learning import learn, rule_from
from support.relays import Extracted, RelayRule, match
from support.roles import Direction
from support.rules import DAY, span

if TYPE_CHECKING:
    from sqlalchemy import Connection

APPLY = "support_relay_apply"
LAST = span(7 * DAY)
MOST = 50


def register(app: AsyncApp, context: Context) -> None:
    listen(app, context, "support_relay", open_relay)
    on_press(app, context, APPLY, in_own_language(apply_rule))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        sample = unpack_sample(view["private_metadata"])
        asker = Asker(
            str(body["user"]["id"]), sample.channel, response_url=sample.response_url or None
        )
        context.tasks.start(
            save_rule(context, asker, sample, forms.filled(view)),
            lambda words: tell(context, asker, words),
        )


async def open_relay(context: Context, chosen: Chosen) -> None:
    """Open the form with what was read in the post; raises ``KepiError`` for a person's."""
    await require_setup(context, chosen.asker.user, chosen.channel)
    guess = learn(chosen.message)
    root = chosen.root if chosen.root != chosen.ts else ""
    sample = Sample(chosen.channel, chosen.ts, root, chosen.asker.response_url or "")
    everywhere = await is_admin(context, chosen.asker.user)
    await open_form(context, chosen.trigger, compose_relay(sample, guess, everywhere=everywhere))


async def find_post(context: Context, sample: Sample) -> Mapping[str, Any]:
    """Return the post as Slack has it now; raises ``KepiError`` where it is gone."""
    found = await read_replies_of(context, sample.channel, sample.root or sample.ts)
    for message in found:
        if text_of(message, "ts") == sample.ts:
            return message
    raise KepiError(wording.MESSAGE_GONE)


async def read_replies_of(context: Context, channel: str, ts: str) -> Sequence[Mapping[str, Any]]:
    from slack_sdk.errors import SlackApiError

    from commands.calls import error_of

    try:
        return await read_replies(context, channel, ts)
    except SlackApiError as refusal:
        word = error_of(refusal)
        if word in ("thread_not_found", "message_not_found"):
            raise KepiError(wording.MESSAGE_GONE) from refusal
        if word in CLOSED:
            raise KepiError(wording.CANNOT_READ) from refusal
        raise


async def save_rule(
    context: Context, asker: Asker, sample: Sample, filled: Mapping[str, Any]
) -> None:
    """Save what was picked, and offer to apply it to the last posts.

    A rule for every channel reaches into channels that its teacher is not in: admins alone.
    """
    await require_setup(context, asker.user, sample.channel)
    everywhere = filled.get("place") == EVERYWHERE
    if everywhere:
        await require_admin(context, asker.user)
    post = await find_post(context, sample)
    direction = Direction(str(filled.get("direction") or Direction.INBOUND.value))
    channel = "" if everywhere else sample.channel
    rule = rule_from(post, read_choices(filled), direction=direction, channel=channel)
    number = await context.write(keep_rule, context, asker.user, rule, sample.channel)
    name = await channel_name(context, sample.channel)
    where = say(wording.IN_ALL) if everywhere else say(wording.IN_CHANNEL, channel=name)
    what = say_declared(wording.RELAY_KINDS[direction.value])
    text = say(wording.RELAY_SAVED, what=what, where=where)
    blocks = [section(escape(text))]
    if direction is Direction.INBOUND:
        value = f"{number}|{sample.channel}"
        blocks.append(actions([button(say(wording.RELAY_APPLY), APPLY, value)]))
    await tell_blocks(context, asker, escape(text), blocks)


def keep_rule(
    connection: Connection, context: Context, user: str, rule: RelayRule, channel: str
) -> int:
    """Keep the rule; one that reads the same posts by the same parts gives way to it."""
    from storage import desks

    workspace, now = context.home.workspace, context.clock()
    for held in desks.relay_rules(connection, workspace, channel):
        if held.rule == rule.to_json() or same_posts(held.rule, rule):
            desks.remove_relay_rule(connection, workspace, held.id, now)
    note_relay(connection, workspace, rule, user, now)
    return desks.add_relay_rule(
        connection,
        workspace,
        app=rule.app,
        rule=rule.to_json(),
        by=user,
        at=now,
        channel=rule.channel,
    )


def same_posts(held: str, rule: RelayRule) -> bool:
    """Say whether a stored rule is about the very posts that ``rule`` is about."""
    from support.relays import is_replaced, rule_of

    try:
        return is_replaced(rule_of(held), rule)
    except KepiError:
        return False


async def apply_rule(context: Context, pressed: Pressed) -> None:
    """Track the last posts that the rule reads; what is an issue already stays one."""
    number, _, channel = pressed.value.partition("|")
    await require_setup(context, pressed.asker.user, channel)
    standing = await require_team(context, pressed.asker.user, channel)
    rule = await find_rule(context, number_of(number), channel)
    now = micros_of(context.clock())
    answer = await ask(context, channel, "", oldest=ts_of(now - LAST))
    posts = list(answer.get("messages") or [])[:PAGE]
    fitting = [(it, found[1]) for it in posts if (found := match([rule], it, channel))][:MOST]
    known = await context.read(known_roots, context.home.workspace, channel)
    fresh = [(post, read) for post, read in fitting if text_of(post, "ts") not in known]
    place = await look(context, channel)
    entries: list[Entry] = []
    for post, read in fresh:
        message = await read_message(context, place, post, late=True)
        if message is not None:
            entries.append(message)
        ts = text_of(post, "ts")
        doing = Doing(Act.TRACK, opening(read), ts=ts)
        key = f"{pressed.trigger or uuid4().hex}|{ts}"
        actor = replace(standing.actor, role=Role.RESPONDER)
        entries.append(entry_of(doing, actor, channel, ts, trigger=key, now=now, via="shortcut"))
        await keep_excerpt(context, channel, ts, read)
    if entries:
        await take(context, entries)
    words = (
        say_count(wording.RELAY_APPLIED_ONE, wording.RELAY_APPLIED, len(fresh))
        if fresh
        else say(wording.RELAY_NONE)
    )
    await swap(context, pressed, escape(words), [section(escape(words))])


def opening(read: Extracted) -> dict[str, str | int]:
    """Return what an issue is told of a post that was heard before its rule was known."""
    more: dict[str, str | int] = {"source": read.platform}
    return more | ({"customer": read.customer} if read.customer else {})


async def keep_excerpt(context: Context, channel: str, ts: str, read: Extracted) -> None:
    from storage import support_notes

    if words := excerpt(read.text):
        workspace, now = context.home.workspace, context.clock()
        await context.write(support_notes.put_excerpt, workspace, channel, ts, words, now)


async def find_rule(context: Context, number: int, channel: str) -> RelayRule:
    from support.relays import rule_of

    def held(connection: Connection, workspace: int) -> str:
        from storage import desks

        rows = desks.relay_rules(connection, workspace, channel)
        return next((it.rule for it in rows if it.id == number), "")

    words = await context.read(held, context.home.workspace)
    if not words:
        raise KepiError(wording.OLD_BUTTON)
    return rule_of(words)


def known_roots(connection: Connection, workspace: int, channel: str) -> set[str]:
    """Return the threads of a channel that have issues."""
    from storage import issues

    return {root for root, _ in issues.keys_of(connection, workspace, channel)}
