"""Workspaces behind one address, the bot that any of them may install, and somebody's browser."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack, Person, Team
from bot.playground.grounds import Grounds
from bot.playground.installed import seed_of
from bot.playground.run import free_port
from bot.serve import Running, start
from bot.settings import Settings, read_settings
from storage.database import Database
from storage.installations import make_key
from storage.schema import migrate
from tests.mirror import BRAVO

NOW_ISO, OFFSET_FROM = "2026-11-22T18:00:00+00:00", 1795370400.0
ACME = "T0ACME00000"


@dataclass
class Browser:
    """A browser: it keeps cookies and follows where it is sent."""

    session: aiohttp.ClientSession
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, url: str) -> tuple[int, str, str]:
        """Open an address; return the status, where it leads, and the page."""
        target = url if url.startswith("http") else f"{self.address}{url}"
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        async with self.session.get(target, headers=sent, allow_redirects=False) as answer:
            for line in answer.headers.getall("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def begin(self) -> str:
        """Begin to install; return the page on which one says yes."""
        status, there, _ = await self.get("/slack/install")
        assert status == 302
        return there

    async def say_yes(self, there: str, slack: LocalSlack, name: str = "mia") -> str:
        """Say yes for a workspace; return the address to which Slack sends the browser back."""
        team, user = slack.space.seed.team.id, slack.member(name).id
        yes = there.replace("/authorize?", "/yes?") + f"&team_id={team}&user={user}"
        status, back, _ = await self.get(yes)
        assert status == 302
        return back

    async def install(self, slack: LocalSlack, name: str = "mia") -> tuple[int, str]:
        """Install Kepi in a workspace as a person does; return status and page of the end."""
        back = await self.say_yes(await self.begin(), slack, name)
        status, _, page = await self.get(back)
        return status, page


def state_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


@dataclass
class Street:
    """Two workspaces, a bot, and where its data are."""

    grounds: Grounds
    acme: LocalSlack
    bravo: LocalSlack
    running: Running
    settings: Settings
    session: aiohttp.ClientSession

    def browser(self) -> Browser:
        return Browser(self.session, f"http://127.0.0.1:{self.running.port}")

    async def ask(self, slack: LocalSlack, words: str, name: str = "mia") -> str:
        """Ask in the direct message; return what Kepi said to it."""
        person: Person = slack.person(name)
        await self.quiet(slack)  # a greeting that is on its way is no answer
        before = {it.ts for it in person.sees("dm")}
        await person.command(f"/kpi {words}", "dm")
        await self.quiet(slack)
        said = [it for it in person.sees("dm") if it.ts not in before]
        return said[-1].words if said else ""

    async def quiet(self, *slacks: LocalSlack) -> None:
        for slack in slacks or (self.acme, self.bravo):
            await slack.settle()
        for served in self.running.workspaces:
            await served.context.tasks.settle()


def make_slack(team: Team | None = None) -> LocalSlack:
    seed = seed_of(build_manifest("socket"))
    if team is not None:
        for member in seed.members:
            if member.team == seed.team.id:
                member.team = team.id
        seed.team = team
    faults = Faults(file_processing=0.05, retry_scale=0.01)
    offset = OFFSET_FROM - time.time()
    return LocalSlack(seed=seed, mode="http", faults=faults, clock_offset=offset)


@asynccontextmanager
async def enter_street(
    folder: Path, *, keys: str = "", rotates: bool = False, grounds: Grounds | None = None
) -> AsyncIterator[Street]:
    """Start two workspaces and a bot that nobody has installed yet."""
    url, port = f"sqlite:///{folder / 'kepi.db'}", free_port()
    database = Database(url)
    migrate(database)
    database.close()
    acme, bravo = make_slack(), make_slack(BRAVO)
    async with Grounds(acme, bravo, rotates=rotates) as ground, aiohttp.ClientSession() as session:
        told = ground.environment | {
            "DATABASE_URL": url,
            "KEPI_CLOCK": NOW_ISO,
            "KEPI_SECRET_KEYS": keys or make_key(),
            "PORT": str(port),
        }
        for slack in (acme, bravo):
            slack.events_url = f"http://127.0.0.1:{port}/slack/events"
        async with start(read_settings(told)) as running:
            yield Street(ground, acme, bravo, running, read_settings(told), session)
