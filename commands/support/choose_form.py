"""What the ⋯ menu asks before it acts: whom, until when, how urgent, why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from commands import forms
from commands.blocks import Block, View_, form
from commands.support import wording
from commands.support.grammar import Said, Verb
from support.policies import PRIORITIES

FORM = "support_choose"
TITLES: Mapping[Verb, str] = {
    Verb.ASSIGN: "Give issue {number} to",
    Verb.SNOOZE: "Issue {number} quiet until",
    Verb.PRIORITY: "Priority of issue {number}",
    Verb.DISMISS: "Issue {number} is no issue",
    Verb.CSAT: "Rating of issue {number}",
}
UNTIL = (
    ("30 min", "In 30 minutes"),
    ("2h", "In 2 hours"),
    ("next opening", "Next opening"),
    ("tomorrow", "Tomorrow"),
    ("mon", "Monday"),
    ("off", "Not quiet any more"),
)
REASONS = (
    ("spam", "Spam"),
    ("not an issue", "Not a customer’s matter"),
    ("duplicate", "There is an issue already"),
    ("test", "A test"),
)
SCORES = tuple((str(it), f"{it} of 5") for it in (5, 4, 3, 2, 1))


def compose_choice(verb: Verb, number: int, memory: Mapping[str, Any]) -> View_:
    """Return the form of one act; it remembers the issue and the press."""
    return form(
        TITLES[verb].format(number=number),
        fields_of(verb),
        callback_id=FORM,
        submit="Save",
        close="Cancel",
        memory=json.dumps({**memory, "verb": verb, "number": number}),
    )


def fields_of(verb: Verb) -> list[Block]:
    if verb is Verb.ASSIGN:
        return [forms.person("Who", "user", optional=True)]
    if verb is Verb.SNOOZE:
        return [
            forms.choice("Until", "words", UNTIL, "2h"),
            forms.line("Or another time", "typed", example="fri, 27 nov or 3h", most=60),
        ]
    if verb is Verb.PRIORITY:
        offered = [(it, it.capitalize()) for it in PRIORITIES]
        return [forms.radio("Priority", "words", offered, "normal")]
    if verb is Verb.DISMISS:
        return [forms.radio("Why", "words", REASONS, "not an issue")]
    return [
        forms.radio("What the customer said", "words", SCORES, ""),
        forms.line("Where", "source", example="phone, email or a survey", most=60),
    ]


def read_choice(view: Mapping[str, Any]) -> tuple[Said, dict[str, Any], dict[str, str]]:
    """Return what was chosen as if it had been typed, what the form remembered, complaints."""
    memory = json.loads(view.get("private_metadata") or "{}")
    filled = forms.filled(view)
    verb, number = Verb(memory["verb"]), int(memory["number"])
    words = str(filled.get("typed") or "").strip() or str(filled.get("words") or "")
    user = str(filled.get("user") or "")
    if verb is Verb.ASSIGN and not user:
        words = "nobody"
    options = {"source": str(filled.get("source") or "")} if filled.get("source") else {}
    errors: dict[str, str] = {}
    if verb is not Verb.ASSIGN and not words:
        errors["words"] = wording.CHOOSE_ONE
    return Said(verb, number, rest=words, user=user, options=options), memory, errors
