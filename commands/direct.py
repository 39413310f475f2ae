"""Plain words in the direct message with Kepi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.asker import asker_of_message
from commands.context import Context
from commands.heard import Heard, is_by_bot, without_kepi
from commands.reply import answer_in_slack

SAID = frozenset({None, "thread_broadcast", "me_message"})
"""Kinds of message that say something new; edits, deletions and notices do not (§3)."""


def is_question(said: Mapping[str, Any]) -> bool:
    """Say whether a message is a person's words to Kepi alone.

    What else is said in channels is none of its business.
    """
    return not is_by_bot(said) and said.get("channel_type") == "im" and said.get("subtype") in SAID


async def answer_direct(context: Context, heard: Heard) -> None:
    """Answer the words as ``/kpi`` would."""
    said = heard.inner
    words = without_kepi(str(said.get("text") or ""), context.home.bot_user)
    await answer_in_slack(
        context, asker_of_message(said), words, key=heard.key, look_first=heard.again
    )
