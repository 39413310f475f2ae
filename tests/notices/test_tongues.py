"""Notices and the morning's list in a made-up language: nothing that people read stays English."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground import Message
from storage.support_notes import choose
from tests.digests.test_tongues import texts_of
from tests.languages.made_up import LANGUAGE, LOCALE, english_in, speak_made_up
from tests.notices.conftest import answer, ask, promise, set_hours, tick, told
from tests.support_life.conftest import Desk

DATA = "gus mia omar support marketing Order never came"


@pytest.fixture
async def spoken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk, where people and channels speak the made-up language."""
    speak_made_up(monkeypatch)
    for name in ("mia", "omar"):
        desk.person(name).member.locale = LOCALE
    context = desk.context
    await context.write(choose, context.home.workspace, "language", LANGUAGE, "", context.clock())
    return desk


def left_in(message: Message) -> list[str]:
    return english_in([message.text, *texts_of(message.blocks)], DATA)


async def test_a_warning_a_breach_and_how_it_ended(spoken: Desk) -> None:
    """As it is told, and as it is edited once somebody has answered."""
    await promise(spoken)
    asked = await ask(spoken)
    await tick(spoken, 45)
    await tick(spoken, 16)
    await tick(spoken, 60)
    before = [*told(spoken), *told(spoken, "mia", "dm")]
    assert len(before) == 4
    assert [left_in(it) for it in before if left_in(it)] == []
    await answer(spoken, asked)
    await tick(spoken)
    assert [left_in(it) for it in told(spoken) if left_in(it)] == []


async def test_the_list_of_who_waits(spoken: Desk) -> None:
    """The list with its buttons, and what turning it off answers."""
    await set_hours(spoken)
    await ask(spoken)
    nine = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)
    await tick(spoken, (nine - spoken.slack.clock.instant()).total_seconds() / 60)
    (message,) = told(spoken)
    assert left_in(message) == []
    await spoken.person("omar").press(message, "morning_off")
    await spoken.quiet()
    said = spoken.person("omar").bot_said("C0MARKETING")[-1]
    assert said.is_private
    assert left_in(said) == []
