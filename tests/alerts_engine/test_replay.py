"""A rule tried on history says what it would have done: the very days that judging would find."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from kpis.alerts.marks import LONGEST_GAP
from kpis.alerts.rules import Rule
from kpis.alerts.trials import keep_cool
from kpis.alerts.verdict import Episode
from storage.database import Database
from tests.alerts_engine.watched import keep, noon, rule_of, tried, verdict
from tests.drawn import table

LAST = date(2026, 11, 19)
TODAY = date(2026, 11, 22)
NOW = noon(TODAY)


def test_it_says_how_often_when_and_how_long(database: Database) -> None:
    """“Would have fired 3 times in 90 days: 4 Oct, 19 Oct (lasted 2 days), 11 Nov.”"""
    values = [300] * 90
    for day in (date(2026, 10, 4), date(2026, 10, 19), date(2026, 10, 20), date(2026, 11, 11)):
        values[89 - (LAST - day).days] = 40
    keep(database, values, LAST)
    found = tried(database, rule_of("threshold", side="below", limit=100), NOW)
    assert found.words == (
        "Would have fired 3 times in 88 days: 4 Oct, 19 Oct (lasted 2 days), 11 Nov."
    )
    assert found.counts == {"fewer": 3, "as now": 3, "more": 3}
    assert found.refusal == ""
    assert found.picture is not None
    assert len(found.picture.flagged) == 4


def test_all_three_sensitivities_are_counted_at_once(database: Database) -> None:
    """At 74 of 100 *fewer* says nothing yet; at 110 only *more* does."""
    values = [300] * 90
    values[20], values[40], values[60] = 60, 90, 110
    keep(database, values, LAST)
    found = tried(database, rule_of("threshold", side="below", limit=100), NOW)
    assert found.counts == {"fewer": 1, "as now": 2, "more": 3}


WORDS = """
    values                  | words
    ------------------------+----------------------------------------------------
    300 300 300 300         | Would not have fired in 4 days.
    300 300 300 50          | Would have fired once in 4 days: 19 Nov (still).
    50 300 300 50           | Would have fired twice in 4 days: 16 Nov, 19 Nov (still).
"""


@pytest.mark.parametrize("row", table(WORDS), ids=lambda row: row["values"])
def test_a_short_history_is_said_to_be_short(
    row: dict[str, str], sqlite_database: Database
) -> None:
    keep(sqlite_database, [int(it) for it in row["values"].split()], LAST)
    rule = rule_of("threshold", side="below", limit=100)
    assert tried(sqlite_database, rule, NOW).words == row["words"]


def test_a_rule_that_would_fire_daily_is_refused_with_what_would_work(database: Database) -> None:
    """Above 100 with 300 a day is no news: it names a limit that is passed now and then."""
    dice = Random(5)
    values = [300 + dice.randrange(40) for _ in range(90)]
    for day in (10, 30, 31, 70):
        values[day] = 520
    keep(database, values, LAST)
    found = tried(database, rule_of("threshold", side="above", limit=100), NOW)
    assert found.refusal == (
        "It would have held on 88 of 88 days, which nobody reads. "
        "Above 340 would have fired 3 times."
    )
    offered = tried(database, rule_of("threshold", side="above", limit=340), NOW)
    assert (len(offered.episodes), offered.refusal) == (3, "")


def test_one_day_in_three_is_the_most(sqlite_database: Database) -> None:
    """Thirty of ninety days may fire; more than that is refused."""
    every_third = [50 if day % 3 == 0 else 300 for day in range(90)]
    keep(sqlite_database, list(every_third), LAST + timedelta(days=2))
    rule = rule_of("threshold", side="below", limit=100, is_live=True)
    assert tried(sqlite_database, rule, NOW).refusal == ""
    keep(sqlite_database, [50], LAST + timedelta(days=1))
    assert tried(sqlite_database, rule, NOW).refusal.startswith("It would have held on 31 of 90")


def test_where_fewer_would_work_it_is_named(sqlite_database: Database) -> None:
    dice = Random(3)
    values = [dice.choice((85, 85, 200, 60 if day % 30 == 0 else 85)) for day in range(90)]
    keep(sqlite_database, values, LAST)
    found = tried(sqlite_database, rule_of("threshold", side="below", limit=100), NOW)
    assert "“Fewer alerts” would" in found.refusal


def test_without_any_number_the_rule_is_refused(sqlite_database: Database) -> None:
    keep(sqlite_database, [300], LAST)
    found = tried(sqlite_database, rule_of("threshold", "comments", side="above", limit=1), NOW)
    assert found.refusal.startswith("There are no numbers of Comments")


def test_an_unusual_day_needs_weeks_to_be_told_from(sqlite_database: Database) -> None:
    """Three weeks of numbers are kept, but there is nothing to try the rule on yet."""
    keep(sqlite_database, [300] * 21, LAST)
    found = tried(sqlite_database, rule_of("anomaly"), NOW)
    assert (found.refusal, found.days) == ("", 0)
    assert found.words.startswith("There is no history to try it on.")


COOL = """
    began | ended | cool-down | told
    ------+-------+-----------+------
    1     | 3     | 24        | yes
    3     | 4     | 24        | no
    4     | 9     | 24        | yes
    20    |       | 24        | yes
