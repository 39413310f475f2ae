"""How far labelling is, in words: “Labelled 41,200 of 100,000 mentions, about 3 minutes left.”"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from kpis.numbers import write
from kpis.tongue import say, say_count
from storage.labelling import PAUSE, Run, run_of
from storage.measures import Unit
from storage.mention_labels import Progress, progress

MINUTE = timedelta(minutes=1)


class Standing(NamedTuple):
    """What is labelled, and how long the rest takes."""

    progress: Progress
    left: timedelta | None
    """Nothing where nobody is at it, or it cannot be told yet."""


def read_standing(connection: Connection, workspace: int, now: datetime) -> Standing:
    """Return how it stands; two queries, of which one reads every mention's label."""
    held = progress(connection, workspace)
    return Standing(held, find_left(run_of(connection, workspace), held.waiting, now))


def find_left(run: Run | None, waiting: int, now: datetime) -> timedelta | None:
    """Return how long ``waiting`` mentions take at the pace of a run that goes on."""
    if run is None or not waiting or abs(now - run.seen) > PAUSE or run.each is None:
        return None
    return run.each * waiting


def say_standing(standing: Standing) -> str:
    """Return one full sentence with the numbers."""
    it = standing.progress
    if not it.every:
        return say("No mentions yet, so there is nothing to label.")
    if not it.waiting:
        return say_count(
            "Labelled {done} of {number} mention.",
            "Labelled {done} of {number} mentions.",
            it.every,
            done=count(it.labelled),
            number=count(it.every),
        )
    if standing.left is None:
        return say(
            "Labelled {done} of {number} mentions; {waiting} wait.",
            done=count(it.labelled),
            number=count(it.every),
            waiting=count(it.waiting),
        )
    minutes = max(1, round(standing.left / MINUTE))
    if standing.left < MINUTE:
        return say(
            "Labelled {done} of {number} mentions, less than a minute left.",
            done=count(it.labelled),
            number=count(it.every),
        )
    return say_count(
        "Labelled {done} of {every} mentions, about {number} minute left.",
        "Labelled {done} of {every} mentions, about {number} minutes left.",
        minutes,
        done=count(it.labelled),
        every=count(it.every),
        number=count(minutes),
    )


def say_rest(standing: Standing) -> list[str]:
    """Return what else is to be known: how many are unsure, and how many have no words."""
    it, lines = standing.progress, []
    if it.unsure:
        lines.append(
            say_count(
                "{number} is unsure and counts as unlabelled",
                "{number} are unsure and count as unlabelled",
                it.unsure,
                number=count(it.unsure),
            )
        )
    if it.wordless:
        lines.append(
            say_count(
                "{number} came without words or label",
                "{number} came without words or label",
                it.wordless,
                number=count(it.wordless),
            )
        )
    return lines


def count(number: int) -> str:
    return write(number, Unit.COUNT)
