"""Adds up what the models give the media, and writes it down as rows of ``credit``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from storage.credit_models import (
    ASSISTED,
    FIRST,
    LAST,
    LINEAR,
    MODELS,
    ONE,
    POSITION,
    WHOLE,
    faded_shares,
    round_together,
    step_shares,
)

COLUMNS = (
    *("workspace", "model", "start", "end", "platform", "campaign", "paid", "type"),
    *("currency", "collection", "credit", "value", "direct"),
)
COUNT = len(MODELS)
PLACES = 32
"""Bits of a key that hold the medium; those above hold the block."""
ALONE = (WHOLE,) * COUNT


class Medium(NamedTuple):
    """What is credited."""

    platform: str = ""
    """Empty: nobody knows, so the conversion is unattributed."""
    campaign: str = ""
    paid: str = ""


class Block(NamedTuple):
    """Conversions whose credits add up among themselves."""

    day: int
    type: str
    currency: str


class Tally:
    """Credits of single conversions; every number in it is whole, so order makes no difference.

    Per block and medium, in parts of ``WHOLE``: five credits, five values, five direct credits.
    """

    def __init__(self) -> None:
        self.blocks: dict[Block, int] = {}
        self.media: dict[Medium, int] = {}
        self.counts: dict[int, int] = defaultdict(int)
        """Conversions by block."""
        self.values: dict[int, int] = defaultdict(int)
        """Minor units by block."""
        self.sums: dict[int, list[int]] = defaultdict(lambda: [0] * (3 * COUNT))

        self.assists: dict[int, int] = defaultdict(int)
        """Conversions that a medium of social media helped to, by block and medium."""

    def block(self, block: Block) -> int:
        return self.blocks.setdefault(block, len(self.blocks))

    def medium(self, medium: Medium) -> int:
        return self.media.setdefault(medium, len(self.media))

    def add_alone(self, block: int, value: int, medium: int, direct: bool) -> None:
        """Give a whole conversion to one medium, in every model."""
        self.counts[block] += 1
        self.values[block] += value
        held = self.sums[block << PLACES | medium]
        for at in range(COUNT):
            held[at] += WHOLE
            held[COUNT + at] += WHOLE * value
        if direct:
            self._mark_direct(held, ALONE)

    def add(
        self, block: int, value: int, media: Sequence[int], moments: Sequence[int], direct: bool
    ) -> None:
        """Share a conversion among two or more touches, the oldest first.

        ``direct``: it was made in the session that the last of them began.
        """
        count = len(media)
        shares = zip(
            step_shares(FIRST, count),
            step_shares(LAST, count),
            step_shares(LINEAR, count),
            faded_shares(moments),
            step_shares(POSITION, count),
            strict=True,
        )
        self.counts[block] += 1
        self.values[block] += value
        sums, base = self.sums, block << PLACES
        held, parts = [0], ALONE
        for medium, parts in zip(media, shares, strict=True):
            first, last, even, faded, placed = parts
            held = sums[base | medium]
            held[0] += first
            held[1] += last
            held[2] += even
            held[3] += faded
            held[4] += placed
            if value:
                held[5] += first * value
                held[6] += last * value
                held[7] += even * value
                held[8] += faded * value
                held[9] += placed * value
        if direct:
            self._mark_direct(held, parts)

    def add_assist(self, block: int, medium: int) -> None:
        """Count a conversion that a contact on social media came before."""
        self.assists[block << PLACES | medium] += 1

    @staticmethod
    def _mark_direct(held: list[int], shares: tuple[int, ...]) -> None:
        for at, share in enumerate(shares, start=2 * COUNT):
            held[at] += share

    def rows(self, workspace: int) -> Iterator[tuple[object, ...]]:
        """Yield rows of ``COLUMNS``.

        Credits of a block add up to its conversions and values to theirs, to the last unit.
        """
        media = {number: medium for medium, number in self.media.items()}
        held: dict[int, list[tuple[Medium, list[int]]]] = defaultdict(list)
        for key, sums in self.sums.items():
            held[key >> PLACES].append((media[key & (1 << PLACES) - 1], sums))
        for block, number in sorted(self.blocks.items()):
            given = sorted(held[number])
            for at, model in enumerate(MODELS):
                exact = [sums[at] for _, sums in given]
                credits = round_together(exact, WHOLE // ONE, self.counts[number] * ONE)
                exact = [sums[COUNT + at] for _, sums in given]
                values = round_together(exact, WHOLE, self.values[number])
                for (medium, sums), credit, value in zip(given, credits, values, strict=True):
                    if credit or value:
                        direct = min(credit, (sums[2 * COUNT + at] * ONE + WHOLE // 2) // WHOLE)
                        yield (
                            *(workspace, model, block.day, block.day + 1, *medium, block.type),
                            *(block.currency, "", credit, value, direct),
                        )
        blocks = {number: block for block, number in self.blocks.items()}
        for key, count in sorted(self.assists.items()):
            block, medium = blocks[key >> PLACES], media[key & (1 << PLACES) - 1]
            yield (
                *(workspace, ASSISTED, block.day, block.day + 1, *medium, block.type),
                *(block.currency, "", count * ONE, 0, 0),
            )
