"""The form of a digest: where, how often, when, of what, and who looks after it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slack_sdk.models.blocks import (
    ConversationSelectElement,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    TimePickerElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import ConversationFilter

from commands import forms
from commands.asker import unpack_asker
from commands.blocks import Block, View_, escape, form, option, section
from commands.blocks import field as labelled
from commands.digests import words
from commands.digests.noting import CHANNELS_OWN
from commands.saying import say
from commands.unpacking import unpacking

if TYPE_CHECKING:
    from storage.digests import DigestRow

FORM, SHARED_FORM = "digest_form", "digest_shared_form"
CADENCES = ("daily", "weekly", "monthly", "quarterly")
PARTS = ("goals", "customers", "steps")
"""What can be left out."""
MOST_KPIS = 10
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Offered:
    """What the form offers beside the digest."""

    with_data: Sequence[tuple[str, str]] = ()
    """KPIs that have numbers, by key and title; they come first."""
    without_data: Sequence[tuple[str, str]] = ()
    scopes: Sequence[tuple[str, str]] = ()
    """``platform:x``, ``account:3`` and ``brand:1``, with what they are called."""


@dataclass(frozen=True)
class Memory:
    """What the form keeps between its opening and its saving."""

    id: int = 0
    version: int = 0
    asker: Sequence[Any] = ()
    filled: Mapping[str, Any] = field(default_factory=dict)
    """What was filled in already, where one more question is asked."""
    looked: str = ""
    """When the form was opened, as ISO has it."""

    def pack(self) -> str:
        held = [self.id, self.version, list(self.asker), dict(self.filled), self.looked]
        return json.dumps(held)


@unpacking("/kpi digest")
def unpack_memory(text: str) -> Memory:
    number, version, asker, filled, *looked = json.loads(text)
    known = unpack_asker(asker).pack() if asker else ()
    return Memory(int(number), int(version), known, dict(filled), *map(str, looked))


def compose_form(wanted: DigestRow, offered: Offered, memory: Memory) -> View_:
    """Return the form, filled in with ``wanted``."""
    blocks = [
        channel_field(wanted.channel),
        forms.choice(say("How often"), "cadence", cadences(), wanted.cadence),
        forms.choice(say("Day, if weekly"), "weekday", weekdays(), str(wanted.weekday)),
        forms.choice(say("Day, if monthly or quarterly"), "day", month_days(), str(wanted.day)),
        time_field(wanted),
        forms.line(
            say("Time zone"),
            "zone",
            wanted.zone,
            optional=False,
            most=60,
            hint=say("A town is enough: Stockholm, or Europe/Stockholm."),
        ),
        *kpi_fields(wanted, offered),
        *scope_field(wanted, offered),
        forms.ticks(
            say("Also tell"),
            "parts",
            parts(),
            [it for it in PARTS if it not in wanted.parts],
        ),
        forms.choice(say("Language"), "language", languages(), wanted.language or CHANNELS_OWN),
        owner_field(wanted.owner),
    ]
    return form(
        say(words.FORM),
        blocks,
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=memory.pack(),
    )


def compose_shared(name: str, company: str, memory: Memory) -> View_:
    """Return the question whether another company may read along, by name."""
    element = PlainTextInputElement(
        action_id="company", initial_value=company or None, max_length=80
    )
    blocks = [
        section(escape(say(words.SHARED, name=name))),
        labelled(say(words.COMPANY), element, "company"),
    ]
    return form(
        say(words.FORM_SHARED),
        blocks,
        callback_id=SHARED_FORM,
        submit=say("Yes, share it"),
        close=say("Cancel"),
        memory=memory.pack(),
    )


def cadences() -> list[tuple[str, str]]:
    return [(it, words.say_every(it)) for it in CADENCES]


def parts() -> list[tuple[str, str]]:
    titles = (say("Goals"), say("Customers"), say("Next step"))
    return list(zip(PARTS, titles, strict=True))


def weekdays() -> list[tuple[str, str]]:
    from kpis.periods import say_weekday

    return [(str(number), say_weekday(number)) for number in range(7)]


def languages() -> list[tuple[str, str]]:
    """Return the languages that a digest can be written in: its channel's, or one of its own."""
    from kpis.tongue import LANGUAGES

    return [(CHANNELS_OWN, say("The channel’s")), *LANGUAGES.items()]


