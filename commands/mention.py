"""``@Kepi WORDS`` in a channel or a thread."""

from __future__ import annotations

from commands.asker import asker_of_message
from commands.context import Context
from commands.heard import Heard, is_by_bot, without_kepi
from commands.reply import answer_in_slack


async def answer_mention(context: Context, heard: Heard) -> None:
    """Answer the words around the mention, in the thread where they stand."""
    said = heard.inner
    if is_by_bot(said) or said.get("files"):
        return
    words = without_kepi(str(said.get("text") or ""), context.home.bot_user)
    await answer_in_slack(
        context, asker_of_message(said), words, key=heard.key, look_first=heard.again
    )
