"""Acts drawn scenarios out: people in a local Slack, and the unmodified bot on its sockets.

A scenario has a channel of its own, in which it is the time that was drawn. Live, each act is
heard and folded before the next; otherwise all happens first and is delivered afterwards.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete

from bot.playground import Faults, LocalSlack
from bot.serve import Running, start
from bot.settings import read_settings
from storage import desks
from storage.tables import EPOCH
from support.entries import MICROSECONDS
from support.rulebook import pack_rules
from tests.journeys.cast import ADMIN, RELAYS, peopled, seed
from tests.journeys.drawn_clock import DrawnClock
from tests.journeys.people import People
from tests.journeys.scenes import Scene, Way, Whisper
from tests.journeys.steps import Step, chronological, steps_of
from tests.slack.conftest import environment
from tests.support.drawn_cast import OPENING
from tests.support.drawn_issues import draw

SECOND = MICROSECONDS
MARGIN = 5
"""Seconds that the bot leaves between its last beat and what it is sure to have heard."""

Look = Callable[[Scene, Step], Awaitable[None]]


def forget_desk(connection: Connection, workspace: int, channel: str) -> None:
    connection.execute(delete(desks.DESK).where(desks.here(workspace, channel)))


async def look_away(scene: Scene, step: Step) -> None:
    """Look at nothing."""


class Stage:
    """A workspace that stays, and a bot that comes and goes on one database."""

    def __init__(self, slack: LocalSlack, clock: DrawnClock, url: str, way: Way) -> None:
        self.slack, self.clock, self.way = slack, clock, way
        self.people = People(slack, clock)
        self.told = environment(slack, url)
        if way.mode == "http":
            slack.events_url = f"http://127.0.0.1:{self.told['PORT']}/slack/events"
        self.rooms: Iterator[str] = iter([it.id for it in slack.space.seed.channels])
        self.serving = AsyncExitStack()
        self._running: Running | None = None

    @property
    def running(self) -> Running:
        assert self._running is not None, "the bot is not there"
        return self._running

    @property
    def workspace(self) -> int:
        return self.running.context.home.workspace

    async def bot_comes(self) -> None:
        """Start the bot at the workspace's time."""
        self.slack.faults.drop_events = False
        self.told["KEPI_CLOCK"] = self.clock.instant().isoformat()
        self._running = await self.serving.enter_async_context(start(read_settings(self.told)))
        # Time moves in jumps here: the bot's clock is given to it, and moves with the drawing;
        # minutes of the world outside are none of it.
        object.__setattr__(self._running.context, "clock", self.clock.instant)
        self._running.scheduler.pause()
        self.people.bot = self._running.context
        await self.slack.bot_ready()
        await self.quiet()

    async def bot_goes(self) -> None:
        """Stop it; what Slack tells from now on is lost."""
        await self.quiet()
        self.slack.faults.drop_events = True
        await self.serving.aclose()
        self._running = self.people.bot = None

    async def quiet(self) -> None:
        """Wait until nothing is on its way and the bot has done what it began."""
        for _ in range(2):
            await self.slack.settle()
            if self._running is not None:
                await self._running.context.tasks.settle()

    # --- scenarios

    async def act_out(self, text: str, look: Look = look_away) -> Scene:
        """Set a channel up as drawn, and let everything happen in it; ``look`` after each act."""
        drawing = draw(text)
        scene = Scene(next(self.rooms), drawing.book, steps_of(text))
        scene.directly = self.written_directly()
        first = min((it.at for it in drawing.entries), default=OPENING)
        self.clock.begin(min(first, OPENING) - SECOND)
        await self.set_up(scene)
        if any(it.entry.low is not None for it in scene.steps):
            await self.act_around_outage(scene)
        elif scene.has_commands or (scene.is_in_order and not self.way.is_shuffled):
            steps = [scene.steps[it] for it in chronological(scene.steps)]
            await self.act_live(scene, steps, look)
        else:
            await self.act_and_deliver(scene)
        return scene

    async def set_up(self, scene: Scene) -> None:
        """Save the rules as drawn, with the roles of the cast, and the relays once."""
        workspace, now = self.workspace, self.clock.instant()

        def save(connection: Any) -> None:
            desks.make(connection, workspace, scene.channel)
            for since, rules in scene.book.versions:
                at = EPOCH + timedelta(microseconds=since) if since else now
                words = pack_rules(peopled(rules))
                desks.add_rules(connection, workspace, scene.channel, words, at, ADMIN)
            for rule in RELAYS:
                desks.add_relay_rule(
                    connection, workspace, app=rule.app, rule=rule.to_json(), by=ADMIN, at=now,
                    channel=scene.channel,
                )  # fmt: skip
            desks.mark_alive(connection, workspace, now, [scene.channel])

        await self.running.context.write(save)

    async def act_live(self, scene: Scene, steps: Sequence[Step], look: Look = look_away) -> None:
        for step in steps:
            await self.people.act(scene, step)
            await self.quiet()
            self.listen(scene, step)
            await look(scene, step)

    async def act_and_deliver(self, scene: Scene) -> None:
        """Let everything happen in Slack's order; deliver it in the order drawn, or shuffled."""
        self.slack.hold_events()
        happened: dict[int, list[int]] = {}
        for position in chronological(scene.steps):
            before = self.held
            await self.people.act(scene, scene.steps[position])
            happened[position] = list(range(before, self.held))
        order = [it for position in range(len(scene.steps)) for it in happened[position]]
        if self.way.is_shuffled:
            dice = random.Random(len(order))
            self.slack.release_events(shuffled=dice, copies=self.way.copies)
        else:
            self.slack.release_events(order=order)
        await self.quiet()
        self.listen(scene, None)

    @property
    def held(self) -> int:
        return len(self.slack.deliveries.held or ())

    async def act_around_outage(self, scene: Scene) -> None:
        """The bot goes where the drawing stops hearing, and is back where it finds the mark."""
        missed = [it for it in scene.steps if it.is_missed]
        away = min(it.entry.low for it in missed if it.entry.low is not None)
        back = max(it.entry.at for it in missed)
        heard = [it for it in scene.steps if not it.is_missed]
        await self.act_live(scene, [it for it in heard if it.entry.at <= away])
        self.clock.stand(away + MARGIN * SECOND)
        await self.bot_goes()
        for step in missed:
            await self.people.act(scene, step)
        self.clock.stand(back)
        await self.bot_comes()
        self.listen(scene, None)
        await self.act_live(scene, [it for it in heard if it.entry.at > away])

    async def leave(self, scene: Scene) -> None:
        """Track the channel no more: what the bot does every minute is about those that are."""
        await self.running.context.write(forget_desk, self.workspace, scene.channel)

    def listen(self, scene: Scene, after: Step | None) -> None:
        """Keep what somebody was told in private since the last time."""
        known = {id(it.message) for it in scene.whispers}
        for user, told in self.slack.space.private.items():
            scene.whispers += [
                Whisper(user, it, after)
                for it in told
                if it.channel == scene.channel and id(it) not in known
            ]

    def written_directly(self) -> int:
        """Return how many messages there are between the bot and single people."""
        space = self.slack.space
        return sum(len(space.messages[it.id]) for it in space.channels.values() if it.im_with)


@asynccontextmanager
async def open_stage(url: str, way: Way) -> AsyncIterator[Stage]:
    """Open a workspace with the cast of the drawings, the bot in it."""
    clock = DrawnClock(OPENING - 60 * SECOND)
    faults = Faults(file_processing=0.05, retry_scale=0.01, warning_seconds=0.05)
    faults.copies = way.copies
    faults.socket_retries = faults.http_retries = (0.0, 0.01, 0.01)
    slack = LocalSlack(mode=way.mode, faults=faults, seed=seed())
    slack.space.clock = slack.deliveries.clock = clock
    async with slack:
        stage = Stage(slack, clock, url, way)
        await stage.bot_comes()
        try:
            yield stage
        finally:
            await stage.serving.aclose()
