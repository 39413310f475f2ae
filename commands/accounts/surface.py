"""Where somebody pressed, and so where they see what comes of it: a form, or a private message."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, tell, tell_blocks, unpack_asker
from commands.blocks import Block, View_, form
from commands.context import Context
from commands.pressed import Pressed, read_press
from commands.private import swap
from commands.saying import say
from commands.tongues import language_of_person
from commands.views import fill_form, open_form


@dataclass(frozen=True)
class Surface:
    """A press: whose, of which choice, and in what."""

    pressed: Pressed
    asker: Asker
    """Where the presser began: a form remembers it, Home is nowhere."""
    value: str
    """Of the button, or of the choice in a ⋯ menu."""
    view_id: str = ""
    """The form that was pressed in; empty for messages and Home."""
    is_home: bool = False

    @property
    def user(self) -> str:
        return self.asker.user


Act = Callable[[Context, Surface], Awaitable[None]]


def read_surface(body: Mapping[str, Any]) -> Surface:
    """Return where a press came from."""
    pressed, view = read_press(body), body.get("view") or {}
    chosen = (body["actions"][0].get("selected_option") or {}).get("value")
    is_modal = view.get("type") == "modal"
    return Surface(
        pressed,
        asker_in(view, pressed.asker.user) if is_modal else pressed.asker,
        str(chosen or body["actions"][0].get("value") or ""),
        str(view.get("id") or "") if is_modal else "",
        view.get("type") == "home",
    )


def asker_in(view: Mapping[str, Any], user: str) -> Asker:
    """Return the asker that a form remembers, if it is ``user``'s; else one without a place."""
    try:
        asker = unpack_asker(json.loads(str(view.get("private_metadata") or "{}"))["asker"])
    except (ValueError, KeyError, TypeError):
        return Asker(user, "")
    return asker if asker.user == user else Asker(user, "")


def on_use(app: AsyncApp, context: Context, constraint: Any, act: Act) -> None:
    """Let ``act`` follow a press, in the presser's language; what goes wrong is told to them."""

    @app.action(constraint)
    async def used(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        surface = read_surface(body)

        async def work() -> None:
            from kpis.tongue import speaking

            with speaking(await language_of_person(context, surface.user)):
                await act(context, surface)

        context.tasks.start(work(), lambda words: tell(context, surface.asker, words))


async def show_form(context: Context, surface: Surface, view: View_) -> None:
    """Show a form: in the place of the one that was pressed in, or newly opened."""
    if surface.view_id:
        await fill_form(context, surface.view_id, view)
    else:
        await open_form(context, surface.pressed.trigger, view)


async def show_page(
    context: Context, surface: Surface, title: str, text: str, blocks: Sequence[Block],
    *, replace: bool = False,
) -> None:  # fmt: skip
    """Show a page: in the form that was pressed in, else in a private message.

    With ``replace`` it takes the place of the message whose button was pressed; from Home it
    comes in the direct message.
    """
    if surface.view_id:
        await show_form(context, surface, page(title, blocks, surface.asker))
    elif replace and not surface.is_home:
        await swap(context, surface.pressed, text, blocks)
    else:
        await tell_blocks(context, surface.asker, text, blocks)


def page(title: str, blocks: Sequence[Block], asker: Asker) -> View_:
    """Return blocks as a form with nothing to fill in, which remembers the asker."""
    memory = json.dumps({"asker": asker.pack()})
    return form(title, blocks, callback_id="account_page", close=say("Close"), memory=memory)
