"""Which step is offered first, which rests, and which is asked about again."""

from datetime import date, timedelta

from kpis.digests.keep import keep
from kpis.digests.report import Report
from kpis.digests.steps import RULES
from kpis.parsing import parse
from kpis.question import Asked
from kpis.surroundings import look_around
from storage import steps
from storage.database import Database
from tests.digest_content.conftest import MONDAY, put, tell
from tests.digest_content.drawn_steps import back, offers, quiet, tuesdays
from tests.digest_content.drawn_weeks import post, posts


def full(database: Database) -> Report:
    """Store posts that several rules fire on, and return the report."""
    put(database, posts([*quiet(24), *tuesdays(6, 2_130, kind="reel", hour=18)]))
    return tell(database)


def test_every_step_can_be_asked_about(database: Database) -> None:
    """Its words after ``/kpi`` are read, and name the account; no period is in them."""
    report = full(database)
    assert {it.rule for it in report.steps} >= {"best-hours", "content-type", "repeat-winner"}
    with database.read() as connection:
        directory = look_around(database, connection, report.workspace).directory
    for step in report.steps:
        asked = parse(step.asks, MONDAY.date(), directory)
        assert isinstance(asked, Asked)
        assert asked.questions[0].scope.accounts
        assert asked.questions[0].period.words == "last 28 days"
        for number in (step.figures.get("n"), step.figures.get("times")):
            if isinstance(number, int):
                assert f"{number}" in step.words


def keep_and_find(database: Database, report: Report) -> int:
    """Keep a report as sent and return the id of the step it showed."""
    with database.write() as connection:
        keep(report, connection, MONDAY)
        step = report.steps[0]
        row = steps.find(connection, report.workspace, 1, report.key, step.rule, step.subject)
    assert row is not None
    return row.id


def later(database: Database, number: int) -> Report:
    """Return the digest so many weeks after, of the same data."""
    day = date(2026, 11, 16) + timedelta(days=7 * number)
    year, week, _ = day.isocalendar()
    return tell(database, f"{year}-W{week:02}", now=MONDAY + timedelta(days=7 * number))


def named(report: Report) -> set[tuple[str, str]]:
    return {(it.rule, it.subject) for it in report.steps}


def test_a_declined_step_rests_for_eight_weeks(database: Database) -> None:
    """In no digest until eight weeks have passed since; then again."""
    report = full(database)
    declined = (report.steps[0].rule, report.steps[0].subject)
    step = keep_and_find(database, report)
    with database.write() as connection:
        assert steps.decline(connection, report.workspace, step, "U1", MONDAY)
    assert declined not in named(later(database, 1))
    rest = timedelta(weeks=8)
    for digest in (1, 2):
        key = "2026-W47" if digest == 2 else "2026-W48"
        resting = tell(database, key, now=MONDAY + rest - timedelta(hours=1), id=digest)
        assert declined not in named(resting)
        assert declined in named(tell(database, key, now=MONDAY + rest, id=digest))


def test_old_posts_give_no_advice(database: Database) -> None:
    """Nothing went out for five weeks: what did well before is no next step."""
    full(database)
    assert later(database, 5).steps == ()


def test_a_taken_step_is_not_offered_until_it_was_told(database: Database) -> None:
    """Whoever is at it need not be asked; the digest that named it still shows it."""
    report = full(database)
    taken = (report.steps[0].rule, report.steps[0].subject)
    step = keep_and_find(database, report)
    with database.write() as connection:
        due = MONDAY.date() + timedelta(days=28)
        assert steps.take(connection, report.workspace, step, "U1", MONDAY, due)
        assert not steps.take(connection, report.workspace, step, "U2", MONDAY, due)
    assert taken not in named(later(database, 1))
    assert taken not in named(tell(database, "2026-W48", now=MONDAY + timedelta(days=7), id=2))
    assert tell(database).steps == report.steps
    with database.write() as connection:
        steps.tell(connection, report.workspace, step)
    assert taken in named(later(database, 1))


def test_a_step_that_nobody_answered_gives_way(database: Database) -> None:
    """Next week another one is shown first."""
    report = full(database)
    keep_and_find(database, report)
    following = later(database, 1)
    assert named(following) <= named(report)
    first, second = report.steps[0], following.steps[0]
    assert (first.rule, first.subject) != (second.rule, second.subject)


def test_every_rule_states_what_it_asks_for() -> None:
    """A docstring with threshold and least number."""
    for name, rule in RULES.items():
        assert rule.__doc__, name
        assert any(letter.isdigit() for letter in rule.__doc__) or "three" in rule.__doc__.lower()


def test_one_advice_is_given_twice_at_most(database: Database) -> None:
    """Four platforms have the same winner each; two of them are enough."""
    lines = []
    for platform in ("instagram", "facebook", "tiktok", "linkedin"):
        kinds = [("photo", 1_000), ("reel", 1_800), ("photo", 1_010)] * 6
        lines += [
            post(f"{back(6 + 2 * at)} 10:00", reach + at, kind=kind, platform=platform)
            for at, (kind, reach) in enumerate(kinds)
        ]
    put(database, posts(lines))
    assert len(offers(tell(database), "content-type")) == 2
