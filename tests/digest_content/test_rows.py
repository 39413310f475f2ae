"""The digest's table: which rows, what they hold, and that ``/kpi`` would say the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kpis import wording
from kpis.answers import Change, Value
from kpis.asking import Answers, ask
from kpis.numbers import write_change
from kpis.question import Scope
from storage.database import Database
from tests.digest_content.conftest import MONDAY, WEEKLY, Telling, put, settle, table_of, tell
from tests.digest_content.drawn_weeks import joined, post, posts, weeks
from tests.drawn import fill
from tests.service.issues_drawn import draw_issues, track

ACCOUNTS = """
    platform  | account   | brand     | own
    ----------+-----------+-----------+----
    instagram | acme      | Acme      | yes
    facebook  | acme      | Acme      | yes
    instagram | nordkaffe | Nordkaffe | no
"""
TWO_WEEKS = joined(
    weeks("2026-11-09", reach=(16_000, 18_900), impressions=(40_000, 42_000),
          likes=(700, 770), followers=(30_000, 30_210)),
    weeks("2026-11-09", platform="facebook", reach=(7_400, 7_104), impressions=(20_000, 21_000),
          likes=(140, 140), followers=(11_110, 11_110)),
    weeks("2026-11-09", account="nordkaffe", reach=(99_000, 99_999), impressions=(90_000, 99_000),
          likes=(999, 999), followers=(80_000, 90_000)),
)  # fmt: skip


def test_the_default_rows_tell_reach_apart_and_the_rest_together(told: Telling) -> None:
    """Reach an account, never added; impressions and followers of all own accounts; no rival."""
    report = told(rows={**TWO_WEEKS, "accounts": ACCOUNTS})
    assert table_of(report) == [
        ("Reach, Instagram", "18,900", "+18 %"),
        ("Reach, Facebook", "7,104", "−4 %"),
        ("Engagements", "910", "+8.3 %"),
        ("Followers", "41,320", "+210"),
    ]
    assert report.title == "Acme · week 47 · 16–22 Nov"
    assert [it.asks for it in report.rows] == [
        "reach instagram acme 2026-w47",
        "reach facebook acme 2026-w47",
        "engagements 2026-w47",
        "followers 2026-w47",
    ]


CHOSEN = ("reach", "impressions", "engagements", "followers", "net-followers", "likes", "shares",
          "posts", "engagement-rate", "ctr", "frequency", "follower-growth", "conversation-rate",
          "average-engagement-rate")  # fmt: skip


def test_a_row_says_what_kpi_answers_to_its_words(database: Database) -> None:
    """For every KPI that can be chosen: the same number, and the same change."""
    lines = [post("2026-11-10 10:00", 4000), post("2026-11-17 10:00", 5000)]
    put(database, {**TWO_WEEKS, "accounts": ACCOUNTS, **posts(lines)})
    for kpi in CHOSEN:
        report = tell(database, plan=replace(WEEKLY, kpis=(kpi,)))
        for row in report.rows:
            reply = ask(row.asks, database=database, workspace=report.workspace, now=MONDAY)
            assert isinstance(reply, Answers)
            (answer,) = reply.answers
            value, change = answer.main.value, answer.main.change
            assert isinstance(value, Value)
            assert row.value == (value.low if value.exact else None)
            if change is None or change.kind == "unclear":
                assert row.change == ""
            elif kpi == "followers":
                previous = answer.main.previous
                assert isinstance(previous, Value)
                difference = Change("absolute", value.low - previous.low)
                assert row.change == write_change(difference, answer.unit)
            else:
                assert row.change == wording.row(answer)[2]


def test_kpis_without_data_are_left_out_and_told_as_missing(told: Telling) -> None:
    """Saves were never brought in; X gives no reach: one is missing, the other is explained."""
    rows = weeks("2026-11-09", platform="x", impressions=(900, 1000))
    report = told(rows=rows, kpis=("saves", "reach", "impressions", "hashtag-usage"))
    assert table_of(report) == [("Impressions", "1,000", "+11 %")]
    assert report.missing == ("Saves",)
    assert report.missing_line == "Missing: Saves."
    assert "Reach: X doesn't report reach." in " ".join(report.notes)
    assert "Hashtags is a table: /kpi hashtags." in report.notes


def test_several_accounts_of_a_platform_are_told_by_their_names(told: Telling) -> None:
    """Two Instagram accounts have a row each, the larger first, with their handles."""
    rows = joined(
        weeks("2026-11-09", reach=(100, 120)),
        weeks("2026-11-09", account="acme_se", reach=(500, 490)),
    )
    assert table_of(told(rows=rows)) == [
        ("Reach, Instagram acme_se", "490", "−2 %"),
        ("Reach, Instagram acme", "120", "+20 %"),
    ]


def test_a_digest_of_one_brand_tells_nothing_of_another(told: Telling, database: Database) -> None:
    """Scope by brand: rows, title, best posts and what is missing are that brand's alone."""
    accounts = """
        platform  | account | brand | own
        ----------+---------+-------+----
        instagram | acme    | Acme  | yes
        instagram | bloom   | Bloom | yes
    """
    rows = joined(
        weeks("2026-11-09", reach=(100, 120), followers=(50, 51)),
        weeks("2026-11-09", account="bloom", reach=(500, 490), followers=(70, 71)),
    )
    lines = [post("2026-11-17 10:00", 60), post("2026-11-18 10:00", 90, account="bloom")]
    put(database, {**rows, "accounts": accounts, **posts(lines)})
    report = tell(database, scope=Scope(brands=(2,)))
    assert report.title == "Bloom · week 47 · 16–22 Nov"
    assert table_of(report)[0] == ("Reach, Instagram", "490", "−2 %")
    assert ("Followers", "71", "+1") in table_of(report)
    assert [it.words for it in report.best] == ["90 reached."]


