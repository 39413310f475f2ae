"""Who asked, where, and how they are told something that nobody else sees."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
from slack_sdk.errors import SlackApiError

from commands.blocks import Block, actions, ask_button, escape, section
from commands.calls import FAULTS, error_of, is_final, repeat
from commands.command_names import names_of
from commands.context import Context
from commands.people import language_of_person, open_direct
from commands.posting import NotWelcome, Unconfirmed, post
from storage.errors import KepiError, Unclear

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asker:
    """A person at a place in Slack; ``response_url`` works five times within 30 minutes."""

    user: str
    channel: str
    thread: str | None = None
    response_url: str | None = None
    is_direct: bool = False
    """The channel is the direct message with Kepi, where plain messages are private."""

    def pack(self) -> list[Any]:
        """Return the asker as JSON can hold it."""
        return [self.user, self.channel, self.thread, self.response_url, self.is_direct]


def unpack_asker(held: Sequence[Any]) -> Asker:
    """Return what ``Asker.pack`` wrote; raises ``ValueError`` for what it did not."""
    user, channel, thread, response_url, is_direct = held
    texts = (user, channel, thread or "", response_url or "")
    if not all(isinstance(it, str) for it in texts) or not isinstance(is_direct, bool):
        raise ValueError("this is nobody who asked")
    return Asker(user, channel, thread, response_url, is_direct)


def asker_of_command(command: Mapping[str, Any]) -> Asker:
    """Return who sent a slash command; it never comes from a thread (slack-platform §1)."""
    return Asker(
        str(command["user_id"]),
        str(command.get("channel_id") or ""),
        response_url=command.get("response_url"),
    )


def asker_of_message(said: Mapping[str, Any]) -> Asker:
    """Return who wrote a message; a thread is only where it already stands in one."""
    channel = str(said["channel"])
    return Asker(
        str(said["user"]),
        channel,
        thread=said.get("thread_ts"),
        is_direct=said.get("channel_type") == "im" or channel.startswith("D"),
    )


def asker_of_event(inner: Mapping[str, Any]) -> Asker:
    """Return who caused an event: a message, or the thin ``file_shared`` (slack-platform §4)."""
    return asker_of_message(
        {
            **inner,
            "user": inner.get("user") or inner.get("user_id") or "",
            "channel": inner.get("channel") or inner.get("channel_id") or "",
        }
    )


def asker_of_action(body: Mapping[str, Any]) -> Asker:
    """Return who pressed a button; a press in a form has no channel (slack-platform §8)."""
    message = body.get("message") or {}
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    return Asker(
        str((body.get("user") or {}).get("id") or ""),
        str(channel),
        thread=message.get("thread_ts") or container.get("thread_ts"),
        response_url=body.get("response_url"),
        is_direct=str(channel).startswith("D"),
    )


def sender_of(held: Asker, body: Mapping[str, Any]) -> Asker:
    """Return who sent a form off: whom it remembers, or somebody of whom nothing else is known."""
    user = str((body.get("user") or {}).get("id") or "")
    return held if held.user == user else Asker(user, "")


async def tell(context: Context, asker: Asker, words: KepiError | str) -> None:
    """Say one line to the asker alone, with the choices as buttons where there are any."""
    text = escape(await translate(context, asker.user, words))
    blocks = [section(text)]
    if isinstance(words, Unclear) and words.choices:
        row = [ask_button(it, it, number) for number, it in enumerate(words.choices[:5])]
        blocks.append(actions(row))
    await tell_blocks(context, asker, text, blocks)


async def translate(context: Context, user: str, words: KepiError | str) -> str:
    """Return a line in the language that ``user`` reads; it may have been raised anywhere."""
    if isinstance(words, str):
        return words
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, user)):
        return str(words)


async def tell_blocks(
    context: Context,
    asker: Asker,
    text: str,
    blocks: Sequence[Block],
    *,
    replace: bool = False,
    key: str = "",
    look_first: bool = False,
) -> None:
    """Show the asker alone a message; tries ``response_url``, then the channel, then a direct one.

    With ``replace`` it takes the place of the private message whose button was pressed. ``key``
    and ``look_first`` are those of ``post``: in the direct message it comes once.
    """
    payload: dict[str, Any] = {"text": text, "blocks": list(blocks)}
    if asker.response_url and await respond(context, asker.response_url, payload, replace):
        return
    if not asker.user:
        return  # a payload that says of nobody: there is nobody to tell
    if asker.channel and not asker.is_direct:
        try:
            await repeat(
                lambda: context.client.chat_postEphemeral(
                    channel=asker.channel, user=asker.user, thread_ts=asker.thread, **payload
                )
            )
            return
        except FAULTS as fault:
            log.info("private line by direct message instead", extra={"why": str(fault)[:200]})
    key = key or f"line:{uuid4().hex}"
    await tell_directly(context, asker, text, blocks, key=key, look_first=look_first)


async def tell_directly(
    context: Context,
    asker: Asker,
    text: str,
    blocks: Sequence[Block],
    *,
    key: str,
    look_first: bool,
) -> None:
    """Post in the direct message with the asker, once: what is unconfirmed is not sent again."""
    channel, thread = asker.channel, asker.thread
    if not asker.is_direct:
        try:
            channel, thread = await open_direct(context, asker.user), None
        except SlackApiError as fault:
            if not is_final(fault):
                raise
            log.info("nobody to tell", extra={"why": error_of(fault)})  # a stranger, a program
            return
    try:
        await post(
            context,
            channel=channel,
            thread=thread,
            text=text,
            blocks=blocks,
            key=key,
            look_first=look_first,
        )
    except (NotWelcome, Unconfirmed) as fault:
        log.warning("a private line did not reach its reader", extra={"why": repr(fault)[:200]})


async def respond(
    context: Context, response_url: str, payload: Mapping[str, Any], replace: bool = False
) -> bool:
    """Post privately through a ``response_url``; say whether Slack took it (§1: five uses)."""
    body = {**payload, "response_type": "ephemeral", "replace_original": replace}
    names = names_of(context.home.command, context.home.support_command)
    body = names.in_payload(body) if names else body
    try:
        async with context.http.post(
            response_url,
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
            allow_redirects=False,
        ) as answer:
            if answer.status != 200:
                log.info("response_url refused", extra={"status": answer.status})
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
