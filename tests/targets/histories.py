"""Timelines as tests of targets write them: seconds after the opening, which is a Monday 09:00."""

from __future__ import annotations

from typing import Any

from support.hours import ALWAYS
from support.policies import Clock, Policy, Promise, TargetKind
from support.targets import TargetInstance, judge
from support.timeline import IssueKey, Pause, Spell, State, Timeline, Wait
from tests.business_time.calendars import at, weekly

OPENED = at("2026-03-02T09:00:00Z")
ALL_HOURS = weekly("UTC", ALWAYS)
OFFICE = weekly("UTC")
NEXT_RESPONSE = TargetKind.NEXT_RESPONSE


def moment(seconds: float | None) -> int | None:
    return None if seconds is None else OPENED + round(seconds * 1_000_000)


def instant(seconds: float) -> int:
    return OPENED + round(seconds * 1_000_000)


def history(
    *,
    acknowledged: float | None = None,
    responded: float | None = None,
    waits: str = "",
    pauses: str = "",
    spells: str = "0-",
    **more: Any,
) -> Timeline:
    """Return a timeline.

    ``waits``: ``0-10 response, 50-``; ``pauses``: ``10-60``; ``spells``: ``0-20 resolved, 400-``.
    """
    if not waits:
        waits = f"0-{responded:g} response" if responded is not None else "0-"
    made = [Spell(a, "opened", b, word) for a, b, word in stretches(spells)]
    given = {"state": State(made[-1].ended_by or "open"), "acknowledged": moment(acknowledged)}
    return Timeline(
        key=IssueKey("C1", "1.0"),
        opened=OPENED,
        via="message",
        responded=moment(responded),
        waits=[Wait(a, b, word) for a, b, word in stretches(waits)],
        pauses=[Pause(a, b) for a, b, _ in stretches(pauses)],
        spells=made,
        **(given | more),
    )


def stretches(words: str) -> list[tuple[int, int | None, str]]:
    found = []
    for part in filter(None, (it.strip() for it in words.split(","))):
        ends, _, word = part.partition(" ")
        start, _, end = ends.partition("-")
        found.append((instant(float(start)), moment(float(end) if end else None), word))
    return found


def promising(clock: str = "calendar", **lengths: int) -> Policy:
    """Return a policy: ``promising(first_response=60)``."""
    targets = {TargetKind(kind): Promise(length, Clock(clock)) for kind, length in lengths.items()}
    return Policy("Ours", targets)


def told(target: TargetInstance) -> str:
    """Return a target in one line, in seconds after the opening: ``breached due 60 overrun 40``."""
    parts = [str(target.state)]
    if target.due is not None:
        parts.append(f"due {after(target.due)}")
    if target.overrun is not None:
        parts.append(f"overrun {target.overrun}")
    if target.on_change:
        parts.append(f"on change at {after(target.decided)}")
    return " ".join(parts)


def after(when: int | None) -> str:
    assert when is not None
    return f"{(when - OPENED) / 1_000_000:g}"


def stands(issue: Timeline, policy: Policy, now: float, **more: Any) -> list[str]:
    """Return every target at ``now`` seconds, in one line each."""
    calendar = more.get("calendar", ALL_HOURS)
    return [told(it) for it in judge(issue, policy, calendar, instant(now))]
