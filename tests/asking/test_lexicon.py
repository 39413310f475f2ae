"""What words mean: the same for all where nobody chose it, and a workspace's own names over it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpis.catalogue_directory import catalogue_directory
from kpis.grammar_lexicon import Lexicon, learn
from kpis.grammar_near import find_near
from kpis.grammar_parts import Leftover
from kpis.question import KnownBrand
from kpis.words import split


def lexicon_with(brands: tuple[str, ...]) -> Lexicon:
    known = tuple(KnownBrand(at, name, own=False) for at, name in enumerate(brands, 1))
    return learn(replace(catalogue_directory(), brands=known))


def kinds(words: str, *brands: str) -> list[str]:
    """Return what some words name in a workspace that has these brands besides."""
    found = lexicon_with(brands).find(split(words), 0)
    return [] if found is None else [it.kind.name for it in found.names]


@pytest.mark.parametrize(
    ("words", "brands", "meant"),
    [
        ("umbrella", (), []),
        ("umbrella", ("Umbrella",), ["BRAND"]),
        ("reach", ("Reach",), ["KPI", "BRAND"]),
        ("räckvidd", ("Räckvidd",), ["KPI", "BRAND"]),
        ("konkurrenter", (), ["RIVALS"]),
        ("konkurrenter", ("Konkurrenter",), ["BRAND"]),
        ("reach street", ("Reach Street",), ["BRAND"]),
        ("reach", ("Reach Street",), ["KPI"]),
    ],
)
def test_own_names_stand_over_what_all_have(
    words: str, brands: tuple[str, ...], meant: list[str]
) -> None:
    """A name of one's own adds a meaning, and takes one away only from a group of others' words."""
    assert kinds(words, *brands) == meant


def test_what_all_have_in_common_is_learnt_once() -> None:
    """A workspace, and each reader's view of one, costs what its own names do: not a megabyte."""
    common = catalogue_directory()
    views = [replace(common, brands=(KnownBrand(9, f"Brand {it}", own=True),)) for it in "abc"]
    lexica = [learn(it) for it in views]
    assert len({id(it.common) for it in lexica}) == 1
    assert len(lexica[0].common.names.by_words) > 1_000
    assert [list(it.own.by_words) for it in lexica] == [[("brand", it)] for it in "abc"]


@pytest.mark.parametrize(
    ("typed", "brands", "meant"),
    [
        ("competitrs", (), ["competitors"]),
        ("competitrs", ("Competitors",), ["Competitors"]),
        ("engagment", ("Umbrella",), ["engagement"]),
    ],
)
def test_what_is_misspelt_means_what_it_means_when_written_well(
    typed: str, brands: tuple[str, ...], meant: list[str]
) -> None:
    """A name of one's own hides a common one that is written alike: none of both is asked for."""
    words = split(typed)
    near = find_near(words, Leftover(0, ""), lexicon_with(brands), frozenset({"sv"}))
    assert [it.text for it in near] == meant
