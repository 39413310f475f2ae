"""Pictures with goals, limits, usual ranges and what fired, and those of several panels."""

from dataclasses import replace
from datetime import date, timedelta

from charts_awkward import BARS, LINE, LONG, SCRIPTS, START, WEEK, bars, days, lines, months, wave

from kpis.charts.picture import Guide, Picture, Series
from storage.measures import Unit

_climb = tuple(float(41_320 + 31 * at + (at * 37) % 60) for at in range(40))
GOAL = Picture(
    kind="line",
    title="Goal · 45,000 Instagram followers by 31 Dec",
    headline="42,571, behind: needs 48 a day, has 31",
    footnote="1 Nov – 31 Dec, Stockholm · 40 of 40 days",
    unit=Unit.PEOPLE,
    series=(Series("Instagram acme", _climb + (None,) * 21, frozenset({38, 39})),),
    slots=tuple(date(2026, 11, 1) + timedelta(days=at) for at in range(61)),
    guides=(
        Guide("goal 45,000", (45_000.0,), "target"),
        Guide("plan", tuple(41_320 + 61.3 * at for at in range(61)), "plan"),
        Guide(
            "needed: 116 a day",
            (None,) * 39 + tuple(42_571 + 115.7 * at for at in range(22)),
            "needed",
        ),
    ),
    marks=((date(2026, 12, 31), "31 Dec, the last day"),),
)
_spiky = tuple(24.0 if at in (7, 16, 27) else 4.0 + at % 3 for at in range(30))
ALERT = Picture(
    kind="line",
    title="Negative mentions · last 30 days",
    headline="Would have fired 3 times in 30 days",
    footnote="24 Oct – 22 Nov, Pacific",
    unit=Unit.COUNT,
    series=(Series("negative mentions", _spiky),),
    slots=days(30),
    guides=(Guide("limit 10", (10.0,), "limit"),),
    usual=tuple((2.0, 8.0) for _ in range(30)),
    flagged=frozenset({7, 16, 27}),
)
_bars_limit = (Guide("limit 9", (9.0,), "limit"), Guide("target 20", (20.0,), "target"))
HOURS = replace(
    bars(
        (3.0, 4, 23, 31, 5, 2, 0, 6),
        tuple(f"{at:02d}–{at + 3:02d}" for at in range(0, 24, 3)),
        title="Negative mentions by three hours · Monday",
        headline="23 in 3 hours, usual 4",
        unit=Unit.COUNT,
    ),
    guides=_bars_limit[:1],
    usual=((1.0, 5.0),) * 6 + (None, (1.0, 6.0)),
    flagged=frozenset({2, 3}),
)


def panel(
    title: str,
    headline: str,
    values: tuple[float | None, ...],
    before: tuple[float | None, ...] = (),
    change: str = "",
    unit: Unit = Unit.PEOPLE,
    hollow: frozenset[int] = frozenset(),
) -> Picture:
    series = [Series(title, values, hollow)]
    if before:
        series.append(Series("before", before, pale=True))
    return Picture(
        "line",
        title,
        headline,
        change,
        unit,
        tuple(series),
        slots=days(len(values), date(2026, 11, 16)),
    )


_week = (2100.0, 6300, 2500, 2300, 1900, 1700, 2100)
PANELS = (
    panel("Reach, Instagram", "18,900", _week, wave(7, 2200), "+12 %", hollow=frozenset({5, 6})),
    panel("Reach, Facebook", "7,100", wave(7, 1000), wave(7, 1050, 0.4), "−4 %"),
    panel(
        "Engagement rate",
        "4.1 %",
        (0.038, 0.044, 0.041, 0.04, 0.039, 0.042, 0.041),
        (0.037, 0.04, 0.039, 0.038, 0.036, 0.04, 0.04),
        "+0.3 pt",
        Unit.PERCENT,
    ),
    panel("Followers", "41,320", tuple(41_110.0 + 35 * at for at in range(7)), change="+210"),
    panel(
        "Site visits", "312", (60.0, None, None, 48, 40, 36, None), wave(7, 50), "−18 %", Unit.COUNT
    ),
    panel(
        "First answer, median",
        "42 min",
        (2520.0, 1800, 3600, 900, 2400, 7200, 2520),
        (2000.0,) * 7,
        "+6 min",
        Unit.SECONDS,
    ),
)
MULTIPLES = Picture(
    kind="multiples",
    title="Acme · week 47 · 16–22 Nov",
    headline="Instagram reach rose 12 % to 18,900",
    footnote="16–22 Nov beside 9–15 Nov, Stockholm · 21–22 Nov not final yet",
    unit=Unit.COUNT,
    series=(),
    panels=PANELS,
)


