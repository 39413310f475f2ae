"""Digests as rows, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import digest_periods, digests
from storage.database import Database
from storage.overtaken import Overtaken
from storage.workspaces import only_workspace
from tests.storage.life_digests import AT, ROW, live


def test_a_digest_is_read_as_it_was_written(database: Database) -> None:
    """Lists and scope come back whole; nothing of a form is lost."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        made = digests.add(connection, workspace, ROW, AT)
        assert made is not None
        assert digests.by_id(connection, workspace, made) == ROW._replace(id=made)
        assert digests.by_id(connection, workspace + 1, made) is None
        assert digests.all_digests(connection, workspace + 1) == []


def test_every_verb_works_on_both_databases(database: Database) -> None:
    with database.write() as connection:
        workspace = only_workspace(connection).id
    live(database, workspace)


def test_the_second_of_two_saves_changes_nothing(database: Database) -> None:
    """Whoever saves what they had not seen is refused; of a removal they hear when it was."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        made = digests.add(connection, workspace, ROW, AT) or 0
        seen = digests.by_id(connection, workspace, made)
        assert seen is not None
        digests.change(connection, workspace, seen._replace(hour=8), AT)
        with pytest.raises(Overtaken):
            digests.change(connection, workspace, seen._replace(hour=10), AT)
        kept = digests.by_id(connection, workspace, made)
        assert kept is not None
        assert (kept.hour, kept.version) == (8, 2)
        digests.remove(connection, workspace, made, AT + timedelta(hours=1))
        with pytest.raises(Overtaken) as over:
            digests.change(connection, workspace, kept._replace(hour=10), AT + timedelta(hours=2))
        assert (over.value.is_gone, over.value.at) == (True, AT + timedelta(hours=1))


def test_a_new_time_counts_from_now_on_and_another_kpi_changes_no_time(database: Database) -> None:
    """Moved from nine to eight at half past eight, it is not sent late: eight is for next week."""
    later = AT + timedelta(days=1)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        made = digests.add(connection, workspace, ROW, AT) or 0
        row = ROW._replace(id=made)
        digests.change(connection, workspace, row._replace(kpis=("likes",)), later)
        assert digests.by_id(connection, workspace, made).since == AT  # type: ignore[union-attr]
        digests.change(connection, workspace, row._replace(hour=8, version=2), later)
        assert digests.by_id(connection, workspace, made).since == later  # type: ignore[union-attr]


def test_a_removed_one_comes_back_with_its_history_when_it_is_set_up_again(
    database: Database,
) -> None:
    """The same row: what it told before can still be corrected."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        first = digests.add(connection, workspace, ROW, AT) or 0
        digests.remove(connection, workspace, first, AT)
        assert digests.all_digests(connection, workspace) == []
        again = digests.add(connection, workspace, ROW._replace(hour=7), AT + timedelta(days=1))
        assert again == first
        (kept,) = digests.all_digests(connection, workspace)
        assert (kept.hour, kept.since) == (7, AT + timedelta(days=1))


def test_a_comment_and_a_hold_do_not_write_over_each_other(database: Database) -> None:
    """Two people decide about one Monday at once: both are kept."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        digest_periods.comment(connection, workspace, 1, "2026-W47", "Black Week.", "U1")
        digest_periods.hold(connection, workspace, 1, "2026-W47", "U2", AT)
        run = digest_periods.run_of(connection, workspace, 1, "2026-W47")
        assert (run.comment, run.comment_by, run.held_by, run.held) == (
            "Black Week.", "U1", "U2", AT,
        )  # fmt: skip
        digest_periods.comment(connection, workspace, 1, "2026-W47", "", "U1")
        digest_periods.release(connection, workspace, 1, "2026-W47")
        run = digest_periods.run_of(connection, workspace, 1, "2026-W47")
        assert (run.comment, run.comment_by, run.held_by, run.held) == ("", "", "", None)
