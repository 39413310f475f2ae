"""Reads levels: every snapshot of each account in the window and shortly before it."""

from collections import defaultdict

from sqlalchemy import Connection

from kpis.frame import STALE_DAYS, Frame
from kpis.readers.account_days import account_rows
from kpis.readers.request import ReadRequest


def read(
    connection: Connection, request: ReadRequest, measures: tuple[str, ...], frame: Frame
) -> None:
    """Fill ``frame.levels`` with each account's (day number, level), in order of days."""
    wider = ReadRequest(
        **{**vars(request), "start": request.start - STALE_DAYS - 1, "group": "account"}
    )
    for measure in measures:
        frame.levels[measure] = defaultdict(list)
    for measure, account, _, day, value in account_rows(connection, wider, measures):
        frame.levels[measure][account].append((day, value))
    for by_account in frame.levels.values():
        for history in by_account.values():
            history.sort()
