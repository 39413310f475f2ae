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
from commands.support import wording
from commands.support.grammar import Said, Verb
from commands.support.requests import Request
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from support.closures import ProposedDate

FORM = "support_holidays_form"
A_GROUP, GROUPS = 10, 8
YEAR = re.compile(r"\b(\d{4,6})\b")


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_holidays", pressed)

    @app.view(FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        held, filled = json.loads(view["private_metadata"]), forms.filled(view)
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
        raise KepiError(wording.NO_HOLIDAYS.format(year=year))
    memory = {
        "country": country,
        "part": part,
        "year": year,
        "asked_in": request.asker.channel,
        "response_url": request.asker.response_url,
    }

    async def make() -> View_:
        return compose_form(coming, country, year, memory)

    line = wording.HOLIDAYS_OPEN.format(country=country, year=year, count=len(coming))
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
    blocks = [section(escape(wording.HOLIDAYS_HEAD))]
    for number, group in enumerate(groups):
        options = [(it.day.isoformat(), say(it)) for it in group]
        ticked = [it.day.isoformat() for it in group if not it.is_optional]
        label = "Closed on" if number == 0 else "and on"
        blocks.append(forms.ticks(label, f"dates_{number}", options, ticked))
    title = wording.FORM_HOLIDAYS.format(country=country, year=year)
    return form(
        title, blocks, callback_id=FORM, submit="Confirm", close="Cancel", memory=json.dumps(memory)
    )


def say(it: ProposedDate) -> str:
    """Return “Fri 19 Jun Midsummer Eve, customary”."""
    marks = [
        word
        for word, holds in (
            ("open", it.kind == "working"),
            ("estimated", it.is_estimated),
            ("customary", it.is_optional),
        )
        if holds
    ]
    words = f"{it.day:%a} {it.day.day} {it.day:%b} {it.name}"
    return ", ".join([words, *marks])


async def confirm_and_tell(
    context: Context, asker: Asker, held: Mapping[str, Any], filled: Mapping[str, Any]
) -> None:
    """Copy what was ticked into the workspace's calendar, and say what changed."""
    await require_admin(context, asker.user)
    ticked = {day for name, days in filled.items() if name.startswith("dates_") for day in days}
    changed = await context.write(copy, context, held, ticked)
    if changed:
        count = "1 date" if len(changed) == 1 else f"{len(changed)} dates"
        text = wording.HOLIDAYS_SAVED.format(count=count, country=held["country"])
    else:
        text = wording.HOLIDAYS_KNOWN
    await tell_blocks(context, asker, escape(text), [section(escape(text))])


def copy(
    connection: Connection, context: Context, held: Mapping[str, Any], ticked: set[str]
) -> list[date]:
    from support.calendars import load_calendar
    from support.closures import confirm, propose, source_of

    workspace = context.home.workspace
    country, part, year = str(held["country"]), str(held["part"]), int(held["year"])
    dates = [it for it in propose(country, year, part) if it.day.isoformat() in ticked]
    zone = ZoneInfo(load_calendar(connection, workspace).zone)
    today = context.clock().astimezone(zone).date()
    return confirm(connection, workspace, 0, dates, source_of(country, part), today)