def test_reach_without_the_weeks_own_count_is_a_range_and_never_a_sum(told: Telling) -> None:
    """Seven days of 100 people are 100 to 700; the row says “at least” and why."""
    days = "day | platform | reach\n---+---+---\n" + "\n".join(
        f"2026-11-{day:02} | instagram | 100" for day in range(9, 23)
    )
    report = told(rows={"days": days})
    assert table_of(report) == [("Reach, Instagram", "at least 100", "")]
    assert report.rows[0].value is None
    assert report.published == ()
    assert "A range where the platform gave no 7-day count" in " ".join(report.notes)


def test_no_change_is_told_across_a_definition_break(told: Telling) -> None:
    """Facebook's views of 15 November 2025 are no rise of its impressions."""
    rows = weeks("2025-11-03", platform="facebook", impressions=(1000, 5000, 5000))
    report = told("2025-W46", rows=rows, now=datetime(2025, 11, 17, 9, tzinfo=UTC))
    (row,) = [it for it in report.rows if it.name == "Impressions"]
    assert (row.shown, row.change) == ("5,000", "")
    assert "no change told" in row.note.lower()
    assert any("no change is told across it" in it for it in report.notes)
    assert "rose" not in report.headline


def test_no_change_is_told_against_a_badly_covered_week(told: Telling) -> None:
    """Two of seven days before are no base for a percentage."""
    days = "day | platform | impressions\n---+---+---\n" + "\n".join(
        f"2026-11-{day} | instagram | 100" for day in (*range(14, 16), *range(16, 23))
    )
    report = told(rows={"days": days})
    assert table_of(report) == [("Impressions", "700", "")]
    assert "No change told of Impressions: too few days of one week." in report.notes


def test_no_change_is_told_where_one_account_of_several_lacks_days(told: Telling) -> None:
    """TikTok lacks three of seven days, the others none: 39 of 42 days, and 100 a day as ever.

    The row says why it has no change, and the headline does not call it steady.
    """
    days = "day | platform | impressions\n---+---+---\n" + "\n".join(
        f"2026-11-{day:02} | {name} | 100"
        for name in ("instagram", "facebook", "x", "linkedin", "youtube", "tiktok")
        for day in range(9, 23)
        if not (name == "tiktok" and 11 <= day <= 13)
    )
    report = told(rows={"days": days})
    assert table_of(report)[0] == ("Impressions", "4,200", "")
    assert "No change told of Impressions: too few days of one week." in report.notes
    assert "nothing moved" not in report.headline


@pytest.mark.parametrize(
    ("cadence", "key", "title", "value"),
    [
        ("daily", "2026-11-22", "acme · Sun 22 Nov", "100"),
        ("monthly", "2026-11", "acme · November 2026", "3,000"),
        ("quarterly", "2026-Q4", "acme · Q4 2026", "9,200"),
    ],
)
def test_every_cadence_tells_its_own_period(
    told: Telling, cadence: str, key: str, title: str, value: str
) -> None:
    """A hundred views a day: a day, a month of thirty, a quarter of ninety-two."""
    first = datetime(2026, 7, 1, tzinfo=UTC)
    days = "day | platform | impressions\n---+---+---\n" + "\n".join(
        f"{first + timedelta(days=number):%Y-%m-%d} | instagram | 100" for number in range(184)
    )
    now = datetime(2027, 1, 1, 9, tzinfo=UTC) if cadence != "daily" else MONDAY
    report = told(key, rows={"days": days}, cadence=cadence, now=now)
    assert report.title == title
    assert table_of(report)[0][:2] == ("Impressions", value)


