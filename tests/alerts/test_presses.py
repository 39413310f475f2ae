"""Every press on an alert is answered, changes the message, and stands in its thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.alerts.fewer import say_fewer
from kpis.alerts.rules import Rule
from kpis.alerts.verdict import Replay
from tests.alerts.square import Square, open_square


@pytest.fixture
async def square(tmp_path: Path) -> AsyncIterator[Square]:
    """A town in which a crisis has broken out."""
    async with open_square(tmp_path) as here:
        await here.crisis()
        yield here


async def test_taking_and_taking_over(square: Square) -> None:
    """The thread says who is on it; a second person takes over; undo gives it back."""
    await square.press(square.omar, square.alert, "alert_take")
    assert square.story() == ["omar is on it."]
    assert "omar is on it." in square.alert.text
    assert "You are on it" in square.private(square.omar).words
    await square.press(square.mia, square.alert, "alert_take")
    assert square.story()[1:] == ["mia is on it, in place of omar."]
    assert "mia is on it." in square.alert.text
    await square.press(square.mia, square.private(square.mia), "alert_leave")
    assert square.story()[2:] == ["mia is no longer on it."]
    assert "omar is on it." in square.alert.text
    await square.press(square.omar, square.alert, "alert_take")
    assert square.private(square.omar).words.startswith("You are on it already.")
    assert len(square.story()) == 3, "pressing again changes nothing"
    assert any(it["type"] == "image" for it in square.alert.blocks), "its chart stays"


async def test_presses_come_by_http_too(tmp_path: Path) -> None:
    """The same by signed requests: taken, said in the thread, shown in the message."""
    async with open_square(tmp_path, mode="http") as here:
        await here.crisis()
        await here.press(here.mia, here.alert, "alert_take")
        assert here.story() == ["mia is on it."]
        assert "mia is on it." in here.alert.text


async def test_guests_only_read(square: Square) -> None:
    """Reliability row 38: each act of a guest is refused, and nothing changes."""
    gus = square.town.person("gus")
    room = square.mia.channel("#marketing")
    if gus.id not in room.members:
        room.members.append(gus.id)
    before = square.alert.text
    await square.press(gus, square.alert, "alert_take")
    assert square.private(gus).words.startswith("Guests can read alerts.")
    await square.press(gus, square.alert, "alert_snooze")
    for act in ("assign", "why", "fewer", "mute"):
        await square.choose(gus, act)
        assert "Guests" in square.private(gus).words or "Only who" in square.private(gus).words
    assert (square.alert.text, square.story()) == (before, [])


async def test_snoozing(square: Square) -> None:
    """A form asks for how long; the message and the thread say until when; undo wakes it."""
    await square.press(square.mia, square.alert, "alert_snooze")
    view = await square.mia.await_view("For how long")
    await square.mia.submit(view, {"until": "date", "date": "2026-11-22"})
    assert "after today" in str(view.errors)
    await square.mia.submit(view, {"until": "morning"})
    await square.quiet()
    assert square.story() == ["mia snoozed this until Mon 08:00."]
    assert "Quiet until Mon 08:00." in square.alert.text
    await square.press(square.mia, square.private(square.mia), "alert_wake")
    assert square.story()[1:] == ["mia ended the snooze."]
    assert "Quiet" not in square.alert.text


async def test_assigning(square: Square) -> None:
    """Whoever it is given to gets a direct message; the thread and the message name them."""
    await square.choose(square.mia, "assign")
    view = await square.mia.await_view("Who")
    await square.mia.submit(view, {"user": square.omar.id})
    await square.quiet()
    assert square.story() == ["mia gave this to omar."]
    assert "omar is on it." in square.alert.text
    told = square.omar.bot_said()[-1]
    assert told.words.startswith("mia gave you this: Alert: ")
    assert "Open the alert" in told.words


async def test_what_is_private_is_not_given_to_outsiders(square: Square) -> None:
    """Whoever is not in a private channel learns nothing of its alerts, nor do guests."""
    room = square.mia.channel("#marketing")
    room.is_private = True
    room.members.remove(square.omar.id)
    square.context.channels.forget(room.id)
    for who in (square.omar, square.town.person("gus")):
        await square.choose(square.mia, "assign")
        view = await square.mia.await_view("Who")
        await square.mia.submit(view, {"user": who.id})
        await square.quiet()
    assert square.story() == []
    assert square.omar.bot_said() == []
    page = await square.say(square.omar, "/kpi alerts", "#support")
    assert "Negative mentions" not in page.words


async def test_why_says_the_rule_and_its_history(square: Square) -> None:
    """Private: the rule in words, what was found, how often it tells."""
    await square.choose(square.omar, "why")
    said = square.private(square.omar).words
    assert "Negative mentions · Acme · far more than usual" in said
    assert "negative mentions in 3 hours, found" in said
    assert "ould have fired" in said or "ould not have fired" in said
    assert square.story() == []


async def test_fewer_is_one_notch_and_can_be_undone(square: Square) -> None:
    """It says how often it would have told; the owner and admins may, others may not."""
    await square.choose(square.omar, "fewer")
    assert "Only who made this rule" in square.private(square.omar).words
    await square.choose(square.mia, "fewer")
    assert square.rules()[0].settings == '{"sensitivity": "fewer"}'
    assert "Fewer from now on. In " in square.private(square.mia).words
    assert square.story() == ["mia set this rule to fewer alerts."]
    await square.choose(square.mia, "fewer")
    assert "quietest already" in square.private(square.mia).words
    first = next(it for it in square.mia.bot_said("#marketing") if "Fewer from" in it.words)
    await square.press(square.mia, first, "alert_more")
    assert square.rules()[0].settings == "{}"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (1, 3, "In 90 days it would have told once, instead of 3 times."),
        (0, 1, "In 90 days it would have told not once, instead of once."),
        (2, 2, "In 90 days it would have told twice, as before."),
    ],
)
def test_what_quieter_would_have_told_is_said_in_words(now: int, before: int, said: str) -> None:
    loud = Rule(1, 1, "C1", "crisis")
    quiet = replace(loud, settings=replace(loud.settings, sensitivity="fewer"))
    tried = Replay("", (), {"as now": before, "fewer": now}, 90)
    assert say_fewer(tried, loud, quiet) == said


async def test_muting(square: Square) -> None:
    """A week of silence for the whole rule, said in the thread and undone by a press."""
    await square.choose(square.mia, "mute")
    assert square.story() == ["mia muted this alert until 29 Nov 18:00."]
    assert "Muted until 29 Nov 18:00." in square.alert.text
    await square.choose(square.mia, "unmute")
    assert square.rules()[0].muted is None
    assert "Muted" not in square.alert.text
