"""Records at their edges: moments asked back to, currencies that meet, parts that lack a side.

Every expected number was worked out by hand from the drawing.
"""

from datetime import UTC, datetime

import pytest

from kpis import wording
from kpis.asking import Answers, ask
from kpis.custom.expression import read_expression
from kpis.question import Refusal
from storage.database import Database
from tests.drawn import fill
from tests.drawn_records import fill_records
from tests.spec.conftest import ACCOUNTS, NOW, CheckRecords, Told

ADS = """
    day        | platform  | currency | spend  | clicks
    -----------+-----------+----------+--------+-------
    2026-11-02 | instagram | EUR      | 100.00 |    400
    2026-11-03 | facebook  | EUR      |  50.00 |    100
"""
RETOLD = """
    day        | platform  | currency | spend  | clicks
    -----------+-----------+----------+--------+-------
    2026-11-02 | instagram | EUR      | 110.00 |    300
    2026-11-04 | instagram | EUR      |  30.00 |     50
"""
REVIEWS = """
    day        | external_id | stars
    -----------+-------------+------
    2026-11-02 | r1          |     5
    2026-11-03 | r2          |     4
"""


def test_a_record_told_otherwise_later_is_as_it_was(database: Database) -> None:
    """On the 12th: 100 + 50. The file of the 15th made the 100 a 110 and added 30; the one of the
    16th made it 115. Stars: 5 and 4, then r1 has 1 and r3 comes with 2."""
    workspace = fill(database, accounts=ACCOUNTS)
    told = [
        (10, ADS, REVIEWS),
        (15, RETOLD, REVIEWS.replace("     5", "     1").replace("r2          |     4", "r3 | 2")),
        (16, RETOLD.replace("110.00", "115.00"), "\n".join(REVIEWS.splitlines()[:3])),
    ]
    for day, ads, reviews in told:
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        fill_records(database, at=at, file_name=f"{day}.csv", ads=ads, reviews=reviews)
    expected = {
        "spend nov as of 2026-11-12": "€150.00",
        "cpc nov as of 2026-11-12": "€0.30",
        "spend by platform nov as of 2026-11-12": "€150.00",
        "spend nov as of 2026-11-15": "€190.00",
        "spend nov": "€195.00",
        "review rating nov as of 2026-11-12": "4.50",
        "review rating nov": "2.33",
    }
    for words, said in expected.items():
        reply = ask(words, database=database, workspace=workspace, now=NOW)
        assert isinstance(reply, Answers)
        assert wording.headline(reply.answers[0]).split(" ")[0] == said, words


SALES = """
    day        | type     | platform  | currency | value
    -----------+----------+-----------+----------+-------
    2026-11-02 | purchase | instagram | EUR      | 120.00
    2026-11-03 | lead     | tiktok    |          |
"""


def test_costs_in_two_currencies_share_no_conversions(check_records: CheckRecords) -> None:
    """€100 and ¥5,000 brought 2 conversions: neither paid for both. On one platform it is clear."""
    check_records(
        {
            "cost per conversion nov": "This needs one currency, and there are EUR and JPY; I "
            "don't convert. Ask for its parts alone.",
            "cost per conversion instagram nov": "€100.00",
            "cpc nov": "EUR: €0.25; JPY: ¥50",
        },
        conversions=SALES,
        ads="""
    day        | platform  | currency | spend  | clicks
    -----------+-----------+----------+--------+-------
    2026-11-02 | instagram | EUR      | 100.00 |    400
    2026-11-03 | tiktok    | JPY      |   5000 |    100
""",
    )


def test_a_cost_declared_in_another_currency_is_not_left_out_silently(
    check_records: CheckRecords,
) -> None:
    """Labour of SEK 300: a return on €100 of ads alone would be 20 %, and wrong."""
    check_records(
        {
            "roi nov": Told(
                "€120.00",
                notes=("labour: declared in another currency, and I don't convert.",),
            )
        },
        conversions=SALES,
        ads="""
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-02 | instagram | EUR      | 100.00
""",
        declared="""
    kind   | value | currency | start      | end
    -------+-------+----------+------------+-----------
    labour |   300 | SEK      | 2026-11-01 | 2026-12-01
""",
    )


