"""Round numbers, days that fit, and room between labels."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from charts_awkward import LINE, days, months
from hypothesis import given
from hypothesis import strategies as st

from kpis.charts.frame import draw_frame
from kpis.charts.scale import (
    choose_axis,
    choose_log_axis,
    choose_slot_labels,
    find_slot,
    needs_log,
    spread,
)
from kpis.charts.sheet import Sheet
from kpis.charts.style import TITLE
from kpis.numbers import SPACE
from storage.measures import Unit


@pytest.mark.parametrize(
    ("values", "unit", "zero", "texts"),
    [
        ((0, 2538), Unit.COUNT, True, "0 1k 2k 3k"),
        ((1200, 2538), Unit.COUNT, False, "0 1k 2k 3k"),
        ((41_000, 41_320), Unit.PEOPLE, False, "41k 41.1k 41.2k 41.3k 41.4k"),
        ((41_000, 41_320), Unit.PEOPLE, True, "0 20k 40k 60k"),
        ((-120, 210), Unit.COUNT, True, "−200 −100 0 100 200 300"),
        ((-210, -200), Unit.COUNT, True, "−300 −200 −100 0"),
        ((5, 5), Unit.COUNT, False, "0 2 4 6"),
        ((0, 0), Unit.COUNT, True, "0 1"),
        ((), Unit.COUNT, False, "0 1"),
        ((1, 2), Unit.COUNT, True, "0 1 2"),
        ((0, 3), Unit.COUNT, True, "0 1 2 3"),
        ((0, 9), Unit.COUNT, True, "0 3 6 9"),
        ((0.02, 0.117), Unit.PERCENT, True, "0_% 5_% 10_% 15_%"),
        ((0, 7000), Unit.SECONDS, True, "0_h 0.5_h 1_h 1.5_h 2_h"),
    ],
)
def test_an_axis_has_few_round_ticks_that_hold_the_values(values, unit, zero, texts):
    axis = choose_axis([float(it) for it in values], unit, zero=zero)
    written = [text.replace(SPACE, "_") for text in axis.texts]
    assert written == texts.split()
    assert all(axis.low <= value <= axis.high for value in values)


@given(st.lists(st.floats(-1e15, 1e15), max_size=9), st.sampled_from(list(Unit)), st.booleans())
def test_every_axis_holds_its_values_with_ticks_that_differ(values, unit, zero):
    axis = choose_axis(values, unit, zero=zero)
    room = (axis.high - axis.low) * 1e-6
    assert all(axis.low - room <= value <= axis.high + room for value in values)
    assert 2 <= len(axis.ticks) <= 8
    assert axis.from_zero or not zero


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((42, 90_000), "15_s 5_min 1_h 3_d"),
        ((600, 200_000), "5_min 15_min 1_h 4_h 1_d 3_d"),
        ((0, 600, 200_000), "≤_5_min 15_min 1_h 4_h 1_d 3_d"),
    ],
)
def test_durations_far_apart_stand_on_steps_that_multiply(values, texts):
    """An answer after 42 s and one after a day can both be read."""
    assert needs_log([float(it) for it in values], Unit.SECONDS)
    axis = choose_log_axis([float(it) for it in values])
    assert " ".join(it.replace(SPACE, "_") for it in axis.texts) == texts
    places = [axis.place(float(it)) for it in values]
    assert places == sorted(places)
    assert 0 <= places[0] < places[-1] <= 1


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ((600, 7200), Unit.SECONDS),
        ((1, 1e6), Unit.COUNT),
        ((0, 0), Unit.SECONDS),
        ((), Unit.SECONDS),
    ],
)
def test_everything_else_keeps_even_steps(values, unit):
    assert not needs_log([float(it) for it in values], unit)


@given(st.lists(st.floats(1e-3, 1e11), min_size=1, max_size=9))
def test_every_log_axis_holds_its_values(values):
    axis = choose_log_axis(values)
    assert all(0 <= axis.place(it) <= 1 + 1e-9 for it in values)
    assert 2 <= len(axis.ticks) <= 8
    assert len(set(axis.texts)) == len(axis.texts)


def measure(text: str) -> float:
    return 18.0 * len(text)


@pytest.mark.parametrize("count", [1, 2, 7, 30, 45, 90, 400, 1500])
@pytest.mark.parametrize("width", [300, 1400])
def test_names_of_days_never_touch(count, width):
    room = width / count
    labels = choose_slot_labels(days(count), 1, room, measure)
    assert labels
    ends = [(at * room - measure(text) / 2, at * room + measure(text) / 2) for at, text in labels]
    assert all(a[1] < b[0] for a, b in pairwise(ends))


@pytest.mark.parametrize(
    ("slots", "slot_days", "room", "names"),
    [
        (days(30), 1, 45.0, "24 Oct, 31 Oct, 7 Nov, 14 Nov, 21 Nov"),
        (days(400, date(2025, 10, 1)), 1, 3.0, "1 Oct 2025, 1 Jan 2026, 1 Apr, 1 Jul, 1 Oct"),
        (months(6), 0, 200.0, "Jan, Feb, Mar, Apr, May, Jun"),
        (months(4), 0, 190.0, "Jan, Feb, Mar, Apr"),
        (months(14), 0, 60.0, "Jan 2025, Apr, Jul, Oct, Jan 2026"),
        ((date(2026, 10, 24),), 1, 900.0, "24 Oct"),
    ],
)
def test_slots_are_named_by_what_fits(slots, slot_days, room, names):
    labels = choose_slot_labels(slots, slot_days, room, measure)
    assert ", ".join(text for _, text in labels) == names


def test_a_day_is_found_among_days_weeks_and_months():
    """The place of a slot is its middle, so the middle of a month is at the month's place."""
    assert find_slot(date(2026, 10, 26), days(30), 1) == 2
    assert find_slot(date(2026, 10, 23), days(30), 1) is None
    assert find_slot(date(2026, 11, 23), days(30), 1) is None
    assert find_slot(date(2025, 3, 16), months(6), 0) == pytest.approx(2, abs=0.03)
    assert find_slot(date(2025, 1, 1), months(6), 0) == 0
    weeks = tuple(date(2026, 1, 5) + timedelta(days=7 * at) for at in range(4))
    assert find_slot(date(2026, 1, 15), weeks, 7) == pytest.approx(1)
    assert find_slot(date(2026, 1, 15), (), 7) is None


