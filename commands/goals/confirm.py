"""“Set this goal?”: its parts, what history says of it and its chart, before anything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import tell_blocks
from commands.blocks import (
    Block,
    View_,
    actions,
    button,
    cut,
    escape,
    form,
    image,
    section,
)
from commands.blocks import context as small
from commands.context import Context
from commands.form_charts import send_along
from commands.goals import wording
from commands.goals.looking import look, place_of
from commands.goals.setting import Setting
from commands.names import find_name
from commands.pictures import show_picture
from commands.saying import say
from commands.views import fill_form, open_form
from commands.who_sees import Readers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from kpis.goals.propose import Proposal
    from kpis.goals.state import Standing
    from kpis.surroundings import Surroundings

CONFIRM, SET, FILL = "goal_confirm", "goal_set", "goal_fill"


async def weigh(
    context: Context, setting: Setting, *, weighs: bool = True
) -> tuple[Proposal, Standing]:
    """Return what would be set and how it stands; raises ``KepiError`` for what does not hold."""
    from kpis.goals.judge import judge
    from kpis.goals.propose import propose

    def work(
        connection: Connection, around: Surroundings, now: datetime
    ) -> tuple[Proposal, Standing]:
        found = propose(
            setting.draft,
            connection,
            around,
            now,
            owner=setting.owner,
            channel=setting.channel,
            weighs=weighs,
        )
        return found, judge(found.row, connection, around, now)

    return await look(context, readers_of(setting), work)


def readers_of(setting: Setting) -> Readers:
    """Return who will read what is told of a goal: its numbers are those that they may know."""
    return Readers(setting.asker.user, "" if setting.draft.private else setting.channel)


async def show(context: Context, setting: Setting, trigger: str, key: str = "") -> None:
    """Show what would be set: in a form where one can be opened, else in a private message."""
    proposal, standing = await weigh(context, setting)
    if not trigger:
        text = f"{say('{sentence}.', sentence=proposal.name)} {proposal.now_words}"
        blocks = [*await describe(context, proposal), choices(setting)]
        await tell_blocks(context, setting.asker, escape(text), blocks, key=key)
        return
    view_id = await open_form(context, trigger, await compose(context, setting, proposal))
    await add_chart(context, setting, proposal, standing, view_id)


async def add_chart(
    context: Context, setting: Setting, proposal: Proposal, standing: Standing, view_id: str
) -> None:
    """Let the chart join the form when it is ready."""
    from kpis.goals.propose_chart import draw_past

    picture = standing.picture
    if picture is None:
        picture = await look(
            context,
            readers_of(setting),
            lambda connection, around, now: draw_past(proposal.row, connection, around, now),
        )
    file = await show_picture(context, picture, "a goal is weighed without its chart")
    if file and picture is not None:
        said, user = (proposal.name, proposal.now_words), setting.asker.user
        chart = (file, picture.alt_text)
        await send_along(context, f"goal-form:{view_id}", user, said, chart)
        view = await compose(context, setting, proposal, image(*chart))
        await fill_form(context, view_id, view)


async def compose(
    context: Context,
    setting: Setting,
    proposal: Proposal,
    chart: Block | None = None,
    *,
    note: str = "",
) -> View_:
    """Return the form that asks whether to set it."""
    blocks = await describe(context, proposal, chart, note)
    blocks.append(actions([button(say(wording.CHANGE_IT), FILL, " ")]))
    title = say(wording.CONFIRM_CHANGE) if setting.goal else say(wording.CONFIRM)
    submit = say(wording.SAVE_IT) if setting.goal else say(wording.SET_IT)
    return form(
        title,
        blocks,
        callback_id=CONFIRM,
        submit=submit,
        close=say("Cancel"),
        memory=setting.pack(),
    )


def choices(setting: Setting) -> Block:
    value = setting.pack(with_asker=False)
    return actions(
        [
            button(say(wording.SET_IT), SET, value, style="primary"),
            button(say(wording.CHANGE_IT), FILL, value),
        ]
    )


async def describe(
    context: Context, proposal: Proposal, chart: Block | None = None, note: str = ""
) -> list[Block]:
    """Return a proposal: its name, its five parts, the chart, and where it will be told."""
    lines = [f"*{name}* {escape(cut(words, 500))}" for name, words in proposal.parts]
    if note:
        lines[2] = f"*{say('Achievable')}* {escape(note)}"
    blocks = [
        section(f"*{escape(proposal.name)}*\n{escape(proposal.now_words)}"),
        section("\n".join(lines)),
    ]
    if chart is not None:
        blocks.append(chart)
    owner = await find_name(context, proposal.row.owner)
    said = [
        say("{owner}'s goal", owner=owner),
        await place_of(context, proposal.row),
        *proposal.notes,
    ]
    blocks.append(small([escape(" · ".join(said))]))
    return blocks
