"""``/kpi goal``: every goal with how far it is, those that end first before the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, cut, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.goals import wording
from commands.goals.looking import look, place_of
from commands.goals.saving import OPEN
from commands.names import find_name
from commands.pressed import Pressed, number_of
from commands.rights import require_member
from commands.saying import joined, say, say_count
from commands.who_sees import Readers

if TYPE_CHECKING:
    from kpis.goals.state import Standing
    from storage.goals import GoalRow

NEW, NEXT = "goal_new", "goal_page"
A_PAGE = 6
LATELY = timedelta(days=30)
BAR = 10
ORDER = ("reached", "ahead", "on pace", "behind", "missed", "waiting", "open")


async def show_list(
    context: Context, asker: Asker, start: int = 0, *, replace: bool = False, key: str = ""
) -> None:
    """Show the asker alone all goals that they may see."""
    from kpis.goals.standing import standings
    from storage.goals import decided_since

    user = asker.user
    shown = await look(
        context,
        Readers(user),
        lambda connection, around, now: standings(
            connection, around, now, private_of=user, drawn=False
        ),
    )
    since = context.clock() - LATELY
    lately = await context.read(decided_since, context.home.workspace, since)
    text, blocks = await compose(context, shown, lately, start, user)
    await tell_blocks(context, asker, text, blocks, replace=replace, key=key)


async def compose(
    context: Context,
    shown: Sequence[Standing],
    lately: Sequence[GoalRow],
    start: int,
    user: str,
) -> tuple[str, list[Block]]:
    if not shown and not lately:
        text = escape(say(wording.NONE, example=wording.EXAMPLE))
        return text, [section(text), actions([button(say(wording.SET_ONE), NEW)])]
    text = headline(shown)
    blocks = [section(f"*{escape(text)}*")]
    blocks += [await row_of(context, it) for it in shown[start : start + A_PAGE]]
    example = say(wording.SAY_ONE, example=wording.EXAMPLE)
    blocks.append(small([escape(it) for it in (say_lately(lately, user), example)]))
    buttons = []
    if start:
        buttons.append(button(say("Earlier"), f"{NEXT}:back", str(max(0, start - A_PAGE))))
    left = len(shown) - start - A_PAGE
    if left > 0:
        buttons.append(button(say("{number} more", number=left), f"{NEXT}:on", str(start + A_PAGE)))
    blocks.append(actions([*buttons, button(say(wording.SET_ONE), NEW)]))
    return escape(text), blocks


def headline(shown: Sequence[Standing]) -> str:
    """Return “3 goals: 1 ahead, 2 behind.”, “1 goal: ahead.” or “2 goals, all open.”"""
    from kpis.goals.state import say_state

    if not shown:
        return say("No open goals.")
    states = [it.pace or it.state for it in shown]
    if len(set(states)) == 1:
        return say_count(
            "{number} goal: {state}.",
            "{number} goals, all {state}.",
            len(shown),
            state=say_state(states[0]),
        )
    parts = [count_state(states.count(it), say_state(it)) for it in ORDER if it in states]
    return say_count(
        "{number} goal: {parts}.", "{number} goals: {parts}.", len(shown), parts=joined(parts)
    )


def count_state(number: int, state: str) -> str:
    return say("{number} {state}", number=number, state=state)


async def row_of(context: Context, standing: Standing) -> Block:
    """Return one goal: its name, how far it is, whose it is."""
    row = standing.goal
    lines = [head_of(standing)]
    far = say_share(standing.share)
    rest = " ".join(standing.words[1:])
    lines.append(escape(cut(" · ".join(filter(None, (far, rest))), 300)))
    owner = await find_name(context, row.owner)
    lines.append(escape(f"{owner} · {await place_of(context, row)}"))
    shown = button(say(wording.OPEN), f"{OPEN}:{row.id}", str(row.id))
    return section("\n".join(lines)) | {"accessory": shown.to_dict()}


def head_of(standing: Standing, decided: str = "") -> str:
    """Return a goal's name with how it stands, or with what was decided of it."""
    from kpis.goals.state import say_state

    is_told = standing.pace or standing.state != "open"
    state = say_state(decided or standing.pace or standing.state) if is_told or decided else ""
    return f"*{escape(standing.name)}*" + (f" · {state}" if state else "")


def say_share(share: float | None) -> str:
    """Return “▰▰▰▰▰▰▱▱▱▱ 62 %”."""
    from kpis.numerals import percent

    if share is None:
        return ""
    full = min(BAR, int(share * BAR))
    return f"{'▰' * full}{'▱' * (BAR - full)} {percent(int(share * 100))}"


def say_lately(rows: Sequence[GoalRow], user: str) -> str:
    from kpis.goals.standing import is_shown
    from kpis.goals.state import say_state

    seen = [it for it in rows if is_shown(it, user)]
    states = [it.state for it in seen]
    parts = [
        count_state(states.count(it), say_state(it)) for it in ("reached", "missed") if it in states
    ]
    return say("In the last 30 days: {parts}.", parts=joined(parts)) if parts else ""


async def turn_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await show_list(context, pressed.asker, number_of(pressed.value), replace=pressed.is_private)
