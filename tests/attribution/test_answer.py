"""The table of attribution, asked in words: what it says, and that its columns add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from bot.verbs.ask import plain_data
from kpis.answers import Absent, Answer, Reason
from kpis.asking import Answers, ask
from kpis.attribution.answer import answer_attribution
from kpis.catalogue import CATALOGUE, Table
from kpis.question import Question
from kpis.receipt_words import receipt_sections
from kpis.surroundings import survey
from kpis.tongue import speaking
from kpis.wording import plain
from storage.database import Database
from storage.measures import Unit
from tests.attribution.drawn import keep, keep_rows, path
from tests.attribution.test_credits import draw_rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
READ = ("2026-10-25", "2026-11-21")
MODELS = ("Last touch", "First touch", "Linear", "Time decay", "Position", "Markov removal")

TOUCHES = """
    customer | at               | platform  | paid | campaign
    ---------+------------------+-----------+------+---------
    ann      | 2026-11-01 10:00 | instagram | no   |
    ann      | 2026-11-08 10:00 | x         | yes  | sale
    ann      | 2026-11-15 10:00 | email     |      |
    bob      | 2026-11-14 09:00 | instagram | no   |
    eve      | 2026-11-14 09:00 | instagram | no   |
"""
CONVERSIONS = """
    customer | at               | type     | value  | currency | platform
    ---------+------------------+----------+--------+----------+---------
    ann      | 2026-11-15 10:00 | purchase | 100.00 | EUR      |
    bob      | 2026-11-15 09:00 | lead     |        |          |
    cy       | 2026-11-01 23:59 | lead     |        |          | linkedin
    dora     | 2026-11-15 12:00 | purchase | 9000   | JPY      |
"""


def asked(
    database: Database, workspace: int, words: str = "attribution", by: str | None = None
) -> Answer:
    """Return the answer to words, split by ``by``."""
    reply = ask(words, database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    (answer,) = reply.answers
    return answer if by is None else split(database, workspace, answer.question, by)


def split(database: Database, workspace: int, question: Question, by: str) -> Answer:
    entry = CATALOGUE["attribution"]
    assert isinstance(entry, Table)
    with database.read() as connection:
        around = survey(connection, workspace)
        return answer_attribution(replace(question, by=by), entry, connection, around)


def rows_of(answer: Answer) -> dict[str, list[str]]:
    assert answer.grid is not None
    assert answer.grid.columns == MODELS
    return {name: [cell.words for cell in cells] for name, cells in answer.grid.rows}


def numbers_of(answer: Answer) -> dict[str, list[float]]:
    assert answer.grid is not None
    return {name: [cell.value or 0.0 for cell in cells] for name, cells in answer.grid.rows}


def test_every_medium_has_a_row_and_every_model_a_column(database: Database) -> None:
    """The media that most bought from come first, what is unknown last; each currency apart.

    By removal: of those who bought, ann's way and bob's begin with Instagram, from which 1 of 3
    went on to X, 1 bought and 1 (eve) left. Linkedin stands alone in its walk, dora in none.
    """
    workspace = keep(database, touches=TOUCHES, conversions=CONVERSIONS, watched=READ)
    answer = asked(database, workspace)
    # 3 of 4 walks bought; 1 of 4 would without Instagram, 2 of 4 without any of the others.
    lost = {"instagram": 2 / 3, "email": 1 / 3, "linkedin": 1 / 3, "x": 1 / 3}
    whole = sum(lost.values())
    removal = {name: f"{3 * it / whole:.1f}" for name, it in lost.items()}
    assert rows_of(answer) == {
        "email": ["1", "0", "0.3", "0.6", "0.4", removal["email"]],
        "Instagram": ["1", "2", "1.3", "1.1", "1.4", removal["instagram"]],
        "LinkedIn": ["1", "1", "1", "1", "1", removal["linkedin"]],
        "X": ["0", "0", "0.3", "0.3", "0.2", removal["x"]],
        "unattributed": ["1", "1", "1", "1", "1", "1"],
        "email, EUR": ["€100.00", "€0.00", "€33.33", "€57.14", "€40.00", "€33.33"],
        "Instagram, EUR": ["€0.00", "€100.00", "€33.34", "€14.29", "€40.00", "€33.33"],
        "X, EUR": ["€0.00", "€0.00", "€33.33", "€28.57", "€20.00", "€33.33"],
        "unattributed, JPY": ["¥9,000"] * 6,
    }
    said = plain(answer)
    assert said.startswith("Attribution · last 28 days\n4 conversions\n")
    assert "Revenue: €100.00 and ¥9,000." in said
    assert "1 conversion has no known touch (25.0 %)." in said
    assert "25 Oct – 21 Nov, UTC · 28 of 28 days" in said


def test_it_can_be_told_by_campaign_and_by_who_paid(database: Database) -> None:
    """A journey through no campaign is nobody's; removal knows the campaigns of the journey."""
    workspace = keep(database, touches=TOUCHES, conversions=CONVERSIONS, watched=READ)
    assert rows_of(asked(database, workspace, by="campaign")) == {
        "sale": ["0", "0", "0.3", "0.3", "0.2", "1"],
        "not told": ["4", "4", "3.7", "3.7", "3.8", "3"],
        "sale, EUR": ["€0.00", "€0.00", "€33.33", "€28.57", "€20.00", "€100.00"],
        "not told, EUR": ["€100.00", "€100.00", "€66.67", "€71.43", "€80.00", "€0.00"],
        "not told, JPY": ["¥9,000"] * 6,
    }
    paid = numbers_of(asked(database, workspace, by="paid"))
    assert list(paid)[:3] == ["organic", "paid", "not told"]
    assert [paid["organic"][0], paid["paid"][1]] == [1, 0]
    assert sum(paid[it][5] for it in ("organic", "paid", "not told")) == pytest.approx(4)


