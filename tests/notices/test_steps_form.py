"""Whom a missed promise is told, chosen in its form, listed, and done (§10, *escalate*)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage import policies
from storage.support_notes import chosen
from support.policies import Escalation, Policy, read_policy
from support.rules import Mode, Rules
from tests.slack.conftest import enter_town
from tests.support_surfaces.conftest import SUPPORT, Desk, invite_gus, set_up


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Desk]:
    """The support channel with the promise that its set-up makes."""
    async with enter_town(tmp_path, empty=True) as town:
        invite_gus(town)
        await set_up(town)
        yield Desk(town)


async def held(desk: Desk) -> Policy:
    context = desk.town.running.context
    (row,) = await context.read(policies.current, context.home.workspace)
    return read_policy(row.policy)


async def change(desk: Desk, filled: dict[str, Any]) -> dict[str, str]:
    await desk.mia.press(await desk.ask(desk.mia, "/support targets"), "support_target:0")
    view = await desk.mia.await_view("Warn after")
    await desk.mia.submit(view, filled)
    await desk.quiet()
    errors = dict(view.errors)
    if errors:
        await desk.mia.close(view)
    return errors


async def test_steps_are_chosen_listed_and_kept(counter: Desk) -> None:
    """At the breach who has it, at 1.5 × all who answer, at twice the manager in private."""
    assert (await held(counter)).escalate == (Escalation(),)
    assert "Late:" not in (await counter.ask(counter.mia, "/support targets")).words
    manager = counter.omar.id
    errors = await change(
        counter,
        {"step_1_5": "responders|thread", "step_2": "manager|dm", "manager": manager},
    )
    assert errors == {}
    assert (await held(counter)).escalate == (
        Escalation(1, "assignee", "thread"),
        Escalation(1.5, "responders", "thread"),
        Escalation(2, "manager", "dm"),
    )
    listed = (await counter.ask(counter.omar, "/support targets")).words
    said = "Late: who has it · 1.5 ×: all who answer · 2 ×: the manager, in private"
    assert said in listed
    context = counter.town.running.context
    kept = await context.read(chosen, context.home.workspace, "support-manager")
    assert kept == manager
    await change(counter, {"step_1_5": "nobody"})
    assert [it.at for it in (await held(counter)).escalate] == [1, 2]


async def test_a_manager_nobody_named_is_asked_for(counter: Desk) -> None:
    """At its field; the promise stays as it was."""
    errors = await change(counter, {"step_2": "manager|dm"})
    assert errors == {"manager": "Name the manager, or tell somebody else."}
    assert (await held(counter)).escalate == (Escalation(),)


async def test_a_step_for_the_teams_channel_where_there_is_none_is_said(counter: Desk) -> None:
    """It is saved; who saved it is told where the step goes instead, and what to do."""
    assert await change(counter, {"step_2": "responders|thread"}) == {}
    assert "no channel of the team's own" not in private(counter)
    assert await change(counter, {"step_2": "channel|alerts"}) == {}
    assert "#support has no channel of the team's own" in private(counter)
    assert "/support setup" in private(counter)
    own = counter.mia.channel("#marketing").id
    await set_up(counter.town, Rules(mode=Mode.AUTO, alerts_channel=own))
    assert await change(counter, {"step_1_5": "channel|alerts"}) == {}
    assert "no channel of the team's own" not in private(counter)


def private(desk: Desk) -> str:
    """Return what Kepi told Mia alone last."""
    return [it for it in desk.mia.bot_said(SUPPORT) if it.is_private][-1].words
