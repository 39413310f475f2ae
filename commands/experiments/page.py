"""One test: its verdict, its chart, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, cut, escape, form, image, section
from commands.blocks import context as small
from commands.context import Context
from commands.experiments import wording
from commands.experiments.looking import find_test, judge_tests, may_change
from commands.form_charts import send_along
from commands.names import find_name
from commands.pictures import show_picture
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form, open_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import date

    from kpis.analyses.experiment import Verdict

END, UNDO, FORGET = "test_end", "test_undo", "test_forget"


async def open_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await show_page(context, pressed.asker, number_of(pressed.value), pressed.trigger)


async def show_page(
    context: Context, asker: Asker, number: int, trigger: str, key: str = ""
) -> None:
    """Show a test in a form where one can be opened, else in a private message."""
    if not trigger:
        verdict, today = await judge_one(context, number)
        blocks = await describe(context, verdict, today, asker.user)
        await tell_blocks(context, asker, sentence(verdict), blocks, key=key)
        return
    view_id = await open_loading(context, trigger, say(wording.PAGE))
    await fill_page(context, asker.user, number, view_id)


async def fill_page(context: Context, user: str, number: int, view_id: str) -> None:
    """Show a test in an open form, then its chart."""
    from kpis.analyses.experiment_words import headline, picture

    try:
        verdict, today = await judge_one(context, number)
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.PAGE), trouble)
        return
    blocks = await describe(context, verdict, today, user)
    await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="test_shown"))
    drawn = picture(verdict, today)
    file = await show_picture(context, drawn, "a test is shown without its chart")
    if drawn is None or not file:
        return
    chart = (file, drawn.alt_text)
    said = (verdict.row.name, headline(verdict))
    await send_along(context, f"test-page:{number}:{user}", user, said, chart)
    blocks = [blocks[0], image(*chart), *blocks[1:]]
    await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="test_shown"))


async def judge_one(context: Context, number: int) -> tuple[Verdict, date]:
    """Return a test's verdict; raises ``KepiError`` where it cannot be judged."""
    row = await find_test(context, number)
    ((_, verdict),), today = await judge_tests(context, [row])
    if isinstance(verdict, str):
        raise KepiError(verdict)
    return verdict, today


def sentence(verdict: Verdict) -> str:
    from kpis.analyses.experiment_words import headline

    return escape(f"{verdict.row.name}: {headline(verdict)}")


async def describe(context: Context, verdict: Verdict, today: date, user: str) -> list[Block]:
    """Return a test without its chart, with what its reader can do about it."""
    from kpis.analyses import experiment_words as words

    row, number = verdict.row, str(verdict.row.id)
    ended = f" · {escape(say(wording.OVER))}" if row.ended is not None else ""
    head = f"*{escape(row.name)}*{ended}"
    blocks = [section(f"{head}\n{escape(words.headline(verdict))}")]
    blocks.append(section("\n".join(escape(it) for it in words.lines_of(verdict)[:5])))
    if said := words.details(verdict):
        blocks.append(section("\n".join(escape(it) for it in said[:5])))
    owner = await find_name(context, row.owner)
    whose = say(wording.WHOSE, number=number, owner=owner)
    about = [whose, words.about_it(verdict, today), *words.method(verdict)]
    blocks.append(small([escape(cut(it, 400)) for it in about]))
    if await may_change(context, user, row):
        first = (say(wording.END), END) if row.ended is None else (say(wording.UNDO), UNDO)
        pairs = (first, (say(wording.FORGET), FORGET))
        blocks.append(actions([button(name, f"{act}:{number}", number) for name, act in pairs]))
    return blocks
