"""The one currency that a goal of money is counted in: said, or that of the data."""

from __future__ import annotations

import re
from dataclasses import replace

from kpis.answers import Absent, Answer, Figure, Reason
from kpis.goals.draft import Draft, Unfit
from kpis.tongue import listed, say
from storage.measures import Unit, money_in

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₫": "VND", "₹": "INR", "₩": "KRW"}
CODE = (
    "EUR|USD|GBP|SEK|NOK|DKK|CHF|PLN|CZK|HUF|RON|AUD|NZD|CAD|JPY|CNY|TWD|HKD|KRW|INR|VND|IDR|SGD"
    "|MYR|THB|PHP|BRL|MXN|ZAR|AED"
)
"""Codes that are no other word of a goal, as TRY is."""
MONEY = re.compile(
    rf"(?<!\w)(?:(?P<sign>[{''.join(SIGNS)}])|(?P<code>{CODE})\s)\s*(?=\d)"
    rf"|(?<=[\dkmn ])\s*(?:(?P<sign_after>[{''.join(SIGNS)}])|(?P<code_after>{CODE}))(?!\w)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d")


def cut_currency(line: str) -> tuple[str, str]:
    """Return the code of “5,000 EUR” or “€5k”, and the line without it."""
    found = MONEY.search(line) if NUMBER.search(line) else None
    if found is None:
        return "", line
    said = next(it for it in found.groups() if it)
    return SIGNS.get(said, said.upper()), f"{line[: found.start()]} {line[found.end() :]}"


def in_currency(answer: Answer, currency: str) -> Answer:
    """Return the answer's line of one currency; others are never taken for it."""
    if not currency or not answer.unit.startswith(f"{Unit.MONEY}:"):
        return answer
    unit = money_in(currency)
    if answer.unit is unit and len(answer.lines) == 1:
        return answer
    found = next((it for it in answer.lines if it.name == currency), None)
    if found is None:
        none = say("No amount in {currency}.", currency=currency)
        found = Figure(currency, Absent(Reason.NO_DATA, none))
    return replace(answer, unit=unit, lines=(replace(found, headline=""),), together=None)


def currency_of(draft: Draft, unit: Unit, title: str, answer: Answer) -> str:
    """Return the currency of a goal, weighed against what the data hold; empty of other units."""
    if unit is not Unit.MONEY:
        if draft.currency:
            words = say(
                "{title} is no money. Leave {currency} out.", title=title, currency=draft.currency
            )
            raise Unfit(words, "amount")
        return ""
    held = [it.name for it in answer.lines] if len(answer.lines) > 1 else []
    if not held and answer.unit.startswith(f"{Unit.MONEY}:"):
        held = [answer.unit.partition(":")[2]]
    if draft.currency and held and draft.currency not in held:
        words = say(
            "{title} comes in {currencies} here, not in {currency}.",
            title=title,
            currencies=listed(held),
            currency=draft.currency,
        )
        raise Unfit(words, "amount")
    if not draft.currency and len(held) > 1:
        words = say(
            "{title} comes in {currencies}. Say which, like 5,000 {currency}.",
            title=title,
            currencies=listed(held),
            currency=held[0],
        )
        raise Unfit(words, "amount")
    return draft.currency or (held[0] if held else "")
