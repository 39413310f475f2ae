"""What the solver alone is told, where a line would be seen by others (what-people-see §5)."""

from __future__ import annotations

from commands.asker import Asker, tell_blocks
from commands.blocks import escape
from commands.context import Context
from commands.support.line_posts import Held, compose_blocks, is_news
from commands.support.line_words import Line, slack_id
from support.timeline import Timeline


async def whisper(
    context: Context,
    issue: int,
    held: Held,
    timeline: Timeline,
    line: Line | None,
) -> None:
    """Tell the one who solved it alone, once for each solution (what-people-see §5).

    Whoever pressed or typed has their answer already, and people of another company see nothing.
    """
    from storage import support_notes

    spell = timeline.resolution
    if line is None or not is_news(context, line):
        return
    if spell is not None:
        who, key = spell.by if spell.via == "mark" else "", f"solved|{issue}|{spell.ended}"
        text = f"Solved: issue {held.number}. {line.text.partition('. ')[2]}"
    elif timeline.asked is not None:
        who, key, text = asker_of(timeline), f"asked|{issue}|{timeline.asked}", line.text
    else:
        return
    if not who or who == slack_id(timeline.customer) or (await context.people.find(who)).is_guest:
        return
    if not await context.write(
        support_notes.tell_once, context.home.workspace, key, context.clock()
    ):
        return
    shown = Line(text, line.buttons)
    asker = Asker(who, held.channel, held.root)
    await tell_blocks(context, asker, escape(text), compose_blocks(shown, held.number), key=key)


def asker_of(timeline: Timeline) -> str:
    """Return whose mark made the question “is it solved?”."""
    actors = [it.actor for it in timeline.steps if it.what == "asked"]
    return actors[-1] if actors else ""
