"""Data beside what they are compared with: everything stands where its number says."""

from dataclasses import replace

import numpy as np
import pytest
from charts_awkward import bars, days, lines
from charts_compared import ALERT, COMPARED, GOAL, HOURS
from charts_watched import WatchedSheet, find_colour, pixels

from kpis.charts.guides import GUIDE_LOOKS
from kpis.charts.picture import Guide, Picture, Series
from kpis.charts.style import AXIS, BLUE, FRAME, PALE_BLUE, SHADE

KINDS = tuple(GUIDE_LOOKS)


def flat(value: float, **others: object) -> Picture:
    """Return thirty days that all have the same value, and a scale from zero on."""
    return lines((value,) * 30, **others)


def find_rows(image: np.ndarray, colour: str, *, least: int = 100) -> np.ndarray:
    """Return the rows in which so many pixels have the colour."""
    return np.nonzero(find_colour(image, colour).sum(axis=1) >= least)[0]


def find_columns(image: np.ndarray, colour: str, *, least: int = 30) -> np.ndarray:
    return np.nonzero(find_colour(image, colour).sum(axis=0) >= least)[0]


def find_zero(image: np.ndarray) -> float:
    """Return the row of the base line."""
    return float(np.median(find_rows(image, AXIS, least=800)))


def read_level(image: np.ndarray, row: float, known_row: float, known: float) -> float:
    """Return the value that stands on a row, by a line whose value is known."""
    zero = find_zero(image)
    return (zero - row) / (zero - known_row) * known


def count_spots(mask: np.ndarray, *, across: int) -> list[tuple[int, int]]:
    """Return the middles (x, y) of the marks in a mask, each about so many pixels across."""
    middles = []
    left = mask.copy()
    while left.any():
        y, x = (int(it[0]) for it in np.nonzero(left))
        # The first pixel of a diamond is its top: the rest is under it.
        part = left[y : y + across, max(x - across, 0) : x + across]
        rows, columns = np.nonzero(part)
        if rows.size > 60:
            middles.append((max(x - across, 0) + int(columns.mean()), y + int(rows.mean())))
        part[:] = False
    return middles


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [400.0, 1400.0])
def test_a_guide_of_a_line_stands_at_its_height(kind, value):
    image = pixels(flat(1000, guides=(Guide("here", (value,), kind),)))
    data = float(np.median(find_rows(image, BLUE, least=1000)))
    guide = find_rows(image, GUIDE_LOOKS[kind].colour)
    assert read_level(image, float(guide.mean()), data, 1000) == pytest.approx(value, rel=0.01)


@pytest.mark.parametrize("value", [12.0, 27.0])
def test_a_guide_of_upright_bars_stands_at_its_height(value):
    names = tuple(f"{at:02d}" for at in range(20))
    image = pixels(bars((20.0,) * 20, names, guides=(Guide("here", (value,), "limit"),)))
    top = float(find_rows(image, BLUE, least=900).min())
    guide = float(find_rows(image, GUIDE_LOOKS["limit"].colour, least=300).mean())
    assert read_level(image, guide, top, 20) == pytest.approx(value, rel=0.02)


@pytest.mark.parametrize("value", [12_000.0, 70_000.0])
def test_a_guide_of_level_bars_stands_at_its_length(value):
    image = pixels(bars((40_000.0, 20_000.0), guides=(Guide("here", (value,), "limit"),)))
    blue = find_colour(image, BLUE)
    longest = blue[blue.sum(axis=1).argmax()].nonzero()[0]
    zero, end = longest.min(), longest.max()
    guide = find_columns(image, GUIDE_LOOKS["limit"].colour, least=60).mean()
    assert (guide - zero) / (end - zero) * 40_000 == pytest.approx(value, rel=0.01)


def test_guides_are_told_apart_without_colour():
    """The runs of a guide's own pixels along its row differ from those of every other."""
    patterns = set()
    for kind in KINDS:
        image = pixels(flat(1000, guides=(Guide("here", (400.0,), kind),)))
        row = find_colour(image, GUIDE_LOOKS[kind].colour)[:, 200:1200]
        along = "".join("x" if it else " " for it in row[row.sum(axis=1).argmax()])
        patterns.add(tuple(sorted({len(run) for run in along.split()} - {1})))
    assert len(patterns) == len(KINDS)
    assert len({look.dash for look in GUIDE_LOOKS.values()}) == len(KINDS)


