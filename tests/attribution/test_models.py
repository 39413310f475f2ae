"""The models over one path, and the chain over many, beside other ways to work them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from kpis.attribution.markov import Ways, removal_effects, share_by_removal
from storage.credit_models import MODELS, step_weights

SHARES = """
    path      | first   | last    | linear              | time-decay     | position
    a         | 1       | 1       | 1                   | 1              | 1
    a b       | 1 0     | 0 1     | .5 .5               | 1/3 2/3        | .5 .5
    a b c     | 1 0 0   | 0 0 1   | 1/3 1/3 1/3         | 1/7 2/7 4/7    | .4 .2 .4
    a a b c   | 1 0 0 0 | 0 0 0 1 | .25 .25 .25 .25     | 1/15 2/15 4/15 8/15 | .4 .1 .1 .4
"""


def credit(path: Sequence[str], model: str) -> list[float]:
    """Return what each touch of a path gets of one conversion, in order."""
    weights = step_weights(model, len(path))
    return [it / sum(weights) for it in weights]


def test_each_rule_shares_a_path_by_its_places() -> None:
    """An unknown model is refused."""
    header, *rows = (
        [cell.strip() for cell in line.split("|")] for line in SHARES.splitlines()[1:-1]
    )
    for words, *cells in rows:
        for model, cell in zip(header[1:], cells, strict=True):
            assert credit(words.split(), model) == pytest.approx([read(it) for it in cell.split()])
    for model in MODELS:
        for count in range(1, 80):
            assert sum(credit(["a"] * count, model)) == pytest.approx(1)
    with pytest.raises(ValueError, match="middle"):
        credit(["a"], "middle")


def ways_of(paths: Iterable[tuple[Sequence[str], float, float]]) -> Ways:
    """Return the ways of paths, each with how many converted and how many were lost."""
    ways = Ways()
    for path, converted, lost in paths:
        ways.add(path, converted, lost)
    return ways


def read(cell: str) -> float:
    top, _, bottom = cell.partition("/")
    return float(top) / float(bottom or 1)


Paths = list[tuple[list[str], float, float]]


def test_removal_of_a_small_chain_is_what_one_works_out_by_hand() -> None:
    """Of four ways (a 2 bought and 1 left, b 1, a then b 1), a begins 4 of 5 and keeps 2 in 4.

    Without a only b is left: 1 of 5. Without b: 4/5 · 2/4 = 2/5. With both 4/5.
    """
    paths: Paths = [(["a"], 2, 0), (["b"], 1, 0), (["a", "b"], 1, 0), (["a"], 0, 1)]
    effects = removal_effects(ways_of(paths))
    assert effects == pytest.approx({"a": 1 - (1 / 5) / (4 / 5), "b": 1 - (2 / 5) / (4 / 5)})
    assert share_by_removal(ways_of(paths), 4) == pytest.approx({"a": 2.4, "b": 1.6})


def test_nobody_converting_gives_nobody_anything() -> None:
    """Also of no paths at all; one medium alone gets everything."""
    assert removal_effects(ways_of([])) == {}
    assert removal_effects(ways_of([(["a"], 0, 3), ([], 5, 5)])) == {}
    assert share_by_removal(ways_of([(["a", "a", "a"], 2, 7)]), 2) == pytest.approx({"a": 2})


@pytest.mark.parametrize("seed", range(12))
def test_removal_agrees_with_walking_the_chain_without_the_medium(seed: int) -> None:
    """The whole matrix is walked to its end, with each medium turned into a dead end in turn.

    Loops and media that never convert are among the paths.
    """
    chance = Random(seed)
    media = [f"m{at}" for at in range(chance.randint(1, 9))]
    paths: Paths = [
        (
            [chance.choice(media) for _ in range(chance.randint(1, 7))],
            chance.choice((0, 0, 1, 5)),
            chance.choice((0, 1, 9)),
        )
        for _ in range(chance.randint(1, 60))
    ]
    paths.append((["m0"], 1, 1))
    effects = removal_effects(ways_of(paths))
    whole = walk_to_the_end(paths, None)
    seen = {step for path, converted, lost in paths for step in path if converted + lost}
    assert set(effects) == seen
    for medium in seen:
        expected = 1 - walk_to_the_end(paths, medium) / whole
        assert effects[medium] == pytest.approx(expected, abs=1e-9)
    converted = sum(it[1] for it in paths)
    assert sum(share_by_removal(ways_of(paths), converted).values()) == pytest.approx(converted)


def walk_to_the_end(paths: Paths, removed: str | None) -> float:
    """Return the part of walks that end in a conversion, by squaring the matrix until all ended."""
    names = ["<", *sorted({step for path, _, _ in paths for step in path}), ">", "!"]
    at = {name: place for place, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for path, converted, lost in paths:
        stops = ["<", *path]
        for one, other in pairwise(stops):
            counts[at[one], at[other]] += converted + lost
        counts[at[path[-1]], at[">"]] += converted
        counts[at[path[-1]], at["!"]] += lost
    if removed is not None:
        counts[:, at["!"]] += counts[:, at[removed]]
        counts[:, at[removed]] = 0
    for end in (">", "!"):
        counts[at[end]] = 0
        counts[at[end], at[end]] = 1
    sums = counts.sum(axis=1, keepdims=True)
    chain = np.divide(counts, sums, out=np.zeros_like(counts), where=sums > 0)
    for _ in range(40):
        chain = chain @ chain
    return float(chain[at["<"], at[">"]])
