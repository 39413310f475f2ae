"""Words that begin something else than a question: ``/kpi digest``, ``@Kepi goals``, ``status``."""

from __future__ import annotations

import re
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from commands.alerts import command as alerts
from commands.asker import Asker
from commands.context import Context
from commands.data import command as data
from commands.digests import command as digests
from commands.goals import command as goals
from commands.languages import command as languages
from commands.status import command as status
from commands.support import command as support

LONGEST = 4000


class Answers(Protocol):
    """Answers words to the asker; ``trigger`` opens forms where the words came with one."""

    def __call__(
        self, context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
    ) -> Coroutine[Any, Any, None]: ...


ROOMS: Mapping[str, Answers] = {
    "digest": digests.answer,
    "goal": goals.answer,
    "alert": alerts.answer,
    "data": data.answer,
    "status": status.answer,
    "language": languages.answer,
}
FIRST = re.compile(rf"^\W*({'|'.join(ROOMS)})s?\b[\s:,]*", re.IGNORECASE)


def about(words: str) -> tuple[Answers, str] | None:
    """Return who answers such words and what follows the first of them; nothing for questions."""
    of_support = support.about_support(words)
    if of_support is not None:
        return support.answer_support, of_support
    found = FIRST.match(words[:LONGEST])
    return (ROOMS[found[1].lower()], words[found.end() :].strip()) if found else None
