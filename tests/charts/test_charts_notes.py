"""Notes on charts: each at its day, with its words, and nothing over anything else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import numpy as np
import pytest
from charts_awkward import HEAT, LINE, SCRIPTS, START, days, lines, wave
from charts_compared import ALERT, GOAL, WEEKS, multiples
from charts_watched import WatchedSheet, Written, find_colour, pixels
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_charts_compose import NOTHING, REACH, answer, exactly, figure, picture_of

from kpis.answers import Mark
from kpis.charts.notes import BADGE
from kpis.charts.noting import note_picture
from kpis.charts.picture import Note, Picture, Series
from kpis.charts.style import BLUE, EDGE, NOTED, NOTED_PALE, TALL, WIDTH
from kpis.periods import say_days
from storage.date_notes import DateNoteRow

DAY = timedelta(days=1)
AT = datetime(2026, 11, 22, tzinfo=UTC)
COLUMNS = replace(LINE, kind="stacked", series=LINE.series[:1])


def note(first: date, words: str, length: int = 1) -> Note:
    return Note(first, first + length * DAY, words, say_days(first, first + length * DAY, 2026))


def alone(at: int, count: int = 30) -> Series:
    """Return a series with a number on one day, which is drawn as a lone marker."""
    return Series("x", tuple(1000.0 if it == at else None for it in range(count)))


def columns_of(image: np.ndarray, colour: str, least: int = 120) -> np.ndarray:
    """Return the columns of pixels that hold much of a colour: upright lines."""
    return np.nonzero(find_colour(image, colour).sum(axis=0) >= least)[0]


def markers_of(image: np.ndarray) -> np.ndarray:
    """Return the columns of lone markers; the dotted way to a line's end is not as high."""
    return columns_of(image, BLUE, 12)


@pytest.mark.parametrize("at", [0, 1, 14, 28, 29])
def test_the_line_of_a_note_goes_through_its_day(at):
    """Also on the first day and the last: nothing of it is clipped."""
    picture = replace(LINE, series=(alone(at),), notes=(note(START + at * DAY, "Fair"),))
    image = pixels(picture)
    line = columns_of(image, NOTED)
    assert 1 <= line.size <= 4
    assert abs(line.mean() - markers_of(pixels(replace(picture, notes=()))).mean()) < 3
    assert find_colour(image, NOTED)[:, line[0]].sum() > 300, "it goes through the whole plot"


def test_a_note_of_several_days_is_a_band_over_these_days_and_no_others():
    held = tuple(1000.0 if it in (12, 15) else None for it in range(30))
    shown = replace(LINE, series=(Series("x", held),), notes=(note(START + 12 * DAY, "Fair", 4),))
    pale = columns_of(pixels(shown), NOTED_PALE)
    blue = markers_of(pixels(replace(shown, notes=())))
    step = (WIDTH - 2 * EDGE) / 30
    assert pale.min() < blue.min()
    assert pale.max() > blue.max()
    assert pale.max() - pale.min() < blue.max() - blue.min() + step


def test_in_weeks_the_line_stands_in_the_week_of_its_day():
    """Monday 26 Oct begins the week; a note on its Thursday is at the week's own place."""
    monday = date(2026, 10, 26)
    slots = tuple(monday + 7 * it * DAY for it in range(10))
    for kind in ("line", "stacked"):
        picture = replace(
            LINE, kind=kind, slots=slots, slot_days=7, series=(alone(4, 10),), footnote=""
        )
        noted = replace(picture, notes=(note(slots[4] + 3 * DAY, "Fair"),))
        line = columns_of(pixels(noted), NOTED)
        assert 1 <= line.size <= 4
        if kind == "line":
            assert abs(line.mean() - markers_of(pixels(picture)).mean()) < 3
        else:
            bar = columns_of(pixels(picture), BLUE)
            assert bar.min() < line.mean() < bar.max()


def test_words_stand_beside_their_lines_and_are_cut_where_they_are_long():
    sheet = WatchedSheet()
    notes = (note(START + 3 * DAY, "x" * 79), note(START + 13 * DAY, "Fair", 3), note(START + 29 * DAY, "Down"))  # noqa: E501  # fmt: skip
    written = sheet.watch(replace(LINE, notes=notes))
    words = [it.words for it in written]
    assert {"Fair", "Down"} <= set(words)
    (long,) = [it for it in words if it.startswith("xxx")]
    assert long.endswith("…")
    assert sheet.measure(long, 30) > 250, "enough is left to read"


def test_where_words_find_no_room_they_have_numbers_and_follow_under_the_chart():
    notes = tuple(note(START + it * DAY, f"Something long happened, part {it}") for it in range(8))
    for picture in (LINE, COLUMNS):
        written = WatchedSheet().watch(replace(picture, notes=notes))
        digits = [it for it in written if it.words in set("12345678")]
        assert [it.words for it in digits] == [*"12345678"] * 2
        over, under = digits[:8], digits[8:]
        assert all(b.left - a.left >= BADGE for a, b in pairwise(over))
        assert max(it.bottom for it in under) < min(it.bottom for it in over)
        said = [it.words for it in written if "Something" in it.words]
        assert [it.partition(" Something")[0] for it in said] == [it.said for it in notes]


