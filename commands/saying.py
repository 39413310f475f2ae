"""Words in the spoken language, for rooms that may not load the engine at the start."""

from __future__ import annotations

from collections.abc import Iterable


def say(message: str, /, **values: object) -> str:
    """Return a sentence in the spoken language (``kpis.tongue``); ``message`` is a literal."""
    from kpis.tongue import say as translated

    return translated(message, **values)


def say_count(one: str, several: str, number: float, /, **values: object) -> str:
    """Return one sentence for 1 and another for more (``kpis.tongue``); both are literals."""
    from kpis.tongue import say_count as counted

    return counted(one, several, number, **values)


def joined(words: Iterable[str]) -> str:
    """Return the words that there are, with commas between them."""
    from kpis.tongue import joined as listed

    return listed(words)


def declare(message: str) -> str:
    """Return a sentence of a table as it is: a literal, which ``say_declared`` says later."""
    return message


def say_declared(message: str, /, **values: object) -> str:
    """Return what ``declare`` marked in the spoken language (``kpis.tongue``)."""
    from kpis.tongue import say_declared as translated

    return translated(message, **values)
