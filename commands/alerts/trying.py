"""The try-out: how often a rule would have told in 90 days, tuned before it is saved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.blocks import RadioButtonsElement

from commands.alerts import saving, wording
from commands.alerts.draft import Draft, unpack_draft
from commands.alerts.fewer import replay_in_thread
from commands.alerts.known import name_channel
from commands.alerts.naming import say_one
from commands.asker import Asker, asker_of_action, tell, tell_blocks, unpack_asker
from commands.blocks import (
    Block,
    View_,
    actions,
    button,
    escape,
    form,
    image,
    option,
    section,
)
from commands.blocks import (
    context as small_lines,
)
from commands.context import Context
from commands.form_charts import send_along
from commands.pictures import show_picture
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_senders_language
from commands.views import fill_form
from commands.who_sees import hidden_in
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.alerts.rules import Rule, Sensitivity
    from kpis.alerts.verdict import Replay

TRIED, TUNE, AGAIN = "alert_tried", "alert_tune", "alert_again"


def register(app: AsyncApp, context: Context) -> None:
    @app.action(TUNE)
    @in_senders_language(context)
    async def tuned(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        chosen = (body["actions"][0].get("selected_option") or {}).get("value")
        user = str((body.get("user") or {}).get("id") or "")
        work = tune(context, body.get("view") or {}, str(chosen or ""), user)
        start(context, body, work)

    @app.view(TRIED)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        held = body["view"]["private_metadata"]
        start(context, body, save_and_tell(context, body, held))


def start(context: Context, body: dict[str, Any], work: Any) -> None:
    """Start the work of a form; what goes wrong is told to the one who fills it in."""
    asker = asker_of(context, body)
    context.tasks.start(work, lambda words: tell(context, asker, words))


def asker_of(context: Context, body: dict[str, Any]) -> Asker:
    """Return who fills the form in, and where the form was asked for."""
    held = (body.get("view") or {}).get("private_metadata") or ""
    try:
        asker = unpack_draft(held, context.home.workspace).asker
    except KepiError:
        asker = ()
    user = str((body.get("user") or {}).get("id") or "")
    found = unpack_asker(asker) if asker else asker_of_action(body)
    return found if found.user == user else Asker(user, "")


async def try_out(context: Context, view_id: str, draft: Draft, user: str) -> None:
    """Show in an open form what a rule would have told; or why it cannot be saved."""
    try:
        await saving.check(context, user, draft)
        tried = await replayed(context, draft.rule)
    except KepiError as trouble:
        await fill_form(context, view_id, compose_trouble(draft, str(trouble)))
        return
    except Exception:
        await fill_form(context, view_id, compose_trouble(draft, say(wording.BROKE)))
        raise
    said = await context.read(say_one, context, draft.rule)
    where = await name_channel(context, draft.rule.channel)
    chart = await chart_of(context, tried)
    said = say("{rule}, told in {where}", rule=said, where=where)
    if chart is not None:
        await send_along(context, f"alert-try:{view_id}", user, (said, tried.words), chart)
    await fill_form(context, view_id, compose_tried(draft, said, tried, chart))


async def replayed(context: Context, rule: Rule) -> Replay:
    """Return a rule tried on the last 90 days, by what its channel may know."""
    hidden = await hidden_in(context, rule.channel)
    return await asyncio.to_thread(replay_in_thread, context, rule, hidden)


async def chart_of(context: Context, tried: Replay) -> tuple[str, str] | None:
    """Return the chart of a try-out as a file that forms can show, and its words."""
    picture = tried.picture
    file = await show_picture(context, picture, "a try-out goes without its chart")
    return (file, picture.alt_text) if picture is not None and file else None


def compose_trouble(draft: Draft, words: str) -> View_:
    """Return why a rule cannot be saved, with the way back to its form."""
    blocks = [section(escape(words)), actions([button(say(wording.AGAIN), AGAIN)])]
    return form(
        say(wording.FORM_RULE),
        blocks,
        callback_id="alert_trouble",
        close=say("Close"),
        memory=draft.pack(),
    )


def compose_tried(draft: Draft, said: str, tried: Replay, chart: tuple[str, str] | None) -> View_:
    """Return what it would have told, how that changes, and the way to save it."""
    blocks: list[Block] = [section(f"*{escape(said)}*")]
    if tried.words != tried.refusal:
        blocks.append(section(escape(tried.words)))
    if tried.refusal:
        blocks.append(section(f"*{escape(tried.refusal)}*"))
    if chart is not None:
        blocks.append(image(*chart))
    if tried.days:
        blocks += [section(f"*{say(wording.HOW_OFTEN)}*"), actions([tuner(draft.rule, tried)])]
    blocks.append(actions([button(say(wording.AGAIN), AGAIN)]))
    if not tried.refusal:
        blocks.append(small_lines([say(wording.STARTS)]))
    return form(
        say(wording.FORM_TRIED),
        blocks,
        callback_id="alert_refused" if tried.refusal else TRIED,
        submit=None if tried.refusal else say(wording.SAVE),
        close=say("Cancel"),
        memory=draft.pack(),
    )


def tuner(rule: Rule, tried: Replay) -> RadioButtonsElement:
    """Return *fewer / as now / more*, each with how often it would have told."""
    from kpis.alerts.rules import say_sensitivity

    offered = [
        option(
            say(
                "{setting}: {times} in {days} days",
                setting=say_sensitivity(it),
                times=say_times(often),
                days=tried.days,
            ),
            it,
        )
        for it, often in tried.counts.items()
    ]
    now = next((it for it in offered if it.value == rule.settings.sensitivity), None)
    return RadioButtonsElement(action_id=TUNE, options=offered, initial_option=now)


def say_times(number: int) -> str:
    from kpis.titles import times

    return times(number) if number else say("never")


async def tune(context: Context, view: dict[str, Any], chosen: str, user: str) -> None:
    """Try the rule at another sensitivity, in the same form."""
    from kpis.alerts.rules import SENSITIVITIES

    await require_member(context, user, say(wording.GUESTS))
    draft = unpack_draft(str(view.get("private_metadata") or ""), context.home.workspace)
    wanted: Sensitivity | None = next((it for it in SENSITIVITIES if it == chosen), None)
    if wanted is None or wanted == draft.rule.settings.sensitivity:
        return
    user = str(draft.asker[0]) if draft.asker else ""
    await try_out(context, str(view.get("id")), draft.of(draft.rule.at(wanted)), user)


async def save_and_tell(context: Context, body: dict[str, Any], held: str) -> None:
    """Save what was tried, and say so to the one who did alone."""
    draft = unpack_draft(held, context.home.workspace)
    user = str(body["user"]["id"])
    await saving.check(context, user, draft)
    rule = await saving.save(context, user, draft)
    await say_saved(context, asker_of(context, body), rule)


async def say_saved(context: Context, asker: Asker, rule: Rule, more: str = "") -> None:
    said = await context.read(say_one, context, rule)
    where = await name_channel(context, rule.channel)
    words = " ".join(filter(None, [say(wording.SAVED, rule=said, where=where), more]))
    text = escape(f"{words} {say(wording.STARTS)}")
    blocks = [section(text), actions([button(say(wording.ALL), "alert_list")])]
    await tell_blocks(context, asker, text, blocks, replace=False)
