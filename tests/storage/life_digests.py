"""Every verb on digests, once or more, for the test that each query names its workspace."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import digest_periods, digests, outbox
from storage.database import Database
from storage.digests import DigestRow

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROW = DigestRow(
    id=0,
    channel="C1",
    cadence="weekly",
    zone="Europe/Stockholm",
    weekday=0,
    day=1,
    hour=9,
    minute=0,
    language="en",
    kpis=("reach",),
    scope={"platforms": ["instagram"]},
    parts=("steps",),
    owner="U1",
    by="U1",
    made=AT,
    since=AT,
    paused=None,
    removed=None,
    company="",
    version=1,
)


def live(database: Database, workspace: int) -> None:
    """Set a digest up, change, pause, remove and restore it; decide about a period; look back."""
    with database.write() as connection:
        digest = digests.add(connection, workspace, ROW, AT)
        assert digest is not None
        assert digests.add(connection, workspace, ROW, AT) is None
        wanted = ROW._replace(id=digest, hour=10)
        assert not digests.is_taken(connection, workspace, wanted)
        digests.change(connection, workspace, wanted, AT)
        digests.pause(connection, workspace, digest, AT)
        digests.resume(connection, workspace, digest, AT)
        digests.remove(connection, workspace, digest, AT)
        digests.restore(connection, workspace, digest)
        digest_periods.comment(connection, workspace, digest, "2026-W47", "Black Week.", "U1")
        digest_periods.hold(connection, workspace, digest, "2026-W47", "U1", AT)
        assert digest_periods.held_periods(connection, workspace) == {f"{digest}:2026-W47"}
        digest_periods.release(connection, workspace, digest, "2026-W47")
        outbox.add(
            connection, workspace, channel="C1", kind="digest", period=f"{digest}:2026-W47",
            due=AT, now=AT,
        )  # fmt: skip
    with database.read() as connection:
        assert digests.all_digests(connection, workspace)
        assert digests.by_id(connection, workspace, digest)
        digest_periods.run_of(connection, workspace, digest, "2026-W47")
        assert digest_periods.deliveries_of(connection, workspace, digest)
        assert digest_periods.deliveries_with(connection, workspace, [f"{digest}:2026-W47"])
        digest_periods.delivery_at(connection, workspace, "C1", "1.0")
        digest_periods.periods_told(connection, workspace, 1)
