"""Numbers and steps as rows, on both databases."""

from datetime import timedelta

from storage import published, steps
from storage.database import Database
from tests.digest_content.conftest import only_workspace_id
from tests.digests.offered import of_period
from tests.storage.life_published import LATER, NOW, NUMBER, OFFER, WEEK, live


def test_every_verb_works_on_both_databases(database: Database) -> None:
    live(database, only_workspace_id(database))


def test_another_workspace_sees_none_of_it(database: Database) -> None:
    """Numbers, steps and their changes are the workspace's own."""
    workspace = only_workspace_id(database)
    with database.write() as connection:
        published.keep(connection, workspace, 1, "2026-W47", [NUMBER], NOW)
        steps.offer(connection, workspace, 1, "2026-W47", [OFFER], NOW)
        (step,) = of_period(connection, workspace, 1, "2026-W47")
        other = workspace + 1
        assert published.told(connection, other, 1, *WEEK) == []
        assert of_period(connection, other, 1, "2026-W47") == []
        assert not steps.take(connection, other, step.id, "U1", NOW, LATER.date())
        assert steps.by_id(connection, other, step.id) is None


def test_a_step_is_offered_once_and_keeps_what_became_of_it(database: Database) -> None:
    """The digest is written again: the step that Mia took stays hers."""
    workspace = only_workspace_id(database)
    with database.write() as connection:
        steps.offer(connection, workspace, 1, "2026-W47", [OFFER], NOW)
        (step,) = of_period(connection, workspace, 1, "2026-W47")
        assert steps.take(connection, workspace, step.id, "U1", NOW, LATER.date())
        assert not steps.decline(connection, workspace, step.id, "U2", NOW)
        steps.offer(connection, workspace, 1, "2026-W47", [OFFER], NOW + timedelta(hours=1))
        (again,) = of_period(connection, workspace, 1, "2026-W47")
    assert (again.id, again.state, again.owner, again.due) == (
        step.id, "taken", "U1", LATER.date(),
    )  # fmt: skip


def test_the_action_log_tells_what_was_tried_the_latest_first(database: Database) -> None:
    """Taken and told ones; declined ones are no action."""
    workspace = only_workspace_id(database)
    weeks = ("2026-W45", "2026-W46", "2026-W47")
    with database.write() as connection:
        for at, week in enumerate(weeks):
            moment = NOW + timedelta(days=at)
            steps.offer(connection, workspace, 1, week, [OFFER], moment)
            (step,) = of_period(connection, workspace, 1, week)
            if at == 1:
                steps.decline(connection, workspace, step.id, "U1", moment)
            else:
                steps.take(connection, workspace, step.id, "U1", moment, LATER.date())
        assert [it.period for it in steps.log(connection, workspace)] == ["2026-W47", "2026-W45"]
