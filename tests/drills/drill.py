"""What a drill is, and what it reports."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Scale:
    """How large a run is, and a folder of its own, gone afterwards."""

    folder: Path
    is_long: bool = False

    def pick(self, quick: Value, long: Value) -> Value:
        """Return what this run takes: ``quick`` as a test, ``long`` in ``make drills``."""
        return long if self.is_long else quick


@dataclass(frozen=True)
class Row:
    """One promise, and what became of it; ``number`` is its row in reliability §3."""

    number: int
    promise: str
    mark: str
    """The pass mark, in words: “lost 0, doubled 0”."""
    measured: str
    """In the same words."""
    passed: bool


@dataclass(frozen=True)
class Drill:
    """A fault, and how it is made.

    ``run`` is a plain function (``asyncio.run`` in it where that is needed) and ends by itself;
    the long form is ended after ``seconds``. It starts and ends its own processes.
    """

    name: str
    """A short word, as ``python -m tests.drills NAME`` takes it."""
    run: Callable[[Scale], list[Row]]
    seconds: float = 600.0


def find_drills() -> dict[str, Drill]:
    """Return every drill of this folder by its name, in the order of the files."""
    found: dict[str, Drill] = {}
    for module in sorted(it.name for it in pkgutil.iter_modules([str(Path(__file__).parent)])):
        if module.startswith(("test_", "__")):
            continue
        drill = getattr(import_module(f"tests.drills.{module}"), "DRILL", None)
        if isinstance(drill, Drill):
            found[drill.name] = drill
    return found
