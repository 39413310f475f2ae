"""Keeps what must be known of a digest once it is out; in the transaction that marks it so."""

from datetime import datetime

from sqlalchemy import Connection

from kpis.digests.report import Report
from storage import published, steps


def keep(report: Report, connection: Connection, at: datetime) -> None:
    """Keep the numbers that a digest told, what it corrected, offered and reviewed.

    A second time changes nothing. The preview of a digest that was never set up keeps nothing.
    """
    if not report.digest:
        return
    key = (connection, report.workspace, report.digest, report.key)
    published.keep(*key, report.published, report.now)
    for correction in report.corrected:
        published.restate(
            connection, report.workspace, correction.published, correction.value,
            correction.shown, at,
        )  # fmt: skip
    steps.offer(*key, report.steps, at)
    for review in report.reviews:
        steps.tell(connection, report.workspace, review.step)
