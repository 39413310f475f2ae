"""Small multiples: each panel in its own place and on its own scale, readable on a phone."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from charts_awkward import wave
from charts_compared import MULTIPLES, PANELS, WEEKS, multiples, panel
from charts_watched import WatchedSheet, find_colour, pixels

from kpis.charts.multiples import MOST_PANELS, is_tall
from kpis.charts.picture import Picture
from kpis.charts.style import AXIS, BLUE, FRAME, PALE, TALL, WIDTH

_FLAT = tuple(1000.0 + 400 * (at % 2) for at in range(9))


def watch(picture: Picture) -> dict[str, tuple[float, float]]:
    """Return the words written and where the first letter of each stands."""
    sheet = WatchedSheet(TALL) if is_tall(picture) else WatchedSheet()
    return {it.words: (it.left, it.bottom) for it in sheet.watch(picture)}


def boxes(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask)
    return int(columns.min()), int(columns.max()), int(rows.min()), int(rows.max())


def test_every_panel_says_its_name_its_number_its_change_and_its_ends():
    written = watch(MULTIPLES)
    for it in PANELS:
        assert {it.title, it.headline, it.footnote} <= set(written)
    assert {"41,110", "41,320", "3.80 %", "4.10 %", "60", "36"} <= set(written)
    assert {"Acme · week 47 · 16–22 Nov", "Instagram reach rose 12 % to 18,900"} <= set(written)


def test_panels_are_read_row_by_row():
    places = [watch(MULTIPLES)[it.title] for it in PANELS]
    for left, right in zip(places[::2], places[1::2], strict=True):
        assert left[0] < WIDTH / 2 < right[0] + 60
        assert left[1] == right[1]
    assert all(upper[1] > lower[1] + 200 for upper, lower in pairwise(places[::2]))


@pytest.mark.parametrize("count", range(1, MOST_PANELS + 1))
def test_a_panel_changes_no_pixel_of_another(count):
    """Each has a cell of its own: what changes in one lies between its name and the next one's."""
    panels = [panel(f"KPI {at}", "1,800", _FLAT) for at in range(count)]
    before = pixels(multiples(*panels))
    regions = []
    for at in range(count):
        values = (1000.0, *(1700.0 - 99 * it for it in range(7)), 1000.0)
        changed = [*panels]
        changed[at] = panel(f"KPI {at}", "1,800", values)
        regions.append(boxes((pixels(multiples(*changed)) != before).any(axis=2)))
    for at, (left, right, top, bottom) in enumerate(regions):
        for other in regions[:at]:
            assert right < other[0] or other[1] < left or bottom < other[2] or other[3] < top


def test_each_panel_has_its_own_scale():
    """Ten times the number is the same line."""
    small, large = (panel("KPI", "1", tuple(k * it for it in _FLAT)) for k in (1, 10))
    blue = find_colour(pixels(multiples(small, large)), BLUE)
    rows = np.nonzero(blue.any(axis=1))[0]
    gap = int(np.argmax(np.diff(rows)))
    upper, lower = (boxes(blue & _between(blue, *it)) for it in ((0, rows[gap]), (rows[gap], 900)))
    assert upper[:2] == pytest.approx(lower[:2], abs=1)
    assert upper[3] - upper[2] == pytest.approx(lower[3] - lower[2], abs=2)


def _between(mask: np.ndarray, first: int, last: int) -> np.ndarray:
    kept = np.zeros_like(mask)
    kept[first + 1 : last + 1] = True
    return kept


def test_a_line_stands_over_its_base_by_its_number():
    """1,000 and 2,000 from zero: the second is twice as high."""
    image = pixels(multiples(panel("KPI", "1", (1000.0, 2000.0))))
    blue = find_colour(image, BLUE)[:800, 400:]
    base = int(np.median(np.nonzero(find_colour(image, AXIS).sum(axis=1) > 500)[0]))
    left, right, *_ = boxes(blue)
    heights = [base - np.nonzero(blue[:, x])[0].mean() for x in (left + 6, right - 9)]
    assert heights[1] / heights[0] == pytest.approx(2, rel=0.03)


