"""A rule on money is of one currency; what is of a whole window makes no rule of days."""

from datetime import UTC, datetime

import pytest

from kpis.alerts.currency import settle_currency
from kpis.alerts.rules import Rule, Settings
from kpis.alerts.saying import demand_sense, say_bar
from kpis.question import Scope
from kpis.surroundings import look_around
from storage.database import Database
from storage.errors import KepiError
from tests.drawn import fill
from tests.drawn_records import fill_records

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EUROS = """
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-02 | instagram | EUR      | 100.00
"""
CROWNS = """
    day        | platform  | currency | spend
    -----------+-----------+----------+-------
    2026-11-03 | facebook  | SEK      | 900.00
"""


def rule_on(kpi: str, currency: str = "") -> Rule:
    settings = Settings(side="above", limit=100, currency=currency)
    return Rule(0, 1, "C1", "threshold", kpi=kpi, scope=Scope(), settings=settings)


def settled(database: Database, rule: Rule) -> Rule:
    with database.read() as connection:
        return settle_currency(rule, connection, look_around(database, connection, 1), NOW)


def test_the_only_currency_that_is_held_is_taken(database: Database) -> None:
    """“above 100” is told as €100; once two are held, one has to be said."""
    fill(database)
    fill_records(database, ads=EUROS)
    assert say_bar(settled(database, rule_on("spend"))) == "above €100.00 a day"
    fill_records(database, ads=CROWNS, file_name="crowns.csv")
    with pytest.raises(KepiError, match=r"Spend comes in EUR and SEK\. Say which, like: above 100"):
        settled(database, rule_on("spend"))
    assert settled(database, rule_on("spend", "SEK")).settings.currency == "SEK"


def test_what_is_of_weeks_makes_no_rule_of_a_day(sqlite_database: Database) -> None:
    fill(sqlite_database)
    with sqlite_database.read() as connection:
        around = look_around(sqlite_database, connection, 1)
    with pytest.raises(KepiError, match="Repeat rate is of weeks, and a day of it says nothing"):
        demand_sense(rule_on("repeat-rate"), around)
