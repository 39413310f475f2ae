"""What a section reports: checks against targets of performance §7, and figures to look at."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Check:
    """One line of the table; ``met`` is nothing where it was not judged."""

    row: int
    what: str
    target: str
    measured: str
    met: bool | None
    note: str = ""

    @property
    def verdict(self) -> str:
        return "–" if self.met is None else "met" if self.met else "NOT MET"


@dataclass(frozen=True)
class Figure:
    """One absolute number of this run."""

    name: str
    value: str


@dataclass
class Board:
    """The checks and figures of one run, in the order in which they came."""

    checks: list[Check] = field(default_factory=list)
    figures: dict[str, list[Figure]] = field(default_factory=dict)

    def at_most(
        self, row: int, what: str, measured: float, limit: float, unit: str = "×", note: str = ""
    ) -> None:
        words = written(measured, unit)
        self.checks.append(
            Check(row, what, f"≤ {written(limit, unit)}", words, measured <= limit, note)
        )

    def at_least(
        self, row: int, what: str, measured: float, limit: float, unit: str = "×", note: str = ""
    ) -> None:
        words = written(measured, unit)
        self.checks.append(
            Check(row, what, f"≥ {written(limit, unit)}", words, measured >= limit, note)
        )

    def show(self, row: int, what: str, measured: float, unit: str = "×", note: str = "") -> None:
        """Report a number that has no target of its own."""
        self.checks.append(Check(row, what, "", written(measured, unit), None, note))

    def skip(self, row: int, what: str, why: str) -> None:
        self.checks.append(Check(row, what, "", "not measured", None, why))

    def tell(self, title: str, name: str, value: float, unit: str) -> None:
        """Keep an absolute figure for the page."""
        self.tell_words(title, name, written(value, unit))

    def tell_words(self, title: str, name: str, words: str) -> None:
        self.figures.setdefault(title, []).append(Figure(name, words))

    def missed(self) -> list[Check]:
        return [check for check in self.checks if check.met is False]


def written(value: float, unit: str) -> str:
    """Return a number with three digits that say something, and its unit."""
    if value >= 100:
        words = f"{value:,.0f}"
    elif value >= 10:
        words = f"{value:.1f}"
    else:
        words = f"{value:.3g}" if value < 1 else f"{value:.2f}"
    return f"{words}{unit}" if unit == "×" else f"{words} {unit}".strip()
