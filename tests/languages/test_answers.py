"""The same rows give the same numbers in every language, and each is remembered apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from kpis import wording
from kpis.answers import Answer
from kpis.asking import Answers, Words, ask
from kpis.data_rows import data_rows
from kpis.receipt_words import receipt_sections
from kpis.tongue import LANGUAGES, speaking
from storage.database import Database
from tests.drawn import fill

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAYS = """
day        | platform  | impressions | likes
-----------+-----------+-------------+------
2026-11-20 | instagram |       1,200 |    10
2026-11-21 | instagram |         800 |     5
2026-11-18 | instagram |         500 |     5
2026-11-19 | instagram |         500 |     5
""".replace(",", "")
HEADLINES = {
    "en": "2,000, +100 % (1,000 before)",
    "sv": "2 000, +100 % (1 000 före)",
    "vi": "2.000, +100% (1.000 kỳ trước)",
    "id": "2.000, +100% (1.000 sebelumnya)",
    "zh": "2,000，+100%（此前 1,000）",
}
SENTENCES = {
    "en": "Impressions, Instagram acme, 20–21 Nov: 2,000, +100 % (1,000 before).",
    "sv": "Visningar, Instagram acme, 20–21 nov.: 2 000, +100 % (1 000 före).",
    "vi": "Lượt hiển thị, Instagram acme, 20 – 21 thg 11: 2.000, +100% (1.000 kỳ trước).",
    "id": "Impresi, Instagram acme, 20–21 Nov: 2.000, +100% (1.000 sebelumnya).",
    "zh": "曝光量，Instagram acme，11月20日至21日：2,000，+100%（此前 1,000）。",
}
TITLES = {
    "en": "Impressions · Instagram acme · last 2 days",
    "sv": "Visningar · Instagram acme · senaste 2 dagarna",
    "vi": "Lượt hiển thị · Instagram acme · 2 ngày qua",
    "id": "Impresi · Instagram acme · 2 hari terakhir",
    "zh": "曝光量 · Instagram acme · 近 2 天",
}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def answer_in(language: str, words: str, database: Database, workspace: int) -> Answer:
    with speaking(language):
        reply = ask(words, database=database, workspace=workspace, now=NOW, explained=True)
    assert isinstance(reply, Answers)
    return reply.answers[0]


def test_an_answer_is_said_in_each_language_with_its_numbers(database: Database) -> None:
    """Title, headline and the sentence of a notification; words typed in one language serve all."""
    workspace = fill(database, days=DAYS)
    for language in LANGUAGES:
        found = answer_in(language, "impressions last 2 days", database, workspace)
        with speaking(language):
            assert plain(wording.headline(found)) == HEADLINES[language]
            assert plain(wording.sentence(found)) == SENTENCES[language]
        assert found.title == TITLES[language]
        assert found.receipt.repeat.startswith("impressions 2026-11-20 to 2026-11-21")


def test_each_language_is_kept_apart(database: Database) -> None:
    """An answer that was worked out for a Swede is not what an English channel is shown."""
    workspace = fill(database, days=DAYS)
    titles = [
        answer_in(it, "impressions last 2 days", database, workspace).title
        for it in ("sv", "en", "sv", "zh", "en")
    ]
    assert titles == [TITLES[it] for it in ("sv", "en", "sv", "zh", "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_an_answer_of_another_language(
    language: str, database: Database
) -> None:
    """Whatever surfaces say around a number: footnote, receipt, data file, absence, help."""
    workspace = fill(database, days=DAYS)
    found = answer_in(language, "impressions last 3 days", database, workspace)
    missing = answer_in(language, "impressions 2020", database, workspace)
    with speaking(language):
        rows = [str(cell) for row in data_rows(found)[:5] for cell in row if cell]
        said = [
            wording.footnote(found),
            wording.alt_text(found),
            *(heading for heading, _ in receipt_sections(found)),
            wording.say_value(missing.main, missing.unit),
            *rows,
        ]
        reply = ask("help", database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Words)
    said += [it for it in reply.text.split("\n") if not it.startswith("/kpi")]
    english = re.compile(
        r"\b(days|before|the|of|from|until|data for|have|whole|highest|ask|no period)\b", re.I
    )
    left = [it for it in said if english.search(it)]
    assert bool(left) == (language == "en"), left


def test_refusals_are_in_the_asker_s_language(database: Database) -> None:
    workspace = fill(database, days=DAYS)
    with speaking("sv"):
        found = answer_in("sv", "saves by platform 2019", database, workspace)
        said = wording.say_value(found.main, found.unit)
    assert re.search(r"\b(saknas|Inga data)\b", said), said
