"""Deliveries that come again, or late, or were cut off (support-spec §5.2, reliability row 8)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.playground.faults import Fault, Faults, Trouble
from commands.events import guard, receive_message, receive_of_issue, try_again
from tests.intake.conftest import DESK, RULES, Care, enter_care


async def test_four_copies_count_once(tmp_path: Path) -> None:
    """Slack sends again what it thinks was not taken."""
    faults = Faults(file_processing=0.05, retry_scale=0.01, copies=4)
    async with enter_care(tmp_path, faults=faults) as care:
        asked = await care.town.mia.say(DESK, "order 8841 never came")
        await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
        await care.town.omar.react(asked, "white_check_mark")
        await care.quiet()
        assert care.told() == [
            "message customer",
            "message responder",
            "mark responder white_check_mark",
        ]
        (issue,) = care.issues()
        assert len(issue.resolutions) == 1


async def test_the_same_thing_under_two_event_ids_counts_once(care: Care) -> None:
    """The ledger knows Slack's identity of the thing itself."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    event = {
        "type": "message",
        "channel": care.id_of(DESK),
        "channel_type": "channel",
        "user": "U0MIA000000",
        "text": "order 8841 never came",
        "ts": asked.ts,
        "event_ts": asked.ts,
    }
    await guard(receive_message, care.context, {"event": event, "event_id": "EvOther"})
    await care.quiet()
    assert care.told() == ["message customer"]


async def test_what_slack_did_not_tell_is_asked_again(care: Care) -> None:
    """Who wrote it could not be found out: nobody is taken for somebody else meanwhile."""
    care.slack.faults.add(Fault(Trouble.OK_FALSE, "users.info", times=50))
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.quiet()
    assert care.entries() == []
    assert care.unfinished() == 1
    care.slack.faults.pending.clear()
    await try_again(care.context)
    await care.quiet()
    assert care.told() == ["message customer"]
    assert care.unfinished() == 0


async def test_a_group_that_slack_does_not_tell_makes_nobody_a_customer(care: Care) -> None:
    """Roles are written down for ever, so a fault of Slack's is waited for."""
    group = care.slack.set_group("care", ["omar"])
    await care.track(DESK, replace(RULES, responders=(), responder_groups=(group.id,)))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    care.slack.set_group("care", ["omar", "mia"])  # so that the bot asks again
    await care.quiet()
    care.slack.faults.add(
        Fault(Trouble.OK_FALSE, "usergroups.users.list", times=50, error="org_login_required")
    )
    await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.town.quiet()
    assert care.told() == ["message customer"]
    assert care.unfinished() == 1
    care.slack.faults.pending.clear()
    await try_again(care.context)
    await care.quiet()
    assert care.told() == ["message customer", "message responder"]


async def test_a_message_that_never_comes_is_given_up_after_a_day(care: Care) -> None:
    """A mark on something that Slack does not know: parked for 24 hours, then done."""
    now = care.context.clock().timestamp()
    for number, age in (("new", 60), ("old", 25 * 3600)):
        event = {
            "type": "reaction_added",
            "user": "U0OMAR00000",
            "reaction": "white_check_mark",
            "item": {"type": "message", "channel": care.id_of(DESK), "ts": "1700000000.000100"},
            "event_ts": f"{now - age:.6f}",
        }
        await guard(receive_of_issue, care.context, {"event": event, "event_id": f"Ev{number}"})
    await care.quiet()
    assert care.entries() == []
    assert care.unfinished() == 1
