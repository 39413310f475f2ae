"""What a scenario came to, in the words and seconds that it was drawn in.

A ``Seen`` is made of a timeline; where the scenario went through a database, whatever its
``issue``, ``wait`` and ``spell`` rows hold is laid over it, so that the rows are what is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from support.entries import MICROSECONDS, micros
from support.timeline import IssueKey, Remark, Timeline, Wait
from tests.support.drawn_cast import drawn_name, seconds

Stretch = tuple[int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An issue. Times are whole seconds after the opening of the drawing, lengths are seconds."""

    root: int
    episode: int
    state: str
    opened: int
    via: str
    tracked: int
    customer: str
    participants: tuple[str, ...]
    reporter: str
    assignee: str
    assignees: tuple[tuple[int, str], ...]
    """Since when, and who; an empty name is nobody."""
    priority: str
    tta: int | None
    acknowledged: int | None
    acknowledged_by: str
    acknowledged_low: int | None
    frt: int | None
    responded_by: str
    response_flags: str
    response_low: int | None
    last_response: int | None
    nrt: tuple[int, ...]
    waits: tuple[tuple[int, int | None, str], ...]
    """Start, end, and what ended it."""
    customer_wait: int
    """Ended waits together."""
    pauses: tuple[Stretch, ...]
    spells: tuple[tuple[int, int | None, str], ...]
    """Start, end, and what ended it: stretches in which it was live."""
    first_resolution: int | None
    full_resolution: int | None
    bounds: Stretch
    """Of the resolution that stands: after the first, until the second."""
    resolver: str
    resolved_via: str
    reason: str
    co_resolvers: tuple[str, ...]
    reopens: int
    reopen_times: tuple[int, ...]
    dismissed: int | None
    dismiss_reason: str
    merged_into: int | None
    """The second of the other issue's root."""
    follow_up_of: tuple[int, int] | None
    """Second of the root, and episode."""
    orphaned: int | None
    orphan_reason: str
    snoozed_until: int | None
    suppressed: int
    asked: int | None
    responses: int
    relay_lag: int | None
    steps: tuple[tuple[int, str], ...] = field(repr=False)

    @property
    def wait(self) -> int | None:
        """Since when the customer waits now."""
        running = [started for started, ended, _ in self.waits if ended is None]
        return running[-1] if running else None


@dataclass(frozen=True)
class Told:
    """A remark: what somebody should be told once."""

    word: str
    actor: str
    on: int | None
    at: str = ""


@dataclass(frozen=True)
class Result:
    """Every issue in the order of opening, and what was remarked."""

    issues: tuple[Seen, ...]
    remarks: tuple[Told, ...]

    @property
    def only(self) -> Seen:
        """Return the issue; fails where there is none or more than one."""
        (issue,) = self.issues
        return issue

    def said(self, word: str) -> list[Told]:
        """Return the remarks of one word."""
        return [remark for remark in self.remarks if remark.word == word]


def in_order(issues: list[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(issues, key=lambda it: (it.opened, it.root, it.episode)))


def see_remark(remark: Remark) -> Told:
    on = second_of(remark.ts) if remark.ts else None
    return Told(word=remark.word, actor=drawn_name(remark.actor), on=on)


def see(line: Timeline) -> Seen:
    """Return a timeline in drawn words; lengths are counted here, not by ``support``."""
    first, standing = line.first_resolution, line.resolution
    return Seen(
        root=second_of(line.key.root),
        episode=line.key.episode,
        state=str(line.state),
        opened=known(line.opened),
        via=line.via,
        tracked=known(line.tracked),
        customer=named(line.customer),
        participants=tuple(sorted(named(who) for who in line.participants)),
        reporter=drawn_name(line.reporter),
        assignee=drawn_name(line.assignee),
        assignees=tuple((known(at), drawn_name(who)) for at, who in line.assignees),
        priority=line.priority,
        tta=length(line.opened, line.acknowledged),
        acknowledged=seconds(line.acknowledged),
        acknowledged_by=drawn_name(line.acknowledged_by),
        acknowledged_low=seconds(line.acknowledged_low),
        frt=length(line.opened, line.responded),
        responded_by=drawn_name(line.responded_by),
        response_flags=flags(line),
        response_low=seconds(line.response_low),
        last_response=seconds(line.last_response),
        nrt=tuple(
            known_length(it.started, it.ended)
            for it in line.waits
            if it.closed_by == "response" and it.ended is not None and it.ended != line.responded
        ),
        waits=tuple(see_wait(it) for it in line.waits),
        customer_wait=sum(it.ended - it.started for it in line.waits if it.ended is not None)
        // MICROSECONDS,
        pauses=tuple((seconds(it.started), seconds(it.ended)) for it in line.pauses),
        spells=tuple((known(it.started), seconds(it.ended), it.ended_by) for it in line.spells),
        first_resolution=length(line.opened, first.ended) if first else None,
        full_resolution=length(line.opened, standing.ended) if standing else None,
        bounds=(seconds(standing.low), seconds(standing.ended)) if standing else (None, None),
        resolver=drawn_name(standing.by) if standing else "",
        resolved_via=standing.via if standing else "",
        reason=standing.reason if standing else "",
        co_resolvers=tuple(drawn_name(who) for who in standing.co_resolvers) if standing else (),
        reopens=len(line.reopens),
        reopen_times=tuple(known(at) for at, _ in line.reopens),
        dismissed=seconds(line.dismissed),
        dismiss_reason=line.dismiss_reason,
        merged_into=second_of(line.merged_into.root) if line.merged_into else None,
        follow_up_of=see_key(line.follow_up_of),
        orphaned=seconds(line.orphaned),
        orphan_reason=line.orphan_reason,
        snoozed_until=seconds(line.snoozed_until),
        suppressed=line.suppressed,
        asked=seconds(line.asked),
        responses=len(line.responses),
        relay_lag=length(line.source_at, line.posted) if line.source_at is not None else None,
        steps=tuple((known(step.at), step.what) for step in line.steps),
    )


def see_wait(wait: Wait) -> tuple[int, int | None, str]:
    return known(wait.started), seconds(wait.ended), wait.closed_by


def see_key(key: IssueKey | None) -> tuple[int, int] | None:
    return (second_of(key.root), key.episode) if key else None


def flags(line: Timeline) -> str:
    if line.response_manual:
        return "manual"
    return "inferred" if line.response_inferred else ""


def named(customer: str) -> str:
    """Return a customer's key by its drawn name: ``slack:U0LENA`` is ``lena``."""
    return drawn_name(customer.removeprefix("slack:"))


def second_of(ts: str) -> int:
    return known(micros(ts))


def known(at: int | None) -> int:
    second = seconds(at)
    assert second is not None
    return second


def length(start: int | None, end: int | None) -> int | None:
    if start is None or end is None:
        return None
    return known_length(start, end)


def known_length(start: int, end: int | None) -> int:
    assert end is not None
    return (end - start) // MICROSECONDS