def test_a_named_platform_has_its_row_alone(database: Database) -> None:
    """Shares stay those of all conversions, and no revenue of others is told."""
    workspace = keep(database, touches=TOUCHES, conversions=CONVERSIONS, watched=READ)
    answer = asked(database, workspace, "attribution instagram")
    assert list(rows_of(answer)) == ["Instagram", "Instagram, EUR"]
    assert "1 of 4 conversions by last touch" in plain(answer)
    assert "Revenue" not in plain(answer)


@pytest.mark.parametrize("seed", [11, 12])
def test_each_column_adds_up_to_the_same(database: Database, seed: int) -> None:
    """Whatever was drawn, beside paths that a file added up, and however it is split."""
    touches, conversions = draw_rows(Random(seed))
    ways = [
        path({"path": way, "start": "2026-10-03", "end": "2026-10-09", "conversions": count,
              "value": "12.345", "others": "3", "currency": "EUR"})
        for way, count in (("ig > x > ig", "7"), ("newsletter", "2"), ("x > tiktok", "0"))
    ]  # fmt: skip
    rows = [("touches", touches), ("conversions", conversions), ("paths", ways)]
    workspace = keep_rows(database, rows, ("2026-09-01", "2026-12-31"))
    words = "attribution 2026-09-01 to 2026-11-20"
    for by in ("platform", "campaign", "paid"):
        answer = asked(database, workspace, words, by)
        assert answer.grid is not None
        first = datetime(2026, 11, 21, tzinfo=UTC)
        told = [it for it in conversions if it["at"] < first]
        worth = {"EUR": 3 * 1234.5, "VND": 0.0}
        for it in told:
            if it["value"] is not None:
                worth[it["currency"]] += it["value"]
        for unit in {cells[0].unit for _, cells in answer.grid.rows}:
            cells = [it for _, it in answer.grid.rows if it[0].unit is unit]
            sums = [sum(it[at].value or 0.0 for it in cells) for at in range(len(MODELS))]
            if unit is Unit.COUNT:
                expected = len(told) + 9.0
            else:
                decimals = {"EUR": 100, "VND": 1}[unit.currency]
                expected = round(worth[unit.currency] + 1e-6) / decimals
            assert sums == pytest.approx([expected] * len(MODELS), abs=1e-6)


def test_roles_are_told_where_first_and_last_touch_differ(sqlite_database: Database) -> None:
    """40 bought by mail whom Instagram had brought: Instagram is the bait, email the till.

    Fewer than 30 conversions say nothing, nor does a difference below 5 points.
    """

    def store(count: int, name: str) -> int:
        lines = [
            f"{name}{at} | 2026-11-0{1 + moment} 10:00 | {platform}"
            for at in range(count)
            for moment, platform in enumerate(("instagram", "email"))
        ]
        touches = "customer | at | platform\n---+---+---\n" + "\n".join(lines)
        bought = [f"{name}{at} | 2026-11-05 10:00" for at in range(count)]
        conversions = "external_id | customer | at\n---+---+---\n" + "\n".join(
            f"{name}{at} | {line}" for at, line in enumerate(bought)
        )
        return keep(sqlite_database, touches=named(touches, name), conversions=conversions,
                    watched=READ)  # fmt: skip

    def named(drawn: str, name: str) -> str:
        head, rule, *rows = drawn.splitlines()
        rows = [f"{name} touch {at} | {row}" for at, row in enumerate(rows)]
        return "\n".join([f"external_id | {head}", f"---+{rule}", *rows])

    workspace = store(29, "few")
    assert asked(sqlite_database, workspace).notes == ()
    store(11, "more")
    assert asked(sqlite_database, workspace).notes == (
        "Social media begin 100.0 % of conversions and end 0.00 %: more bait than till.",
        "Instagram begins more than it ends: 100.0 % by first touch, 0.00 % by last.",
        "email ends more than it begins: 0.00 % by first touch, 100.0 % by last.",
    )


