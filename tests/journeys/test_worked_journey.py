"""The worked timeline of support-spec §8, acted out over a weekend and a clock change.

Every expected second is that of ``tests/support/test_worked_timeline.py``, which has them from
the page; people read them in words, in ``/support 1`` and ``/support explain 1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from support.calendars import save_hours
from support.policy_book import save_policy
from support.week import OFFICE
from tests.journeys.cast import ADMIN
from tests.journeys.conftest import Theatre, open_theatre
from tests.journeys.scenes import Scene, Way
from tests.journeys.seen_in_slack import see_scene
from tests.journeys.stage import Stage
from tests.journeys.steps import Step
from tests.support.drawn_seen import Result
from tests.support.drawn_store import ISSUE, WAIT, rows_of
from tests.support.test_worked_timeline import COLUMNS, EXPECTED, NEXT, POLICY, WHERE, steps

SHOWN = """
Opened Fri 15:20 · looked at after 30 min
First answer: 2 d 16 h (1 h 10 min in open hours), omar
Next answers: 50 min, 1 h 15 min, 14 h 50 min
Customer waited in all: 3 d 9 h (3 h 5 min in open hours)
Solved: 3 d 16 h (9 h 30 min in open hours), reopened once
for good after 4 d 16 h (17 h 40 min in open hours)
First answer within 2 h: kept
Solved within 16 h: kept
One message was taken for thanks or a greeting
"""
EXPLAINED = """
Acknowledged: 30 min, 30 min in open hours (Fri 27 Mar 15:20:00 to Fri 27 Mar 15:50:00)
First response: 2 d 16 h, 1 h 10 min in open hours (Fri 27 Mar 15:20:00 to Mon 30 Mar 07:30:00)
Next response: 50 min, 50 min in open hours
Next response: 1 h 15 min, 45 min in open hours
Next response: 14 h 50 min, 20 min in open hours
Customer waited in all: 3 d 9 h, 3 h 5 min in open hours, 4 waits
First solved: 3 d 16 h, 9 h 30 min in open hours (Fri 27 Mar 15:20:00 to Tue 31 Mar 07:50:00)
Solved before a reopening: 8 h 40 min, 7 h 10 min in open hours
Solved for good: 4 d 16 h, 17 h 40 min in open hours (Fri 27 Mar 15:20:00 to Wed 1 Apr 08:00:00)
Waiting on the customer: 21 h 30 min, 6 h in open hours
The team's time: 3 d 10 h, 4 h 30 min in open hours
Mon 30 Mar 07:30:00: omar answered: the first response
"""


@dataclass
class Played:
    """The timeline, acted out; ``states`` are those after each act."""

    theatre: Theatre
    scene: Scene
    result: Result
    states: list[str]

    def rows(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return the row of the issue, and those of its waits."""
        stage = self.theatre.stage
        with stage.running.context.database.read() as connection:
            (issue,) = rows_of(connection, ISSUE, stage.workspace)
            return issue, rows_of(connection, WAIT, stage.workspace)

    def ask(self, command: str) -> str:
        """Type a command as Mia and return what she alone sees of it."""
        return self.theatre.run(ask(self.theatre.stage, self.scene.channel, command))


@pytest.fixture(scope="module", params=WHERE)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """The timeline, with what the customer goes on to say in the thread, or as new posts."""
    states: list[str] = []
    with open_theatre(tmp_path_factory.mktemp("worked"), Way()) as theatre:
        stage = theatre.stage

        async def look(scene: Scene, step: Step) -> None:
            with stage.running.context.database.read() as connection:
                (issue,) = rows_of(connection, ISSUE, stage.workspace)
            states.append(issue["state"])

        theatre.run(keep_office_hours(stage))
        text = "\n".join(line for line, _ in steps(request.param))
        scene = theatre.run(stage.act_out(text, look))
        yield Played(theatre, scene, see_scene(stage, scene), states)


async def keep_office_hours(stage: Stage) -> None:
    """Monday to Friday, 09:00–17:00 in Stockholm, with the promises of §8."""

    def save(connection: Any) -> None:
        save_hours(
            connection, stage.workspace, 0, OFFICE, since=date(2026, 1, 1),
            zone="Europe/Stockholm", by=ADMIN, at=stage.clock.instant(), correct_the_past=True,
        )  # fmt: skip
        save_policy(connection, stage.workspace, POLICY, by=ADMIN, at=stage.clock.instant())

    await stage.running.context.write(save)


async def ask(stage: Stage, channel: str, command: str) -> str:
    mia = stage.slack.person("mia")
    known = {it.ts for it in mia.bot_said(channel)}
    await mia.command(command, channel)
    await stage.quiet()
    view = mia.open_view()
    if view is not None:
        await mia.close(view)
        return view.words
    return "\n".join(it.words for it in mia.bot_said(channel) if it.ts not in known)


def test_the_state_after_each_act_is_that_of_the_page(played: Played) -> None:
    """“open” at the bot's own receipt, “resolved” at “terima kasih!”, open again after it."""
    assert played.states == [state for _, state in steps("in the thread")]


def test_the_rows_hold_every_expected_second(played: Played) -> None:
    """Times of Slack, by both clocks: a first response of 2400 or 1800 is a fixed offset."""
    issue, waits = played.rows()
    held = {
        metric: (issue[f"{name}_seconds"], issue[f"{name}_business"])
        for name, metric in COLUMNS.items()
    }
    assert held == {metric: EXPECTED[metric] for metric in COLUMNS.values()}
    assert [(it["seconds"], it["business"]) for it in waits if it["is_next"]] == NEXT
    assert played.result.only.resolver == "nils"
    assert played.result.remarks == ()


def test_support_shows_them(played: Played) -> None:
    """What everybody of the team can ask for says the table's numbers."""
    shown = played.ask("/support 1")
    assert [line for line in SHOWN.strip().splitlines() if line not in shown] == []


def test_support_explain_derives_them(played: Played) -> None:
    """Each number with its two ends, by both clocks, and which message was the first response."""
    told = played.ask("/support explain 1")
    assert [line for line in EXPLAINED.strip().splitlines() if line not in told] == []
