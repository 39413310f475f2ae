"""Rules on a number by the day, on real databases."""

from datetime import date, timedelta

import pytest

from kpis.alerts.rules import Kind
from kpis.alerts.saying import demand_sense, say_rule
from kpis.surroundings import look_around
from storage import findings
from storage.batch import AccountName
from storage.database import Database
from storage.errors import KepiError
from storage.findings import Found
from tests.alerts_engine.watched import keep, noon, rule_of, tried, verdict
from tests.drawn import fill

TODAY = date(2026, 11, 22)
SETTLED = date(2026, 11, 19)
"""Instagram's days may change for two days: on the 22nd the 19th is the last that will not."""
NOW = noon(TODAY)


def test_a_number_below_its_limit_is_told_with_the_number(database: Database) -> None:
    """One line that says what, how much, when and the limit; a chart with the days."""
    keep(database, [300, 310, 305, 84], SETTLED)
    found = verdict(database, rule_of("threshold", side="below", limit=100), NOW)
    assert found.is_firing
    assert found.title == "Likes · Instagram acme: 84 on Thu 19 Nov, below 100"
    assert found.words == "Still below 100: 84 on Thu 19 Nov."
    assert (found.good, found.began.isoformat()) == (False, "2026-11-19T00:00:00+00:00")
    assert found.facts["value"] == 84
    assert found.picture is not None
    assert [it.name for it in found.picture.guides] == ["limit 100"]
    place = found.picture.slots.index(SETTLED)
    assert found.picture.flagged == frozenset({place})
    assert found.picture.series[0].values[place] == 84


def test_good_news_is_good(database: Database) -> None:
    """More likes than hoped for is no alarm; for a KPI that should be low it would be."""
    keep(database, [300, 310, 305, 900], SETTLED)
    found = verdict(database, rule_of("threshold", side="above", limit=500), NOW)
    assert (found.is_firing, found.good) == (True, True)


def test_days_that_may_still_change_wait(database: Database) -> None:
    """84 likes yesterday may be 300 tomorrow: only a rule that says live judges them."""
    keep(database, [300, 310, 305, 290, 84], SETTLED + timedelta(days=2))
    settled = rule_of("threshold", side="below", limit=100)
    live = rule_of("threshold", side="below", limit=100, is_live=True)
    assert not verdict(database, settled, NOW).is_firing
    found = verdict(database, live, NOW)
    assert found.is_firing
    assert "Not final yet." in found.lines
    assert verdict(database, settled, NOW + timedelta(days=2)).is_firing


def test_it_is_over_with_the_day_that_is_back(database: Database) -> None:
    keep(database, [300, 84, 80, 320], SETTLED)
    found = verdict(database, rule_of("threshold", side="below", limit=100), NOW)
    assert not found.is_firing
    assert found.words == "Back above 100 since 19 Nov: 320. Lasted 2 days."
    assert found.calm is not None
    assert found.calm.isoformat() == "2026-11-19T00:00:00+00:00"


def test_what_began_before_the_rule_is_not_told(database: Database) -> None:
    """A rule made on the 20th says nothing of the 17th, nor of what has gone on since."""
    keep(database, [300, 84, 80, 82], SETTLED)
    rule = rule_of("threshold", side="below", limit=100, made=noon(date(2026, 11, 20)))
    found = verdict(database, rule, NOW)
    assert (found.is_firing, found.is_old) == (False, True)
    keep(database, [320, 70], SETTLED + timedelta(days=2))
    later = verdict(database, rule, NOW + timedelta(days=2))
    assert (later.is_firing, later.is_old, later.began.day) == (True, False, 21)


def test_something_that_goes_on_for_months_began_months_ago(database: Database) -> None:
    """However far back it takes: a rule made in between does not take it for new."""
    keep(database, [50] * 200, SETTLED)
    rule = rule_of("threshold", side="below", limit=100, made=noon(date(2026, 9, 1)))
    found = verdict(database, rule, NOW)
    assert found.is_old
    assert found.began.date() == SETTLED - timedelta(days=199)


