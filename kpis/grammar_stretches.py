"""A stretch of time off a line of words: the longest that any reader finds."""

from kpis import grammar_dates, grammar_rolling
from kpis.grammar_lines import Now, Stretch

READERS = (*grammar_rolling.READERS, *grammar_dates.READERS)


def read_stretch(line: str, at: int, now: Now) -> tuple[Stretch, int] | None:
    """Return the longest stretch that the line has at that offset, and where it ends."""
    best = max(
        ((found, reader) for pattern, reader in READERS if (found := pattern.match(line, at))),
        key=lambda pair: pair[0].end(),
        default=None,
    )
    return (best[1](best[0], now), best[0].end()) if best else None
