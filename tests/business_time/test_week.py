"""Opening hours as people type them, and as they are said back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.errors import KepiError
from support.week import (
    Window,
    join,
    read_hours,
    say_hours,
    week_as_json,
    week_from_json,
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–17:00"),
        ("mon-fri 9-12, 13-18; sat 10-14", "Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00"),
        ("24/7", "24/7"),
        ("Every day 0-24", "24/7"),
        ("always", "24/7"),
        ("Monday to Friday 9:00 to 17:30", "Mon–Fri 09:00–17:30"),
        ("weekdays 9am-5pm, sat 10am-2pm", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
        ("mon-fri 9:00 a.m. - 12 p.m.", "Mon–Fri 09:00–12:00"),
        ("Mon, Wed and Fri 8.30-16", "Mon 08:30–16:00; Wed 08:30–16:00; Fri 08:30–16:00"),
        ("Mon 9-12 13-17", "Mon 09:00–12:00, 13:00–17:00"),
        ("Mon–Fri: 9h–17h", "Mon–Fri 09:00–17:00"),
        ("Mon-Fri 9-17; Sun closed", "Mon–Fri 09:00–17:00"),
        ("fri-mon 10-16", "Mon 10:00–16:00; Fri–Sun 10:00–16:00"),
        ("daily 22-06", "Every day 22:00–06:00"),
        ("Sun 22:00–06:00", "Sun 22:00–06:00"),
        ("Mon-Fri 9-12, 12-17", "Mon–Fri 09:00–17:00"),
        ("Mon-Fri 9 am - 5 pm Sat 10-14", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
        ("Mon–Fri 9〜17\nSat 10−14", "Mon–Fri 09:00–17:00; Sat 10:00–14:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, said: str) -> None:
    assert say_hours(read_hours(typed)) == said
    assert read_hours(said) == read_hours(typed)


def test_what_runs_over_midnight_is_two_windows() -> None:
    """Sunday's night ends on Monday, the first day of the week."""
    week = read_hours("Sun 22:00–06:00")
    assert week[6] == (Window(22 * 60, 24 * 60),)
    assert week[0] == (Window(0, 6 * 60),)


@pytest.mark.parametrize(
    ("typed", "would_work"),
    [
        ("", "Mon–Fri 09:00–17:00"),
        ("closed", "Mon–Fri 09:00–17:00"),
        ("nine to five", "Mon–Fri 09:00–17:00"),
        ("9-17", "which days"),
        ("Mon-Fri", "Mon–Fri 09:00–17:00"),
        ("Mon-Fri 9-5", "Write 09:00–17:00"),
        ("Mon-Fri 9–5pm", "09:00–17:00"),
        ("Mon-Fri 9-17; Fri 9-15", "Friday has"),
        ("Mon-Fri 22-06; Tue 5-9", "Tuesday has"),
        ("Mon 10-10", "A whole day is 0–24"),
        ("Mon 9-24:30", "24:00"),
        ("Mon 13pm-14pm", "13pm"),
        ("Mon 25-26", "25-26"),
        ("Mon-Fri from 9", "from 9"),
        ("Mån 9-17", "not a day"),
        ("Mon-Fri 9-17 " * 400, "overlap"),
        ("x" * 5000, "not a day"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_what_would_work(
    typed: str, would_work: str
) -> None:
    """One short line; nothing is guessed, and “9–5” is not taken for a night of twenty hours."""
    with pytest.raises(KepiError) as refused:
        read_hours(typed)
    assert would_work in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


@given(
    some.lists(
        some.lists(some.integers(0, 96), max_size=6, unique=True).map(sorted),
        min_size=7,
        max_size=7,
    ).filter(any)
)
def test_what_is_said_is_read_again(ends: list[list[int]]) -> None:
    """Any week, said and read, is that week; so is its form in the tables."""
    week = tuple(
        join([Window(a * 15, b * 15) for a, b in zip(of[::2], of[1::2], strict=False)], "Monday")
        for of in ends
    )
    assert week_from_json(week_as_json(week)) == week
    if any(week):
        assert read_hours(say_hours(week)) == week
    else:
        assert say_hours(week) == "closed"


@given(some.text(max_size=60))
def test_no_text_ends_in_anything_but_a_week_or_a_refusal(typed: str) -> None:
    try:
        week = read_hours(typed)
    except KepiError:
        return
    assert len(week) == 7
