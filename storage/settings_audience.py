"""Whom a workspace wants to reach: a dimension and its segments, “country SE, NO”."""

import re
from collections.abc import Mapping
from typing import Any

from storage.errors import KepiError

AUDIENCE = "audience.target"
"""Key of the choice."""
DIMENSIONS = ("country", "city", "age", "gender", "follow-type")
MOST_SEGMENTS, LONGEST = 60, 40
NOBODY = "none"


def read_audience(words: str) -> tuple[str, list[str]]:
    """Return the dimension and the segments of “country SE, NO”."""
    parts = words.replace(":", " ").split(maxsplit=1)
    dimension = parts[0].lower() if parts else ""
    segments = [it.strip() for it in (parts[1] if len(parts) > 1 else "").split(",")]
    segments = list(dict.fromkeys(it[:LONGEST] for it in segments if it))
    if dimension not in DIMENSIONS or not segments:
        listed = ", ".join(DIMENSIONS)
        raise KepiError("Say by what ({listed}) and whom: country SE, NO", listed=listed)
    others = "|".join(DIMENSIONS)
    if any(re.search(rf"\b(?:{others})\b", it.lower()) for it in segments):
        raise KepiError(
            "A target has one dimension; now it is {dimension}. Try: country SE, NO",
            dimension=dimension,
        )
    if len(segments) > MOST_SEGMENTS:
        raise KepiError("A target has up to {most} segments.", most=MOST_SEGMENTS)
    return dimension, segments


def read_target(words: str) -> dict[str, Any] | None:
    """Return the target as it is kept; nothing for “none”."""
    if words.strip().lower() == NOBODY:
        return None
    dimension, segments = read_audience(words)
    return {"dimension": dimension, "segments": segments}


def write_target(target: Mapping[str, Any] | None) -> str:
    if not target:
        return NOBODY
    return f"{target['dimension']} {', '.join(target['segments'])}"
