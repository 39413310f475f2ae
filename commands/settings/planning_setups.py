"""What a file would change of the set-ups of channels, and what of them cannot hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from commands.saying import say, say_declared
from commands.settings.plan import ChannelPlan, Maker, Told
from commands.settings.state import ChannelNow
from commands.settings.wanted import CHANNELS, SUPPORT, Document, WantedChannel
from commands.support import wording
from commands.support.draft import SAME, Draft
from commands.support.setup_more import MARKS
from commands.support.setup_read import complain_about_people
from commands.support.setup_words import BY_KEY, FIELDS, changed_fields
from support.rules import Mode


def put_all(draft: Draft, values: Mapping[str, Any]) -> Draft:
    for key, value in values.items():
        draft = BY_KEY[key].put(draft, value)
    return draft


def plan_support(
    mine: ChannelPlan,
    document: Document,
    held: ChannelNow,
    wanted: WantedChannel,
    maker: Maker,
    defaults: Draft,
    zone: str,
) -> Iterable[Told]:
    """Work out a channel's set-up; ``zone`` is the workspace's."""
    if wanted.support is None:
        if held.draft is not None and maker.prune and held.draft.rules.mode is not Mode.OFF:
            off = replace(held.draft, rules=replace(held.draft.rules, mode=Mode.OFF))
            yield from told_of(mine, held.draft, off)
        return
    usual = replace(defaults, channel=wanted.id)
    before = held.draft
    base = usual if before is None else before
    if before is not None and maker.prune:
        base = replace(usual, rules=replace(usual.rules, **own_parts(before)))
    draft = put_all(base, wanted.support)
    if before is not None and before.zone and draft.hours != SAME and not draft.zone:
        draft = replace(draft, zone=zone)  # as it is saved: hours of its own are in some zone
    if before is not None and not differs(before, draft):
        return
    complain(document, wanted.id, draft)
    yield from told_of(mine, before, draft)


def own_parts(draft: Draft) -> dict[str, Any]:
    """Return what no file says of a channel: its own calendar, and other names of emoji."""
    rules = draft.rules
    return {"calendar": rules.calendar, "aliases": rules.aliases, "is_shared": rules.is_shared}


def differs(one: Draft, other: Draft) -> bool:
    """Say whether two drafts differ in what a file can say: it says it as it reads it."""
    return any(it.read(it.word(one)) != it.find(other) for it in FIELDS)


def told_of(mine: ChannelPlan, before: Draft | None, draft: Draft) -> Iterable[Told]:
    mine.draft = draft
    if before is None:
        mode = BY_KEY["mode"]
        yield Told(say("Customer issues"), say("not set up"), mode.words(draft))
    usual = before or Draft(draft.channel)
    for it, was, now in changed_fields(usual, draft):
        if before is not None or it.key != "mode":
            yield Told(say_declared(it.title), was if before is not None else "", now)


def complain(document: Document, channel: str, draft: Draft) -> None:
    """Complain about what cannot hold together, as the form does."""
    path = (CHANNELS, channel, SUPPORT)
    complain_about_signs(document, path, draft)
    errors: dict[str, str] = {}
    complain_about_people(draft, errors)
    for name, words in errors.items():
        document.complain((*path, name.replace("_", "-")), words)


def complain_about_signs(document: Document, path: Sequence[str], draft: Draft) -> None:
    """Complain about a zone without hours, and about emoji that mean two things or are missing."""
    if draft.hours == SAME and draft.zone:
        words = say("A zone needs open-hours of its own; without, both are the workspace's.")
        document.complain((*path, "zone"), words)
    meant: dict[str, str] = {}
    for name, label in MARKS:
        for emoji in sorted(getattr(draft.rules.marks, name)):
            if emoji in meant:
                other = say_declared(meant[emoji])
                said = say(wording.EMOJI_TWICE, emoji=emoji, other=other)
                document.complain((*path, f"emoji-{name}"), said)
            meant[emoji] = label
    if not draft.rules.marks.resolve:
        document.complain((*path, "emoji-resolve"), say(wording.NO_EMOJI))
