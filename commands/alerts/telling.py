"""Writing the first message of an incident, with its chart."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.alerts import wording
from commands.alerts.editing import keep_file
from commands.alerts.known import name_channel, read_held, show
from commands.alerts.message import compose, compose_text, fingerprint
from commands.alerts.outsiders import is_unwanted
from commands.blocks import Block, escape, section
from commands.context import Context
from commands.letters import Letter, Pointless, Written
from commands.saying import say
from commands.who_sees import hidden_in
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.alerts.verdict import Verdict
    from storage.outbox import DeliveryRow

SHARED = "alert-shared"


async def write_alert(context: Context, row: DeliveryRow) -> Written:
    """Write how an incident stands; what was removed meanwhile is not told."""
    from storage import incident_acts

    held = await context.read(
        read_held, context.home.workspace, int(row.details.get("incident") or 0)
    )
    if held is None or held.rule is None or held.rule.removed is not None:
        return Pointless("the rule was removed")
    if row.state != "sent" and await is_unwanted(context, row.channel, held.rule.id):
        await context.write(turn_to_owner, context, row, held.rule)
        return Pointless("shared with another company")
    verdict = await judge_now(context, held.rule)
    picture = verdict.picture if verdict is not None else None
    shown = await show(context, held)
    mark, workspace = fingerprint(shown), context.home.workspace

    def lay_out(files: Sequence[str]) -> list[Block]:
        if files and picture is not None:
            keeping = context.write(keep_file, workspace, held.row.id, files[0], picture.alt_text)
            context.tasks.start(keeping)
        return compose(shown, files)

    def keep(connection: Connection, sent: DeliveryRow) -> None:
        now = sent.sent or context.clock()
        incident_acts.note_shown(connection, workspace, held.row.id, mark, now)

    return Letter(
        compose_text(shown),
        lay_out,
        pictures=() if picture is None else (picture,),
        keep=keep,
    )


def turn_to_owner(connection: Connection, context: Context, row: DeliveryRow, rule: Rule) -> None:
    """Let whoever owns the rule have the alert that its channel may not."""
    from storage import outbox

    outbox.add(
        connection,
        context.home.workspace,
        channel=rule.owner,
        kind=SHARED,
        period=f"{row.period}:shared",
        due=context.clock(),
        now=context.clock(),
        body={"incident": row.details.get("incident"), "channel": row.channel},
    )


async def write_shared(context: Context, row: DeliveryRow) -> Written:
    """Tell the owner what the channel was not told, and what to do about it."""
    held = await context.read(
        read_held, context.home.workspace, int(row.details.get("incident") or 0)
    )
    if held is None:
        return Pointless("the incident is gone")
    where = await name_channel(context, str(row.details.get("channel") or ""))
    why = say(wording.NOT_TOLD, channel=where)
    text = f"{compose_text(await show(context, held))} {escape(why)}"
    return Letter(text, lambda _files: [section(text)])


async def judge_now(context: Context, rule: Rule) -> Verdict | None:
    """Return how a rule stands, by what its channel may know; nothing where it cannot be told."""
    hidden = await hidden_in(context, rule.channel)
    try:
        return await asyncio.to_thread(judge_in_thread, context, rule, hidden)
    except KepiError:
        return None


def judge_in_thread(context: Context, rule: Rule, hidden: frozenset[str]) -> Verdict:
    from kpis.alerts.judge import judge
    from kpis.surroundings import look_around

    with context.database.read() as connection:
        around = look_around(context.database, connection, context.home.workspace)
        return judge(rule, connection, around.without(hidden), context.clock())
