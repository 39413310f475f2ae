"""What the ⋯ menu asks before it acts: whom, until when, how urgent, why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from commands import forms
from commands.blocks import Block, View_, form
from commands.saying import declare, say, say_declared
from commands.support import wording
from commands.support.grammar import Said, Verb
from commands.unpacking import read_memory, unpacking
from support.policies import PRIORITIES

FORM = "support_choose"
TITLES: Mapping[Verb, str] = {
    Verb.ASSIGN: declare("Give issue {number} to"),
    Verb.SNOOZE: declare("Issue {number} quiet until"),
    Verb.PRIORITY: declare("Priority of issue {number}"),
    Verb.DISMISS: declare("Issue {number} is no issue"),
    Verb.CSAT: declare("Rating of issue {number}"),
}
UNTIL = (
    ("30 min", declare("In 30 minutes")),
    ("2h", declare("In 2 hours")),
    ("next opening", declare("Next opening")),
    ("tomorrow", declare("Tomorrow")),
    ("mon", declare("Monday")),
    ("off", declare("Not quiet any more")),
)
REASONS = (
    ("spam", declare("Spam")),
    ("not an issue", declare("Not a customer’s matter")),
    ("duplicate", declare("There is an issue already")),
    ("test", declare("A test")),
)
SCORES = (5, 4, 3, 2, 1)


def compose_choice(verb: Verb, number: int, memory: Mapping[str, Any]) -> View_:
    """Return the form of one act; it remembers the issue and the press."""
    return form(
        say_declared(TITLES[verb], number=number),
        fields_of(verb),
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=json.dumps({**memory, "verb": verb, "number": number}),
    )


def fields_of(verb: Verb) -> list[Block]:
    if verb is Verb.ASSIGN:
        return [forms.person(say("Who"), "user", optional=True)]
    if verb is Verb.SNOOZE:
        return [
            forms.choice(say("Until"), "words", spoken(UNTIL), "2h"),
            forms.line(say("Or another time"), "typed", example=say("fri, 27 nov or 3h"), most=60),
        ]
    if verb is Verb.PRIORITY:
        offered = [(it, say_declared(it).capitalize()) for it in PRIORITIES]
        return [forms.radio(say("Priority"), "words", offered, "normal")]
    if verb is Verb.DISMISS:
        return [forms.radio(say("Why"), "words", spoken(REASONS), "not an issue")]
    scores = [(str(it), say("{score} of 5", score=it)) for it in SCORES]
    return [
        forms.radio(say("What the customer said"), "words", scores, ""),
        forms.line(say("Where"), "source", example=say("phone, email or a survey"), most=60),
    ]


def spoken(options: forms.Options) -> list[tuple[str, str]]:
    """Return options whose labels were declared, in the spoken language."""
    return [(value, say_declared(label)) for value, label in options]


def read_choice(view: Mapping[str, Any]) -> tuple[Said, dict[str, Any], dict[str, str]]:
    """Return what was chosen as if it had been typed, what the form remembered, complaints."""
    memory = read_memory(view, "/support", verb=str, number=int)
    filled = forms.filled(view)
    with unpacking("/support"):
        verb, number = Verb(memory["verb"]), memory["number"]
    words = str(filled.get("typed") or "").strip() or str(filled.get("words") or "")
    user = str(filled.get("user") or "")
    if verb is Verb.ASSIGN and not user:
        words = "nobody"
    options = {"source": str(filled.get("source") or "")} if filled.get("source") else {}
    errors: dict[str, str] = {}
    if verb is not Verb.ASSIGN and not words:
        errors["words"] = say(wording.CHOOSE_ONE)
    return Said(verb, number, rest=words, user=user, options=options), memory, errors
