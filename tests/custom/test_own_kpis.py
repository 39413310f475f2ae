"""A team's own KPIs are asked like any other: counters, levels and formulas, on both databases."""

from datetime import UTC, date, datetime

import pytest

from commands.custom.reading import read_new, read_value
from kpis import wording
from kpis.asking import Answers, Words, ask
from kpis.surroundings import look_around
from storage import custom_kpis
from storage.custom_kpis import CustomRow
from storage.database import Database
from storage.errors import KepiError
from tests.drawn import fill
from tests.drawn_records import fill_records

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAYS = """
    day        | platform  | likes | comments | impressions
    -----------+-----------+-------+----------+------------
    2026-10-20 | instagram |    10 |        2 |         100
    2026-11-02 | instagram |    30 |        5 |         200
    2026-11-03 | facebook  |    20 |       10 |         300
"""


def own(database: Database, workspace: int, *words: str) -> None:
    with database.write() as connection:
        directory = look_around(database, connection, workspace).directory
        for it in words:
            custom_kpis.declare(connection, workspace, read_new(it, "mia", directory), NOW)


def add(database: Database, workspace: int, *words: str) -> None:
    with database.write() as connection:
        directory = look_around(database, connection, workspace).directory
        held = custom_kpis.customs(connection, workspace)
        for it in words:
            told = read_value(it, held, NOW.date(), directory)
            custom_kpis.put_value(
                connection, workspace, told.key, told.day, told.value, told.note, "U1", NOW
            )


def say(database: Database, workspace: int, words: str) -> str:
    reply = ask(words, database=database, workspace=workspace, now=NOW, explained=True)
    assert isinstance(reply, Answers)
    return wording.headline(reply.answers[0])


def test_counters_are_added_levels_last_formulas_worked_out(database: Database) -> None:
    """1 + 2 talks in November, 1 before. Backlinks stand at 412. (30 + 20) + 2 × (5 + 10) = 80
    of 500 impressions: 16.0 %; one day before is too few to compare with."""
    workspace = fill(database, days=DAYS)
    own(
        database, workspace,
        "“Speaking invitations” count aim thought leadership",
        "“Backlinks” level",
        "“Weighted rate” percent = (likes + 2 × comments) ÷ impressions",
    )  # fmt: skip
    add(
        database, workspace,
        "speaking invitations 1 on 2026-10-20",
        "speaking invitations 1 on 2 nov “Web Summit”",
        "speaking invitations 2 on 2 nov",
        "backlinks 390 on 2026-10-01",
        "backlinks 412 on 3 nov",
    )  # fmt: skip
    assert say(database, workspace, "speaking invitations nov") == "3, +200 % (1 before)"
    assert say(database, workspace, "backlinks nov") == "412, +5.6 % (390 before)"
    assert say(database, workspace, "weighted rate nov") == "16.0 %"
    guide = ask("guide weighted rate", database=database, workspace=workspace, now=NOW)
    assert isinstance(guide, Words)
    assert "Σ likes + Σ comments × 2" in guide.text


def test_a_removed_kpi_is_not_known_and_comes_back_whole(database: Database) -> None:
    """Its values are kept; a stranger's workspace never sees it."""
    workspace = fill(database, days=DAYS)
    own(database, workspace, "“Talks”")
    add(database, workspace, "talks 4 on 3 nov")
    with database.write() as connection:
        assert custom_kpis.remove(connection, workspace, "own-talks", NOW)
        assert not custom_kpis.remove(connection, workspace, "own-talks", NOW)
    with pytest.raises(KepiError, match="I don't know “talks”"):
        say(database, workspace, "talks nov")
    with database.write() as connection:
        assert custom_kpis.restore(connection, workspace, "own-talks")
        assert not custom_kpis.customs(connection, workspace + 1)
    assert say(database, workspace, "talks nov").startswith("4")


REFUSED = {
    "": "Say its name",
    "“Reach”": "is a KPI already",
    "“…”": "letters in it",
    "“Talks” unit euros": "The unit is one of",
    "“" + "x" * 61 + "”": "up to 60 characters",
    "“Rate” = likes ÷": "ends too early",
}


def test_what_cannot_be_declared_or_counted_says_what_would_work(database: Database) -> None:
    workspace = fill(database, days=DAYS)
    for words, why in REFUSED.items():
        with pytest.raises(KepiError, match=why):
            own(database, workspace, words)
    own(database, workspace, "“Talks”", "“Rate” = likes ÷ impressions")
    for words, why in {
        "talks": "Say which, how many and when",
        "tallks 3": "is none of your own KPIs: Rate, Talks",
        "rate 3": "worked out from others",
        "talks 3 on blue moon": "is not a day",
        "talks 3 on last week": "is not one day",
    }.items():
        with pytest.raises(KepiError, match=why):
            add(database, workspace, words)


def test_the_same_day_and_note_again_replaces_the_value(database: Database) -> None:
    """A slip is mended by saying it again; other notes of the day stay."""
    workspace = fill(database, days=DAYS)
    own(database, workspace, "“Talks”")
    add(database, workspace, "talks 4 on 3 nov", "talks 5 on 3 nov", "talks 1 on 3 nov “panel”")
    assert say(database, workspace, "talks nov").startswith("6")
    row = CustomRow("own-talks", "Talks", "count", "higher", "A", "", "", "", "")
    with database.read() as connection:
        held = custom_kpis.values(connection, workspace, [row.key])
    assert {(it.day, it.value) for it in held} == {
        (date(2026, 11, 3), 5.0),
        (date(2026, 11, 3), 1.0),
    }


def test_a_value_is_of_the_day_that_the_words_name_today_among_them(database: Database) -> None:
    """Today is Sunday 22 November; a question would read today as yesterday."""
    workspace = fill(database, days=DAYS)
    own(database, workspace, "“Talks”")
    add(
        database, workspace,
        "talks 1",
        "talks 2 today “a”",
        "talks 3 on 2026-11-22 “b”",
        "talks 4 yesterday “c”",
        "talks 5 i går “d”",
        "talks 6 on 12 nov “e”",
    )  # fmt: skip
    with database.read() as connection:
        held = custom_kpis.values(connection, workspace, ["own-talks"])
    assert {it.value: it.day.day for it in held} == {1: 22, 2: 22, 3: 22, 4: 21, 5: 21, 6: 12}
    for words, why in {
        "talks 3 on 2026-11-23": "is not a day",
        f"talks {10**16}": "too large",
    }.items():
        with pytest.raises(KepiError, match=why):
            add(database, workspace, words)


SALES = """
    day        | type     | platform  | currency | value
    -----------+----------+-----------+----------+-------
    2026-11-02 | purchase | instagram | EUR      | 120.00
    2026-11-03 | purchase | facebook  | EUR      |  80.00
    2026-11-03 | lead     | instagram |          |
    2026-11-04 | lead     | instagram |          |
"""


def test_with_one_currency_what_has_no_price_counts_too(database: Database) -> None:
    """€200 of four conversions, two of them without a value: €50 each, not €100."""
    workspace = fill(database, days=DAYS)
    fill_records(database, conversions=SALES)
    own(database, workspace, "“Worth of a conversion” ratio = revenue ÷ conversions")
    assert say(database, workspace, "worth of a conversion nov").startswith("50.00")
