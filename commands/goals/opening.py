"""Opening the form of a goal: empty, filled from words, or with a goal to change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck

from commands.asker import Asker, sender_of, tell_blocks
from commands.blocks import View_, actions, button, escape, section
from commands.context import Context
from commands.destinations import require_own_channel
from commands.forms import filled
from commands.goals import wording
from commands.goals.confirm import add_chart, compose, weigh
from commands.goals.form import FORM, compose_form, read_form
from commands.goals.listing import NEW
from commands.goals.looking import (
    default_channel,
    find_goal,
    look,
    require_goal_right,
)
from commands.goals.setting import Setting, mark_goal, unpack
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form, open_form
from commands.who_sees import Readers
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.goals.propose import Proposal
    from kpis.goals.state import Standing
    from kpis.question import Question

FIELDS = frozenset(("kpi", "scope", "amount", "end", "channel", "owner"))


async def open_new(context: Context, asker: Asker, trigger: str, key: str = "") -> None:
    """Open an empty form; where nothing was pressed, offer a button that does."""
    from kpis.goals.draft import Draft

    if not trigger:
        text = escape(say(wording.OR_FILL_IN, example=wording.EXAMPLE))
        blocks = [section(text), actions([button(say(wording.SET_ONE), NEW)])]
        await tell_blocks(context, asker, text, blocks, key=key)
        return
    channel = await default_channel(context, asker.channel, asker.is_direct)
    await open_with(context, trigger, Setting(Draft(""), asker.user, channel, asker=asker))


async def open_about(context: Context, asker: Asker, trigger: str, question: Question) -> None:
    """Open the form with the number and accounts of an answer: *Set a goal* under it."""
    from kpis.goals.draft import Draft
    from kpis.goals.shapes import aim_of, better_of, check_goal

    await require_member(context, asker.user, say(wording.GUESTS))
    check_goal(question.kpi)
    better = better_of(question.kpi)
    draft = Draft(
        "",
        kpi=question.kpi,
        scope=question.scope,
        variant=question.variant or "",
        options=question.options,
        better="higher" if better == "neither" else better,
        aim=aim_of(question.kpi),
    )
    channel = await default_channel(context, asker.channel, asker.is_direct)
    await open_with(context, trigger, Setting(draft, asker.user, channel, asker=asker))


async def open_with(context: Context, trigger: str, setting: Setting, view_id: str = "") -> None:
    """Show the form with a draft: newly opened, or in the place of an open one."""
    view = await fill_in(context, setting)
    if view_id:
        await fill_form(context, view_id, view)
    else:
        await open_form(context, trigger, view)


async def fill_in(context: Context, setting: Setting) -> View_:
    return await look(
        context,
        Readers(setting.asker.user),
        lambda connection, around, now: compose_form(setting, around),
    )


async def press_new(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await open_new(context, pressed.asker, pressed.trigger)


async def press_fill(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """*Change*, under a message or in the form that asks whether to set it."""
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    if view:
        setting = unpack(str(view["private_metadata"]))
        await open_with(context, "", setting, str(view["id"]))
        return
    await open_with(context, pressed.trigger, unpack(pressed.value, pressed.asker))


async def press_edit(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """Open the form of a goal that is set."""
    from kpis.goals.parts import draft_of

    user = pressed.asker.user
    row = await find_goal(context, user, number_of(pressed.value))
    await require_goal_right(context, user, row)
    if row.state != "open":
        raise KepiError(wording.OVER)
    opened, looked = mark_goal(row), context.clock().isoformat()
    goal, asker = draft_of(row), pressed.asker
    setting = Setting(goal, row.owner, row.channel, row.id, asker, opened, looked)
    await open_with(context, pressed.trigger, setting, str(view.get("id") or ""))


async def submit(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the fields, or show what would be set in the form's place."""
    try:
        await look_at(context, ack, body)
    except KepiError as trouble:
        await ack(response_action="errors", errors={"kpi": str(trouble)})


async def look_at(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    view = body["view"]
    setting = unpack(str(view["private_metadata"]))
    setting = replace(setting, asker=sender_of(setting.asker, body))
    await require_right(context, setting)
    setting, errors = await look(
        context,
        Readers(setting.asker.user),
        lambda connection, around, now: read_form(
            filled(view), setting, around, now.astimezone(ZoneInfo(around.zone)).date()
        ),
    )
    if not errors:
        setting, errors, found = await try_out(context, setting)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    assert found is not None
    shown = await compose(context, setting, found[0], note=say(wording.WEIGHING))
    await ack(response_action="update", view=shown)
    context.tasks.start(weigh_on(context, setting, str(view["id"])))


async def require_right(context: Context, setting: Setting) -> None:
    """Refuse guests; and of a goal that is set, all but who look after it."""
    user = setting.asker.user
    await require_member(context, user, say(wording.GUESTS))
    if setting.goal:
        await require_goal_right(context, user, await find_goal(context, user, setting.goal))


async def try_out(
    context: Context, setting: Setting
) -> tuple[Setting, dict[str, str], tuple[Proposal, Standing] | None]:
    """Return what would be set, or the complaint at its field."""
    from kpis.goals.draft import Unfit

    if setting.goal:
        row = await find_goal(context, setting.asker.user, setting.goal)
        if setting.draft.start is None:
            setting = replace(setting, draft=replace(setting.draft, start=row.start))
    try:
        if setting.channel:
            await require_own_channel(context, setting.channel, setting.asker.user)
    except KepiError as trouble:
        return setting, {"channel": str(trouble)}, None
    try:
        return setting, {}, await weigh(context, setting, weighs=False)
    except Unfit as trouble:
        field = trouble.field if trouble.field in FIELDS else "amount"
        return setting, {field: str(trouble)}, None
    except KepiError as trouble:
        return setting, {"kpi": str(trouble)}, None


async def weigh_on(context: Context, setting: Setting, view_id: str) -> None:
    """Let history and the chart join the form that is open."""
    proposal, standing = await weigh(context, setting)
    await fill_form(context, view_id, await compose(context, setting, proposal))
    await add_chart(context, setting, proposal, standing, view_id)


__all__ = ["FORM", "press_edit", "press_fill", "press_new", "submit"]
