"""What is due to be told to the team, in a few words: it is listed until it can be sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.support.moments import micros_of, say_moment

if TYPE_CHECKING:
    from storage.issues import IssueRow
    from storage.support_notes import NoticeRow

KINDS: Mapping[str, str] = {
    "warning": "{target} is due soon",
    "breach": "{target} is late",
    "escalation": "{target} is still late",
    "nudge": "the customer has been silent",
    "csat": "ask how it was",
}
TARGETS: Mapping[str, str] = {
    "acknowledge": "a look at it",
    "first_response": "the first answer",
    "next_response": "the next answer",
    "first_resolution": "the solution",
    "total_resolution": "the solution",
}
FATES: Mapping[str, str] = {
    "archived": "was archived",
    "removed": "lost me",
    "deactivated": "the one who had it has left",
}

MORNING_ON = "morning_on"
"""Name of the button that lets the list of who waits come again."""


def morning_choice(channel: str) -> str:
    """Return the key of a channel's choice: its list in the morning is off where it is false."""
    return f"morning|{channel}"


def say_notices(
    notices: Iterable[NoticeRow],
    live: Mapping[int, IssueRow],
    titles: Mapping[str, str],
    zone: ZoneInfo,
    now: int,
) -> list[str]:
    """Return a line for each, the last word on each promise alone.

    ``live`` are open issues by row, ``titles`` the names of the channels that the reader may see
    into: of others nothing is said.
    """
    lines: dict[str, str] = {}
    for notice in notices:
        details = read_details(notice.details)
        issue = live.get(notice.issue or 0)
        place = issue.channel if issue else str(details.get("channel") or "")
        if (notice.issue and issue is None) or (place and place not in titles):
            continue
        number = issue.number if issue else 0
        subject = f"{notice.issue}|{details.get('target')}" if notice.issue else notice.key
        lines[subject] = say_notice(notice, details, number, titles.get(place, ""), zone, now)
    return list(lines.values())


def say_notice(
    notice: NoticeRow,
    details: Mapping[str, Any],
    number: int,
    channel: str,
    zone: ZoneInfo,
    now: int,
) -> str:
    """Return “issue 12: the first answer is late, since Mon 13:20”; a warning says when it is."""
    since = say_moment(micros_of(notice.due), zone, now)
    why = str(details.get("why") or "")
    where = f"#{channel}" if channel else "a channel"
    if notice.kind == "orphaned":
        fate = FATES.get(why, "cannot be heard")
        return f"issue {number}: {fate}, {since}" if number else f"{where} {fate}, {since}"
    if notice.kind == "gap":
        return say_gap(details, why, where, since)
    target = TARGETS.get(str(details.get("target") or ""), "an answer")
    words = KINDS.get(notice.kind, notice.kind).format(target=target)
    due = details.get("due")
    if notice.kind == "warning" and isinstance(due, int):
        words = f"{target} is due {say_moment(due, zone, now)}"
        return f"issue {number}: {words}" if number else words
    return f"issue {number}: {words}, since {since}" if number else f"{words}, since {since}"


def say_gap(details: Mapping[str, Any], why: str, where: str, since: str) -> str:
    """Return what an outage, the nightly audit or a missing permission left to say."""
    if why == "audit":
        return f"the nightly check found {details.get('found')} missed entries"
    if count := details.get("breaches"):
        promises = "1 promise" if count == 1 else f"{count} promises"
        return f"{where}: {promises} fell due while I was offline, until {since}"
    return f"{where} cannot be read ({why})" if why else f"{where}: I was offline until {since}"


def read_details(words: str) -> dict[str, Any]:
    try:
        held = json.loads(words)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def channels_of(notices: Iterable[NoticeRow]) -> Collection[str]:
    """Return the channels that notices are about, as far as they say so themselves."""
    return {str(read_details(it.details).get("channel") or "") for it in notices}
