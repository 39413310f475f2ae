"""Who waits, oldest first: a message that fits a telephone (what-people-see, *Layout rules*)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.blocks import Block, actions, button, context, cut, escape, section
from commands.saying import say, say_count, say_declared
from commands.support import wording
from commands.support.line_words import say_span
from commands.support.sources import on_platform

SHOW, NEXT = "support_show", "support_page"
A_PAGE = 8
"""Issues: with head, notices, small print and buttons at most 15 blocks."""
NOTICES = 5
EXCERPT = 90


@dataclass(frozen=True)
class Waiting:
    """A customer who waits, in words that are not escaped yet."""

    number: int
    since: int
    """µs: the oldest message that nobody answered."""
    who: str = ""
    platform: str = ""
    channel: str = ""
    excerpt: str = ""
    link: str = ""
    assignee: str = ""
    due: str = ""
    """“due 14:20” or “25 min late”."""
    quiet: str = ""
    """Until when it is snoozed."""
    priority: str = ""


@dataclass(frozen=True)
class Around:
    """What is said beside those who wait."""

    answered: int = 0
    """Open, and the last word is ours."""
    on_customer: int = 0
    unheard: int = 0
    """Open, in channels that cannot be heard."""
    elsewhere: int = 0
    """Waiting in channels that the asker is not in."""
    catching_up: tuple[str, ...] = ()
    """Channels that are being read back."""
    notices: tuple[str, ...] = ()
    """What is due to be told, in words."""
    unset: bool = False
    """No channel is set up, so there is nobody to list."""
    lacks: tuple[str, ...] = ()
    """Missing permissions, each with what stops."""


@dataclass(frozen=True)
class Listed:
    """A message: ``text`` is one full sentence, all that screen readers read."""

    text: str
    blocks: list[Block]


def compose_list(waiting: Sequence[Waiting], around: Around, now: int, start: int = 0) -> Listed:
    """Return the message; ``start`` is the first issue of the page."""
    text = sentence(waiting, around, now)
    if around.unset:
        buttons = [
            button(say(wording.SET_UP), "support_setup"),
            button(say(wording.HELP), "support_help"),
        ]
        return Listed(text, [section(escape(text)), *small(around), actions(buttons)])
    page = waiting[start : start + A_PAGE]
    blocks = [section(f"*{escape(headline(waiting, now))}*" + rest_of(around))]
    blocks += [row(it, now) for it in page]
    if around.notices:
        blocks.append(notices(around.notices))
    blocks += small(around)
    buttons = []
    if start:
        before = max(0, start - A_PAGE)
        buttons.append(button(say(wording.EARLIER), f"{NEXT}:back", str(before)))
    left = len(waiting) - start - len(page)
    if left > 0:
        words = say(wording.MORE_WAIT, number=left)
        buttons.append(button(words, f"{NEXT}:on", str(start + A_PAGE)))
    buttons.append(button(say(wording.NEW), "support_new"))
    return Listed(text, [*blocks, actions(buttons)])


def headline(waiting: Sequence[Waiting], now: int) -> str:
    """Return “4 customers waiting, oldest 2 d 3 h”."""
    if not waiting:
        return say(wording.NOBODY_WAITS)
    return say_count(
        "{number} customer waiting, oldest {span}",
        "{number} customers waiting, oldest {span}",
        len(waiting),
        span=say_span(now - waiting[0].since),
    )


def sentence(waiting: Sequence[Waiting], around: Around, now: int) -> str:
    if around.unset:
        return say(wording.NO_CHANNEL_YET)
    if not waiting:
        return say(wording.NOBODY_WAITS_NOW)
    first = waiting[0]
    return say(
        "{headline}: issue {number}, {who}.",
        headline=headline(waiting, now),
        number=first.number,
        who=escape(who(first)),
    )


def rest_of(around: Around) -> str:
    """Return the second line: what is open and waits for nobody here."""
    said = []
    if around.answered:
        said.append(say("{number} answered, not solved", number=around.answered))
    if around.on_customer:
        said.append(say("{number} waiting on the customer", number=around.on_customer))
    if around.unheard:
        said.append(say("{number} in a channel that cannot be heard", number=around.unheard))
    if around.elsewhere:
        said.append(say("{number} in channels that you are not in", number=around.elsewhere))
    return f"\n{escape(' · '.join(said))}" if said else ""


def row(it: Waiting, now: int) -> Block:
    """Return one issue: who and how long, what, and how it stands; with a button."""
    age = say_span(now - it.since)
    number = f"<{it.link}|{it.number}>" if it.link else str(it.number)
    first = f"*{number}* · *{age}* · {escape(who(it))}"
    holder = it.assignee or say("nobody has it")
    standing = [it.due, holder, f"#{it.channel}" if it.channel else ""]
    if it.priority not in ("", "normal"):
        standing.insert(0, say_declared(it.priority))
    if it.quiet:
        standing.append(say("quiet until {when}", when=it.quiet))
    lines = [first]
    if it.excerpt:
        lines.append(escape(cut(it.excerpt, EXCERPT)))
    lines.append(escape(" · ".join(word for word in standing if word)))
    block = section("\n".join(lines))
    shown = button(say(wording.SHOW), f"{SHOW}:{it.number}", str(it.number))
    return block | {"accessory": shown.to_dict()}


def who(it: Waiting) -> str:
    """Return “lena_k on X”, or the name of somebody in Slack."""
    return on_platform(it.who or say("somebody"), it.platform)


def notices(lines: Sequence[str]) -> Block:
    """Return what is due to be told, five lines at most."""
    shown = [*lines] if len(lines) <= NOTICES else [*lines[: NOTICES - 1]]
    if len(lines) > NOTICES:
        shown.append(say("and {number} more", number=len(lines) - len(shown)))
    head, *others = shown
    due = say("*Due* · {notice}", notice=escape(head))
    return section("\n".join([due, *map(escape, others)]))


def small(around: Around) -> list[Block]:
    lines = []
    if around.catching_up:
        places = ", ".join(f"#{it}" for it in around.catching_up)
        lines.append(say(wording.CATCHING_UP, channels=places))
    lines += around.lacks
    return [context([escape(it) for it in lines])] if lines else []
