"""What may not be added is told line by line, and nobody's number is passed off as another's.

Every expected number was worked out by hand from the drawing.
"""

import pytest

from kpis import wording
from kpis.asking import Answers, ask
from kpis.question import Refusal
from storage.database import Database
from tests.drawn import fill
from tests.drawn_records import fill_records
from tests.spec.conftest import ACCOUNTS, NOW, CheckRecords, Told
from tests.spec.test_voice import MENTIONS

TWO_CURRENCIES = """
    day        | platform  | currency | spend  | campaign
    -----------+-----------+----------+--------+---------
    2026-11-02 | instagram | EUR      | 100.00 | autumn
    2026-11-03 | instagram | EUR      |  20.00 | winter
    2026-11-02 | x         | SEK      | 300.00 | autumn
"""

GA4 = "A bounce is what GA4 calls not engaged: under 10 seconds, one page, no key event."
WHOLE = "Declared numbers belong to no platform or campaign, so they count in full here."


def told(database: Database, words: str, **records: str) -> list[str]:
    """Return the lines that a person reads."""
    workspace = fill(database, accounts=ACCOUNTS)
    fill_records(database, **records)
    reply = ask(words, database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    (answer,) = reply.answers
    return wording.plain(answer).splitlines()


def test_every_currency_is_read_by_people(database: Database) -> None:
    """€120 and SEK 300: both stand in the words, and nothing is their sum."""
    lines = told(database, "spend nov", ads=TWO_CURRENCIES)
    assert "EUR: €120.00" in lines
    assert "SEK: SEK 300.00" in lines
    assert not any("420" in it for it in lines)


def test_parts_are_of_every_currency(database: Database) -> None:
    """By campaign: €100 and €20, and SEK 300."""
    lines = told(database, "spend by campaign nov", ads=TWO_CURRENCIES)
    assert {"autumn, EUR: €100.00", "winter, EUR: €20.00", "autumn, SEK: SEK 300.00"} <= set(lines)


def test_a_small_table_shows_every_currency(database: Database) -> None:
    """Beside another KPI the row has both amounts."""
    workspace = fill(database, accounts=ACCOUNTS)
    fill_records(database, ads=TWO_CURRENCIES)
    reply = ask("spend and cpm nov", database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    assert wording.row(reply.answers[0]) == ("Spend", "EUR: €120.00 · SEK: SEK 300.00", "")


@pytest.mark.parametrize("words", ["spend nov vs nordkaffe", "spend nordkaffe nov"])
def test_a_competitor_is_never_given_our_own_numbers(database: Database, words: str) -> None:
    """Ads, visits and sales are kept for us: “€120 of Nordkaffe” would be ours."""
    with pytest.raises(Refusal, match="known of your own side alone, not of nordkaffe"):
        told(database, words, ads=TWO_CURRENCIES)


def test_shares_of_voice_of_all_brands_make_a_hundred(check_records: CheckRecords) -> None:
    """5 and 3 of 8: a competitor's share has us in its whole, as ours has them."""
    check_records(
        {
            "share of voice by brand nov": Told(
                "62.5 %", parts={"acme": "62.5 %", "nordkaffe": "37.5 %"}
            ),
            "share of voice ratio by brand nov": Told(
                "1.67", parts={"acme": "1.67", "nordkaffe": "0.60"}
            ),
        },
        mentions=MENTIONS,
    )


def test_what_is_not_there_beside_is_said(check_records: CheckRecords) -> None:
    """No spend on TikTok, and none a year before."""
    check_records(
        {
            "spend instagram nov vs tiktok": Told(
                "€120.00", notes=("No spend of TikTok to compare with.",)
            ),
            "spend instagram nov vs last year": Told(
                "€120.00", notes=("No spend a year before to compare with.",)
            ),
        },
        ads=TWO_CURRENCIES,
    )


def test_the_kind_of_bounce_is_named(check_records: CheckRecords) -> None:
    """GA4's and the one-page definition are two things (features.md F 8)."""
    check_records(
        {
            "bounce rate nov": Told(
                "25.0 %",
                notes=(GA4,),
            )
        },
        web="""
    day        | platform  | social | sessions | bounced | bounce_kind
    -----------+-----------+--------+----------+---------+------------
    2026-11-02 | instagram | yes    |      400 |     100 | ga4
""",
    )


def test_declared_cost_in_a_part_is_said_to_count_whole(check_records: CheckRecords) -> None:
    """Nobody declared labour by platform."""
    check_records(
        {
            "indirect roi instagram nov": Told(
                "83.3 %",
                notes=(WHOLE,),
            )
        },
        ads="""
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-02 | instagram | EUR      | 120.00
""",
        declared="""
    kind     | name  | value | currency | start      | end        | owner
    ---------+-------+-------+----------+------------+------------+------
    indirect | talks |   100 | EUR      | 2026-11-01 | 2026-11-22 | Mia
""",
    )


def test_a_survey_names_its_scale(check_records: CheckRecords) -> None:
    """Two of three gave 4 or 5 of 5."""
    check_records(
        {"survey csat nov": Told("66.7 %", details=("On a scale of 1–5.",))},
        surveys="""
    day        | kind | lowest | highest | score
    -----------+------+--------+---------+------
    2026-11-02 | csat |      1 |       5 |     5
    2026-11-02 | csat |      1 |       5 |     4
    2026-11-03 | csat |      1 |       5 |     2
""",
    )


def test_money_for_no_clicks_is_named(check_records: CheckRecords) -> None:
    """€50 and nobody clicked: no cost of 0, and not silence either (kpi-catalogue §4, cpc)."""
    check_records(
        {
            "cpc nov": "Spent €50.00: no ad clicks in this window.",
            "spend nov": "€50.00",
        },
        ads="""
    day        | platform  | currency | spend | clicks
    -----------+-----------+----------+-------+-------
    2026-11-02 | instagram | EUR      | 50.00 |      0
""",
    )


def test_a_score_has_no_interval_beyond_its_ends(check_records: CheckRecords) -> None:
    """Three answers, two of them 0: −33.3 ± 106.7 ends at −100 and stands at +73.4."""
    check_records(
        {"nps nov": Told("−33.3", details=("Of 3 answers; 95 % interval −100 to +73.4.",))},
        surveys="""
    day        | kind | lowest | highest | score
    -----------+------+--------+---------+------
    2026-11-02 | nps  |      0 |      10 |    10
    2026-11-02 | nps  |      0 |      10 |     0
    2026-11-03 | nps  |      0 |      10 |     0
""",
    )
