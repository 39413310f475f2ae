"""What an audit and the notices of customers do to a database: every verb, once or more."""

from datetime import UTC, date, datetime, timedelta

from kpis.audit.holding import held_back
from kpis.audit.run import look
from storage import findings, support_notes
from storage.database import Database
from storage.findings import Found

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Audit, find, accept, take back, mend; plan, tell and renew a notice."""
    words = Found(
        *("gap|1||2026-11-02", "gap", 1, "", date(2026, 11, 2), date(2026, 11, 3), "w", "a", True)
    )
    with database.write() as connection:
        findings.record(connection, workspace, look(connection, workspace, NOW), NOW)
        stands = findings.record(connection, workspace, [words], NOW)
        number = next(it.id for it in stands if it.key == words.key)
        findings.by_id(connection, workspace, number)
        findings.holding(connection, workspace)
        findings.accept(connection, workspace, number, "U1", NOW)
        findings.take_back(connection, workspace, number)
        findings.record(connection, workspace, [], NOW + timedelta(days=1))
        findings.record(connection, workspace, [words], NOW + timedelta(days=2))
        findings.standing(connection, workspace)
        findings.mended_since(connection, workspace, NOW)
        findings.files_now(connection, workspace)
        findings.last_days(connection, workspace)
        held_back(connection, workspace)
        given = {"key": "target|1|first_response|0|1", "kind": "breach", "due": NOW, "issue": 1}
        support_notes.add_notice(connection, workspace, **given, renew=True)  # type: ignore[arg-type]
        notice = support_notes.notice_by_key(connection, workspace, str(given["key"]))
        assert notice is not None
        support_notes.to_plan(connection, workspace, NOW)
        support_notes.set_details(connection, workspace, notice.id, {"told": 1})
        support_notes.mark_notice(connection, workspace, notice.id, "sent")
        support_notes.told_notices(connection, workspace)
        support_notes.told_notices(connection, workspace, 1)
