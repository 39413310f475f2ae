"""Rows 20 and 21: the machine is lost at random under writes; what was promised is there again."""

from __future__ import annotations

import random
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

from storage import nightly
from storage.backup import verify
from storage.backup_manifest import copies_of
from storage.database import Database
from storage.restore import restore
from storage.schema import migrate
from storage.workspaces import only_workspace
from tests.drills.drill import Drill, Row, Scale

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
A_DAY = 0.6
"""Seconds that a day of the drill lasts: a write every half an hour of it, 80 a second."""
HOUR, STATED = clock_time(3, 30), timedelta(hours=24)
KEEP = "INSERT INTO told (workspace, key, at) VALUES (1, ?, ?)"


class Machine:
    """A database that is written to and copied each night, until it is lost."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "kepi.db"
        self.database = Database(f"sqlite:///{self.file}")
        migrate(self.database)
        with self.database.write() as connection:
            only_workspace(connection)
        self.began = time.monotonic()
        self.written: list[datetime] = []
        self.is_lost = threading.Event()
        self.lag = timedelta()
        """How long after its hour a copy was whole: here a day is shorter than it takes there."""

    def now(self) -> datetime:
        return BEGUN + timedelta(days=(time.monotonic() - self.began) / A_DAY)

    def write(self) -> None:
        """Write the time down again and again; what was acknowledged is in ``written``."""
        while not self.is_lost.wait(0.01):
            now = self.now()
            with self.database.write() as connection:
                micros = int((now - BEGUN) / timedelta(microseconds=1))
                connection.exec_driver_sql(KEEP, (f"{len(self.written)}", micros))
            self.written.append(now)

    def copy(self) -> None:
        """Look each while whether a copy is due, as the house-keeping does each minute."""
        while not self.is_lost.wait(0.02):
            began = self.now()
            night = nightly.make_due_copy(
                self.database, began, folder=self.folder / "elsewhere", fixed="03:30"
            )
            if night is not None:
                due = nightly.fell_due(HOUR, ZoneInfo("UTC"), began)
                self.lag = max(self.lag, self.now() - due)

    def live(self, seconds: float) -> datetime:
        """Go on for a while, then lose the machine; return when."""
        working = [threading.Thread(target=it) for it in (self.write, self.copy)]
        for it in working:
            it.start()
        time.sleep(seconds)
        lost = self.now()
        self.is_lost.set()
        for it in working:
            it.join()
        self.database.close()
        return lost


def lose(folder: Path, seconds: float) -> tuple[timedelta, timedelta, bool]:
    """Lose a machine; return how old what is gone is, the lag, and whether the rest is whole."""
    machine = Machine(folder)
    lost = machine.live(seconds)
    (folder / "kept").mkdir()
    for it in (folder / "elsewhere").iterdir():
        if not it.name.endswith(".part"):
            shutil.copyfile(it, folder / "kept" / it.name)
    for end in ("", "-wal", "-shm"):
        Path(f"{machine.file}{end}").unlink(missing_ok=True)
    newest = next(it for it in copies_of(folder / "kept" / "kepi.db"))
    verify(newest)
    restore(newest, machine.file, lost)
    again = Database(f"sqlite:///{machine.file}")
    with again.read() as connection:
        held = [
            BEGUN + timedelta(microseconds=at)
            for (at,) in connection.exec_driver_sql("SELECT at FROM told ORDER BY at")
        ]
    again.close()
    gone = machine.written[len(held) :]
    oldest = lost - gone[0] if gone else timedelta()
    return oldest, machine.lag, near(held, machine.written)


def near(held: list[datetime], written: list[datetime]) -> bool:
    """Say whether all that was acknowledged up to the last is there, to the microsecond."""
    return (
        all(abs(a - b) < timedelta(milliseconds=1) for a, b in zip(held, written, strict=False))
        and len(held) <= len(written) + 1
    )


def run(scale: Scale) -> list[Row]:
    dice, worst, broken, late = random.Random(21), timedelta(), 0, 0
    cuts = scale.pick(2, 20)
    for number in range(cuts):
        folder = scale.folder / f"machine-{number}"
        folder.mkdir()
        gone, lag, whole = lose(folder, dice.uniform(1.0, 3.0))
        worst, broken = max(worst, gone), broken + (not whole)
        late += gone > STATED + lag
    hours = worst / timedelta(hours=1)
    return [
        Row(
            21,
            f"the machine is lost {cuts} times under 50 writes a second and more",
            "at most 24 h and the time of a copy are gone, 0 holes before",
            f"{hours:.1f} h are gone at most, {late} times more than that, {broken} with holes",
            not late and not broken,
        )
    ]


DRILL = Drill("losses", run, seconds=300)
