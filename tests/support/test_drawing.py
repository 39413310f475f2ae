"""The drawings are strict: a scenario that is not understood must not pass for one that is."""

from __future__ import annotations

import pytest

from support.entries import Kind, micros
from tests.support.drawn_cast import OPENING
from tests.support.drawn_issues import draw


@pytest.mark.parametrize(
    "line",
    [
        "0 lena sings",
        "0 lena asks loudly",
        "0 lena asks at once",
        "soon lena asks",
        "0 lena asks \n 0 kim asks",
        "0 lena asks \n 5 omar deletes 4",
        "0 lena asks \n 5 omar marks eyes",
        "0 lena asks \n 5 omar marks eyes on 0 top",
        "0 lena asks \n 5 omar resolves 0",
        "colour blue",
        "mode sometimes",
        "undo_window soon",
        "resolve_on",
        "0 nobody asks",
    ],
)
def test_what_is_not_known_is_refused(line: str) -> None:
    """An unknown word, name, moment, message or setting raises."""
    with pytest.raises((ValueError, KeyError)):
        draw(line)


def test_every_entry_has_a_key_of_its_own() -> None:
    """Keys are Slack's identities: two marks are two, and a message is one however it is drawn."""
    entries = draw("""
        0   lena  asks
        5   omar  marks eyes on 0
        6   omar  unmarks eyes on 0
        7   omar  marks eyes on 0
        9   omar  answers broadcast
        9   mia   claims
    """).entries
    assert len({it.key for it in entries}) == len(entries)


def test_times_are_whole_microseconds() -> None:
    """A ``ts`` is told to the microsecond; a float would bend it."""
    (entry,) = draw("60.25 lena asks").entries
    assert entry.at - OPENING == 60_250_000
    assert micros(entry.ts) == entry.at


def test_a_mark_names_its_message_and_not_its_thread() -> None:
    """Slack tells no thread with a reaction; what the drawing knows, it does not tell either."""
    *_, mark = draw("0 lena asks \n 5 omar answers \n 6 lena marks eyes on 5").entries
    assert (mark.kind, mark.root) == (Kind.MARK, "")
