"""Reads windows of unique people that touch the days in question."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from kpis.frame import Frame
from kpis.reach import Window
from kpis.readers.as_of import windows_as_of
from kpis.readers.columns import WINDOW_FACT, among, named, number
from kpis.readers.request import ReadRequest


@lru_cache(maxsize=64)
def statement_for(accounts: int) -> Select[Any]:
    start = number(WINDOW_FACT.c.start)
    end = number(WINDOW_FACT.c.end)
    return select(WINDOW_FACT.c.account, start, end, WINDOW_FACT.c.value).where(
        WINDOW_FACT.c.workspace == bindparam("workspace"),
        WINDOW_FACT.c.measure == bindparam("measure"),
        among(WINDOW_FACT.c.account, "account", accounts),
        end > bindparam("from"),
        start < bindparam("upto"),
    )


def read(connection: Connection, request: ReadRequest, measure: str, frame: Frame) -> None:
    """Fill ``frame.windows`` with each account's windows."""
    if request.later:
        rows: Sequence[Any] = windows_as_of(connection, request, measure)
    else:
        rows = connection.execute(
            statement_for(len(request.accounts)),
            {
                "workspace": request.workspace,
                "measure": measure,
                "from": request.start,
                "upto": request.end,
                **named("account", request.accounts),
            },
        ).fetchall()
    by_account: dict[int, list[Window]] = defaultdict(list)
    for account, start, end, people in rows:
        by_account[account].append(Window(start, end, people))
    frame.windows[measure] = by_account
