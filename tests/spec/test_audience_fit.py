"""Audience fit and attribution: drawn rows, the question, the words (kpi-catalogue §4)."""

import pytest

from kpis.asking import Answers, ask
from storage.database import Database
from storage.errors import KepiError
from storage.settings import choose_audience, read_audience
from tests.drawn import AT, fill
from tests.drawn_records import fill_records
from tests.spec.conftest import ACCOUNTS, NOW, CheckRecords, Told

SEGMENTS = """
    platform  | dimension | segment | start      | end        | people
    ----------+-----------+---------+------------+------------+-------
    instagram | country   | SE      | 2026-11-01 | 2026-11-02 |    400
    instagram | country   | NO      | 2026-11-01 | 2026-11-02 |    100
    instagram | country   | SE      | 2026-11-15 | 2026-11-16 |    600
    instagram | country   | no      | 2026-11-15 | 2026-11-16 |    150
    instagram | country   | DE      | 2026-11-15 | 2026-11-16 |    250
    instagram | gender    | female  | 2026-11-15 | 2026-11-16 |    700
"""


def test_nobody_was_named_as_the_audience(check_records: CheckRecords) -> None:
    """Without a target there is nothing to fit; the words say how to set one."""
    check_records(
        {
            "audience fit nov": "I don't know whom you want to reach. Say it: "
            "/kpi audience country SE, NO (or age, gender, city)."
        },
        segments=SEGMENTS,
    )


def test_the_newest_window_of_known_people_counts(database: Database) -> None:
    """600 + 150 of 1,000 known on 15 November; the window before is another day's people and is
    never added to it. What is asked of early November is what was known then."""
    workspace = fill(database, accounts=ACCOUNTS)
    fill_records(database, segments=SEGMENTS)
    with database.write() as connection:
        choose_audience(connection, workspace, "country SE, NO", "U1", AT)
    found = {}
    for words in ("audience fit nov", "audience fit 2026-11-01 to 2026-11-07"):
        reply = ask(words, database=database, workspace=workspace, now=NOW)
        assert isinstance(reply, Answers)
        figure = reply.answers[0].main
        found[words] = (figure.value, figure.details)
    values = {words: (it.low, it.n) for words, (it, _) in found.items()}  # type: ignore[union-attr]
    assert values == {
        "audience fit nov": (0.75, 1000),
        "audience fit 2026-11-01 to 2026-11-07": (1.0, 500),
    }
    assert found["audience fit nov"][1] == ("750 of 1,000 people known on 15 Nov 2026.",)


def test_a_target_has_one_dimension() -> None:
    """“NO age 18-34” is no country: it would quietly leave out Norway and the age."""
    assert read_audience("country SE, NO") == ("country", ["SE", "NO"])
    assert read_audience("age 18-24, 25-34") == ("age", ["18-24", "25-34"])
    with pytest.raises(KepiError, match="A target has one dimension; now it is country"):
        read_audience("country SE, NO age 18-34")


def test_credit_by_model_side_by_side(check_records: CheckRecords) -> None:
    """Two contacts before one purchase: first touch gives X all, last touch Instagram; the lead
    that nobody met before is unattributed under every model."""
    check_records(
        {
            "attribution nov": Told(
                "2 conversions; by last touch most from Instagram: 50.0 %",
                notes=("1 conversion has no known touch (50.0 %).",),
            ),
            "conversions by platform nov": Told(
                "2, +2 (0 before)", parts={"Instagram": "1", "unattributed": "1"}
            ),
            "conversions first touch by platform nov": Told(
                "2, +2 (0 before)", parts={"X": "1", "unattributed": "1"}
            ),
        },
        touches="""
    at               | customer | platform
    -----------------+----------+----------
    2026-11-02 09:00 | a        | x
    2026-11-04 09:00 | a        | instagram
""",
        conversions="""
    at               | customer | type     | currency | value
    -----------------+----------+----------+----------+------
    2026-11-05 09:00 | a        | purchase | EUR      | 40.00
    2026-11-05 10:00 | b        | lead     |          |
""",
    )
