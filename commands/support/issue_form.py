"""The small form of an issue: what it is about, whose it is, how urgent (support-spec O3, O5)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commands import forms
from commands.blocks import Block, View_, escape, form, section
from commands.saying import say, say_declared
from commands.support import wording
from commands.support.moments import in_zone
from commands.support.sources import offered_sources
from commands.unpacking import make, unpacking
from storage.errors import KepiError
from support.policies import PRIORITIES

NEW, TRACK = "support_new_form", "support_track_form"
LONGEST_TITLE = 300
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True)
class Wanted:
    """An issue that somebody wants to open."""

    title: str = ""
    customer: str = ""
    """As it was typed: a handle, a name, or a Slack mention."""
    source: str = ""
    priority: str = "normal"
    at: str = ""
    channel: str = ""
    ts: str = ""
    """The message that is tracked; empty where Kepi is to post one."""
    root: str = ""
    trigger: str = ""
    """Key of the interaction: a form that is sent twice opens one issue."""
    acted: int = 0
    """When the shortcut was chosen (µs)."""
    response_url: str = ""
    zone: str = ""
    """IANA zone of the person who fills the form in, for times without an offset."""
    words: str = ""
    """The first words of the message, for lists."""
    told: bool = False
    """Customer and source are what the message itself says, so the fold knows them."""

    def pack(self) -> str:
        return json.dumps({key: value for key, value in asdict(self).items() if value})

    @property
    def key(self) -> str:
        """The customer's key (support-spec §2.1); empty: as the message says."""
        return customer_key(self.customer, self.source)


@unpacking("/support new")
def unpack_wanted(text: str) -> Wanted:
    return make(Wanted, json.loads(text))


def customer_key(customer: str, source: str) -> str:
    """Return ``platform:handle``, lower-cased, or ``slack:U…`` of somebody who was mentioned."""
    if found := MENTION.search(customer):
        return f"slack:{found[1]}"
    name = " ".join(customer.split()).lstrip("@").casefold()
    return f"{source or 'other'}:{name}"[:200] if name else ""


def read_priority(typed: str) -> str:
    asked = typed.casefold().strip()
    if asked and asked not in PRIORITIES:
        raise KepiError(wording.UNKNOWN_PRIORITY, word=typed[:40])
    return asked or "normal"


def compose_new(wanted: Wanted) -> View_:
    """Return the form of ``/support new``."""
    fields = [
        forms.line(
            say("What is it about?"),
            "title",
            wanted.title,
            optional=False,
            most=LONGEST_TITLE,
            example=say("Order 8841 never came"),
        ),
        *about(wanted),
        forms.conversation(
            say("Channel"),
            "channel",
            wanted.channel,
            hint=say("I post it there, and its thread is the issue."),
        ),
        forms.line(
            say("If it was earlier: when"),
            "at",
            wanted.at,
            example="2026-11-20 14:00",
            hint=say("Times are yours: {zone}.", zone=wanted.zone) if wanted.zone else "",
        ),
    ]
    return form(
        say(wording.FORM_NEW),
        fields,
        callback_id=NEW,
        submit=say("Open"),
        close=say("Cancel"),
        memory=wanted.pack(),
    )


def compose_track(wanted: Wanted) -> View_:
    """Return the small form of the shortcut, filled in from the message."""
    quoted = [section(f">{escape(wanted.words)}")] if wanted.words else []
    return form(
        say(wording.FORM_TRACK),
        [*quoted, *about(wanted)],
        callback_id=TRACK,
        submit=say("Track"),
        close=say("Cancel"),
        memory=wanted.pack(),
    )


def about(wanted: Wanted) -> list[Block]:
    """Return priority, customer and source."""
    priorities = [(it, say_declared(it).capitalize()) for it in PRIORITIES]
    return [
        forms.choice(say("Priority"), "priority", priorities, wanted.priority),
        forms.line(
            say("Customer"),
            "customer",
            wanted.customer,
            most=150,
            example="lena_k",
            hint=say(wording.CUSTOMER_HINT) if wanted.ts else say(wording.NEW_CUSTOMER_HINT),
        ),
        forms.choice(say("Where from"), "source", offered_sources(), wanted.source or "other"),
    ]


def read_form(filled: Mapping[str, Any], wanted: Wanted) -> Wanted:
    """Return what was filled in."""
    return Wanted(
        **{
            **asdict(wanted),
            "title": " ".join(str(filled.get("title") or wanted.title).split()),
            "customer": str(filled.get("customer") or ""),
            "source": str(filled.get("source") or ""),
            "priority": str(filled.get("priority") or "normal"),
            "at": in_zone(str(filled.get("at") or "").strip(), wanted.zone),
            "channel": str(filled.get("channel") or wanted.channel),
        }
    )
