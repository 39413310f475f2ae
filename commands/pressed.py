"""A press of a button or a choice in the ⋯ menu: what it remembers, and on which message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, asker_of_action, tell
from commands.context import Context
from commands.recall import Recall, unpack


@dataclass(frozen=True)
class Pressed:
    """What came with a press."""

    asker: Asker
    value: str
    trigger: str
    ts: str
    """The message whose button it is."""
    is_private: bool
    """Only the presser sees that message: it can be changed through ``response_url`` alone."""

    @property
    def recall(self) -> Recall:
        """The question that the button remembers; raises ``KepiError`` for a foreign value."""
        return unpack(self.value)


def read_press(body: Mapping[str, Any]) -> Pressed:
    """Return the press that ``block_actions`` tells; a menu remembers in its block's id.

    A button without a value remembers nothing: Slack makes up the id of a block that has none.
    """
    action = body["actions"][0]
    container = body.get("container") or {}
    value = action.get("value") or ""
    if not value and action.get("type") != "button":
        value = action.get("block_id") or ""
    return Pressed(
        asker=asker_of_action(body),
        value=str(value),
        trigger=str(body.get("trigger_id") or ""),
        ts=str(container.get("message_ts") or (body.get("message") or {}).get("ts") or ""),
        is_private=bool(container.get("is_ephemeral")),
    )


def number_of(text: str) -> int:
    """Return the number that a button remembers; 0 for what is none, or too long for one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


Act = Callable[[Context, Pressed], Awaitable[None]]
ActInView = Callable[[Context, Pressed, dict[str, Any]], Awaitable[None]]


def on_press(app: AsyncApp, context: Context, constraint: Any, act: Act) -> None:
    """Let ``act`` follow a press: acknowledged first, and what goes wrong told to the presser."""

    @app.action(constraint)
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        start(context, act, read_press(body))


def on_press_in_view(app: AsyncApp, context: Context, constraint: Any, act: ActInView) -> None:
    """Let ``act`` follow a press that may be in a form or in Home, whose view it is given then."""

    @app.action(constraint)
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = dict(body.get("view") or {})
        start(context, lambda context, pressed: act(context, pressed, view), read_press(body))


def start(context: Context, act: Act, pressed: Pressed) -> None:
    """Start the work of a press."""

    async def work() -> None:
        await act(context, pressed)

    context.tasks.start(work(), lambda words: tell(context, pressed.asker, words))
