"""``/support holidays SE 2027``: a year's dates are proposed, an admin confirms them (§12)."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import View_, escape, form, section
from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.rights import require_admin
from commands.saying import joined, say, say_count
from commands.support import wording
from commands.support.grammar import Said, Verb
from commands.support.moments import say_date
from commands.support.noting import hours_said, note_hours
from commands.support.requests import Request
from commands.tongues import in_own_language, in_senders_language
from commands.unpacking import read_memory
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from support.closures import ProposedDate

FORM = "support_holidays_form"
A_GROUP, GROUPS = 10, 8
YEAR = re.compile(r"\b(\d{4,6})\b")


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_holidays", in_own_language(pressed))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        kinds = {"asked_in": str, "response_url": str | None, "country": str, "part": str}
        held = read_memory(body["view"], "/support holidays", **kinds, year=int)
        filled = forms.filled(body["view"])
        asker = Asker(str(body["user"]["id"]), held["asked_in"], response_url=held["response_url"])
        context.tasks.start(
            confirm_and_tell(context, asker, held, filled),
            lambda words: tell(context, asker, words),
        )


async def pressed(context: Context, press: Pressed) -> None:
    said = Said(Verb.HOLIDAYS, rest=press.value)
    await answer(Request(context, press.asker, said, press.trigger, press.trigger))


async def answer(request: Request) -> None:
    """Open the form with a country's dates of a year, those most take ticked."""
    context, words = request.context, request.said.rest
    await require_admin(context, request.asker.user)
    today = context.clock().date()
    country, part, year, dates = await asyncio.to_thread(find_dates, words, today)
    coming = [it for it in dates if it.day >= today]
    if not coming:
        raise KepiError(wording.NO_HOLIDAYS, year=year)
    memory = {
        "country": country,
        "part": part,
        "year": year,
        "asked_in": request.asker.channel,
        "response_url": request.asker.response_url,
    }

    async def make() -> View_:
        return compose_form(coming, country, year, memory)

    line = say_count(
        wording.ONE_HOLIDAY_OPEN,
        wording.HOLIDAYS_OPEN,
        len(coming),
        country=country,
        year=str(year),
    )
    await request.open(make, line, f"support_holidays|{words[:100]}")


def find_dates(words: str, today: date) -> tuple[str, str, int, list[ProposedDate]]:
    """Return country, region, year and dates; raises ``KepiError`` with what would work."""
    from support.closures import propose, read_country

    found = YEAR.search(words)
    year = int(found[1]) if found else today.year + (today.month >= 10)
    named = " ".join(YEAR.sub(" ", words).replace("/", " ").split())
    if not named:
        raise KepiError(wording.WHICH_COUNTRY)
    try:
        country, part = read_country(named), None
    except KepiError:
        first, _, last = named.rpartition(" ")
        if not first and "-" in named:
            first, _, last = named.partition("-")
        if not first:
            raise
        country, part = read_country(first), last
    return country, part or "", year, propose(country, year, part)


def compose_form(
    dates: Sequence[ProposedDate], country: str, year: int, memory: Mapping[str, Any]
) -> View_:
    """Return the dates as boxes to tick, ten a group: Slack takes no more."""
    groups = [dates[at : at + A_GROUP] for at in range(0, len(dates), A_GROUP)][:GROUPS]
    blocks = [section(escape(say(wording.HOLIDAYS_HEAD)))]
    for number, group in enumerate(groups):
        options = [(it.day.isoformat(), describe(it)) for it in group]
        ticked = [it.day.isoformat() for it in group if not it.is_optional]
        label = say("Closed on") if number == 0 else say("and on")
        blocks.append(forms.ticks(label, f"dates_{number}", options, ticked))
    title = say(wording.FORM_HOLIDAYS, country=country, year=year)
    return form(
        title,
        blocks,
        callback_id=FORM,
        submit=say("Confirm"),
        close=say("Cancel"),
        memory=json.dumps(memory),
    )


def describe(it: ProposedDate) -> str:
    """Return “Fri 19 Jun Midsummer Eve, customary”."""
    from kpis.periods import say_weekday

    marks = [
        word
        for word, holds in (
            (say("open"), it.kind == "working"),
            (say("estimated"), it.is_estimated),
            (say("customary"), it.is_optional),
        )
        if holds
    ]
    weekday = say_weekday(it.day.weekday(), short=True)
    words = say("{weekday} {day} {name}", weekday=weekday, day=say_date(it.day), name=it.name)
    return joined([words, *marks])


async def confirm_and_tell(
    context: Context, asker: Asker, held: Mapping[str, Any], filled: Mapping[str, Any]
) -> None:
    """Copy what was ticked into the workspace's calendar, and say what changed."""
    await require_admin(context, asker.user)
    ticked = {day for name, days in filled.items() if name.startswith("dates_") for day in days}
    changed = await context.write(copy, context, asker.user, held, ticked)
    if changed:
        text = say_count(
            wording.ONE_HOLIDAY_SAVED,
            wording.HOLIDAYS_SAVED,
            len(changed),
            country=held["country"],
        )
    else:
        text = say(wording.HOLIDAYS_KNOWN)
    await tell_blocks(context, asker, escape(text), [section(escape(text))])


def copy(
    connection: Connection, context: Context, user: str, held: Mapping[str, Any], ticked: set[str]
) -> list[date]:
    from support.calendars import load_calendar
    from support.closures import confirm, propose, source_of

    workspace = context.home.workspace
    country, part, year = str(held["country"]), str(held["part"]), int(held["year"])
    dates = [it for it in propose(country, year, part) if it.day.isoformat() in ticked]
    zone = ZoneInfo(load_calendar(connection, workspace).zone)
    today = context.clock().astimezone(zone).date()
    said = hours_said(connection, workspace, 0)
    changed = confirm(connection, workspace, 0, dates, source_of(country, part), today)
    note_hours(connection, workspace, 0, said, user, context.clock())
    return changed
