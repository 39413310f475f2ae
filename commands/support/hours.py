"""``/support hours``: opening hours, their zone, and dates that differ from them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import View_, escape, form, section
from commands.context import Context
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, on_press
from commands.rights import is_admin, require_admin, require_member
from commands.saying import say
from commands.support import wording
from commands.support.grammar import Said, Verb
from commands.support.listing import Listed
from commands.support.looking import channel_name
from commands.support.noting import DATES, OPEN, ZONE, hours_said, note_hours
from commands.support.noting import Said as SaidNow
from commands.support.requests import Request
from commands.support.sight import may_see
from commands.support.week_words import say_week
from commands.tongues import in_own_language, in_senders_language
from commands.unpacking import read_memory
from storage.errors import KepiError
from storage.overtaken import mark
from support.hours import Calendar
from support.week import Windows, read_hours, read_ranges, say_hours, say_window

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORM = "support_hours_form"
LINE = re.compile(r"(\d{4}-\d\d-\d\d)[\s:,]*(.*)")
RANGES = re.compile(r"^((?:\d[\dapm.:h\s]*[-–—][\dapm.:h\s]*,?\s*)+)(.*)$", re.IGNORECASE)
MOST_DATES = 60
NEXT_DATES = 4


@dataclass(frozen=True)
class Date:
    """A date with hours of its own; none where it is closed."""

    day: date
    name: str = ""
    windows: Windows = ()


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_hours", in_own_language(pressed))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        kinds = {"asked_in": str, "response_url": str | None, "number": int, "shown": list}
        kinds |= {"seen": str}
        held, filled = read_memory(view, "/support hours", **kinds), forms.filled(view)
        errors = complain(filled)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        asker = Asker(str(body["user"]["id"]), held["asked_in"], response_url=held["response_url"])
        context.tasks.start(
            save_and_tell(context, asker, held, filled),
            lambda words: tell(context, asker, words),
        )


async def pressed(context: Context, press: Pressed) -> None:
    said = Said(Verb.HOURS, channel=press.value)
    await answer(Request(context, press.asker, said, press.trigger, press.trigger))


async def answer(request: Request) -> None:
    """Open the form for an admin; everybody else is told what the hours are."""
    context, channel = request.context, request.said.channel
    await require_member(context, request.asker.user, say(wording.GUESTS))
    if channel and not await may_see(context, request.asker.user, channel):
        raise KepiError(wording.NO_OWN_HOURS)
    number, calendar, dates = await context.read(read_calendar, context.home.workspace, channel)
    if not await is_admin(context, request.asker.user):
        today = context.clock().astimezone(ZoneInfo(calendar.zone)).date()
        coming = [it for it in dates if it.day >= today]
        await request.answer(compose_words(calendar, coming))
        return
    title = await channel_name(context, channel) if channel else ""

    async def make() -> View_:
        return compose_form(request, number, calendar, dates, title)

    await request.open(make, say_calendar(calendar), f"support_hours|{channel}")


def read_calendar(
    connection: Connection, workspace: int, channel: str
) -> tuple[int, Calendar, list[Date]]:
    """Return the calendar of a channel, or the workspace's; and its dates from now on."""
    from storage.hours import read_dates
    from support.calendars import load_calendar
    from support.rulebook import read_book
    from support.week import from_json

    number = read_book(connection, workspace, channel).latest.calendar if channel else 0
    if channel and not number:
        raise KepiError(wording.NO_OWN_HOURS)
    calendar = load_calendar(connection, workspace, number)
    dates = [
        Date(it.day, it.name, from_json(json.loads(it.windows)) if it.windows else ())
        for it in read_dates(connection, workspace, number)
        if it.calendar == number
    ]
    return number, calendar, dates


def say_calendar(calendar: Calendar) -> str:
    week = say_week(calendar.week)
    words = say("Open hours: {hours}, {zone}.", hours=week, zone=calendar.zone)
    return f"{words} {say(wording.ASSUMED)}" if calendar.is_assumed else words


def say_date(it: Date) -> str:
    """Return a date as the form reads it again."""
    hours = ", ".join(map(say_window, it.windows))
    return " ".join(part for part in (it.day.isoformat(), hours, it.name) if part)


def compose_words(calendar: Calendar, dates: list[Date]) -> Listed:
    """Return the hours in words, and the next of the coming dates that differ."""
    text = say_calendar(calendar)
    ordered = sorted(dates, key=lambda it: it.day)
    lines = [text, *(say_date(it) for it in ordered[:NEXT_DATES])]
    if len(ordered) > NEXT_DATES:
        lines.append(say("and {number} more", number=len(ordered) - NEXT_DATES))
    return Listed(escape(text), [section("\n".join(map(escape, lines)))])


def compose_form(
    request: Request, number: int, calendar: Calendar, dates: list[Date], channel: str
) -> View_:
    today = request.context.clock().astimezone(ZoneInfo(calendar.zone)).date()
    coming = [it for it in dates if it.day >= today][:MOST_DATES]
    memory = {
        "number": number,
        "channel": request.said.channel,
        "asked_in": request.asker.channel,
        "response_url": request.asker.response_url,
        "shown": [it.day.isoformat() for it in coming],
        "seen": mark(say_hours(calendar.week), calendar.zone, list(map(say_date, coming))),
    }
    whose = f"#{channel}" if channel else say("the workspace")
    return form(
        say(wording.FORM_HOURS),
        [
            section(escape(say(wording.HOURS_HEAD, whose=whose))),
            forms.line(
                say("Open hours"), "hours", say_hours(calendar.week), optional=False,
                example="Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00",
            ),
            forms.line(say("Time zone"), "zone", calendar.zone, optional=False, most=60),
            forms.line(
                say("From"), "since", today.isoformat(), optional=False, most=10,
                hint=say("Days before that keep the hours that they had."),
            ),
            forms.line(
                say("Dates that differ, one a line"), "dates", "\n".join(map(say_date, coming)),
                most=3000, lines=True,
                example=say("2026-12-24 Christmas Eve"),
                hint=say("With times it is open then: 2026-12-31 09:00–13:00 New Year’s Eve"),
            ),
        ],
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=json.dumps(memory),
    )  # fmt: skip


