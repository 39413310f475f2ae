"""Customer issues drawn as small tables, stored as the projections that the fold would save.

    channel | opened           | answered         | solved | platform | person
    --------+------------------+------------------+--------+----------+-------
    C1      | 2026-11-02 09:00 | 2026-11-02 09:42 |        | x        | mia

Times are local to the workspace; “+42 min” counts from ``opened``. Only what is drawn is stored.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage.database import Database
from storage.issue_tables import Choice, Desk, DeskRules, Issue, Rating, Spell, Target, Wait
from storage.tables import Workspace, table_of
from storage.workspaces import only_workspace
from support.rulebook import pack_rules
from support.rules import Rules
from tests.drawn import Row, table

UNITS = {"s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400}
LAPSE = re.compile(r"\+\s*([\d.]+)\s*(s|sec|min|m|h|d)$")
AT = datetime(2026, 11, 1, tzinfo=UTC)


class Drawing:
    """Issues being stored in one workspace."""

    def __init__(self, connection: Connection, workspace: int, zone: str) -> None:
        self.connection, self.workspace, self.zone = connection, workspace, ZoneInfo(zone)
        self.number = 0

    def moment(self, cell: str, since: datetime | None = None) -> datetime | None:
        """Return the instant of a cell; nothing for an empty one."""
        if not cell:
            return None
        if lapse := LAPSE.match(cell):
            assert since is not None
            return since + timedelta(seconds=float(lapse[1]) * UNITS[lapse[2]])
        drawn = datetime.fromisoformat(cell)
        return (drawn if drawn.tzinfo else drawn.replace(tzinfo=self.zone)).astimezone(UTC)

    def add(self, row: Row) -> int:
        """Store one drawn issue with its waits, spells and targets; return its id."""
        self.number += 1
        opened = self.moment(row["opened"])
        assert opened is not None
        answered, solved, reopened, solved_again, dismissed, acknowledged, orphaned = (
            self.moment(row.get(name, ""), opened)
            for name in (
                *("answered", "solved", "reopened", "solved_again", "dismissed"),
                *("acknowledged", "orphaned"),
            )
        )
        stands = solved_again or (None if reopened else solved)
        state = row.get("state") or (
            "dismissed"
            if dismissed
            else "resolved"
            if stands
            else "responded"
            if answered
            else "open"
        )
        via = row.get("by") or "mark"
        business = row.get("business", "")
        values = {
            "workspace": self.workspace,
            "number": self.number,
            "channel": row.get("channel") or "C1",
            "root": f"{self.number}.000000",
            "state": state,
            "opened": opened,
            "tracked": opened,
            "via": row.get("via") or "message",
            "platform": row.get("platform", ""),
            "brand": row.get("brand", ""),
            "priority": row.get("priority") or "normal",
            "assignee": row.get("assignee") or row.get("person", ""),
            "acknowledged": acknowledged or answered,
            "acknowledged_by": row.get("person", ""),
            "responded": answered,
            "responded_by": row.get("person", ""),
            "response_flags": row.get("flags", ""),
            "response_low": self.moment(row.get("after", ""), opened),
            "waiting_since": None if answered or stands or dismissed else opened,
            "first_resolved": solved,
            "first_resolver": row.get("person", ""),
            "resolved": stands,
            "resolver": row.get("person", ""),
            "resolved_via": via if stands else "",
            "reopens": 1 if reopened else 0,
            "reopened": reopened,
            "dismissed": dismissed,
            "orphaned": orphaned,
            "responses": int(row.get("responses") or (1 if answered else 0)),
            "relay_lag": int(row["lag"]) if row.get("lag") else None,
            "ack_seconds": lapse(opened, acknowledged or answered),
            "response_seconds": lapse(opened, answered),
            "response_business": int(business) if business else lapse(opened, answered),
            "first_resolution_seconds": lapse(opened, solved),
            "first_resolution_business": lapse(opened, solved),
            "resolution_seconds": lapse(opened, stands),
            "resolution_business": lapse(opened, stands),
            "wait_seconds": lapse(opened, answered or stands) or 0,
            "wait_business": lapse(opened, answered or stands) or 0,
        }
        issue = table_of(Issue)
        statement = insert(issue).values({**defaults(Issue), **values})
        key = int(self.connection.execute(statement.returning(issue.c.id)).scalar_one())
        ends = solved or dismissed
        how = "dismissed" if dismissed and not solved else "resolved"
        if state == "merged":
            ends, how = self.moment(row.get("merged", ""), opened) or opened, "merged"
        person = row.get("person", "")
        self.spell(key, 0, opened, "opened", ends, how, via, person)
        if reopened:
            self.spell(key, 1, reopened, "reopened", solved_again, "resolved", via, person)
        self.wait(key, 0, opened, answered, person, is_next=False)
        again, heard = (self.moment(row.get(it, ""), opened) for it in ("again", "heard"))
        if again:
            closed = row.get("closed", "")
            is_next = heard is not None and not closed
            self.wait(key, 1, again, heard, person, is_next=is_next, closed_by=closed)
        asked_for, rated = (self.moment(row.get(it, ""), opened) for it in ("asked", "rated"))
        if asked_for or rated:
            score = int(row["score"]) if row.get("score") else None
            self.store(Rating, issue=key, asked=asked_for, at=rated, score=score)
        if row.get("due"):
            self.target(key, row, opened, answered, dismissed)
        return key

    def spell(self, issue: int, position: int, started: datetime, how: str,
              ended: datetime | None, ended_by: str, via: str, by: str) -> None:  # fmt: skip
        gone = {"ended": ended, "ended_by": ended_by, "via": via, "by": by} if ended else {}
        self.store(Spell, issue=issue, position=position, started=started, how=how, **gone)

    def wait(self, issue: int, position: int, started: datetime, ended: datetime | None,
             by: str, *, is_next: bool, closed_by: str = "") -> None:  # fmt: skip
        seconds = lapse(started, ended)
        self.store(Wait, issue=issue, position=position, started=started, ended=ended, by=by,
                   is_next=is_next, closed_by=closed_by, seconds=seconds,
                   business=seconds)  # fmt: skip

    def target(self, issue: int, row: Row, opened: datetime, answered: datetime | None,
               dismissed: datetime | None) -> None:  # fmt: skip
        """Store the promise of a first answer, decided as support-spec §9.3 says."""
        due = self.moment(row["due"], opened)
        assert due is not None
        now = self.moment(row.get("now", "")) or datetime.max.replace(tzinfo=UTC)
        state, decided = "running", None
        if answered is not None and answered <= due:
            state, decided = "met", answered
        elif dismissed is not None and dismissed < due:
            state = "cancelled"
        elif due <= now:
            state, decided = "breached", due
        kind = row.get("kind") or "first_response"
        self.store(Target, issue=issue, kind=kind, position=0, clock="calendar", length=3600,
                   started=opened, due=due, state=state, decided=decided,
                   fulfilled=answered)  # fmt: skip

    def store(self, model: type, **values: object) -> None:
        filled = {**defaults(model), "workspace": self.workspace, **values}
        self.connection.execute(insert(table_of(model)).values(filled))


def lapse(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else int((end - start).total_seconds() // 1)


def defaults(model: type) -> dict[str, object]:
    """Return what a column holds where nothing is drawn."""
    empty: dict[str, object] = {"VARCHAR": "", "TEXT": "", "BOOLEAN": False}
    fields = model.model_fields  # type: ignore[attr-defined]
    held: dict[str, object] = {}
    for column in table_of(model).c:
        drawn = fields[column.name].default
        plain = isinstance(drawn, str | int)
        if column.name != "id" and not column.nullable:
            held[column.name] = drawn if plain else empty.get(str(column.type), 0)
    return held


def track(
    database: Database,
    channels: dict[str, str] | None = None,
    *,
    rules: Rules | None = None,
    choices: tuple[str, ...] = (),
) -> int:
    """Track channels (id → name) in the only workspace and return its id."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for channel, name in ({"C1": "care"} if channels is None else channels).items():
            connection.execute(
                insert(table_of(Desk)).values(
                    **{**defaults(Desk), "workspace": workspace, "channel": channel, "name": name}
                )
            )
            if rules is not None:
                connection.execute(
                    insert(table_of(DeskRules)).values(
                        workspace=workspace,
                        channel=channel,
                        since=AT,
                        by="",
                        rules=pack_rules(rules),
                    )
                )
        for key in choices:
            values = {"workspace": workspace, "key": key, "value": "true", "by": "U1", "at": AT}
            connection.execute(insert(table_of(Choice)).values(values))
    return workspace


def draw_issues(database: Database, drawn: str, *, zone: str = "UTC") -> list[int]:
    """Store drawn issues and return their ids; the workspace is in ``zone`` from then on."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        home = table_of(Workspace)
        connection.execute(update(home).where(home.c.id == workspace).values(
            zone=zone, version=home.c.version + 1))  # fmt: skip
        held = select(table_of(Issue).c.number).where(table_of(Issue).c.workspace == workspace)
        drawing = Drawing(connection, workspace, zone)
        drawing.number = max(connection.execute(held).scalars(), default=0)
        return [drawing.add(row) for row in table(drawn)]
