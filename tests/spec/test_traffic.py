"""Traffic and conversion: drawn rows, the question, the words (kpi-catalogue §4).

Every expected number was worked out by hand from the drawing.
"""

from tests.spec.conftest import CheckRecords, Told

WEB = """
    day        | platform  | channel_group  | social | tagged | sessions | bounced | bounce_kind | converting | page_views
    -----------+-----------+----------------+--------+--------+----------+---------+-------------+------------+-----------
    2026-10-20 | instagram | Organic Social | yes    | yes    |      100 |      60 | ga4         |          4 |        200
    2026-11-02 | instagram | Organic Social | yes    | yes    |      300 |     150 | ga4         |          9 |        700
    2026-11-03 | facebook  | Paid Social    | yes    | yes    |      100 |      70 | ga4         |          1 |        130
    2026-11-04 | facebook  | Paid Social    | yes    | yes    |       50 |         |             |            |
    2026-11-03 |           | Direct         | no     | no     |      550 |     200 | ga4         |         30 |       1900
"""  # noqa: E501


def test_web_traffic_is_what_came_from_social(check_records: CheckRecords) -> None:
    """Direct visits are not counted; the untagged share of all sessions stands beside.

    300 + 100 + 50 = 450; 550 of 1,000 untagged.
    """
    check_records(
        {
            "web traffic nov": Told(
                "450, +350 % (100 before)",
                beside={"untagged share of all sessions": "55.0 %"},
            ),
            "sessions instagram nov": "300, +200 % (100 before)",
            "web traffic by platform nov": Told(
                "450, +350 % (100 before)", parts={"Instagram": "300", "Facebook": "150"}
            ),
            "web traffic by channel group nov": Told(
                "450, +350 % (100 before)", parts={"Organic Social": "300", "Paid Social": "150"}
            ),
            "page views nov": "2,730, +1,265 % (200 before)",
        },
        web=WEB,
    )


def test_bounces_and_conversions_are_pooled_and_paired(check_records: CheckRecords) -> None:
    """Σ ÷ Σ over rows that tell both: (150 + 70) ÷ (300 + 100), never the mean of 50 % and 70 %.

    The 50 sessions of 4 November tell neither bounces nor conversions and are on no side.
    """
    check_records(
        {
            "bounce rate nov": "55.0 %, −5.0 pt (60.0 % before)",
            "conversion rate nov": "2.50 %, −1.5 pt (4.00 % before)",
            "conversion rate by platform nov": Told(
                "2.50 %, −1.5 pt (4.00 % before)",
                parts={"Instagram": "3.00 %", "Facebook": "1.00 %"},
            ),
        },
        web=WEB,
    )


def test_one_page_visits_are_another_bounce(check_records: CheckRecords) -> None:
    """Where a source counts one-page visits, that is said; the two are never pooled."""
    check_records(
        {
            "bounce rate nov": Told(
                "40.0 %",
                notes=("Not in these data, so this is: Σ sessions that bounced ÷ Σ sessions.",),
            ),
        },
        web="""
    day        | platform  | social | sessions | bounced | bounce_kind
    -----------+-----------+--------+----------+---------+------------
    2026-11-02 | instagram | yes    |      200 |      80 | one-page
""",
    )  # fmt: skip


CONVERSIONS = """
    day        | type     | platform  | currency | value  | direct
    -----------+----------+-----------+----------+--------+-------
    2026-10-20 | purchase | instagram | EUR      |  40.00 | yes
    2026-11-02 | purchase | instagram | EUR      | 120.00 | yes
    2026-11-03 | purchase | facebook  | EUR      |  80.00 | no
    2026-11-03 | purchase |           | EUR      |  10.00 | no
    2026-11-03 | lead     | instagram |          |        | no
    2026-11-04 | sign-up  |           |          |        | no
    2026-11-05 | purchase | facebook  | SEK      | 900.00 | no
"""
LAST = "Last touch: the last contact before it gets all the credit."


def test_conversions_by_type_and_medium(check_records: CheckRecords) -> None:
    """Six in November: four purchases, one lead, one sign-up; two came from no known medium."""
    check_records(
        {
            "conversions nov": Told(
                "6, +500 % (1 before)",
                beside={"direct": "1", "without revenue": "2", "unattributed": "2"},
                notes=(LAST,),
            ),
            "conversions by platform nov": Told(
                "6, +500 % (1 before)",
                parts={"Instagram": "2", "Facebook": "2", "unattributed": "2"},
            ),
            "conversions by type nov": Told(
                "6, +500 % (1 before)", parts={"purchase": "4", "lead": "1", "sign-up": "1"}
            ),
            "leads nov": "1, +1 (0 before)",
            "sign-ups nov": "1, +1 (0 before)",
            "purchases nov": Told("4, +300 % (1 before)", beside={"direct": "1"}),
        },
        conversions=CONVERSIONS,
    )


def test_two_currencies_are_never_added(check_records: CheckRecords) -> None:
    """Revenue has a line a currency: €120 + €80 attributed, €10 not; SEK 900 beside, not added."""
    check_records(
        {
            "revenue nov": Told(
                "EUR: €200.00, +400 % (€40.00 before); SEK: SEK 900.00",
                beside={"unattributed": "€10.00"},
                notes=(LAST,),
            ),
            "revenue instagram nov": "€120.00, +200 % (€40.00 before)",
        },
        conversions=CONVERSIONS,
    )


def test_conversions_per_click_stand_in_for_a_rate(check_records: CheckRecords) -> None:
    """Where no sessions are known: conversions ÷ clicks, said so; 2 of 40 clicks."""
    check_records(
        {
            "conversion rate nov": Told(
                "5.00 %",
                notes=("Not in these data, so this is: number of conversions ÷ Σ link clicks.",),
            )
        },
        conversions="""
    day        | type     | platform
    -----------+----------+----------
    2026-11-02 | purchase | instagram
    2026-11-03 | lead     | instagram
""",
        days="""
    day        | platform  | clicks
    -----------+-----------+-------
    2026-11-02 | instagram |     25
    2026-11-03 | instagram |     15
""",
    )  # fmt: skip
