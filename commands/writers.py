"""Everything that Kepi says by itself: who looks what is due, and who writes it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from commands.blocks import Block
from commands.context import Context
from commands.letters import Letter, Planner, Pointless, Writer, Written
from commands.tongues import language_of_readers

if TYPE_CHECKING:
    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

ROOMS = (
    "commands.accounts.everything",
    "commands.digests.everything",
    "commands.goals.everything",
    "commands.alerts.everything",
    "commands.notices.everything",
    "commands.data.everything",
    "commands.status.everything",
    "commands.sentiment.everything",
    "commands.undelivered",
)


@cache
def writers() -> Mapping[str, Writer]:
    """Return what writes each kind of delivery; loaded when the first one is due."""
    found: dict[str, Writer] = {}
    for room in ROOMS:
        found |= import_module(room).WRITERS
    return found


async def write(context: Context, row: DeliveryRow) -> Written:
    """Return what a delivery says, or why it says nothing, by whoever writes its kind."""
    writer = writers().get(row.kind)
    if writer is None:
        return Pointless("nobody writes this kind any more")
    from kpis.tongue import speaking

    language = await language_of_readers(context, row.channel)
    with speaking(language):
        written = await writer(context, row)
    return speak(written, language) if isinstance(written, Letter) else written


def speak(letter: Letter, language: str) -> Letter:
    """Return a letter whose blocks are said in a language too: they are made once it is sent."""
    from kpis.tongue import speaking

    def compose(files: Sequence[str]) -> list[Block]:
        with speaking(language):
            return letter.compose(files)

    return replace(letter, compose=compose)


@cache
def planners() -> tuple[Planner, ...]:
    """Return all that looks what is due."""
    return tuple(it for room in ROOMS for it in import_module(room).PLANNERS)


async def plan(context: Context) -> None:
    """Write down what is due by now; what fails is tried again and holds up nothing else."""
    for planner in planners():
        try:
            await planner(context)
        except Exception:
            log.exception("what is due was not found out", extra={"what": planner.__module__})
