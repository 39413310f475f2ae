"""A timeline as rows: what KPIs and surfaces read (``issue``, ``wait``, ``spell``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from storage.tables import EPOCH
from support.durations import Durations, Took, is_next, measure
from support.hours import Calendar, business_seconds
from support.rules import Rules, span
from support.timeline import IssueKey, State, Timeline

Row = dict[str, Any]


def instant(at: int | None) -> datetime | None:
    """Return microseconds as an aware datetime."""
    return None if at is None else EPOCH + timedelta(microseconds=at)


def issue_row(
    timeline: Timeline,
    calendar: Calendar,
    rules: Rules,
    now: int,
    id_of: Callable[[IssueKey | None], int | None],
) -> Row:
    """Return the columns of ``issue`` that a timeline gives; ``id_of`` finds other issues."""
    took = measure(timeline, calendar, now)
    first, stands = timeline.first_resolution, timeline.resolution
    wait = timeline.wait
    return {
        "channel": timeline.key.channel,
        "root": timeline.key.root,
        "episode": timeline.key.episode,
        "opening": timeline.opening,
        "title": timeline.title,
        "state": timeline.state.value,
        "opened": instant(timeline.opened),
        "tracked": instant(timeline.tracked),
        "via": timeline.via,
        "customer": timeline.customer,
        "reporter": timeline.reporter,
        "platform": timeline.platform,
        "handle": timeline.handle,
        "brand": timeline.brand,
        "url": timeline.url,
        "source": timeline.source,
        "priority": timeline.priority or "normal",
        "assignee": timeline.assignee,
        "acknowledged": instant(timeline.acknowledged),
        "acknowledged_by": timeline.acknowledged_by,
        "acknowledged_low": instant(timeline.acknowledged_low),
        "responded": instant(timeline.responded),
        "responded_by": timeline.responded_by,
        "response_ts": timeline.response_ts,
        "response_flags": flags_of(timeline.response_manual, timeline.response_inferred),
        "response_low": instant(timeline.response_low),
        "last_response": instant(timeline.last_response),
        "waiting_since": instant(wait.started if wait and timeline.is_live else None),
        "first_resolved": instant(first.ended if first else None),
        "first_resolved_low": instant(first.low if first else None),
        "first_resolver": first.by if first else "",
        "first_assignee": first.assignee if first else "",
        "resolved": instant(stands.ended if stands else None),
        "resolved_low": instant(stands.low if stands else None),
        "resolver": stands.by if stands else "",
        "resolved_via": stands.via if stands else "",
        "reason": stands.reason if stands else "",
        "reopens": len(timeline.reopens),
        "reopened": instant(timeline.reopens[0][0] if timeline.reopens else None),
        "dismissed": instant(timeline.dismissed if timeline.state is State.DISMISSED else None),
        "dismiss_reason": timeline.dismiss_reason,
        "merged_into": id_of(timeline.merged_into),
        "follow_up_of": id_of(timeline.follow_up_of),
        "orphaned": instant(timeline.orphaned),
        "orphan_reason": timeline.orphan_reason,
        "snoozed_until": instant(timeline.snoozed_until),
        "asked": instant(timeline.asked),
        "suppressed": timeline.suppressed,
        "settled": instant(settled_at(timeline, rules, now)),
        **duration_columns(took),
    }


def duration_columns(took: Durations) -> Row:
    """Return every stored duration; only what has ended is stored."""
    pairs: dict[str, Took | None] = {
        "ack": took.acknowledge,
        "response": took.first_response,
        "first_resolution": took.first_resolution,
        "resolution": took.resolution,
        "active": took.active_resolution,
        "paused": took.ended_pauses,
        "wait": took.ended_waits,
    }
    row: Row = {"relay_lag": took.relay_lag, "responses": took.responses}
    for name, both in pairs.items():
        row[f"{name}_seconds"] = None if both is None else both.seconds
        row[f"{name}_business"] = None if both is None else both.business
    return row


def settled_at(timeline: Timeline, rules: Rules, now: int) -> int | None:
    """Return when an ended issue got beyond its reopening window, if it has."""
    if timeline.is_live:
        return None
    ended = timeline.dismissed or timeline.merged
    if timeline.state is State.RESOLVED:
        ended = timeline.spells[-1].ended
    beyond = (ended or timeline.opened) + span(rules.reopen_window)
    return beyond if beyond <= now else None


def flags_of(manual: bool, inferred: bool) -> str:
    return "manual" if manual else "inferred" if inferred else ""


def wait_rows(timeline: Timeline, calendar: Calendar) -> list[Row]:
    """Return the waits in order; a running one has no end and no duration."""
    return [
        {
            "position": position,
            "started": instant(wait.started),
            "ended": instant(wait.ended),
            "closed_by": wait.closed_by,
            "is_next": is_next(timeline, wait),
            "by": wait.by,
            "flags": flags_of(wait.manual, wait.inferred),
            "seconds": None if wait.ended is None else (wait.ended - wait.started) // 1_000_000,
            "business": None
            if wait.ended is None
            else business_seconds(calendar, wait.started, wait.ended),
        }
        for position, wait in enumerate(timeline.waits)
    ]


def spell_rows(timeline: Timeline) -> list[Row]:
    """Return the live stretches in order."""
    return [
        {
            "position": position,
            "started": instant(spell.started),
            "how": spell.how,
            "ended": instant(spell.ended),
            "ended_by": spell.ended_by,
            "by": spell.by,
            "via": spell.via,
            "reason": spell.reason,
            "assignee": spell.assignee,
            "low": instant(spell.low),
        }
        for position, spell in enumerate(timeline.spells)
    ]
