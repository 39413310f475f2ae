"""The chart that everyone draws: 30 days and the 30 before, with title, headline and footnote."""

import math
from datetime import date, timedelta

from kpis.charts.picture import Picture, Series
from storage.measures import Unit

WIDTH, HEIGHT, DPI = 1600, 900, 100
START = date(2026, 10, 23)
DAYS = [START + timedelta(days=at) for at in range(30)]
NOW = [round(1800 * (1 + 0.4 * math.sin(at * 0.9)) + 9 * at) for at in range(30)]
BEFORE = [round(1600 * (1 + 0.4 * math.sin(at * 0.9 + 0.3))) for at in range(30)]
TITLE = "Impressions · Instagram acme · last 30 days"
HEADLINE = "54,310, +8.4 % (50,100 before)"
FOOTNOTE = "23 Oct – 21 Nov, Pacific · 30 of 30 days, last 2 not final yet"
BLUE, GREY = "#0072B2", "#B0B0B0"

PICTURE = Picture(
    kind="line",
    title=TITLE,
    headline=HEADLINE,
    footnote=FOOTNOTE,
    unit=Unit.COUNT,
    series=(
        Series("Instagram acme", tuple(map(float, NOW)), frozenset({28, 29})),
        Series("before", tuple(map(float, BEFORE)), pale=True),
    ),
    slots=tuple(DAYS),
)
