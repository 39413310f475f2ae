"""Drawn scenarios, acted out in a local Slack.

The tests of ``tests/support/test_scenarios.py`` are run again as they are: here ``play`` lets
people do what was drawn, over real sockets, and reads the bot's rows and the channel afterwards.
A module says in ``WAY`` how its scenarios reach the bot.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests import databases
from tests.journeys.scenes import Way
from tests.journeys.seen_in_slack import check_hints, see_scene
from tests.journeys.stage import Stage, open_stage
from tests.support.conftest import Play
from tests.support.drawn_issues import draw
from tests.support.drawn_seen import Result

Made = TypeVar("Made")
PATIENCE = 60.0


class Theatre:
    """A stage on an event loop of its own, for tests that play a drawing and look at the result."""

    def __init__(self, loop: asyncio.AbstractEventLoop, stage: Stage) -> None:
        self.loop, self.stage = loop, stage

    def run(self, work: Coroutine[Any, Any, Made]) -> Made:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def play(self, text: str) -> Result:
        scene = self.run(self.stage.act_out(text))
        result = see_scene(self.stage, scene)
        self.run(self.stage.leave(scene))
        if not (self.stage.way.is_shuffled or scene.has_commands):
            check_hints(result, draw(text))
        return result


@contextmanager
def open_theatre(folder: Path, way: Way) -> Iterator[Theatre]:
    """Start an event loop in a thread, with a stage on it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        with databases.fresh(way.kind, folder) as database:
            url = database.url.render_as_string(hide_password=False)
            database.close()
            opened = open_stage(url, way)
            stage = asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result(PATIENCE)
            try:
                yield Theatre(loop, stage)
            finally:
                closed = opened.__aexit__(None, None, None)
                asyncio.run_coroutine_threadsafe(closed, loop).result(PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


@pytest.fixture(scope="module")
def theatre(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Theatre]:
    """One workspace for all scenarios of a module, each in a channel of its own."""
    with open_theatre(tmp_path_factory.mktemp("journey"), request.module.WAY) as opened:
        yield opened


@pytest.fixture
def play(theatre: Theatre, tmp_path: Path) -> Play:
    """Play a drawing in the module's workspace; one with an outage in a workspace of its own."""

    def play_one(text: str) -> Result:
        if "(" not in text:
            return theatre.play(text)
        with open_theatre(tmp_path, theatre.stage.way) as own:
            return own.play(text)

    return play_one


@pytest.fixture
def fold_only(play: Play) -> Play:
    """Many small cases of ``tests/support`` ask for this one."""
    return play
