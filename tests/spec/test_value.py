"""Cost and return: drawn rows, the question, the words (kpi-catalogue §4).

Every expected number was worked out by hand from the drawing.
"""

import pytest

from kpis.catalogue import CATALOGUE, value
from kpis.declarations import Kpi
from kpis.question import Refusal
from kpis.records.answer import is_of_whole
from tests.spec.conftest import CheckRecords, Told

ADS = """
    day        | platform  | campaign | currency | spend  | impressions | clicks
    -----------+-----------+----------+----------+--------+-------------+-------
    2026-11-02 | instagram | bw       | EUR      | 100.00 |       20000 |    400
    2026-11-03 | facebook  | bw       | EUR      |  50.00 |        5000 |    100
    2026-11-04 | facebook  | test     | EUR      |  10.00 |             |
"""
SALES = """
    day        | type     | platform  | currency | value
    -----------+----------+-----------+----------+-------
    2026-11-02 | purchase | instagram | EUR      | 120.00
    2026-11-03 | purchase | facebook  | EUR      |  80.00
    2026-11-03 | purchase |           | EUR      | 500.00
"""
LABOUR = """
    kind   | value | currency | start      | end        | owner | method
    -------+-------+----------+------------+------------+-------+-----------
    labour |   300 | EUR      | 2026-11-01 | 2026-12-01 | Mia   | time sheet
"""


def test_costs_of_attention(check_records: CheckRecords) -> None:
    """€160 in all. Per click €150 ÷ 500: the €10 without clicks are on no side; per mille
    €150 ÷ 25,000 × 1,000."""
    check_records(
        {
            "spend nov": "€160.00",
            "spend by platform nov": Told(
                "€160.00", parts={"Instagram": "€100.00", "Facebook": "€60.00"}
            ),
            "spend by campaign nov": Told("€160.00", parts={"bw": "€150.00", "test": "€10.00"}),
            "cpc nov": "€0.30",
            "cpm nov": "€6.00",
        },
        ads=ADS,
    )


def test_no_clicks_is_not_free(check_records: CheckRecords) -> None:
    """Money was spent and nobody clicked: the cost per click is not defined, never 0."""
    check_records(
        {"cpc nov": "Spent €20.00: no ad clicks in this window."},
        ads="""
    day        | platform  | spend | clicks
    -----------+-----------+-------+-------
    2026-11-02 | instagram | 20.00 |      0
""",
    )


def test_two_currencies_have_two_costs(check_records: CheckRecords) -> None:
    """€100 ÷ 400 and SEK 300 ÷ 100; never 400 ÷ 500."""
    check_records(
        {"cpc nov": "EUR: €0.25; SEK: SEK 3.00"},
        ads="""
    day        | platform  | currency | spend  | clicks
    -----------+-----------+----------+--------+-------
    2026-11-02 | instagram | EUR      | 100.00 |    400
    2026-11-03 | instagram | EUR      |   0.00 |      0
    2026-11-02 | x         | SEK      | 300.00 |    100
""",
    )


def test_return_counts_declared_cost_and_attributed_revenue(check_records: CheckRecords) -> None:
    """Revenue €200 (the €500 nobody can attribute are left out). Cost: €160 of ads, and 21 of 30
    days of €300 labour = €210. (200 − 370) ÷ 370 = −45.9 %; per ad euro 200 ÷ 160 = 1.25."""
    check_records(
        {
            "roi nov": Told(
                "−45.9 %",
                beside={"revenue": "€200.00", "cost": "€370.00"},
                notes=(
                    "Without tools: not in these data.",
                    "labour: €300.00, 1–30 Nov (Mia · time sheet).",
                ),
            ),
            "roas nov": "1.25",
            "cost per conversion nov": "€80.00",
        },
        ads=ADS,
        conversions=SALES,
        declared=LABOUR,
    )


def test_without_a_cost_there_is_only_revenue(check_records: CheckRecords) -> None:
    """No cost is not a cost of 0: the revenue is shown under its own name."""
    check_records({"roi nov": "€200.00"}, conversions=SALES)


def test_revenue_and_cost_of_two_currencies_have_no_return(check_records: CheckRecords) -> None:
    """Revenue in EUR, cost in SEK: nothing is converted, nothing is divided."""
    check_records(
        {
            "roas nov": "This needs one currency, and there are EUR and SEK; I don't convert. "
            "Ask for its parts alone."
        },
        conversions=SALES,
        ads="""
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-02 | instagram | SEK      | 300.00
""",
    )


ESTIMATE = "An estimate: it says what others would charge, not what you earned."