def test_many_media_become_one_row_that_still_adds_up(sqlite_database: Database) -> None:
    """The chart has room for a dozen rows, the unknown among them."""
    ways = "\n".join(f"m{at} | 2026-11-02 | {40 - at}" for at in range(30))
    drawn = f"path | start | conversions\n---+---+---\n{ways}\n | 2026-11-02 | 3"
    workspace = keep(sqlite_database, paths=drawn)
    numbers = numbers_of(asked(sqlite_database, workspace, "attribution november"))
    assert list(numbers)[-3:] == ["m9", "20 others", "unattributed"]
    assert len(numbers) == 12
    for column in zip(*numbers.values(), strict=True):
        assert sum(column) == pytest.approx(sum(40 - at for at in range(30)) + 3)


def test_paths_that_reach_beyond_the_period_are_left_out_by_name(database: Database) -> None:
    """A part of a total that nobody cut by day cannot be told; the whole of it can."""
    drawn = """
        path  | start      | end        | conversions | name
        ------+------------+------------+-------------+-------
        a > b | 2026-10-01 | 2026-10-31 |           4 | autumn
        b     | 2026-11-02 | 2026-11-02 |           1 | monday
    """
    workspace = keep(database, paths=drawn)
    answer = asked(database, workspace, "attribution 2026-10-15 to 2026-11-10")
    assert numbers_of(answer) == {"b": [1.0] * 6}
    assert "Left out, for they reach beyond this period: autumn (1–31 Oct)." in answer.notes
    october = numbers_of(asked(database, workspace, "attribution october"))
    assert [it[0] for it in october.values()] == [4, 0]


def test_without_conversions_it_says_what_there_is(database: Database) -> None:
    """Nothing at all; days that were never read; days that were read and hold none."""
    workspace = keep(database, touches=TOUCHES, watched=READ)
    said = absence(asked(database, workspace))
    assert said.startswith("No conversions yet.")
    assert "/ingest/v1/conversions" in said
    keep(database, conversions=CONVERSIONS, watched=READ)
    said = absence(asked(database, workspace, "attribution september"))
    assert said == "No conversions for 1–30 Sep; I have 1–15 Nov."
    said = absence(asked(database, workspace, "attribution 2026-11-16 to 2026-11-20"))
    assert said == "No conversions for 16–20 Nov: all of them were read, and hold none."


def absence(answer: Answer) -> str:
    value = answer.main.value
    assert isinstance(value, Absent)
    assert value.reason is Reason.NO_DATA
    return value.words


def test_data_are_in_full_and_people_read_one_decimal(sqlite_database: Database) -> None:
    """A third of 10,000 is 3,333.333333 as data; in Swedish a decimal comma stands in it."""
    drawn = """
        path      | start      | conversions
        ----------+------------+------------
        a > b > c | 2026-11-02 |       10000
    """
    workspace = keep(sqlite_database, paths=drawn)
    answer = asked(sqlite_database, workspace, "attribution november")
    assert rows_of(answer)["b"][2] == "3,333.3"
    data: Any = plain_data(answer)
    cell = next(cells[2] for name, cells in data["grid"]["rows"] if name == "b")
    assert cell["value"] == pytest.approx(3333.333333, abs=1e-6)
    with speaking("sv"):
        swedish = asked(sqlite_database, workspace, "attribution november", "platform")
        assert rows_of_any(swedish)["b"][2].endswith("333,3")


def rows_of_any(answer: Answer) -> dict[str, list[str]]:
    assert answer.grid is not None
    return {name: [cell.words for cell in cells] for name, cells in answer.grid.rows}


def test_the_receipt_explains_each_model_in_a_line(sqlite_database: Database) -> None:
    """And shows that each adds up to all conversions, with the look-back."""
    workspace = keep(sqlite_database, touches=TOUCHES, conversions=CONVERSIONS, watched=READ)
    sections = dict(receipt_sections(asked(sqlite_database, workspace)))
    built = sections["Built from"]
    for model in MODELS:
        assert f"{model}: 4" in built
        lines = [it for it in built if it.startswith(f"{model}: ")]
        assert len(lines) == 2, model
    assert "Touches up to 30 days before a conversion count." in built


def test_an_earlier_moment_is_answered_with_what_is_known_now(sqlite_database: Database) -> None:
    """And it says so; a moment after the last file says nothing."""
    workspace = keep(sqlite_database, touches=TOUCHES, conversions=CONVERSIONS, watched=READ)
    question = asked(sqlite_database, workspace).question
    note = "Told as it is known now: credits keep no earlier state."
    early = replace(question, as_of=datetime(2026, 11, 20, tzinfo=UTC))
    assert note in split(sqlite_database, workspace, early, "platform").notes
    late = replace(question, as_of=NOW)
    assert note not in split(sqlite_database, workspace, late, "platform").notes
