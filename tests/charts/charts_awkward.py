"""Pictures that charts usually break on: gaps, zeros, one point, long names, many scripts."""

import math
from dataclasses import replace
from datetime import date, timedelta

from kpis.charts.picture import Band, Picture, Series
from storage.measures import Unit

START = date(2026, 10, 24)
LONG = "Engagement rate by reach · räksmörgåsbutiken_i_göteborg_official · 1 oktober 2025 till nu"
SCRIPTS = {
    "Swedish": "Räckvidd åäö ÅÄÖ é",
    "Vietnamese": "Số người tiếp cận Tiếng Việt ữ ợ ẵ",
    "simplified Chinese": "覆盖 参与率 小红书",
    "traditional Chinese": "覆蓋 參與率 觸及人數",
    "Japanese": "リーチ 閲覧数",
    "Korean": "도달 참여율",
    "Arabic": "مدى الوصول ١٢٣",
    "Hebrew": "חשיפה",
    "Thai": "การเข้าถึง",
    "Hindi": "पहुँच हिन्दी",
    "Russian": "Охват Ёё",
    "Greek": "Εμβέλεια",
    "emoji": "☕🎉😀❤️👩‍💻🇸🇪👍🏽",
    "signs": "−5 % · “x” – … € £ ¥ ® ™ → ≥ ✓ ○ ▲ ½ №",
}
"""Names as accounts, hashtags and notes have them."""


def days(count: int, start: date = START) -> tuple[date, ...]:
    return tuple(start + timedelta(days=at) for at in range(count))


