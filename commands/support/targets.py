"""``/support targets``: what is promised, listed and changed (support-spec §10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, on_press
from commands.rights import is_admin, require_admin
from commands.saying import joined, say, say_count, say_declared
from commands.support import target_steps, wording
from commands.support.listing import Listed
from commands.support.looking import channel_name
from commands.support.notice_words import MORNING_ON, morning_choice
from commands.support.promise_words import KINDS, say_seconds
from commands.support.requests import Request
from commands.support.saving import order_of
from commands.support.sight import visible
from commands.support.sources import platform_title
from commands.support.target_form import FORM, compose_form, read_form
from commands.tongues import in_own_language, in_senders_language
from commands.unpacking import read_memory
from commands.views import open_form
from storage.errors import KepiError
from storage.overtaken import mark
from support.policies import Clock, Policy, Promise, TargetKind, read_policy, write_policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

EDIT, PROPOSE = "support_target", "support_target_propose"
LISTED = 10
MOST_OFF = 3
ONE_HOLDS = "{number} promise holds for new issues."
SEVERAL_HOLD = "{number} promises hold for new issues."


class Seen(NamedTuple):
    """What a form was opened on: a promise by its name (empty: a new one), and its mark."""

    name: str
    mark: str


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile(f"^{EDIT}:"), in_own_language(edit))
    on_press(app, context, PROPOSE, in_own_language(propose))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        kinds = {"asked_in": str, "response_url": str | None, "name": str, "manager": str}
        kinds |= {"seen": str}
        held = read_memory(view, "/support targets", **kinds)
        policy, ends, errors = read_form(forms.filled(view), held)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        asker = Asker(str(body["user"]["id"]), held["asked_in"], response_url=held["response_url"])
        manager = str(forms.filled(view).get("manager") or "")
        context.tasks.start(
            save_and_tell(context, asker, policy, Seen(held["name"], held["seen"]), ends, manager),
            lambda words: tell(context, asker, words),
        )


async def answer(request: Request) -> None:
    """List what is promised where the asker is; admins see all, and can change it."""
    context, user = request.context, request.asker.user
    policies = await context.read(read_current, context.home.workspace)
    if not await is_admin(context, user):
        seen = await visible(context, user, {it.scope.channel for it in policies} - {""})
        policies = [it for it in policies if it.scope.channel in ("", *seen)]
    page = await compose_list(context, policies)
    off = await context.read(read_lists_off, context.home.workspace)
    for channel in sorted(await visible(context, user, off)):
        name = await channel_name(context, channel, say("a channel"))
        turn_on = button(say("Turn on"), MORNING_ON, channel)
        line = section(
            escape(say("No list in the morning of who waits in #{channel}.", channel=name))
        )
        page.blocks.append(line | {"accessory": turn_on.to_dict()})
    await request.answer(page)


def read_lists_off(connection: Connection, workspace: int) -> list[str]:
    """Return the channels whose list of who waits somebody turned off."""
    from storage import desks
    from storage.support_notes import chosen

    channels = [it.channel for it in desks.all_desks(connection, workspace)]
    return [it for it in channels if not chosen(connection, workspace, morning_choice(it), True)][
        :MOST_OFF
    ]


def read_current(connection: Connection, workspace: int) -> list[Policy]:
    from support.policy_book import current_policies

    return current_policies(connection, workspace)


async def compose_list(context: Context, policies: Sequence[Policy]) -> Listed:
    """Return every policy with a button that changes it."""
    if not policies:
        buttons = [
            button(say(wording.PROPOSE), PROPOSE),
            button(say(wording.NEW_TARGET), f"{EDIT}:new", " "),
        ]
        text = escape(say(wording.NO_TARGETS))
        return Listed(text, [section(text), actions(buttons)])
    text = say_count(ONE_HOLDS, SEVERAL_HOLD, len(policies))
    blocks: list[Block] = [section(f"*{escape(text)}*")]
    for number, it in enumerate(policies[:LISTED]):
        change = button(say(wording.CHANGE), f"{EDIT}:{number}", it.name)
        lines = await describe(context, it)
        blocks.append(section("\n".join(map(escape, lines))) | {"accessory": change.to_dict()})
    blocks.append(actions([button(say(wording.NEW_TARGET), f"{EDIT}:new", " ")]))
    return Listed(escape(text), blocks)


async def describe(context: Context, policy: Policy) -> list[str]:
    """Return a policy in two or three lines: for what, within how long, who is told."""
    scope = policy.scope
    channel = await channel_name(context, scope.channel, say("a channel")) if scope.channel else ""
    parts = [
        f"#{channel}" if channel else "",
        say("{priority} priority", priority=say_declared(scope.priority)) if scope.priority else "",
        platform_title(scope.platform) if scope.platform else "",
        scope.brand,
        scope.customer.partition(":")[2] or scope.customer,
    ]
    whom = joined(parts) or say("every issue")
    said = joined(say_promise(kind, promise) for kind, promise in policy.targets.items())
    name = say("{name}: {what}", name=policy.name, what=whom)
    lines = [policy.name if policy.name == whom else name, said]
    steps = target_steps.describe(policy)
    return [*lines, steps] if steps else lines


def say_promise(kind: TargetKind, promise: Promise) -> str:
    """Return “first answer 4 h”, “solved 3 d around the clock”."""
    what, span = say_declared(KINDS[kind]).lower(), say_seconds(promise.seconds)
    if promise.clock is Clock.BUSINESS:
        return say("{what} {span}", what=what, span=span)
    return say("{what} {span} around the clock", what=what, span=span)


async def edit(context: Context, pressed: Pressed) -> None:
    """Open the form of a policy, or an empty one."""
    await require_admin(context, pressed.asker.user)
    policies = await context.read(read_current, context.home.workspace)
    found = next((it for it in policies if it.name == pressed.value), None)
    manager = await context.read(read_manager, context.home.workspace)
    memory = {
        "manager": manager,
        "name": found.name if found else "",
        "seen": mark(write_policy(found)) if found else "",
        "asked_in": pressed.asker.channel,
        "response_url": pressed.asker.response_url,
    }
    view = compose_form(found or Policy("", {}), memory)
    await open_form(context, pressed.trigger, view)


def read_manager(connection: Connection, workspace: int) -> str:
    from storage.support_notes import chosen

    return str(chosen(connection, workspace, target_steps.MANAGER, "") or "")


async def save_and_tell(
    context: Context, asker: Asker, policy: Policy, seen: Seen, ends: bool, manager: str = ""
) -> None:
    """Save it, or end it; a new name takes the place of the old one."""
    from storage.overtaken import Overtaken

    await require_admin(context, asker.user)
    before = seen.name
    try:
        await context.write(save, context, asker.user, policy, seen, ends, manager)
    except Overtaken as over:
        raise KepiError(await say_overtaken(context, asker.user, over, f"“{before}”")) from over
    line = say(wording.TARGET_ENDED) if ends else say(wording.TARGET_SAVED)
    text = line.format(name=before if ends else policy.name)
    if not ends and target_steps.tells_team(policy):
        text += await warn_of_channels(context, asker.user, policy.scope.channel)
    await tell_blocks(context, asker, escape(text), [section(escape(text))])


async def warn_of_channels(context: Context, user: str, channel: str) -> str:
    """Return where a step for the team's own channel finds none, with what to do; or nothing."""
    lacking = await context.read(without_team_channel, context.home.workspace, channel)
    if not lacking:
        return ""
    seen = sorted(await visible(context, user, lacking))
    from kpis.tongue import listed

    known = [await channel_name(context, it) for it in seen[:MOST_OFF]]
    names = [f"#{it}" if it else say("a channel") for it in known]
    if left := len(lacking) - len(names):
        others = say_count("{number} channel", "{number} channels", left)
        names.append(say("{number} more", number=left) if names else others)
    words = say_count(
        wording.TEAM_CHANNEL_MISSING,
        wording.TEAM_CHANNELS_MISSING,
        len(lacking),
        channels=listed(names),
    )
    return f" {words}"


