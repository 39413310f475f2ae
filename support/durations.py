"""How long things took: every metric of one issue, by both clocks (support-spec §9.1).

Durations come from exact instants. Stretches that belong together are summed in microseconds and
cut to whole seconds once, so a total may be a second more than the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from support.entries import MICROSECONDS
from support.hours import Calendar, business_micros
from support.timeline import Timeline, Wait

RUN = 120 * MICROSECONDS
"""Answers by one person this close together are one (support-spec §9.1)."""


class Took(NamedTuple):
    """Whole seconds by both clocks."""

    seconds: int
    business: int


@dataclass(frozen=True, slots=True)
class Durations:
    """What one issue took until an instant; ``None`` where an end has not come."""

    relay_lag: int | None
    """Seconds from the network to Slack; the integration's, not the team's."""
    acknowledge: Took | None
    first_response: Took | None
    next_responses: tuple[Took, ...]
    """One for each later wait that ended in an answer."""
    waits: tuple[Took, ...]
    """Every wait of the customer's; the running one up to now."""
    customer_wait: Took
    """All waits together, the running one up to now."""
    ended_waits: Took
    first_resolution: Took | None
    resolution: Took | None
    """Full: opened until the resolution that stands."""
    active_resolution: Took | None
    """Full without the gaps between a resolution and its reopening."""
    paused: Took
    """Waiting on the customer, the running stretch up to now."""
    ended_pauses: Took
    gaps: Took
    """Resolved, before a reopening."""
    live: Took
    """Live until now, or until it was resolved, dismissed or merged."""
    team: Took
    """Live and not waiting on the customer."""
    responses: int
    """Answers until the first resolution; a run by one person is one."""


Stretch = tuple[int, int]
Clocked = Callable[[Iterable[Stretch]], Took]


def measure(timeline: Timeline, calendar: Calendar, now: int) -> Durations:
    """Return what the issue took until ``now`` (µs); an orphaned one stands still since then."""
    took: Clocked = partial(take, calendar)
    until = now if timeline.orphaned is None else min(now, timeline.orphaned)
    pauses = [(it.started, until if it.ended is None else it.ended) for it in timeline.pauses]
    waits = [(it.started, until if it.ended is None else it.ended) for it in timeline.waits]
    spells = [(it.started, until if it.ended is None else it.ended) for it in timeline.spells]
    gaps = resolved_gaps(timeline)
    first, stands = timeline.first_resolution, timeline.resolution
    resolved = None if stands is None else stands.ended
    live, paused = (exact(calendar, it) for it in (spells, pauses))

    def since_opened(end: int | None) -> Took | None:
        return None if end is None else took([(timeline.opened, end)])

    return Durations(
        relay_lag=relay_lag(timeline),
        acknowledge=since_opened(timeline.acknowledged),
        first_response=since_opened(timeline.responded),
        next_responses=tuple(
            took([(it.started, it.ended)])
            for it in timeline.waits
            if it.ended is not None and is_next(timeline, it)
        ),
        waits=tuple(took([it]) for it in waits),
        customer_wait=took(waits),
        ended_waits=took((it.started, it.ended) for it in timeline.waits if it.ended is not None),
        first_resolution=since_opened(None if first is None else first.ended),
        resolution=since_opened(resolved),
        active_resolution=None
        if resolved is None
        else whole(less(exact(calendar, [(timeline.opened, resolved)]), exact(calendar, gaps))),
        paused=whole(paused),
        ended_pauses=took((it.started, it.ended) for it in timeline.pauses if it.ended is not None),
        gaps=took(gaps),
        live=whole(live),
        team=whole(less(live, paused)),
        responses=count_runs(timeline.responses),
    )


def is_next(timeline: Timeline, wait: Wait) -> bool:
    """Tell whether a wait is a sample of next response time.

    It ended in an answer, and it began after the first response: a wait that the first response
    ended is that issue's first response time, also where an earlier one ended in a resolution.
    """
    responded = timeline.responded
    return wait.closed_by == "response" and responded is not None and wait.started > responded


def resolved_gaps(timeline: Timeline) -> list[Stretch]:
    """Return the stretches between a resolution and its reopening."""
    return [
        (before.ended, after.started)
        for before, after in pairwise(timeline.spells)
        if before.ended is not None and before.ended_by == "resolved"
    ]


def relay_lag(timeline: Timeline) -> int | None:
    """Return the seconds from what the network says to what Slack says."""
    if timeline.source_at is None or not timeline.posted:
        return None
    return max(0, timeline.posted - timeline.source_at) // MICROSECONDS


def count_runs(responses: Sequence[tuple[int, str]]) -> int:
    """Return how many answers there were; a run by one author within two minutes is one."""
    broken = sum(
        author != before or at - earlier > RUN
        for (earlier, before), (at, author) in pairwise(responses)
    )
    return broken + bool(responses)


def take(calendar: Calendar, stretches: Iterable[Stretch]) -> Took:
    """Return stretches together, in whole seconds by both clocks."""
    return whole(exact(calendar, stretches))


def exact(calendar: Calendar, stretches: Iterable[Stretch]) -> tuple[int, int]:
    """Return stretches together in microseconds by both clocks; one that runs backwards is 0."""
    plain = business = 0
    for start, end in stretches:
        plain += max(0, end - start)
        business += business_micros(calendar, start, end)
    return plain, business


def less(whole_of_it: tuple[int, int], part: tuple[int, int]) -> tuple[int, int]:
    return max(0, whole_of_it[0] - part[0]), max(0, whole_of_it[1] - part[1])


def whole(micros: tuple[int, int]) -> Took:
    return Took(micros[0] // MICROSECONDS, micros[1] // MICROSECONDS)
