"""The workspaces that this process serves: found by team id, begun when they install, ended.

A process may be one of several. What another one installs, renews or removes is seen here by the
table, which is looked at every few seconds, for a team nobody knows, and whenever Slack refuses a
token: so no request is ever answered with a token that was replaced.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.departing import erase_departed
from bot.rounds import Rounds
from bot.schedule import House
from bot.served import Served, keep, prepare
from bot.shared import Shared
from bot.tally import STALE
from commands.calls import error_of
from commands.context import Context, Home

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.installations import InstallationRow

log = logging.getLogger(__name__)

ASKING_SECONDS = 2.5
"""Slack waits three for an answer."""
Begun = Callable[[Served], AbstractAsyncContextManager[None]]
"""Opens the way in for a workspace, between getting ready and working by itself."""


class Workspaces:
    """Everything that is served; used on the event loop alone."""

    def __init__(self, shared: Shared, rounds: Rounds, house: House) -> None:
        self.shared, self.rounds, self.house = shared, rounds, house
        self._served: dict[str, Served] = {}
        self._stacks: dict[str, AsyncExitStack] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def __iter__(self) -> Iterator[Served]:
        return iter(list(self._served.values()))

    def __len__(self) -> int:
        return len(self._served)

    def get(self, team: str) -> Served | None:
        """Return a team's workspace, if this process serves it already."""
        return self._served.get(team)

    def turn(self, team: str) -> asyncio.Lock:
        """Return what lets a team be begun or ended once at a time."""
        return self._turns.setdefault(team, asyncio.Lock())

    async def begin(self, client: AsyncWebClient, home: Home, door: Begun | None = None) -> Served:
        """Serve a workspace; ``door`` is opened for it before it works by itself.

        Whoever calls this holds the team's turn, where there may be others.
        """
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(
                prepare(self.shared, self.rounds, client, home, self.leave)
            )
            if door is not None:
                await stack.enter_async_context(door(served))
            await stack.enter_async_context(keep(served, self.house, self.rounds))
            self._stacks[home.team] = stack.pop_all()
        self._served[home.team] = served
        return served

    async def end(self, team: str) -> None:
        """Serve a workspace no longer; its running work is finished or cut off."""
        self._served.pop(team, None)
        stack = self._stacks.pop(team, None)
        if stack is not None:
            await stack.aclose()

    async def close(self) -> None:
        """End all, at once: their work is drained side by side."""
        await self.settle()
        await asyncio.gather(*(self.end(team) for team in list(self._stacks)))

    async def settle(self) -> None:
        """Wait until what is ending has ended."""
        while self._ending:
            await asyncio.wait(set(self._ending))

    async def leave(self, context: Context, is_uninstalled: bool) -> None:
        """Forget the token that is gone before Slack is told so; stop once the event is answered.

        What of an uninstalled workspace is erased, and when, ``bot.departing`` says. An event that
        comes late tells of an installation before this one, whose token Slack still takes.
        """
        row = await context.read(find_installation, context)
        is_late = await is_welcome(context)
        if is_late or not await context.write(part, context, row, is_uninstalled):
            log.warning("told late of a token before this one", extra={"team": context.home.team})
            return
        log.warning(
            "a workspace is gone",
            extra={"team": context.home.team, "uninstalled": is_uninstalled},
        )
        asyncio.get_running_loop().call_soon(self._stop, context)

    def _stop(self, context: Context) -> None:
        served = self._served.get(context.home.team)
        if served is not None and served.context is context:
            task = asyncio.ensure_future(self._end_in_turn(context.home.team))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def _end_in_turn(self, team: str) -> None:
        async with self.turn(team):
            await self.end(team)
        await erase_departed(self.shared)


async def is_welcome(context: Context) -> bool:
    """Ask Slack whether it takes the token that the table has now; raises where it cannot tell.

    Then the event is not acknowledged and comes again: what is erased is not brought back.
    """
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            await context.client.auth_test()
    except SlackApiError as refusal:
        if error_of(refusal) in STALE:
            return False
        raise
    return True


def find_installation(connection: Connection, context: Context) -> InstallationRow | None:
    from storage.installations import installation_of

    return installation_of(connection, context.home.team)


def part(
    connection: Connection, context: Context, row: InstallationRow | None, is_uninstalled: bool
) -> bool:
    """Let the tokens go; an uninstalled workspace is due to be erased.

    Nothing is done, and false returned, where ``row`` is not the installation any more: somebody
    installed Kepi again while Slack was asked.
    """
    from storage import installations

    held = installations.installation_of(connection, context.home.team)
    if held is not None and (row is None or held.sealed != row.sealed):
        return False
    installations.uninstall(connection, context.home.workspace)
    if is_uninstalled:
        installations.depart_team(connection, context.home.team, context.clock())
    return True