@given(
    st.lists(
        st.tuples(
            st.integers(-3, 62),
            st.integers(1, 20),
            st.sampled_from(["Fair", "Black Week", "x" * 80, *SCRIPTS.values(), "A launch of it"]),
        ),
        max_size=8,
    ),
    st.sampled_from([7, 30, 60]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_stands_over_anything_whatever_is_noted(drawn, count, columns, breaks):
    """Labels, numbers and their list are inside the frame and apart from all other words."""
    notes = tuple(note(START + at * DAY, words, length) for at, length, words in drawn)
    picture = replace(
        lines(wave(count)),
        kind="stacked" if columns else "line",
        slots=days(count),
        notes=notes,
        marks=((START + 4 * DAY, "Instagram counts otherwise"),) if breaks else (),
    )
    written = SHEET.watch(picture)
    assert overlapping(written) == []
    assert all(it.left >= EDGE - 20 and it.right <= WIDTH - 14 for it in written)
    seen = [it for it in notes if it.first < START + count * DAY and it.until > START]
    digits = [it for it in written if it.words in set("12345678") and len(it.words) == 1]
    told = [it for it in seen if any(cut(it.words, one.words) for one in written)]
    assert len(told) == len(seen), "each is told, in words that are cut at most"
    assert len(digits) in (0, 2 * len(seen))


SHEET = WatchedSheet()


def cut(words: str, written: str) -> bool:
    start = written.removesuffix("…")
    return bool(start) and any(start[at:] and words.startswith(start[at:]) for at in range(len(start)))  # noqa: E501  # fmt: skip


def overlapping(written: Sequence[Written]) -> list[tuple[str, str]]:
    return [(a.words, b.words) for a, b in combinations(written, 2) if a.overlaps(b)]


@pytest.mark.parametrize("count", [1, 2, 8])
def test_small_multiples_have_a_line_each_and_the_words_once(count):
    start = WEEKS[0].slots[0]
    notes = tuple(note(start + (10 + 5 * it) * DAY, f"Note {it}") for it in range(count))
    panels = tuple(replace(it, notes=notes) for it in WEEKS)
    sheet = WatchedSheet(TALL if len(panels) > 4 else 900)
    written = sheet.watch(multiples(*panels))
    for it in notes:
        assert [one.words for one in written if it.words in one.words] == [f"{it.said} {it.words}"]
    digits = [one.words for one in written if len(one.words) == 1 and one.words.isdigit()]
    assert len(digits) == (0 if count == 1 else count * (len(panels) + 1))
    assert overlapping(written) == []


def test_goals_and_alerts_have_the_notes_of_their_days_and_tell_the_newest_eight():
    """A note before the first slot is none of theirs; ten are told as eight and how many more."""
    for picture in (GOAL, ALERT):
        first = picture.slots[0]
        rows = [
            DateNoteRow(it, first + (it - 1) * DAY, first + it * DAY, f"N{it}", "U1", AT, 1)
            for it in range(11)
        ]
        noted = note_picture(picture, rows, 2026)
        assert [it.words for it in noted.notes] == [f"N{it}" for it in range(3, 11)]
        assert noted.alt_text.startswith(picture.alt_text)
        assert "N10; and 2 more: /kpi notes." in noted.alt_text
        assert "N2" not in noted.alt_text
        assert note_picture(picture, rows[:1], 2026) == picture
        assert overlapping(WatchedSheet().watch(noted)) == []
    assert note_picture(None, [], 2026) is None


def test_an_answer_gives_its_chart_the_notes_and_breaks_apart():
    epoch = Mark(date(2026, 11, 2), "Instagram counts otherwise")
    fair = Mark(date(2026, 11, 3), "Fair", date(2026, 11, 5))
    picture = picture_of(answer(REACH, marks=(epoch, fair)))
    assert picture.marks == ((date(2026, 11, 2), "Instagram counts otherwise"),)
    assert picture.notes == (Note(date(2026, 11, 3), date(2026, 11, 5), "Fair", "3–4 Nov"),)


def test_a_chart_without_days_tells_the_notes_of_the_period_under_it():
    """Bars by country; a note of the days before is not of the period."""
    marks = (
        Mark(date(2026, 10, 3), "Long ago", date(2026, 10, 4)),
        Mark(date(2026, 11, 3), "Fair", date(2026, 11, 5)),
    )
    parts = (figure("SE", exactly(3)), figure("NO", exactly(2)), figure("FI", NOTHING))
    bars = picture_of(answer(REACH, breakdown=parts, chart="bars", marks=marks))
    assert (bars.kind, bars.notes) == ("bars", ())
    assert bars.footnote == "1–5 Nov · Noted: 3–4 Nov: Fair."
    assert pixels(replace(HEAT, notes=(note(START, "x"),))).shape == (900, 1600, 3)


def test_notes_change_no_byte_of_a_chart_that_has_none():
    """A note on days that are not shown draws nothing."""
    far = replace(LINE, notes=(note(START - 9 * DAY, "Before"), note(START + 99 * DAY, "After")))
    assert (pixels(far) == pixels(LINE)).all()
    assert isinstance(far, Picture)
