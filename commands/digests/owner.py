"""What its owner can do before a digest goes out: see it, comment on it, hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.digests import words
from commands.digests.planning import LATEST
from commands.digests.preview import show_preview
from commands.digests.reading import Period, find_plan, period_key, read_period
from commands.digests.rights import require_digest_right
from commands.digests.sending import send_now
from commands.messages import Message
from commands.names import find_name
from commands.pressed import Pressed, number_of, on_press
from commands.private import swap
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SEE, COMMENT, HOLD = "digest_see", "digest_comment", "digest_hold"
RELEASE, SEND = "digest_release", "digest_send_held"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, SEE, in_own_language(see))
    on_press(app, context, HOLD, in_own_language(hold))
    on_press(app, context, RELEASE, in_own_language(release))
    on_press(app, context, SEND, in_own_language(send_held))


# --- what the owner's message says


async def before_page(context: Context, period: Period) -> Message:
    """Return “Goes to #marketing at 09:00.”, or that it is held, with what can be done."""
    plan, run, value = period.plan, period.run, f"{period.plan.id}|{period.key}"
    name = await name_here(context, plan.channel)
    if run.held is not None:
        who = await find_name(context, run.held_by)
        text = say(words.HELD, who=who, channel=name)
        row = [
            button(say(words.RELEASE), RELEASE, value),
            button(say(words.SEND_IT), SEND, value),
            button(say(words.SEE), SEE, value),
        ]
    else:
        time = words.say_clock(plan, period.due)
        text = say(words.BEFORE, channel=name, time=time)
        row = [
            button(say(words.SEE), SEE, value),
            button(say(words.COMMENT), COMMENT, value),
            button(say(words.HOLD), HOLD, value),
        ]
    blocks: list[Block] = [section(escape(text))]
    if run.comment:
        by = await find_name(context, run.comment_by)
        blocks.append(section(escape(say("{name}: {value}", name=by, value=run.comment))))
    return Message(escape(text), [*blocks, actions(row)])


async def name_here(context: Context, channel: str) -> str:
    """Return “#marketing”; “its channel” where Slack does not say."""
    found = await context.channels.find(channel)
    return f"#{found.name}" if found.name else say("its channel")


async def show_standing(context: Context, pressed: Pressed, period: Period) -> None:
    """Put the state as it is now in the place of the message that was pressed."""
    page = await before_page(context, period)
    await swap(context, pressed, page.text, page.blocks)


async def find_period(context: Context, user: str, value: str) -> Period:
    """Return the period that a button remembers; only those who may change it get it."""
    number, _, key = value.partition("|")
    plan = await find_plan(context, number_of(number))
    await require_digest_right(context, user, plan)
    return await context.read(read_period, context.home.workspace, plan, key)


async def find_open(context: Context, user: str, value: str) -> Period:
    """Return a period that is still to go out; raises ``KepiError`` where it is out, or over."""
    from kpis.digests.calendar import next_due

    period = await find_period(context, user, value)
    if period.delivery is not None and period.delivery.state == "sent":
        when = words.say_short(period.plan, period.delivery.sent or period.due)
        raise KepiError(words.TOO_LATE_TO_HOLD, when=when)
    if context.clock() > period.due + LATEST:
        due = next_due(period.plan, context.clock())[1]
        raise KepiError(words.OVER, when=words.say_when(period.plan, due))
    return period


# --- presses


async def see(context: Context, pressed: Pressed) -> None:
    period = await find_period(context, pressed.asker.user, pressed.value)
    await show_preview(context, pressed.asker, period.plan, period.key, press=pressed.trigger)


async def hold(context: Context, pressed: Pressed) -> None:
    """Let it not go out; what is on its way already is out."""
    user = pressed.asker.user
    period = await find_open(context, user, pressed.value)
    await context.write(hold_it, context, period, user)
    await show_standing(context, pressed, await find_period(context, user, pressed.value))


def hold_it(connection: Connection, context: Context, period: Period, user: str) -> None:
    from storage import digest_periods, digests, outbox

    workspace, plan, now = context.home.workspace, period.plan, context.clock()
    found = outbox.find(
        connection, workspace, plan.channel, digests.KIND, period_key(plan, period.key)
    )
    if found is not None and found.state in ("sent", "sending"):
        raise KepiError(words.TOO_LATE_TO_HOLD, when=words.say_short(plan, now))
    digest_periods.hold(connection, workspace, plan.id, period.key, user, now)
    outbox.drop(
        connection,
        workspace,
        plan.channel,
        digests.KIND,
        period_key(plan, period.key),
        f"held by {user}",
    )


async def release(context: Context, pressed: Pressed) -> None:
    """Let it go out after all: at its time, or now where that has passed."""
    user = pressed.asker.user
    period = await find_open(context, user, pressed.value)
    await context.write(release_it, context, period)
    await show_standing(context, pressed, await find_period(context, user, pressed.value))


def release_it(connection: Connection, context: Context, period: Period) -> None:
    from storage import digest_periods

    digest_periods.release(connection, context.home.workspace, period.plan.id, period.key)


async def send_held(context: Context, pressed: Pressed) -> None:
    """Let a held one go out at once."""
    user = pressed.asker.user
    period = await find_open(context, user, pressed.value)
    await context.write(release_it, context, period)
    await context.write(send_now, context, period.plan, period.key, user)
    name = await name_here(context, period.plan.channel)
    text = escape(say(words.RELEASED_NOW, channel=name))
    await swap(context, pressed, text, [section(text)])
