"""A digest as a message: the order of surface 3, and Slack's and our own limits, however much."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from commands.digests.message import Said, best_posts, compose, sentence, thread
from kpis.charts.picture import Picture
from kpis.digests.report import BestPost, Correction, Report, ReportRow, Review, StepOffer
from kpis.question import Grain, Period
from storage.measures import Unit
from tests.digests.weeks import texts

PICTURE = Picture("line", "Week 47", "", "", Unit.COUNT, (), alt_text="Reach 18,900.")
STEP = StepOffer("weekday", "instagram tue 18", "Post Reels Tue 18–20: 2.1 × the median.")
REPORT = Report(
    workspace=1,
    digest=4,
    key="2026-W47",
    period=Period(date(2026, 11, 16), date(2026, 11, 23), "week 47, 2026", Grain.WEEK),
    now=datetime(2026, 11, 23, 8, tzinfo=UTC),
    title="Acme · week 47 · 16–22 Nov",
    headline="Instagram reach rose 12 % to 18,900. The Tuesday Reel alone reached 6,300.",
    rows=(
        ReportRow("Reach, Instagram", "18,900", "+12 %", 18900.0),
        ReportRow("Followers", "41,320", "", 41320.0, note="Instagram changed how it counts."),
    ),
    picture=PICTURE,
    goals=("45,000 followers by 31 Dec: behind. Needs 95 a day, has 30.",),
    went_well=("Reel “Latte art”, 3 × usual.",),
    needs_care=("Site visits, down 3 weeks.",),
    customers="Half of 31 answered in 42 min; 4 still waiting, oldest 2 days.",
    steps=(STEP, replace(STEP, subject="x", words="Post less on X.")),
    reviews=(Review(3, "Post Reels Tue", "U1", date(2026, 10, 20), "20 Oct", "2,100 → 2,900."),),
    corrected=(Correction(7, "Corrected: week 46 reach 16,400 → 16,900.", 16900, "16,900"),),
    missing=("TikTok after 15 Nov",),
    footnote="16–22 Nov, Pacific · as of Mon 23 Nov 09:00, Stockholm time",
)
SAID = Said(comment="Black Week starts Thursday.", comment_by="Mia", names=(("U1", "Mia"),))


def lines(blocks: list[dict[str, Any]]) -> list[str]:
    return [part for block in blocks for part in texts(block)]


def test_the_order_is_that_of_the_surface() -> None:
    """Title, headline, comment, table, picture, goal, well, care, customers, step, owned up."""
    said = lines(compose(REPORT, SAID, ["F1"]))
    assert said == [
        f"*Acme · week 47 · 16–22 Nov*\n*{REPORT.headline}*",
        "Mia: Black Week starts Thursday.",
        *("KPI", "Week 47", "From week 46"),
        *("Reach, Instagram", "18,900", "+12 %", "Followers", "41,320", "–"),
        "*Goal* 45,000 followers by 31 Dec: behind. Needs 95 a day, has 30.",
        "*Went well* Reel “Latte art”, 3 × usual.",
        "*Needs care* Site visits, down 3 weeks.",
        "*Customers* Half of 31 answered in 42 min; 4 still waiting, oldest 2 days.",
        "Show",
        "*Next step* Post Reels Tue 18–20: 2.1 × the median.",
        *("I'll do it", "Not now"),
        "*Tried* Post Reels Tue (Mia, since 20 Oct): 2,100 → 2,900.",
        "Corrected: week 46 reach 16,400 → 16,900.\nMissing: TikTok after 15 Nov.",
        "16–22 Nov, Pacific · as of Mon 23 Nov 09:00, Stockholm time",
        *("PDF", "Ask", "Send it to me", "Change", "Pause", "History"),
    ]


def test_the_text_is_one_sentence_with_the_number() -> None:
    """It is all that a notification shows."""
    assert sentence(REPORT, SAID).startswith(
        "Acme · week 47 · 16–22 Nov: Instagram reach rose 12 % to 18,900."
    )


def test_a_late_one_says_so_under_its_title() -> None:
    blocks = compose(REPORT, replace(SAID, late="Late: was due Monday 09:00."))
    assert lines(blocks)[0].splitlines()[1] == "Late: was due Monday 09:00."


def test_however_much_there_is_the_limits_hold() -> None:
    """Eleven of everything: 15 blocks, 5 lines a section; what has no room is in the thread."""
    many = tuple(f"Goal {number}: behind." for number in range(11))
    corrections = tuple(Correction(it, f"Corrected: number {it}.", 1.0, "1") for it in range(11))
    full = replace(
        REPORT,
        rows=REPORT.rows * 2,
        goals=many,
        went_well=many,
        needs_care=many,
        reviews=REPORT.reviews * 6,
        corrected=corrections,
        held_back=many,
        notes=many[:8],
    )
    blocks = compose(full, replace(SAID, late="Late: was due Monday 09:00."), ["F1"])
    assert len(blocks) <= 15
    for block in blocks:
        if block["type"] == "section":
            assert len(block["text"]["text"].splitlines()) <= 5
    shown = "\n".join(lines(blocks))
    assert "Missing: TikTok after 15 Nov." in shown, "what is missing is never cut"
    _, sections = thread(full, {"U1": "Mia"})
    hidden = "\n".join(sections)
    for it in range(11):
        assert f"Goal {it}: behind." in shown + hidden
        assert f"Corrected: number {it}." in shown + hidden
    assert all(len(it.splitlines()) <= 5 for it in sections)
    assert len(sections) <= 15


def test_every_word_is_escaped() -> None:
    """Names out of files ping nobody and link nowhere, wherever they stand."""
    bad = "<!channel> & <@U1>"
    wild = replace(
        REPORT,
        title=bad, headline=bad, goals=(bad,), went_well=(bad,), needs_care=(bad,), customers=bad,
        steps=(replace(STEP, words=bad), replace(STEP, words=bad)), held_back=(bad,),
        missing=(bad,), footnote=bad, notes=(bad,),
        rows=(ReportRow(bad, bad, bad, note=bad),),
        best=(BestPost(bad, bad, date(2026, 11, 17), bad, bad, link="https://x.test/a|b"),),
        traits=(bad,),
    )  # fmt: skip
    said = lines(compose(wild, Said(comment=bad, comment_by=bad, late=bad), ["F1"]))
    said += [sentence(wild, SAID)]
    text, sections = thread(wild, {})
    said += [text, *sections]
    assert len(said) > 15
    assert [it for it in said if "<!" in it or "<@" in it or "<h" in it] == []


def test_a_best_post_links_to_where_it_stands() -> None:
    post = BestPost(
        "Reel “Latte art”", "Instagram", date(2026, 11, 17), "Tue 17 Nov", "6,300 reached.",
        link="https://instagram.com/p/1",
    )  # fmt: skip
    text, sections = best_posts(replace(REPORT, best=(post,), traits=("All are Reels.",)))
    assert text == "Best posts: first Reel “Latte art”, Instagram: 6,300 reached."
    linked = "<https://instagram.com/p/1|Reel “Latte art”>"
    first = f"*Best posts*\n1. {linked}, Instagram, Tue 17 Nov: 6,300 reached."
    assert sections == [first, "All are Reels."]


def test_a_preview_offers_nothing_that_concerns_others() -> None:
    """Steps and the last row cannot be pressed; the rest reads the same."""
    said = lines(compose(REPORT, replace(SAID, preview="Preview: only you see this."), ["F1"]))
    assert "I'll do it" not in said
    assert "PDF" not in said
    assert said[-1] == "Preview: only you see this."
