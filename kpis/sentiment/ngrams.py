"""The model that is always there: hashed n-grams, numpy alone, a small file a language.

65,536 buckets × 3 classes of half-precision numbers, made by ``kpis.sentiment.train``. A text in a
language without a file is taken for English where its letters are Latin, for Chinese otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from kpis.sentiment.backend import CLASSES, NGRAMS, Chances, Label, decide
from kpis.sentiment.features import BUCKETS, extract
from kpis.sentiment.fitting import Table, softmax
from kpis.sentiment.reading import Reading

MODELS = Path(__file__).parent / "models"
FALLBACK = "en"
LAYER = 1 << 13
"""Buckets of what a team teaches on top."""


class Ngrams:
    """The n-gram models of every language, each loaded when it is needed."""

    id = NGRAMS

    def __init__(self, folder: Path = MODELS) -> None:
        self.folder = folder
        self.version = (folder / "VERSION").read_text().strip()

    def chances(self, texts: Sequence[str], language: str) -> Chances:
        return softmax(extract(texts).times(load(self.folder, language)))

    def classify(self, texts: Sequence[str], language: str) -> list[Label]:
        return decide(self.chances(texts, language))

    def read(self, texts: Sequence[str], languages: Sequence[str]) -> Reading:
        """Return the scores of texts in several languages, and features for a layer on top."""
        scores = np.empty((len(texts), len(CLASSES)))
        for language in set(languages):
            places = [place for place, it in enumerate(languages) if it == language]
            features = extract([texts[place] for place in places])
            scores[places] = features.times(load(self.folder, language))
        return Reading(scores, extract(texts, LAYER), LAYER)


@cache
def load(folder: Path, language: str) -> Table:
    """Return the weights of a language: buckets × classes."""
    path = folder / f"{language}.npz"
    with np.load(path if path.is_file() else folder / f"{FALLBACK}.npz") as held:
        table: Table = held["weights"].astype(np.float64)
    return table


def save(folder: Path, language: str, table: Table) -> None:
    assert table.shape[0] == BUCKETS
    np.savez_compressed(folder / f"{language}.npz", weights=table.astype(np.float16))


@cache
def shipped() -> Ngrams:
    """Return the model in the package."""
    return Ngrams()
