"""The rules that hold for every KPI (kpi-catalogue §1)."""

from datetime import UTC, date, datetime

import pytest

from kpis import wording
from storage.database import Database
from storage.workspaces import change_setting
from tests.drawn import fill
from tests.spec.conftest import NOW

LIKES = """
    day        | platform  | likes | impressions | clicks
    -----------+-----------+-------+-------------+-------
    2026-11-18 | instagram |    10 |         100 |      5
    2026-11-19 | instagram |    20 |         200 |      5
    2026-11-20 | instagram |    30 |         300 |
    2026-11-21 | instagram |    40 |           0 |      0
"""


def test_no_rows_is_no_data_and_names_what_is_held(asked):
    answer = asked("likes 1 oct to 5 oct", days=LIKES)
    assert wording.headline(answer) == ("No Instagram acme data for 1–5 Oct; I have 18–21 Nov.")
    assert answer.hints[0] == ("November 2026", answer.hints[0][1])


def test_a_zero_that_a_row_says_is_zero(asked):
    assert asked("impressions yesterday", days=LIKES).main.value.low == 0


def test_a_division_by_zero_is_not_defined_and_never_zero(asked):
    answer = asked("click through rate yesterday", days=LIKES)
    assert wording.headline(answer) == "not defined: no impressions in this window"


def test_a_ratio_pairs_its_rows(asked):
    """Clicks of 18 and 19 November only: 10 ÷ 300; the 20th has no clicks and is left out."""
    answer = asked("click through rate 18 nov to 20 nov", days=LIKES)
    assert answer.main.value.low == 10 / 300
    assert answer.coverage.left_out == 1


def test_missing_days_are_counted_and_named(asked):
    answer = asked("likes 16 nov to 21 nov", days=LIKES)
    assert "4 of 6 days" in wording.footnote(answer)
    assert answer.coverage.missing == (date(2026, 11, 16), date(2026, 11, 17))


def test_the_last_days_are_not_final_yet(asked):
    """Instagram settles in two days: of 18–21 November, asked on the 22nd, two may change."""
    answer = asked("likes 18 nov to 21 nov", days=LIKES)
    assert "4 of 4 days, last 2 not final yet" in wording.footnote(answer)
    assert [it.provisional for it in answer.main.series] == [False, False, True, True]


def test_a_change_needs_a_baseline_that_is_covered(asked):
    """18–21 November against 14–17: with one day of four there is no change; with four there is."""
    few = LIKES + "    2026-11-17 | instagram |    50 |           1 |      1\n"
    assert asked("likes 18 nov to 21 nov", days=few).main.change is None
    rows = "".join(
        f"    2026-11-{day} | instagram |    20 |   1 |   1\n" for day in (14, 15, 16, 17)
    )
    answer = asked("likes 18 nov to 21 nov", days=LIKES + rows)
    assert wording.headline(answer) == "100, +25 % (80 before)"


def test_a_change_against_zero_is_told_as_a_difference(asked):
    days = """
        day        | likes
        -----------+------
        2026-11-20 |     0
        2026-11-21 |     7
    """
    assert wording.headline(asked("likes yesterday", days=days)) == "7, +7 (0 before)"


def test_shares_change_in_points(asked):
    """2 % against 1 % is +1 point, not +100 %."""
    days = """
        day        | impressions | clicks
        -----------+-------------+-------
        2026-11-20 |         100 |      1
        2026-11-21 |         100 |      2
    """
    answer = asked("click through rate yesterday", days=days)
    assert wording.headline(answer) == "2.00 %, +1.0 pt (1.00 % before)"


def test_no_change_is_told_across_a_definition_break(asked):
    """Instagram counts views since 21 April 2025: 100 against 300 is not −67 %."""
    days = """
        day        | platform  | impressions
        -----------+-----------+------------
        2025-04-15 | instagram |         300
        2025-04-25 | instagram |         100
    """
    answer = asked("impressions 21 apr 2025 to 30 apr 2025", days=days)
    assert answer.main.change.kind == "unclear"
    assert "Instagram" in answer.main.change.words
    assert answer.marks[0].day == date(2025, 4, 21)


def test_counts_are_grouped_and_rates_rounded(asked):
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    | 86000 | 10067 |        0 |      0 |      0
    """
    assert wording.headline(asked("likes 2026-11", posts=posts)) == "10,067"
    assert wording.headline(asked("engagement rate 2026-11", posts=posts)) == "11.7 %"


def test_a_rate_of_fewer_than_a_hundred_people_is_a_small_sample(asked):
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |    99 |    10 |        0 |      0 |      0
    """
    assert "small sample" in wording.footnote(asked("engagement rate 2026-11", posts=posts))
    more = posts.replace("   99 ", "  100 ")
    assert "small sample" not in wording.footnote(asked("engagement rate 2026-11", posts=more))


