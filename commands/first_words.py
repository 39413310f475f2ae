"""Words that begin something else than a question: ``/kpi digest``, ``@Kepi goals``, ``status``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from commands.accounts import admins
from commands.accounts import command as accounts
from commands.actions import command as actions
from commands.alerts import command as alerts
from commands.columns import command as columns
from commands.custom import audience
from commands.custom import command as custom
from commands.data import command as data
from commands.date_notes import command as date_notes
from commands.declare import command as declare
from commands.digests import command as digests
from commands.experiments import command as experiments
from commands.goals import command as goals
from commands.home import command as home
from commands.kept import command as kept
from commands.languages import command as languages
from commands.sentiment import command as labels
from commands.settings import command as settings
from commands.status import command as status
from commands.support import command as support
from commands.tongues import Room, in_askers_language

LONGEST = 4000


ROOMS: Mapping[str, Room] = {
    "digest": in_askers_language(digests.answer),
    "goal": in_askers_language(goals.answer),
    "alert": in_askers_language(alerts.answer),
    "data": in_askers_language(data.answer),
    "status": in_askers_language(status.answer),
    "language": languages.answer,
    "value": in_askers_language(declare.answer_value),
    "rate": in_askers_language(declare.answer_rate),
    "benchmark": in_askers_language(declare.answer_benchmark),
    "test": in_askers_language(experiments.answer),
    "action": in_askers_language(actions.answer),
    "label": in_askers_language(labels.answer),
    "own": in_askers_language(custom.answer),
    "audience": in_askers_language(audience.answer),
    "start": in_askers_language(home.answer),
    "account": in_askers_language(accounts.answer),
    "admin": in_askers_language(admins.answer),
    "column": in_askers_language(columns.answer),
    "notes": in_askers_language(date_notes.answer_list),
    "note": in_askers_language(date_notes.answer),
    "setting": in_askers_language(settings.answer),
    "forget": in_askers_language(kept.answer),
    "privacy": in_askers_language(kept.answer_privacy),
}
FIRST = re.compile(rf"^\W*({'|'.join(ROOMS)})s?\b(?!\W*fit\b)[\s:,]*", re.IGNORECASE)
"""“audience fit” is a KPI, whatever stands first."""


def about(words: str) -> tuple[Room, str] | None:
    """Return who answers such words and what follows the first of them; nothing for questions."""
    of_support = support.about_support(words)
    if of_support is not None:
        return support.answer_support, of_support
    found = FIRST.match(words[:LONGEST])
    return (ROOMS[found[1].lower()], words[found.end() :].strip()) if found else None