def months(count: int) -> tuple[date, ...]:
    return tuple(date(2025 + at // 12, at % 12 + 1, 1) for at in range(count))


def wave(count: int, height: float = 1800.0, shift: float = 0.0) -> tuple[float, ...]:
    return tuple(
        float(round(height * (1 + 0.4 * math.sin(at * 0.9 + shift)))) for at in range(count)
    )


LINE = Picture(
    kind="line",
    title="Reach · Instagram acme · last 30 days",
    headline="54,310 people, +8.4 % (50,100 before)",
    footnote="24 Oct – 22 Nov, Pacific · 30 of 30 days, last 2 not final yet",
    unit=Unit.PEOPLE,
    series=(
        Series("Instagram acme", wave(30), frozenset({28, 29})),
        Series("before", wave(30, 1600, 0.3), pale=True),
    ),
    slots=days(30),
)
BARS = replace(
    LINE,
    kind="bars",
    slots=(),
    series=(Series("now", (54310.0, 27155.0)),),
    categories=("Instagram", "Facebook"),
)
STACKED = replace(
    LINE,
    kind="stacked",
    series=tuple(
        Series(name, wave(30, height), frozenset({28, 29}))
        for name, height in (("Reel", 900.0), ("Photo", 500.0), ("Story", 100.0))
    ),
)
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAT = replace(
    LINE,
    kind="heat",
    slots=(),
    series=tuple(
        Series(name, tuple(None if hour < 6 else float(hour * (at + 1)) for hour in range(24)))
        for at, name in enumerate(WEEK)
    ),
    counts=tuple(tuple((hour + at) % 9 for hour in range(24)) for at in range(7)),
)


def lines(*values: tuple[float | None, ...], **others: object) -> Picture:
    series = tuple(Series(f"Account {at}", it) for at, it in enumerate(values))
    return replace(LINE, series=series, slots=days(len(values[0])), **others)  # type: ignore[arg-type]


def bars(
    values: tuple[float | None, ...], names: tuple[str, ...] = (), **others: object
) -> Picture:
    names = names or tuple(f"Account {at}" for at in range(len(values)))
    series = (Series("now", values),)
    return replace(BARS, series=series, categories=names, **others)  # type: ignore[arg-type]


_with_gaps = tuple(None if at in (9, 10, 11, 12, 20, 22) else it for at, it in enumerate(wave(30)))
_names = tuple(f"#{name}" for name in list(SCRIPTS.values())[:11])
PICTURES: dict[str, Picture] = {
    "line": LINE,
    "line with gaps": lines(_with_gaps),
    "line of which the ends are cut": replace(
        lines(wave(7)),
        series=(Series("now", wave(7), frozenset({6}), short=frozenset({0, 6})),),
        shorts="28 Dec 2025 – 3 Jan 2026: 3 of 7 days · 8–10 Feb: 3 of 7 days",
    ),
    "bars of which one is small and cut": replace(
        BARS,
        series=(Series("now", (54310.0, 27155.0), frozenset({1}), short=frozenset({1})),),
        hatched=frozenset({1}),
        shorts="Facebook: 3 of 7 days",
    ),
    "line of one slot": lines((54310.0,)),
    "line of one slot, several accounts": lines((54310.0,), (None,), (3.0,)),
    "line of two slots, one empty": lines((54310.0, None)),
    "line of one value between gaps": lines((None, None, 5.0, None)),
    "line, all equal": lines((5.0,) * 30),
    "line, all zero": lines((0.0,) * 30),
    "line, all gaps": lines((None,) * 30),
    "line, no slots": replace(LINE, series=(), slots=()),
    "line, negative": lines(tuple(it - 1800 for it in wave(30))),
    "line, huge": lines(tuple(it * 1e12 for it in wave(30))),
    "line, tiny": lines(tuple(it * 1e-7 for it in wave(30)), unit=Unit.RATIO),
    "line, narrow": lines(tuple(1e6 + at for at in range(30))),
    "line, narrow and falling": lines(tuple(1e6 - at for at in range(30))),
    "line, percent": lines(tuple(it / 1e5 for it in wave(30)), unit=Unit.PERCENT),
    "line, durations": lines(wave(30, 9000), unit=Unit.SECONDS),
    "line, durations far apart": lines(
        tuple(10.0 ** (at % 7) for at in range(30)), unit=Unit.SECONDS
    ),
    "line, durations from nothing to a year": lines(
        (0.0, 1.0, 60.0, 3e7, 0.0, None, 86_400.0), unit=Unit.SECONDS
    ),
    "line, medians up to nine in ten": replace(
        LINE,
        unit=Unit.SECONDS,
        series=(
            Series(
                "now",
                wave(30, 1800),
                frozenset({29}),
                few=frozenset({3, 4, 29}),
                uppers=tuple(None if at in (3, 4) else 90_000.0 + at for at in range(30)),
            ),
            Series("before", wave(30, 1500), pale=True),
        ),
    ),
    "line of 400 days": lines(wave(400)),
    "line of 1500 days": lines(wave(1500)),
    "line of months": replace(LINE, series=(Series("x", wave(20)),), slots=months(20), slot_days=0),
    "line of weeks": replace(
        LINE,
        series=(Series("x", wave(16)),),
        slots=tuple(START + timedelta(days=7 * at) for at in range(16)),
        slot_days=7,
    ),
    "nine lines": lines(*(wave(28, 1000 + 9 * at, at / 9) for at in range(9))),
    "lines that stop early": lines(
        wave(30), tuple(it if at < 12 else None for at, it in enumerate(wave(30, 1500)))
    ),
    "both lines stop early": replace(
        LINE,
        series=(
            Series("now", (700.0, 500, 3, None, 40, 63, None, None)),
            Series("before", (1400.0, 300, 5, None, 30, 20, 10, None), pale=True),
        ),
        slots=days(8),
    ),
    "previous period longer": replace(
        LINE, series=(LINE.series[0], Series("before", wave(31), pale=True))
    ),
    "band in reach": replace(lines(wave(30)), band=Band(2000, 2900, "2,000 to 2,900 people")),
    "band far above": replace(
        lines(wave(30)), band=Band(50000, 57800, "Last 30 days: between 50,000 and 57,800 people")
    ),
    "marks": replace(
        LINE,
        marks=tuple(
            (START + timedelta(days=at), words)
            for at, words in (
                (-3, "Outside"),
                (0, "First day"),
                (1, "Instagram changed how it counts"),
                (2, "双十一 🎉"),
                (16, "Black Week begins early this year"),
                (17, "Viral"),
                (28, "Instagram changed how it counts"),
                (29, LONG * 2),
            )
        ),
    ),
    "long words": replace(LINE, title=LONG * 2, headline=LONG * 2, footnote=f"{LONG} " * 9),
    "one long word": replace(LINE, title="x" * 500, headline="y" * 500, footnote="z" * 500),
    "no words": replace(LINE, title="", headline="", footnote=""),
    "many scripts": replace(
        LINE,
        title=" · ".join(list(SCRIPTS.values())[:4]),
        headline=SCRIPTS["Arabic"] + " 54,310",
        series=tuple(
            Series(name, wave(30, 900 + 400 * at))
            for at, name in enumerate(list(SCRIPTS.values())[:6])
        ),
    ),
    "unprintable words": replace(
        LINE, title="a\nb\tc\x00d \ud800 \u2028 $x_2$ $", headline="\ufeff"
    ),
    "stacked marks": replace(LINE, headline="e" + "\u0301" * 40),
    "bars": BARS,
    "one bar": bars((54310.0,)),
    "bars beside the period before": replace(
        bars((0.0712, 0.041, None), unit=Unit.PERCENT),
        series=(
            Series("now", (0.0712, 0.041, None)),
            Series("before", (0.061, None, 0.02), pale=True),
        ),
    ),
    "two columns of shares": replace(
        bars((0.5, 0.3), unit=Unit.PERCENT),
        series=(Series("share of posts", (0.5, 0.3)), Series("share of likes", (0.7, None))),
    ),
    "twelve bars": bars(
        tuple(54310.0 / (at + 1) for at in range(12)),
        (*_names, LONG),
        hatched=frozenset({3, 11}),
    ),
    "bars, negative": bars((210.0, -35.0, 0.0, None, -120.0)),
    "bars, all negative": bars((-210.0, -35.0)),
    "bars, all zero": bars((0.0,) * 6),
    "bars, all gaps": bars((None,) * 6),
    "bars, huge": bars((1e12, 1.0, 1e15)),
    "no bars": replace(BARS, categories=(), series=()),
    "bars by weekday": replace(
        bars((1200.0, 1900, 1500, 1400, 800, 300, None), WEEK, hatched=frozenset({4})),
        series=(
            Series("now", (1200.0, 1900, 1500, 1400, 800, 300, None), frozenset({5})),
            Series("before", (1100.0, 1700, 1600, 1200, 900, 500, 400), pale=True),
        ),
    ),
    "bars by hour": bars(wave(24, 5000), tuple(f"{hour:02d}" for hour in range(24))),
    "bars by hour, negative": bars(
        tuple(it - 1800 for it in wave(24)), tuple(f"{hour:02d}" for hour in range(24))
    ),
    "stacked": STACKED,
    "stacked, one series": replace(STACKED, series=STACKED.series[:1]),
    "stacked, nine series": replace(
        STACKED, series=tuple(Series(f"{LONG} {at}", wave(30, 50)) for at in range(9))
    ),
    "stacked, gaps and negative": replace(
        STACKED,
        series=(
            Series("a", (1.0, 2, 3, 4, -5, None, 0, 1)),
            Series("b", (2.0, -2, 3, 4, -5, None, 0, 1)),
        ),
        slots=days(8),
    ),
    "stacked, all zero": replace(STACKED, series=(Series("a", (0.0,) * 30),) * 2),
    "stacked, all gaps": replace(STACKED, series=(Series("a", (None,) * 30),) * 2),
    "stacked, one slot": replace(
        STACKED, series=(Series("a", (3.0,)), Series("b", (4.0,))), slots=days(1)
    ),
    "heat": HEAT,
    "heat, no counts": replace(HEAT, counts=()),
    "heat, one cell": replace(
        HEAT,
        series=tuple(
            Series(name, tuple(5.0 if (at, hour) == (2, 9) else None for hour in range(24)))
            for at, name in enumerate(WEEK)
        ),
    ),
    "heat, all equal": replace(HEAT, series=tuple(Series(name, (0.05,) * 24) for name in WEEK)),
    "heat, all gaps": replace(HEAT, series=tuple(Series(name, (None,) * 24) for name in WEEK)),
}
