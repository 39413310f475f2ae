"""Digests in a made-up language: every sentence is said, and nothing of English is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kpis.charts.picture import Picture
from kpis.digests.report import Report
from kpis.tongue import speaking
from storage.database import Database
from tests.digest_content.conftest import Telling, tell
from tests.digest_content.drawn_steps import back, issues, quiet, tuesdays
from tests.digest_content.drawn_weeks import post, posts, weeks
from tests.digest_content.test_restated import correct
from tests.digest_content.test_sample import NOW
from tests.digest_content.test_sample import sample as sample
from tests.digest_content.test_steps_of_posts import spread_tuesdays
from tests.digest_content.test_steps_of_rhythm import FALLING, gapped, twice_a_week
from tests.languages.made_up import LANGUAGE, english_in, speak_made_up
from tests.service.issues_drawn import draw_issues, track

PLATFORMS = "Acme acme Instagram TikTok LinkedIn YouTube Facebook Stockholm"
DRAWN = {
    "best-hours": posts([*quiet(24), *tuesdays(6, 2_127, kind="reel", hour=18)]),
    "weekday-effect": posts([*quiet(24), *spread_tuesdays(6, 1_500)]),
    "falling-reach": {**weeks("2026-09-28", reach=FALLING), **posts(twice_a_week(9))},
    "long-gap": posts(gapped(9)),
    "repeat-winner": posts(
        [
            *(post(f"{back(10 + at)} 10:00", 1_000) for at in range(5)),
            post(f"{back(2)} 10:00", 2_000, kind="reel", title="Latte art"),
        ]
    ),
}


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    speak_made_up(monkeypatch)
    with speaking(LANGUAGE):
        yield


def words_of(report: Report) -> list[str]:
    """Return every text that a reader of a digest meets."""
    return [
        report.title,
        report.headline,
        *(text for it in report.rows for text in (it.name, it.shown, it.change, it.note)),
        *words_of_picture(report.picture),
        *report.went_well,
        *report.needs_care,
        report.customers,
        *(it.words for it in report.steps),
        *(str(it.figures["what"]) for it in report.steps),
        *(text for it in report.reviews for text in (it.what, it.said_since, it.result)),
        *(text for it in report.best for text in (it.name, it.where, it.said_day, it.words)),
        *report.traits,
        *(it.words for it in report.corrected),
        report.missing_line,
        *report.held_back,
        *report.notes,
        report.footnote,
    ]


def words_of_picture(picture: Picture | None) -> list[str]:
    if picture is None:
        return []
    own = [picture.title, picture.headline, picture.footnote, picture.alt_text]
    return [*own, *(text for it in picture.panels for text in words_of_picture(it))]


@pytest.mark.parametrize(
    ("cadence", "key"),
    [
        ("weekly", "2026-W45"),
        ("weekly", "2026-W46"),
        ("monthly", "2026-10"),
        ("quarterly", "2026-Q3"),
        ("daily", "2026-11-20"),
    ],
)
def test_nothing_of_english_is_left_in_a_digest(sample: Database, cadence: str, key: str) -> None:
    """Whatever it counts in; posts that rose, fell, and were missing."""
    report = tell(sample, key, now=NOW, cadence=cadence, zone="Europe/Stockholm")
    assert english_in(words_of(report), PLATFORMS) == []


@pytest.mark.parametrize("rule", DRAWN)
def test_steps_are_said_and_their_keys_are_not(told: Telling, rule: str) -> None:
    """The subject is what a step is known by next week, in whatever language that is told."""
    report = told(rows=DRAWN[rule])
    step = next(it for it in report.steps if it.rule == rule)
    assert english_in(words_of(report), PLATFORMS) == []
    with speaking("en"):
        same = next(it for it in told().steps if it.rule == rule)
    assert (step.subject, step.asks) == (same.subject, same.asks)


def test_a_slow_channel_is_told_in_the_digest_s_language(database: Database) -> None:
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, issues(C1=(12, 90), C2=(15, 40)))
    report = tell(database)
    assert [it.rule for it in report.steps] == ["slow-channel"]
    assert english_in(words_of(report), "care shop") == []


def test_corrections_and_what_lacks_are_said(told: Telling, database: Database) -> None:
    """The name of a number that was told is read back, to stand within a sentence."""
    (line,) = correct(database, 17_000)
    assert english_in([line], PLATFORMS) == []
    report = told(kpis=("reach", "story-replies", "hashtags"))
    assert english_in(words_of(report), PLATFORMS) == []
    assert report.missing
