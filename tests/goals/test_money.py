"""A goal of money has one currency, said or that of the data; no other is taken for it."""

import pytest

from kpis.goals.currency import cut_currency
from kpis.goals.draft import Unfit
from kpis.goals.propose import Proposal, propose
from kpis.goals.reading import read_goal
from kpis.surroundings import look_around
from storage.database import Database
from tests.drawn import fill
from tests.drawn_records import fill_records
from tests.goals.drawn_goals import NOW
from tests.spec.conftest import ACCOUNTS

SAID = """
    line                         | code | left
    -----------------------------+------+-------------------------
    5,000 eur revenue by 31 dec  | EUR  | 5,000 revenue by 31 dec
    €5k revenue next month       | EUR  | 5k revenue next month
    revenue usd 200 a week       | USD  | revenue 200 a week
    5k € revenue                 | EUR  | 5k revenue
    try 5,000 likes              |      | try 5,000 likes
    europe likes 500             |      | europe likes 500
"""


@pytest.mark.parametrize("said", SAID.strip().splitlines()[2:])
def test_a_currency_stands_beside_its_number(said: str) -> None:
    line, code, left = (it.strip() for it in said.split("|"))
    found, rest = cut_currency(line)
    assert (found, " ".join(rest.split())) == (code, left)


def proposed(database: Database, words: str, ads: str) -> Proposal:
    workspace = fill(database, accounts=ACCOUNTS)
    fill_records(database, ads=ads)
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        draft = read_goal(words, NOW.date(), around.directory)
        return propose(draft, connection, around, NOW, owner="U1")


EUROS = """
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-10 | instagram | EUR      | 120.00
    2026-11-11 | instagram | EUR      |  80.00
"""
BOTH = f"""{EUROS.rstrip()}
    2026-11-11 | x         | SEK      | 900.00
"""


def test_a_goal_is_written_with_its_currency(database: Database) -> None:
    """€200 were spent in the month before, so at most €2,000 is a goal; it keeps the euro."""
    for words in ("spend below 2,000 eur in december", "spend below 2,000 in december"):
        found = proposed(database, words, EUROS)
        assert found.name == "Spend at most €2,000 in December 2026"
        assert found.row.scoped["currency"] == "EUR"


def test_another_currency_is_refused(database: Database) -> None:
    with pytest.raises(Unfit, match="Spend comes in EUR here, not in USD"):
        proposed(database, "spend below 2,000 usd in december", EUROS)
    with pytest.raises(Unfit, match="Posts is no money"):
        proposed(database, "posts 20 eur in december", EUROS)


def test_of_two_currencies_one_is_named(database: Database) -> None:
    """SEK 900 and €200: neither is the other, and their sum is nothing."""
    with pytest.raises(Unfit, match="Spend comes in EUR and SEK"):
        proposed(database, "spend below 2,000 in december", BOTH)
    found = proposed(database, "spend below 2,000 sek in december", BOTH)
    assert found.now_words.endswith("SEK 900.00.")
