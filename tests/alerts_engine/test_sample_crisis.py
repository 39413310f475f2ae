"""The demo's mentions: a usual week, one old surge, and a crisis when somebody asks for one."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.page_acts import act
from bot.playground.planting import let_crisis_break_out, let_numbers_come, plant
from bot.playground.sample_mentions import NEGATIVE, draw_mentions, past_mentions
from storage.database import Database
from tests.alerts_engine.watched import rule_of, tried, verdict

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    plant(f"sqlite:///{file}", NOW)
    return f"sqlite:///{file}"


@pytest.fixture
def demo(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def test_ten_weeks_of_three_brands_with_a_usual_week() -> None:
    """All platforms and sentiments; livelier on Monday than on Saturday, by day than by night."""
    rows = past_mentions(NOW.date()).mentions
    assert {it.brand for it in rows} == {"Acme", "Nordkaffe", "Bluebird"}
    assert {it.platform for it in rows} == {"x", "instagram", "facebook", "tiktok"}
    assert {it.sentiment for it in rows} == {"positive", "neutral", "negative", ""}
    days = Counter(it.at.weekday() for it in rows)
    assert days[0] > 1.2 * days[5]
    assert sum(it.at.hour == 12 for it in rows) > 4 * sum(it.at.hour == 3 for it in rows)
    assert (max(it.at for it in rows).date(), min(it.at for it in rows).date()) == (
        date(2026, 11, 22),
        date(2026, 9, 14),
    )


def test_days_that_come_later_are_the_same_whenever_they_come() -> None:
    """The file that a jump brings holds each day once, so that a second one adds nothing."""
    began = NOW.date()
    week = draw_mentions(began, began, began + timedelta(days=7)).mentions
    first = draw_mentions(began, began, began + timedelta(days=3)).mentions
    assert week[: len(first)] == first


def test_an_older_surge_is_there_to_try_a_rule_on(demo: Database) -> None:
    found = tried(demo, rule_of("crisis"), NOW)
    assert found.words == "Would have fired once in 70 days: 21 Oct."
    assert not verdict(demo, rule_of("crisis"), NOW).is_firing


async def test_a_crisis_breaks_out_and_calms_as_time_passes(url: str, demo: Database) -> None:
    """Pressed in the page it is in the bot's database; nine hours later it is closed."""
    slack = LocalSlack()
    mia = slack.person("mia")
    refused = await act(mia, {"do": "crisis"})
    assert refused == {
        "ok": False,
        "error": "There is no sample here in which a crisis could break out.",
    }
    slack.space.crisis = lambda _: let_crisis_break_out(url, NOW)
    assert await act(mia, {"do": "crisis"}) == {"ok": True}
    found = verdict(demo, rule_of("crisis"), NOW)
    assert (found.is_firing, found.facts["value"]) == (True, NEGATIVE)
    assert "about delivery" in found.lines[0]
    let_numbers_come(url, NOW, NOW + 10 * HOUR)
    assert verdict(demo, rule_of("crisis"), NOW + 5 * HOUR).is_firing
    over = verdict(demo, rule_of("crisis"), NOW + 10 * HOUR)
    assert not over.is_firing
    assert over.words.startswith("Normal since 16:")
    assert over.facts["total"] >= NEGATIVE


def test_a_crisis_is_in_nobody_elses_numbers(demo: Database) -> None:
    """It is of our brand alone."""
    assert not verdict(demo, rule_of("crisis", brands=(2,)), NOW).is_firing
