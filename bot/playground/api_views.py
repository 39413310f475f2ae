"""views.*: modals by trigger, their stack of three, and Home (slack-platform §1, §8)."""

from __future__ import annotations

import secrets
import time

from bot.playground.api_access import file_check
from bot.playground.arguments import Args, missing
from bot.playground.blocks import accept_view
from bot.playground.changes import Change
from bot.playground.refusals import Refusal
from bot.playground.workspace import Workspace
from bot.playground.world import Json, View

STACK = 3


async def open_view(space: Workspace, args: Args) -> Json:
    """views.open: a new modal in front of the person whose trigger it is."""
    user = use_trigger(space, args)
    body = accept_view(_sent(args), ("modal",), file_check(space))
    view = new_view(space, user, body)
    close_views(space, list(space.stacks.get(user, [])))
    space.stacks[user] = [view]
    return _told(space, view)


async def push_view(space: Workspace, args: Args) -> Json:
    """views.push: on top of the open modal, at most three deep."""
    user = use_trigger(space, args)
    stack = space.stacks.get(user, [])
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= STACK:
        raise Refusal("push_limit_reached")
    body = accept_view(_sent(args), ("modal",), file_check(space))
    view = push_on(space, user, body)
    return _told(space, view)


async def update_view(space: Workspace, args: Args) -> Json:
    """views.update by view_id or external_id; a stale hash is refused."""
    view = _find(space, args)
    wanted = args.text("hash")
    if wanted is not None and wanted != view.hash:
        raise Refusal("hash_conflict")
    body = accept_view(_sent(args), (view.kind,), file_check(space))
    change_view(space, view, body)
    return _told(space, view)


async def publish_view(space: Workspace, args: Args) -> Json:
    """views.publish: a person's Home."""
    if not space.seed.home_tab:
        raise Refusal("not_enabled")
    user = args.need("user_id")
    member = space.members.get(user)
    if member is None or member.is_stranger:
        raise Refusal("user_not_found")
    body = accept_view(_sent(args), ("home",), file_check(space))
    view = space.homes.get(user)
    wanted = args.text("hash")
    if view is not None and wanted is not None and wanted != view.hash:
        raise Refusal("hash_conflict")
    if view is None:
        view = new_view(space, user, body)
        space.homes[user] = view
    else:
        change_view(space, view, body)
    space.changes.tell(Change("home", only=user))
    return {"ok": True, "view": view_json(space, view)}


def use_trigger(space: Workspace, args: Args) -> str:
    """Spend the trigger_id and return whose it is; real time counts (§1)."""
    trigger_id = args.text("trigger_id")
    if trigger_id is None:
        raise missing("trigger_id")
    trigger = space.triggers.get(trigger_id)
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if time.monotonic() - trigger.born > space.faults.trigger_seconds:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger.user


def _sent(args: Args) -> object:
    view = args.data("view")
    if view is None:
        raise missing("view")
    return view


def _find(space: Workspace, args: Args) -> View:
    external = args.text("external_id")
    for view in space.views.values():
        if external and view.body.get("external_id") == external:
            return view
    found = space.views.get(args.text("view_id") or "")
    if found is None:
        raise Refusal("not_found")
    return found


def new_view(space: Workspace, user: str, body: Json, root: View | None = None) -> View:
    """Return a stored view; an external_id in use is refused."""
    external = body.get("external_id")
    if external and any(v.body.get("external_id") == external for v in space.views.values()):
        raise Refusal("duplicate_external_id")
    view_id = space.new_id("V")
    view = View(view_id, body["type"], user, body, _hash(), root.root_id if root else view_id)
    space.views[view_id] = view
    return view


def push_on(space: Workspace, user: str, body: Json) -> View:
    """Put a view on top of the person's stack."""
    top = space.stacks[user][-1]
    view = new_view(space, user, body, root=top)
    view.previous_id = top.id
    space.stacks[user].append(view)
    return view


def change_view(space: Workspace, view: View, body: Json) -> None:
    """Replace what a view shows; typed values stay where block and action ids stay (§8)."""
    view.body, view.hash = body, _hash()
    view.errors, view.trouble = {}, None
    space.changes.tell(Change("home" if view.kind == "home" else "view", only=view.user))


def close_views(space: Workspace, views: list[View]) -> None:
    """Forget closed modals."""
    for view in views:
        space.views.pop(view.id, None)
        stack = space.stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)
        space.changes.tell(Change("view", only=view.user))


def _hash() -> str:
    return f"{int(time.time())}.{secrets.token_hex(4)}"


def _told(space: Workspace, view: View) -> Json:
    space.changes.tell(Change("view", only=view.user))
    return {"ok": True, "view": view_json(space, view)}


def view_json(space: Workspace, view: View) -> Json:
    """Return a view as payloads and answers show it."""
    seed = space.seed
    defaults: Json = {
        "title": None,
        "close": None,
        "submit": None,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return (
        defaults
        | view.body
        | {
            "id": view.id,
            "team_id": seed.team.id,
            "app_id": seed.app_id,
            "app_installed_team_id": seed.team.id,
            "bot_id": seed.bot_id,
            "hash": view.hash,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            "state": {"values": view.state},
        }
    )
