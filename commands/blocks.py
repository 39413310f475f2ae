"""Block Kit pieces within Slack's limits (slack-platform §5): too long is cut, never refused.

Every text is escaped here and nowhere else, and sent ``verbatim``, so that names out of a file
never ping or link: “#coffee” may be a channel's name too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    ImageBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RawTextObject,
    SectionBlock,
    TableBlock,
)
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.blocks.block_elements import InputInteractiveElement, InteractiveElement
from slack_sdk.models.views import View

from commands.saying import say

Block = dict[str, Any]
View_ = dict[str, Any]

SECTION, CONTEXT, BUTTON, VALUE, ALT, TITLE, OPTION = 3000, 2000, 75, 2000, 2000, 24, 75
MESSAGE = 4000
BLOCKS, ROWS, CELL = 50, 100, 300


def escape(words: str) -> str:
    """Return ``words`` as text that can neither ping nor link."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(words: str) -> str:
    """Return ``words`` for fields that are never parsed, with signs that could not be either."""
    return words.replace("<", "‹").replace(">", "›")


def cut(words: str, limit: int) -> str:
    """Return at most ``limit`` characters, ending in “…” where some are left out.

    Half an entity (``&am``) at the end goes too.
    """
    if len(words) <= limit:
        return words
    kept = words[: limit - 1]
    ampersand = kept.rfind("&", -6)
    if ampersand >= 0 and ";" not in kept[ampersand:]:
        kept = kept[:ampersand]
    return kept.rstrip() + "…"


def section(mrkdwn: str) -> Block:
    """Return a paragraph; ``mrkdwn`` is escaped already where it holds data."""
    text = MarkdownTextObject(text=cut(mrkdwn, SECTION) or " ", verbatim=True)
    return SectionBlock(text=text, expand=True).to_dict()


def context(lines: Iterable[str]) -> Block:
    """Return small grey lines, one element each; ten at most."""
    parts = [MarkdownTextObject(text=cut(it, CONTEXT), verbatim=True) for it in lines if it]
    return ContextBlock(elements=parts[:10]).to_dict()


def image(file_id: str, alt_text: str) -> Block:
    """Return an uploaded image; the SDK drops an empty ``alt_text``, so there always is one."""
    alt = cut(plain(alt_text), ALT) or "Chart"
    return ImageBlock(alt_text=alt, slack_file=SlackFile(id=file_id)).to_dict()


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Return a table of at most three columns; its cells may not be empty."""
    width = min(3, max(len(row) for row in rows))
    cells = [
        [RawTextObject(text=cut(plain(cell), CELL) or "–") for cell in [*row, "", "", ""][:width]]
        for row in rows[:ROWS]
    ]
    settings: list[dict[str, Any]] = [{"is_wrapped": True}]
    settings += [{"align": "right"}] * (width - 1)
    return TableBlock(rows=cells, column_settings=settings).to_dict()


def button(
    words: str, action_id: str, value: str = "", *, style: str | None = None
) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=cut(plain(words), BUTTON) or "…", emoji=False),
        action_id=action_id,
        value=value or None,
        style=style,
    )


def ask_button(words: str, asks: str, number: int = 0) -> ButtonElement:
    """Return a button that asks a question; ``asks`` is what follows ``/kpi``."""
    asked = asks.removeprefix("/kpi").strip()
    shown = words.removeprefix("/kpi").strip()
    return button(shown, f"ask:{number}", cut(asked, VALUE))


def overflow(action_id: str, options: Iterable[tuple[str, str]]) -> OverflowMenuElement:
    """Return the ⋯ menu of (label, value) pairs: five at most."""
    shown = [
        Option(text=PlainTextObject(text=cut(label, OPTION), emoji=False), value=value)
        for label, value in options
    ]
    return OverflowMenuElement(action_id=action_id, options=shown[:5])


def actions(elements: Sequence[InteractiveElement], block_id: str | None = None) -> Block:
    return ActionsBlock(elements=list(elements)[:25], block_id=block_id).to_dict()


def field(
    label: str, element: InputInteractiveElement, block_id: str, *, optional: bool = False
) -> Block:
    """Return one labelled input of a form."""
    return InputBlock(
        label=PlainTextObject(text=cut(label, 150)),
        element=element,
        block_id=block_id,
        optional=optional,
    ).to_dict()


def option(label: str, value: str) -> Option:
    return Option(text=PlainTextObject(text=cut(plain(label), OPTION), emoji=False), value=value)


def form(
    title: str,
    blocks: Sequence[Mapping[str, Any]],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str = "",
    memory: str = "",
) -> View_:
    """Return a modal; ``memory`` (at most 3,000 characters) comes back with its submission.

    ``close`` is “Close” unless it says something else.
    """
    return View(
        type="modal",
        title=PlainTextObject(text=cut(title, TITLE)),
        submit=PlainTextObject(text=cut(submit, TITLE)) if submit else None,
        close=PlainTextObject(text=cut(close or say("Close"), TITLE)),
        callback_id=callback_id,
        private_metadata=memory or None,
        blocks=[dict(each) for each in blocks][:100],
    ).to_dict()
