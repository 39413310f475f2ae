"""What is due to be told to the team, in a few words: it is listed until it can be sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.saying import declare, say, say_count, say_declared
from commands.support.moments import micros_of, say_moment

if TYPE_CHECKING:
    from storage.issues import IssueRow
    from storage.support_notes import NoticeRow

KINDS: Mapping[str, str] = {
    "warning": declare("{target} is due soon"),
    "breach": declare("{target} is late"),
    "escalation": declare("{target} is still late"),
    "nudge": declare("the customer has been silent"),
    "csat": declare("ask how it was"),
}
TARGETS: Mapping[str, str] = {
    "acknowledge": declare("a look at it"),
    "first_response": declare("the first answer"),
    "next_response": declare("the next answer"),
    "first_resolution": declare("the solution"),
    "total_resolution": declare("the solution"),
}
FATES: Mapping[str, str] = {
    "archived": declare("was archived"),
    "removed": declare("lost me"),
    "deactivated": declare("the one who had it has left"),
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
    where = f"#{channel}" if channel else say("a channel")
    if notice.kind == "orphaned":
        fate = say_declared(FATES[why]) if why in FATES else say("cannot be heard")
        if number:
            return say("issue {number}: {fate}, {when}", number=number, fate=fate, when=since)
        return say("{channel} {fate}, {when}", channel=where, fate=fate, when=since)
    if notice.kind == "gap":
        return say_gap(details, why, where, since)
    target = say_target(str(details.get("target") or ""))
    due = details.get("due")
    if notice.kind == "warning" and isinstance(due, int):
        words = say("{target} is due {when}", target=target, when=say_moment(due, zone, now))
        return say("issue {number}: {what}", number=number, what=words) if number else words
    words = say_declared(KINDS.get(notice.kind, notice.kind), target=target)
    if number:
        return say("issue {number}: {what}, since {when}", number=number, what=words, when=since)
    return say("{what}, since {when}", what=words, when=since)


def say_target(target: str) -> str:
    return say_declared(TARGETS[target]) if target in TARGETS else say("an answer")


def say_gap(details: Mapping[str, Any], why: str, where: str, since: str) -> str:
    """Return what an outage, the nightly audit or a missing permission left to say."""
    if why == "audit":
        return say_count(
            "the nightly check found {number} missed entry",
            "the nightly check found {number} missed entries",
            details.get("found") or 0,
        )
    if count := details.get("breaches"):
        return say_count(
            "{channel}: {number} promise fell due while I was offline, until {when}",
            "{channel}: {number} promises fell due while I was offline, until {when}",
            count,
            channel=where,
            when=since,
        )
    if why:
        return say("{channel} cannot be read ({why})", channel=where, why=why)
    return say("{channel}: I was offline until {when}", channel=where, when=since)


def read_details(words: str) -> dict[str, Any]:
    try:
        held = json.loads(words)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def channels_of(notices: Iterable[NoticeRow]) -> Collection[str]:
    """Return the channels that notices are about, as far as they say so themselves."""
    return {str(read_details(it.details).get("channel") or "") for it in notices}
