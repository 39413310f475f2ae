"""A shortcut that was chosen in the menu of a message (slack-platform §8)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, asker_of_action, tell
from commands.context import Context
from commands.support.moments import when
from commands.support.place import text_of
from commands.tongues import in_senders_language


@dataclass(frozen=True)
class Chosen:
    """A shortcut that was chosen on a message."""

    asker: Asker
    message: Mapping[str, Any]
    trigger: str
    at: int
    """When it was chosen, by Slack's clock (µs); 0 where Slack did not say."""

    @property
    def channel(self) -> str:
        return self.asker.channel

    @property
    def ts(self) -> str:
        return text_of(self.message, "ts")

    @property
    def root(self) -> str:
        return text_of(self.message, "thread_ts") or self.ts


def read_chosen(body: Mapping[str, Any]) -> Chosen:
    """Return what a ``message_action`` tells (slack-platform §8)."""
    message = dict(body.get("message") or {})
    message.setdefault("ts", str(body.get("message_ts") or ""))
    at = when(str(body.get("action_ts") or ""))
    asker = replace(asker_of_action(body), thread=message.get("thread_ts"))
    return Chosen(asker, message, str(body.get("trigger_id") or ""), at)


Work = Callable[[Context, Chosen], Awaitable[None]]


def listen(app: AsyncApp, context: Context, callback_id: str, work: Work) -> None:
    @app.shortcut(callback_id)
    @in_senders_language(context)
    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        read = read_chosen(body)

        async def do() -> None:
            await work(context, read)

        context.tasks.start(do(), lambda words: tell(context, read.asker, words))
