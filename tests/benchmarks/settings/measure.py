"""Row 21: a file of 500 channels applied in one transaction, beside one transaction a channel.

The peer is what a form for each channel would do: the same set-up, exception and digest, saved and
committed channel by channel. Both end with the same export, which is checked before it is timed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from commands.settings.applying import apply_file, plan_file
from commands.settings.document import read_document
from commands.settings.exporting import export
from commands.settings.plan import Maker
from commands.settings.state import read_state
from storage.database import Database
from storage.schema import migrate
from storage.workspaces import connect_team
from tests.benchmarks.board import Board
from tests.benchmarks.plan import Plan

ROW = 21
CHANNELS, FEW = 500, 5
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MAKER = Maker("U0MIA00000", AT)
TABLE = """
[channels.C{number:08d}]
name = "care-{number}"
answers = "asker"
[channels.C{number:08d}.support]
mode = "auto"
responders = ["U0MIA00000"]
open-hours = "Mon–Fri 09:00–17:30"
first-answer = "45 min"
[[channels.C{number:08d}.digests]]
day = "tuesday"
kpis = ["reach"]
"""
ONE, EACH = "one transaction", "one a channel"


def measure(plan: Plan, board: Board) -> None:
    count = FEW if plan.is_tiny else CHANNELS
    tables = [TABLE.format(number=number) for number in range(count)]
    empty = make_empty(plan.folder)
    turns: dict[str, Callable[[Database], float]] = {
        ONE: lambda database: apply(database, "".join(tables)),
        EACH: lambda database: apply_each(database, tables),
    }
    times: dict[str, list[float]] = {ONE: [], EACH: []}
    held: dict[str, list[float]] = {ONE: [], EACH: []}
    made: dict[str, str] = {}
    for number in range(1 if plan.is_tiny else min(plan.rounds, 3)):
        for name, turn in turns.items():
            file = plan.folder / f"settings-{number}.db"
            seconds, alone, text = run_anew(empty, file, turn)
            times[name].append(seconds)
            held[name].append(alone)
            made[name] = text
    if made[ONE] != made[EACH]:
        raise AssertionError("the two ways do not end with the same settings")
    what = f"settings of {count} channels: one transaction a channel ÷ one for all"
    board.show(ROW, what, median(times[EACH]) / median(times[ONE]))
    for name, taken in times.items():
        board.tell("Settings of many channels, median", name, 1e3 * median(taken), "ms")
    for name, taken in held.items():
        board.tell("The longest that it held up other writers", name, 1e3 * median(taken), "ms")


def make_empty(folder: Path) -> Path:
    file = folder / "settings-empty.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.write() as connection:
        connect_team(connection, "T1", "Acme")
    database.close()
    return file


def run_anew(
    empty: Path, file: Path, turn: Callable[[Database], float]
) -> tuple[float, float, str]:
    """Return a turn's seconds on a copy of the empty database, those of its longest transaction,
    and what it ends with.
    """
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copyfile(empty, file)
    database = Database(f"sqlite:///{file}")
    try:
        began = time.perf_counter()
        longest = turn(database)
        seconds = time.perf_counter() - began
        with database.read() as connection:
            return seconds, longest, export(read_state(connection, 1), "Acme", AT)
    finally:
        database.close()


def apply(database: Database, text: str) -> float:
    """Apply a file as the verb does, and return for how many seconds nobody else could write."""
    document = read_document(text)
    with database.read() as connection:
        ready = plan_file(connection, 1, document, MAKER)
    with database.write() as connection:
        began = time.perf_counter()
        apply_file(connection, 1, document, MAKER, ready)
    held = time.perf_counter() - began
    if document.problems:
        raise AssertionError(document.problems[0])
    return held


def apply_each(database: Database, tables: list[str]) -> float:
    return max(apply(database, table) for table in tables)
