"""The run as a table on the terminal, and as docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.board import Board, Check
from tests.benchmarks.reasons import HOW_TO_READ, REASONS
from tests.benchmarks.sections import SECTIONS, Section, title_of

PACKAGES = (
    "slack-bolt",
    "slack-sdk",
    "aiohttp",
    "SQLAlchemy",
    "sqlmodel",
    "psycopg",
    "asyncpg",
    "APScheduler",
    "matplotlib",
    "numpy",
    "isal",
    "seaborn",
    "plotly",
    "kaleido",
    "vl-convert-python",
    "altair",
    "pandas",
    "duckdb",
    "boring-semantic-layer",
    "sqlite-utils",
)


def as_text(board: Board) -> str:
    """Return the table for a terminal."""
    cells = [("row", "what", "target", "measured", "")]
    checks = sorted(board.checks, key=lambda it: it.row)
    cells += [(str(it.row), it.what, it.target, it.measured, verdict(it)) for it in checks]
    widths = [max(len(line[at]) for line in cells) for at in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def verdict(check: Check) -> str:
    return f"{check.verdict} ({check.note})" if check.note else check.verdict


def as_page(board: Board, sections: Sequence[Section], day: date) -> str:
    """Return docs/benchmarks.md."""
    rows = [row for section in sections for row in section.rows]
    parts = [
        "# Benchmarks",
        "Written by `make bench`; the targets are those of the design's performance page.",
        machine(day),
        *table(board, sorted(rows)),
        "## How to read it",
        HOW_TO_READ,
        "## Not met, and why",
        *misses(board),
        "## Absolute figures of this run",
        *figures(board),
    ]
    return "\n\n".join(parts) + "\n"


def machine(day: date) -> str:
    """Return what the run was made on."""
    lines = [f"- {day.isoformat()}, {cpu()}, {os.cpu_count()} cores, {system()}"]
    lines += [f"- Python {platform.python_version()}, SQLite {sqlite()}, load {load()} at the end"]
    held = [f"{name} {found}" for name in PACKAGES if (found := installed(name))]
    return "\n".join([*lines, f"- {', '.join(held)}"])


def table(board: Board, rows: Sequence[int]) -> list[str]:
    """Return a table for each row of targets."""
    head = "| row | what | target | measured | |\n| --- | --- | --- | --- | --- |"
    parts = []
    for title in dict.fromkeys(title_of(row) for row in rows):
        mine = [it for it in board.checks if title_of(it.row) == title]
        lines = [
            f"| {it.row} | {it.what} | {it.target} | {it.measured} | {verdict(it)} |"
            for it in sorted(mine, key=lambda it: it.row)
        ]
        parts += [f"## {title}", "\n".join([head, *lines])]
    return parts


def misses(board: Board) -> list[str]:
    missed = board.missed()
    if not missed:
        return ["Every target that was measured is met."]
    said = []
    for row in sorted({it.row for it in missed}):
        what = "; ".join(
            f"{it.what}: {it.measured} ({it.target})" for it in missed if it.row == row
        )
        said.append(f"- **Row {row}.** {what}. {REASONS.get(row, '')}".rstrip())
    return ["\n".join(said)]


def figures(board: Board) -> list[str]:
    parts = []
    for title, held in board.figures.items():
        lines = [f"| {it.name} | {it.value} |" for it in held]
        parts.append("\n".join([f"| {title} | |", "| --- | --- |", *lines]))
    return parts or ["None were kept."]


def write_page(path: Path, board: Board, sections: Sequence[Section], day: date) -> bool:
    """Write the page where all sections ran; a part of them would leave rows out."""
    if len(sections) < len(SECTIONS):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_page(board, sections, day))
    return True


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
