"""What every chart keeps to: a right PNG, nothing clipped, nothing over something else."""

import io
import struct
import warnings
import zlib
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from charts_awkward import (
    BARS,
    HEAT,
    LINE,
    PICTURES,
    SCRIPTS,
    STACKED,
    bars,
    days,
    lines,
    wave,
)
from charts_compared import ALERT, COMPARED, GOAL, HOURS, MULTIPLES
from charts_watched import WatchedSheet, pixels
from matplotlib import font_manager, ft2font
from PIL import Image

from kpis.charts import draw as drawing
from kpis.charts.draw import draw
from kpis.charts.multiples import is_tall
from kpis.charts.picture import Picture, Series
from kpis.charts.png import encode
from kpis.charts.style import BLUE, LOOKS, PALE, SMALL, TALL

BLUE_RGB, PALE_RGB = ((int(it[1:3], 16), int(it[3:5], 16), int(it[5:], 16)) for it in (BLUE, PALE))


def is_colour(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return (image == np.array(colour, np.uint8)).all(axis=2)


ALL = PICTURES | COMPARED


@pytest.mark.parametrize("name", ALL)
def test_awkward_pictures_are_drawn_without_a_warning_and_with_an_empty_edge(name):
    """An empty edge all around: nothing runs out of the picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = pixels(ALL[name])
    height = 1200 if len(ALL[name].panels) > 4 else 900
    assert image.shape == (height, 1600, 3)
    edge = np.ones((height, 1600), bool)
    edge[12:-12, 16:-16] = False
    assert (image[edge] == 255).all()


@pytest.fixture(scope="module")
def watched_sheet():
    return WatchedSheet()


@pytest.fixture(scope="module")
def tall_sheet():
    return WatchedSheet(TALL)


@pytest.mark.parametrize("name", ALL)
def test_no_text_stands_over_another(name, watched_sheet, tall_sheet):
    sheet = tall_sheet if is_tall(ALL[name]) else watched_sheet
    texts = sheet.watch(ALL[name])
    over = [(a.words, b.words) for a, b in combinations(texts, 2) if a.overlaps(b)]
    assert not over
    assert all(it.left >= 0 and it.right <= 1600 for it in texts)


def test_the_same_picture_is_the_same_bytes_whatever_was_drawn_before():
    """Nothing of a chart stays for the next one."""
    every = (LINE, BARS, STACKED, HEAT, GOAL, ALERT, HOURS, MULTIPLES)
    first = [draw(picture) for picture in every]
    for picture in list(ALL.values())[::7]:
        draw(picture)
    again = [draw(picture) for picture in reversed(every)][::-1]
    assert first == again
    assert len(set(first)) == 8


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_script_has_its_glyphs_in_the_fonts_that_come_along(script, bold, watched_sheet):
    watched_sheet.written = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        watched_sheet.text(50, 450, SCRIPTS[script], 48, bold=bold)


def test_a_missing_glyph_would_be_noticed_and_still_be_drawn(watched_sheet):
    watched_sheet.written = []
    with pytest.warns(UserWarning, match="missing"):
        watched_sheet.text(50, 450, "\N{EGYPTIAN HIEROGLYPH A001}", 48)


def test_each_font_is_the_one_it_is_said_to_be(watched_sheet):
    """The face of the collection too: Chinese signs in Japanese shapes look wrong to readers."""
    for entry in font_manager.fontManager.ttflist:
        font = ft2font.FT2Font(entry.fname, face_index=entry.index)
        assert font.family_name.startswith(entry.name)
    bold = font_manager.fontManager.ttflist[1]
    assert (bold.weight, ft2font.FT2Font(bold.fname).family_name) == (700, "Noto Sans")
    assert "bold" in bold.fname


def test_chinese_is_not_drawn_in_hairlines(watched_sheet):
    """The variable CJK font would be drawn at its thinnest weight: strokes of one grey pixel."""
    watched_sheet.written = []
    watched_sheet.clear()
    watched_sheet.text(50, 450, "一", 100)
    rows = (watched_sheet.pixels()[:, 100, 0] < 60).sum()
    assert rows >= 5


def test_bars_are_as_long_as_their_numbers_from_zero_on():
    image = is_colour(pixels(BARS), BLUE_RGB)
    lengths = {int(row.sum()) for row in image if row.sum() > 100}
    longest, shortest = max(lengths), min(lengths)
    assert longest == pytest.approx(2 * shortest, abs=3)
    assert longest > 600


def test_few_rows_hatch_a_bar_and_leave_the_others_full():
    full = is_colour(pixels(BARS), BLUE_RGB).sum()
    hatched = is_colour(pixels(replace(BARS, hatched=frozenset({1}))), BLUE_RGB).sum()
    assert 0.7 * full < hatched < 0.85 * full


def test_a_gap_is_a_gap():
    """No blue between day 9 and day 12; a line across would colour every column."""
    values = tuple(None if at in (10, 11) else it for at, it in enumerate(wave(30)))
    image = is_colour(pixels(lines(values)), BLUE_RGB)[:, 100:1400].any(axis=0)
    runs = "".join("x" if it else " " for it in image).split(" " * 60)
    assert len([run for run in runs if "x" in run]) == 2
    whole = is_colour(pixels(lines(wave(30))), BLUE_RGB)[:, 150:1350].any(axis=0)
    assert whole.all()


def test_a_day_that_may_still_change_is_hollow():
    """The middle of its marker is white, and the middle of a settled one is blue."""
    settled = lines((1000.0, 2000.0, 1000.0))
    open_day = replace(settled, series=(replace(settled.series[0], hollow=frozenset({1})),))
    difference = (pixels(settled) != pixels(open_day)).any(axis=2)
    rows, columns = np.nonzero(difference[200:700])
    assert rows.size
    middle_column = columns[rows < 40]
    x, y = int(np.median(middle_column)), 200 + int(rows.min()) + 10
    assert tuple(pixels(settled)[y, x]) == BLUE_RGB
    assert tuple(pixels(open_day)[y, x]) == (255, 255, 255)


CUT_RGB = (127, 184, 216)
"""Half of the blue, half of white."""


@pytest.mark.parametrize(
    "whole",
    [
        BARS,
        bars(wave(8), tuple("abcdefgh")),
        replace(STACKED, series=(Series("likes", (50.0, 60.0, 70.0)),), slots=days(3)),
        lines((1000.0, 2000.0, 1500.0)),
    ],
    ids=["level", "upright", "stacked", "line"],
)
def test_what_counts_some_of_its_days_only_is_lighter_and_nothing_else_is(whole):
    """Its blue is half of the others' and its end stands where it stood: the number is right."""
    whole = replace(whole, shorts="3 of 7 days")
    cut = replace(whole, series=(replace(whole.series[0], short=frozenset({1})),))
    assert is_colour(pixels(whole), CUT_RGB).sum() < 20, "but for what softens slanted edges"
    lighter, full = is_colour(pixels(cut), CUT_RGB), is_colour(pixels(cut), BLUE_RGB)
    assert lighter.sum() > 100
    assert not full[lighter].any()
    assert is_colour(pixels(whole), BLUE_RGB)[lighter].mean() > 0.95


def heat_of(values: dict[tuple[int, int], tuple[float, int]]) -> Picture:
    """Return a week with ``{(day, hour): (value, n)}`` in it, and nothing else."""
    cells = [[values.get((day, hour), (None, 0)) for hour in range(24)] for day in range(7)]
    series = tuple(
        Series(old.name, tuple(value for value, _ in row))
        for old, row in zip(HEAT.series, cells, strict=True)
    )
    return replace(HEAT, series=series, counts=tuple(tuple(n for _, n in row) for row in cells))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {(0, 9): (500, 4), (1, 9): (300, 20), (2, 9): (100, 20)},
            "highest: Tue 09–10, 300 (n 20)",
        ),
        ({(0, 9): (500, 4), (1, 9): (300, 9)}, ""),
        ({(0, 9): (500, 4), (1, 9): (300, 4), (3, 3): (9, 40)}, "highest: Thu 03–04, 9 (n 40)"),
    ],
)
def test_a_best_hour_rests_on_five_posts_of_thirty(values, said, watched_sheet):
    watched_sheet.written = []
    watched_sheet.clear()
    drawing._KINDS["heat"](watched_sheet, heat_of(values))
    assert [it.words for it in watched_sheet.written if "highest" in it.words] == (
        [said] if said else []
    )