def test_what_holds_is_not_added_over_weekdays(check_records: CheckRecords) -> None:
    """A lifetime of 3 years on four Mondays is 3 years: €40 ÷ 1 customer, in 2 of the 14 days
    ÷ 365.25 a year = 40 × 182.625 × 3. One contact a day: 2 Mondays of €4.50. Contacts were
    declared of 1 of the 14 days before, so no change is told."""
    check_records(
        {
            "clv by weekday 2026-11-02 to 2026-11-15": Told(
                "€3,130.71", parts={"Monday": "€21,915.00"}
            ),
            "service savings by weekday 2026-11-02 to 2026-11-15": Told(
                "€63.00",
                parts=dict.fromkeys(
                    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
                    "€9.00",
                ),
            ),
        },
        orders="""
    day        | customer | value
    -----------+----------+------
    2026-11-02 | a        | 20.00
    2026-11-09 | a        | 20.00
""",
        declared="""
    kind              | value | currency | start      | end
    ------------------+-------+----------+------------+-----------
    lifetime-years    |     3 |          | 2026-01-01 |
    cost-per-contact  |   4.5 | EUR      | 2026-01-01 |
    deflected-contacts |   30 |          | 2026-11-01 | 2026-12-01
""",
    )


TOUCHES = """
    day        | external_id | customer | platform
    -----------+-------------+----------+----------
    2026-11-01 | t1          | a        | instagram
    2026-11-02 | t2          | a        | email
    2026-11-01 | t3          | b        | email
"""
BOUGHT = """
    day        | external_id | customer | type     | currency | value
    -----------+-------------+----------+----------+----------+------
    2026-11-03 | c1          | a        | purchase | EUR      | 80.00
    2026-11-03 | c2          | b        | purchase | EUR      | 20.00
    2026-11-03 | c3          | c        | lead     |          |
"""


def test_every_model_shares_all_conversions(check_records: CheckRecords) -> None:
    """Three conversions in every model; a's is half Instagram's and half the email's. Instagram
    assisted a's, which nobody ended on social media."""
    check_records(
        {
            "conversions nov": "3, +3 (0 before)",
            "conversions linear nov": "3, +3 (0 before)",
            "conversions linear by platform nov": Told(
                "3, +3 (0 before)",
                parts={"email": "1.5", "unattributed": "1", "Instagram": "0.50"},
            ),
            "conversions first touch instagram nov": "1, +1 (0 before)",
            "conversions assisted nov": "1, +1 (0 before)",
            "conversions assisted by platform nov": Told(
                "1, +1 (0 before)", parts={"Instagram": "1"}
            ),
            "purchases position nov": "2, +2 (0 before)",
        },
        touches=TOUCHES,
        conversions=BOUGHT,
    )


def test_parts_that_lack_a_side_are_named(check_records: CheckRecords) -> None:
    """TikTok has a conversion and no ads: no cost per conversion, and no silence either."""
    check_records(
        {
            "cost per conversion by platform nov": Told(
                "€75.00",
                parts={"Instagram": "€100.00"},
                notes=("Left out for want of numbers: Facebook and TikTok.",),
            )
        },
        conversions=SALES,
        ads=ADS,
    )


BEYOND = "1 row of several days reaches beyond this period and is left out."


def test_a_month_in_one_row_says_nothing_of_its_days(check_records: CheckRecords) -> None:
    """900 sessions and 10 conversions of September, a row each. Of a day or a week of it nobody
    knows how many: neither is 0."""
    check_records(
        {
            "web traffic sep 2026": "900",
            "conversions sep 2026": "10",
            "web traffic 2026-09-20": f"No web traffic for 20 Sep. {BEYOND}",
            "conversions 2026-09-20": f"No conversions for 20 Sep. {BEYOND}",
            "conversions 2026-09-20 to 2026-10-20": (
                f"No conversions for 20 Sep – 20 Oct. {BEYOND}"
            ),
            "conversions by week sep 2026": Told("10", parts={}),
            "conversions oct 2026": "0, −100 % (10 before)",
        },
        watched="2026-09-01..2026-10-31",
        web="""
    start      | end        | platform  | sessions | social
    -----------+------------+-----------+----------+-------
    2026-09-01 | 2026-10-01 | instagram |      900 | yes
""",
        paths="""
    start      | end        | path              | conversions | value | others
    -----------+------------+-------------------+-------------+-------+-------
    2026-09-01 | 2026-10-01 | instagram > email |          10 |     0 |      0
""",
    )


@pytest.mark.parametrize("text", ["sessions ÷ followers", "mentions ÷ posts", "spend ÷ reach"])
def test_an_own_formula_refuses_what_could_never_be_answered(text: str) -> None:
    with pytest.raises(Refusal, match="cannot stand in one formula with visits"):
        read_expression(text)
