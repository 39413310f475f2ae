"""A scenario in its channel, and how it reaches the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.playground import Message
from support.entries import Kind
from support.rules import RuleBook
from tests.journeys.steps import Step, chronological


@dataclass(frozen=True)
class Way:
    """How a scenario reaches the bot."""

    mode: Literal["socket", "http"] = "socket"
    kind: str = "sqlite"
    copies: int = 1
    """How often each event comes."""
    is_shuffled: bool = False


@dataclass
class Whisper:
    """What one person was told in private, and the message that they had just acted on."""

    user: str
    message: Message
    after: Step | None


@dataclass
class Scene:
    """A scenario in its channel: what was posted by whom, and what was whispered."""

    channel: str
    book: RuleBook
    steps: list[Step]
    messages: dict[str, Message] = field(default_factory=dict)
    """By the ``ts`` that was drawn."""
    whispers: list[Whisper] = field(default_factory=list)
    directly: int = 0
    """Messages in people's direct messages with the bot, before anything happened."""

    @property
    def is_in_order(self) -> bool:
        return chronological(self.steps) == list(range(len(self.steps)))

    @property
    def has_commands(self) -> bool:
        """Say whether people type commands or choose in menus: those are never held back."""
        return any(it.entry.kind is Kind.ACT for it in self.steps)
