"""The first message of an incident: what happened, what is usual, and how it stands now.

Its headline and its lines stay as they were when it was opened; the state below them is edited.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.alerts import wording
from commands.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    escape,
    image,
    overflow,
    section,
)
from commands.support.moments import micros_of, say_moment

if TYPE_CHECKING:
    from storage.incidents import IncidentRow

TAKE, SNOOZE, MENU = "alert_take", "alert_snooze", "alert_menu"
LINES = 4
SINCE = re.compile(r" since (?:\d{1,2} \w{3}(?: \d{4})?|(?:\w{3} )?\d\d:\d\d)\b")
NEXT_DAYS = timedelta(days=3)
HEADLINE = 200
"""Characters."""
ALT = 500
"""Characters that an incident keeps of its chart's words."""


@dataclass(frozen=True)
class Shown:
    """An incident with what its row does not hold: names, the zone, the moment."""

    row: IncidentRow
    zone: ZoneInfo
    now: datetime
    owner: str = ""
    """Name of who looks after it."""
    muted: datetime | None = None
    """Until when its rule tells nothing."""

    @property
    def facts(self) -> dict[str, Any]:
        return self.row.details

    @property
    def headline(self) -> str:
        """Return “Alert: 23 negative mentions in 3 hours”."""
        title = cut(str(self.facts.get("title") or self.row.thing), HEADLINE)
        first = "Good news" if self.row.good else "Alert"
        return title if title.startswith(f"{first}: ") else f"{first}: {title}"


def compose_text(shown: Shown) -> str:
    """Return the sentence that a notification shows."""
    return escape(" ".join(filter(None, [f"{shown.headline}.", say_state(shown)])))


def compose(shown: Shown, files: Sequence[str]) -> list[Block]:
    """Return the message; ``files`` is its chart, where there is one yet."""
    lines = [str(it) for it in shown.facts.get("lines") or ()][:LINES]
    text = "\n".join([f"*{escape(shown.headline)}*", *map(escape, lines)])
    blocks = [section(text)]
    if files:
        blocks.append(image(files[0], str(shown.facts.get("alt") or shown.headline)))
    blocks.append(context([escape(say_since(shown))]))
    if state := say_state(shown):
        blocks.append(section(escape(state)))
    blocks.append(actions(buttons(shown)))
    return blocks


def buttons(shown: Shown) -> list[InteractiveElement]:
    """Return what can be done: of what is over, or good, less."""
    row, number = shown.row, str(shown.row.id)
    menu = [(wording.WHY, "why"), (wording.FEWER, "fewer"), (wording.MUTE, "mute")]
    if shown.muted is not None:
        menu[-1] = (wording.UNMUTE, "unmute")
    found: list[InteractiveElement] = []
    if row.is_open and not row.good:
        found.append(button(wording.TAKE, TAKE, number))
        found.append(button(wording.SNOOZE, SNOOZE, number))
        menu.insert(0, (wording.ASSIGN, "assign"))
    found.append(overflow(MENU, [(label, f"{act}:{number}") for label, act in menu]))
    return found


def say_since(shown: Shown) -> str:
    """Return “Since 12:10 · X, Instagram”."""
    said = str(shown.facts.get("footnote") or "")
    return said or f"Since {say_start(shown.row.began, shown.zone, shown.now)}"


def say_state(shown: Shown) -> str:
    """Return how it stands: “Now: still high, 31. Mia is on it.”, “Over since 16:30.”"""
    row, facts = shown.row, shown.facts
    words = str(facts.get("words") or "")
    if row.closed is not None:
        parts = [f"Over since {say_start(row.calm or row.closed, shown.zone, shown.now)}."]
        parts += [ended(rest)] if (rest := without_since(words)) else []
    elif row.calm is not None:
        parts = [f"Now: back to usual since {say_start(row.calm, shown.zone, shown.now)}."]
    elif words and words != facts.get("first"):
        parts = [f"Now: {lower(ended(words)).replace(': ', ', ', 1)}"]
    else:
        parts = []  # it stands as its headline says
    if shown.owner and row.closed is None:
        parts.append(wording.SAYS_TAKEN.format(name=shown.owner))
    if row.snoozed is not None and row.closed is None:
        parts.append(f"Quiet until {say_until(row.snoozed, shown.zone, shown.now)}.")
    if shown.muted is not None:
        parts.append(f"Muted until {say_until(shown.muted, shown.zone, shown.now)}.")
    return " ".join(parts)


def without_since(words: str) -> str:
    """Return what ended it without “since 16:30”: the message has said that much already."""
    rest = SINCE.sub("", words, count=1)
    return rest.removeprefix("Normal.").strip()


def fingerprint(shown: Shown) -> str:
    """Return a mark of everything that the message says: it changes when the words do."""
    row = shown.row
    said = [compose_text(shown), say_state(shown), row.is_open, row.good, shown.muted is not None]
    said.append(shown.facts.get("lines"))
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def say_at(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return “16:30” of today, “Mon 16:30” of this week, else with the date."""
    return say_moment(micros_of(moment), zone, micros_of(now))


def say_until(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a moment to come: “Mon 08:00” of the next days, else “30 Nov 08:00”.

    Beside “last told Mon 08:09” a Monday six days ahead would read as the one that was.
    """
    if moment - now < NEXT_DAYS:
        return say_at(moment, zone, now)
    local = moment.astimezone(zone)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def say_start(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return when something began in the data: the day alone where whole days are counted."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return say_at(moment, zone, now)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{local.day} {local:%b}{year}"


def ended(words: str) -> str:
    """Return words that end as a sentence does."""
    words = words.strip()
    return words if words.endswith((".", "…", "?")) else f"{words}."


def lower(words: str) -> str:
    """Return words as they stand after a colon; names of one capital and more are left alone."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words
