"""Which language a mention is in: among those that were chosen, with lingua and without."""

from __future__ import annotations

import pytest

from kpis.sentiment import languages
from kpis.sentiment.choosing import choose_languages, languages_of
from kpis.sentiment.languages import LANGUAGES, detect, guess
from storage.database import Database
from storage.errors import KepiError
from storage.workspaces import only_workspace
from tests.sentiment import clear
from tests.sentiment.planted import NOW


@pytest.mark.parametrize("has_lingua", [True, False])
def test_ordinary_sentences_are_told_apart(
    has_lingua: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With lingua all but one of a language, without it four of five."""
    if not has_lingua:
        monkeypatch.setattr(languages, "is_lingua_here", lambda: False)
    for key in LANGUAGES:
        texts = [*clear.POSITIVE[key], *clear.NEGATIVE[key], *clear.NEUTRAL[key]]
        right = detect(texts).count(key)
        assert right >= (len(texts) - 1 if has_lingua else len(texts) * 0.75)


def test_only_chosen_languages_are_found() -> None:
    """Swedish and English were chosen: Indonesian is never named, and the first is the default."""
    assert set(detect(["Kopinya enak banget", "det är bra", "this is good"], ["sv", "en"])) <= {
        "sv",
        "en",
    }
    assert detect(["Kopinya enak", "这家咖啡太好喝了"], ["vi"]) == ["vi", "vi"]
    for nothing in ("", "😡", "12345", "???"):
        assert detect([nothing], ["sv", "en"]) == ["sv"]
        assert guess(nothing, ["id", "en"]) == "id"
    assert detect([]) == []


def test_a_workspace_chooses_its_languages(database: Database) -> None:
    """All five until somebody chose; what is no language of ours is refused by name."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        assert languages_of(connection, workspace) == LANGUAGES
        choose_languages(connection, workspace, "SV, en sv", "U1", NOW)
        assert languages_of(connection, workspace) == ("sv", "en")
        for words, said in (("sv fr", "“fr”"), ("", "Which ones")):
            with pytest.raises(KepiError, match=said):
                choose_languages(connection, workspace, words, "U1", NOW)
        assert languages_of(connection, workspace) == ("sv", "en")
