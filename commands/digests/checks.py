"""What a filled-in form must stand up to before it is saved; each fault is said at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.destinations import require_channel
from commands.digests import words
from commands.digests.form import MOST_KPIS, PARTS, Memory, languages, number, read_scope, read_time
from commands.digests.noting import CHANNELS_OWN
from commands.names import find_name
from commands.overtaken import say_overtaken
from commands.saying import say, say_declared
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.question import Scope
    from storage.digests import DigestRow
    from storage.overtaken import Overtaken

DATA_DAYS = 90
"""A KPI has data if it has any in so many days before today."""


def read_wanted(
    filled: Mapping[str, Any], memory: Memory, by: str, now: datetime
) -> tuple[DigestRow, dict[str, str]]:
    """Return the digest as it was filled in, and faults that need nobody to be asked."""
    from storage.digests import DigestRow
    from storage.workspaces import read_zone

    errors: dict[str, str] = {}
    zone = "UTC"
    try:
        zone = read_zone(zone_words(str(filled.get("zone") or "")))
    except KepiError as trouble:
        errors["zone"] = str(trouble)
    told = set(filled.get("parts") or ())
    kpis = tuple(str(it) for it in filled.get("kpis") or ())
    if len(kpis) > MOST_KPIS:
        errors["kpis"] = say(words.TOO_MANY, over=len(kpis) - MOST_KPIS)
    hour, minute = read_time(filled)
    return DigestRow(
        id=memory.id,
        channel=str(filled.get("channel") or ""),
        cadence=str(filled.get("cadence") or "weekly"),
        zone=zone,
        weekday=number(filled, "weekday", 0, 6),
        day=max(1, number(filled, "day", 1, 28)),
        hour=hour,
        minute=minute,
        language=read_language(str(filled.get("language") or "")),
        kpis=kpis,
        scope=read_scope(filled.get("scope") or ()),
        parts=tuple(it for it in PARTS if it not in told),
        owner=str(filled.get("owner") or by),
        by=by,
        made=now,
        since=now,
        paused=None,
        removed=None,
        company=" ".join(str(filled.get("company") or "").split())[:80],
        version=memory.version,
    ), errors


def read_language(chosen: str) -> str:
    """Return a language of its own; nothing: its channel's."""
    return chosen if chosen != CHANNELS_OWN and chosen in dict(languages()) else ""


def zone_words(typed: str) -> str:
    """Return a town as the zone that is named after it, where there is one of that name."""
    from zoneinfo import available_timezones

    asked = typed.strip().lower().replace(" ", "_")
    towns = {it.rpartition("/")[2].lower(): it for it in sorted(available_timezones())}
    return towns.get(asked, typed) if "/" not in asked else typed


async def find_faults(context: Context, wanted: DigestRow, user: str) -> dict[str, str]:
    """Return what Slack and the data say against it, by field."""
    errors: dict[str, str] = {}
    try:
        await require_channel(context, wanted.channel, user)
    except KepiError as trouble:
        errors["channel"] = str(trouble)
    if (await context.people.find(wanted.owner)).is_guest:
        name = await find_name(context, wanted.owner)
        errors["owner"] = say(words.GUEST_OWNER, name=name)
    name = (await context.channels.find(wanted.channel)).name
    errors |= await context.read(faults_of_data, context, wanted, f"#{name}" if name else "")
    return errors


async def require_as_opened(context: Context, user: str, memory: Memory) -> None:
    """Raise ``KepiError`` with who changed or removed a digest since its form was opened."""
    over = await context.read(find_overtaken, context.home.workspace, memory)
    if over is not None:
        raise await refuse(context, user, memory, over)


def find_overtaken(connection: Connection, workspace: int, memory: Memory) -> Overtaken | None:
    from storage import digests

    held = digests.by_id(connection, workspace, memory.id)
    if held is None or held.version == memory.version:
        return None
    return digests.overtaken(connection, workspace, held)


async def refuse(context: Context, user: str, memory: Memory, over: Overtaken) -> KepiError:
    """Return what is said to the second of two who changed a digest."""
    what = say(words.THIS)
    return KepiError(await say_overtaken(context, user, over, what, looked=memory.looked))


def faults_of_data(
    connection: Connection, context: Context, wanted: DigestRow, name: str
) -> dict[str, str]:
    """Return what the tables say against it: KPIs without data, another digest."""
    from kpis.catalogue import CATALOGUE
    from kpis.names import title_of
    from kpis.scopes import unpack_scope
    from kpis.tongue import joined

    errors: dict[str, str] = {}
    workspace = context.home.workspace
    scope = unpack_scope(wanted.scope)
    empty = [it for it in wanted.kpis if not has_data(connection, context, it, scope)]
    if empty:
        titles = joined(title_of(CATALOGUE[it]) if it in CATALOGUE else it for it in empty)
        errors["kpis"] = say(words.NO_DATA, kpis=titles)
    if is_taken(connection, workspace, wanted):
        errors["cadence"] = say_taken(wanted.cadence, name)
    return errors


def say_taken(cadence: str, name: str = "") -> str:
    """Return that a channel, “#marketing”, has a digest at that cadence."""
    return say_declared(words.TAKEN[cadence], name=name or say("That channel"))


def is_taken(connection: Connection, workspace: int, wanted: DigestRow) -> bool:
    """Say whether a digest that was not removed has the channel at that cadence already."""
    from storage import digests

    if wanted.id:
        return digests.is_taken(connection, workspace, wanted)
    return any(
        (it.channel, it.cadence) == (wanted.channel, wanted.cadence)
        for it in digests.all_digests(connection, workspace)
    )


def has_data(connection: Connection, context: Context, kpi: str, scope: Scope) -> bool:
    """Say whether a KPI has any number of late."""
    from kpis.answers import Value
    from kpis.asking import work_out
    from kpis.catalogue import CATALOGUE, Service
    from kpis.periods import last_days
    from kpis.question import Question
    from kpis.question import Scope as Anywhere
    from kpis.surroundings import look_around

    if kpi not in CATALOGUE:
        return False
    around = look_around(context.database, connection, context.home.workspace)
    now = context.clock()
    today = now.astimezone(ZoneInfo(around.zone)).date()
    of = Anywhere() if isinstance(CATALOGUE[kpi], Service) else scope
    question = Question(kpi, of, last_days(DATA_DAYS, today), today)
    try:
        found = work_out(question, connection, around, now)
    except KepiError:
        return False
    return any(isinstance(it.value, Value) for it in (found.main, *found.lines))


async def find_company(context: Context, channel: str) -> str:
    """Return the name of the company that a channel is shared with; empty where Slack is silent."""
    try:
        info = await repeat(lambda: context.client.conversations_info(channel=channel), tries=2)
        teams: Sequence[str] = info["channel"].get("connected_team_ids") or []
        if not teams:
            return ""
        team = await repeat(lambda: context.client.team_info(team=teams[0]), tries=2)
    except FAULTS:
        return ""
    return str((team.get("team") or {}).get("name") or "")
