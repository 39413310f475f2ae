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
from commands.blocks import Block, View_, escape, form, option, section
from commands.blocks import field as labelled
from commands.digests import words

if TYPE_CHECKING:
    from storage.digests import DigestRow

FORM, SHARED_FORM = "digest_form", "digest_shared_form"
MOST_KPIS = 10
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
CADENCES = (
    ("daily", "Every day"),
    ("weekly", "Every week"),
    ("monthly", "Every month"),
    ("quarterly", "Every quarter"),
)
PARTS = (("goals", "Goals"), ("customers", "Customers"), ("steps", "Next step"))


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

    def pack(self) -> str:
        return json.dumps([self.id, self.version, list(self.asker), dict(self.filled)])


def unpack_memory(text: str) -> Memory:
    number, version, asker, filled = json.loads(text)
    return Memory(int(number), int(version), asker, filled)


def compose_form(wanted: DigestRow, offered: Offered, memory: Memory) -> View_:
    """Return the form, filled in with ``wanted``."""
    blocks = [
        channel_field(wanted.channel),
        forms.choice("How often", "cadence", CADENCES, wanted.cadence),
        forms.choice("Day, if weekly", "weekday", weekdays(), str(wanted.weekday)),
        forms.choice("Day, if monthly or quarterly", "day", month_days(), str(wanted.day)),
        time_field(wanted),
        forms.line(
            "Time zone",
            "zone",
            wanted.zone,
            optional=False,
            most=60,
            hint="A town is enough: Stockholm, or Europe/Stockholm.",
        ),
        *kpi_fields(wanted, offered),
        *scope_field(wanted, offered),
        forms.ticks(
            "Also tell",
            "parts",
            PARTS,
            [key for key, _ in PARTS if key not in wanted.parts],
        ),
        forms.choice("Language", "language", languages(), wanted.language),
        owner_field(wanted.owner),
    ]
    return form(
        words.FORM,
        blocks,
        callback_id=FORM,
        submit="Save",
        close="Cancel",
        memory=memory.pack(),
    )


def compose_shared(name: str, company: str, memory: Memory) -> View_:
    """Return the question whether another company may read along, by name."""
    element = PlainTextInputElement(
        action_id="company", initial_value=company or None, max_length=80
    )
    blocks = [
        section(escape(words.SHARED.format(name=name))),
        labelled(words.COMPANY, element, "company"),
    ]
    return form(
        words.FORM_SHARED,
        blocks,
        callback_id=SHARED_FORM,
        submit="Yes, share it",
        close="Cancel",
        memory=memory.pack(),
    )


def weekdays() -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(words.DAYS)]


def languages() -> list[tuple[str, str]]:
    """Return the languages that a digest can be written in, by their own names."""
    from kpis.tongue import LANGUAGES

    return list(LANGUAGES.items())


def month_days() -> list[tuple[str, str]]:
    return [(str(day), str(day)) for day in range(1, 29)]


def channel_field(chosen: str) -> Block:
    """Return the choice of a channel; one that is shared is asked about afterwards."""
    element = ConversationSelectElement(
        action_id="channel",
        initial_conversation=chosen or None,
        filter=ConversationFilter(include=["public", "private"]),
    )
    return labelled("Channel", element, "channel")


def time_field(wanted: DigestRow) -> Block:
    element = TimePickerElement(
        action_id="time", initial_time=f"{wanted.hour:02d}:{wanted.minute:02d}"
    )
    return labelled("Time", element, "time")


def kpi_fields(wanted: DigestRow, offered: Offered) -> list[Block]:
    """Return the choice of KPIs, those with data first; none chosen are the usual ones."""
    groups = [
        OptionGroup(label=label, options=[option(title, key) for key, title in kpis][:100])
        for label, kpis in (("With data", offered.with_data), ("No data yet", offered.without_data))
        if kpis
    ]
    if not groups:
        return []
    titles = dict([*offered.with_data, *offered.without_data])
    chosen = [option(titles[it], it) for it in wanted.kpis if it in titles]
    element = StaticMultiSelectElement(
        action_id="kpis", option_groups=groups, initial_options=chosen or None
    )
    block = labelled("KPIs", element, "kpis", optional=True)
    return [forms.hinted(block, "None chosen: the ones that say most, of what has data.")]


def scope_field(wanted: DigestRow, offered: Offered) -> list[Block]:
    if not offered.scopes:
        return []
    chosen = [
        f"{kind.removesuffix('s')}:{value}"
        for kind, values in wanted.scope.items()
        for value in values
    ]
    block = forms.several("Accounts", "scope", offered.scopes, chosen)
    return [forms.hinted(block, "None chosen: all own accounts.")]


def owner_field(chosen: str) -> Block:
    element = UserSelectElement(action_id="owner", initial_user=chosen or None)
    block = labelled("Who looks after it", element, "owner")
    return forms.hinted(block, "Is asked for missing exports, and can hold it before it goes out.")


# --- reading it back


def filled_in(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in; the time too, which other forms do not have."""
    found = forms.filled(view)
    for elements in (view.get("state") or {}).get("values", {}).values():
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
