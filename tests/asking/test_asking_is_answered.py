"""Ten thousand texts, asked of a workspace with data: none crashes, each is answered in words."""

from random import Random

import pytest

from bot.playground.planting import plant
from kpis import wording
from kpis.asking import Answers, ask
from storage.database import Database
from storage.errors import KepiError
from storage.workspaces import only_workspace
from tests.asking.test_asking_anything import make_texts
from tests.spec.conftest import NOW

PIECES = """
    reach likes followers posts frequency ctr engagements hashtags engagement-rate saves all
    instagram facebook x nordkaffe acme tiktok last-30d yesterday 2026-10 q3 2026 last week by
    platform weekday hashtag month brand vs previous last year nordkaffe private per post by
    activity by followers best times content mix as of 2026-11-20 roi 1 nov to 15 nov
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The sample, which has every platform, two competitors and a gap."""
    url = f"sqlite:///{tmp_path_factory.mktemp('asked') / 'sample.db'}"
    plant(url, NOW)
    return Database(url)


def said(database: Database, text: str) -> str:
    """Return everything that is said to a text; only a ``KepiError`` may be raised."""
    with database.read() as connection:
        workspace = only_workspace(connection).id
    try:
        reply = ask(text, database=database, workspace=workspace, now=NOW)
    except KepiError as refusal:
        return str(refusal)
    if not isinstance(reply, Answers):
        return reply.text
    return "\n".join(
        part
        for it in reply.answers
        for part in (wording.plain(it), wording.alt_text(it), wording.sentence(it))
    )


def test_hostile_texts_are_answered_from_real_tables(database: Database) -> None:
    """Scripts, markup, SQL and noise: an answer or one clear line, never silence."""
    for text in make_texts(5_000, seed=1):
        words = said(database, text)
        assert words.strip(), repr(text)
        assert len(words) < 20_000


def test_any_order_of_real_words_is_answered(database: Database) -> None:
    """Sentences thrown together from the words that people use reach every reader."""
    random = Random(20261122)
    for _ in range(5_000):
        text = " ".join(random.choices(PIECES.split(), k=random.randint(1, 6)))
        words = said(database, text)
        assert words.strip(), text
        assert "Traceback" not in words


def test_a_text_of_nine_hundred_kilobytes_is_refused_in_one_line(database: Database) -> None:
    for text in ("reach " * 150_000, "覆" * 300_000, "\u202e" * 900_000, "<!channel>" * 90_000):
        words = said(database, text)
        assert "\n" not in words
        assert "characters" in words
