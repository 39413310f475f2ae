"""A digest as a document, and documents that printing usually breaks on."""

from dataclasses import replace
from datetime import UTC, datetime

from charts_awkward import LINE, LONG, SCRIPTS
from charts_compared import GOAL, MULTIPLES

from kpis.charts.document import Document, Section

DIGEST = Document(
    title="Acme · week 47 · 16–22 Nov",
    subtitle="Instagram reach rose 12 % to 18,900. The Tuesday Reel alone reached 6,300.",
    sections=(
        Section(paragraphs=("Mia: Black Week starts Thursday.",)),
        Section(
            "Numbers",
            rows=(
                ("Reach, Instagram", "18,900", "+12 %"),
                ("Reach, Facebook", "7,100", "−4 %"),
                ("Engagement rate", "4.1 %", "+0.3 pt"),
                ("Followers", "41,320", "+210"),
            ),
            pictures=(replace(MULTIPLES, alt_text="Reach, Instagram 18,900, up 12 %."),),
        ),
        Section(
            "Goal",
            ("45,000 followers by 31 Dec: behind. Needs 95 a day, has 30.",),
            pictures=(GOAL,),
        ),
        Section(
            "What to do next",
            (
                "Went well: Reel “Latte art”, 3 × usual.",
                "Needs care: site visits, down 3 weeks.\nCustomers: half of 31 answered in 42 min.",
                "Next step: post Reels Tue 18–20: your last 6 there reached 2.1 × the median.",
                "Räckvidd åäö · Số người tiếp cận Tiếng Việt · 小红书 覆盖 参与率 · ☕",
            ),
        ),
        Section(
            "Corrected and missing",
            ("Corrected: week 46 reach 16,400 → 16,900.", "Missing: TikTok after 15 Nov."),
        ),
    ),
    footnote="16–22 Nov beside 9–15 Nov, Stockholm · data as of 23 Nov 08:12",
    made=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
)
LONG_DOCUMENT = replace(
    DIGEST,
    title=LONG * 2,
    subtitle=LONG * 3,
    footnote=LONG * 3,
    sections=(
        Section("Words", (f"{LONG} " * 12, "x" * 400)),
        Section(
            LONG * 2,
            rows=tuple(
                (f"{at}. {LONG}", f"{at * 54_310:,}", f"+{at} %", "too early to tell, 3 of 14 days")
                for at in range(60)
            ),
        ),
        Section("Charts", pictures=(LINE, GOAL, MULTIPLES)),
        Section("All", tuple(SCRIPTS.values()), (("a",), ("b", "1"), ("", "", "2"))),
        Section(),
        Section("Alone"),
    ),
)
