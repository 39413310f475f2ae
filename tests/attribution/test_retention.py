"""Customers whom social media met beside the others, and what recommendations brought."""

from __future__ import annotations

from datetime import date

from kpis.attribution.retention import read_retention, referral_notes, retention_notes
from kpis.question import Period, Question, Scope
from kpis.surroundings import survey
from storage.database import Database
from storage.tables import day_number
from tests.attribution.drawn import keep

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1), "November 2026")
QUESTION = Question("repeat-rate", Scope(), NOVEMBER, date(2026, 12, 2))

ORDERS = """
    external_id | customer | at               | platform
    ------------+----------+------------------+----------
    1           | ann      | 2026-11-02 10:00 |
    2           | ann      | 2026-11-20 10:00 |
    3           | bob      | 2026-11-03 10:00 |
    4           | cy       | 2026-11-04 10:00 | instagram
    5           | cy       | 2026-11-05 10:00 |
    6           | dora     | 2026-11-06 10:00 |
    7           | dora     | 2026-11-07 10:00 | x
    8           | eve      | 2026-10-31 23:59 |
    9           | eve      | 2026-11-30 23:59 |
    10          |          | 2026-11-08 10:00 | x
"""
TOUCHES = """
    customer | at               | platform
    ---------+------------------+----------
    ann      | 2026-06-01 00:00 | tiktok
    bob      | 2026-11-02 00:00 | email
    bob      | 2026-11-03 10:01 | instagram
    eve      | 2026-11-30 23:59 | youtube
"""


def test_customers_are_told_apart_by_what_met_them_before_they_ordered(database: Database) -> None:
    """Ann was touched long before, cy's first order came from Instagram, eve at that minute.

    Bob met email before and Instagram after; dora's second order alone came from X. Eve ordered
    once in November, and who has no name is nobody.
    """
    workspace = keep(database, orders=ORDERS, touches=TOUCHES)
    start, end = day_number(NOVEMBER.start), day_number(NOVEMBER.end)
    with database.read() as connection:
        touched, others = read_retention(connection, workspace, "UTC", start, end)
        nobody = read_retention(connection, workspace + 1, "UTC", start, end)
        around = survey(connection, workspace)
        few = retention_notes(connection, around, QUESTION)
    assert touched == (3, 2)  # ann and cy again, eve once
    assert others == (2, 1)  # dora again, bob once
    assert nobody == ((0, 0), (0, 0))
    assert few == ()


def many(touched: tuple[int, int], others: tuple[int, int]) -> dict[str, str]:
    """Return drawn orders of customers on either side: how many, and how many ordered again."""
    lines, met = [], []
    for side, (customers, again) in (("t", touched), ("o", others)):
        for at in range(customers):
            name = f"{side}{at}"
            days = ("05", "06") if at < again else ("05",)
            lines += [f"{name}-{day} | {name} | 2026-11-{day} 10:00" for day in days]
            met += [f"{name} | {name} | 2026-11-01 10:00 | facebook"] * (side == "t")
    return {
        "orders": "external_id | customer | at\n---+---+---\n" + "\n".join(lines),
        "touches": "external_id | customer | at | platform\n---+---+---+---\n" + "\n".join(met),
    }


def test_the_note_tells_both_shares_and_whether_it_may_be_chance(sqlite_database: Database) -> None:
    """60 of 150 against 40 of 200 differ surely; the other way of reading it is said too."""
    workspace = keep(sqlite_database, **many((150, 60), (200, 40)))
    with sqlite_database.read() as connection:
        (note,) = retention_notes(connection, survey(connection, workspace), QUESTION)
    assert note == (
        "Met on social media before their first order here: 40.0 % of 150 ordered again; "
        "of the 200 others 20.0 %. Who is met may also be who would stay anyway."
    )


def test_a_difference_that_may_be_chance_is_called_so(sqlite_database: Database) -> None:
    workspace = keep(sqlite_database, **many((20, 8), (30, 9)))
    with sqlite_database.read() as connection:
        (note,) = retention_notes(connection, survey(connection, workspace), QUESTION)
    assert note.endswith("of the 30 others 30.0 %. The difference may be chance.")


def test_recommendations_are_counted_where_there_are_any(database: Database) -> None:
    """Inside the period alone, and nothing is said where none came so."""
    drawn = """
        customer | at               | referral
        ---------+------------------+---------
        a        | 2026-11-02 10:00 | yes
        b        | 2026-11-03 10:00 |
        c        | 2026-11-04 10:00 |
        d        | 2026-11-05 10:00 |
        e        | 2026-10-05 10:00 | yes
    """
    workspace = keep(database, conversions=drawn)
    with database.read() as connection:
        around = survey(connection, workspace)
        (note,) = referral_notes(connection, around, QUESTION)
        september = Period(date(2026, 9, 1), date(2026, 10, 1), "September 2026")
        other = Question("conversions", Scope(), september, date(2026, 12, 2))
        nothing = referral_notes(connection, around, other)
    assert note == "1 of 4 conversions came by a customer's recommendation (25.0 %)."
    assert nothing == ()
