"""What stands in changes, as its reader may read it: names for ids, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from commands.blocks import cut
from commands.calls import FAULTS
from commands.context import Context
from commands.names import FORGOTTEN
from commands.saying import say
from commands.settings import wording
from commands.support.sight import visible

if TYPE_CHECKING:
    from storage.setting_changes import ChangeRow

CHANNEL_IDS = ("C", "G")
"""How ids of channels begin, as they are written; those of direct messages are nobody's words."""
ID = re.compile(r"(?<![A-Za-z0-9])[UWCG](?=[A-Z]*\d)[A-Z0-9]{6,20}(?![A-Za-z0-9])")
"""Ids have a digit somewhere; words in capitals have none."""
GONE = re.compile(rf"(?<!\w){FORGOTTEN}[0-9a-f]{{12}}(?!\w)")
A_DETAIL, LONGEST = 80, 160
"""Letters of one of several details, and of all that a thing was or is."""
LEAD = 20
"""Letters that are shown before the first that differs."""
BETWEEN = ", "


async def find_names(context: Context, user: str, rows: Iterable[ChangeRow]) -> dict[str, str]:
    """Return the names of people and channels in some changes, of those that Slack knows.

    Whoever types the id of a channel does not tell its name to ``user``, who may not see into it.
    """
    ids: set[str] = set()
    for row in rows:
        ids |= {row.by, row.channel, *ID.findall(f"{row.before} {row.after}")}
    channels = {it for it in ids if it.startswith(CHANNEL_IDS)}
    people = {it for it in ids - channels if ID.fullmatch(it)}
    asked = sorted(people | await visible(context, user, channels))
    named = {it: await name_of(context, it) for it in asked}
    return {it: name for it, name in named.items() if name}


async def name_of(context: Context, it: str) -> str:
    """Return “#care” or “mia”; nothing where Slack tells none."""
    try:
        if it.startswith(CHANNEL_IDS):
            name = (await context.channels.find(it)).name
            return f"#{name}" if name else ""
        return (await context.people.find(it)).name
    except FAULTS:
        return ""


def put_names(words: str, names: dict[str, str]) -> str:
    """Return words with names for ids; who was forgotten is somebody."""
    named = ID.sub(lambda it: names.get(it[0], it[0]), words)
    return GONE.sub(lambda _: say(wording.SOMEBODY), named)


def split_name(before: str, after: str) -> tuple[str, str, str]:
    """Return how a thing is called, if both sides call it the same, and the rest of both."""
    was, now = before.split(BETWEEN), after.split(BETWEEN)
    same = count_same(was, now)
    return BETWEEN.join(was[:same]), BETWEEN.join(was[same:]), BETWEEN.join(now[same:])


def cut_apart(before: str, after: str) -> tuple[str, str]:
    """Return both short enough to read, each detail for itself, with what differs in sight."""
    was, now = before.split(BETWEEN), after.split(BETWEEN)
    cuts = [cut_pair(*it, A_DETAIL) for it in zip_longest(was, now, fillvalue="")]
    was, now = [it for it, _ in cuts[: len(was)]], [it for _, it in cuts[: len(now)]]
    return cut_pair(BETWEEN.join(was), BETWEEN.join(now), LONGEST)


def cut_pair(before: str, after: str, most: int) -> tuple[str, str]:
    """Return both cut at ``most`` letters, from shortly before the first that differs."""
    same = count_same(before, after)
    start = same - LEAD
    if max(len(before), len(after)) <= most or same < most - LEAD:
        return cut(before, most), cut(after, most)
    return cut(f"…{before[start:]}", most), cut(f"…{after[start:]}", most)


def count_same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return with how many letters, or details, both begin alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda it: it[0] == it[1], pairs))
