"""The rollup: facts summed over accounts, own ones apart, kept right within each import."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, text

from storage.bulk import insert, run

COLUMNS = ("workspace", "measure", "platform", "own", "day", "total", "n", "who")
ADD = (
    "(workspace, measure, platform, own, day) DO UPDATE SET total = rollup.total + excluded.total,"
    " n = rollup.n + excluded.n, who = rollup.who + excluded.who"
)


class Standing(NamedTuple):
    """How an account counts: for us or against us, and by which mark it is told."""

    own: bool
    mark: int


Slot = tuple[str, str, bool, int]
"""Measure, platform, own, day number."""


def standings(connection: Connection, workspace: int) -> dict[int, Standing]:
    """Return the standing of every account by id."""
    rows = connection.execute(
        text(
            "SELECT account.id, brand.own, account.mark FROM account"
            " JOIN brand ON brand.id = account.brand WHERE account.workspace = :workspace"
        ),
        {"workspace": workspace},
    )
    return {account: Standing(bool(own), mark) for account, own, mark in rows}


def add(connection: Connection, workspace: int, sums: Mapping[Slot, tuple[int, int, int]]) -> None:
    """Add differences of total, n and who to their slots."""
    rows = [
        (workspace, *slot, *difference)
        for slot, difference in sorted(sums.items())
        if any(difference)
    ]
    insert(connection, "rollup", COLUMNS, rows, ADD)


def sweep(connection: Connection, workspace: int, platform: str, measures: Iterable[str]) -> None:
    """Take away the slots from which the last account went."""
    for measure in sorted(measures):
        run(
            connection,
            "DELETE FROM rollup WHERE workspace = ? AND measure = ? AND platform = ? AND n = 0",
            (workspace, measure, platform),
        )


def rebuild(
    connection: Connection, workspace: int, platform: str, measures: Iterable[str] | None = None
) -> None:
    """Make the rollup of a platform again from its facts."""
    chosen: dict[str, int | str] = {"workspace": workspace, "platform": platform}
    if measures is None:
        found = connection.execute(
            text(
                "SELECT DISTINCT measure FROM rollup"
                " WHERE workspace = :workspace AND platform = :platform"
            ),
            chosen,
        )
        measures = found.scalars().all()
    for measure in sorted(set(measures)):
        redo(connection, {**chosen, "measure": measure})


def redo(connection: Connection, chosen: Mapping[str, int | str]) -> None:
    connection.execute(
        text(
            "DELETE FROM rollup WHERE workspace = :workspace AND measure = :measure"
            " AND platform = :platform"
        ),
        chosen,
    )
    connection.execute(
        text(
            "INSERT INTO rollup (workspace, measure, platform, own, day, total, n, who)"
            " SELECT f.workspace, f.measure, f.platform, b.own, f.day,"
            " sum(f.value), count(*), sum(a.mark)"
            " FROM fact f JOIN account a ON a.id = f.account JOIN brand b ON b.id = a.brand"
            " WHERE f.workspace = :workspace AND f.measure = :measure AND f.platform = :platform"
            " GROUP BY f.workspace, f.measure, f.platform, b.own, f.day"
        ),
        chosen,
    )
