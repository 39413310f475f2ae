"""Words in the spoken language, for rooms that may not load the engine at the start."""

from __future__ import annotations


def say(message: str, **values: object) -> str:
    """Return a sentence in the spoken language (``kpis.tongue``); ``message`` is a literal."""
    from kpis.tongue import say as translated

    return translated(message, **values)
