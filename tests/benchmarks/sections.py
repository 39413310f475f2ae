"""The sections of a run: what ``BENCHMARKS="query import"`` chooses from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from tests.benchmarks.board import Board
from tests.benchmarks.plan import Plan

Measure = Callable[[Plan, Board], None]


@dataclass(frozen=True)
class Section:
    """A module with ``measure(plan, board)`` and the rows of performance §7 that it reports."""

    name: str
    title: str
    rows: tuple[int, ...]

    @property
    def measure(self) -> Measure:
        module = import_module(f"tests.benchmarks.{self.name}.measure")
        measure: Measure = module.measure
        return measure


SECTIONS = (
    Section("start", "Start-up", (13,)),
    Section("query", "Queries", (8, 9)),
    Section("importing", "Import", (10, 11)),
    Section("journal", "Durable events", (12,)),
    Section("replay", "Replay of the ledger", (14,)),
    Section("chart", "Charts", (5, 6, 7)),
    Section("attribution", "Attribution", (15,)),
    Section("heat", "Heat map", (16,)),
    Section("sentiment", "Sentiment", (17,)),
    Section("records", "Answers from records", (18,)),
    Section("dispatch", "Dispatch and acknowledgement", (1, 2, 3, 4)),
    Section("home", "Home", (19,)),
    Section("many", "Many workspaces", (20,)),
    Section("settings", "Settings of many channels", (21,)),
)
NICKNAMES = {
    "import": "importing",
    "events": "journal",
    "charts": "chart",
    "queries": "query",
    "ack": "dispatch",
}


def choose(names: Sequence[str]) -> list[Section]:
    """Return the sections of these names, or all; raises ``ValueError`` for a name unknown."""
    asked = {NICKNAMES.get(name, name) for name in names}
    strange = asked - {section.name for section in SECTIONS}
    if strange:
        known = ", ".join(section.name for section in SECTIONS)
        raise ValueError(f"There is no section {', '.join(sorted(strange))}. Sections: {known}.")
    return [section for section in SECTIONS if not asked or section.name in asked]


def title_of(row: int) -> str:
    return next(section.title for section in SECTIONS if row in section.rows)
