"""Policies between tables and calculation: which of them holds for an issue, and from when on.

Tables are loaded where they are read: whoever only calculates starts without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from support.policies import (
    Facts,
    Policy,
    check,
    check_tie,
    choose,
    facts_of,
    read_policy,
    write_policy,
)
from support.timeline import Timeline

if TYPE_CHECKING:
    from sqlalchemy import Connection

NO_PROMISE = Policy("", {})


class Version(NamedTuple):
    """A policy as it was from ``since`` until before ``until`` (µs)."""

    id: int
    since: int
    until: int | None
    policy: Policy


class Held(NamedTuple):
    """The policy that holds for an issue from an instant on; nothing promised: id 0."""

    since: int
    id: int
    policy: Policy


Plan = tuple[Held, ...]


@dataclass(frozen=True)
class PolicyBook:
    """Every version of a workspace's policies, in order of ``since``."""

    versions: Sequence[Version] = field(default_factory=tuple)

    def plan(self, timeline: Timeline, now: int) -> Plan:
        """Return what holds for an issue from its opening on.

        It changes where its priority does, and where a policy is saved for open issues too.
        """
        opened = timeline.opened
        prioritised = priorities(timeline)
        moments = {opened, *(at for at, _ in prioritised if at > opened)}
        moments |= {
            it.since for it in self.versions if it.policy.applies_to_open and it.since > opened
        }
        held: list[Held] = []
        for moment in sorted(it for it in moments if it <= max(now, opened)):
            priority = [word for at, word in prioritised if at <= moment][-1]
            chosen = self.chosen(facts_of(timeline, priority), opened, moment)
            if not held or held[-1].id != chosen.id:
                held.append(chosen)
        return tuple(held)

    def calendar_of(self, timeline: Timeline, otherwise: int) -> int:
        """Return the number of an issue's working hours, fixed at its opening (§7).

        Those of the policy that held then, or else of its channel: ``otherwise``.
        """
        calendar = self.plan(timeline, timeline.opened)[0].policy.calendar
        return otherwise if calendar is None else calendar

    def chosen(self, facts: Facts, opened: int, moment: int) -> Held:
        """Return what holds at ``moment`` for an issue that was opened at ``opened``."""
        known: dict[str, Version] = {}
        for version in self.versions:
            was_in_force = version.since <= opened and (
                version.until is None or opened < version.until
            )
            came_later = opened < version.since <= moment and version.policy.applies_to_open
            if was_in_force or came_later:
                known[version.policy.name] = version
        policy = choose((it.policy for it in known.values()), facts)
        if policy is None:
            return Held(moment, 0, NO_PROMISE)
        return Held(moment, known[policy.name].id, policy)


def priorities(timeline: Timeline) -> list[tuple[int, str]]:
    """Return since when an issue had which priority; the first from its opening."""
    steps = [(it.at, it.why or "normal") for it in timeline.steps if it.what == "priority"]
    early = [word for at, word in steps if at <= max(timeline.opened, timeline.tracked)]
    first = early[-1] if early else "normal" if steps else timeline.priority or "normal"
    later = [it for it in steps if it[0] > max(timeline.opened, timeline.tracked)]
    return [(timeline.opened, first), *later]


def load_policies(connection: Connection, workspace: int) -> PolicyBook:
    """Return every version of a workspace's policies."""
    from storage import policies as rows
    from storage.tables import instant_number

    return PolicyBook(
        tuple(
            Version(
                id=it.id,
                since=instant_number(it.since),
                until=None if it.until is None else instant_number(it.until),
                policy=read_policy(it.policy),
            )
            for it in rows.history(connection, workspace)
        )
    )


def save_policy(
    connection: Connection, workspace: int, policy: Policy, by: str, at: datetime
) -> int:
    """Let a policy hold from now on, in the place of one of its name; return its row.

    Raises ``KepiError`` for what it cannot mean, and where another could hold just as well.
    """
    from storage import policies as rows

    policy = check(policy)
    check_tie(current_policies(connection, workspace), policy)
    return rows.save(connection, workspace, policy.name, write_policy(policy), by, at)


def current_policies(connection: Connection, workspace: int) -> list[Policy]:
    """Return the policies that hold for new issues, by name."""
    from storage import policies as rows

    return [read_policy(it.policy) for it in rows.current(connection, workspace)]
