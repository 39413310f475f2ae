"""What is said once accounts were added or changed: what comes next, and what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.accounts.listing import ADD, LIST
from commands.accounts.looking import title_of
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small
from commands.saying import say

if TYPE_CHECKING:
    from storage.account_list import Listed

ASK, HOW = "account_ask", "home_how"
OF_THEM = (
    "Of a competitor I know what it shows everyone: followers, posts and what they get. "
    "Reach, impressions, clicks and visits are known to its owner alone."
)
OURS_NEXT = "Next, drop an export in our direct message: the numbers come from there."
THEIRS_NEXT = "Its numbers come from exports of competitors, or from counts that you keep."
MOST = 5
SPACED = re.compile(r"\s+")


def say_added(rows: Sequence[Listed]) -> list[Block]:
    """Return that accounts were added, what to do next, and a question to begin with."""
    from kpis.tongue import say_count

    first = rows[0]
    names = ", ".join(title_of(it) for it in rows[:MOST])
    if len(rows) > MOST:
        names = say("{names} and {number} more", names=names, number=len(rows) - MOST)
    text = say_count(
        "Added {names}, of {brand}.", "Added {names}, all of {brand}.", len(rows),
        names=names, brand=first.brand_name,
    )  # fmt: skip
    return [section(f"*{escape(text)}*"), *say_next(first, is_new=True)]


def say_changed(before: Listed, after: Listed) -> list[Block]:
    """Return that an account was changed, and whether its days count elsewhere now."""
    text = say("Saved: {account}, of {brand}.", account=title_of(after), brand=after.brand_name)
    blocks = [section(f"*{escape(text)}*")]
    if before.own != after.own:
        moved = (
            say("It counts among your own accounts now, from its first day on.")
            if after.own
            else say("It counts as a competitor's now, from its first day on.")
        )
        blocks.append(section(escape(moved)))
    if before.handle != after.handle:
        words = say("It keeps its days. A file that names {handle} without the platform's id "
                    "makes a new account.", handle=before.handle)  # fmt: skip
        blocks.append(small([escape(words)]))
    return [*blocks, *say_next(after, is_new=False)]


def say_next(row: Listed, *, is_new: bool) -> list[Block]:
    """Return what comes next: of a new account its numbers, of a known one a question."""
    asks = question_of(row)
    lines: list[Block] = []
    if not row.own:
        lines.append(section(escape(say(OF_THEM))))
    if is_new:
        lines.append(section(escape(say(OURS_NEXT) if row.own else say(THEIRS_NEXT))))
        lines.append(section(escape(say("Then ask: {command}", command=f"/kpi {asks}"))))
        first = button(say("Add numbers"), HOW, style="primary")
    else:
        lines.append(section(escape(say("Ask: {command}", command=f"/kpi {asks}"))))
        first = button(say("Ask"), ASK, asks, style="primary")
    doors = [button(say("Add another"), ADD), button(say("All accounts"), LIST)]
    return [*lines, actions([first, *doors])]


def question_of(row: Listed) -> str:
    """Return words that ask for an account: a comparison with a competitor's brand."""
    if not row.own:
        return f"followers vs {SPACED.sub(' ', row.brand_name).lower()}"
    return f"followers {row.platform} {row.handle}"
