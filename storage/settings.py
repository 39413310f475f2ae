"""What a workspace chooses by key and value: its own columns, and choices that have no column."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection

from storage.errors import KepiError
from storage.look_back import choose_look_back
from storage.support_notes import choose
from storage.workspaces import SETTINGS, change_setting, mark_changed

AUDIENCE, LANGUAGE = "audience.target", "language"
"""Keys of choices."""
DIMENSIONS = ("country", "city", "age", "gender", "follow-type")
LANGUAGES = ("en", "vi", "id", "sv", "zh")
OTHERS = ("attribution-look-back", "audience", "language")
MOST_SEGMENTS, LONGEST = 60, 40


def change(
    connection: Connection, workspace: int, key: str, value: str, by: str, at: datetime
) -> None:
    """Change one setting; raises ``KepiError`` with what would work."""
    match key.strip().lower().replace("_", "-"):
        case "attribution-look-back":
            days = value.strip().removesuffix("days").removesuffix("d").strip()
            if not days.isdecimal():
                raise KepiError("A look-back is a number of days, such as 30.")
            choose_look_back(connection, workspace, int(days), by, at)
        case "audience":
            choose_audience(connection, workspace, value, by, at)
        case "language":
            language = value.strip().lower()
            if language not in LANGUAGES:
                raise KepiError(f"A language is one of: {', '.join(LANGUAGES)}.")
            choose(connection, workspace, LANGUAGE, language, by, at)
            mark_changed(connection, workspace)
        case known if known in (*SETTINGS, "timezone", "time-zone"):
            change_setting(connection, workspace, key, value)
        case _:
            listed = ", ".join((*SETTINGS, *OTHERS))
            raise KepiError(f"There is no setting “{key}”. Settings: {listed}.")


def choose_audience(
    connection: Connection, workspace: int, words: str, by: str, at: datetime
) -> tuple[str, list[str]]:
    """Keep whom the workspace wants to reach, and return dimension and segments."""
    dimension, segments = read_audience(words)
    target = {"dimension": dimension, "segments": segments}
    choose(connection, workspace, AUDIENCE, target, by, at)
    mark_changed(connection, workspace)
    return dimension, segments


def read_audience(words: str) -> tuple[str, list[str]]:
    """Return the dimension and the segments of “country SE, NO”."""
    parts = words.replace(":", " ").split(maxsplit=1)
    dimension = parts[0].lower() if parts else ""
    segments = [it.strip() for it in (parts[1] if len(parts) > 1 else "").split(",")]
    segments = list(dict.fromkeys(it[:LONGEST] for it in segments if it))
    if dimension not in DIMENSIONS or not segments:
        listed = ", ".join(DIMENSIONS)
        raise KepiError(f"Say by what ({listed}) and whom: country SE, NO")
    others = "|".join(DIMENSIONS)
    if any(re.search(rf"\b(?:{others})\b", it.lower()) for it in segments):
        raise KepiError(f"A target has one dimension; now it is {dimension}. Try: country SE, NO")
    if len(segments) > MOST_SEGMENTS:
        raise KepiError(f"A target has up to {MOST_SEGMENTS} segments.")
    return dimension, segments
