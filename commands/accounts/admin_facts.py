"""Who is an admin of Kepi: Slack's own, who installed it, and whom an admin named."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.known import read_person

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.admins import AdminRow

log = logging.getLogger(__name__)
PAGE, PAGES = 1000, 10
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Admins:
    """Who is an admin now."""

    named: tuple[AdminRow, ...]
    slack: frozenset[str]
    """Ids of Slack's admins and owners."""
    is_counted: bool
    """Slack told of all its people."""
    installer: str = ""
    """Empty where nobody is known, or they are a guest by now."""

    @property
    def state(self) -> str:
        """A digest of those who were named: another one, and somebody changed them."""
        from storage.overtaken import mark

        return mark(*sorted(it.person for it in self.named))


async def find_admins(context: Context) -> Admins:
    """Return who is an admin, by Slack and by the table."""
    named = await context.read(read_named, context.home.workspace)
    slack, is_counted = await find_slack_admins(context)
    installer = context.home.installer
    if installer and (await context.people.find(installer)).is_guest:
        installer = ""
    return Admins(tuple(named), slack, is_counted, installer)


def read_named(connection: Connection, workspace: int) -> list[AdminRow]:
    from storage.admins import admins

    return admins(connection, workspace)


async def find_slack_admins(context: Context) -> tuple[frozenset[str], bool]:
    """Return Slack's admins and owners, and whether Slack told of everyone.

    A page of people a call; of a workspace of more than ten thousand the first pages do.
    """
    found: set[str] = set()
    cursor = ""
    for _ in range(PAGES):
        try:
            answer = await repeat(partial(context.client.users_list, limit=PAGE, cursor=cursor))
        except (SlackApiError, *FAULTS) as fault:
            log.info("admins not counted", extra={"why": str(fault)[:200]})
            return frozenset(found), False
        for info in answer["members"]:
            person = read_person(info, context.home.team)
            if person.is_admin and not person.is_guest:
                found.add(person.id)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return frozenset(found), True
    return frozenset(found), False


async def find_unfit(context: Context, people: list[str]) -> list[str]:
    """Return those who can be no admin: guests, bots, people of other companies, who is gone."""
    return [it for it in people if it == SLACKBOT or (await context.people.find(it)).is_guest]