def multiples(*panels: Picture, **others: object) -> Picture:
    return replace(MULTIPLES, panels=panels, **others)  # type: ignore[arg-type]


def by_week(
    title: str, headline: str, values: tuple[float | None, ...], **others: object
) -> Picture:
    """Return a panel as a digest has it: the last eight weeks, the change in the headline."""
    slots = tuple(date(2026, 9, 28) + timedelta(days=7 * at) for at in range(8))
    line = panel(title, headline, values)
    return replace(line, slots=slots, slot_days=7, **others)  # type: ignore[arg-type]


_break = ((date(2026, 10, 20), "Instagram counts reach otherwise"),)
WEEKS = (
    by_week("Reach, Instagram", "18,900, too early to tell", wave(8, 18_000), marks=_break),
    by_week("Reach, Facebook", "7,100, −4 %", wave(8, 7000, 0.4)),
    by_week("Engagement rate, Instagram acme_coffee", "4.1 %, +0.3 pt", (0.041,) * 8),
    by_week("Followers, Instagram", "41,320, +210", tuple(40_100.0 + 170 * at for at in range(8))),
    by_week("Site visits", "312, −18 %", (410.0, 400, None, 380, 382, 366, 350, 312)),
)
_hard = (
    panel(LONG, "54,310,000,000,000 people", tuple(it * 1e12 for it in wave(30)), change=LONG),
    panel(SCRIPTS["simplified Chinese"] * 4, "−5,200", tuple(it - 1800 for it in wave(30))),
    panel(SCRIPTS["Vietnamese"] * 3, "0", (0.0,) * 30, (0.0,) * 30, "no change"),
    panel("One day", "54,310", (54_310.0,), (50_000.0,), "+8.6 %"),
    panel("Nothing at all", "No data", (None,) * 7),
    panel("🎉 مدى الوصول", "5", (None, None, 5.0, None), change="first week"),
)
_many_guides = (
    Guide("goal 2,600", (2600.0,), "target"),
    Guide("limit 2,550", (2550.0,), "limit"),
    Guide(SCRIPTS["simplified Chinese"] * 6, (2500.0,), "needed"),
    Guide(SCRIPTS["Vietnamese"] * 3, tuple(1000.0 + 50 * at for at in range(30)), "plan"),
)
COMPARED: dict[str, Picture] = {
    "goal": GOAL,
    "goal ahead": replace(
        GOAL, series=(Series("x", tuple(2 * it for it in _climb) + (None,) * 21),)
    ),
    "goal just begun": replace(GOAL, series=(Series("x", (41_320.0,) + (None,) * 60),)),
    "goal reached on the last day": replace(
        GOAL, series=(Series("x", tuple(41_320.0 + 62 * at for at in range(61))),)
    ),
    "goal without a value": replace(GOAL, series=(Series("x", (None,) * 61),)),
    "goal by months": replace(
        GOAL,
        slots=months(12),
        slot_days=0,
        series=(Series("x", (10.0, 25, 31, 48) + (None,) * 8),),
        guides=(
            Guide("goal 120", (120.0,), "target"),
            Guide("plan", tuple(10.0 * (at + 1) for at in range(12)), "plan"),
            Guide(
                "needed: 9 a month", (None,) * 3 + tuple(48.0 + 9 * at for at in range(9)), "needed"
            ),
        ),
        marks=((date(2025, 12, 31), "last day"),),
    ),
    "goal of one day": replace(
        GOAL,
        slots=GOAL.slots[:1],
        series=(Series("x", (41_320.0,)),),
        guides=(Guide("goal 45,000", (45_000.0,), "target"),),
        marks=(),
    ),
    "alert": ALERT,
    "alert, all flagged": replace(ALERT, flagged=frozenset(range(30))),
    "alert at both ends": replace(ALERT, flagged=frozenset({0, 29})),
    "alert with gaps": replace(
        ALERT,
        series=(
            Series("x", tuple(None if at in (9, 10, 16) else it for at, it in enumerate(_spiky))),
        ),
        usual=tuple(None if at in (3, 5, 6, 16) else (2.0, 8.0 + at % 4) for at in range(30)),
    ),
    "alert over 90 days": replace(
        ALERT,
        series=(Series("x", _spiky * 3),),
        slots=days(90),
        usual=((2.0, 8.0),) * 90,
        flagged=frozenset({7, 16, 27, 37, 46, 57, 67, 76, 87}),
    ),
    "alert beside the period before": replace(
        ALERT, series=(*ALERT.series, Series("before", wave(30, 6), pale=True))
    ),
    "guides close together over the lines": replace(LINE, guides=_many_guides),
    "guides and marks": replace(
        LINE,
        guides=_many_guides[:2],
        marks=((START + timedelta(days=12), "Black Week"),),
        flagged=frozenset({1, 2, 9}),
        usual=((1200.0, 2300.0),) * 30,
    ),
    "several lines with a guide": lines(
        wave(30), wave(30, 900), guides=_many_guides[:1], flagged=frozenset({3, 4, 22})
    ),
    "one slot with guides": lines(
        (54_310.0,), guides=(Guide("goal 60,000", (60_000.0,), "target"),)
    ),
    "guides, negative": lines(
        tuple(it - 1800 for it in wave(30)), guides=(Guide("limit −500", (-500.0,), "limit"),)
    ),
    "guides, huge": lines(
        tuple(it * 1e12 for it in wave(30)),
        guides=(Guide("goal 5,000,000,000,000,000", (5e15,), "target"),),
    ),
    "guides, zeros alone": lines((0.0,) * 30, guides=(Guide("limit 0", (0.0,), "limit"),)),
    "limit in durations": lines(
        wave(30, 1800), unit=Unit.SECONDS, guides=(Guide("promised 1 h", (3600.0,), "limit"),)
    ),
    "hours": HOURS,
    "level bars with guides": replace(
        BARS,
        guides=(
            Guide("goal 60,000", (60_000.0,), "target"),
            Guide("limit 30,000", (30_000.0,), "limit"),
        ),
        usual=((20_000.0, 50_000.0), None),
        flagged=frozenset({0}),
    ),
    "level bars with guides at the numbers": replace(
        bars((21.0, 8, 20.5, 19, 22, None)),
        guides=(*_bars_limit, Guide("plan", (5.0, 9, 22, 21, 18, 3), "plan")),
        usual=((12.0, 24.0),) * 6,
        flagged=frozenset({0, 4}),
    ),
    "level bars with guides, negative": replace(
        bars((210.0, -35.0, 0.0, None, -120.0)),
        guides=(Guide("limit −100", (-100.0,), "limit"),),
        flagged=frozenset({4}),
    ),
    "31 bars, all flagged": replace(
        bars(wave(31, 900), tuple(f"{at:02d}" for at in range(1, 32))),
        guides=(Guide("goal 1,000", (1000.0,), "target"), Guide("limit 400", (400.0,), "limit")),
        usual=((500.0, 1200.0),) * 31,
        flagged=frozenset(range(31)),
    ),
    "31 bars, negative, with a guide a bar": replace(
        bars(tuple(it - 900 for it in wave(31, 900)), tuple(f"{at:02d}" for at in range(1, 32))),
        guides=(Guide("plan", tuple(-300.0 + 20 * at for at in range(31)), "plan"),),
        flagged=frozenset({3, 9}),
    ),
    "three days by three hours": replace(
        bars(
            tuple(float(it % 5 + (20 if it in (20, 21) else 0)) for it in range(24)),
            tuple(
                f"{('Fri', 'Sat', 'Sun', 'Mon')[(at + 5) // 8]} {(at + 5) * 3 % 24:02d}"
                if at in (0, 3, 11, 19)
                else f"{(at + 5) * 3 % 24:02d}"
                for at in range(24)
            ),
        ),
        usual=((1.0, 5.0),) * 24,
        flagged=frozenset({20, 21}),
    ),
    "weekdays with guides": replace(
        bars((1200.0, 1900, 1500, 1400, 800, 300, None), WEEK),
        guides=(Guide("goal 1,500", (1500.0,), "target"),),
        usual=((900.0, 1600.0),) * 7,
        flagged=frozenset({1, 5, 6}),
    ),
    "multiples": MULTIPLES,
    "multiples, hard": multiples(
        *_hard, title=LONG * 2, headline=LONG * 2, footnote=f"{LONG} " * 4
    ),
    **{f"multiples of {count}": multiples(*PANELS[:count]) for count in (1, 2, 3, 4, 5)},
    "multiples, hard, three": multiples(*_hard[:3]),
    "multiples by week": multiples(*WEEKS, headline="8 weeks to 22 Nov, by week"),
    "multiples by week, two": multiples(*WEEKS[:2], headline="8 weeks to 22 Nov, by week"),
    "multiples, 90 days": multiples(
        *(panel(f"KPI {at}", "1,800", wave(90, shift=at)) for at in range(6))
    ),
    "multiples of nothing": multiples(),
    "multiples of seven": multiples(*PANELS, PANELS[0]),
}
"""Every kind of comparison, with what it breaks on."""
