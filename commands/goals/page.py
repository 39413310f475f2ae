"""One goal: how it stands, its chart, its earlier stretches, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, cut, escape, form, image, section
from commands.blocks import context as small
from commands.context import Context
from commands.form_charts import send_along
from commands.goals import wording
from commands.goals.listing import head_of, say_share
from commands.goals.looking import find_goal, judge_goal, may_change, place_of
from commands.goals.saving import DROP
from commands.names import find_name
from commands.pictures import show_picture
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form, open_loading, show_trouble
from commands.who_sees import Readers
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.goals.state import Standing
    from storage.goals import GoalRow

EDIT = "goal_edit"


async def open_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await show_page(context, pressed.asker, number_of(pressed.value), pressed.trigger)


async def show_page(
    context: Context, asker: Asker, number: int, trigger: str, key: str = ""
) -> None:
    """Show a goal in a form where one can be opened, else in a private message."""
    if not trigger:
        standing = await find_standing(context, asker.user, number)
        blocks = await describe(context, standing, asker.user)
        text = escape(" ".join(standing.words))
        await tell_blocks(context, asker, text, blocks, key=key)
        return
    view_id = await open_loading(context, trigger, say(wording.PAGE))
    try:
        standing = await find_standing(context, asker.user, number)
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.PAGE), trouble)
        return
    blocks = await describe(context, standing, asker.user)
    await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="goal_page"))
    file = await show_picture(context, standing.picture, "a goal is shown without its chart")
    if standing.picture is not None and file:
        chart = (file, standing.picture.alt_text)
        said = (standing.name, " ".join(standing.words[1:]))
        await send_along(context, f"goal-page:{number}:{asker.user}", asker.user, said, chart)
        blocks = [blocks[0], image(*chart), *blocks[1:]]
        await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="goal_page"))


async def find_standing(context: Context, user: str, number: int) -> Standing:
    row = await find_goal(context, user, number)
    return await judge_goal(context, Readers(user), row)


async def describe(context: Context, standing: Standing, user: str) -> list[Block]:
    """Return a goal without its chart, with what its reader can do about it."""
    row = standing.goal
    head = head_of(standing, row.state if row.state != "open" else "")
    lines = [head, *map(escape, filter(None, (say_share(standing.share), *standing.words[1:])))]
    blocks = [section("\n".join(lines[:5]))]
    if standing.answered:
        blocks.append(section("\n".join(escape(it) for it in standing.answered[:5])))
    past = await say_past(context, row)
    if past:
        blocks.append(section(escape(past)))
    blocks.append(small([escape(cut(it, 300)) for it in await about(context, row)]))
    if row.state == "open" and await may_change(context, user, row):
        number = str(row.id)
        buttons = [
            button(say(wording.CHANGE_IT), f"{EDIT}:{number}", number),
            button(say(wording.DROP), f"{DROP}:{number}", number),
        ]
        blocks.append(actions(buttons))
    return blocks


async def about(context: Context, row: GoalRow) -> list[str]:
    """Return whose goal it is, what it is for and where it is told."""
    owner, by = await find_name(context, row.owner), await find_name(context, row.by)
    said = say("Goal {number} · {owner}'s", number=row.id, owner=owner)
    if row.by != row.owner:
        said = say("Goal {number} · {owner}'s, set by {by}", number=row.id, owner=owner, by=by)
    lines = [f"{said} · {await place_of(context, row)}"]
    if row.aim or row.why:
        lines.append(say_why(row))
    return lines


def say_why(row: GoalRow) -> str:
    """Return “For awareness: the launch is in March”."""
    from kpis.goals.parts import name_aim

    aim = name_aim(row.aim) if row.aim else say("itself")
    if not row.why:
        return say("For {aim}", aim=aim)
    return say("For {aim}: {why}", aim=aim, why=row.why)


async def say_past(context: Context, row: GoalRow) -> str:
    """Return how the earlier stretches of a goal that comes back came out."""
    from kpis.goals.state import say_state
    from kpis.periods import say_days
    from storage.goals import history

    rows = await context.read(history, context.home.workspace, row)
    if not rows:
        return ""
    said = [
        f"{say_days(it.start, it.end, row.start.year)} {say_state(it.state)}" for it in rows[:6]
    ]
    return say("Before: {stretches}", stretches=" · ".join(said))
