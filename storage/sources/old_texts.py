"""The shared texts of an old Excel file: how long each is ([MS-XLS], record SST)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_WIDE, _PHONETIC, _RICH = 1, 4, 8
_SHORTEST = 3
"""Bytes of a text without a letter."""


def list_texts(pieces: list[bytes]) -> Iterator[int]:
    """Yield the length of each text in letters; one may run over into the next piece.

    Raises ``IndexError`` or ``struct.error`` where more texts are stated than there are.
    """
    reader = _Pieces(pieces)
    _, count = struct.unpack("<II", reader.take(8))
    if count * _SHORTEST > sum(map(len, pieces)):
        raise IndexError("more texts are stated than the record can hold")
    for _ in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
        more = struct.unpack("<I", reader.take(4))[0] if flags & _PHONETIC else 0
        reader.pass_letters(length, bool(flags & _WIDE))
        reader.pass_bytes(runs * 4 + more)
        yield length


@dataclass
class _Pieces:
    """Bytes in several pieces, read as one; text that crosses over states its width again."""

    pieces: list[bytes]
    piece: int = 0
    at: int = 0

    def take(self, count: int) -> bytes:
        taken = b""
        while True:
            part = self.pieces[self.piece][self.at : self.at + count - len(taken)]
            taken += part
            self.at += len(part)
            if len(taken) == count:
                return taken
            self._go_on()

    def pass_bytes(self, count: int) -> None:
        while count > (room := len(self.pieces[self.piece]) - self.at):
            count -= room
            self._go_on()
        self.at += count

    def pass_letters(self, count: int, wide: bool) -> None:
        while True:
            room = (len(self.pieces[self.piece]) - self.at) >> wide
            passed = min(room, count)
            self.at += passed << wide
            count -= passed
            if not count:
                return
            self._go_on()
            wide = bool(self.pieces[self.piece][0] & _WIDE)
            self.at = 1

    def _go_on(self) -> None:
        self.piece, self.at = self.piece + 1, 0
        if self.piece >= len(self.pieces):
            raise IndexError("the texts end early")