"""


def test_the_cool_down_is_kept() -> None:
    """What comes again within a day of its end opens nothing, unless it outlasts that day."""
    start = noon(date(2026, 10, 1))
    episodes = [
        Episode(
            start + timedelta(days=int(row["began"])),
            start + timedelta(days=int(row["ended"])) if row["ended"] else None,
            row["told"],
        )
        for row in table(COOL)
    ]
    kept = keep_cool(episodes, timedelta(hours=24))
    assert [it.title for it in kept] == ["yes", "yes", "yes"]
    assert [it.began.day for it in keep_cool(episodes, timedelta(hours=48))] == [2, 5, 21]
    assert len(keep_cool(episodes, timedelta())) == 4


RULES = [
    rule_of("threshold", side="above", limit=105),
    rule_of("threshold", side="below", limit=30, sensitivity="more"),
    rule_of("threshold", side="below", limit=90, days=3),
    rule_of("anomaly"),
    rule_of("anomaly", side="below", sensitivity="more"),
    rule_of("change", side="both", limit=0.5),
]


def wild(seed: int) -> list[int | None]:
    """Return 110 days with gaps, jumps, flat stretches and numbers near the limits."""
    dice = Random(seed)
    kinds: list[Callable[[], int | None]] = [
        lambda: dice.randrange(60),
        lambda: dice.randrange(80, 120),
        lambda: dice.randrange(96, 110),
        lambda: None,
        lambda: 200,
    ]
    values: list[int | None] = []
    while len(values) < 110:
        kind = dice.choices(kinds, (2, 4, 3, 1, 1))[0]
        values += [kind() for _ in range(dice.randrange(1, 8))]
    return values[:110]


@pytest.mark.parametrize("rule", RULES, ids=lambda it: f"{it.kind} {it.settings.side}")
def test_it_is_what_judging_day_by_day_would_have_done(
    rule: Rule, sqlite_database: Database
) -> None:
    """The days that fired in the try-out are the days on which the rule, judged then, fired.

    Each day is judged at the moment at which it had settled. The numbers are as they are known
    today: that is the one thing that a try-out cannot know better.
    """
    fired = 0
    for seed, kpi in enumerate(("likes", "comments", "shares")):
        keep(sqlite_database, wild(seed), LAST, measure=kpi)
        watched = replace(rule, kpi=kpi)
        found = tried(sqlite_database, watched, NOW, 40)
        assert found.picture is not None
        told = {found.picture.slots[it] for it in found.picture.flagged}
        # What goes on over the first of the days began before them, as judging then knew.
        first = TODAY - timedelta(days=40) + LONGEST_GAP
        assert {it for it in told if it > first} == {
            it for it in judged_days(sqlite_database, watched) if it > first
        }
        fired += len(told)
    assert fired


def judged_days(database: Database, rule: Rule) -> set[date]:
    """Return the days on which a rule fired, judged on each of forty days."""
    found = set()
    for ago in range(40):
        then = verdict(database, rule, NOW - timedelta(days=ago))
        if then.is_known and then.is_firing:
            found.add(date.fromisoformat(str(then.facts["day"])))
    return found
