"""A digest, worked out for those who read it: everyone in its channel, or somebody alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests import message, words
from commands.digests.message import Said
from commands.digests.reading import language_of, read_period
from commands.names import find_name
from commands.who_sees import Readers, hidden_from, hidden_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.blocks import Block
    from kpis.digests.plan import Plan
    from kpis.digests.report import Report
    from storage.digest_periods import RunRow


@dataclass(frozen=True)
class Composed:
    """A digest that can be shown: ``blocks(files)`` with its picture, or without."""

    plan: Plan
    report: Report
    said: Said

    @property
    def text(self) -> str:
        from kpis.tongue import speaking

        with speaking(self.plan.language):
            return message.sentence(self.report, self.said)

    @property
    def thread(self) -> tuple[str, list[str]]:
        """Sentence and sections of what stands in the digest's thread."""
        from kpis.tongue import speaking

        with speaking(self.plan.language):
            return message.thread(self.report, dict(self.said.names))

    def blocks(self, files: tuple[str, ...] = ()) -> list[Block]:
        from kpis.tongue import speaking

        with speaking(self.plan.language):
            return message.compose(self.report, self.said, files)


async def compose(
    context: Context,
    plan: Plan,
    key: str,
    *,
    now: datetime | None = None,
    late: datetime | None = None,
    preview: str = "",
    reader: str = "",
) -> Composed:
    """Return a digest as it may be read in its channel; ``reader`` sees no more than that.

    ``now`` is the moment at which it counts as told; empty: this one. ``late``: when it was due,
    of one that is late.
    """
    from kpis.tongue import speaking

    plan = replace(plan, language=await language_of(context, plan))
    hidden = await hidden_in(context, plan.channel)
    if reader:
        hidden |= await hidden_from(context, Readers(reader))
    moment = now or context.clock()
    report, run = await context.read(work_out, context, plan, key, moment, hidden)
    with speaking(plan.language):
        names = [(it.owner, await find_name(context, it.owner)) for it in report.reviews]
        by = await find_name(context, run.comment_by) if run.comment_by else ""
        was_due = words.say_late(plan, late) if late is not None else ""
    return Composed(plan, report, Said(run.comment, by, was_due, tuple(names), preview))


def work_out(
    connection: Connection,
    context: Context,
    plan: Plan,
    key: str,
    now: datetime,
    hidden: frozenset[str],
) -> tuple[Report, RunRow]:
    """Read the report and what was decided about it, at one moment, in the digest's language."""
    from kpis.digests.collect import collect
    from kpis.surroundings import look_around
    from kpis.tongue import speaking

    workspace = context.home.workspace
    around = look_around(context.database, connection, workspace).without(hidden)
    with speaking(plan.language):
        report = collect(plan, key, connection, around, now, hidden)
    return report, read_period(connection, workspace, plan, key).run
