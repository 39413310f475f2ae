"""The first message of an incident: what happened, what is usual, and how it stands now.

Its headline and its lines stay as they were when it was opened; the state below them is edited.
"""

from __future__ import annotations

import hashlib
import json
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
from commands.saying import say
from commands.support.moments import micros_of, say_date, say_moment

if TYPE_CHECKING:
    from storage.incidents import IncidentRow

TAKE, SNOOZE, MENU = "alert_take", "alert_snooze", "alert_menu"
LINES = 4
ENDS = (".", "…", "?", "。", "\N{FULLWIDTH QUESTION MARK}")
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
        if self.row.good:
            return say("Good news: {title}", title=title)
        return say("Alert: {title}", title=title)


def compose_text(shown: Shown) -> str:
    """Return the sentence that a notification shows."""
    return escape(
        " ".join(filter(None, [say("{sentence}.", sentence=shown.headline), say_state(shown)]))
    )


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
    menu = [(say(wording.WHY), "why"), (say(wording.FEWER), "fewer"), (say(wording.MUTE), "mute")]
    if shown.muted is not None:
        menu[-1] = (say(wording.UNMUTE), "unmute")
    found: list[InteractiveElement] = []
    if row.is_open and not row.good:
        found.append(button(say(wording.TAKE), TAKE, number))
        found.append(button(say(wording.SNOOZE), SNOOZE, number))
        menu.insert(0, (say(wording.ASSIGN), "assign"))
    found.append(overflow(MENU, [(label, f"{act}:{number}") for label, act in menu]))
    return found


def say_since(shown: Shown) -> str:
    """Return “Since 12:10 · X, Instagram”."""
    said = str(shown.facts.get("footnote") or "")
    return said or say("Since {day}", day=say_start(shown.row.began, shown.zone, shown.now))


def say_state(shown: Shown) -> str:
    """Return how it stands: “Now: still high, 31. Mia is on it.”, “Over since 16:30.”"""
    row, facts = shown.row, shown.facts
    words = str(facts.get("words") or "")
    if row.closed is not None:
        since = say_start(row.calm or row.closed, shown.zone, shown.now)
        parts = [say("Over since {time}.", time=since)]
        parts += [ended(rest)] if (rest := str(facts.get("rest") or words)) else []
    elif row.calm is not None:
        since = say_start(row.calm, shown.zone, shown.now)
        parts = [say("Now: back to usual since {time}.", time=since)]
    elif words and words != facts.get("first"):
        parts = [say("Now: {words}", words=lower(ended(words)).replace(": ", ", ", 1))]
    else:
        parts = []  # it stands as its headline says
    if shown.owner and row.closed is None:
        parts.append(say(wording.SAYS_TAKEN, name=shown.owner))
    if row.snoozed is not None and row.closed is None:
        until = say_until(row.snoozed, shown.zone, shown.now)
        parts.append(say("Quiet until {time}.", time=until))
    if shown.muted is not None:
        until = say_until(shown.muted, shown.zone, shown.now)
        parts.append(say("Muted until {time}.", time=until))
    return " ".join(parts)


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
    local, year = moment.astimezone(zone), now.astimezone(zone).year
    return say("{day} {time}", day=say_date(local.date(), year), time=f"{local:%H:%M}")


def say_start(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return when something began in the data: the day alone where whole days are counted."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return say_at(moment, zone, now)
    return say_date(local.date(), now.astimezone(zone).year)


def ended(words: str) -> str:
    """Return words that end as a sentence does."""
    words = words.strip()
    return words if words.endswith(ENDS) else say("{sentence}.", sentence=words)


def lower(words: str) -> str:
    """Return words as they stand after a colon; names of one capital and more are left alone."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words
