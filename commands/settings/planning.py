"""What a file of settings would change, worked out against how everything is set now.

What a file leaves out stays as it is; pruned, it goes back to what is usual. Channels that are
not in the file stay out of it, unless it is pruned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.saying import say
from commands.settings.digest_words import Wanted, say_digest, usual
from commands.settings.document import CHANNELS, DEFAULTS, DIGESTS, SUPPORT, Document, WantedChannel
from commands.settings.state import ChannelNow, State
from commands.settings.wording import say_words
from commands.support import wording
from commands.support.draft import SAME, Draft
from commands.support.setup_more import MARKS
from commands.support.setup_read import complain_about_people
from commands.support.setup_words import BY_KEY, FIELDS, changed_fields, plainly
from support.rules import Mode

if TYPE_CHECKING:
    from storage.digests import DigestRow


class Change(NamedTuple):
    """One line of a difference, as people read it."""

    where: str
    """“#care”, or empty for the workspace."""
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        told = f"{self.what}: {self.before or '–'} → {self.after or '–'}"
        return f"{self.where}: {told}" if self.where else told


@dataclass
class ChannelPlan:
    """What is to be saved of one channel."""

    id: str
    name: str = ""
    settings: dict[str, str | None] = field(default_factory=dict)
    """Words by key; nothing: as the workspace again."""
    draft: Draft | None = None
    digests: list[DigestRow] = field(default_factory=list)
    """New ones have the id 0."""
    removed: list[DigestRow] = field(default_factory=list)


@dataclass
class Plan:
    """Everything that is to be saved."""

    changes: list[Change] = field(default_factory=list)
    workspace: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Any] | None = None
    channels: list[ChannelPlan] = field(default_factory=list)


class Maker(NamedTuple):
    """Who applies a file, and when: what a new digest is when the file does not say."""

    by: str
    at: datetime
    prune: bool = False


def make_plan(document: Document, state: State, maker: Maker) -> Plan:
    """Return what is to be saved; what cannot hold together is complained about in the file."""
    plan = Plan()
    plan_workspace(plan, document, state, maker)
    defaults = plan_defaults(plan, document, state, maker)
    for wanted in document.channels.values():
        plan_channel(plan, document, state, maker, wanted, defaults)
    if maker.prune:
        for channel in state.channels.values():
            if channel.id not in document.channels:
                gone = WantedChannel(channel.id, channel.name)
                plan_channel(plan, document, state, maker, gone, defaults)
    return plan


def plan_workspace(plan: Plan, document: Document, state: State, maker: Maker) -> None:
    from kpis.tongue import say_declared
    from storage.settings import SETTINGS

    for key, words in state.workspace.items():
        setting = SETTINGS[key]
        wanted = document.workspace.get(key)
        if wanted is None and maker.prune:
            wanted = setting.write(setting.default)
        if wanted is not None and wanted != words:
            plan.workspace[key] = wanted
            before, after = (say_words(setting, it) for it in (words, wanted))
            plan.changes.append(Change("", say_declared(setting.title), before, after))


def plan_defaults(plan: Plan, document: Document, state: State, maker: Maker) -> Draft:
    """Return what a new channel gets once the file is applied."""
    if document.defaults is None and not maker.prune:
        return state.usual
    said = document.defaults or {}
    words = {} if maker.prune else dict(state.defaults)
    words |= {key: BY_KEY[key].write(value) for key, value in said.items()}
    draft = put_all(Draft(""), {key: BY_KEY[key].read(word) for key, word in words.items()})
    kept = {it.key: it.word(draft) for it in FIELDS if it.find(draft) != it.find(Draft(""))}
    if kept != state.defaults:
        plan.defaults = kept
        where = say("New channels")
        plan.changes += [
            Change(where, it.title, was, now) for it, was, now in changed_fields(state.usual, draft)
        ]
    return draft


def put_all(draft: Draft, values: Mapping[str, Any]) -> Draft:
    for key, value in values.items():
        draft = BY_KEY[key].put(draft, value)
    return draft