def test_one_lucky_post_does_not_stretch_the_scale_of_the_map(watched_sheet):
    watched_sheet.written = []
    watched_sheet.clear()
    drawing._KINDS["heat"](
        watched_sheet, heat_of({(0, 9): (9000, 1), (1, 9): (300, 20), (2, 9): (100, 20)})
    )
    assert {"100", "300+"} <= {it.words for it in watched_sheet.written}


def test_the_period_before_is_pale_and_behind():
    same = wave(30)
    above = replace(LINE, series=(Series("now", same), Series("before", same, pale=True)))
    lower = (above.series[0], Series("before", wave(30, 900), pale=True))
    hidden = is_colour(pixels(above), PALE_RGB).sum()
    shown = is_colour(pixels(replace(above, series=lower)), PALE_RGB).sum()
    assert hidden < 200, "but for the short line that leads to its name"
    assert shown > 1500


def test_series_differ_without_colour_too():
    """The first six have six markers; each label is readable on white."""
    assert len({look.marker for look in LOOKS[:6]}) == 6
    assert len({look.dash for look in LOOKS}) == len(LOOKS)
    for look in LOOKS:
        assert contrast_with_white(look.ink) >= 4.5, look.ink


def contrast_with_white(colour: str) -> float:
    """Contrast by WCAG 2.1, §1.4.3."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.03928 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05)


def test_small_text_is_at_least_twenty_points():
    assert SMALL >= 20 * 100 / 72


@pytest.mark.parametrize("deflate", [None, lambda data: zlib.compress(data, 1)])
def test_a_png_holds_exactly_the_pixels_given(deflate):
    rgba = np.random.default_rng(1).integers(0, 256, (7, 13, 4), np.uint8)
    data = encode(rgba, deflate)
    with Image.open(io.BytesIO(data)) as image:
        assert (np.asarray(image) == rgba[:, :, :3]).all()
    kinds, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(data[at + 4 : at + 8 + length])
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
