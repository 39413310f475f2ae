"""Tests as they stand: found, judged, and who may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.experiments import wording
from commands.rights import is_admin, require_member, require_own
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from kpis.analyses.experiment import Verdict
    from storage.experiments import ExperimentRow


async def find_test(context: Context, number: int) -> ExperimentRow:
    """Return a test; raises ``KepiError`` where there is none."""
    from storage.experiments import by_id

    row = await context.read(by_id, context.home.workspace, number)
    if row is None:
        raise KepiError(wording.NO_SUCH, number=number)
    return row


async def judge_tests(
    context: Context, rows: list[ExperimentRow]
) -> tuple[list[tuple[ExperimentRow, Verdict | str]], date]:
    """Return what each test says now, or why it says nothing; and the workspace's day."""

    def work(
        connection: Connection,
    ) -> tuple[list[tuple[ExperimentRow, Verdict | str]], date]:
        from kpis.analyses.experiment import judge
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, context.home.workspace)
        now = context.clock()
        found: list[tuple[ExperimentRow, Verdict | str]] = []
        for row in rows:
            try:
                found.append((row, judge(row, connection, around, now)))
            except KepiError as trouble:
                found.append((row, str(trouble)))
        return found, now.astimezone(ZoneInfo(around.zone)).date()

    return await context.read(work)


async def require_test_right(context: Context, user: str, row: ExperimentRow) -> None:
    """Refuse everyone but whoever began the test, and admins."""
    await require_member(context, user, say(wording.GUESTS))
    if user != row.owner:
        await require_own(context, user, row.owner, say(wording.NOT_YOURS))


async def may_change(context: Context, user: str, row: ExperimentRow) -> bool:
    """Say whether somebody may change a test."""
    return user == row.owner or await is_admin(context, user)
