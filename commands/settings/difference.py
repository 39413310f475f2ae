"""What a dropped file of settings would change, or all that is wrong with it, as a message."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from commands.blocks import Block, actions, button, context, escape, section
from commands.saying import say
from commands.settings import wording
from commands.settings.plan import Change, Plan
from commands.settings.wanted import Problem

APPLY, CANCEL, TAKE_BACK = "settings_apply", "settings_cancel", "settings_take_back"
SHOWN, A_SECTION = 20, 5
"""Problems or changes that a message tells, and of them a section."""


def compose_problems(name: str, problems: list[Problem]) -> tuple[str, list[Block]]:
    count = len(problems)
    one, several = say(wording.BAD_ONE, name=name), say(wording.BAD_FILE, count=count, name=name)
    text = escape(one if count == 1 else several)
    lines = [escape(str(it)) for it in sorted(problems)[:SHOWN]]
    return text, [section(text), *sections(lines), *rest(len(problems))]


def compose_difference(
    name: str, plan: Plan, number: int, follows: Sequence[str] = ()
) -> tuple[str, list[Block]]:
    """Return what a file would change, what follows from that, and the buttons."""
    count = len(plan.changes)
    one = say(wording.DIFFERENCE_ONE, name=name)
    text = escape(one if count == 1 else say(wording.DIFFERENCE, count=count, name=name))
    lines = [escape(str(it)) for it in plan.changes[:SHOWN]]
    value = f"{number} {mark_of(plan.changes)}"
    row = actions(
        [
            button(say(wording.APPLY), APPLY, value, style="primary"),
            button(say("Cancel"), CANCEL, value),
        ]
    )
    after = sections([f"*{escape(say(wording.FOLLOWS))}*", *map(escape, follows)])
    told = [section(text), *sections(lines), *rest(count)]
    return text, [*told, *(after if follows else []), row]


def sections(lines: list[str]) -> list[Block]:
    return [
        section("\n".join(lines[at : at + A_SECTION])) for at in range(0, len(lines), A_SECTION)
    ]


def rest(count: int) -> list[Block]:
    if count <= SHOWN:
        return []
    return [context([escape(say(wording.MORE_PROBLEMS, count=count - SHOWN))])]


def mark_of(changes: list[Change]) -> str:
    """Return a short mark of a difference: what is applied is what was shown."""
    return sha256("\n".join(map(str, changes)).encode()).hexdigest()[:12]
