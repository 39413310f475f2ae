"""Which picture an answer makes: its own numbers, and the words it is given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpis.answers import (
    Absent,
    Answer,
    Cell,
    Figure,
    Grid,
    Mark,
    Point,
    Reading,
    Reason,
    Short,
    Value,
)
from kpis.charts.compose import compose
from kpis.charts.picture import Picture
from kpis.question import Baseline, Beside, Period, Question, Scope
from kpis.wording import alt_text
from storage.measures import Unit

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 6), "last 5 days")
QUESTION = Question("reach", Scope(), PERIOD, today=date(2026, 11, 6))
NOTHING = Absent(Reason.NO_DATA, "no data")


def exactly(number: float, n: int = 9) -> Value:
    return Value(number, number, n)


def points(
    *values: float | None, start: date = PERIOD.start, open_last: int = 0
) -> tuple[Point, ...]:
    return tuple(
        Point(
            start + timedelta(days=at),
            start + timedelta(days=at + 1),
            value,
            at >= len(values) - open_last,
        )
        for at, value in enumerate(values)
    )


def figure(name: str, value: Reading, **others: object) -> Figure:
    return Figure(name, value, **others)  # type: ignore[arg-type]


def answer(*lines: Figure, **others: object) -> Answer:
    return Answer(QUESTION, "Reach · acme", Unit.PEOPLE, "Reach", "acme", lines, **others)  # type: ignore[arg-type]


def picture_of(answer: Answer) -> Picture:
    picture = compose(answer, "54,310 people", "1–5 Nov", "Reach: 54,310 people.")
    assert picture is not None
    return picture


REACH = figure(
    "Instagram acme",
    exactly(54310),
    series=points(1, 2, None, 4, 5, open_last=2),
    previous_series=points(9, 8, 7, 6, 5, start=date(2026, 10, 27)),
)


def test_a_line_has_the_period_before_behind_it_slot_by_slot():
    picture = picture_of(answer(REACH, marks=(Mark(date(2026, 11, 2), "Black Week"),)))
    now, before = picture.series
    assert (picture.kind, picture.slot_days, len(picture.slots)) == ("line", 1, 5)
    assert (now.values, now.hollow, now.pale) == ((1, 2, None, 4, 5), frozenset({3, 4}), False)
    assert (before.name, before.values, before.pale) == ("before", (9, 8, 7, 6, 5), True)
    assert picture.marks == ((date(2026, 11, 2), "Black Week"),)
    assert (picture.title, picture.headline) == ("Reach · acme", "54,310 people")
    assert (picture.footnote, picture.alt_text) == ("1–5 Nov", "Reach: 54,310 people.")
    assert picture.file_name == "reach-2026-11-01-2026-11-05.png"


def test_the_year_before_is_named_as_such():
    asked = replace(QUESTION, baseline=Baseline(Beside.LAST_YEAR))
    assert picture_of(replace(answer(REACH), question=asked)).series[1].name == "last year"


def test_a_day_for_which_no_point_came_is_a_gap():
    series = points(1, 2, 3, 4, 5)
    picture = picture_of(answer(replace(REACH, series=series[:2] + series[3:])))
    assert picture.series[0].values == (1, 2, None, 4, 5)


def test_months_and_weeks_are_told_from_the_points_even_when_the_ends_are_cut():
    month = (
        Point(date(2026, 1, 31), date(2026, 2, 1), 1),
        Point(date(2026, 2, 1), date(2026, 3, 1), 2),
        Point(date(2026, 4, 1), date(2026, 4, 9), 4),
    )
    picture = picture_of(answer(figure("x", exactly(7), series=month)))
    assert picture.slot_days == 0
    assert [day.month for day in picture.slots] == [1, 2, 3, 4]
    assert picture.series[0].values == (1, 2, None, 4)
    week = (
        Point(date(2026, 1, 5), date(2026, 1, 12), 1),
        Point(date(2026, 1, 19), date(2026, 1, 21), 3),
    )
    picture = picture_of(answer(figure("x", exactly(4), series=week)))
    assert picture.slot_days == 7
    assert picture.series[0].values == (1, None, 3)


def weeks(*values: float, last: Short | None, start: date) -> tuple[Point, ...]:
    """Return weeks, the last of which is short."""
    days = [start + timedelta(days=7 * at) for at in range(len(values))]
    found = [Point(day, day + timedelta(days=7), it) for day, it in zip(days, values, strict=True)]
    end = days[-1] + timedelta(days=last.held if last else 7)
    return (*found[:-1], found[-1]._replace(end=end, short=last))


def test_a_cut_week_is_told_apart_now_and_before_and_its_days_are_said():
    reach = replace(
        REACH,
        series=weeks(70, 71, 30, last=Short(3, 7), start=date(2026, 11, 1)),
        previous_series=weeks(69, 72, 31, last=Short(3, 7), start=date(2026, 10, 15)),
    )
    picture = picture_of(answer(reach))
    assert [it.short for it in picture.series] == [frozenset({2}), frozenset({2})]
    assert picture.shorts == "15–17 Nov: 3 of 7 days"
    assert "15–17 Nov 2026: 3 of 7 days." in alt_text(answer(reach))
    assert "lowest 70 on 1–7 Nov 2026" in alt_text(answer(reach)), "30 of three days is no low"


def test_a_rate_of_a_cut_week_is_a_rate_like_the_others_and_its_days_are_said():
    rate = replace(REACH, series=weeks(1, 2, last=Short(3, 7, False), start=date(2026, 11, 1)))
    picture = picture_of(answer(rate))
    assert not any(it.short for it in picture.series)
    assert picture.shorts == "8–10 Nov: 3 of 7 days"


def test_a_cut_part_is_told_apart_in_bars_and_in_a_stack():
    parts = tuple(
        figure(name, exactly(9), short=short, series=weeks(1, 2, last=short, start=PERIOD.start))
        for name, short in (("a", None), ("b", Short(3, 7)))
    )
    bars = picture_of(answer(REACH, breakdown=parts, chart="bars"))
    assert (bars.series[0].short, bars.shorts) == (frozenset({1}), "b: 3 of 7 days")
    stack = picture_of(answer(*parts, parts=parts, chart="stacked"))
    assert [it.short for it in stack.series] == [frozenset(), frozenset({1})]


def test_several_accounts_are_several_lines_in_their_order_and_six_at_most():
    lines = [
        figure(f"a{at}", exactly(value), series=points(value, value))
        for at, value in enumerate((5, 1, 9, 7, 3, 8, 2, 6))
    ]
    picture = picture_of(answer(*lines, together=REACH))
    assert [series.name for series in picture.series] == ["a0", "a2", "a3", "a4", "a5", "a7"]
    assert picture.series[0].total == "5 people"
    assert picture.footnote == "1–5 Nov · 2 more not drawn"
    assert not any(series.pale for series in picture.series)


def test_a_range_of_the_whole_period_is_a_band_in_words():
    bounds = figure("x", Value(50000, 57800), series=points(1, 2, 3), band=(50000, 57800))
    picture = picture_of(answer(bounds, chart="band"))
    assert picture.band is not None
    assert (picture.band.low, picture.band.high) == (50000, 57800)
    assert picture.band.words == "Last 5 days together: between 50,000 and 57,800 people"


def test_a_breakdown_is_bars_with_what_is_absent_left_empty():
    parts = (
        figure("Reel", exactly(30, n=12), previous=exactly(20)),
        figure("Photo", Value(10, 15, 2)),
        figure("Story", NOTHING, previous=exactly(4)),
    )
    picture = picture_of(answer(REACH, breakdown=parts, chart="bars"))
    now, before = picture.series
    assert (picture.kind, picture.categories) == ("bars", ("Reel", "Photo", "Story"))
    assert (now.values, before.values) == ((30, 10, None), (20, None, 4))
    assert picture.hatched == frozenset({1})
    assert picture.marks == ()


def test_long_breakdowns_are_cut_and_said_to_be_but_hours_are_not():
    parts = tuple(figure(f"{at:02d}", exactly(at)) for at in range(24))
    cut = picture_of(answer(REACH, breakdown=parts, chart="bars"))
    assert (len(cut.categories), cut.footnote) == (12, "1–5 Nov · 12 more not drawn")
    by_hour = replace(
        answer(REACH, breakdown=parts, chart="bars"), question=replace(QUESTION, by="hour")
    )
    assert len(picture_of(by_hour).categories) == 24


def test_weekdays_are_short():
    parts = tuple(figure(name, exactly(1)) for name in ("Monday", "Sunday"))
    assert picture_of(answer(breakdown=parts, chart="bars")).categories == ("Mon", "Sun")


def test_one_number_over_time_is_columns():
    picture = picture_of(answer(REACH, chart="bars"))
    assert (picture.kind, len(picture.slots)) == ("stacked", 5)
    assert [series.values for series in picture.series] == [(1, 2, None, 4, 5)]


def test_accounts_without_a_series_are_bars():
    lines = (figure("a", exactly(3)), figure("b", exactly(4)))
    for chart in ("line", "bars"):
        picture = picture_of(answer(*lines, chart=chart))
        assert (picture.kind, picture.categories) == ("bars", ("a", "b"))


def test_the_smallest_parts_of_a_stack_become_one():
    parts = tuple(
        figure(f"p{at}", exactly(at), series=points(at, None if at == 1 else at))
        for at in range(1, 10)
    )
    picture = picture_of(answer(REACH, breakdown=parts, chart="stacked"))
    assert picture.kind == "stacked"
    assert [series.name for series in picture.series] == [
        "p9",
        "p8",
        "p7",
        "p6",
        "p5",
        "p4",
        "other",
    ]
    assert picture.series[-1].values == (6, 5)


def test_a_stack_of_one_part_is_a_line():
    assert picture_of(answer(REACH, chart="stacked")).kind == "line"


def test_a_week_by_hours_is_a_heat_map_with_its_counts():
    cells = (Cell(0.05, Unit.PERCENT, n=5), Cell(0.07, Unit.PERCENT, n=2, small=True))
    grid = Grid(("09", "18–19"), (("Monday", cells), ("Tuesday", (Cell(), Cell()))), heat=True)
    picture = picture_of(answer(REACH, grid=grid, chart="heat"))
    assert (picture.kind, picture.unit) == ("heat", Unit.PERCENT)
    assert [series.name for series in picture.series] == ["Mon", "Tue"]
    monday = picture.series[0].values
    assert (len(monday), monday[9], monday[18], monday[10]) == (24, 0.05, 0.07, None)
    assert (picture.counts[0][9], picture.counts[0][18], picture.counts[1][9]) == (5, 2, 0)


def test_a_table_is_bars_of_its_first_numbers_and_shares_stand_beside_each_other():
    count, share = Cell(12, Unit.COUNT), Cell(0.4, Unit.PERCENT)
    tags = Grid(("posts", "rate"), (("#a", (count, share)), ("#b", (Cell(1, small=True), share))))
    picture = picture_of(answer(REACH, grid=tags, chart="bars"))
    assert (picture.unit, picture.categories) == (Unit.COUNT, ("#a", "#b"))
    assert [series.values for series in picture.series] == [(12, 1)]
    assert picture.hatched == frozenset({1})
    mix = Grid(("of posts", "of likes"), (("Reel", (share, Cell(0.7, Unit.PERCENT))),))
    picture = picture_of(answer(REACH, grid=mix, chart="bars"))
    assert [(it.name, it.values) for it in picture.series] == [
        ("of posts", (0.4,)),
        ("of likes", (0.7,)),
    ]


@pytest.mark.parametrize(
    "nothing",
    [
        answer(REACH, chart="none"),
        answer(figure("x", NOTHING, series=points(None, None))),
        answer(figure("x", NOTHING)),
        answer(figure("x", NOTHING), chart="bars"),
        answer(figure("x", NOTHING), chart="stacked"),
        answer(figure("x", NOTHING), grid=Grid((), (), heat=True), chart="heat"),
        answer(figure("x", NOTHING), grid=Grid((), ()), chart="bars"),
        answer(figure("x", NOTHING, previous_series=points(1, 2))),
        answer(),
    ],
)
def test_an_answer_without_a_number_has_no_chart(nothing):
    assert compose(nothing, "", "", "") is None


def test_alt_text_is_cut_where_slack_would_refuse_it():
    picture = compose(answer(REACH), "", "", "x" * 3000)
    assert picture is not None
    assert len(picture.alt_text) == 2000