def test_estimates_need_prices_and_say_so(check_records: CheckRecords) -> None:
    """10,000 impressions at €6.50 a thousand; 300 sessions at €0.80, 100 without a price."""
    check_records(
        {
            "ave nov": Told("€65.00", notes=(f"{ESTIMATE} The Barcelona Principles reject it.",)),
            "ppc equivalent nov": Told(
                "€240.00", notes=(ESTIMATE, "Not priced: 100 sessions (hats).")
            ),
        },
        days="""
    day        | platform  | impressions
    -----------+-----------+------------
    2026-11-02 | instagram |        4000
    2026-11-03 | instagram |        6000
""",
        web="""
    day        | platform  | social | sessions | keyword
    -----------+-----------+--------+----------+--------
    2026-11-02 | instagram | yes    |      300 | shoes
    2026-11-03 | instagram | yes    |      100 | hats
    2026-11-03 |           | no     |      900 | shoes
""",
        rates="""
    kind | what      | currency | price
    -----+-----------+----------+------
    cpm  | instagram | EUR      |   650
    cpc  | Shoes     | EUR      |    80
""",
    )


def test_no_price_no_estimate(check_records: CheckRecords) -> None:
    """Without a rate card AVE is refused, in words that say what to store."""
    check_records(
        {
            "ave nov": "No price of 1,000 impressions is stored, and I don't guess one. "
            "Store one: /kpi rate cpm instagram 6.50 EUR from “rate card 2026”.",
        },
        days="""
    day        | platform  | impressions
    -----------+-----------+------------
    2026-11-02 | instagram |        4000
""",
    )


DECLARED = """
    kind               | name     | value | currency | start      | end        | owner
    -------------------+----------+-------+----------+------------+------------+------
    deflected-contacts | faq      |    30 |          | 2026-11-01 | 2026-12-01 | Mia
    cost-per-contact   |          |     4 | EUR      | 2026-01-01 |            | Omar
    indirect           | talks    |   700 | EUR      | 2026-11-01 | 2026-11-22 | Mia
"""


def test_savings_stand_on_declared_numbers(check_records: CheckRecords) -> None:
    """30 contacts over 30 days are 21 in 21 days, at €4; who declared what is listed."""
    check_records(
        {
            "service savings nov": Told(
                "€84.00",
                notes=(
                    "deflected contacts faq: 30, 1–30 Nov (Mia).",
                    "cost per contact: €4.00 (Omar).",
                ),
            ),
            "indirect roi nov": "437.5 %",
        },
        declared=DECLARED,
        ads=ADS,
    )


def test_a_missing_assumption_is_refused(check_records: CheckRecords) -> None:
    """Nobody said what a contact costs, so nothing is saved on paper."""
    check_records(
        {
            "service savings nov": "Nobody declared cost per contact, and I don't guess. "
            "Declare it: /kpi value cost-per-contact 4 EUR.",
        },
        declared="""
    kind               | value | start      | end
    -------------------+-------+------------+------------
    deflected-contacts |    30 | 2026-11-01 | 2026-12-01
""",
    )


ORDERS = """
    day        | customer | value
    -----------+----------+-------
    2026-11-02 | a        | 100.00
    2026-11-09 | a        |  50.00
    2026-11-09 | b        |  30.00
"""


def test_what_a_customer_is_worth(check_records: CheckRecords) -> None:
    """€180 ÷ 3 orders; 1 of 2 customers came twice. A year: €180 ÷ 2 customers ÷ (21 ÷ 365.25)
    = €1,565.36; for 3 years three times that."""
    check_records(
        {
            "aov nov": "€60.00",
            "repeat rate nov": "50.0 %",
            "annual customer value nov": "€1,565.36",
            "clv nov": "€4,696.07",
        },
        orders=ORDERS,
        declared="""
    kind           | value | start
    ---------------+-------+-----------
    lifetime-years |     3 | 2026-01-01
""",
    )


def test_without_a_lifetime_there_is_a_year(check_records: CheckRecords) -> None:
    """CLV needs a declared lifetime; without one the annual value answers under its own name."""
    check_records({"clv nov": Told("€1,565.36")}, orders=ORDERS)


def test_share_of_voice_without_competitors_is_refused(check_records: CheckRecords) -> None:
    """It would be 100 %."""
    with pytest.raises(Refusal, match="needs competitors, and none is tracked"):
        check_records({"share of voice nov": ""}, accounts="")


def test_what_is_of_a_whole_window_has_no_daily_chart_and_sums_stand_in_brackets() -> None:
    """A day's lifetime value is 365 times its orders; cost is added before it is divided by."""
    kpis = {key: it for key, it in CATALOGUE.items() if isinstance(it, Kpi)}
    of_whole = {key for key, it in kpis.items() if is_of_whole(it.formula)}
    assert of_whole == {"annual-customer-value", "clv", "repeat-rate"}
    cost = "(Σ spend + declared labour + declared tools)"
    assert value.roi.formula.words == f"(Σ credited revenue − {cost}) ÷ {cost}"
    assert value.indirect_roi.formula.words == f"declared indirect ÷ {cost}"
