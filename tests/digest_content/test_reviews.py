"""Before and after of steps that somebody took (features 95, 96)."""

from datetime import date, timedelta

import pytest

from kpis.digests.keep import keep
from kpis.digests.report import Report, StepOffer
from storage import steps
from storage.database import Database
from tests.digest_content.conftest import MONDAY, only_workspace_id, put, tell
from tests.digest_content.drawn_weeks import post, posts
from tests.digests.offered import of_period
from tests.service.issues_drawn import draw_issues, track

TAKEN = MONDAY - timedelta(days=34)
"""Tuesday 20 October, 09:00."""
SINCE = date(2026, 10, 20)
REELS = {"what": "Post Reels Tue 18–20 on Instagram", "account": 1, "measure": "reach",
         "kind": "reel", "weekday": 1, "hour": 18, "hours": 2}  # fmt: skip


def take(database: Database, figures: dict[str, object], asks: str = "") -> int:
    """Let Mia take a step on 20 October, to be told on Monday 23 November."""
    workspace = only_workspace_id(database)
    offer = StepOffer("best-hours", "instagram/acme tue 18–20 reel", "…", figures, asks)  # type: ignore[arg-type]
    with database.write() as connection:
        steps.offer(connection, workspace, 1, "2026-W42", [offer], TAKEN)
        (row,) = of_period(connection, workspace, 1, "2026-W42")
        assert steps.take(connection, workspace, row.id, "U1", TAKEN, MONDAY.date())
    return row.id


def lines(before: list[int], after: list[int], *, kind: str = "reel") -> list[str]:
    """Return photos before 20 October, and Tuesday posts at 18:30 from then on."""
    start = date(2026, 10, 19)
    found = [post(f"{start - timedelta(days=3 * at)} 10:00", it) for at, it in enumerate(before)]
    for at, it in enumerate(after):
        found.append(post(f"{SINCE + timedelta(days=7 * at)} 18:30", it, kind=kind))
    return found


def results(report: Report) -> list[str]:
    return [it.result for it in report.reviews]


BEFORE = [2_100, 2_090, 2_110, 2_080, 2_120, 2_095, 2_105, 2_100]


def test_before_and_after_are_medians_with_their_uncertainty(database: Database) -> None:
    """2,100 over eight posts before, 2,900 over five since: rarely chance."""
    put(database, posts(lines(BEFORE, [2_500, 2_700, 2_900, 3_100, 3_300])))
    step = take(database, dict(REELS))
    (review,) = tell(database).reviews
    assert (review.step, review.owner, review.said_since) == (step, "U1", "20 Oct")
    assert review.what == "Post Reels Tue 18–20 on Instagram"
    assert review.result == (
        "median reach 2,100 → 2,900 over 5 posts; 1.4 × as much (19 in 20: 1.2 to 1.6 ×)."
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([2_880, 2_900, 2_920], "median reach 2,100 → 2,900 over 3 posts; too few to be sure."),
        (
            [1_500, 2_900, 2_950, 1_900, 2_060],
            "median reach 2,100 → 2,060 over 5 posts; may be chance.",
        ),
        ([], "no post has followed it yet, so there is nothing to compare."),
    ],
)
def test_what_is_not_sure_is_not_claimed(
    database: Database, after: list[int], expected: str
) -> None:
    """Few posts, much scatter, or none at all."""
    put(database, posts(lines(BEFORE, after)))
    take(database, dict(REELS))
    assert results(tell(database)) == [expected]


def test_posts_that_do_not_follow_the_step_do_not_count(database: Database) -> None:
    """Photos at that hour are no Reels."""
    put(database, posts(lines(BEFORE, [9_000] * 5, kind="photo")))
    take(database, dict(REELS))
    assert results(tell(database)) == [
        "no post has followed it yet, so there is nothing to compare."
    ]


def test_a_review_is_told_once_when_its_day_has_come(database: Database) -> None:
    """Not a week early, not a week late; and again where that very digest is written anew."""
    put(database, posts(lines(BEFORE, [2_880, 2_890, 2_900])))
    take(database, dict(REELS))
    week = timedelta(days=7)
    assert tell(database, "2026-W46", now=MONDAY - week).reviews == ()
    assert tell(database, "2026-W47", id=2).reviews == ()
    report = tell(database)
    with database.write() as connection:
        keep(report, connection, MONDAY)
    assert tell(database).reviews == report.reviews
    assert tell(database, "2026-W48", now=MONDAY + week).reviews == ()


def test_a_review_that_was_missed_comes_with_the_next_digest(database: Database) -> None:
    """The digest of its day was never sent."""
    put(database, posts(lines(BEFORE, [2_880, 2_890, 2_900])))
    take(database, dict(REELS))
    later = tell(database, "2026-W48", now=MONDAY + timedelta(days=7))
    assert results(later) == ["median reach 2,100 → 2,890 over 3 posts; too few to be sure."]


def test_a_channels_answers_are_compared_by_their_medians(database: Database) -> None:
    """Ten answers of 3 h before, ten of 1 h since."""
    track(database, {"C1": "care"})
    head = "channel | opened | answered\n---+---+---\n"
    early = "".join(f"C1 | 2026-10-{day:02} 09:00 | +3 h\n" for day in range(6, 16))
    late = "".join(f"C1 | 2026-11-{day:02} 09:00 | +1 h\n" for day in range(6, 16))
    draw_issues(database, head + early + late)
    take(database, {"what": "Answer sooner in #care", "channel": "#care"},
         "first response time #care")  # fmt: skip
    assert results(tell(database)) == ["median 3 h 00 m → 1 h 00 m over 10 answers."]
