"""``/kpi test``: every test with its verdict, running ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, cut, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.experiments import wording
from commands.experiments.looking import judge_tests
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import say

if TYPE_CHECKING:
    from datetime import date

    from kpis.analyses.experiment import Verdict
    from storage.experiments import ExperimentRow

OPEN, NEXT, NEW = "test_open", "test_page", "test_new"
A_PAGE = 6


async def show_list(
    context: Context, asker: Asker, start: int = 0, *, replace: bool = False, key: str = ""
) -> None:
    """Show the asker alone all tests, six a page."""
    from kpis.analyses.experiment_asking import EXAMPLE
    from kpis.tongue import say_count
    from storage.experiments import of_workspace

    rows = await context.read(of_workspace, context.home.workspace)
    if not rows:
        text = escape(say(wording.NONE, example=EXAMPLE))
        blocks = [section(text), actions([button(say(wording.NEW), NEW)])]
        await tell_blocks(context, asker, text, blocks, replace=replace, key=key)
        return
    shown, today = await judge_tests(context, rows[start : start + A_PAGE])
    running = sum(it.ended is None for it in rows)
    text = say_count(
        "{number} test running, {ended} ended.",
        "{number} tests running, {ended} ended.",
        running,
        ended=len(rows) - running,
    )
    blocks = [section(f"*{text}*"), *(row_of(*it, today) for it in shown)]
    blocks.append(small([escape(say(wording.SAY_ONE, example=EXAMPLE))]))
    buttons = []
    if start:
        buttons.append(button(say(wording.EARLIER), f"{NEXT}:back", str(max(0, start - A_PAGE))))
    left = len(rows) - start - A_PAGE
    if left > 0:
        more = say(wording.LATER, number=left)
        buttons.append(button(more, f"{NEXT}:on", str(start + A_PAGE)))
    blocks.append(actions([*buttons, button(say(wording.NEW), NEW)]))
    await tell_blocks(context, asker, text, blocks, replace=replace, key=key)


def row_of(row: ExperimentRow, verdict: Verdict | str, today: date) -> Block:
    """Return one test: its name, its verdict, what it is about."""
    from kpis.analyses.experiment_words import about_it, headline

    ended = f" · {escape(say(wording.OVER))}" if row.ended is not None else ""
    said = [verdict] if isinstance(verdict, str) else [headline(verdict), about_it(verdict, today)]
    lines = [f"*{escape(row.name)}*{ended}", *(escape(cut(it, 300)) for it in said)]
    shown = button(say(wording.OPEN), f"{OPEN}:{row.id}", str(row.id))
    return section("\n".join(lines)) | {"accessory": shown.to_dict()}


async def turn_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await show_list(context, pressed.asker, number_of(pressed.value), replace=pressed.is_private)
