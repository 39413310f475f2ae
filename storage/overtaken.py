"""Of two people who had the same thing open, the second is told, and nothing is overwritten.

A form remembers what it was opened on: the version of a row that has one, else a ``mark`` of what
it shows. Whoever writes gives it back, and in the transaction that writes, the thing has to be that
one still; else ``Overtaken`` is raised. ``commands.overtaken`` says it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.setting_changes import ChangeRow


class Overtaken(KepiError):
    """Somebody else saved the same thing meanwhile: nothing of this was.

    Who and when are empty where nobody noted them; ``key`` names which of several things.
    """

    def __init__(
        self, by: str = "", at: datetime | None = None, *, key: str = "", is_gone: bool = False
    ) -> None:
        self.by, self.at, self.key, self.is_gone = by, at, key, is_gone
        super().__init__("Somebody changed that meanwhile, so nothing was saved. Look again.")


def overtaken_by(last: ChangeRow | None, *, key: str = "", is_gone: bool = False) -> Overtaken:
    """Return what to raise where ``last`` is the change that came in between, if it is known."""
    by, at = ("", None) if last is None else (last.by, last.at)
    return Overtaken(by, at, key=key, is_gone=is_gone)


def mark(*parts: object) -> str:
    """Return a short mark of what JSON can hold: the same has the same."""
    words = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