def test_weeks_that_begin_on_sunday_hold_sunday(told: Telling, database: Database) -> None:
    """Week 47 is then 15–21 November: the count of that Sunday belongs to it."""
    days = "day | platform | impressions\n---+---+---\n" + "\n".join(
        f"2026-11-{day:02} | instagram | {1000 if day == 15 else 100}" for day in range(8, 23)
    )
    fill(database, days=days)
    settle(database, week_start="sunday")
    report = tell(database)
    assert report.title == "acme · week 47 · 15–21 Nov"
    assert table_of(report)[0][:2] == ("Impressions", "1,600")


def test_posts_are_cut_into_the_weeks_of_the_workspaces_zone(database: Database) -> None:
    """Sunday 23:30 in Los Angeles is Monday in UTC and still that week's; DST ended on 1 Nov."""
    lines = [post("2026-11-02 07:30", 100), post("2026-11-02 08:30", 900)]
    watched = "start | end | platform\n---+---+---\n2026-10-19 | 2026-11-08 | instagram"
    put(database, {**posts(lines), "watched": watched})
    settle(database, zone="America/Los_Angeles")
    report = tell(database, "2026-W44", kpis=("posts",), now=datetime(2026, 11, 2, 17, tzinfo=UTC))
    assert table_of(report) == [("Posts", "1", "+1")]
    assert [it.words for it in report.best] == ["100 reached."]


def test_a_channel_ahead_of_the_workspace_is_told_its_whole_week(told: Telling) -> None:
    """Monday 09:00 in Auckland is Sunday in UTC: Sunday's numbers still belong to the week."""
    rows = weeks("2026-11-09", impressions=(700, 1400))
    now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    report = told(rows=rows, now=now, zone="Pacific/Auckland")
    assert table_of(report)[0] == ("Impressions", "1,400", "+100 %")
    assert "as of 23 Nov 09:00, Auckland time" in report.footnote


def test_an_empty_workspace_says_what_to_do(told: Telling) -> None:
    """No account, no data: one line, and nothing else is claimed."""
    report = told()
    assert report.headline == (
        "No accounts yet. Drop an export in our direct message and I'll make one."
    )
    assert (report.rows, report.steps, report.best, report.published) == ((), (), (), ())
    assert report.picture is None


def test_collecting_twice_gives_equal_reports(told: Telling, database: Database) -> None:
    """Nothing of it depends on the order of reading, on a cache or on chance."""
    lines = [post(f"2026-11-{day} 1{day % 10}:00", 100 * day) for day in range(10, 23)]
    first = told(rows={**TWO_WEEKS, "accounts": ACCOUNTS, **posts(lines)})
    again = tell(database)
    assert again == first


def test_a_digest_whose_accounts_are_gone_says_so(told: Telling) -> None:
    """It was set up for X; there is only Instagram now."""
    report = told(rows=weeks("2026-11-09", likes=(70, 77)), scope=Scope(platforms=("x",)))
    assert report.headline.startswith("The accounts of this digest are no longer here.")


def test_kpis_of_customers_may_be_rows(database: Database) -> None:
    """A median with its number; fewer than five answers are listed; what is off says so."""
    track(database, {"C1": "care", "C2": "shop"})
    head = "channel | opened | answered\n---+---+---\n"
    before = "".join(f"C1 | 2026-11-{day:02} 09:00 | +60 min\n" for day in range(9, 14))
    now = "".join(f"C1 | 2026-11-{day} 09:00 | +45 min\n" for day in range(16, 21))
    draw_issues(database, head + before + now + "C2 | 2026-11-21 09:00 |\n")
    kpis = ("first-response-time", "issues", "csat")
    report = tell(database, kpis=kpis)
    assert table_of(report) == [
        ("First response time", "45 min", "−25 %"),
        ("Issues", "6", "+20 %"),
    ]
    assert report.rows[0].asks == "first response time 2026-w47"
    assert any(
        it.startswith("Customer satisfaction: Customer ratings are off") for it in report.notes
    )
    assert report.published == ()
    few = tell(database, kpis=kpis, hidden=frozenset({"C1"}))
    assert table_of(few) == [("Issues", "1", "")]


def test_times_of_a_few_are_listed(database: Database) -> None:
    """Two answers have no median."""
    track(database)
    draw_issues(
        database,
        "opened | answered\n---+---\n2026-11-17 09:00 | +10 min\n2026-11-18 09:00 | +3 h",
    )
    report = tell(database, kpis=("first-response-time",))
    assert table_of(report) == [("First response time", "10 min and 3 h 00 m", "")]
