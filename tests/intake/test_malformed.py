"""Payloads that are not what Slack describes: logged by id, and done (reliability rows 16, 25)."""

from __future__ import annotations

import random
from typing import Any

import pytest

from commands.events import guard, receive_message, receive_of_issue
from commands.mending import mend
from commands.support import hearing
from tests.intake.conftest import DESK, Care

KINDS = ("message", "app_mention", *hearing.EVENTS)
SUBTYPES = (None, "message_changed", "message_deleted", "file_share", "bot_message", "tombstone", 3)


def strange(dice: random.Random, depth: int = 0) -> Any:
    """Return anything that JSON can hold."""
    pick = dice.randrange(9 if depth < 3 else 6)
    if pick == 6:
        return [strange(dice, depth + 1) for _ in range(dice.randrange(3))]
    if pick >= 7:
        return {dice.choice(NAMES): strange(dice, depth + 1) for _ in range(dice.randrange(4))}
    plain = ("", "C0SUPPORT00", "U0MIA000000", "1795341600.000100", "1.2.3", "\ud800", "\x00", "-1")
    return (None, True, dice.randrange(-5, 10**12), 1.5, dice.choice(plain), dice.choice(KINDS))[
        pick
    ]


NAMES = (
    *("user", "channel", "ts", "event_ts", "text", "subtype", "message", "previous_message"),
    *("item", "reaction", "thread_ts", "edited", "files", "blocks", "attachments", "bot_id"),
    *("deleted_ts", "id", "name", "type", "app_id", "bot_profile", "username", "channel_type"),
)


def strange_event(dice: random.Random, channel: str) -> dict[str, Any]:
    """Return an event whose outside looks right, so that it is read as far as it can be."""
    event: dict[str, Any] = {name: strange(dice) for name in dice.sample(NAMES, 8)}
    event["type"] = dice.choice(KINDS)
    if dice.random() < 0.8:
        event["channel"] = channel
    if dice.random() < 0.5:
        event["subtype"] = dice.choice(SUBTYPES)
    if dice.random() < 0.5:
        event["item"] = {"type": "message", "channel": channel, "ts": strange(dice)}
    if dice.random() < 0.5:
        event["ts"] = dice.choice(("1795341600.000100", "17953416", "x", "", 5, "1e9", "١٢٣.٤"))
    return event


async def test_ten_thousand_strange_events_never_raise(care: Care) -> None:
    """Handlers take each of them, mended as at the gate; then a customer is heard as before."""
    dice = random.Random(20)
    channel = care.id_of(DESK)
    for number in range(10_000):
        event = strange_event(dice, channel)
        body = {
            "event": event,
            "event_id": f"Ev{number}" if dice.random() < 0.95 else strange(dice),
        }
        receiver = receive_message if event["type"] == "message" else receive_of_issue
        if event["type"] != "app_mention":
            await guard(receiver, care.context, mend(body))
        if number % 200 == 0:
            await care.context.tasks.settle()
    await care.quiet()
    before = len(care.issues())
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    assert len(care.issues()) == before + 1


@pytest.mark.parametrize("body", [{}, {"event": None}, {"event": 3}, {"event": []}, {"event": {}}])
async def test_an_envelope_without_an_event_is_nothing(care: Care, body: dict[str, Any]) -> None:
    """Nothing is written down, and nothing raised."""
    await guard(receive_message, care.context, body)
    await guard(receive_of_issue, care.context, body)
    assert care.unfinished() == 0


async def test_a_ts_that_is_none_is_logged_and_done(care: Care) -> None:
    """Unreadable: not tried again for ever."""
    event = {
        "type": "message",
        "channel": care.id_of(DESK),
        "user": "U1",
        "ts": "soon",
        "text": "x",
    }
    await guard(receive_message, care.context, {"event": event, "event_id": "EvX"})
    await care.quiet()
    assert care.entries() == []
    assert care.unfinished() == 0
