"""``/kpi labels themes`` and ``/kpi labels ambassadors``: what mentions teach, in four weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection

from commands.blocks import Block, actions, context, cut, escape, section
from commands.sentiment.presses import fix_button
from kpis.sentiment.standing import count
from kpis.sentiment.themes import Theme, ambassadors, themes
from kpis.tongue import say, say_count
from storage.accounts import brands
from storage.mention_lists import Fan
from storage.platforms import PLATFORMS

SPAN = timedelta(days=28)
LONGEST_LINK = 500


class Learnt(NamedTuple):
    """What own brands' mentions of the last four weeks teach."""

    themes: list[Theme]
    fans: list[Fan]


def read_learnt(connection: Connection, workspace: int, now: datetime) -> Learnt:
    own = [it.id for it in brands(connection, workspace) if it.own]
    span = (now - SPAN, now)
    return Learnt(
        themes(connection, workspace, own, *span), ambassadors(connection, workspace, own, *span)
    )


def compose_themes(found: Sequence[Theme]) -> tuple[str, list[Block]]:
    """Return what negative mentions are about, each theme with links to some of them."""
    if not found:
        text = say(
            "No theme stands out among negative mentions of the last 4 weeks: "
            "none is shared by three."
        )
        return text, [section(escape(text)), actions([fix_button()])]
    most = found[0]
    text = say_count(
        "Negative mentions of the last 4 weeks are mostly about “{theme}”: {number} mention.",
        "Negative mentions of the last 4 weeks are mostly about “{theme}”: {number} mentions.",
        most.mentions,
        theme=cut(most.words, 60),
        number=count(most.mentions),
    )
    lines = [theme_line(it) for it in found]
    note = say("A mention counts under one theme alone. Examples are the newest.")
    shown = [section(f"*{escape(text)}*"), section("\n".join(lines)), context([escape(note)])]
    return escape(text), [*shown, actions([fix_button()])]


def theme_line(theme: Theme) -> str:
    addresses = filter(is_web_address, theme.examples)
    links = [f"<{escape(it)}|{number}>" for number, it in enumerate(addresses, start=1)]
    line = f"{escape(cut(theme.words, 60))}: {count(theme.mentions)}"
    return f"{line} ({', '.join(links)})" if links else line


def is_web_address(address: str) -> bool:
    """Say whether a link out of a file leads to the web and can stand in a message."""
    is_plain = not any(it.isspace() or it in '<>|"' for it in address)
    if len(address) > LONGEST_LINK or not is_plain:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def compose_ambassadors(found: Sequence[Fan]) -> tuple[str, list[Block]]:
    """Return who praised the own brands three times or more, the most faithful first."""
    if not found:
        text = say("Nobody praised you three times in the last 4 weeks.")
        return text, [section(escape(text)), actions([fix_button()])]
    text = say_count(
        "{number} person praised you three times or more in the last 4 weeks.",
        "{number} people praised you three times or more in the last 4 weeks.",
        len(found),
        number=count(len(found)),
    )
    parts = [found[start : start + 5] for start in range(0, len(found), 5)]
    shown = [section("\n".join(map(fan_line, some))) for some in parts]
    return escape(text), [section(f"*{escape(text)}*"), *shown, actions([fix_button()])]


def fan_line(fan: Fan) -> str:
    platform = PLATFORMS[fan.platform].title if fan.platform in PLATFORMS else fan.platform
    praises = say_count(
        "{number} praise", "{number} praises", fan.praises, number=count(fan.praises)
    )
    parts = [cut(fan.author, 60), platform, praises]
    if fan.followers is not None:
        parts.append(
            say_count(
                "{number} follower",
                "{number} followers",
                fan.followers,
                number=count(fan.followers),
            )
        )
    shown = [escape(it) for it in parts]
    if is_web_address(fan.permalink):
        shown.append(f"<{escape(fan.permalink)}|{escape(say('newest'))}>")
    return " · ".join(shown)
