"""What all rows of a file are, where no column says it: their kind, scale or currency."""

from __future__ import annotations

from commands import forms
from commands.blocks import Block
from commands.columns.selects import NONE
from commands.file_draft import Draft
from commands.file_mapping import has_currency
from commands.saying import say
from storage.sources.match_fields import FIELDS, FOUR, SAID_ONCE, Kind

LONGEST = 60


def said_fields(draft: Draft) -> list[Block]:
    """Return the question what all rows are, of kinds of rows that have to say it."""
    name = f"said_{draft.grain}"
    if draft.grain not in SAID_ONCE:
        return []
    if draft.grain == "answer":
        label = say("The question, the same in all rows")
        ways = [(NONE, say("A column says it")), *scales()]
        return [forms.choice(label, name, ways, draft.said or NONE)]
    if draft.grain == "review":
        label, example = say("Where they stand, the same in all rows"), "Google"
    else:
        label, example = say("What was done, the same in all rows"), "purchase"
    return [forms.line(label, name, draft.said, example=example, most=LONGEST)]


def scales() -> list[tuple[str, str]]:
    """Return the questions that surveys ask, each on its scale."""
    recommend, satisfied = say("Would you recommend us?"), say("How satisfied are you?")
    other = say("Another question")
    return [
        ("nps", f"{recommend} 0–10"),
        *((f"csat 1-{most}", f"{satisfied} 1–{most}") for most in (5, 7, 10)),
        *((f"scale 1-{most}", f"{other} 1–{most}") for most in (5, 7, 10)),
    ]


def currency_fields(draft: Draft, *, more: bool) -> list[Block]:
    """Return where to write the currency, as soon as an amount is asked for."""
    shown = FIELDS[draft.grain] if more else FIELDS[draft.grain][:FOUR]
    if not has_currency(draft.grain) or not any(it.kind is Kind.AMOUNT for it in shown):
        return []
    hint = say("Where no column says it. Empty: the workspace's currency.")
    label = say("Currency of the amounts")
    return [forms.line(label, "currency", draft.currency, example="EUR", most=3, hint=hint)]
