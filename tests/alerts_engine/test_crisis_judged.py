"""A crisis from its first mention to its end, on real databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.alerts.rules import Rule
from storage.accounts import add_account
from storage.batch import MentionRow
from storage.database import Database
from storage.imports import undo
from tests.alerts_engine.crowd import hear, say, settle
from tests.alerts_engine.watched import rule_of, tried, verdict

MONDAY = datetime(2026, 11, 23, 15, 10, tzinfo=UTC)
WEEK, HOUR, MINUTE = timedelta(weeks=1), timedelta(hours=1), timedelta(minutes=1)


def usual_weeks() -> list[MentionRow]:
    """Return nine weeks with four negative of 22 on Monday afternoons, and quiet days."""
    rows = []
    for week in range(1, 10):
        afternoon = MONDAY - week * WEEK - 2 * HOUR
        rows += say(afternoon, 4, apart=10 * MINUTE)
        rows += say(afternoon, 18, sentiment="neutral", apart=MINUTE)
        rows += say(afternoon - timedelta(days=2), 18, sentiment="positive", apart=MINUTE)
    return rows


def a_wave() -> list[MentionRow]:
    """Return 23 negative mentions in three hours, 14 of them about delivery, and 15 others."""
    start = MONDAY - 3 * HOUR + MINUTE
    return [
        *say(start, 14, topic="delivery", apart=12 * MINUTE),
        *say(start, 9, topic="price", platform="instagram", apart=19 * MINUTE),
        *say(start, 15, sentiment="neutral", apart=10 * MINUTE),
    ]


@pytest.fixture
def town(database: Database) -> Database:
    settle(database)
    hear(database, usual_weeks(), MONDAY - timedelta(days=1))
    return database


def test_it_reads_like_the_first_message_of_a_crisis(town: Database) -> None:
    """How many, what is usual of these hours, the share, what about, since when and where."""
    hear(town, a_wave(), MONDAY)
    found = verdict(town, rule_of("crisis"), MONDAY)
    assert found.is_firing
    assert not found.good
    assert found.title == "23 negative mentions in 3 hours"
    assert found.lines == (
        "Usual for Monday 12:10–15:10: 4. Negative share 61 %, usual 11 %. 14 are about delivery.",
    )
    assert found.words == "Still high: 23."
    assert found.footnote == "Since 13:12 · X, Instagram"
    assert found.thing == "crisis|1"
    assert found.picture is not None
    assert found.picture.series[0].values[-1] == 23
    assert 23 in found.picture.flagged
    assert len(found.picture.categories) == 24


def test_before_the_tenth_there_is_nothing(town: Database) -> None:
    hear(town, say(MONDAY - HOUR, 9), MONDAY)
    found = verdict(town, rule_of("crisis"), MONDAY)
    assert (found.is_firing, found.is_known) == (False, True)
    assert found.words == "9 negative mentions in 3 hours, as usual."
    hear(town, say(MONDAY, 1), MONDAY)
    assert verdict(town, rule_of("crisis"), MONDAY).is_firing


def test_six_calm_hours_close_it_and_its_story_is_told(town: Database) -> None:
    """Normal since the wave has left the 3 hours; open for 6 hours more, in case it comes again."""
    hear(town, a_wave(), MONDAY)
    began = verdict(town, rule_of("crisis"), MONDAY).began
    calm = verdict(town, rule_of("crisis"), MONDAY + 4 * HOUR)
    assert calm.is_firing
    assert calm.began == began
    assert calm.calm is not None
    assert calm.words.startswith("Normal since ")
    assert calm.words.endswith(" 23 mentions.")
    minutes = (calm.calm - began) // MINUTE
    assert f"Lasted {minutes // 60} h {minutes % 60} min" in calm.words
    last = verdict(town, rule_of("crisis"), calm.calm + 6 * HOUR - 2 * MINUTE)
    closed = verdict(town, rule_of("crisis"), calm.calm + 6 * HOUR)
    assert (last.is_firing, closed.is_firing) == (True, False)
    assert closed.words == calm.words


def test_a_second_wave_within_the_calm_is_the_same_crisis(town: Database) -> None:
    hear(town, a_wave(), MONDAY)
    began = verdict(town, rule_of("crisis"), MONDAY).began
    again = MONDAY + 7 * HOUR
    hear(town, say(again - HOUR, 20, apart=MINUTE), again)
    found = verdict(town, rule_of("crisis"), again)
    assert (found.is_firing, found.began, found.facts["total"]) == (True, began, 43)


def test_competitors_have_their_own(town: Database) -> None:
    """A wave against Nordkaffe is no crisis of ours, and one of theirs where a rule watches it."""
    hear(town, [replace_brand(it) for it in a_wave()], MONDAY)
    assert not verdict(town, rule_of("crisis"), MONDAY).is_firing
    theirs = verdict(town, rule_of("crisis", brands=(2,)), MONDAY)
    assert (theirs.is_firing, theirs.thing) == (True, "crisis|2")
    assert theirs.footnote.endswith("X, Instagram · Nordkaffe")


def replace_brand(row: MentionRow) -> MentionRow:
    return row._replace(brand="Nordkaffe")


def test_what_began_before_the_rule_is_not_told(town: Database) -> None:
    hear(town, a_wave(), MONDAY)
    rule = rule_of("crisis", made=MONDAY - 5 * MINUTE)
    found = verdict(town, rule, MONDAY)
    assert (found.is_firing, found.is_old) == (False, True)


def test_a_file_that_comes_a_day_late_is_told_all_the_same(town: Database) -> None:
    """For six hours from the file on; what is more than two days old is history."""
    found = MONDAY + timedelta(hours=20)
    hear(town, a_wave(), found)
    assert verdict(town, rule_of("crisis"), found).is_firing
    assert not verdict(town, rule_of("crisis"), found + 6 * HOUR + MINUTE).is_firing
    older = MONDAY + timedelta(days=3)
    hear(town, say(MONDAY - HOUR, 3), older)
    assert not verdict(town, rule_of("crisis"), older).is_firing


def test_more_of_it_later_does_not_open_it_again(town: Database) -> None:
    """The night's file brings thirty more of the afternoon: it was told, and it is over."""
    hear(town, a_wave(), MONDAY)
    night = MONDAY + 12 * HOUR
    hear(town, say(MONDAY - HOUR, 30), night)
    assert not verdict(town, rule_of("crisis"), night).is_firing


