"""Whatever is typed after ``/support`` is answered: one private line, nothing broken, no trace."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.playground.deliveries import Delivery
from commands.pressed import number_of
from commands.support.buttons import read_issue_press
from commands.support.grammar import Verb
from tests.support_surfaces.conftest import SUPPORT, Desk

NONSENSE = (
    "0",
    "#0",
    "-1",
    "999999999",
    "99999999999999999999",
    "12 12 12",
    "resolve resolve",
    "resolve 1 resolve 1",
    "<!channel>",
    "<@U0NOBODY000|ghost>",
    "<#C0NOWHERE00|nowhere>",
    "' OR 1=1 --",
    "\u202e12",
    "𝟭𝟮",
    "１２",
    "{}",
    "explain",
    "explain explain",
    "merge 1 into 99",
    "new \u200b",
    "new =",
    'new "',
    "new at=2026-11-20T14:00+01:00",
    "csat 1 4 source=<!here>",
    "assign 1 <@U0NOBODY000|ghost>",
    "assign 1 <@U0LENA00000|lena>",
    "assign 1 <@U0KEPI00000|kepi>",
    "snooze 1 99999999999999999999h",
    "snooze 1 0000-00-00",
    "replied 1 at=9999-99-99T99:99+99:99",
    "replied 1 at=2026-11-22T17:00+00:00",
    "holidays \x00",
    "holidays 2027 SE NOWHERE",
    "priority 1 <!channel>",
    "x" * 2999,
    "new " + "é" * 2900,
    "y" * 1_000_000,
)


async def test_nonsense_is_answered_and_changes_nothing(desk: Desk) -> None:
    """Each with one private message that holds words, and pings nobody."""
    await desk.issue()
    context = desk.town.running.context
    before = context.tracker.timeline(1)
    for typed in NONSENSE:
        said = await desk.ask(desk.omar, f"/support {typed}") if typed[:3] != "new" else None
        if said is None:
            await desk.omar.command(f"/support {typed}", SUPPORT)
            await desk.quiet()
            view = desk.omar.open_view()
            if view is not None:
                await desk.omar.close(view)
            continue
        assert said.words.strip(), typed[:40]
        assert "broke" not in said.words, typed[:40]
        assert len(said.words) < 3000
        assert "<!channel>" not in str(said.blocks)
        assert "<!here>" not in str(said.blocks)
        view = desk.omar.open_view()
        if view is not None:
            await desk.omar.close(view)
    after = context.tracker.timeline(1)
    assert (after.state, after.assignee) == (before.state, before.assignee)
    assert not [it for it in desk.mia.bot_said(SUPPORT) if "broke" in it.words]


@pytest.mark.parametrize("typed", ["99999999999999999999", "resolve 99999999999999999999"])
async def test_a_number_that_no_issue_has_is_said(desk: Desk, typed: str) -> None:
    """However long it is: no database is asked for it."""
    said = await desk.ask(desk.omar, f"/support {typed}")
    assert "There is no issue 99999999999999999999." in said.words


@pytest.mark.parametrize("value", ["9" * 5000, "²", "x", "", "-1", "9" * 19])
def test_a_button_that_remembers_garbage_means_no_issue(value: str) -> None:
    """An old or foreign value is nobody's number."""
    action = {"action_id": "support_act:claim", "value": value}
    body = {"user": {"id": "U1"}, "actions": [action]}
    assert read_issue_press(body).number == number_of(value) == 0


MALFORMED: tuple[dict[str, Any], ...] = (
    {"actions": [{"action_id": "support_setup_back"}]},
    {"actions": [{"action_id": "support_setup_back"}], "view": {"id": "V1"}},
    {
        "actions": [{"action_id": "support_setup_more"}],
        "view": {"id": "V1", "private_metadata": "[]", "state": {"values": {}}},
    },
    {"actions": [{"action_id": "support_setup_copy"}], "view": {"id": "V1"}},
    {"actions": [{"action_id": "support_explain_turn", "value": "1|0"}]},
    {"actions": [{"action_id": "support_explain_turn", "value": "x|y"}], "view": {"id": "V1"}},
    {"actions": [{"action_id": "support_show:1", "value": "9" * 4000}]},
    {"actions": [{"action_id": "support_act:claim", "value": "9" * 4000}]},
    {"actions": [{"action_id": "line:undo", "value": "9" * 4000}]},
)


@pytest.mark.parametrize("body", MALFORMED)
async def test_a_press_that_is_not_as_slack_describes_is_acknowledged(
    desk: Desk, body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """No trace of a fault, and what comes after it works."""
    channel = desk.mia.channel(SUPPORT).id
    payload = {
        "type": "block_actions",
        "user": {"id": desk.omar.id, "team_id": desk.town.running.context.home.team},
        "team": {"id": desk.town.running.context.home.team},
        "channel": {"id": channel},
        "trigger_id": "1.2.3",
    }
    answer = await desk.omar.deliveries.attempt(Delivery("interactive", payload | body))
    await desk.quiet()
    assert answer.ok, answer
    assert not [it for it in caplog.records if it.exc_info], caplog.text
    assert "Nobody is waiting" in (await desk.ask(desk.omar, "/support")).words


@pytest.mark.parametrize("seed", range(4))
async def test_words_thrown_together_are_answered(desk: Desk, seed: int) -> None:
    """Verbs, numbers and leftovers in any mixture: a line, a page or a form, never a fault."""
    chance = random.Random(seed)
    pieces = [*map(str, Verb), "1", "#2", "99", "into", "me", "<@U0OMAR00000|omar>", "2h", "high"]
    pieces += ["at=2026-11-21T10:00Z", "customer=tom", "spam", "4", "SE", "2027", "on", "“", "—"]
    await desk.issue()
    await desk.ask(desk.omar, "/support new Second customer=tom source=phone")
    for _ in range(12):
        typed = " ".join(chance.choices(pieces, k=chance.randint(1, 5)))
        before = len(desk.mia.bot_said(SUPPORT)) + len(desk.omar.bot_said(SUPPORT))
        await desk.mia.command(f"/support {typed}", SUPPORT)
        await desk.quiet()
        view = desk.mia.open_view()
        said = desk.mia.bot_said(SUPPORT)
        assert view is not None or len(said) + len(desk.omar.bot_said(SUPPORT)) > before, typed
        assert not any("broke" in it.words for it in said), typed
        if view is not None:
            await desk.mia.close(view, everything=True)
