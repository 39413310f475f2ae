"""The page of labels: how far it is, what models were unsure of, what they took for negative."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import Connection

from commands.blocks import Block, actions, button, context, cut, escape, section
from commands.sentiment.presses import MARK, SHOW
from kpis.sentiment.choosing import languages_of
from kpis.sentiment.standing import Standing, read_standing, say_rest, say_standing
from kpis.tongue import LANGUAGES, locale, say
from storage.mention_lists import Seen, latest_negative, latest_unsure
from storage.platforms import PLATFORMS
from storage.workspaces import zone_of

UNSURE, BAD = 3, 2
"""Each mention takes two blocks, of at most 15."""
EXCERPT = 280


class LabelsSeen(NamedTuple):
    """Everything that the page shows."""

    standing: Standing
    unsure: list[Seen]
    negative: list[Seen]
    languages: tuple[str, ...]
    zone: ZoneInfo


def read_labels(connection: Connection, workspace: int, now: datetime) -> LabelsSeen:
    return LabelsSeen(
        read_standing(connection, workspace, now),
        latest_unsure(connection, workspace, UNSURE),
        latest_negative(connection, workspace, BAD),
        languages_of(connection, workspace),
        ZoneInfo(zone_of(connection, workspace)),
    )


def compose(seen: LabelsSeen, said: str = "") -> tuple[str, list[Block]]:
    """Return the message; ``said`` is what was just done."""
    head = say_standing(seen.standing)
    blocks: list[Block] = [section(escape(said))] if said else []
    blocks.append(section(f"*{escape(head)}*"))
    blocks += listed(say("A model was unsure of these"), seen.unsure, seen.zone)
    blocks += listed(say("Taken for negative, the newest"), seen.negative, seen.zone)
    small = [*say_rest(seen.standing), languages_line(seen.languages)]
    blocks.append(context([escape(it) for it in small]))
    blocks.append(actions([button(say("Show again"), SHOW)]))
    return f"{escape(said)} {escape(head)}".strip(), blocks


def languages_line(languages: tuple[str, ...]) -> str:
    return say("Read as {languages}", languages=", ".join(LANGUAGES[it] for it in languages))


def listed(heading: str, mentions: list[Seen], zone: ZoneInfo) -> list[Block]:
    blocks: list[Block] = []
    for place, it in enumerate(mentions):
        words = f"*{escape(heading)}*\n{describe(it, zone)}" if not place else describe(it, zone)
        blocks += [section(words), choices(it)]
    return blocks


def describe(it: Seen, zone: ZoneInfo) -> str:
    """Return “X · lena_k · 12 Nov” and the words beneath."""
    platform = PLATFORMS[it.platform].title if it.platform in PLATFORMS else it.platform
    day = format_date(it.at.astimezone(zone).date(), "d MMM", locale=locale())
    head = " · ".join(filter(None, (platform, it.author, day)))
    words = " ".join(it.words.split())
    return f"{escape(head)}\n“{escape(cut(words, EXCERPT))}”"


def choices(it: Seen) -> Block:
    labels = (
        (say("Positive"), "positive"),
        (say("Neutral"), "neutral"),
        (say("Negative"), "negative"),
    )
    return actions(
        [button(words, f"{MARK}:{it.id}:{key}", f"{it.id} {key}") for words, key in labels]
    )