def test_taken_back_it_never_was(town: Database) -> None:
    stored = hear(town, a_wave(), MONDAY)
    assert stored.id is not None
    undo(town, 1, stored.id, MONDAY)
    assert not verdict(town, rule_of("crisis"), MONDAY).is_firing


def test_without_mentions_nothing_can_be_judged(sqlite_database: Database) -> None:
    settle(sqlite_database)
    found = verdict(sqlite_database, rule_of("crisis"), MONDAY)
    assert (found.is_firing, found.is_known) == (False, False)
    assert "Import a file of them" in found.words
    assert tried(sqlite_database, rule_of("crisis"), MONDAY).days == 0


def test_two_own_brands_are_watched_together_unless_one_is_named(
    sqlite_database: Database,
) -> None:
    settle(sqlite_database)
    with sqlite_database.write() as connection:
        add_account(connection, 1, "x", "beta", "Beta")
    rows = [*usual_weeks(), *say(MONDAY - HOUR, 6), *say(MONDAY - HOUR, 6, brand="Beta")]
    hear(sqlite_database, rows, MONDAY)
    both = verdict(sqlite_database, rule_of("crisis"), MONDAY)
    assert (both.is_firing, both.facts["value"]) == (True, 12)
    assert "Acme and Beta" in both.footnote
    assert not verdict(sqlite_database, rule_of("crisis", brands=(1,)), MONDAY).is_firing


def test_history_is_what_judging_every_ten_minutes_would_have_found(
    sqlite_database: Database,
) -> None:
    """The try-out's episodes are those that judging through the days opens and closes."""
    settle(sqlite_database)
    first = MONDAY - timedelta(days=2)
    waves = [*say(first, 12), *say(first + 5 * HOUR, 15), *say(MONDAY - 9 * HOUR, 30)]
    hear(sqlite_database, [*usual_weeks(), *waves], first - timedelta(days=1))
    rule = rule_of("crisis", cool_hours=0)
    found = tried(sqlite_database, rule, MONDAY, 5)
    at, opened, is_open = MONDAY - timedelta(days=3), [], False
    while at <= MONDAY:
        now = verdict(sqlite_database, rule, at)
        if now.is_firing and not is_open:
            opened.append(now.began)
        is_open = now.is_firing
        at += 10 * MINUTE
    assert [it.began for it in found.episodes] == opened
    assert found.words == "Would have fired twice in 5 days: 21 Nov, 23 Nov."
    assert found.picture is not None
    assert len(found.picture.flagged) == 2


MOMENTS = st.lists(
    st.tuples(st.integers(-100_000, 300), st.sampled_from(["negative", "positive", "", "neutral"])),
    max_size=40,
)


@settings(max_examples=10, deadline=None)
@given(MOMENTS, st.sampled_from(["fewer", "as now", "more"]))
def test_no_mentions_break_it(said: list[tuple[int, str]], sensitivity: str) -> None:
    """Whatever was said and when: there is a verdict, with words and what is known."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from tests import databases

    rule: Rule = replace(rule_of("crisis", sensitivity=sensitivity))
    with TemporaryDirectory() as folder, databases.fresh("sqlite", Path(folder)) as database:
        settle(database)
        rows = [it for ago, mood in said for it in say(MONDAY + ago * MINUTE, 1, sentiment=mood)]
        if rows:
            hear(database, rows, MONDAY)
        found = verdict(database, rule, MONDAY)
        assert found.words
        assert found.is_known == bool(said)
