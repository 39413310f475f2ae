"""``asked``: drawn issues, one question, its answer; on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kpis.answers import Answer
from kpis.asking import Answers, ask
from storage.database import Database
from storage.workspaces import only_workspace
from support.rules import Rules
from tests.service.issues_drawn import draw_issues, track

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""A Sunday; yesterday, the last whole day, is 21 November."""

Asking = Callable[..., Answer]


@pytest.fixture
def asked(database: Database) -> Asking:
    """Track #care and #shop, store drawn issues, ask, and return the answer."""

    def work_out(
        words: str,
        issues: str = "",
        *,
        now: datetime = NOW,
        zone: str = "UTC",
        rules: Rules | None = None,
        choices: tuple[str, ...] = (),
        asker: str = "",
    ) -> Answer:
        with database.write() as connection:
            workspace = only_workspace(connection).id
        if issues:
            track(database, {"C1": "care", "C2": "shop"}, rules=rules, choices=choices)
            draw_issues(database, issues, zone=zone)
        reply = ask(words, database=database, workspace=workspace, now=now, asker=asker)
        assert isinstance(reply, Answers)
        assert len(reply.answers) == 1
        return reply.answers[0]

    return work_out
