"""Where a difference of records comes from; every number worked out by hand from the drawing."""

import pytest

from kpis import wording
from kpis.asking import Answers, ask
from kpis.question import Refusal
from storage.database import Database
from tests.drawn import fill
from tests.drawn_records import fill_records
from tests.spec.conftest import ACCOUNTS, NOW

ADS = """
    day        | platform  | currency | spend  | clicks | campaign
    -----------+-----------+----------+--------+--------+---------
    2026-11-02 | instagram | EUR      | 100.00 |    200 | autumn
    2026-11-03 | x         | EUR      |  50.00 |     50 | autumn
    2026-11-09 | instagram | EUR      | 160.00 |    200 | autumn
    2026-11-10 | x         | EUR      |  40.00 |     50 | winter
"""

TALKS = """
    kind     | name  | value | currency | start      | end        | owner
    ---------+-------+-------+----------+------------+------------+------
    indirect | talks |   700 | EUR      | 2026-11-01 | 2026-11-22 | Mia
"""


@pytest.fixture
def asked(database: Database):
    def lines(words: str) -> list[str]:
        workspace = fill(database, accounts=ACCOUNTS)
        fill_records(database, ads=ADS, declared=TALKS)
        reply = ask(words, database=database, workspace=workspace, now=NOW)
        assert isinstance(reply, Answers)
        return wording.plain(reply.answers[0]).splitlines()

    return lines


def test_parts_of_a_sum_add_up(asked) -> None:
    """€150 became €200: Instagram +60, X −10; autumn +10, winter +40."""
    told = asked("why spend 2026-11-09 to 2026-11-15")
    assert told[0].startswith("Why Spend moved")
    assert {"Pushed up: Instagram +€60.00.", "Pulled down: X −€10.00."} <= set(told)
    assert "By campaign: winter +€40.00, autumn +€10.00." in told
    assert "Where it happened, not what caused it." in told


def test_parts_of_a_rate_add_up(asked) -> None:
    """€0.60 a click became €0.80. The clicks of each are as they were (4 of 5 Instagram's):
    0.8 × (0.80 − 0.50) = +0.24 and 0.2 × (0.80 − 1.00) = −0.04."""
    told = asked("why cpc 2026-11-09 to 2026-11-15")
    assert any("Instagram +€0.24" in it for it in told)
    assert any("X −€0.04" in it for it in told)


def test_what_stands_on_declared_numbers_is_not_split(asked) -> None:
    with pytest.raises(Refusal, match="not made of parts that add up"):
        asked("why indirect roi 2026-11-09 to 2026-11-15")
