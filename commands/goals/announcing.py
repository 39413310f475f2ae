"""What is announced of a goal: reached, missed, behind, back on pace; good as well as bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from commands.blocks import Block, actions, button, cut, escape, image, section
from commands.blocks import context as small
from commands.context import Context
from commands.destinations import is_read_outside
from commands.goals import wording
from commands.goals.listing import NEW
from commands.goals.looking import judge_goal, readers_of
from commands.goals.saving import OPEN
from commands.letters import Letter, Pointless, Written
from commands.names import find_name
from commands.saying import joined, say, say_count
from commands.tongues import language_of_person

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.charts.picture import Picture
    from kpis.goals.state import Standing
    from storage.goals import GoalRow
    from storage.outbox import DeliveryRow

MOST_LINES, MOST_ACCOUNTS = 4, 6


def word_news(standing: Standing, what: str) -> dict[str, Any]:
    """Return headline and lines as they are when it is decided: they are told so, however late."""
    row = standing.goal
    name = standing.name
    if what == "reached":
        return {"title": say_reached(standing), "lines": [*standing.words[1:]]}
    if what == "missed":
        return {
            "title": say("Missed: {name}.", name=name),
            "lines": [
                *standing.words[1:2],
                *say_gap(standing),
                *say_split(standing),
                *standing.words[2:],
            ],
        }
    title = say("Back on pace: {name}.", name=name)
    if what == "behind":
        title = say("Behind: {name}.", name=name)
    return {"title": title, "lines": list(standing.words[1:]), "pace": row.pace}


def say_reached(standing: Standing) -> str:
    """Return “Reached: …, 12 days early.”; of a goal to stay below nothing is early."""
    row, early = standing.goal, 0
    if standing.reached_on is not None and row.better != "lower":
        early = (row.end - standing.reached_on).days - 1
    if early <= 0:
        return say("Reached: {name}.", name=standing.name)
    return say_count(
        "Reached: {name}, {number} day early.",
        "Reached: {name}, {number} days early.",
        early,
        name=standing.name,
    )


def say_gap(standing: Standing) -> list[str]:
    """Return how far off a missed goal was (features row 91)."""
    from kpis.goals.say import write_target
    from kpis.numerals import percent

    row = standing.goal
    if standing.actual is None or standing.actual == row.target:
        return []
    gap = abs(row.target - standing.actual)
    size = write_target(gap, standing.unit)
    words = say("{size} short", size=size)
    if row.better == "lower":
        words = say("{size} over", size=size)
    share = percent(round(gap / row.target * 100)) if row.target else ""
    return [say("{sentence}.", sentence=joined([words, share]))]


def say_split(standing: Standing) -> list[str]:
    """Return where a missed goal fell short, in one line: each account with its change (row 91)."""
    shown = standing.answered[:MOST_ACCOUNTS]
    left = len(standing.answered) - len(shown)
    more = [say("and {number} more", number=left)] if left else []
    return [" · ".join([*shown, *more])] if shown else []


async def write_goal(context: Context, row: DeliveryRow) -> Written:
    """Write an announcement, with the goal's chart as it is now."""
    from kpis.tongue import speaking
    from storage.goals import find

    body = row.details
    goal = await context.read(find, context.home.workspace, int(body["goal"]))
    if goal is None or goal.state == "dropped":
        return Pointless("the goal was dropped")
    if body["what"] in ("behind", "back") and goal.state != "open":
        return Pointless("the goal is decided already")
    if row.state != "sent" and await is_read_outside(context, row.channel):
        with speaking(await language_of_person(context, goal.owner)):
            await context.write(turn_to_owner, context, row, goal)
        return Pointless("shared with another company")
    standing = await judge_goal(context, readers_of(goal), goal)
    owner = await find_name(context, goal.owner)
    return compose(goal, body, owner, standing.picture)


def turn_to_owner(
    connection: Connection, context: Context, row: DeliveryRow, goal: GoalRow
) -> None:
    """Let whoever owns a goal have the news that its channel may not."""
    from storage import outbox

    body = row.details
    outbox.add(
        connection,
        context.home.workspace,
        channel=goal.owner,
        kind=row.kind,
        period=row.period,
        due=context.clock(),
        now=context.clock(),
        body=body | {"lines": [say(wording.NOT_TOLD), *body["lines"]]},
    )


def compose(goal: GoalRow, body: Mapping[str, Any], owner: str, picture: Picture | None) -> Letter:
    from kpis.goals.parts import name_aim

    title, lines = str(body["title"]), [str(it) for it in body["lines"]]
    praise = [say("Well done, {name}.", name=owner)] if body["what"] == "reached" else []
    whose = [say("{owner}'s goal", owner=owner)]
    if goal.aim:
        whose.append(say("for {aim}", aim=name_aim(goal.aim)))
    if goal.why:
        whose.append(cut(goal.why, 150))

    def blocks(files: Sequence[str]) -> list[Block]:
        said = [f"*{escape(title)}*", *map(escape, [*lines[: MOST_LINES - len(praise)], *praise])]
        made = [section("\n".join(said[:5]))]
        if files and picture is not None:
            made.append(image(files[0], picture.alt_text))
        made.append(small([escape(" · ".join(whose))]))
        buttons = [button(say(wording.OPEN), f"{OPEN}:{goal.id}", str(goal.id))]
        if body["what"] in ("reached", "missed"):
            buttons.append(button(say(wording.NEXT_ONE), NEW))
        made.append(actions(buttons))
        return made

    text = escape(" ".join([title, *lines[:1]]))
    return Letter(text, blocks, (picture,) if picture is not None else ())
