"""What a file of settings would change, worked out against how everything is set now.

What a file leaves out stays as it is; pruned, it goes back to what is usual. Channels that are
not in the file stay out of it, unless it is pruned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from commands.digests.noting import say_digest
from commands.saying import say, say_declared
from commands.settings import wording
from commands.settings.digest_words import say_title, usual
from commands.settings.hours import DATES, are_to_go, day_at, plan_dates, plan_hours
from commands.settings.plan import Change, ChannelPlan, Maker, Plan, Told, tell
from commands.settings.planning_setups import complain_about_signs, plan_support, put_all
from commands.settings.relays import plan_relays
from commands.settings.state import ChannelNow, State
from commands.settings.wanted import CHANNELS, DEFAULTS, DIGESTS, SUPPORT, Document, WantedChannel
from commands.settings.wording import say_words
from commands.support.draft import SAME, Draft
from commands.support.setup_words import BY_KEY, FIELDS, changed_fields, plainly


def make_plan(document: Document, state: State, maker: Maker) -> Plan:
    """Return what is to be saved; what cannot hold together is complained about in the file."""
    plan = Plan()
    plan_workspace(plan, document, state, maker)
    plan_everywhere(plan, document, state, maker)
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


def plan_everywhere(plan: Plan, document: Document, state: State, maker: Maker) -> None:
    """Work out the workspace's open hours, its dates, and rules for posts in every channel."""
    zone, wanted = zone_of(document, state, maker), document.hours
    plan.hours, told, notes = plan_hours(state.hours, wanted, zone, prune=maker.prune)
    plan.no_hours = are_to_go(state.hours, wanted, prune=maker.prune)
    today = day_at(maker.at, plan.hours[1] if plan.hours else state.hours.zone)
    held = state.hours.dates.get(0, ())
    plan.dates, more, also = plan_dates(held, wanted.dates, today, prune=maker.prune)
    relays, rules, lines = plan_relays(
        state.relays, document.relays or (), document.no_relays, channel="", prune=maker.prune
    )
    plan.relays = relays
    tell(plan, "", [*told, *more, *rules])
    plan.notes += [*notes, *also, *lines]


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
        complain_about_signs(document, (DEFAULTS, SUPPORT), draft)
        plan.defaults = kept
        where = say(wording.NEW_CHANNELS)
        plan.changes += [
            Change(where, say_declared(it.title), was, now)
            for it, was, now in changed_fields(state.usual, draft)
        ]
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
    mine = ChannelPlan(wanted.id, name, wanted.former_name)
    told = [
        *plan_settings(mine, held, wanted, maker),
        *plan_support(
            mine, document, held, wanted, maker, defaults, zone_of(document, state, maker)
        ),
        *plan_own_dates(plan, mine, document, state, held, wanted, maker),
        *plan_digests(mine, document, state, held, wanted, maker),
        *plan_own_relays(plan, state, wanted, maker),
    ]
    if told:
        plan.channels.append(mine)
        tell(plan, f"#{name}" if name else wanted.id, told)


def plan_settings(
    mine: ChannelPlan, held: ChannelNow, wanted: WantedChannel, maker: Maker
) -> Iterable[Told]:
    from storage.settings import SETTINGS

    for key, setting in SETTINGS.items():
        if not setting.is_of_channel:
            continue
        before, after = held.settings.get(key), wanted.settings.get(key)
        if after == before or (key not in wanted.settings and not maker.prune):
            continue
        mine.settings[key] = after
        was, now = (say_words(setting, it) for it in (before, after))
        yield Told(say_declared(setting.title), was, now)


def plan_digests(
    mine: ChannelPlan,
    document: Document,
    state: State,
    held: ChannelNow,
    wanted: WantedChannel,
    maker: Maker,
) -> Iterable[Told]:
    if wanted.digests is None and not wanted.no_digests and not maker.prune:
        return
    before = {it.cadence: it for it in held.digests}
    for number, it in enumerate(wanted.digests or ()):
        row = before.pop(it.cadence, None)
        if row is None:
            path = (CHANNELS, wanted.id, DIGESTS, str(number), "owner")
            if not (it.owner or maker.by):
                document.complain(path, say("Say who looks after it: owner = “U0123456789”."))
            zone = zone_of(document, state, maker)
            fresh = usual(wanted.id, zone, it.owner or maker.by, maker.at)
            mine.digests.append(it.on(fresh)._replace(by=maker.by))
            yield Told(say_title(it.cadence), "", say_digest(mine.digests[-1]))
        elif it.on(row) != row:
            mine.digests.append(it.on(row))
            yield Told(say_title(it.cadence), say_digest(row), say_digest(mine.digests[-1]))
    for row in before.values():
        if maker.prune or row.cadence in wanted.no_digests:
            mine.removed.append(row)
            yield Told(say_title(row.cadence), say_digest(row), say("none"))


def plan_own_dates(
    plan: Plan,
    mine: ChannelPlan,
    document: Document,
    state: State,
    held: ChannelNow,
    wanted: WantedChannel,
    maker: Maker,
) -> list[Told]:
    """Work out the dates that differ from a channel's own hours."""
    draft = mine.draft or held.draft
    is_own = draft is not None and draft.hours != SAME
    if wanted.dates and not is_own:
        words = say("Dates need open-hours of its own; without, they are the workspace's: [hours].")
        document.complain((CHANNELS, wanted.id, DATES), words)
    if draft is None or not is_own:
        return []
    calendar = draft.rules.calendar
    dates = state.hours.dates.get(calendar, ()) if calendar else ()
    today = day_at(maker.at, draft.zone or zone_of(document, state, maker))
    mine.dates, told, notes = plan_dates(
        dates, wanted.dates, today, channel=wanted.id, prune=maker.prune
    )
    plan.notes += notes
    return told


def plan_own_relays(plan: Plan, state: State, wanted: WantedChannel, maker: Maker) -> list[Told]:
    """Work out the rules about posts in one channel."""
    relays, told, notes = plan_relays(
        state.relays,
        wanted.relays or (),
        wanted.no_relays,
        channel=wanted.id,
        prune=maker.prune,
    )
    plan.relays.added += relays.added
    plan.relays.ended += relays.ended
    plan.notes += notes
    return told


def zone_of(document: Document, state: State, maker: Maker) -> str:
    """Return the workspace's zone once the file is applied."""
    if maker.prune and "zone" not in document.workspace:
        from storage.settings import SETTINGS

        return str(SETTINGS["zone"].default)
    return document.workspace.get("zone") or state.workspace["zone"]


def say_defaults(words: Mapping[str, Any]) -> str:
    """Return what new channels get, for the history."""
    return "; ".join(f"{BY_KEY[key].title} {plainly(word)}" for key, word in words.items())
