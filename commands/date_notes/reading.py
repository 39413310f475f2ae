"""A note as it was typed into Slack: mentions become names, and what no chart can draw goes."""

from __future__ import annotations

import re
import unicodedata

from commands.context import Context
from commands.names import find_name

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
JOINERS = "\u200c\u200d"
"""They part or join letters of Persian and pictures; everything else unseen goes."""


async def read_typed(context: Context, text: str, *, is_plain: bool = False) -> str:
    """Return a text as people read it: “with @Mia”, without Slack's signs.

    What is typed into a form is ``plain``: Slack escapes and marks nothing up there.
    """
    names: dict[str, str] = {}
    for user in dict.fromkeys(MENTION.findall(text)):
        names[user] = await find_name(context, user)
    named = MENTION.sub(lambda found: f"@{names[found[1]]}", text)
    return tidy(named if is_plain else read_markup(named))


def read_markup(text: str) -> str:
    """Return a message's text with the labels of its links, and its signs as they were typed."""
    from kpis.words import SLACK, label, unescape

    return unescape(SLACK.sub(label, text))


def tidy(text: str) -> str:
    """Return a text without names of emoji and signs that nobody sees."""
    from kpis.words import EMOJI

    return " ".join("".join(map(visible, EMOJI.sub(" ", text))).split())


def visible(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and char not in JOINERS else char