@pytest.mark.parametrize("picture", [GOAL, ALERT, HOURS], ids=["goal", "alert", "hours"])
def test_every_guide_is_named_at_its_right_end(picture):
    written = WatchedSheet().watch(picture)
    for guide in picture.guides:
        (name,) = (it for it in written if it.words == guide.name)
        assert name.left > 1150


def test_a_guide_that_moves_follows_its_own_values():
    """A plan from 0 to 1,000 leaves the base line on the left, and meets the data on the right."""
    plan = Guide("plan", tuple(1000.0 * at / 29 for at in range(30)), "plan")
    image = pixels(flat(1000, guides=(plan,)))
    # Its dots are the only dark pixels in the plot; at an angle few have the very colour.
    line = image.max(axis=2) < 150
    rows = [float(np.nonzero(line[250:740, x : x + 40])[0].mean()) + 250 for x in (180, 700, 1220)]
    data = float(np.median(find_rows(image, BLUE, least=1000)))
    values = [read_level(image, row, data, 1000) for row in rows]
    assert values == sorted(values)
    assert values[0] < 150 < 800 < values[2]
    assert values[1] == pytest.approx((values[0] + values[2]) / 2, abs=25)


def test_the_usual_range_is_filled_from_its_low_to_its_high():
    image = pixels(flat(1000, usual=((300.0, 600.0),) * 30))
    data = float(np.median(find_rows(image, BLUE, least=1000)))
    rows = find_rows(image, PALE_BLUE, least=900)
    high, low = (read_level(image, float(it), data, 1000) for it in (rows.min(), rows.max()))
    assert (low, high) == (pytest.approx(300, abs=12), pytest.approx(600, abs=12))


def test_days_without_a_usual_range_have_none():
    some = tuple(None if 10 <= at < 20 else (300.0, 600.0) for at in range(30))
    whole = find_colour(pixels(flat(1000, usual=((300.0, 600.0),) * 30)), PALE_BLUE)
    parted = find_colour(pixels(flat(1000, usual=some)), PALE_BLUE)
    across = parted[:, :1380].sum(axis=0) > 50
    assert whole[:, 200:1300].any(axis=0).all()
    assert "".join("x" if it else " " for it in across).strip().count("x" + " " * 200) == 1


def test_what_fired_is_marked_at_its_point_and_nothing_else_is():
    values = tuple(900.0 if at in (5, 20) else 100.0 for at in range(30))
    image = pixels(lines(values, flagged=frozenset({5, 20})))
    flags = find_colour(image, FRAME)[:760]
    middles = count_spots(flags, across=40)
    unmarked = find_colour(pixels(lines(values)), BLUE)[:760]
    assert len(middles) == 2
    for x, y in middles:
        assert unmarked[y, x], "its middle is where the point of the same chart without it is"
        assert find_rows(image, BLUE, least=5).min() < y + 25
    # Fifteen of twenty-nine steps lie between the two, one step between two points.
    width = np.nonzero(unmarked.any(axis=0))[0]
    step = (width.max() - width.min() - 18) / 29
    assert middles[1][0] - middles[0][0] == pytest.approx(15 * step, abs=12)


def test_the_first_few_that_fired_are_dated_and_explained():
    written = WatchedSheet().watch(ALERT)
    over = [it.words for it in written if it.bottom > 250]
    assert [it for it in over if it.endswith((" Oct", " Nov"))] == ["31 Oct", "9 Nov", "20 Nov"]
    assert {"alert", "usual"} <= {it.words for it in written}
    often = replace(ALERT, slots=days(30), flagged=frozenset(range(0, 30, 3)))
    # Those under the plot are larger.
    dates = [it.words for it in WatchedSheet().watch(often) if it.top - it.bottom < 22]
    assert sum(it.endswith((" Oct", " Nov")) for it in dates) == 4


def test_a_bar_that_fired_is_marked_at_its_end():
    image = pixels(HOURS)
    middles = sorted(count_spots(find_colour(image, FRAME)[:760], across=40))
    assert len(middles) == 2
    blue = find_colour(pixels(replace(HOURS, flagged=frozenset())), BLUE)
    assert blue.any()
    zero, data = find_zero(image), [y for _, y in middles]
    # 23 and 31 of the same scale.
    assert (zero - data[0]) / (zero - data[1]) == pytest.approx(23 / 31, rel=0.03)


