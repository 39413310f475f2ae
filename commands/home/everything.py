"""Home, its buttons, and what Kepi asks whoever invites it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from commands.accounts.surface import on_use
from commands.change import FORM as ASK
from commands.change import unpack_target
from commands.context import Context
from commands.digests.presses import set_up
from commands.home import choosing, doors, steps
from commands.home.example import BACK, go_back, show_example
from commands.home.exporting import show_how
from commands.home.invited import JUST_ANSWER, ask_inviter, is_invitation, just_answer
from commands.home.publishing import follow, has_home, publish
from commands.pressed import on_press
from commands.tongues import in_own_language
from storage.errors import KepiError

IN_MESSAGES = frozenset({"account_list", "note_list", "column_list", "digest_list", steps.EXAMPLE})
"""Buttons whose answer comes in the direct message: Home says so."""
FORMS = frozenset({"block_actions", "view_submission"})


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    on_use(app, context, steps.HOW, show_how)
    on_use(app, context, steps.MENU, doors.press_menu)
    on_press(app, context, BACK, in_own_language(go_back))
    on_press(app, context, steps.EXAMPLE, in_own_language(show_example))
    on_press(app, context, steps.DIGEST, in_own_language(set_up))
    on_press(app, context, JUST_ANSWER, in_own_language(just_answer))
    choosing.register(app, context)

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        user = event.get("user")
        if event.get("tab") == "home" and isinstance(user, str):
            context.tasks.start(see(context, user))

    # What others listen to is only noticed here: bolt gives each request to one listener alone.
    @app.middleware
    async def notice(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        take_notice(context, body)
        await next()


async def see(context: Context, user: str) -> None:
    await publish(context, user)


def take_notice(context: Context, body: Mapping[str, Any]) -> None:
    """Ask whoever invited Kepi, and let Home follow what is done from it."""
    event = body.get("event")
    if isinstance(event, Mapping):
        if is_invitation(context, event):
            context.tasks.start(ask_inviter(context, event))
        return
    view = body.get("view")
    if body.get("type") not in FORMS or not isinstance(view, Mapping):
        return
    user = str((body.get("user") or {}).get("id") or "")
    if has_home(context, user) and (is_in_form(body, view) or is_in_messages(body, view)):
        context.tasks.start(follow(context, user, told=is_in_messages(body, view)))


def is_in_form(body: Mapping[str, Any], view: Mapping[str, Any]) -> bool:
    """Say whether something was sent off, or pressed in a form: it may have been saved."""
    return body.get("type") == "view_submission" or view.get("type") == "modal"


def is_in_messages(body: Mapping[str, Any], view: Mapping[str, Any]) -> bool:
    """Say whether the answer to something done from Home comes in the direct message."""
    if body.get("type") == "view_submission":
        return view.get("callback_id") == ASK and is_asked_there(view)
    if view.get("type") != "home":
        return False
    action = (body.get("actions") or [{}])[0]
    pressed = str(action.get("action_id") or "")
    chosen = str((action.get("selected_option") or {}).get("value") or "")
    return bool({pressed, chosen} & IN_MESSAGES) or pressed.startswith("ask:")


def is_asked_there(view: Mapping[str, Any]) -> bool:
    """Say whether a question is asked that is no answer's change, to be answered to one alone."""
    try:
        target = unpack_target(str(view.get("private_metadata") or ""))
    except (ValueError, KeyError, TypeError, KepiError):
        return False
    return not target.ts and (target.asker.is_direct or not target.asker.channel)
