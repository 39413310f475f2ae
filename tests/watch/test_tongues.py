"""What Kepi says of itself and of its data in a made-up language: no English is left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.playground import Message
from commands.status.ops import COPY, DAMAGED, LATE, RECOVERED, say_frozen
from commands.status.page import ago
from commands.undelivered import OPS_CHANNEL
from commands.unsent import KINDS, REASONS, capitalise, kind_of, reason_of
from kpis.tongue import say_declared, speaking
from storage import outbox, sending
from storage.imports import store
from storage.support_notes import choose
from tests.digests.test_tongues import texts_of
from tests.digests.weeks import Week, open_week
from tests.drawn import draw
from tests.languages.made_up import LANGUAGE, LOCALE, english_in, speak_made_up
from tests.slack.conftest import NOW

DATA = "Acme acme extra claps mia omar gus marketing Instagram Facebook LinkedIn YouTube TikTok"
DATA += (
    " sample bluebird tiktok nordkaffe Stockholm Europe drawn csv UTC Kepi invite ops msg too long"
)
REFUSED = ("is_archived", "msg_too_long")
WRONG = """
    day        | platform  | account | impressions | reach | clicks
    -----------+-----------+---------+-------------+-------+-------
    2026-11-02 | instagram | extra   |           9 | 12000 |     90
    2026-11-03 | instagram | extra   |           9 | 12000 |     90
    2026-11-09 | instagram | extra   |          90 |     5 |      9
"""


@pytest.fixture
async def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Week]:
    """A week whose people and channels speak the made-up language."""
    speak_made_up(monkeypatch)
    async with open_week(tmp_path) as week:
        for name in ("mia", "omar", "gus"):
            week.slack.person(name).member.locale = LOCALE
        await week.context.write(choose, week.workspace, "language", LANGUAGE, "", NOW)
        yield week


def left_in(shown: Message) -> list[str]:
    return english_in([shown.text, *texts_of(shown.blocks)], DATA)


async def lose(week: Week, kind: str, why: str, **body: Any) -> None:
    """Let a message have been given up."""
    context = week.context

    def write(connection: Connection) -> None:
        now = context.clock()
        outbox.add(
            connection, week.workspace, channel="C0RANDOM000", kind=kind, period=f"{kind}{why}",
            due=now, now=now, body=body,
        )  # fmt: skip
        for row in sending.claim(connection, week.workspace, now, "a test"):
            sending.end(connection, week.workspace, row, "dead", why)

    await context.write(write)


async def test_status_is_told_chosen_and_pressed(spoken: Week) -> None:
    """Well and in need of care, to admins, members and guests, with every refusal."""
    week = spoken
    assert left_in(await week.ask(week.mia, "/kpi status")) == []
    await week.digest()
    for kind, why in (
        ("digest", "not_in_channel"),
        ("alert", "is_archived"),
        ("goal", "msg_too_long"),
    ):
        await lose(week, kind, why)
    for words in ("", "weather", "ops", "ops #marketing", "ops off"):
        for name in ("mia", "omar", "gus"):
            said = await week.ask(week.slack.person(name), f"/kpi status {words}".strip())
            assert left_in(said) == [], (name, words)
    page = await week.ask(week.mia, "/kpi status")
    for button in ("status_again", "status_forget", "status_again"):
        value = next(
            it["value"]
            for block in page.blocks
            for it in block.get("elements", ())
            if it.get("action_id") == button
        )
        await week.mia.press(page, button, value)
        await week.quiet()
        assert left_in(week.mia.bot_said("#marketing")[-1]) == [], button


async def test_data_are_told_and_findings_accepted(spoken: Week) -> None:
    """The page with findings of several checks, its presses, an answer held back, and guests."""
    week, context = spoken, spoken.context
    store(context.database, week.workspace, draw(days=WRONG), "U0MIA000000", NOW)
    await context.write(choose, week.workspace, OPS_CHANNEL, "C0MARKETING", "", NOW)
    await week.wake()
    assert week.said()
    assert [left_in(it) for it in week.said() if left_in(it)] == []
    for words in ("", "quality"):
        for name in ("mia", "gus"):
            said = await week.ask(week.slack.person(name), f"/kpi data {words}".strip())
            assert left_in(said) == [], (name, words)
    held = await week.ask(week.mia, "/kpi impressions instagram extra nov 2026", "#random")
    assert "12,000" in held.words, "why it waits, with its figures"
    assert left_in(held) == []
    page = await week.ask(week.mia, "/kpi data")
    finding = next(str(it["accessory"]["value"]) for it in page.blocks if it.get("accessory"))
    for button in (f"data_accept:{finding}", f"data_undo:{finding}", "data_refresh"):
        await week.mia.press(page, button)
        await week.quiet()
        page = week.mia.bot_said("#marketing")[-1]
        assert left_in(page) == [], button


async def test_the_ops_channel_hears_its_own_language(spoken: Week) -> None:
    """What was not sent, and every alarm about Kepi itself."""
    week = spoken
    await week.context.write(choose, week.workspace, OPS_CHANNEL, "C0MARKETING", "", NOW)
    for why in REFUSED:
        await lose(week, "digest", why, before=2)
    late: dict[str, Any] = {"what": LATE, "count": 2, "oldest": NOW.isoformat()}
    alarms: list[dict[str, Any]] = [{"what": it, "why": ""} for it in (RECOVERED, COPY, DAMAGED)]
    bodies: list[tuple[str, dict[str, Any]]] = [("ops", it) for it in (late, *alarms)]
    bodies += [("undelivered", {"why": why, "about": ""}) for why in REFUSED]

    def write(connection: Connection) -> None:
        for number, (kind, body) in enumerate(bodies):
            outbox.add(
                connection, week.workspace, channel="C0MARKETING", kind=kind, period=str(number),
                due=NOW, now=NOW, body=body,
            )  # fmt: skip

    await week.context.write(write)
    await week.wake()
    assert len(week.said()) == 6
    assert [left_in(it) for it in week.said() if left_in(it)] == []


def test_every_kind_every_reason_and_every_age_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_made_up(monkeypatch)
    with speaking(LANGUAGE):
        kinds = [kind_of(it) for it in KINDS]
        texts = [say_declared(it) for kind in kinds for it in (kind.name, kind.named) if it]
        texts += [it.counted(number) for it in kinds if it.counted for number in (1, 2)]
        texts += [capitalise(it) for why in (*REASONS, "") for it in reason_of(why) if it]
        texts += [ago(NOW, NOW + timedelta(seconds=it)) for it in (5, 600, 20_000, 900_000)]
        texts += [say_frozen(it) for it in (60, 600)]
        assert english_in(texts, "Kepi invite") == []
