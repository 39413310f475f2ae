"""``digest preview|send CHANNEL``: one digest composed on the terminal, or delivered."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.settings import Settings, read_settings
from bot.verbs.home import open_home
from bot.wiring import wire
from commands.calls import repeat
from commands.context import Context
from commands.digests.pages import say_key, say_why
from commands.digests.reading import period_key, read_plans, week_start_of
from commands.digests.sending import send_now
from kpis.digests.calendar import latest_whole, period_of
from kpis.digests.collect import collect
from kpis.digests.plan import Plan
from kpis.digests.report import Report
from kpis.service_desks import channels_of_issues
from kpis.surroundings import look_around
from storage import digests, outbox
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.workspaces import zone_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

TRIES = 20
"""Looks, a second apart: a bot that runs beside may be sending it."""
FINAL = ("sent", "missed", "dropped", "dead")


def preview(channel: str, week: str, *, team: str | None) -> int:
    """Print a digest as its channel would get it; of one that was never set up, the usual one."""
    settings = read_settings()
    place = asyncio.run(resolve(settings, channel)) if settings.bot_token else plain(channel)
    with open_home(team) as home, home.database.read() as connection:
        report = work_out(home.database, connection, home.workspace.id, (place, week), home.clock())
    print("\n".join(lines_of(report)))
    return 0


def work_out(
    database: Database,
    connection: Connection,
    workspace: int,
    asked: tuple[str, str],
    now: datetime,
) -> Report:
    """Return the report of a channel and a period; of issues it tells that channel's alone."""
    channel, week = asked
    plan = find_plan(connection, workspace, channel) or usual(connection, workspace, channel)
    hidden = channels_of_issues(connection, workspace) - {channel}
    around = look_around(database, connection, workspace).without(hidden)
    return collect(plan, key_for(plan, week, now), connection, around, now, hidden)


def find_plan(connection: Connection, workspace: int, channel: str) -> Plan | None:
    """Return the digest of a channel: the weekly one where it has several."""
    found = [it for it in read_plans(connection, workspace) if it.channel == channel]
    return min(found, key=lambda it: it.cadence != "weekly", default=None)


def usual(connection: Connection, workspace: int, channel: str) -> Plan:
    week_start = week_start_of(connection, workspace)
    return Plan(0, channel, zone=zone_of(connection, workspace), week_start=week_start)


def key_for(plan: Plan, week: str, now: datetime) -> str:
    """Return the period that is named, or the last whole one; refuse one that is not over."""
    last = latest_whole(plan, now)
    if not week:
        return last
    if period_of(plan, week).end > period_of(plan, last).end:
        raise KepiError(f"{week} is not over yet. The last whole one is {last}.")
    return week.upper()


def lines_of(report: Report) -> list[str]:
    """Return a report as lines for a terminal."""
    width = max((len(it.name) for it in report.rows), default=0)
    numbers = max((len(it.shown) for it in report.rows), default=0)
    rows = [f"{it.name:<{width}}  {it.shown:>{numbers}}  {it.change}" for it in report.rows]
    labelled = [
        *(f"Goal: {it}" for it in report.goals),
        *(f"Went well: {it}" for it in report.went_well),
        *(f"Needs care: {it}" for it in report.needs_care),
        *([f"Customers: {report.customers}"] if report.customers else []),
        *(f"Next step: {it.words}" for it in report.steps[:1]),
        *(it.words for it in report.corrected),
        *report.held_back,
        *([report.missing_line] if report.missing_line else []),
        *report.notes,
        report.footnote,
    ]
    return [report.title, report.headline, *map(str.rstrip, rows), *filter(None, labelled)]


def send(channel: str, week: str, *, team: str | None) -> int:
    """Deliver one digest through the outbox; 0 where it is in its channel, 1 where it is not."""
    done, line = asyncio.run(deliver(read_settings(), channel, week, team))
    print(line)
    return 0 if done else 1


async def deliver(
    settings: Settings, channel: str, week: str, team: str | None
) -> tuple[bool, str]:
    """Return whether it is out, with the line that says so."""
    if not settings.bot_token and not settings.has_many:
        raise KepiError("Sending needs SLACK_BOT_TOKEN. Without it: digest preview.")
    async with wire(settings, team=team) as context:
        place = await find_channel(context, channel)
        plan = await context.read(find_plan, context.home.workspace, place)
        if plan is None:
            raise KepiError("No digest is set up there. In Slack: /kpi digest setup")
        key = key_for(plan, week, context.clock())
        await context.write(send_now, context, plan, key, "")
        row = await wait_until_final(context, plan, key)
        await context.tasks.settle()
    what = say_key(plan, key)
    if row is not None and row.state == "sent":
        return True, f"{what[:1].upper()}{what[1:]} is in {channel}."
    why = say_why(row) if row is not None and row.state in FINAL else ": it is still under way"
    return False, f"{what[:1].upper()}{what[1:]} was not sent{why}."


async def wait_until_final(context: Context, plan: Plan, key: str) -> DeliveryRow | None:
    """Send what is due until this one is out, or will never be; the thread follows."""
    from commands.outbox import deliver_due

    row = None
    for number in range(TRIES):
        await deliver_due(context)
        row = await context.read(
            outbox.find, context.home.workspace, plan.channel, digests.KIND, period_key(plan, key)
        )
        if row is not None and row.state in FINAL:
            await deliver_due(context)
            break
        await asyncio.sleep(1.0 if number else 0.1)
    return row


# --- channels


async def resolve(settings: Settings, channel: str) -> str:
    """Return the id of a channel that is named; the name itself where Slack cannot be asked."""
    try:
        async with wire(settings) as context:
            return await find_channel(context, channel)
    except SettingsError:
        return plain(channel)


async def find_channel(context: Context, channel: str) -> str:
    """Return the id of “#marketing”, “marketing” or an id; raises ``KepiError`` for none."""
    name = plain(channel)
    cursor = ""
    while True:
        page: dict[str, Any] = {
            "types": "public_channel,private_channel",
            "limit": 200,
            "cursor": cursor or None,
        }
        answer = await repeat(partial(context.client.conversations_list, **page))
        for it in answer.get("channels") or []:
            if name in (it.get("id"), it.get("name")):
                return str(it["id"])
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            raise KepiError(f"I see no channel “{channel}”. If it is private: /invite @Kepi there.")


def plain(channel: str) -> str:
    return channel.strip().removeprefix("#")
