"""Deliveries are counted once, and dropped files wait for their decision."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from storage import events, uploads
from storage.database import Database
from storage.workspaces import connect_team

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_four_copies_at_once_are_one_delivery(database):
    """Slack sends again what it thinks was lost; exactly one copy is the first."""

    def hear(_: int) -> bool:
        with database.write() as connection:
            return events.remember(connection, "T1", "Ev1", "{}", NOW)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(hear, range(4))) == [False, False, False, True]


def test_what_was_heard_survives_a_restart_until_it_is_done(database):
    """Another process finds the work that was cut off, and only that; said things then go."""
    with database.write() as connection:
        for key in ("a", "b"):
            assert events.remember(connection, "T1", key, f"body {key}", NOW)
        assert events.remember(connection, "T2", "a", "another team's", NOW)
        events.finish(connection, "T1", "a")
    again = Database(database.url.render_as_string(hide_password=False))
    with again.write() as connection:
        early = NOW - timedelta(hours=1)
        assert events.unfinished(connection, "T1", early) == [("b", "body b")]
        assert not events.remember(connection, "T1", "a", "body a", NOW)
        assert events.forget_older(connection, NOW + timedelta(days=1)) == 3
        assert events.remember(connection, "T1", "a", "body a", NOW)
    again.close()


def test_a_dropped_file_waits_for_its_own_workspace(database):
    """Its bytes come back as they were, to nobody else, and are gone once decided."""
    data = bytes(range(256)) * 100
    with database.write() as connection:
        mine = connect_team(connection, "T1", "One", "U1").id
        other = connect_team(connection, "T2", "Two", "U2").id
        number = uploads.keep(
            connection,
            mine,
            file_id="F1",
            channel="C1",
            by="U1",
            file_name="a.csv",
            data=data,
            at=NOW,
        )
    with database.write() as connection:
        assert uploads.find(connection, other, number) is None
        uploads.decide(connection, other, number)
        row = uploads.find(connection, mine, number)
        assert row is not None
        assert (row.data, row.by, row.file_name) == (data, "U1", "a.csv")
        uploads.decide(connection, mine, number)
        assert uploads.find(connection, mine, number) is None


def test_a_file_that_is_looked_at_twice_is_kept_once(database):
    """A restart begins the work again; another file, and another workspace's, is its own."""
    with database.write() as connection:
        mine = connect_team(connection, "T1", "One", "U1").id
        other = connect_team(connection, "T2", "Two", "U2").id
        numbers = [
            uploads.keep(
                connection,
                workspace,
                file_id=file_id,
                channel="C1",
                by="U1",
                file_name="a.csv",
                data=b"x",
                at=NOW,
            )
            for workspace, file_id in ((mine, "F1"), (mine, "F1"), (mine, "F2"), (other, "F1"))
        ]
        assert numbers[0] == numbers[1]
        assert len(set(numbers)) == 3
        assert uploads.decide(connection, mine, numbers[0])
        assert not uploads.decide(connection, mine, numbers[0])
