"""Whether promises were kept: due times, met and breached, for one issue (support-spec §10).

A target is decided at the earlier of its fulfilment and its due time, so that a breach belongs to
the moment at which it fell due. All of it is worked out anew from the timeline: what was decided
under an older policy comes out the same again, and what an outage hid is put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from support.durations import Stretch, resolved_gaps
from support.entries import MICROSECONDS
from support.hours import NEVER, Calendar, business_micros, due_micros
from support.policies import Clock, Policy, Promise, TargetKind
from support.policy_book import Held
from support.timeline import Timeline

Break = tuple[int, int | None]
"""A stretch that does not count; without an end it goes on."""


class TargetState(StrEnum):
    """How a promise stands."""

    RUNNING = "running"
    PAUSED = "paused"
    """Waiting on the customer, or nobody can be heard in the channel any more."""
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"
    """The issue ended, or the promise was taken back, before it was decided."""


DECIDED = frozenset({TargetState.MET, TargetState.BREACHED})


@dataclass(frozen=True, slots=True)
class TargetInstance:
    """One promise about one issue; times in microseconds, ``length`` and ``overrun`` in seconds."""

    kind: TargetKind
    position: int
    """The number of the wait; 0 for what an issue has once."""
    clock: Clock
    length: int
    started: int
    due: int | None
    """Empty while paused."""
    warn: int | None
    state: TargetState = TargetState.RUNNING
    decided: int | None = None
    fulfilled: int | None = None
    overrun: int | None = None
    """Seconds of its clock beyond ``due``, once nobody waits for it any more."""
    on_change: bool = False
    """It was past already when a policy or a priority changed."""
    steps: tuple[tuple[float, int], ...] = ()
    """Multiples of the length that people are told of, and when, while nobody fulfils it."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a promise is about: when it starts, what fulfils it, what ends or interrupts it."""

    kind: TargetKind
    position: int
    started: int
    fulfilled: int | None
    closed: int | None
    """The issue, or the wait, ended."""
    stopped: int | None
    """Orphaned: nothing is decided after that."""
    gaps: tuple[Stretch, ...] = ()
    """Resolved, before a reopening: nobody waited."""
    pauses: tuple[Break, ...] = ()


def judge(
    timeline: Timeline, plan: Policy | Sequence[Held], calendar: Calendar, now: int
) -> list[TargetInstance]:
    """Return every target of an issue as it stands at ``now``.

    ``plan`` is what holds from when on (``PolicyBook.plan``); a policy alone holds throughout.
    """
    if isinstance(plan, Policy):
        plan = (Held(timeline.opened, 0, plan),)
    found = (follow(course, plan, calendar, now) for course in courses(timeline, now))
    return [it for it in found if it is not None]


def courses(timeline: Timeline, now: int) -> Iterator[Course]:
    """Yield what may be promised about an issue."""
    opened, stopped = timeline.opened, timeline.orphaned
    last = timeline.spells[-1] if timeline.spells else None
    closed = last.ended if last else None
    solved = closed if last and last.ended_by == "resolved" else None
    first = timeline.first_resolution.ended if timeline.first_resolution else None
    gaps = tuple(resolved_gaps(timeline))
    pauses = tuple((it.started, it.ended) for it in timeline.pauses)
    for kind, done in (
        (TargetKind.ACKNOWLEDGE, timeline.acknowledged),
        (TargetKind.FIRST_RESPONSE, timeline.responded),
    ):
        yield Course(kind, 0, opened, done, closed, stopped, gaps)
    for position, wait in enumerate(timeline.waits):
        if timeline.responded is None or not timeline.responded < wait.started <= now:
            continue
        done = wait.ended if wait.closed_by == "response" else None
        yield Course(TargetKind.NEXT_RESPONSE, position, wait.started, done, wait.ended, stopped)
    yield Course(TargetKind.FIRST_RESOLUTION, 0, opened, first, closed, stopped, (), pauses)
    yield Course(TargetKind.TOTAL_RESOLUTION, 0, opened, solved, closed, stopped, gaps, pauses)


