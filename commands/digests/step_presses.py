"""*I'll do it* and *Not now*: a step gets its owner and a day, or is left alone for now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands.asker import tell, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.digests import message, words
from commands.digests.reading import find_plan, place_of, split_period
from commands.names import find_name
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member, require_own
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.steps import StepRow

GIVE_BACK = "digest_step:back"
DAYS = 28
"""How long a step is tried, where its rule does not say."""
OLD = "This step is no longer kept. The next digest names new ones."


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, message.TAKE, in_own_language(take))
    on_press(app, context, message.NOT_NOW, in_own_language(decline))
    on_press(app, context, GIVE_BACK, in_own_language(give_back))


async def take(context: Context, pressed: Pressed) -> None:
    """Give the step to the presser; the thread says who does it, and when it is looked at."""
    from storage import steps

    user = pressed.asker.user
    await require_member(context, user)
    plan, step = await find_step(context, pressed.value)
    today = context.clock().astimezone(place_of(plan)).date()
    due = review_day(plan, today + timedelta(days=days_of(step)))
    if not await context.write(
        steps.take, context.home.workspace, step.id, user, context.clock(), due
    ):
        raise KepiError(await say_taken(context, plan, step))
    await context.write(follow, context, plan, step, pressed.ts, user, due)
    text = escape(say(words.YOURS, day=words.say_date(due)))
    row = actions([button(say(words.GIVE_BACK), GIVE_BACK, str(step.id))])
    await tell_blocks(context, pressed.asker, text, [section(text), row])


def days_of(step: StepRow) -> int:
    days = step.figures.get("days")
    return int(days) if isinstance(days, int | float) and days > 0 else DAYS


def review_day(plan: Plan, earliest: date) -> date:
    """Return the day of the first digest on or after ``earliest``: there it is told."""
    from kpis.digests.calendar import instant, next_due

    before = instant(plan.zone, earliest, 0) - timedelta(seconds=1)
    return next_due(plan, before)[1].astimezone(place_of(plan)).date()


def follow(
    connection: Connection,
    context: Context,
    plan: Plan,
    step: StepRow,
    ts: str,
    user: str,
    due: date,
) -> None:
    """Write down what the digest's thread is to say."""
    from storage import digest_periods, outbox

    workspace, now = context.home.workspace, context.clock()
    out = digest_periods.delivery_at(connection, workspace, plan.channel, ts)
    if out is None:
        return
    outbox.add(
        connection,
        workspace,
        channel=plan.channel,
        kind="digest-taken",
        period=f"{out.period}:took:{step.id}:{user}",
        due=now,
        now=now,
        body={"owner": plan.owner, "who": user, "day": due.isoformat(), "step": step.id},
        parent=out.id,
    )


async def decline(context: Context, pressed: Pressed) -> None:
    """Note that it is not the time for it; another press of somebody else is told so."""
    from storage import steps

    user = pressed.asker.user
    await require_member(context, user)
    plan, step = await find_step(context, pressed.value)
    if not await context.write(
        steps.decline, context.home.workspace, step.id, user, context.clock()
    ):
        raise KepiError(await say_taken(context, plan, step))
    text = escape(say(words.DECLINED))
    row = actions([button(say(words.UNDO), GIVE_BACK, str(step.id))])
    await tell_blocks(context, pressed.asker, text, [section(text), row])


async def give_back(context: Context, pressed: Pressed) -> None:
    """Let it be offered as before, by the one who took or declined it."""
    from storage import steps

    step = await context.read(steps.by_id, context.home.workspace, number_of(pressed.value))
    if step is None:
        raise KepiError(OLD)
    await require_own(context, pressed.asker.user, step.owner, say(words.SOMEBODY_ELSE_S))
    await context.write(steps.give_back, context.home.workspace, step.id)
    await tell(context, pressed.asker, say(words.GIVEN_BACK))


async def find_step(context: Context, value: str) -> tuple[Plan, StepRow]:
    """Return the digest and the step that a button remembers."""
    from storage import steps

    place, _, rest = value.partition("|")
    key, _, named = rest.partition("|")
    rule, _, subject = named.partition("|")
    digest, key = split_period(f"{place}:{key}")
    plan = await find_plan(context, digest)
    step = await context.read(steps.find, context.home.workspace, digest, key, rule, subject)
    if step is None:
        raise KepiError(OLD)
    return plan, step


async def say_taken(context: Context, plan: Plan, step: StepRow) -> str:
    """Return who took or declined a step before the presser."""
    from storage import steps

    now = await context.read(steps.by_id, context.home.workspace, step.id) or step
    name = await find_name(context, now.owner) if now.owner else say("Somebody")
    if now.state == "declined":
        return say(words.WAS_DECLINED, name=name)
    day = words.say_date((now.taken or now.at).astimezone(place_of(plan)).date())
    return say(words.HAS_IT, name=name, day=day)
