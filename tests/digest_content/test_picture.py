"""The digest's one picture: a panel a row, a point a period, gaps as gaps."""

from datetime import date, timedelta

import pytest

from kpis.charts.frame import explain_short
from storage.measures import Unit
from tests.digest_content.conftest import Telling
from tests.digest_content.drawn_weeks import joined, weeks


def test_each_row_with_a_history_has_a_panel(told: Telling) -> None:
    """Eight weeks of reach, in which one is not known; likes begin four weeks later."""
    rows = joined(
        weeks("2026-09-28", reach=(100, 101, None, 101, 100, 102, 101, 160),
              likes=(None, None, None, None, 700, 707, 700, 735)),
    )  # fmt: skip
    picture = told(rows=rows).picture
    assert picture is not None
    assert picture.kind == "multiples"
    assert picture.title == "acme · week 47 · 16–22 Nov"
    assert picture.headline == "8 weeks to 22 Nov, by week"
    assert picture.footnote.startswith("28 Sep – 22 Nov, Pacific")
    reach, likes = picture.panels
    assert (reach.title, reach.headline, reach.unit) == (
        "Reach, Instagram", "160, +58 %", Unit.PEOPLE,
    )  # fmt: skip
    assert reach.series[0].values == (100, 101, None, 101, 100, 102, 101, 160)
    assert likes.series[0].values == (None, None, None, None, 700, 707, 700, 735)
    assert reach.slots[0] == date(2026, 9, 28)
    assert reach.slots[-1] == date(2026, 11, 16)
    assert reach.series[0].hollow == frozenset({7})  # Saturday and Sunday may still change
    assert "Reach, Instagram: 160, +58 %, from 100 (28 Sep)." in picture.alt_text


def test_periods_before_the_first_number_are_not_drawn(told: Telling) -> None:
    """Three weeks of data are three weeks, not eight with a hole."""
    picture = told(rows=weeks("2026-11-02", reach=(100, 101, 102))).picture
    assert picture is not None
    assert picture.headline == "3 weeks to 22 Nov, by week"
    assert picture.panels[0].series[0].values == (100, 101, 102)


def test_a_week_of_few_days_is_no_point(told: Telling) -> None:
    """Two of seven days of the first week would look like a rise."""
    days = "day | platform | likes\n---+---+---\n" + "\n".join(
        f"2026-11-{day:02} | instagram | 100" for day in range(7, 23)
    )
    picture = told(rows={"days": days}, kpis=("likes",)).picture
    assert picture is not None
    assert picture.panels[0].series[0].values == (700, 700)


@pytest.mark.parametrize(("lacks", "short"), [(None, {5}), (date(2026, 10, 28), {2, 5})])
def test_a_sum_of_some_days_is_lighter_and_says_of_which(
    told: Telling, lacks: date | None, short: set[int]
) -> None:
    """Read to Wednesday: 300 is no fall, and a rate of three days is a rate; several are told."""
    first = date(2026, 10, 12)
    days = [first + timedelta(days=at) for at in range((date(2026, 11, 19) - first).days)]
    lines = "\n".join(f"{it} | x | 100 | 10 | 400" for it in days if it != lacks)
    head = "day | platform | likes | clicks | impressions\n---+---+---+---+---\n"
    report = told(rows={"days": head + lines}, kpis=("likes", "ctr"))
    assert report.picture is not None
    likes, rate = report.picture.panels
    assert likes.series[0].values == (700, 700, 600 if lacks else 700, 700, 700, 300)
    assert likes.series[0].short == frozenset(short)
    assert rate.series[0].short == frozenset()
    assert "16–22 Nov: 3 of 7 days." in report.picture.alt_text
    assert ("26 Oct – 1 Nov: 6 of 7 days." in report.picture.alt_text) is (lacks is not None)
    (sign,) = explain_short(report.picture.panels)
    words = "some days only" if lacks else "16–22 Nov: 3 of 7 days"
    assert (sign.words, sign.shape) == (words, "short")


def test_a_single_week_has_no_picture(told: Telling) -> None:
    """One point is no line."""
    assert told(rows=weeks("2026-11-16", reach=(100,))).picture is None


def test_a_week_in_which_an_account_is_not_there_is_a_gap(told: Telling) -> None:
    """TikTok was not read in the third week: the sum without it would look like a dip."""
    rows = joined(
        weeks("2026-10-26", platform="x", likes=(700, 700, 700, 700)),
        weeks("2026-10-26", platform="tiktok", likes=(70, 70, None, 70)),
    )
    report = told(rows=rows, kpis=("likes",))
    assert report.picture is not None
    assert report.picture.panels[0].series[0].values == (770, 770, None, 770)
    assert report.rows[0].change == ""
