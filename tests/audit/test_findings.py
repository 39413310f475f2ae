"""Findings are kept once, mended by themselves, accepted by people, and hold figures back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.playground.sample import sample
from kpis.asking import Answers, ask
from kpis.audit.holding import held_back
from kpis.audit.run import look
from kpis.surroundings import look_around
from storage import findings
from storage.accounts import add_account
from storage.database import Database
from storage.imports import store
from storage.workspaces import only_workspace
from tests.drawn import draw, fill
from tests.storage.life_findings import live

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WRONG = """
    day        | account | impressions | reach | likes
    -----------+---------+-------------+-------+------
    2026-11-02 | acme    |         900 |  1200 |    10
    2026-11-03 | acme    |        2000 |  1200 |    11
    2026-11-02 | other   |        2000 |  1200 |    12
"""
RIGHT = WRONG.replace("         900", "        1900")


def audit(database: Database, workspace: int, days: int = 0) -> list[findings.FindingRow]:
    with database.write() as connection:
        now = NOW + timedelta(days=days)
        return findings.record(connection, workspace, look(connection, workspace, now), now)


def test_the_same_found_again_is_the_same_finding(database: Database) -> None:
    workspace = fill(database, days=WRONG)
    (first,) = audit(database, workspace)
    (again,) = audit(database, workspace, 1)
    assert (again.id, again.found) == (first.id, first.found)
    assert again.seen == first.seen + timedelta(days=1)


def test_what_a_new_file_mends_stands_no_longer(database: Database) -> None:
    workspace = fill(database, days=WRONG)
    (first,) = audit(database, workspace)
    store(database, workspace, draw(days=RIGHT), "U1", NOW)
    assert audit(database, workspace, 1) == []
    with database.read() as connection:
        was = findings.by_id(connection, workspace, first.id)
    assert was is not None
    assert was.fixed == NOW + timedelta(days=1)


def test_what_comes_back_is_not_covered_by_an_earlier_yes(database: Database) -> None:
    """Accepted, mended, wrong again: figures wait again."""
    workspace = fill(database, days=WRONG)
    (first,) = audit(database, workspace)
    with database.write() as connection:
        assert findings.accept(connection, workspace, first.id, "U1", NOW)
        assert not findings.accept(connection, workspace, first.id, "U2", NOW)
        assert not held_back(connection, workspace)
        findings.record(connection, workspace, [], NOW)
    (again,) = audit(database, workspace, 2)
    assert again.is_holding
    assert again.found == NOW + timedelta(days=2)


def test_accepting_lets_figures_go_and_taking_it_back_holds_them(database: Database) -> None:
    workspace = fill(database, days=WRONG)
    (it,) = audit(database, workspace)
    with database.write() as connection:
        assert held_back(connection, workspace)
        findings.accept(connection, workspace, it.id, "U1", NOW)
        assert not held_back(connection, workspace)
        assert findings.take_back(connection, workspace, it.id)
        assert held_back(connection, workspace)
        assert not findings.accept(connection, workspace + 1, it.id, "U1", NOW)


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("impressions 2026-11-02", True),
        ("reach acme 2026-11-01 to 2026-11-05", True),
        ("frequency acme 2026-11-02", True),
        ("impressions 2026-11-03", False),
        ("impressions other 2026-11-02", False),
        ("likes 2026-11-02", False),
        ("engagement-rate 2026-11-02", False),
        ("issues 2026-11-02", False),
    ],
)
def test_a_figure_waits_for_what_it_stands_on_alone(
    database: Database, words: str, waits: bool
) -> None:
    """By account, measure and days; post reach is not the account's, and issues never wait."""
    workspace = fill(
        database, days=WRONG, posts="day | post | reach | likes\n-+-+-+-\n2026-11-02 | a | 10 | 1\n"
    )
    audit(database, workspace)
    reply = ask(words, database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    with database.read() as connection:
        holding = held_back(connection, workspace)
        around = look_around(database, connection, workspace)
        why = holding.why(reply.answers[0].question, around)
    assert bool(why) is waits
    if waits:
        assert why.startswith("Held back: Instagram acme: fewer impressions than people reached")
    acme = {it.id for it in around.accounts if it.handle == "acme"}
    second = date(2026, 11, 2)
    assert holding.touching(acme, ["reach"], second, date(2026, 11, 3))
    assert not holding.touching(acme, ["reach"], date(2026, 11, 3), date(2026, 11, 4))
    assert not holding.touching(acme, ["reach"], date(2026, 11, 1), second)


def test_gaps_inform_and_hold_nothing(database: Database) -> None:
    workspace = fill(
        database,
        days="day | likes\n-+-\n2026-11-02 | 1\n",
        watched="""
            start      | end        | source
            -----------+------------+-------------
            2026-11-01 | 2026-11-03 | account-days
            2026-11-05 | 2026-11-09 | account-days
        """,
    )
    (it,) = audit(database, workspace)
    assert it.check == "gap"
    with database.read() as connection:
        assert not held_back(connection, workspace)


def test_a_change_of_what_is_held_makes_answers_anew(database: Database) -> None:
    """Answers are kept as long as nothing that they stand on changes; a second audit is nothing."""
    workspace = fill(database, days=WRONG)

    def around() -> object:
        with database.read() as connection:
            return look_around(database, connection, workspace)

    before = around()
    audit(database, workspace)
    after = around()
    assert after is not before
    audit(database, workspace, 1)
    assert around() is after


def test_the_sample_is_sound(database: Database) -> None:
    """Nothing of the sample is held back; the days that were never read are told."""
    made = sample(today=NOW.date(), days=120)
    with database.write() as connection:
        home = only_workspace(connection)
        for it in made.accounts:
            add_account(connection, home.id, it.name.platform, it.name.handle, it.brand, it.own)
    for batch in made.batches:
        store(database, home.id, batch, by="", at=NOW)
    stands = audit(database, home.id)
    assert [it.check for it in stands] == ["gap"]
    with database.read() as connection:
        assert not held_back(connection, home.id)


def test_every_verb_of_findings_works(database: Database) -> None:
    live(database, fill(database, days=WRONG))


LONGER = WRONG.replace("        2000 |  1200 |    11", "         900 |  1200 |    11")


def test_days_that_come_to_a_finding_are_not_covered_by_an_earlier_yes(database: Database) -> None:
    """The 2nd was accepted; the 3rd is wrong as well now, and nobody has seen it."""
    workspace = fill(database, days=WRONG)
    (first,) = audit(database, workspace)
    with database.write() as connection:
        findings.accept(connection, workspace, first.id, "U1", NOW)
    (again,) = audit(database, workspace, 1)
    assert not again.is_holding
    store(database, workspace, draw(days=LONGER), "U1", NOW)
    (grown,) = audit(database, workspace, 2)
    assert (grown.id, grown.end, grown.is_holding) == (first.id, date(2026, 11, 4), True)


def test_an_answer_says_what_came_to_be_held_since_it_was_asked(database: Database) -> None:
    """Asked between the file and its audit, and again after it: of the 3rd alone."""

    def note() -> str:
        told = ask("impressions acme 3 nov", database=database, workspace=workspace, now=NOW)
        assert isinstance(told, Answers)
        return " ".join(told.answers[0].notes)

    workspace = fill(database, days=WRONG)
    audit(database, workspace)
    store(database, workspace, draw(days=LONGER), "U1", NOW)
    assert "Held back" not in note()
    audit(database, workspace, 1)
    assert "Held back" in note()
