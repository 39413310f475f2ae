"""Blocks of Home as plain dictionaries: it has some forty, and is made on each opening.

slack_sdk's classes check every one of them anew, which takes longer than everything that Home
reads. What they are given here is cut and escaped as in ``commands.blocks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.blocks import BUTTON, CONTEXT, SECTION, VALUE, Block, View_, cut, plain

A_ROW = 3
MOST = 100


def section(mrkdwn: str, accessory: Block | None = None) -> Block:
    """Return a paragraph, escaped already where it holds data, with a button beside it."""
    text = {"type": "mrkdwn", "text": cut(mrkdwn, SECTION) or " ", "verbatim": True}
    block: Block = {"type": "section", "text": text, "expand": True}
    return block | {"accessory": accessory} if accessory else block


def context(lines: Iterable[str]) -> Block:
    """Return small grey lines."""
    shown = [cut(it, CONTEXT) for it in lines if it][:10]
    elements = [{"type": "mrkdwn", "text": it, "verbatim": True} for it in shown]
    return {"type": "context", "elements": elements}


def button(words: str, action_id: str, value: str = "", *, is_first: bool = False) -> Block:
    """Return a button; ``is_first`` is what most come for."""
    text = {"type": "plain_text", "text": cut(plain(words), BUTTON) or "…", "emoji": False}
    made: Block = {"type": "button", "text": text, "action_id": action_id}
    if value:
        made["value"] = cut(value, VALUE)
    return made | {"style": "primary"} if is_first else made


def ask_button(words: str, asks: str, number: int) -> Block:
    """Return a button that asks what follows ``/kpi``."""
    return button(words, f"ask:{number}", asks)


def overflow(action_id: str, options: Iterable[tuple[str, str]]) -> Block:
    """Return the ⋯ menu of (label, value) pairs: five at most."""
    shown = [
        {"text": {"type": "plain_text", "text": plain(label), "emoji": False}, "value": value}
        for label, value in options
    ]
    return {"type": "overflow", "action_id": action_id, "options": shown[:5]}


def rows(*buttons: Block) -> list[Block]:
    """Return buttons three to a row."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + A_ROW])}
        for at in range(0, len(buttons), A_ROW)
    ]


def divider() -> Block:
    return {"type": "divider"}


def page(blocks: Sequence[Block]) -> View_:
    """Return blocks as a Home."""
    return {"type": "home", "blocks": list(blocks[:MOST])}
