"""Promises in words: what is promised, within how long, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.saying import declare, say, say_declared
from commands.support.line_words import say_span
from commands.support.moments import say_moment
from support.entries import MICROSECONDS


@dataclass(frozen=True)
class Promise:
    """A target of the issue, as far as it is shown."""

    kind: str
    state: str
    length: int
    due: int | None = None
    """µs."""
    overrun: int | None = None


KINDS: Mapping[str, str] = {
    "acknowledge": declare("Looked at"),
    "first_response": declare("First answer"),
    "next_response": declare("Next answer"),
    "first_resolution": declare("Solved"),
    "total_resolution": declare("Solved for good"),
}


FATES: Mapping[str, str] = {
    "met": declare("kept"),
    "breached": declare("missed"),
    "paused": declare("stands still"),
    "cancelled": declare("does not count"),
}


def say_promise(one: Promise, zone: ZoneInfo, now: int) -> str:
    """Return “First answer within 4 h: due 14:20”."""
    what = say_declared(KINDS.get(one.kind, one.kind))
    return say(
        "{what} within {span}: {fate}",
        what=what,
        span=say_seconds(one.length),
        fate=say_fate(one, zone, now),
    )


def say_fate(one: Promise, zone: ZoneInfo, now: int) -> str:
    """Return “due 14:20”, “kept” or “missed, 5 min late”."""
    if one.state == "running" and one.due is not None:
        return say("due {when}", when=say_moment(one.due, zone, now))
    if one.state == "breached" and one.overrun:
        return say("missed, {span} late", span=say_seconds(one.overrun))
    return say_declared(FATES.get(one.state, one.state))


def say_seconds(seconds: int) -> str:
    return say_span(seconds * MICROSECONDS)
