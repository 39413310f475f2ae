"""Who hears which language: a person their own, a channel the one that was chosen for it.

Private text is in the reader's language (their Slack locale), public text in the channel's; where
nobody chose one for a channel it is the workspace's, and English before anyone chose at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol

from slack_sdk.errors import SlackApiError

from commands.asker import Asker
from commands.calls import FAULTS
from commands.context import Context
from commands.places import Place, Shown
from commands.pressed import Pressed

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Room(Protocol):
    """Answers words to the asker alone; ``trigger`` opens forms where they came with one."""

    def __call__(
        self, context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
    ) -> Coroutine[Any, Any, None]: ...


More = ParamSpec("More")
EVERYWHERE = "language"
"""The choice of a workspace; a channel's has its id behind it."""


async def language_of_person(context: Context, user: str) -> str:
    """Return the language that somebody reads Slack in; English where Slack does not say."""
    from kpis.tongue import ENGLISH, language_of

    if not user:
        return ENGLISH
    try:
        return language_of((await context.people.find(user)).locale)
    except (SlackApiError, *FAULTS):
        return ENGLISH


async def language_of_channel(context: Context, channel: str) -> str:
    """Return the language of what everyone in a channel reads."""
    return await context.read(chosen_language, context.home.workspace, channel)


async def language_at(context: Context, place: Place, user: str) -> str:
    """Return the language of an answer to ``user`` that appears in ``place``."""
    if place.shown is Shown.EVERYONE:
        return place.language or await language_of_channel(context, place.channel)
    return await language_of_person(context, user)


def chosen_language(connection: Connection, workspace: int, channel: str) -> str:
    """Return what was chosen for a channel, else for the workspace, else English."""
    from kpis.tongue import ENGLISH, LANGUAGES
    from storage.support_notes import chosen

    everywhere = chosen(connection, workspace, EVERYWHERE, ENGLISH)
    found = str(chosen(connection, workspace, key_of(channel), everywhere))
    return found if found in LANGUAGES else ENGLISH


def key_of(channel: str) -> str:
    """Return the key under which a channel's language is kept."""
    return f"{EVERYWHERE}:#{channel}"


def in_own_language(
    act: Callable[Concatenate[Context, Pressed, More], Awaitable[None]],
) -> Callable[Concatenate[Context, Pressed, More], Coroutine[Any, Any, None]]:
    """Return ``act`` as it speaks to whoever pressed, in their language."""

    async def speak(
        context: Context, pressed: Pressed, /, *more: More.args, **named: More.kwargs
    ) -> None:
        from kpis.tongue import speaking

        with speaking(await language_of_person(context, pressed.asker.user)):
            await act(context, pressed, *more, **named)

    return speak


def in_askers_language(answer: Room) -> Room:
    """Return a room's ``answer`` as it speaks to the asker, in their language."""

    async def speak(
        context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
    ) -> None:
        from kpis.tongue import speaking

        with speaking(await language_of_person(context, asker.user)):
            await answer(context, asker, words, trigger=trigger, key=key)

    return speak
