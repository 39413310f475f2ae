"""The rollup: facts summed over accounts, own ones apart, kept right within each import."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from operator import itemgetter, sub
from typing import NamedTuple

from sqlalchemy import Connection, text

from storage.bulk import fetch, insert, run
from storage.stretches import Cell, Held, Stretch

COLUMNS = ("workspace", "measure", "platform", "own", "day", "total", "n", "who")
ADD = (
    "(workspace, measure, platform, own, day) DO UPDATE SET total = rollup.total + excluded.total,"
    " n = rollup.n + excluded.n, who = rollup.who + excluded.who"
)


class Standing(NamedTuple):
    """How an account counts: for us or against us, and by which mark it is told."""

    own: bool
    mark: int


class Slot(NamedTuple):
    """A row of the rollup."""

    measure: str
    platform: str
    own: bool
    day: int


class Sums(NamedTuple):
    """What a slot holds, or by how much it moves."""

    total: int = 0
    n: int = 0
    who: int = 0

    def plus(self, total: int, n: int, who: int) -> "Sums":
        return Sums(self.total + total, self.n + n, self.who + who)


def standings(connection: Connection, workspace: int) -> dict[int, Standing]:
    """Return the standing of every account by id."""
    rows = fetch(
        connection,
        "SELECT account.id, brand.own, account.mark FROM account"
        " JOIN brand ON brand.id = account.brand WHERE account.workspace = ?",
        (workspace,),
    )
    return {account: Standing(bool(own), mark) for account, own, mark in rows}


def add_changes(connection: Connection, workspace: int, changes: Iterable[Stretch]) -> None:
    """Bring the rollup up to what an import changes."""
    known = standings(connection, workspace)
    marks = {account: standing.mark for account, standing in known.items()}
    sums: dict[Slot, Sums] = {}
    for it in changes:
        for own in (True, False):
            side = {account for account, standing in known.items() if standing.own is own}
            new, _ = of_side(it.new, (), side)
            moves = chain(come(new, marks), move(*of_side(it.changed, it.old, side)))
            for day, moved in moves:
                slot = Slot(it.measure, it.platform, own, day)
                sums[slot] = sums.get(slot, Sums()).plus(*moved)
    add(connection, workspace, sums)


def of_side(
    cells: Sequence[Cell], old: Sequence[Held], side: Collection[int]
) -> tuple[Sequence[Cell], Sequence[Held]]:
    """Return the cells, and what was held of them, whose account is of one side."""
    accounts = list(map(itemgetter(1), cells))
    if set(accounts) <= set(side):
        return cells, old
    chosen = [account in side for account in accounts]
    return list(compress(cells, chosen)), list(compress(old, chosen))


def come(cells: Sequence[Cell], marks: Mapping[int, int]) -> Iterator[tuple[int, Sums]]:
    """Yield by how much cells that are new move each of their days."""
    values = list(map(itemgetter(2), cells))
    theirs = list(map(marks.__getitem__, map(itemgetter(1), cells)))
    for day, start, end in days(cells):
        yield day, Sums(sum(values[start:end]), end - start, sum(theirs[start:end]))


def move(cells: Sequence[Cell], old: Sequence[Held]) -> Iterator[tuple[int, Sums]]:
    """Yield by how much cells that replace others move each of their days."""
    moved = list(map(sub, map(itemgetter(2), cells), map(itemgetter(2), old)))
    for day, start, end in days(cells):
        yield day, Sums(sum(moved[start:end]))


def days(cells: Sequence[Cell]) -> Iterator[tuple[int, int, int]]:
    """Yield each day with the places at which its cells begin and end."""
    of_cells = list(map(itemgetter(0), cells))
    start = 0
    while start < len(of_cells):
        end = bisect_right(of_cells, of_cells[start], start)
        yield of_cells[start], start, end
        start = end


def add(connection: Connection, workspace: int, sums: Mapping[Slot, Sums]) -> None:
    """Add differences to their slots."""
    rows = [(workspace, *slot, *moved) for slot, moved in sorted(sums.items()) if any(moved)]
    insert(connection, "rollup", COLUMNS, rows, ADD)


def sweep(connection: Connection, workspace: int, platform: str, measures: Iterable[str]) -> None:
    """Take away the slots from which the last account went."""
    for measure in sorted(measures):
        run(
            connection,
            "DELETE FROM rollup WHERE workspace = ? AND measure = ? AND platform = ? AND n = 0",
            (workspace, measure, platform),
        )


def rebuild(connection: Connection, workspace: int, platform: str) -> None:
    """Make the rollup of a platform again from its facts."""
    chosen: dict[str, int | str] = {"workspace": workspace, "platform": platform}
    measures = connection.execute(
        text(
            "SELECT DISTINCT measure FROM rollup"
            " WHERE workspace = :workspace AND platform = :platform"
        ),
        chosen,
    )
    for measure in measures.scalars().all():
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
