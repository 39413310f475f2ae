"""Kepi was invited: it asks the inviter, and nobody else, what it shall do (what-people-see)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from commands.support.draft import Draft
from commands.support.granted import find_granted
from commands.support.saving import draft_of
from commands.tongues import language_of_person

if TYPE_CHECKING:
    from sqlalchemy import Connection

DIGEST, DESK, JUST_ANSWER = "digest_new", "support_setup", "support_just_answer"
WHAT_HERE = "What shall I do here?"
I_ANSWER = "Good. I answer /kpi and @Kepi here. Later: /kpi start"


def is_invitation(context: Context, event: Mapping[str, Any]) -> bool:
    """Say whether Kepi came into a channel because somebody asked it to."""
    return (
        event.get("type") == "member_joined_channel"
        and event.get("user") == context.home.bot_user
        and isinstance(event.get("inviter"), str)
        and isinstance(event.get("channel"), str)
    )


async def ask_inviter(context: Context, event: Mapping[str, Any]) -> None:
    """Ask once for each invitation; a channel that is set up goes on as it was."""
    from kpis.tongue import speaking
    from storage import support_notes

    channel, inviter, workspace = event["channel"], event["inviter"], context.home.workspace
    key = f"invited|{channel}|{event.get('event_ts') or ''}"
    if not await context.write(support_notes.tell_once, workspace, key, context.clock()):
        return
    if (await context.people.find(inviter)).is_guest:
        return
    if await context.read(is_set_up, workspace, channel):
        return
    may_track = not (await find_granted(context)).is_off
    with speaking(await language_of_person(context, inviter)):
        await ask(context, Asker(inviter, channel), key, may_track=may_track)


async def ask(context: Context, asker: Asker, key: str, *, may_track: bool) -> None:
    """Ask what there is to choose; issues only where Slack lets Kepi read them."""
    text, channel = escape(say(WHAT_HERE)), asker.channel
    track = [button(say("Track customer issues"), DESK, channel)] if may_track else []
    row = [
        button(say("Monday digest"), DIGEST, channel),
        *track,
        button(say("Just answer"), JUST_ANSWER, channel),
    ]
    await tell_blocks(context, asker, text, [section(text), actions(row)], key=key)


def is_set_up(connection: Connection, workspace: int, channel: str) -> bool:
    """Say whether somebody set a channel up before: its issues, or a digest."""
    from storage import digests

    if draft_of(connection, workspace, channel) != Draft(channel):
        return True
    return any(it.channel == channel for it in digests.all_digests(connection, workspace))


async def just_answer(context: Context, pressed: Pressed) -> None:
    """Nothing to do: Kepi answers in every channel that it is in."""
    await require_member(context, pressed.asker.user)
    words = escape(say(I_ANSWER))
    await swap(context, pressed, words, [section(words)])
