"""What a form of accounts remembers: who opened it where, on what, and how that was then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from commands.asker import Asker, unpack_asker
from commands.saying import say
from storage.errors import KepiError

OLD = "This form is from an earlier version. Open it again: /kpi accounts"


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
    try:
        held = json.loads(text)
        asker = unpack_asker(held["asker"])
        number, seen = int(held["number"]), str(held["seen"])
    except (ValueError, KeyError, TypeError) as trouble:
        raise KepiError(say(OLD)) from trouble
    return Memory(asker if asker.user == user else Asker(user, ""), number, seen)
