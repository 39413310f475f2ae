"""``python -m tests.drills.teller [SECONDS]``: the bot as it is, with one kind of message more.

``SECONDS`` is its patience with others: a short one is safe where requests die with their sender.
"""

import sys

from bot.serve import run_from_environment
from commands import leases, writers
from tests.outbox.words import KIND, write_word


def tell() -> None:
    """Serve until a signal, or until killed."""
    if sys.argv[1:]:
        leases.PATIENCE = float(sys.argv[1])
    known = writers.writers()
    writers.writers = lambda: {**known, KIND: write_word}  # type: ignore[assignment]
    run_from_environment()


if __name__ == "__main__":
    tell()
