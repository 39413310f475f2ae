"""Fitting a softmax regression with numpy alone: whole batches, momentum, no chance involved.

Two uses: over hashed features (sparse), and over the 384 numbers of an embedding (dense). Classes
that nobody labelled stay at their start, so a corpus without neutral rows never says neutral.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kpis.sentiment.backend import CLASSES

Table = NDArray[np.float64]
STEPS, RATE, DECAY = 300, 0.05, (0.9, 0.99)


class Design(Protocol):
    """What is known of each text: one row each."""

    def times(self, table: Table) -> Table: ...

    def back(self, slopes: Table, buckets: int = ...) -> Table: ...


class Dense:
    """Embeddings as a design: a row a text, and a last column of ones for the offset."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        self.values = np.hstack([values, np.ones((len(values), 1))])

    def times(self, table: Table) -> Table:
        return self.values @ table

    def back(self, slopes: Table, buckets: int = 0) -> Table:
        return self.values.T @ slopes


def softmax(scores: Table) -> Table:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    chances: Table = shifted / shifted.sum(axis=1, keepdims=True)
    return chances


def fit(
    design: Design,
    targets: Table,
    weights: NDArray[np.float64],
    size: int,
    *,
    ridge: float,
    offset: Table | None = None,
    steps: int = STEPS,
) -> Table:
    """Return ``size`` × classes weights by Adam on the whole batch.

    ``targets`` are one-hot rows, and a row of a corpus without neutrals gives the neutral column
    ``nan``: nothing is learnt of that class there. ``offset`` are scores that stand already.
    """
    held = ~np.isnan(targets)
    aims = np.where(held, targets, 0.0)
    base = np.zeros_like(aims) if offset is None else offset
    table = np.zeros((size, aims.shape[1]))
    speed, force = np.zeros_like(table), np.zeros_like(table)
    total = weights.sum()
    for step in range(1, steps + 1):
        scores = np.where(held, design.times(table) + base, -np.inf)
        slopes = (softmax(scores) - aims) * weights[:, None] / total
        slope = design.back(slopes, size) + ridge * table
        speed = DECAY[0] * speed + (1 - DECAY[0]) * slope
        force = DECAY[1] * force + (1 - DECAY[1]) * slope**2
        even = speed / (1 - DECAY[0] ** step), force / (1 - DECAY[1] ** step)
        table -= RATE * even[0] / (np.sqrt(even[1]) + 1e-9)
    return table


def aim(labels: list[str], known: tuple[str, ...] = CLASSES) -> Table:
    """Return one-hot rows over ``CLASSES``; classes outside ``known`` are ``nan``."""
    rows = np.zeros((len(labels), len(CLASSES)))
    rows[np.arange(len(labels)), [CLASSES.index(it) for it in labels]] = 1.0
    rows[:, [it not in known for it in CLASSES]] = np.nan
    return rows


def balance(labels: list[str]) -> NDArray[np.float64]:
    """Return weights under which every class counts alike."""
    often = {it: labels.count(it) for it in set(labels)}
    return np.array([len(labels) / (len(often) * often[it]) for it in labels])
