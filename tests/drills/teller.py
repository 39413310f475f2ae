"""``python -m tests.drills.teller``: the bot as it is, with one kind of message more: words."""

from bot.serve import run_from_environment
from commands import writers
from tests.outbox.words import KIND, write_word


def tell() -> None:
    """Serve until a signal, or until killed."""
    known = writers.writers()
    writers.writers = lambda: {**known, KIND: write_word}  # type: ignore[assignment]
    run_from_environment()


if __name__ == "__main__":
    tell()
