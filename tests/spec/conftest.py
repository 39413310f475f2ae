"""``check``: drawn rows, one question, the expected words; on both databases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from kpis import wording
from kpis.answers import Absent, Answer, Reading
from kpis.asking import Answers, ask
from kpis.numbers import write
from storage.database import Database
from storage.measures import Unit
from tests.drawn import fill
from tests.drawn_records import fill_records

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""A Sunday; yesterday, the last whole day, is 21 November."""

Asking = Callable[..., Answer]


@pytest.fixture
def asked(database: Database) -> Asking:
    """Store drawn rows, ask, and return the answer."""

    def work_out(
        words: str, *, now: datetime = NOW, explained: bool = False, **rows: str
    ) -> Answer:
        workspace = fill(database, **rows)
        reply = ask(words, database=database, workspace=workspace, now=now, explained=explained)
        assert isinstance(reply, Answers)
        assert len(reply.answers) == 1
        return reply.answers[0]

    return work_out


@pytest.fixture
def check(asked: Asking) -> Callable[..., None]:
    """Store drawn rows, ask, and compare the headline and whatever else is expected."""

    def compare(
        words: str,
        *,
        expected: str,
        details: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        footnote: str = "",
        **rows: str,
    ) -> None:
        answer = asked(words, **rows)
        assert wording.headline(answer) == expected
        for line in details:
            assert line in wording.details(answer)
        for note in notes:
            assert note in wording.notes(answer)
        assert footnote in wording.footnote(answer)

    return compare


CheckRecords = Callable[..., None]


@pytest.fixture
def check_records(database: Database) -> CheckRecords:
    """Store drawn records, ask each question, and compare what is expected of its answer.

    ``asks`` maps words to the headline, or to ``Told(headline, beside=, parts=, notes=)``.
    """

    def compare(
        asks: dict[str, str | Told],
        *,
        now: datetime = NOW,
        days: str = "",
        accounts: str = ACCOUNTS,
        **records: str,
    ) -> None:
        workspace = fill(database, accounts=accounts, days=days)
        fill_records(database, **records)
        for words, expected in asks.items():
            told = expected if isinstance(expected, Told) else Told(expected)
            reply = ask(words, database=database, workspace=workspace, now=now, explained=True)
            assert isinstance(reply, Answers), words
            (answer,) = reply.answers
            said = wording.headline(answer) if len(answer.lines) == 1 else headlines(answer)
            assert said == told.headline, words
            beside = {name: beside_words(reading, unit) for name, reading, unit in answer.beside}
            assert told.beside.items() <= beside.items(), (words, beside)
            if told.parts is not None:
                parts = {it.name: beside_words(it.value, answer.unit) for it in answer.breakdown}
                assert parts == told.parts, words
            for note in told.notes:
                assert note in wording.notes(answer), (words, wording.notes(answer))
            for line in told.details:
                assert line in answer.main.details, (words, answer.main.details)

    return compare


@dataclass(frozen=True)
class Told:
    """What an answer is expected to say."""

    headline: str
    beside: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


ACCOUNTS = """
    platform  | account   | brand     | own
    ----------+-----------+-----------+----
    instagram | acme      | acme      | yes
    x         | nordkaffe | nordkaffe | no
"""


def headlines(answer: Answer) -> str:
    """Return the lines of several currencies or scales, in their order."""
    return "; ".join(f"{it.name}: {wording.headline(answer, it)}" for it in answer.lines)


def beside_words(reading: Reading, unit: Unit) -> str:
    return reading.words if isinstance(reading, Absent) else write(reading.low, unit)
