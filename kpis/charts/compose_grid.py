"""Which bars and cells the rows of a table make."""

from dataclasses import replace

from kpis.answers import Cell, Grid
from kpis.charts.picture import Picture, Series
from kpis.tongue import say
from storage.measures import Unit

MOST_BARS = 12
FEW = 3
"""Of fewer rows a bar or cell is a small sample."""


def compose_grid(picture: Picture, grid: Grid) -> Picture | None:
    """The first column that holds numbers, of rows in its unit; shares stand beside each other."""
    unit = next((cells[0].unit for _, cells in grid.rows if cells), Unit.COUNT)
    alike = tuple(it for it in grid.rows if not it[1] or it[1][0].unit is unit)
    rows = alike[:MOST_BARS]
    columns = [[cell_at(row, at) for row in rows] for at in range(len(grid.columns))]
    units = {
        at: next(cell.unit for cell in cells if cell.value is not None)
        for at, cells in enumerate(columns)
        if any(cell.value is not None for cell in cells)
    }
    if not units:
        return None
    first = min(units)
    shown = [first]
    if units[first] is Unit.PERCENT:
        shown = [at for at in units if units[at] is Unit.PERCENT][:2]
    return replace(
        say_what_is_left(picture, len(alike) - len(rows)),
        kind="bars",
        unit=units[first],
        categories=tuple(name for name, _ in rows),
        series=tuple(
            Series(grid.columns[at], tuple(cell.value for cell in columns[at])) for at in shown
        ),
        hatched=frozenset(at for at, cell in enumerate(columns[first]) if cell.small),
        marks=(),
    )


def cell_at(row: tuple[str, tuple[Cell, ...]], at: int) -> Cell:
    return row[1][at] if at < len(row[1]) else Cell()


def read_hour(column: str) -> int:
    """Return 18 of “18”, “18:00” or “18–19”."""
    digits = "".join(letter if letter.isdigit() else " " for letter in column).split()
    return int(digits[0]) if digits else -1


def count_rows(cell: Cell) -> int:
    """Return how many rows a cell stands for; one that was not counted is believed."""
    if cell.small:
        return min(cell.n, FEW - 1) if cell.n else 1
    return cell.n or (FEW if cell.value is not None else 0)


def say_what_is_left(picture: Picture, left: int) -> Picture:
    if left <= 0:
        return picture
    words = say("{number} more not drawn", number=left)
    footnote = f"{picture.footnote} · {words}" if picture.footnote else words
    return replace(picture, footnote=footnote)