def test_a_file_that_is_late_is_no_fall(database: Database) -> None:
    """Facebook's numbers are there, Instagram's are not yet: half the sum is no news."""
    other = AccountName("facebook", "acme")
    keep(database, [300] * 10, SETTLED - timedelta(days=1))
    keep(database, [200] * 11, SETTLED, account=other)
    below = rule_of("threshold", side="below", limit=400)
    assert not verdict(database, below, NOW).is_firing
    keep(database, [100], SETTLED)
    found = verdict(database, below, NOW)
    assert found.is_firing
    assert found.facts["value"] == 300


def test_an_account_that_is_new_is_no_rise(database: Database) -> None:
    """With TikTok since a week the sum is another one: it is not held against the old weeks."""
    keep(database, [300] * 80, SETTLED)
    keep(database, [9000] * 8, SETTLED, account=AccountName("tiktok", "acme"))
    assert not verdict(database, rule_of("anomaly"), NOW).is_firing


def test_reach_is_the_days_own_and_of_one_account(database: Database) -> None:
    """People are never added up: of two accounts there is no number to watch."""
    keep(database, [5000, 5100, 900], SETTLED, measure="reach")
    keep(database, [4000] * 3, SETTLED, measure="reach", account=AccountName("facebook", "acme"))
    one = rule_of("threshold", "reach", side="below", limit=1000, platforms=("instagram",))
    both = rule_of("threshold", "reach", side="below", limit=10_000)
    found = verdict(database, one, NOW)
    assert found.title == "Reach · Instagram acme: 900 people on Thu 19 Nov, below 1,000"
    assert not verdict(database, both, NOW).is_firing
    with database.read() as connection:
        around = look_around(database, connection, 1)
    demand_sense(one, around)
    with pytest.raises(KepiError, match="Name one account: Instagram acme, Facebook acme"):
        demand_sense(both, around)


POSTS = """
    day        | post | reach | likes | comments | shares | clicks
    -----------+------+-------+-------+----------+--------+-------
    2026-11-17 | a    |  1000 |   100 |        0 |      0 |      0
    2026-11-18 | b    |    99 |    90 |        0 |      0 |      0
    2026-11-19 | c    |   100 |    80 |        0 |      0 |      0
"""


def test_a_rate_of_few_is_not_judged(database: Database) -> None:
    """91 % of 99 people is a small sample; 80 % of 100 is news (kpi-catalogue §1)."""
    fill(database, posts=POSTS)
    rule = rule_of("threshold", "engagement-rate", side="above", limit=0.5)
    replay = tried(database, rule, NOW, 10)
    assert [it.title for it in replay.episodes] == [
        "Engagement rate by reach · Instagram acme: 80.0 % on Thu 19 Nov, above 50.0 %"
    ]


def test_a_change_is_the_answers_own(database: Database) -> None:
    """700 likes in the week after 1,400 are half; a week with two days missing tells nothing."""
    keep(database, [200] * 7 + [100] * 7, SETTLED)
    rule = rule_of("change", side="below", limit=0.3, days=7)
    found = verdict(database, rule, NOW)
    assert found.title == "Likes · Instagram acme fell 50 % in the 7 days to 19 Nov"
    assert found.lines[0] == "700, 1,400 before."
    gap = [200] * 7 + [None, None] + [100] * 5
    keep(database, list(gap), SETTLED, account=AccountName("x", "acme"))
    beside = rule_of("change", side="below", limit=0.3, days=7, platforms=("x",))
    found = verdict(database, beside, NOW)
    assert not found.is_firing


def test_no_change_is_told_from_nothing(database: Database) -> None:
    keep(database, [0] * 7 + [100] * 7, SETTLED)
    assert not verdict(database, rule_of("change", limit=0.1, days=7), NOW).is_firing


