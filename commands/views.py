"""Opening forms: at once, because a trigger lasts three seconds; filled when the work is done."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError

from commands import wording
from commands.blocks import View_, escape, form, section
from commands.calls import error_of, repeat
from commands.context import Context
from commands.saying import say
from storage.errors import KepiError

TOO_LATE = frozenset(
    {
        *("trigger_expired", "trigger_exchanged", "expired_trigger_id", "exchanged_trigger_id"),
        "invalid_trigger_id",
    }
)

CHECK_SECONDS = 2.2
"""What a form is checked in before its acknowledgement: Slack waits three seconds for that."""


async def open_loading(context: Context, trigger: str, title: str) -> str:
    """Open a form that says “One moment.” and return its id."""
    loading = form(title, [section(say(wording.LOADING))], callback_id="loading")
    return await open_form(context, trigger, loading)


async def push_loading(context: Context, trigger: str, title: str) -> str:
    """Put a form that says “One moment.” on top of the one that stands open; return its id."""
    loading = form(title, [section(say(wording.LOADING))], callback_id="loading")
    return await open_form(context, trigger, loading, on_top=True)


async def open_form(context: Context, trigger: str, view: View_, *, on_top: bool = False) -> str:
    """Open a form; raises ``KepiError`` when the press is too old."""
    if not trigger:
        raise KepiError(wording.PRESS_AGAIN)
    show = context.client.views_push if on_top else context.client.views_open
    try:
        answer = await show(trigger_id=trigger, view=view)
    except SlackApiError as refusal:
        if error_of(refusal) in TOO_LATE:
            raise KepiError(wording.PRESS_AGAIN) from refusal
        raise
    return str(answer["view"]["id"])


async def fill_form(context: Context, view_id: str, view: View_) -> None:
    """Show ``view`` in an open form; one that was closed meanwhile is left alone."""
    try:
        await repeat(lambda: context.client.views_update(view_id=view_id, view=view))
    except SlackApiError as refusal:
        if error_of(refusal) not in {"not_found", "view_not_found"}:
            raise


async def show_trouble(context: Context, view_id: str, title: str, trouble: KepiError) -> None:
    """Say in an open form why it cannot be filled."""
    await fill_form(context, view_id, compose_trouble(title, str(trouble)))


def compose_trouble(title: str, words: str) -> View_:
    """Return a form that says why the one in whose place it stands cannot be had."""
    return form(title, [section(escape(words))], callback_id="trouble")


def state_of(view: dict[str, Any]) -> dict[str, Any]:
    """Return what was filled in, by ``block_id``: a text, an option's value or a channel."""
    filled: dict[str, Any] = {}
    for block_id, elements in ((view.get("state") or {}).get("values") or {}).items():
        for element in elements.values():
            option = element.get("selected_option") or {}
            filled[block_id] = (
                option.get("value")
                or element.get("selected_conversation")
                or element.get("value")
                or ""
            )
    return filled