def plan_channel(
    plan: Plan,
    document: Document,
    state: State,
    maker: Maker,
    wanted: WantedChannel,
    defaults: Draft,
) -> None:
    """Work out one channel; it comes into the plan where anything of it changes."""
    held = state.channel(wanted.id)
    name = held.name or wanted.name
    mine = ChannelPlan(wanted.id, name)
    changes = [
        *plan_settings(mine, held, wanted, maker),
        *plan_support(mine, document, held, wanted, maker, defaults),
        *plan_digests(mine, document, state, held, wanted, maker),
    ]
    if changes:
        where = f"#{name}" if name else wanted.id
        plan.channels.append(mine)
        plan.changes += [Change(where, *it) for it in changes]


Told = tuple[str, str, str]
"""What, before, after."""


def plan_settings(
    mine: ChannelPlan, held: ChannelNow, wanted: WantedChannel, maker: Maker
) -> Iterable[Told]:
    from kpis.tongue import say_declared
    from storage.settings import SETTINGS

    for key, setting in SETTINGS.items():
        if not setting.is_of_channel:
            continue
        before, after = held.settings.get(key), wanted.settings.get(key)
        if after == before or (after is None and not maker.prune):
            continue
        mine.settings[key] = after
        was, now = (say_words(setting, it) for it in (before, after))
        yield say_declared(setting.title), was, now


def plan_support(
    mine: ChannelPlan,
    document: Document,
    held: ChannelNow,
    wanted: WantedChannel,
    maker: Maker,
    defaults: Draft,
) -> Iterable[Told]:
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
        yield say("Customer issues"), say("not set up"), mode.words(draft)
    usual = before or Draft(draft.channel)
    for it, was, now in changed_fields(usual, draft):
        if before is not None or it.key != "mode":
            yield it.title, was if before is not None else "", now


def complain(document: Document, channel: str, draft: Draft) -> None:
    """Complain about what cannot hold together, as the form does."""
    path = (CHANNELS, channel, SUPPORT)
    errors: dict[str, str] = {}
    complain_about_people(draft, errors)
    for name, words in errors.items():
        document.complain((*path, name.replace("_", "-")), words)
    if draft.hours == SAME and draft.zone:
        words = say("A zone needs open-hours of its own; without, both are the workspace's.")
        document.complain((*path, "zone"), words)
    meant: dict[str, str] = {}
    for name, label in MARKS:
        for emoji in sorted(getattr(draft.rules.marks, name)):
            if emoji in meant:
                said = wording.EMOJI_TWICE.format(emoji=emoji, other=meant[emoji])
                document.complain((*path, f"emoji-{name}"), said)
            meant[emoji] = label
    if not draft.rules.marks.resolve:
        document.complain((*path, "emoji-resolve"), wording.NO_EMOJI)


def plan_digests(
    mine: ChannelPlan,
    document: Document,
    state: State,
    held: ChannelNow,
    wanted: WantedChannel,
    maker: Maker,
) -> Iterable[Told]:
    if wanted.digests is None and not maker.prune:
        return
    before = {it.cadence: it for it in held.digests}
    for number, it in enumerate(wanted.digests or ()):
        row = before.pop(it.cadence, None)
        if row is None:
            path = (CHANNELS, wanted.id, DIGESTS, str(number), "owner")
            if not (it.owner or maker.by):
                document.complain(path, say("Say who looks after it: owner = “U0123456789”."))
            fresh = usual(wanted.id, zone_of(document, state), it.owner or maker.by, maker.at)
            mine.digests.append(it.on(fresh)._replace(by=maker.by))
            yield digest_title(it), "", say_digest(mine.digests[-1])
        elif it.on(row) != row:
            mine.digests.append(it.on(row))
            yield digest_title(it), say_digest(row), say_digest(mine.digests[-1])
    if maker.prune:
        for row in before.values():
            mine.removed.append(row)
            yield digest_title(Wanted(row.cadence)), say_digest(row), say("none")


def zone_of(document: Document, state: State) -> str:
    return document.workspace.get("zone") or state.workspace["zone"]


def digest_title(wanted: Wanted) -> str:
    from kpis.digests.plan import CADENCES

    return say("Digest, {cadence}", cadence=CADENCES[wanted.cadence].lower())


def say_defaults(words: Mapping[str, Any]) -> str:
    """Return what new channels get, for the history."""
    return "; ".join(f"{BY_KEY[key].title} {plainly(word)}" for key, word in words.items())


__all__ = ["DEFAULTS", "Change", "ChannelPlan", "Maker", "Plan", "make_plan", "say_defaults"]
