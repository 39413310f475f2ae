"""The open form of a match: what is filled in, and what it will change."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from commands.asker import Asker, unpack_asker
from commands.file_draft import Draft, old_form, unpack_draft


@dataclass(frozen=True)
class Sheet:
    """An open form: what is filled in, for which file or match, and what it will change."""

    draft: Draft
    upload: int = 0
    match: int = 0
    """Without a file: the match that is changed."""
    more: bool = False
    asker: Asker = field(default_factory=lambda: Asker("", ""))
    ts: str = ""
    """The message whose button opened it."""
    is_private: bool = False

    def pack(self) -> str:
        rest = [self.upload, self.match, self.more, self.asker.pack(), self.ts, self.is_private]
        return json.dumps([self.draft.pack(), *rest], separators=(",", ":"))


def unpack_sheet(text: str) -> Sheet:
    """Return what a form remembers; raises ``KepiError`` for what is none."""
    try:
        draft, upload, match, more, asker, ts, is_private = json.loads(text)
        held = unpack_draft(draft) or Draft()
        whole = (int(upload), int(match), bool(more), unpack_asker(asker), str(ts))
    except (ValueError, TypeError, AttributeError) as fault:
        raise old_form() from fault
    return Sheet(held, *whole, is_private=bool(is_private))