def test_what_has_no_number_any_more_is_not_known(database: Database) -> None:
    """Old numbers say nothing of today: nothing fires and nothing is over."""
    keep(database, [300, 50], SETTLED - timedelta(days=30))
    found = verdict(database, rule_of("threshold", side="below", limit=100), NOW)
    assert (found.is_firing, found.is_known) == (False, False)
    assert found.words == "Likes · Instagram acme: no number after 20 Oct to judge by."


def test_equal_rules_are_about_one_thing(database: Database) -> None:
    """One incident is open per thing: sensitivity and limit do not make it another."""
    keep(database, [300, 84], SETTLED)
    first = rule_of("threshold", side="below", limit=100)
    second = rule_of("threshold", side="below", limit=200, sensitivity="more")
    other = rule_of("threshold", side="below", limit=100, platforms=("instagram",))
    things = [verdict(database, it, NOW).thing for it in (first, second, other)]
    assert things[0] == things[1] != things[2]


SENSELESS = [
    (rule_of("threshold", "reech", side="above", limit=1), "Say which number to watch"),
    (rule_of("threshold", "hashtag-usage", side="above", limit=1), "is a table"),
    (rule_of("threshold", limit=1), "Say above or below"),
    (rule_of("change"), "Say by how much"),
    (rule_of("anomaly", "followers"), "Watch what is new"),
    (rule_of("anomaly", "open-issues"), "Give it a limit"),
    (rule_of("threshold", side="above", days=400), "1 to 90 days"),
    (rule_of("goal"), "Say which goal"),
    (rule_of("crisis", brands=(99,)), "no such brand"),
    (rule_of("silence", platforms=("youtube",)), "No account on YouTube"),
]


@pytest.mark.parametrize(("rule", "words"), SENSELESS, ids=lambda it: str(it)[:40])
def test_a_rule_without_sense_says_what_would_work(
    sqlite_database: Database, rule: object, words: str
) -> None:
    keep(sqlite_database, [300], SETTLED)
    with sqlite_database.read() as connection:
        around = look_around(sqlite_database, connection, 1)
    with pytest.raises(KepiError, match=words):
        demand_sense(rule, around)  # type: ignore[arg-type]


SAID = [
    (rule_of("threshold", side="above", limit=500), "Likes · all accounts · above 500 a day"),
    (
        rule_of("change", "engagement-rate", side="below", limit=0.02, days=7),
        "Engagement rate by reach · all accounts · falls by 2 points in 7 days",
    ),
    (
        rule_of("anomaly", platforms=("instagram",), side="above"),
        "Likes · Instagram · unusually high for the weekday, by 8 weeks",
    ),
    (rule_of("crisis"), "Negative mentions · acme · far more than usual"),
    (rule_of("silence"), "Data stop coming · all accounts"),
]


@pytest.mark.parametrize(("rule", "words"), SAID, ids=lambda it: str(it)[:40])
def test_a_rule_is_said_in_words(sqlite_database: Database, rule: object, words: str) -> None:
    keep(sqlite_database, [300], SETTLED)
    with sqlite_database.read() as connection:
        around = look_around(sqlite_database, connection, 1)
        assert say_rule(rule, around) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(("days_ago", "fires"), [(0, False), (1, True)])
@pytest.mark.parametrize("kind", ["threshold", "anomaly"])
def test_a_number_that_an_audit_holds_back_is_no_news(
    database: Database, kind: Kind, days_ago: int, fires: bool
) -> None:
    """9,000 likes in a day that cannot be; were the day before held, they would be news."""
    workspace = keep(database, [*[300, 310, 305, 290, 300, 305, 295] * 9, 9000], SETTLED)
    day = SETTLED - timedelta(days=days_ago)
    words = "Instagram acme: numbers repeat"
    found = Found("k", "made-up", None, "likes", day, day + timedelta(days=1), words, "", True)
    with database.write() as connection:
        findings.record(connection, workspace, [found], NOW)
    rule = rule_of(kind, side="above", limit=500)
    assert verdict(database, rule, NOW).is_firing is fires
