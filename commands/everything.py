"""Everything that people can do, registered with the app; one line each."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import (
    change,
    choices,
    data_file,
    events,
    files,
    how,
    kpi,
    more,
    paced,
    post_to_channel,
    remove,
    send_chart,
    wording,
)
from commands.accounts import everything as accounts
from commands.alerts import everything as alerts
from commands.columns import everything as columns
from commands.command_names import name_acknowledgements, names_of
from commands.context import Context
from commands.custom import everything as custom
from commands.data import everything as data
from commands.date_notes import everything as date_notes
from commands.declare import everything as declare
from commands.digests import everything as digests
from commands.experiments import everything as experiments
from commands.goals import everything as goals
from commands.home import everything as home
from commands.kept import everything as kept
from commands.notices import everything as notices
from commands.people import language_of_person
from commands.saying import say
from commands.sentiment import everything as sentiment
from commands.settings import everything as settings
from commands.status import everything as status
from commands.support import everything as support
from commands.support import line_presses

PARTS = (
    *(kpi, events, files, how, change, choices, send_chart, data_file, post_to_channel, remove),
    line_presses,
    *(digests, goals, alerts, notices, data, status),
    *(custom, declare, experiments, sentiment),
    *(home, accounts, columns, date_notes, settings, kept),
)


def register(app: AsyncApp, context: Context) -> None:
    """Register every part, and last what takes presses that nobody else takes."""
    names = names_of(context.home.command, context.home.support_command)
    if names is not None:
        name_acknowledgements(app, names)
    paced.register(app, context)
    for part in PARTS:
        part.register(app, context)
    more.register(app, context)
    support.register(app, context)

    @app.command(re.compile("^/"))
    async def other_command(ack: AsyncAck, command: dict[str, Any]) -> None:
        from kpis.tongue import speaking

        with speaking(await language_of_person(context, str(command.get("user_id") or ""))):
            await ack(say(wording.OTHER_COMMAND, command=command["command"]))

    @app.action(re.compile(".*"))
    async def unknown(ack: AsyncAck) -> None:
        await ack()

    @app.view(re.compile(".*"))
    async def unknown_form(ack: AsyncAck) -> None:
        await ack()

    @app.view_closed(re.compile(".*"))
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.options(re.compile(".*"))
    async def no_options(ack: AsyncAck) -> None:
        await ack(options=[])

    @app.shortcut(re.compile(".*"))
    async def unknown_shortcut(ack: AsyncAck) -> None:
        await ack()
