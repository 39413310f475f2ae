"""docs/kpis.md is made from the catalogue, and the demo answers every command that it names."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.planting import plant
from bot.playground.sample_issues import draw_issues
from kpis.answers import Absent, Reason
from kpis.asking import Answers, Words, ask
from kpis.catalogue import CATALOGUE
from kpis.promises import PARTS, print_page
from storage.database import Database
from storage.workspaces import only_workspace

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OFF_IN_THE_DEMO = {"csat", "relay-lag"}
"""Customers' ratings are off until an admin turns them on; the demo's team answers in its threads,
so no social tool posts its replies."""
NOT_COUNTED_THERE = {"saves tiktok"}
"""Asked to show how Kepi says that a platform does not count something."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, int]]:
    """The database of ``make demo``, with its customer issues."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    plant(url, NOW, draw_issues(NOW))
    database = Database(url)
    with database.read() as connection:
        workspace = only_workspace(connection).id
    yield database, workspace
    database.close()


def test_the_page_is_up_to_date() -> None:
    """``python -m kpis.promises > docs/kpis.md`` mends it. There are 105 rows, each once."""
    page = Path(__file__).parents[2] / "docs" / "kpis.md"
    assert page.read_text(encoding="utf-8") == print_page()
    numbers = [it.number for some in PARTS.values() for it in some]
    assert numbers == list(range(1, 106))
    assert all(it.shown or it.note for some in PARTS.values() for it in some)


def test_every_command_of_the_page_is_answered_in_the_demo(demo: tuple[Database, int]) -> None:
    """With a number or words, never “not yet” and never an error."""
    database, workspace = demo
    shown = [it.shown for some in PARTS.values() for it in some if it.shown]
    for words in (it for it in shown if not it.startswith("/")):
        reply = ask(words, database=database, workspace=workspace, now=NOW, asker="U0MIA000000")
        if isinstance(reply, Words):
            assert reply.text, words
            continue
        absent = [it.main.value for it in reply.answers if isinstance(it.main.value, Absent)]
        if words in NOT_COUNTED_THERE:
            assert [it.reason for it in absent] == [Reason.NOT_SUPPLIED], words
        else:
            assert not absent, (words, absent)


def test_every_key_of_the_catalogue_has_an_answer_in_the_demo(demo: tuple[Database, int]) -> None:
    """Each is asked by its key and answered under it."""
    database, workspace = demo
    for key in CATALOGUE:
        words = key.replace("-", " ")
        reply = ask(words, database=database, workspace=workspace, now=NOW, asker="U0MIA000000")
        assert isinstance(reply, Answers), words
        (answer,) = reply.answers
        assert answer.question.kpi == key, words
        if key not in OFF_IN_THE_DEMO:
            assert not isinstance(answer.main.value, Absent), (words, answer.main.value)
