"""What the solver alone is told, where a line would be seen by others (what-people-see §5)."""

from __future__ import annotations

from commands.asker import Asker, tell_blocks
from commands.blocks import escape
from commands.context import Context
from commands.saying import say
from commands.support.line_posts import Held, compose_blocks, is_news
from commands.support.line_words import Line, say_times, slack_id
from support.timeline import Timeline

SOLVED = "Solved: issue {number}. {times}"


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

    spell, who = timeline.resolution, reader_of(timeline)
    if line is None or not is_news(context, line):
        return
    if spell is not None:
        key = f"solved|{issue}|{spell.ended}"
        text = say(SOLVED, number=held.number, times=say_times(timeline, spell))
    elif timeline.asked is not None:
        key, text = f"asked|{issue}|{timeline.asked}", line.text
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


def reader_of(timeline: Timeline) -> str:
    """Return who is told: whoever solved it by a mark, or whose mark made the question."""
    if timeline.resolution is not None:
        return timeline.resolution.by if timeline.resolution.via == "mark" else ""
    return asker_of(timeline)


def asker_of(timeline: Timeline) -> str:
    """Return whose mark made the question “is it solved?”."""
    actors = [it.actor for it in timeline.steps if it.what == "asked"]
    return actors[-1] if actors else ""
