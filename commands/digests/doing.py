"""What can be done to a digest, however it is asked: by word, by button, in the ⋯ menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.destinations import require_channel
from commands.digests import turning, words
from commands.digests.pages import AGAIN, REMOVE, history_page, list_page, name_of, say_key
from commands.digests.preview import show_preview
from commands.digests.reading import find_plan, read_period
from commands.digests.rights import require_digest_right
from commands.digests.sending import send_now
from commands.rights import require_member
from commands.saying import say, say_declared
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.digests.plan import Plan

UNDO = f"{REMOVE}:undo"


async def show_list(
    context: Context, asker: Asker, line: str = "", *, replace: bool = False
) -> None:
    page = await list_page(context, asker.user, line)
    await tell_blocks(context, asker, page.text, page.blocks, replace=replace)


async def preview(
    context: Context, asker: Asker, plan: Plan, key: str = "", *, press: str = ""
) -> None:
    """Show it to a member alone."""
    await require_member(context, asker.user, say(words.GUESTS))
    await show_preview(context, asker, plan, key, press=press)


async def history(context: Context, asker: Asker, plan: Plan) -> None:
    await require_member(context, asker.user, say(words.GUESTS))
    page = await history_page(context, plan)
    await tell_blocks(context, asker, page.text, page.blocks)


async def send(context: Context, asker: Asker, plan: Plan, key: str = "") -> None:
    """Let the last whole period go out now; one that is out already is offered once more."""
    from kpis.digests.calendar import latest_whole

    await require_digest_right(context, asker.user, plan)
    await require_open_channel(context, plan)
    key = key or latest_whole(plan, context.clock())
    where = await name_of(context, plan.channel)
    period = await context.read(read_period, context.home.workspace, plan, key)
    row = period.delivery
    if row is not None and row.state == "sent":
        await offer_again(context, asker, plan, key, words.say_short(plan, row.sent or row.due))
        return
    if period.run.held is not None:
        from storage import digest_periods

        await context.write(digest_periods.release, context.home.workspace, plan.id, key)
    await context.write(send_now, context, plan, key, asker.user)
    line = say(words.SENDING, period=say_key(plan, key), channel=where)
    await tell_line(context, asker, line[:1].upper() + line[1:])


async def offer_again(context: Context, asker: Asker, plan: Plan, key: str, when: str) -> None:
    where = await name_of(context, plan.channel)
    period = say_key(plan, key)
    line = say(words.SENT_ALREADY, period=period[:1].upper() + period[1:], channel=where, when=when)
    # The button's own number: pressed twice, it goes out once.
    value = f"{plan.id}|{key}|{int(context.clock().timestamp())}"
    await tell_line(context, asker, line, actions([button(say(words.SEND_AGAIN), AGAIN, value)]))


async def send_again(context: Context, asker: Asker, plan: Plan, key: str, number: str) -> None:
    await require_digest_right(context, asker.user, plan)
    await require_open_channel(context, plan)
    await context.write(send_now, context, plan, key, asker.user, number)
    where = await name_of(context, plan.channel)
    await tell_line(context, asker, say("It is on its way to {channel} once more.", channel=where))


async def require_open_channel(context: Context, plan: Plan) -> None:
    """Refuse channels that nothing can be posted to, with what would help."""
    channel = await require_channel(context, plan.channel, then="try again")
    if channel.is_shared and not plan.company:
        raise KepiError(words.SHARED_AGAIN, name=f"#{channel.name}")


async def pause(context: Context, asker: Asker, plan: Plan) -> None:
    """Let nothing go out until it is resumed."""
    await require_digest_right(context, asker.user, plan)
    await context.write(turning.pause, context, plan.id, asker.user)
    line = say(words.PAUSED, channel=await name_of(context, plan.channel))
    row = actions([button(say(words.RESUME), "digest_resume", str(plan.id))])
    await tell_line(context, asker, line, row)


async def resume(context: Context, asker: Asker, plan: Plan) -> None:
    """Let it go on with the next one."""
    from kpis.digests.calendar import next_due

    await require_digest_right(context, asker.user, plan)
    await context.write(turning.resume, context, plan.id, asker.user)
    when = words.say_when(plan, next_due(plan, context.clock())[1])
    await tell_line(context, asker, say(words.RESUMED, when=when))


async def ask_to_remove(context: Context, asker: Asker, plan: Plan) -> None:
    await require_digest_right(context, asker.user, plan)
    where = await name_of(context, plan.channel)
    line = say_declared(words.ASK_REMOVE[plan.cadence], channel=where)
    row = actions(
        [
            button(say(words.YES_REMOVE), f"{REMOVE}:yes", str(plan.id), style="danger"),
            button(say(words.KEEP), f"{REMOVE}:no", str(plan.id)),
        ]
    )
    await tell_line(context, asker, line, row)


async def remove(context: Context, asker: Asker, plan: Plan) -> None:
    """Let it end; it can be taken back."""
    await require_digest_right(context, asker.user, plan)
    await context.write(turning.remove, context, plan.id, asker.user)
    line = say(words.REMOVED, channel=await name_of(context, plan.channel))
    row = actions([button(say(words.UNDO), UNDO, str(plan.id))])
    await tell_line(context, asker, line, row, replace=not asker.is_direct)


async def restore(context: Context, asker: Asker, digest: int) -> None:
    """Take a removal back."""
    from commands.digests.reading import GONE, read_plan
    from kpis.digests.calendar import next_due

    plan = await context.read(read_plan, context.home.workspace, digest)
    if plan is None:
        raise KepiError(GONE)
    await require_digest_right(context, asker.user, plan)
    await context.write(turning.restore, context, digest, asker.user)
    plan = await find_plan(context, digest)
    when = words.say_when(plan, next_due(plan, context.clock())[1])
    await tell_line(context, asker, say(words.RESTORED, when=when), replace=not asker.is_direct)


async def tell_line(
    context: Context, asker: Asker, line: str, row: Block | None = None, *, replace: bool = False
) -> None:
    """Say one line to the asker alone, with its buttons."""
    text = escape(line)
    blocks = [section(text), *([row] if row else [])]
    await tell_blocks(context, asker, text, blocks, replace=replace)
