"""What a writer gives the outbox: a message, or why there is none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands.blocks import Block
from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.charts.picture import Picture
    from storage.outbox import DeliveryRow


@dataclass(frozen=True)
class Following:
    """A message for the thread of another one, due as soon as that one is out."""

    kind: str
    period: str
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """A message to post.

    ``compose`` is given the ids of the uploaded ``pictures``, in their order, or nothing where
    they could not be drawn or uploaded: the text goes out then, and the pictures join it later.
    """

    text: str
    """One full sentence, the only thing that a notification shows."""
    compose: Callable[[Sequence[str]], list[Block]]
    pictures: tuple[Picture, ...] = ()
    then: tuple[Following, ...] = ()
    keep: Callable[[Connection, DeliveryRow], None] | None = None
    """Writes what must be known once the message is out, in the transaction that marks it so."""


@dataclass(frozen=True)
class NotNow:
    """Nothing is sent yet; ask again at ``until`` (aware)."""

    until: datetime
    why: str = ""


@dataclass(frozen=True)
class Pointless:
    """Nothing will be sent: it is no longer true, or somebody held it back."""

    why: str


Written = Letter | NotNow | Pointless
Writer = Callable[[Context, "DeliveryRow"], Awaitable[Written]]
Planner = Callable[[Context], Awaitable[None]]
