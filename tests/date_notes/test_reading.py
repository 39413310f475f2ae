"""What people write after “/kpi note”, in five languages, on Sunday 22 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpis.date_notes import Said, check, read_note
from kpis.question import Refusal
from kpis.tongue import LANGUAGES, speaking

TODAY = date(2026, 11, 22)
SENTENCES = """
    en | 12 nov Black Week                 | 2026-11-12               | Black Week
    en | Black Week 12 nov                 | 2026-11-12               | Black Week
    en | on 12 nov: Black Week             | 2026-11-12               | Black Week
    en | 12 Nov – “Black Week”             | 2026-11-12               | Black Week
    en | 12–15 nov Fair                    | 2026-11-12 to 2026-11-15 | Fair
    en | 12 nov - 15 nov Fair              | 2026-11-12 to 2026-11-15 | Fair
    en | yesterday Server down             | 2026-11-21               | Server down
    en | today Launch                      | 2026-11-22               | Launch
    en | week 47 Sale                      | 2026-11-16 to 2026-11-22 | Sale
    en | nov Movember                      | 2026-11-01 to 2026-11-30 | Movember
    en | 2026-11-12 10 % off               | 2026-11-12               | 10 % off
    en | nov 12 2025 Old                   | 2025-11-12               | Old
    en | 3 jan Sale                        | 2027-01-03               | Sale
    en | 12 dec Ahead                      | 2026-12-12               | Ahead
    en | 1 jun Behind                      | 2026-06-01               | Behind
    en | 24 may Half a year ago            | 2026-05-24               | Half a year ago
    en | 23 may In half a year             | 2027-05-23               | In half a year
    en | 20 dec to 5 jan Holidays          | 2026-12-20 to 2027-01-05 | Holidays
    en | 29 feb Leap                       | 2028-02-29               | Leap
    en | 12 nov to Berlin                  | 2026-11-12               | to Berlin
    en | 12 nov 🎉 Party                   | 2026-11-12               | 🎉 Party
    en | 12 nov שבוע שחור                  | 2026-11-12               | שבוע שחור
    en | 12 nov likes went up              | 2026-11-12               | likes went up
    en | igår Servern nere                 | 2026-11-21               | Servern nere
    en | 11月12日 黑五                       | 2026-11-12               | 黑五
    sv | den 12 november Julmarknad        | 2026-11-12               | Julmarknad
    sv | från 12 nov till 15 nov Mässa     | 2026-11-12 to 2026-11-15 | Mässa
    sv | i går Servern nere                | 2026-11-21               | Servern nere
    vi | ngày 12 tháng 11 Tuần lễ vàng     | 2026-11-12               | Tuần lễ vàng
    vi | từ 12 đến 15 tháng 11 Hội chợ     | 2026-11-12 to 2026-11-15 | Hội chợ
    vi | hôm qua Máy chủ hỏng              | 2026-11-21               | Máy chủ hỏng
    id | 12 november Pekan Hitam           | 2026-11-12               | Pekan Hitam
    id | 12 sampai 15 november Pameran     | 2026-11-12 to 2026-11-15 | Pameran
    id | kemarin Server mati               | 2026-11-21               | Server mati
    zh | 11月12日黑五                        | 2026-11-12               | 黑五
    zh | 昨天服务器故障                       | 2026-11-21               | 服务器故障
    zh | 11月12日至15日 展会                  | 2026-11-12 to 2026-11-15 | 展会
    en | Server down                       |                          | Server down
    en | 12/11 Fair                        |                          | 12/11 Fair
    en | 12 nov                            | 2026-11-12               |
    en |                                   |                          |
"""
REFUSED = {
    "32 nov Fair": "November has 30 days",
    "29 feb 2025 Fair": "has 28 days",
    "15 nov to 12 nov Fair": "Write the earlier one first",
    "2026-11-31 Fair": "has 30 days",
}


def read(text: str, language: str = "en") -> Said:
    with speaking(language):
        return read_note(text, TODAY)


def test_the_day_is_read_in_five_languages_and_the_words_stay_as_they_were() -> None:
    """A day without a year is the nearest one, half a year at most away."""
    wrong = {}
    for line in SENTENCES.strip().splitlines():
        language, text, days, words = (it.strip() for it in line.split("|"))
        first, _, last = days.partition(" to ")
        until = date.fromisoformat(last or first) + timedelta(days=1) if days else None
        expected = Said((date.fromisoformat(first), until) if until else None, words)
        if (said := read(text, language)) != expected:
            wrong[text] = said
    assert wrong == {}


def test_days_that_are_in_no_calendar_are_refused_with_what_is() -> None:
    for text, why in REFUSED.items():
        with pytest.raises(Refusal, match=why):
            read(text)


def test_a_note_has_words_not_too_many_and_not_too_many_days() -> None:
    day = timedelta(days=1)
    check(TODAY, TODAY + day, "x" * 80)
    check(TODAY, TODAY + 366 * day, "x")
    for first, until, words, why in (
        (TODAY, TODAY + day, "x" * 81, "up to 80 characters; this one has 81"),
        (TODAY, TODAY + day, "", "Say what happened"),
        (TODAY, TODAY + 367 * day, "x", "up to a year"),
        (TODAY, TODAY - day, "x", "before the first"),
    ):
        with pytest.raises(Refusal, match=why):
            check(first, until, words)


@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
@example("说明0", "en")
def test_whatever_is_typed_is_read_or_refused(text: str, language: str) -> None:
    """Days are never the wrong way round, and words behind a day are kept as they were."""
    try:
        said = read(text, language)
    except Refusal:
        return
    assert said.days is None or said.days[0] < said.days[1]
    assert said.words in text


@given(st.from_regex(r"[A-Za-zåäö]{5,12} [A-Za-zåäö]{5,12}", fullmatch=True))
def test_words_come_back_letter_by_letter(words: str) -> None:
    said = read(f"12 nov {words}")
    assert said.days == (date(2026, 11, 12), date(2026, 11, 13))
    assert said.words == words
