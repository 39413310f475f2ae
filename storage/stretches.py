"""What an import changes of one measure of one platform: a stretch of the facts. Pure.

Cells are in the order of the key, so that asked and held ones can be laid side by side.
"""

from collections.abc import Iterable, Sequence
from operator import eq, itemgetter
from typing import NamedTuple

Cell = tuple[int, int, int]
"""Day number, account, value."""
Held = tuple[int, int, int, int]
"""Day number, account, value, and the import that it came from."""

key_of, day_of, account_of, value_of = (
    itemgetter(0, 1),
    itemgetter(0),
    itemgetter(1),
    itemgetter(2),
)


class Counts(NamedTuple):
    """How many rows were new, differed from what was held, or said the same."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))


class Stretch(NamedTuple):
    """What an import changes of one measure of one platform, over some days."""

    measure: str
    platform: str
    first: int
    last: int
    whole: bool
    """All that is held there was read, not only what was asked for."""
    held: Sequence[Held]
    """What was read, in the order of the key."""
    new: Sequence[Cell]
    changed: Sequence[Cell]
    old: Sequence[Held]
    """What was held of each changed row."""
    same: int

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), self.same)

    @property
    def is_replaced(self) -> bool:
        """Whether most of what is held there changes."""
        return self.whole and len(self.changed) * 2 > len(self.held)

    def place(self, workspace: int) -> tuple[int, str, str, int, int]:
        """Return the values of ``STRETCH``."""
        return workspace, self.measure, self.platform, self.first, self.last


def count(stretches: Iterable[Stretch]) -> Counts:
    total = Counts()
    for stretch in stretches:
        total = total.plus(stretch.counts)
    return total


def compare(
    asked: Sequence[Cell], held: Sequence[Held]
) -> tuple[Sequence[Cell], Sequence[Cell], Sequence[Held], int]:
    """Return new cells, changed ones, what was held of those, and how many are the same."""
    if not held:
        return asked, (), (), 0
    if have_equal_keys(asked, held) and not any(map(eq, map(value_of, asked), map(value_of, held))):
        return (), asked, held, 0
    known = dict(zip(map(key_of, held), held, strict=True))
    new, changed, old = [], [], []
    for cell in asked:
        was = known.get(key_of(cell))
        if was is None:
            new.append(cell)
        elif was[2] != cell[2]:
            changed.append(cell)
            old.append(was)
    return new, changed, old, len(asked) - len(new) - len(changed)


def have_equal_keys(asked: Sequence[Cell], held: Sequence[Held]) -> bool:
    return len(asked) == len(held) and all(
        all(map(eq, map(part, asked), map(part, held))) for part in (day_of, account_of)
    )
