"""The digest of the playground's sample, as a marketer reads it: telling, short, true."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpis.asking import Answers, ask
from kpis.digests.report import Report
from storage.database import Database
from tests.digest_content.conftest import table_of, tell
from tests.slack.conftest import sampled

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONGEST_LINE, LONGEST_HEADLINE = 180, 220


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Database]:
    """A database with the playground's sample."""
    file = tmp_path / "sample.db"
    shutil.copyfile(sampled(), file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def lines_of(report: Report) -> list[str]:
    """Return every line that a reader meets."""
    return [
        *report.went_well,
        *report.needs_care,
        *(it.words for it in report.steps),
        *(f"{it.name}, {it.where}, {it.said_day}: {it.words}" for it in report.best),
        *report.traits,
        *report.notes,
        *report.missing,
        report.footnote,
    ]


def test_the_week_of_the_viral_post_is_told_by_it(sample: Database) -> None:
    """The sample's viral Reel went out on Thursday 5 November."""
    report = tell(sample, "2026-W45", now=NOW)
    assert report.headline.startswith("Instagram reach rose")
    assert "The Thursday Reel alone reached" in report.headline
    assert report.best[0].said_day == "Thu 5 Nov"
    assert report.went_well[0].startswith("Reel “Sample")
    assert any(it.rule == "repeat-winner" for it in report.steps)


def test_the_week_after_is_not_called_a_loss(sample: Database) -> None:
    """Reach fell by a quarter, to what it always was; TikTok was not read for three days."""
    report = tell(sample, "2026-W46", now=NOW)
    assert "That is its usual week again" in report.headline
    assert report.missing == ("TikTok 11–13 Nov",)


@pytest.mark.parametrize(
    ("cadence", "key"),
    [
        ("weekly", "2026-W45"),
        ("weekly", "2026-W46"),
        ("weekly", "2026-W47"),
        ("monthly", "2026-10"),
        ("quarterly", "2026-Q3"),
        ("daily", "2026-11-20"),
    ],
)
def test_it_is_short_and_says_what_kpi_says(sample: Database, cadence: str, key: str) -> None:
    """Every line fits a phone; every number is the one that its words ask for."""
    report = tell(sample, key, now=NOW, cadence=cadence)
    assert 4 <= len(report.rows) <= 6
    assert len(report.headline) <= LONGEST_HEADLINE
    assert [it for it in lines_of(report) if len(it) > LONGEST_LINE or "  " in it] == []
    assert "!" not in repr(lines_of(report))
    assert len(report.best) + (cadence == "daily") >= 3
    assert "Sample data: all of it is made up." in report.notes
    assert report.picture is not None
    assert 1 <= len(report.picture.panels) <= 6
    for row in report.rows:
        reply = ask(row.asks, database=sample, workspace=report.workspace, now=NOW)
        assert isinstance(reply, Answers)
        value = reply.answers[0].main.value
        assert row.value is None or row.value == value.low  # type: ignore[union-attr]


def test_competitors_are_in_none_of_it(sample: Database) -> None:
    """Nordkaffe and Bluebird are read, and never told of as our own."""
    report = tell(sample, "2026-W46", now=NOW)
    assert "nordkaffe" not in repr(report).lower()
    assert "bluebird" not in repr(report).lower()
    assert ("Followers", "77,020", "+281") in table_of(report)
