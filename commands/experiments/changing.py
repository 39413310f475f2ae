"""Tests begun, ended, taken up again, counted anew and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, form, section
from commands.context import Context
from commands.experiments import wording
from commands.experiments.listing import OPEN
from commands.experiments.looking import find_test, require_test_right
from commands.experiments.page import UNDO, fill_page
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.experiments import ExperimentRow, NewExperiment


async def read_new(context: Context, user: str, words: str) -> NewExperiment:
    """Return the test that words describe; raises ``KepiError`` with what would work."""

    def work(connection: Connection) -> NewExperiment:
        from kpis.analyses.experiment_asking import read_test
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, context.home.workspace)
        now = context.clock()
        return read_test(
            words,
            connection,
            context.home.workspace,
            now.astimezone(ZoneInfo(around.zone)).date(),
            around.directory,
            owner=user,
            now=now,
        )

    return await context.read(work)


async def begin(context: Context, asker: Asker, new: NewExperiment, key: str = "") -> None:
    """Store a test and say so to the asker alone."""
    from storage import experiments

    await require_member(context, asker.user, say(wording.GUESTS))
    number = await context.write(experiments.begin, context.home.workspace, new)
    if number is None:
        raise KepiError(wording.TWICE)
    text = escape(" ".join([say(wording.BEGUN, name=new.name), *new.notes]))
    blocks = [section(text), actions([button(say(wording.OPEN), f"{OPEN}:{number}", str(number))])]
    await tell_blocks(context, asker, text, blocks, key=key)


async def count_again(context: Context, asker: Asker, number: int, words: str, key: str) -> None:
    """Give a test of typed counts new ones: they replace the old."""
    from kpis.analyses.experiment_asking import read_counts
    from storage import experiments
    from storage.experiments import Plan

    row = await find_test(context, number)
    await require_test_right(context, asker.user, row)
    if row.plan.of != "counts":
        raise KepiError(wording.NO_COUNTS)
    arms = read_counts(words)
    if {it.name.lower() for it in arms} != {it.name.lower() for it in row.plan.arms}:
        names = " / ".join(f"{it.name} 12/340" for it in row.plan.arms)
        raise KepiError(wording.EVERY_COUNT, number=number, names=names)
    plan = Plan("counts", tuple(arms))
    if not await context.write(experiments.count_again, context.home.workspace, number, plan):
        raise KepiError(wording.ENDED_ALREADY)
    text = escape(say(wording.NEW_COUNTS, name=row.name))
    blocks = [section(text), actions([button(say(wording.OPEN), f"{OPEN}:{number}", str(number))])]
    await tell_blocks(context, asker, text, blocks, key=key)


async def end(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """*End*: the days until today count."""
    from storage import experiments

    row = await owned(context, pressed)
    today = await context.read(day_here, context)
    last = row.end if row.end is not None and row.end < today else today
    done = await context.write(
        experiments.end, context.home.workspace, row.id, last, context.clock()
    )
    if not done:
        raise KepiError(wording.ENDED_ALREADY)
    was = row.end.isoformat() if row.end is not None else ""
    await show_done(context, pressed, view, say(wording.ENDED, name=row.name), row.id, was)


async def undo(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """*Undo* of *End*: it runs again, until the day that it had."""
    from datetime import date

    from storage import experiments

    row = await owned(context, pressed)
    _, _, was = pressed.value.partition(" ")
    until = date.fromisoformat(was) if was else None
    if not await context.write(experiments.go_on, context.home.workspace, row.id, until):
        raise KepiError(wording.RUNS_ALREADY)
    await show_done(context, pressed, view, say(wording.GOES_ON, name=row.name), row.id)


async def forget(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    """*Remove*: the test goes, its posts stay."""
    from storage import experiments

    row = await owned(context, pressed)
    await context.write(experiments.forget, context.home.workspace, row.id)
    await show_done(context, pressed, view, say(wording.FORGOTTEN, name=row.name))


async def owned(context: Context, pressed: Pressed) -> ExperimentRow:
    row = await find_test(context, number_of(pressed.value.partition(" ")[0]))
    await require_test_right(context, pressed.asker.user, row)
    return row


def day_here(connection: Connection, context: Context) -> Any:
    """Return the workspace's day."""
    from kpis.surroundings import look_around

    around = look_around(context.database, connection, context.home.workspace)
    return context.clock().astimezone(ZoneInfo(around.zone)).date()


async def show_done(
    context: Context,
    pressed: Pressed,
    view: dict[str, Any],
    line: str,
    number: int = 0,
    was: str | None = None,
) -> None:
    """Say what was done: in the form that was pressed, else in the message's place."""
    text = escape(line)
    blocks: list[Block] = [section(text)]
    if was is not None:
        value = f"{number} {was}".strip()
        blocks.append(actions([button(say(wording.UNDO), f"{UNDO}:{number}", value)]))
    if view_id := str(view.get("id") or ""):
        if number and was is None:
            await fill_page(context, pressed.asker.user, number, view_id)
            return
        await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="test_done"))
        return
    await swap(context, pressed, text, blocks)
