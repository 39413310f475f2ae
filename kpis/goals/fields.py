"""What is typed into the fields of a goal's form, read as the same words in a sentence are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpis.catalogue import CATALOGUE
from kpis.goals.amounts import cut_amounts, interpret
from kpis.goals.currency import cut_currency
from kpis.goals.dates import cut_until
from kpis.goals.draft import Draft
from kpis.goals.reading import DIGIT_GAP, choose_amount, choose_until, cut_every, stretch, unnamed
from kpis.goals.shapes import better_of, unit_of
from kpis.names import title_of
from kpis.question import Refusal
from kpis.tongue import say
from kpis.words import clean, lower


def read_amount(text: str, draft: Draft) -> Draft:
    """Return the draft with the amount that a form's field says, or as it was without one."""
    line = " ".join(lower(clean(DIGIT_GAP.sub(" ", text))).replace("−", "-").split())
    currency, line = cut_currency(line)
    amounts, _ = cut_amounts(line)
    said = choose_amount(amounts)
    if said is None:
        raise Refusal(say("Name a number or a change, such as 5,000, up 20 % or 30 min."))
    unit, name = unit_of(draft.kpi, draft.variant), title_of(CATALOGUE[draft.kpi])
    amount, better = interpret(said, unnamed(line, said), unit, better_of(draft.kpi), name)
    return replace(draft, amount=amount, currency=currency, better=better)


def read_days(text: str, draft: Draft, today: date, week_start: int) -> Draft:
    """Return the draft with the days that a form's field says."""
    line = " ".join(lower(clean(text)).split())
    untils, line = cut_until(line, today, week_start)
    if not untils and (bare := cut_until(f"by {line}", today, week_start))[0]:
        untils, line = bare
    every, line = cut_every(line)
    until = choose_until(untils, every)
    if until is None and not every:
        raise Refusal(
            say("Name a day or a stretch to come: by 2027-06-30, next quarter, or a month.")
        )
    start, end = stretch(until, every, today, week_start)
    by_then = until is not None and until.by_then
    return replace(draft, start=start, end=end, by_then=by_then, every=every)
