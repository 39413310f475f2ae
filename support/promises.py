"""What one writing of projections looks up once: calendars, and the policies that promise."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage import issues
from storage.tables import instant_number
from support.calendars import load_calendar
from support.hours import Calendar
from support.policy_book import PolicyBook, load_policies
from support.target_rows import target_rows
from support.targets import judge
from support.timeline import Timeline


class Promises:
    """Calendars and policies of a workspace, read once for many issues; ``now`` in µs."""

    def __init__(self, connection: Connection, workspace: int, now: datetime) -> None:
        self._connection, self._workspace = connection, workspace
        self.now = instant_number(now)
        self._calendars: dict[int, Calendar] = {}

    @cached_property
    def policies(self) -> PolicyBook:
        return load_policies(self._connection, self._workspace)

    def calendar_of(self, timeline: Timeline, otherwise: int) -> int:
        """Return the number of an issue's working hours: its policy's, or else its channel's."""
        if not self.policies.versions:
            return otherwise
        return self.policies.calendar_of(timeline, otherwise)

    def calendar(self, number: int) -> Calendar:
        """Return a calendar; 0 is the workspace's."""
        if number not in self._calendars:
            held = load_calendar(self._connection, self._workspace, number)
            self._calendars[number] = held
        return self._calendars[number]

    def policy_of(self, timeline: Timeline) -> int | None:
        """Return the row of the policy that holds for an issue now."""
        if not self.policies.versions:
            return None
        plan = self.policies.plan(timeline, self.moment(timeline))
        return plan[-1].id or None

    def moment(self, timeline: Timeline) -> int:
        """Return now, or what the timeline knows already: our clock may be behind Slack's."""
        return max(self.now, timeline.opened, *(it.at for it in timeline.steps))

    def judge(self, issue: int, timeline: Timeline, calendar: Calendar) -> None:
        """Write an issue's targets as they stand now; without policies there are none."""
        if not self.policies.versions:
            return
        now = self.moment(timeline)
        plan = self.policies.plan(timeline, now)
        instances = judge(timeline, plan, calendar, now)
        issues.save_targets(self._connection, self._workspace, issue, target_rows(instances))