def test_days_to_come_miss_nothing_and_a_day_without_data_does():
    """A goal's chart goes on to its last day; only what should be there can be missing."""
    assert find_colour(pixels(GOAL), SHADE).sum() < 1000
    values = list(GOAL.series[0].values)
    values[20] = values[21] = None
    holed = replace(GOAL, series=(Series("x", tuple(values)),))
    shaded = np.nonzero(find_colour(pixels(holed), SHADE).sum(axis=0) > 100)[0]
    assert shaded.size
    assert shaded.max() < 800
    without_goal = replace(GOAL, guides=())
    assert find_colour(pixels(without_goal), SHADE).sum() > 10_000


def test_the_value_of_today_stands_at_its_point_and_hides_no_path():
    written = {it.words: it for it in WatchedSheet().watch(GOAL)}
    value = written["42,532"]
    x = [it for it, on in enumerate(find_colour(pixels(GOAL), BLUE)[:700].any(axis=0)) if on]
    assert abs(value.left - x[-1]) < 60 or abs(value.right - x[-1]) < 60
    for kind in ("plan", "needed", "target"):
        line = find_colour(pixels(GOAL), GUIDE_LOOKS[kind].colour)
        low, high = int(900 - value.top), int(900 - value.bottom)
        assert not line[low:high, int(value.left) : int(value.right)].any()


def test_a_number_at_the_end_of_a_bar_stays_readable_under_a_guide():
    """The guide goes right through where the number stands, and not through the number."""
    crossing = bars((100.0, 90.0), guides=(Guide("here", (104.0,), "limit"),))
    (number,) = (it for it in WatchedSheet().watch(crossing) if it.words == "100")
    line = find_colour(pixels(crossing), GUIDE_LOOKS["limit"].colour)
    low, high = int(900 - number.top), int(900 - number.bottom)
    assert not line[low:high, int(number.left) : int(number.right)].any()
    assert line[:, int(number.left) : int(number.right)].any()


def test_without_anything_to_compare_with_no_sign_is_explained():
    words = {it.words for it in WatchedSheet().watch(flat(5))}
    assert not words & {"alert", "usual"}


def test_the_last_day_of_a_goal_is_named_under_its_end():
    under = [it for it in WatchedSheet().watch(replace(GOAL, marks=())) if it.words == "31 Dec"]
    assert len(under) == 1
    ends = np.nonzero(find_colour(pixels(GOAL), GUIDE_LOOKS["target"].colour).any(axis=0))[0]
    assert (under[0].left + under[0].right) / 2 == pytest.approx(ends[ends < 1240].max(), abs=30)


def test_where_not_every_bar_has_its_name_the_days_keep_theirs():
    """“Sat 00” tells the day of all the hours after it; “03” may go."""
    picture = COMPARED["three days by three hours"]
    under = {it.words for it in WatchedSheet().watch(picture) if it.bottom < 200}
    assert {"Fri 15", "Sat 00", "Sun 00", "Mon 00", "12"} <= under
    assert "03" not in under


def test_what_fell_is_dated_under_its_point():
    """A date over it would hide the line that comes down."""
    falls = tuple(100.0 if at == 9 else 900.0 + at % 3 for at in range(30))
    low = lines((*falls[:9], 300.0, *falls[10:]), flagged=frozenset({9}))
    (date,) = (it for it in WatchedSheet().watch(low) if it.words == "2 Nov")
    ((x, y),) = count_spots(find_colour(pixels(low), FRAME)[:760], across=40)
    assert date.top < 900 - y < date.top + 60
    assert date.left < x < date.right


def test_what_fired_and_is_not_final_is_marked_and_hollow():
    spiky = tuple(900.0 if at == 20 else 100.0 for at in range(30))
    series = (Series("x", spiky, frozenset({20, 29})),)
    settled, still_open = lines(spiky), replace(lines(spiky), series=series)
    middles = []
    for picture in (settled, still_open):
        flags = find_colour(pixels(replace(picture, flagged=frozenset({20}))), FRAME)[:760]
        ((x, y),) = count_spots(flags, across=40)
        middles.append(bool(flags[y, x]))
    assert middles == [True, False]


def test_days_to_come_miss_no_data():
    """Without a path to lead on the last slots are as empty, and only days that passed are grey."""
    values = (*(100.0 + at for at in range(15)), *(None,) * 15)
    past = lines(values)
    assert "no data" in {it.words for it in WatchedSheet().watch(past)}
    ahead = replace(past, has_days_to_come=True)
    assert "no data" not in {it.words for it in WatchedSheet().watch(ahead)}
    assert find_colour(pixels(ahead), SHADE).sum() < 1000
    assert find_colour(pixels(past), SHADE).sum() > 100_000
