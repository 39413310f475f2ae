"""A made-up language: what is said loses every letter, so that English left over is seen.

It takes Chinese's place, whose names of KPIs, days and numbers hold no Latin letters. Only what
stands in the catalogue is translated: a sentence that the collector cannot see stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest
from babel.messages.pofile import read_po

from kpis.names import TONGUES
from kpis.tongue import CATALOGUES

LANGUAGE, LOCALE = "zh", "zh-CN"
VALUE = re.compile(r"(\{[^{}]*\})")
LATIN = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
DATA = re.compile(r"<[^<>]*>|&\w+;|“[^“”]*”")
"""Mentions and links of Slack, what it escapes, and what people wrote."""


def veil(english: str) -> str:
    """Return a sentence with its values and signs, and nothing to be read."""
    parts = VALUE.split(english)
    return "".join(it if at % 2 else LATIN.sub("ж", it) for at, it in enumerate(parts))


@cache
def catalogue() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return everything that the code says, veiled: plain sentences, and counted ones."""
    plain: dict[str, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    with (CATALOGUES / f"{LANGUAGE}.po").open("rb") as file:
        for it in read_po(file):
            if isinstance(it.id, str):
                plain[it.id] = veil(it.id)
            else:
                counted[it.id[0]] = tuple(map(veil, it.id))
    return plain, counted


def speak_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``LANGUAGE`` be the made-up one until the test is over."""
    plain, counted = catalogue()
    monkeypatch.setattr("kpis.tongue.translations", lambda _language: plain)
    monkeypatch.setattr("kpis.tongue.plurals", lambda _language: counted)


def english_in(texts: Iterable[str], data: str) -> list[str]:
    """Return the texts with a word that is neither said nor one of ``data``."""
    known = set(WORD.findall(data)) | names_of_kpis()
    return [it for it in texts if set(WORD.findall(DATA.sub(" ", it))) - known]


@cache
def names_of_kpis() -> frozenset[str]:
    """Return the Latin words in titles of KPIs: “CTR”."""
    return frozenset(word for it in TONGUES[LANGUAGE].values() for word in WORD.findall(it.title))
