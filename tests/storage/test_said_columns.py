"""A text that a column holds comes back as it was, and can still be said in another language."""

from __future__ import annotations

from datetime import date

import pytest

from kpis.tongue import speaking
from storage.said import Capital, Counted, Days, Grouped, Words, speak
from storage.said_columns import pack, unpack

DAYS = Days("3–5 Nov", date(2026, 11, 3), date(2026, 11, 6))
FAULT = Counted(
    "{number} post of {days} held twice, under two ids of one address",
    "{number} posts of {days} held twice, under two ids of one address",
    1200,
    days=DAYS,
)


@pytest.mark.parametrize(
    "text",
    [
        FAULT,
        Capital(FAULT),
        Grouped(1200, "−"),
        Words("{platform} {handle}", platform="Instagram {said}", handle="“ac\\me”\n"),
        Words("{sentence}.", sentence=Words("{weekday} {day}", weekday=Grouped(7), day=DAYS)),
    ],
)
def test_what_is_kept_is_what_was_said(text: str) -> None:
    kept = unpack(pack(text))
    assert (kept, type(kept)) == (text, type(text))
    for language in ("en", "sv", "zh"):
        with speaking(language):
            assert speak(kept) == speak(text)


@pytest.mark.parametrize("plain", ["", "Instagram acme: {days} of “x”.", "[1]"])
def test_what_an_earlier_version_kept_stays_as_it_is(plain: str) -> None:
    assert unpack(pack(plain)) == plain