def month_days() -> list[tuple[str, str]]:
    return [(str(day), str(day)) for day in range(1, 29)]


def channel_field(chosen: str) -> Block:
    """Return the choice of a channel; one that is shared is asked about afterwards."""
    element = ConversationSelectElement(
        action_id="channel",
        initial_conversation=chosen or None,
        filter=ConversationFilter(include=["public", "private"]),
    )
    return labelled(say("Channel"), element, "channel")


def time_field(wanted: DigestRow) -> Block:
    element = TimePickerElement(
        action_id="time", initial_time=f"{wanted.hour:02d}:{wanted.minute:02d}"
    )
    return labelled(say("Time"), element, "time")


def kpi_fields(wanted: DigestRow, offered: Offered) -> list[Block]:
    """Return the choice of KPIs, those with data first; none chosen are the usual ones."""
    groups = [
        OptionGroup(label=label, options=[option(title, key) for key, title in kpis][:100])
        for label, kpis in (
            (say("With data"), offered.with_data),
            (say("No data yet"), offered.without_data),
        )
        if kpis
    ]
    if not groups:
        return []
    titles = dict([*offered.with_data, *offered.without_data])
    chosen = [option(titles[it], it) for it in wanted.kpis if it in titles]
    element = StaticMultiSelectElement(
        action_id="kpis", option_groups=groups, initial_options=chosen or None
    )
    block = labelled(say("KPIs"), element, "kpis", optional=True)
    hint = say("None chosen: the ones that say most, of what has data.")
    return [forms.hinted(block, hint)]


def scope_field(wanted: DigestRow, offered: Offered) -> list[Block]:
    if not offered.scopes:
        return []
    chosen = [
        f"{kind.removesuffix('s')}:{value}"
        for kind, values in wanted.scope.items()
        for value in values
    ]
    block = forms.several(say("Accounts"), "scope", offered.scopes, chosen)
    return [forms.hinted(block, say("None chosen: all own accounts."))]


def owner_field(chosen: str) -> Block:
    element = UserSelectElement(action_id="owner", initial_user=chosen or None)
    block = labelled(say("Who looks after it"), element, "owner")
    hint = say("Is asked for missing exports, and can hold it before it goes out.")
    return forms.hinted(block, hint)


# --- reading it back


def filled_in(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in; the time too, which other forms do not have."""
    found = forms.filled(view)
    for elements in ((view.get("state") or {}).get("values") or {}).values():
        for element in elements.values():
            if "selected_time" in element:
                found["time"] = str(element["selected_time"] or "")
    return found


def read_scope(chosen: Sequence[str]) -> dict[str, list[Any]]:
    """Return the scope of some choices, as a row keeps it."""
    scope: dict[str, list[Any]] = {}
    for it in chosen:
        kind, _, value = it.partition(":")
        if kind == "platform":
            scope.setdefault("platforms", []).append(value)
        elif kind in ("account", "brand") and value.isdecimal():
            scope.setdefault(f"{kind}s", []).append(int(value))
    return scope


def read_time(filled: Mapping[str, Any]) -> tuple[int, int]:
    found = TIME.fullmatch(str(filled.get("time") or ""))
    return (int(found[1]), int(found[2])) if found else (9, 0)


def number(filled: Mapping[str, Any], name: str, otherwise: int, most: int) -> int:
    value = str(filled.get(name) or "")
    return min(int(value), most) if value.isascii() and value.isdecimal() else otherwise