def without_team_channel(connection: Connection, workspace: int, channel: str) -> list[str]:
    """Return the channels of a promise (empty: of all) whose team is warned in no own channel."""
    from storage.desks import all_desks
    from support.rulebook import read_book

    told = [it.channel for it in all_desks(connection, workspace) if it.gone is None]
    return [
        it
        for it in told
        if channel in ("", it) and not read_book(connection, workspace, it).latest.alerts_channel
    ]


def save(
    connection: Connection,
    context: Context,
    user: str,
    policy: Policy,
    seen: Seen,
    ends: bool,
    manager: str = "",
) -> None:
    """Write it down; raises ``Overtaken`` where it is not any more what the form was opened on."""
    from storage import policies, support_notes
    from storage.database import take_turns
    from support.policy_book import current_policies, save_policy

    workspace, now, before = context.home.workspace, context.clock(), seen.name
    take_turns(connection, workspace)
    require_as_seen(connection, workspace, seen)
    if ends:
        policies.retire(connection, workspace, before, now)
        return
    policy = replace(policy, order=order_of(policy.scope))
    held = {it.name: it for it in current_policies(connection, workspace)}
    if policy.name != before and policy.name in held:
        raise KepiError(wording.TARGET_NAME_TAKEN, name=policy.name)
    if before in held:
        old = held[before]
        policy = replace(
            policy,
            escalate=target_steps.merge(policy, old),
            calendar=old.calendar,
            exclude_resolved_gap=old.exclude_resolved_gap,
        )
    if manager and manager != read_manager(connection, workspace):
        support_notes.choose(connection, workspace, target_steps.MANAGER, manager, user, now)
    if before and policy.name != before:
        policies.retire(connection, workspace, before, now)
    save_policy(connection, workspace, policy, user, now)


def require_as_seen(connection: Connection, workspace: int, seen: Seen) -> None:
    from storage import policies
    from storage.overtaken import Overtaken

    if not seen.name:
        return
    row = next((it for it in policies.current(connection, workspace) if it.name == seen.name), None)
    if row is None:
        raise Overtaken(is_gone=True)
    if mark(write_policy(read_policy(row.policy))) != seen.mark:
        raise Overtaken(row.by, row.since)


async def propose(context: Context, pressed: Pressed) -> None:
    """Save the proposals by priority (support-spec §10), to be changed one by one."""
    await require_admin(context, pressed.asker.user)
    policies = await context.write(save_proposals, context, pressed.asker.user)
    page = await compose_list(context, policies)
    await tell_blocks(context, pressed.asker, page.text, page.blocks, replace=pressed.is_private)


def save_proposals(connection: Connection, context: Context, user: str) -> list[Policy]:
    from support.policies import propose_by_priority
    from support.policy_book import current_policies, save_policy

    workspace, now = context.home.workspace, context.clock()
    known = {it.name for it in current_policies(connection, workspace)}
    for policy in map(name_proposal, propose_by_priority()):
        if policy.name not in known:
            save_policy(connection, workspace, policy, user, now)
    return current_policies(connection, workspace)


def name_proposal(policy: Policy) -> Policy:
    """Return a proposal by its name in the spoken language: “High priority”."""
    words = say("{priority} priority", priority=say_declared(policy.scope.priority))
    return replace(policy, name=words[:1].upper() + words[1:])
