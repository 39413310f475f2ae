"""What a form of accounts remembers: who opened it where, on what, and how that was then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from commands.asker import Asker, unpack_asker
from commands.unpacking import unpacking


@dataclass(frozen=True)
class Memory:
    """``seen`` tells whether somebody changed the thing since the form was opened."""

    asker: Asker
    number: int = 0
    """Of the account or brand; 0: a new one."""
    seen: str = ""

    def pack(self) -> str:
        return json.dumps(asdict(self) | {"asker": self.asker.pack()})


def unpack_memory(text: str, user: str) -> Memory:
    """Return what ``Memory.pack`` wrote, of whoever sends the form; raises ``KepiError``."""
    with unpacking("/kpi accounts"):
        held = json.loads(text)
        asker = unpack_asker(held["asker"])
        number, seen = int(held["number"]), str(held["seen"])
    return Memory(asker if asker.user == user else Asker(user, ""), number, seen)