@given(st.lists(st.floats(0, 400), max_size=8))
def test_labels_keep_their_distance_their_order_and_the_edges(wanted):
    """Eight labels of 46 pixels fit between 0 and 400."""
    placed = spread(wanted, 46, 0, 400)
    in_order = [placed[at] for at in sorted(range(len(wanted)), key=lambda at: wanted[at])]
    assert in_order == sorted(in_order)
    assert all(b - a >= 46 - 1e-6 for a, b in pairwise(in_order))
    assert all(-1e-6 <= it <= 400 + 1e-6 for it in placed)
    apart = all(abs(a - b) >= 46 for i, a in enumerate(wanted) for b in wanted[:i])
    if apart:
        assert placed == wanted


def test_a_long_title_shrinks_before_it_is_cut(monkeypatch):
    written = []
    sheet = Sheet()
    monkeypatch.setattr(
        sheet, "text", lambda x, y, words, size, *_, **__: written.append((words, size))
    )
    words = "Engagement rate · Instagram acme kaffe · 24 October – 22 November"
    draw_frame(sheet, replace(LINE, title=words))
    draw_frame(sheet, replace(LINE, title=words * 3))
    titles = [it for it in written if it[0].startswith("Engagement")]
    assert titles[0][0] == words
    assert 40 <= titles[0][1] < TITLE
    assert titles[1][0] == "Engagement rate · Instagram acme kaffe", "two lines before it is cut"
    assert any(it[0].startswith("24 October") and it[0].endswith("…") for it in written)