def test_competitors_are_left_out_unless_named(asked):
    """Nordkaffe's 5,000 likes are theirs."""
    days = """
        day        | platform  | account   | brand     | own | likes
        -----------+-----------+-----------+-----------+-----+------
        2026-11-20 | instagram | acme      | Acme      | yes |    30
        2026-11-20 | instagram | nordkaffe | Nordkaffe | no  |  5000
    """
    assert asked("likes 20 nov", days=days).main.value.low == 30
    assert asked("likes nordkaffe 20 nov", days=days).main.value.low == 5000
    answer = asked("likes 20 nov vs nordkaffe", days=days)
    assert (answer.main.value.low, answer.main.previous.low) == (30, 5000)


def test_competitors_are_left_out_of_the_rollup_too(database: Database, asked):
    """With more accounts than lines the answer comes from the rollup: own ones only."""
    rows = "".join(
        f"    2026-11-20 | instagram | a{n} | {'Acme' if n < 15 else 'Rival'}"
        f" | {'yes' if n < 15 else 'no'} | {n + 1}\n"
        for n in range(20)
    )
    days = (
        "    day        | platform  | account | brand | own | likes\n"
        "    -----------+-----------+---------+-------+-----+------\n" + rows
    )
    answer = asked("likes 20 nov", days=days)
    assert answer.main.value.low == sum(range(1, 16))
    assert len(answer.lines) == 1


@pytest.mark.parametrize("accounts", [3, 15])
def test_a_ratio_of_the_rollup_pairs_accounts_and_not_only_counts(asked, accounts: int):
    """One account gave clicks only and another impressions only: equal counts prove no pair.

    Account 0 has clicks without impressions, account 1 impressions without clicks, the others
    have 1 click in 10 impressions: 10 %, whichever table answers.
    """
    rows = "".join(
        f"    2026-11-20 | instagram | a{n} | Acme | {impressions} | {clicks}\n"
        for n in range(accounts)
        for impressions, clicks in [("" if n == 0 else 10, "" if n == 1 else 1)]
    )
    days = (
        "    day        | platform  | account | brand | impressions | clicks\n"
        "    -----------+-----------+---------+-------+-------------+-------\n" + rows
    )
    assert asked("click through rate 20 nov", days=days).main.value.low == 0.1


def test_posts_are_cut_in_the_workspace_s_zone(database: Database, asked):
    """23:30 UTC on 20 November is the 21st in Stockholm."""
    posts = """
        published        | post | likes
        -----------------+------+------
        2026-11-20 23:30 | a    |     7
    """
    workspace = fill(database, posts=posts)
    assert asked("likes 20 nov", posts=posts).main.value.low == 7
    with database.write() as connection:
        change_setting(connection, workspace, "zone", "Europe/Stockholm")
    assert asked("likes 21 nov").main.value.low == 7


def test_a_local_day_has_25_hours_when_the_clocks_go_back(database: Database, asked):
    """25 October 2026 in Stockholm runs from 22:00 UTC the day before to 23:00 UTC."""
    posts = """
        published        | post | likes
        -----------------+------+------
        2026-10-24 21:59 | a    |     1
        2026-10-24 22:00 | b    |    10
        2026-10-25 22:59 | c    |   100
        2026-10-25 23:00 | d    |  1000
    """
    workspace = fill(database, posts=posts)
    with database.write() as connection:
        change_setting(connection, workspace, "zone", "Europe/Stockholm")
    assert asked("likes 25 oct").main.value.low == 110


def test_the_newest_observation_wins_and_the_older_is_still_known(database: Database, asked):
    """Likes of 20 November: 30 on the 22nd, restated to 33 on the 23rd."""
    first = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    second = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    drawn = """
        day        | likes
        -----------+------
        2026-11-20 |    30
    """
    later = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    fill(database, days=drawn, at=first)
    fill(database, days=drawn.replace("30", "33"), at=second)
    assert asked("likes 20 nov", now=later).main.value.low == 33
    assert asked("likes 20 nov as of 2026-11-22 12:00", now=later).main.value.low == 30


def test_posts_too_are_known_as_they_were(database: Database, asked):
    first = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    second = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    drawn = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |   100 |    10 |        0 |      0 |      0
    """
    fill(database, posts=drawn, at=first)
    fill(database, posts=drawn.replace("   10 ", "   20 "), at=second)
    later = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert asked("engagement rate 2026-11", now=later).main.value.low == 0.2
    then = asked("engagement rate 2026-11 as of 2026-11-22 12:00", now=later)
    assert then.main.value.low == 0.1


def test_a_repeated_question_gives_the_same_answer_later(database: Database, asked):
    """The words in a receipt name the moment, so new data do not change what they give."""
    days = """
        day        | likes
        -----------+------
        2026-11-20 |    30
    """
    words = asked("likes last 7 days", days=days).receipt.repeat
    fill(database, days=days.replace("30", "99"), at=datetime(2026, 11, 23, tzinfo=UTC))
    assert asked(words, now=datetime(2026, 12, 1, tzinfo=UTC)).main.value.low == 30
    assert "as of 2026-11-22 12:00" in words
    assert NOW.hour == 12
