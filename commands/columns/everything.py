"""The form that matches columns, and the list of what was matched.

What a press does is loaded when it is pressed: guessing loads more than the start may.
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.columns.presses import (
    CHANGE,
    EXPORT,
    FORM,
    GRAIN,
    LIST,
    MORE,
    REMOVE,
    RESTORE,
    WHOSE,
)
from commands.context import Context
from commands.files import MATCH
from commands.pressed import Pressed, on_press, on_press_in_view
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    on_press(app, context, MATCH, in_own_language(match))
    for act in (LIST, CHANGE, REMOVE, RESTORE, EXPORT):
        on_press(app, context, act, in_own_language(ACTS[act]))
    on_press_in_view(app, context, MORE, in_own_language(show_more))
    for act in (GRAIN, WHOSE):
        on_press_in_view(app, context, act, in_own_language(show_again))

    @app.view(FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        from commands.columns.opening import submit

        await submit(context, ack, body)


async def match(context: Context, pressed: Pressed) -> None:
    from commands.columns.opening import open_match

    await open_match(context, pressed)


async def change(context: Context, pressed: Pressed) -> None:
    from commands.columns.opening import open_change

    await open_change(context, pressed)


async def show_more(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    from commands.columns.opening import change_open

    await change_open(context, pressed, view, more=True)


async def show_again(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    from commands.columns.opening import change_open

    await change_open(context, pressed, view)


async def show_list(context: Context, pressed: Pressed) -> None:
    from commands.columns.listing import press_list

    await press_list(context, pressed)


async def remove(context: Context, pressed: Pressed) -> None:
    from commands.columns.listing import remove

    await remove(context, pressed)


async def restore(context: Context, pressed: Pressed) -> None:
    from commands.columns.listing import restore

    await restore(context, pressed)


async def export(context: Context, pressed: Pressed) -> None:
    from commands.columns.listing import export

    await export(context, pressed)


ACTS = {LIST: show_list, CHANGE: change, REMOVE: remove, RESTORE: restore, EXPORT: export}
