"""The command line (design §2): every verb is a call, in the room of what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cli import keeping, numbers, sentiment, serving, settings, tokens
from bot.cli.app import app

__all__ = ["keeping", "numbers", "run_cli", "sentiment", "serving", "settings", "tokens"]


def run_cli(arguments: Sequence[str]) -> None:
    """Do one verb; what is wrong with the command line itself ends with 2."""
    app(list(arguments))
