"""Kepi was invited: it asks the inviter, and nobody else, what it shall do (what-people-see)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.private import swap
from commands.support import wording
from commands.support.draft import Draft
from commands.support.granted import find_granted
from commands.support.saving import draft_of

JUST_ANSWER = "support_just_answer"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, JUST_ANSWER, just_answer)

    # Joining is heard elsewhere too, and bolt gives an event to one listener alone.
    @app.middleware
    async def notice(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        event = body.get("event")
        if isinstance(event, Mapping) and is_invitation(context, event):
            context.tasks.start(ask_inviter(context, event))
        await next()


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
    from storage import support_notes

    channel, inviter, workspace = event["channel"], event["inviter"], context.home.workspace
    key = f"invited|{channel}|{event.get('event_ts') or ''}"
    if not await context.write(support_notes.tell_once, workspace, key, context.clock()):
        return
    if (await context.people.find(inviter)).is_guest:
        return
    if (await find_granted(context)).is_off:
        return
    if await context.read(draft_of, workspace, channel) != Draft(channel):
        return
    blocks = [
        section(escape(wording.WHAT_HERE)),
        actions(
            [
                button(wording.TRACK_ISSUES, "support_setup", channel),
                button(wording.ONLY_ANSWER, JUST_ANSWER, channel),
            ]
        ),
    ]
    await tell_blocks(context, Asker(inviter, channel), escape(wording.WHAT_HERE), blocks, key=key)


async def just_answer(context: Context, pressed: Pressed) -> None:
    """Nothing to do: Kepi answers in every channel that it is in."""
    words = escape(wording.I_ANSWER)
    await swap(context, pressed, words, [section(words)])