def follow(
    course: Course, plan: Sequence[Held], calendar: Calendar, now: int
) -> TargetInstance | None:
    """Return a target under the policies that held one after another; the first decision stays."""
    found: TargetInstance | None = None
    over = min((it for it in (course.fulfilled, course.closed) if it is not None), default=NEVER)
    for number, held in enumerate(plan):
        until = plan[number + 1].since if number + 1 < len(plan) else NEVER
        changed = held.since if held.since > course.started else None
        if held.since > now or (changed is not None and changed >= over):
            break
        if until <= course.started:
            continue
        promise = held.policy.targets.get(course.kind)
        if promise is None:
            found = found and cancel(found)
            continue
        terms = Terms(course, promise, held.policy, calendar)
        found = terms.decide(min(now, until), changed)
        if found.state in DECIDED:
            return terms.finish(found, now)
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """A promise about a course, under one policy and one calendar."""

    course: Course
    promise: Promise
    policy: Policy
    calendar: Calendar

    def decide(self, now: int, changed: int | None) -> TargetInstance:
        """Return the target at ``now``; ``changed`` is when this policy came, if it came later."""
        due = self.falls(1, now)
        target = TargetInstance(
            kind=self.course.kind,
            position=self.course.position,
            clock=self.promise.clock,
            length=self.promise.seconds,
            started=self.course.started,
            due=due,
            warn=self.falls(self.policy.warn_at, now) if self.policy.warn_at else None,
        )
        done = known(self.course.fulfilled, now)
        if done is not None and due is not None and done <= due:
            return replace(target, state=TargetState.MET, decided=done, fulfilled=done)
        end = self.end(now)
        if due is not None and due < (now if end is None else end):
            on_change = changed is not None and due <= changed
            decided = changed if on_change else due
            breached = replace(target, state=TargetState.BREACHED, decided=decided)
            return replace(breached, on_change=on_change)
        if known(self.course.closed, now) is not None:
            return cancel(target)
        if due is None or end is not None:
            return replace(target, state=TargetState.PAUSED, due=None, warn=None)
        return replace(target, steps=self.steps(now))

    def finish(self, target: TargetInstance, now: int) -> TargetInstance:
        """Return a decided target with what came after it.

        The overrun freezes when it is fulfilled, or when the issue ends; until then there are
        steps that people are told of.
        """
        if target.state is TargetState.MET or target.due is None:
            return target
        end = self.end(now)
        if end is None:
            return replace(target, steps=self.steps(now))
        over = self.passed(target.due, end, now) // MICROSECONDS
        return replace(target, fulfilled=known(self.course.fulfilled, now), overrun=over)

    def end(self, now: int) -> int | None:
        """Return when nobody waited for it any more, as it is known at ``now``."""
        course = self.course
        ends = (known(it, now) for it in (course.fulfilled, course.closed, course.stopped))
        return min((it for it in ends if it is not None), default=None)

    def steps(self, now: int) -> tuple[tuple[float, int], ...]:
        falls = ((step.at, self.falls(step.at, now)) for step in self.policy.escalate)
        return tuple((share, at) for share, at in falls if at is not None)

    def falls(self, share: float, now: int) -> int | None:
        """Return when a share of the promise has passed; ``None`` while its clock stands still.

        What does not count extends what remains; nothing is added to the start.
        """
        at, left = self.course.started, round(self.promise.seconds * MICROSECONDS * share)
        for start, end in self.breaks(now):
            part = self.elapsed(at, start)
            if part >= left:
                break
            if end is None:
                return None
            at, left = max(at, end), left - part
        if self.promise.clock is Clock.CALENDAR:
            return min(at + left, NEVER)
        return due_micros(self.calendar, at, left)

    def passed(self, start: int, end: int, now: int) -> int:
        """Return the microseconds of the promise's clock in a stretch, without what is no part."""
        total = self.elapsed(start, end)
        for begin, finish in self.breaks(now):
            last = end if finish is None else min(finish, end)
            total -= self.elapsed(max(begin, start), last)
        return total

    def elapsed(self, start: int, end: int) -> int:
        if self.promise.clock is Clock.CALENDAR:
            return max(0, end - start)
        return business_micros(self.calendar, start, end)

    def breaks(self, now: int) -> Iterator[Break]:
        """Yield the stretches that do not count, as they are known at ``now``."""
        found: list[Break] = []
        is_total = self.course.kind is TargetKind.TOTAL_RESOLUTION
        if not is_total or self.policy.exclude_resolved_gap:
            found += self.course.gaps
        if self.policy.pause_in_waiting:
            found += self.course.pauses
        for start, end in sorted(found, key=lambda it: it[0]):
            if start <= now:
                yield start, known(end, now)


def cancel(target: TargetInstance) -> TargetInstance:
    return replace(target, state=TargetState.CANCELLED, due=None, warn=None, steps=())


def known(at: int | None, now: int) -> int | None:
    """Return an instant that has come, or ``None``."""
    return at if at is not None and at <= now else None
