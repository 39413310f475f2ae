"""``check``: drawn rows, one question, the expected words; on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kpis import wording
from kpis.answers import Answer
from kpis.asking import Answers, ask
from storage.database import Database
from tests.drawn import fill

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
