"""What a model shows of itself, so that what a team teaches can stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from kpis.sentiment.backend import SentimentBackend
from kpis.sentiment.fitting import Design, Table


class Reading(NamedTuple):
    """What a model sees in texts: its own scores, and what a layer above may lean on."""

    scores: Table
    design: Design
    size: int
    """Rows of such a layer."""


class Teachable(SentimentBackend, Protocol):
    """A model that a layer can stand on."""

    def read(self, texts: Sequence[str], languages: Sequence[str]) -> Reading:
        """Read texts, each in its language."""
        ...