def complain(filled: Mapping[str, Any]) -> dict[str, str]:
    """Return what cannot be read, by field."""
    from storage.workspaces import read_zone

    errors: dict[str, str] = {}
    for name, read in (
        ("hours", read_hours),
        ("zone", read_zone),
        ("since", read_since),
        ("dates", read_lines),
    ):
        try:
            read(str(filled.get(name) or ""))
        except KepiError as trouble:
            errors[name] = str(trouble)
    return errors


def read_since(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise KepiError(wording.UNREAD_DATE, words=text[:40]) from None


def read_lines(text: str) -> list[Date]:
    """Return the dates of the field; raises ``KepiError`` with the line that cannot be read."""
    found: list[Date] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise KepiError(wording.UNREAD_LINE, number=number, words=line.strip()[:40])
        day, rest = read_since(match[1]), match[2].strip()
        hours = RANGES.match(rest)
        windows: Windows = ()
        if hours:
            plain = re.sub(r"\s*[–—]\s*", "-", hours[1].strip(" ,"))
            windows = tuple(
                sorted(
                    window
                    for part in plain.split(",")
                    if part.strip()
                    for window in read_ranges(part.strip())
                )
            )
            rest = hours[2].strip()
        found.append(Date(day, rest[:80], windows))
    if len({it.day for it in found}) < len(found):
        raise KepiError(wording.DATE_TWICE)
    return found


async def save_and_tell(
    context: Context, asker: Asker, held: Mapping[str, Any], filled: Mapping[str, Any]
) -> None:
    from storage.overtaken import Overtaken

    await require_admin(context, asker.user)
    try:
        calendar = await context.write(save, context, asker.user, held, filled)
    except Overtaken as over:
        what = f"“{say('Open hours')}”"
        raise KepiError(await say_overtaken(context, asker.user, over, what)) from over
    text = say(wording.SAVED_HOURS, hours=say_calendar(calendar))
    await tell_blocks(context, asker, escape(text), [section(escape(text))])


def save(
    connection: Connection,
    context: Context,
    user: str,
    held: Mapping[str, Any],
    filled: Mapping[str, Any],
) -> Calendar:
    """Write the week if it changed, and the dates that were added, changed or taken out.

    Raises ``Overtaken`` where somebody changed what the form shows.
    """
    from storage.database import take_turns
    from storage.hours import close_dates, override_date, reopen_date
    from storage.workspaces import read_zone
    from support.calendars import load_calendar, save_hours, write_windows

    workspace, number, now = context.home.workspace, int(held["number"]), context.clock()
    take_turns(connection, workspace)
    before = load_calendar(connection, workspace, number)
    said = hours_said(connection, workspace, number)
    require_as_shown(connection, workspace, held, said)
    week, zone = read_hours(str(filled["hours"])), read_zone(str(filled["zone"]))
    since = read_since(str(filled["since"]))
    today = now.astimezone(ZoneInfo(zone)).date()
    if (week, zone) != (before.week, before.zone) or before.is_assumed:
        save_hours(connection, workspace, number, week, since=since, zone=zone, by=user, at=now)
    wanted = {it.day: it for it in read_lines(str(filled.get("dates") or "")) if it.day >= today}
    for day in map(date.fromisoformat, held.get("shown") or []):
        if day not in wanted and day >= today:
            reopen_date(connection, workspace, number, day, today)
    for day, it in wanted.items():
        known_open = before.overrides.get(day, ())
        if it.windows and it.windows != known_open:
            words = write_windows(it.windows)
            override_date(connection, workspace, number, day, words, user, today, it.name)
        elif not it.windows and day not in before.closed:
            if day in before.overrides:
                reopen_date(connection, workspace, number, day, today)
            close_dates(connection, workspace, number, {day: it.name}, user, today)
    channel = str(held.get("channel") or "")
    note_hours(connection, workspace, number, said, user, now, channel)
    return load_calendar(connection, workspace, number)


def require_as_shown(
    connection: Connection, workspace: int, held: Mapping[str, Any], said: SaidNow
) -> None:
    """Raise ``Overtaken`` where hours, zone or dates are not as the form was opened on them."""
    from storage.overtaken import overtaken_by
    from storage.setting_changes import last_change

    lines = [said.get((DATES, str(day)), "") for day in held["shown"]]
    if mark(said[OPEN, ""], said[ZONE, ""], lines) == held["seen"]:
        return
    channel = str(held.get("channel") or "")
    rooms = {"hours", "support"} if channel else {"hours"}
    keys = [f"{room}.{it}" for room in rooms for it in (OPEN, ZONE, DATES)]
    found = [last_change(connection, workspace, key, channel) for key in keys]
    known = [it for it in found if it is not None]
    raise overtaken_by(max(known, key=lambda it: it.at, default=None))
