"""Voice, sentiment and loyalty: drawn rows, the question, the words (kpi-catalogue §4).

Every expected number was worked out by hand from the drawing.
"""

import pytest

from kpis.question import Refusal
from tests.spec.conftest import CheckRecords, Told

MENTIONS = """
    day        | brand     | author | followers | sentiment | tagged | platform
    -----------+-----------+--------+-----------+-----------+--------+----------
    2026-11-02 | acme      | lena   |      1000 | positive  | yes    | x
    2026-11-02 | acme      | lena   |      1000 | negative  | no     | x
    2026-11-03 | acme      | lena   |      1000 | negative  | no     | x
    2026-11-03 | acme      | omar   |       200 | neutral   | no     | x
    2026-11-03 | acme      | otto   |           |           |        | instagram
    2026-11-03 | nordkaffe | omar   |       300 | negative  | no     | x
    2026-11-09 | nordkaffe | kim    |       800 |           | no     | x
    2026-11-10 | nordkaffe | kim    |       800 | positive  | no     | x
"""


def test_mentions_are_of_own_brands(check_records: CheckRecords) -> None:
    """Five of acme; nordkaffe's three stand beside where they are asked for."""
    check_records(
        {
            "mentions nov": "5",
            "mentions by brand nov": Told("5", parts={"acme": "5", "nordkaffe": "3"}),
            "mentions by platform nov": Told("5", parts={"X": "4", "Instagram": "1"}),
            "mentions nordkaffe nov": "3",
            "negative mentions nov": "2",
            "mentions by day 2026-11-02 to 2026-11-04": Told(
                "5", parts={"2 Nov 2026": "2", "3 Nov 2026": "3", "4 Nov 2026": "0"}
            ),
        },
        mentions=MENTIONS,
    )


def test_voice_among_competitors(check_records: CheckRecords) -> None:
    """5 of 8 mentions; 5 to 3. Influence, each author once a day: acme 1,000 + 1,000 + 200,
    all brands 1,000 + 1,000 + 300 (omar's larger) + 800 + 800 = 3,900."""
    check_records(
        {
            "share of voice nov": Told("62.5 %", notes=("Small sample: 8.",)),
            "share of voice ratio nov": "1.67",
            "sphere of influence nov": Told(
                "56.4 %", beside={"potential audience": "2,200", "of negative mentions": "2,000",
                                  "mean per mention": "800"},
            ),
        },
        mentions=MENTIONS,
    )  # fmt: skip


def test_sentiment_leaves_the_unlabelled_out(check_records: CheckRecords) -> None:
    """1 positive, 2 negative, 1 neutral: −25 of four labelled; the fifth is told apart."""
    check_records(
        {
            "sentiment nov": Told(
                "−25",
                beside={"positive": "1", "neutral": "1", "negative": "2", "not labelled": "1"},
            ),
            "negative share nov": "50.0 %",
            "untagged share nov": "75.0 %",
        },
        mentions=MENTIONS,
    )


def test_days_without_mentions_are_zero_only_where_they_were_read(
    check_records: CheckRecords,
) -> None:
    """“None” and “never read” do not look alike."""
    check_records(
        {
            "negative mentions 2026-11-04 to 2026-11-08": "0",
            "negative mentions 2026-10-01 to 2026-10-07": "No negative mentions for 1–7 Oct; "
            "I have 2–10 Nov.",
        },
        mentions=MENTIONS,
    )


REVIEWS = """
    day        | source | stars | most
    -----------+--------+-------+-----
    2026-11-02 | google |     5 |    5
    2026-11-02 | google |     4 |    5
    2026-11-03 | google |     1 |    5
    2026-11-09 | app    |     8 |   10
"""


def test_reviews_of_any_scale(check_records: CheckRecords) -> None:
    """5, 4, 1 and 8 of 10 (which is 4 of 5): mean 3.5; three are at 80 % or more."""
    check_records(
        {
            "reviews nov": "4, +4 (0 before)",
            "positive reviews nov": "3, +3 (0 before)",
            "review rating nov": Told(
                "3.50 of 5 stars",
                beside={"5 stars": "1", "4 stars": "2", "3 stars": "0", "1 star": "1"},
            ),
            "reviews by source nov": Told("4, +4 (0 before)", parts={"google": "3", "app": "1"}),
        },
        reviews=REVIEWS,
    )


def test_promoters_minus_detractors(check_records: CheckRecords) -> None:
    """Two of five promote, one of five (the 6) detracts, 7 and 8 do neither: +20.

    Margin: 1.96 · √((0.4 + 0.2 − 0.04) ÷ 5) = 0.656.
    """
    check_records(
        {
            "nps nov": Told(
                "+20",
                notes=("Small sample: 5.",),
                details=("Of 5 answers; 95 % interval −45.6 to +85.6.",),
            )
        },
        surveys="""
    day        | score
    -----------+------
    2026-11-02 |    10
    2026-11-02 |     9
    2026-11-03 |     8
    2026-11-03 |     7
    2026-11-04 |     6
""",
    )


SATISFACTION = """
    day        | survey | kind | score | lowest | highest | agent
    -----------+--------+------+-------+--------+---------+------
    2026-11-02 | chat   | csat |     4 |      1 |       5 | mia
    2026-11-02 | chat   | csat |     5 |      1 |       5 | mia
    2026-11-03 | chat   | csat |     3 |      1 |       5 | omar
    2026-11-04 | phone  | csat |     6 |      1 |       7 | omar
    2026-11-04 | phone  | csat |     5 |      1 |       7 | omar
"""


def test_scales_are_never_pooled(check_records: CheckRecords) -> None:
    """4 and 5 of 5 are satisfied, 6 of 7 is, 5 of 7 is not; each scale has its line."""
    check_records(
        {
            "survey csat nov": "1–5: 66.7 %; 1–7: 50.0 %",
            "survey score nov": "1–5: 4.00; 1–7: 5.50",
        },
        surveys=SATISFACTION,
    )


def test_comments_leave_own_replies_out(check_records: CheckRecords) -> None:
    """The mean of 20, 40 and 90 characters; our own 400 do not count."""
    check_records(
        {
            "comment length nov": Told("50 characters", beside={"median": "40", "words": "10.00"}),
        },
        comments="""
    day        | characters | words | own
    -----------+------------+-------+----
    2026-11-02 |         20 |     4 | no
    2026-11-02 |         40 |     8 | no
    2026-11-03 |         90 |    18 | no
    2026-11-03 |        400 |    80 | yes
""",
    )


def test_figures_by_agent_are_off_until_an_admin_turns_them_on(check_records: CheckRecords) -> None:
    """As of issues: what one person's customers say is nobody else's business."""
    with pytest.raises(Refusal, match="Figures by person are off here"):
        check_records({"survey csat nov by agent": ""}, surveys=SATISFACTION)


def test_a_competitor_of_whom_nobody_told_has_no_zero(check_records: CheckRecords) -> None:
    """Reviews were read for acme alone: nordkaffe is left out, not 0."""
    check_records(
        {"reviews nov by brand": Told("4, +4 (0 before)", parts={"acme": "4"})}, reviews=REVIEWS
    )
