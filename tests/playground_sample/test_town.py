"""The sample's customer issues: one story, told to the workspace and to the bot alike."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack
from bot.playground.message_shapes import message_json
from bot.playground.planting import plant
from bot.playground.planting_issues import RULES, entries_of, rule_of_relay
from bot.playground.sample_issues import Moment, What, draw_issues
from bot.playground.sample_messages import put_messages
from bot.playground.sample_town import CARE, KEPI, PARTNER, RELAYS, people, rooms, town_of
from bot.playground.workspace import Workspace
from bot.serve import start
from bot.settings import read_settings
from support.board import fold
from support.entries import Kind, Role
from support.relays import match
from support.rules import RuleBook
from support.timeline import State

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEEK = [NOW + timedelta(hours=17 * number) for number in range(10)]


@pytest.fixture(scope="module")
def moments() -> list[Moment]:
    return draw_issues(NOW)


def test_a_month_of_about_a_hundred_issues_that_all_lie_before_now(moments: list[Moment]) -> None:
    """In order of time; equal arguments, equal story."""
    assert draw_issues(NOW) == moments
    assert draw_issues(NOW, seed=12) != moments
    times = [each.at for each in moments]
    assert times == sorted(times)
    assert NOW - timedelta(days=33) < times[0]
    assert times[-1] <= NOW
    roots = Counter(each.channel for each in moments if each.ts == each.root and each.text)
    assert 90 <= sum(roots.values()) <= 150
    assert set(roots) == set(RULES)
    assert roots.most_common(1)[0][0] == CARE


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%a %H}")
def test_somebody_waits_at_any_hour_of_the_week(now: datetime) -> None:
    """Open, looked at and waiting on the customer; and nearly all of the month is solved."""
    story = draw_issues(now)
    entries = list(entries_of(story))
    states: Counter[str] = Counter()
    for channel, rules in RULES.items():
        board = fold(
            (it for it in entries if it.channel == channel), RuleBook(((0, rules),)), channel
        )
        states.update(str(issue.state) for issue in board.issues.values())
    assert states[State.OPEN] >= 5
    assert states[State.ACKNOWLEDGED] >= 1
    assert states[State.WAITING] >= 1
    assert states[State.DISMISSED] >= 1
    assert states[State.RESOLVED] > 0.7 * sum(states.values())


def test_everything_says_that_it_is_a_sample() -> None:
    """The channels in their topics; the addresses lead nowhere."""
    topics = {each.id: each.topic for each in rooms()}
    assert all("Sample" in topics[channel] for channel in RULES)
    for relay in RELAYS:
        assert relay.address("lena_k", "hi").split("/")[2].endswith(".example")


def test_the_relay_rules_read_what_the_social_tools_post(moments: list[Moment]) -> None:
    """Each post, whatever its layout, gives the customer and the words that made it."""
    space = workspace(moments)
    rules = [rule_of_relay(each) for each in RELAYS]
    posted = [each for each in moments if each.relay and each.what is What.SAID]
    assert {each.relay.app.name for each in posted if each.relay} == {
        "X mentions",
        "Instagram comments",
    }
    said = {each.ts: each.said for each in entries_of(moments) if each.kind is Kind.MESSAGE}
    for moment in posted:
        message = space.find_message(moment.channel, moment.ts)
        assert message is not None
        found = match(rules, message_json(space, message), moment.channel)
        assert found is not None
        extracted = found[1]
        assert (extracted.handle, extracted.text) == (moment.who, moment.text)
        planted = said[moment.ts]
        assert planted is not None
        assert (extracted.customer, extracted.url) == (planted.customer, planted.url)


def workspace(moments: list[Moment]) -> Workspace:
    slack = LocalSlack(seed=town_of(build_manifest("socket")))
    put_messages(slack.space, moments)
    return slack.space


def test_the_messages_are_there_with_their_marks(moments: list[Moment]) -> None:
    """Replies hang under their roots; Kepi's 🎫 is nowhere in sight of the partner."""
    space = workspace(moments)
    assert sum(len(each) for each in space.messages.values()) == sum(
        each.what is What.SAID for each in moments
    )
    for channel in RULES:
        for message in space.messages[channel].values():
            tickets = message.reactions.get("ticket", [])
            shown = not message.is_reply and channel != PARTNER
            assert tickets == ([KEPI] if shown else [])
            if message.is_reply:
                assert space.find_message(channel, message.thread_ts or "") is not None


def test_people_have_the_roles_that_the_story_gives_them(moments: list[Moment]) -> None:
    """Customers through relays, responders by their group, the partner from outside."""
    seen = Counter((it.channel, it.role) for it in entries_of(moments) if it.kind is Kind.MESSAGE)
    assert set(seen) == {
        (CARE, Role.RELAY_IN), (CARE, Role.RESPONDER),
        ("C0HELPIT000", Role.CUSTOMER), ("C0HELPIT000", Role.RESPONDER),
        (PARTNER, Role.CUSTOMER), (PARTNER, Role.RESPONDER),
    }  # fmt: skip
    assert {each.id for each in people() if each.is_stranger} == {
        each.who
        for each in moments
        if each.channel == PARTNER and each.ts == each.root and each.text
    }


async def test_kepi_finds_nothing_that_it_did_not_hear(
    tmp_path: Path, moments: list[Moment]
) -> None:
    """Started on the planted file, it reads the channels back and adds, changes, says nothing."""
    file = tmp_path / "demo.db"
    plant(f"sqlite:///{file}", NOW, moments)
    before = held(file)
    assert before["issue"] > 90
    offset = NOW.timestamp() - time.time()
    seed, faults = town_of(build_manifest("socket")), Faults(retry_scale=0.01)
    async with LocalSlack(seed=seed, faults=faults, clock_offset=offset) as slack:
        put_messages(slack.space, moments)
        told = slack.environment | {"DATABASE_URL": f"sqlite:///{file}"}
        settings = read_settings(told | {"KEPI_CLOCK": NOW.isoformat()})
        caught_up = asyncio.create_task(until_caught_up(file))
        async with start(settings):
            await caught_up
        assert slack.calls_of("conversations.replies")
        assert not slack.calls_of("chat.postMessage")
        assert not slack.calls_of("chat.postEphemeral")
    assert held(file) == before


async def until_caught_up(file: Path) -> None:
    """Wait until every channel was read back: nothing can have been missed until then."""
    asked_for = "SELECT channel, alive FROM desk WHERE catching_up = 0"
    planted = dict(asked(file, "SELECT channel, alive FROM desk"))
    for _ in range(300):
        alive = planted | dict(asked(file, asked_for))
        if not any(alive[channel] == planted[channel] for channel in RULES):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError


def held(file: Path) -> dict[str, Any]:
    """Return what the ledger and its projections hold."""
    counts = {
        table: asked(file, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("ledger", "issue", "wait", "spell")
    }
    states = "SELECT number, state, responded, resolved, reopens FROM issue ORDER BY number"
    return counts | {"states": asked(file, states)}


def asked(file: Path, statement: str, *values: object) -> list[Any]:
    with sqlite3.connect(file) as plain:
        return plain.execute(statement, values).fetchall()
