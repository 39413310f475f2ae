"""What becomes of digests' numbers and steps: every verb of storage, once or more."""

from datetime import UTC, date, datetime, timedelta

from kpis.digests.report import StepOffer
from storage import published, steps
from storage.database import Database
from storage.published import Number
from tests.digests.offered import of_period

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=28)
WEEK = date(2026, 11, 16), date(2026, 11, 23)
NUMBER = Number("Reach, Instagram", "reach instagram acme 2026-w47", 18_900, "18,900", *WEEK)
OFFER = StepOffer("weekday-effect", "instagram/acme tuesday", "Post more on Tuesdays.")


def live(database: Database, workspace: int) -> None:
    """Do to a database what a digest that goes out does, and those who read it."""
    with database.write() as connection:
        published.keep(connection, workspace, 1, "2026-W47", [NUMBER], NOW)
        (row,) = published.told(connection, workspace, 1, *WEEK)
        published.restate(connection, workspace, row.id, 19_400, "19,400", LATER)
        published.data_changed_at(connection, workspace)
        steps.offer(connection, workspace, 1, "2026-W47", [OFFER], NOW)
        (step,) = of_period(connection, workspace, 1, "2026-W47")
        steps.find(connection, workspace, 1, "2026-W47", OFFER.rule, OFFER.subject)
        steps.decline(connection, workspace, step.id, "U1", NOW)
        steps.declined_since(connection, workspace, NOW - timedelta(days=1))
        steps.give_back(connection, workspace, step.id)
        steps.take(connection, workspace, step.id, "U1", NOW, LATER.date())
        steps.taken_now(connection, workspace)
        steps.due_for_review(connection, workspace, 1, LATER.date(), NOW.date())
        steps.tell(connection, workspace, step.id)
        steps.by_id(connection, workspace, step.id)
        steps.shown_first(connection, workspace, 1, NOW - timedelta(days=1))
        steps.log(connection, workspace)