def test_a_scale_that_does_not_start_at_zero_has_a_dashed_base_and_says_so():
    narrow, whole = panel("KPI", "1", (990.0, 1000.0)), panel("KPI", "1", (5.0, 1000.0))
    rows = []
    for it in (narrow, whole):
        base = find_colour(pixels(multiples(it)), AXIS)
        along = base[base.sum(axis=1).argmax()]
        rows.append("".join("x" if on else " " for on in along).strip().count(" "))
    assert rows[0] > 100
    assert rows[1] == 0
    assert any("not from 0" in it for it in watch(multiples(narrow)))
    assert not any("not from 0" in it for it in watch(multiples(whole)))


def test_the_last_point_is_marked_and_a_provisional_one_is_hollow():
    settled = multiples(panel("KPI", "1", _FLAT, hollow=frozenset({0})))
    open_end = multiples(panel("KPI", "1", _FLAT, hollow=frozenset({8})))
    x = boxes(find_colour(pixels(settled), BLUE)[:, 400:])[1] + 400 - 9
    column = find_colour(pixels(settled), BLUE)[:, x]
    y = int(np.nonzero(column)[0].max()) - 9
    assert tuple(pixels(settled)[y, x]) == (0, 0x72, 0xB2)
    assert tuple(pixels(open_end)[y, x]) == (255, 255, 255)
    assert "not final yet" in watch(open_end)


def test_the_period_before_is_pale_and_explained():
    with_before = multiples(panel("KPI", "1", _FLAT, tuple(it / 2 for it in _FLAT)))
    assert find_colour(pixels(with_before), PALE)[:760].sum() > 2000
    assert "before" in watch(with_before)
    assert "before" not in watch(multiples(panel("KPI", "1", _FLAT)))


def test_what_fired_is_marked_in_a_panel_too():
    fired = replace(panel("KPI", "1", _FLAT), flagged=frozenset({3}))
    assert find_colour(pixels(multiples(fired)), FRAME)[:760].sum() > 100
    assert "alert" in watch(multiples(fired))


def test_the_seventh_panel_is_left_out_and_that_is_said():
    written = watch(multiples(*PANELS, panel("The seventh", "1", wave(7))))
    assert "The seventh" not in written
    assert any(it.endswith("1 more not drawn") for it in written)


def test_an_empty_panel_says_so_beside_full_ones():
    written = watch(multiples(PANELS[0], panel("Nothing", "–", (None, None))))
    assert {"No data", "Nothing", "18,900"} <= set(written)


def test_a_change_after_a_comma_stands_beside_its_number():
    """“18,900, +12 %” is a number and its change, whose own comma parts thousands."""
    assert {"18,900", "too early to tell", "+0.3 pt"} <= set(watch(multiples(*WEEKS)))
    assert "312" in watch(multiples(panel("KPI", "312", _FLAT)))


def test_a_labelled_day_is_drawn_in_its_panel_and_said_once_under_all():
    day = ((date(2026, 10, 20), "Counted otherwise"),)
    plain = [replace(it, marks=()) for it in WEEKS[:2]]
    both = multiples(*(replace(it, marks=day) for it in plain))
    added = (pixels(both) != pixels(multiples(*plain))).any(axis=2)
    rules = np.nonzero(added[:780].sum(axis=0) > 100)[0]
    assert 1 <= rules.size <= 4, "one upright line, in both panels at the same place"
    assert [it for it in watch(both) if it == "Counted otherwise"] == ["Counted otherwise"]
    outside = multiples(replace(plain[0], marks=((date(2026, 9, 1), "Long ago"),)), plain[1])
    assert (pixels(outside) == pixels(multiples(*plain))).all()
