"""Who hears which language: a person their own, a channel the one that was chosen for it.

Private text is in the reader's language (their Slack locale), public text in the channel's; where
nobody chose one for a channel it is the workspace's, and English before anyone chose at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol

from slack_bolt.async_app import AsyncAck

from commands.asker import Asker
from commands.context import Context
from commands.people import language_of_person as language_of_person
from commands.places import Place, Shown
from commands.pressed import Pressed

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Room(Protocol):
    """Answers words to the asker alone; ``trigger`` opens forms where they came with one."""

    def __call__(
        self, context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
    ) -> Coroutine[Any, Any, None]: ...


Listener = Callable[[AsyncAck, dict[str, Any]], Coroutine[Any, Any, None]]
More = ParamSpec("More")
EVERYWHERE = "language"
"""The choice of a workspace; a channel's has its id behind it."""


async def language_of_channel(context: Context, channel: str) -> str:
    """Return the language of what everyone in a channel reads."""
    return await context.read(chosen_language, context.home.workspace, channel)


async def language_at(context: Context, place: Place, user: str) -> str:
    """Return the language of an answer to ``user`` that appears in ``place``."""
    if place.shown is Shown.EVERYONE:
        return place.language or await language_of_channel(context, place.channel)
    return await language_of_person(context, user)


async def language_of_readers(context: Context, channel: str) -> str:
    """Return the language of what is posted by itself: a channel's, or a person's own."""
    if channel.startswith(("U", "W")):
        return await language_of_person(context, channel)
    return await language_of_channel(context, channel)


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


def in_senders_language(context: Context) -> Callable[[Listener], Listener]:
    """Decorate a listener: it, and the work that it starts, speak as whoever acted reads."""

    def decorate(listener: Listener) -> Listener:
        async def speak(ack: AsyncAck, body: dict[str, Any]) -> None:
            from kpis.tongue import speaking

            user = str((body.get("user") or {}).get("id") or "")
            with speaking(await language_of_person(context, user)):
                await listener(ack, body)

        return speak

    return decorate
