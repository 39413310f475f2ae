"""Texts as hashed features: characters in runs of one to four, and pairs of words.

Everything is done by numpy over all texts at once, which is fast and lets other threads run.
A feature counts once a text; a row's values are 1/√n, so that long texts shout no louder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
LONGEST = 4
LIMIT = 2_000
"""Characters of a text that are read."""
Numbers = NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
_STIR = np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(29)


class Features(NamedTuple):
    """Which buckets texts fall into: parallel arrays, sorted by row."""

    rows: NDArray[np.int64]
    buckets: NDArray[np.int64]
    weights: NDArray[np.float64]
    texts: int
    """How many there are."""

    def times(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return features × ``table`` (buckets × classes): a row a text."""
        found = np.empty((self.texts, table.shape[1]))
        for place in range(table.shape[1]):
            values = table[self.buckets, place] * self.weights
            found[:, place] = np.bincount(self.rows, values, self.texts)
        return found

    def back(self, slopes: NDArray[np.float64], buckets: int = BUCKETS) -> NDArray[np.float64]:
        """Return features transposed × ``slopes`` (texts × classes): a row a bucket."""
        found = np.empty((buckets, slopes.shape[1]))
        for place in range(slopes.shape[1]):
            values = slopes[self.rows, place] * self.weights
            found[:, place] = np.bincount(self.buckets, values, buckets)
        return found


def prepare(text: str) -> str:
    """Return a text as it is hashed: compatibility forms, lower case, single spaces around it."""
    folded = unicodedata.normalize("NFKC", text[:LIMIT]).lower()
    return f" {' '.join(folded.split())} "


def extract(texts: Sequence[str], buckets: int = BUCKETS) -> Features:
    """Return the features of texts; an empty text has hardly any."""
    prepared = [prepare(text) for text in texts]
    lengths = np.array([len(it) for it in prepared], dtype=np.int64)
    letters = np.frombuffer(
        "".join(prepared).encode("utf-32-le", "surrogatepass"), dtype="<u4"
    ).astype(np.uint64)
    owner = np.repeat(np.arange(len(prepared)), lengths)
    pairs = [*_runs(letters, owner, buckets), *_word_pairs(letters, owner, buckets)]
    keys = np.unique(np.concatenate(pairs)) if pairs else np.empty(0, dtype=np.int64)
    rows, found = keys // buckets, keys % buckets
    sizes = np.bincount(rows, minlength=len(prepared))
    return Features(rows, found, 1 / np.sqrt(sizes[rows]), len(prepared))


def _runs(letters: Numbers, owner: NDArray[np.int64], buckets: int) -> list[NDArray[np.int64]]:
    """Return the keys (text, bucket) of every run of characters that lies within one text."""
    found = []
    hashed = letters
    for size in range(1, LONGEST + 1):
        if size > 1:
            hashed = _mix(hashed[:-1]) + letters[size - 1 :]
        ends = owner[size - 1 :]
        inside = owner[: len(ends)] == ends
        found.append(_keys(hashed[inside], ends[inside], size, buckets))
    return found


def _word_pairs(
    letters: Numbers, owner: NDArray[np.int64], buckets: int
) -> list[NDArray[np.int64]]:
    """Return the keys of neighbouring words, one and one; words lie between spaces."""
    is_space = letters == 32
    starts = np.flatnonzero(is_space[:-1] & ~is_space[1:]) + 1
    if len(starts) < 2:
        return []
    ordinal = np.cumsum(np.bincount(starts, minlength=len(letters)))
    inside = ~is_space & (ordinal > 0)
    begins = starts[ordinal[inside] - 1]
    powers = _mix((np.flatnonzero(inside) - begins).astype(np.uint64) + np.uint64(1))
    parts = _mix(letters[inside] * powers)
    # bincount adds floats, which forget the low bits: reduceat adds whole numbers.
    edges = np.searchsorted(np.flatnonzero(inside), starts)
    words = np.add.reduceat(parts, edges)
    whose = owner[starts]
    same = whose[:-1] == whose[1:]
    hashed = (_mix(words[:-1]) + words[1:])[same]
    return [_keys(hashed, whose[1:][same], LONGEST + 1, buckets)]


def _keys(hashed: Numbers, owner: NDArray[np.int64], kind: int, buckets: int) -> NDArray[np.int64]:
    apart = np.uint64(kind * 0x94D049BB133111EB % (1 << 64))
    spread = _mix(hashed + apart) % np.uint64(buckets)
    return owner * buckets + spread.astype(np.int64)


def _mix(numbers: Numbers) -> Numbers:
    """Return numbers well stirred; overflow is meant."""
    stirred = (numbers ^ (numbers >> _HALF)) * _MIX
    stirred = (stirred ^ (stirred >> _HALF)) * _STIR
    return stirred ^ (stirred >> _HALF)
