"""What the drills found: a table on the terminal, and docs/drills.md."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from tests.drills.drill import Row

HEAD = "| row | promise | pass mark | measured | |\n| --- | --- | --- | --- | --- |"
TIMES = "| drill | time |\n| --- | --- |"
INTRODUCTION = """\
Written by `make drills`: the faults of the reliability page, made on purpose at full size. Their
quick forms are tests (`tests/drills/test_drills.py`)."""


@dataclass
class Run:
    """The last long run of one drill."""

    rows: list[Row]
    seconds: float
    day: date
    cores: int


@dataclass
class Kept:
    """The last long run of every drill, kept between runs so that they may run one by one."""

    runs: dict[str, Run] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Kept:
        if not file.exists():
            return cls()
        held = json.loads(file.read_text())
        return cls({name: read_run(each) for name, each in held.items()})

    def write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        held = {name: {**asdict(it), "day": it.day.isoformat()} for name, it in self.runs.items()}
        file.write_text(json.dumps(held, indent=1, ensure_ascii=False))

    def put(self, name: str, rows: list[Row], seconds: float, day: date) -> None:
        self.runs[name] = Run(rows, seconds, day, os.cpu_count() or 1)


def read_run(held: dict[str, object]) -> Run:
    rows = held["rows"]
    assert isinstance(rows, list)
    return Run(
        [Row(**each) for each in rows],
        float(str(held["seconds"])),
        date.fromisoformat(str(held["day"])),
        int(str(held["cores"])),
    )


def as_text(rows: Sequence[Row]) -> str:
    """Return the table for a terminal."""
    cells = [("row", "promise", "pass mark", "measured", "")]
    cells += [(number(it), it.promise, it.mark, it.measured, verdict(it)) for it in in_order(rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def as_page(kept: Kept, names: Sequence[str]) -> str:
    """Return docs/drills.md."""
    runs = [kept.runs[name] for name in names]
    rows = in_order([row for run in runs for row in run.rows])
    days = sorted({run.day for run in runs})
    when = f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
    parts = [
        "# Drills",
        INTRODUCTION,
        f"- {when}, {runs[-1].cores} cores, {platform.system()}, {versions()}",
        "\n".join([HEAD, *(f"| {' | '.join(cells(row))} |" for row in rows)]),
        ending(rows),
        "\n".join([TIMES, *(f"| {name} | {kept.runs[name].seconds:,.0f} s |" for name in names)]),
    ]
    return "\n\n".join(parts) + "\n"


def ending(rows: Sequence[Row]) -> str:
    missed = [row for row in rows if not row.passed]
    if not missed:
        return "Every promise was kept."
    return f"{len(missed)} of {len(rows)} promises were not kept."


def versions() -> str:
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def cells(row: Row) -> tuple[str, ...]:
    held = (number(row), row.promise, row.mark, row.measured, verdict(row))
    return tuple(each.replace("|", "\\|") for each in held)


def in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda it: it.number)


def number(row: Row) -> str:
    return str(row.number or "–")


def verdict(row: Row) -> str:
    return "kept" if row.passed else "NOT KEPT"


def write_page(path: Path, kept: Kept, names: Sequence[str]) -> bool:
    """Write the page where every drill has run; a part of them would leave rows out."""
    if not names or any(name not in kept.runs for name in names):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_page(kept, names))
    return True
