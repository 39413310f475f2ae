"""What is told beside a number of records: margins, samples, coverage, notes, the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpis.answers import Absent, Component, Coverage, Figure, Reason, Receipt, Value
from kpis.counting import Assumed, Balance, Priced, Share, Years
from kpis.coverage import SAMPLE, newest
from kpis.language import Count, Formula, Leaf, Mean, OfRows, Together
from kpis.names import meaning_of
from kpis.numbers import write, write_change, write_with_unit
from kpis.periods import say_days
from kpis.question import Beside
from kpis.records.kinds import BY_TIME, is_money, kinds_of, unit_of
from kpis.records.sitting import RecordSitting
from kpis.slots import day_of
from kpis.statistics import SMALL_RATE
from kpis.titles import inside
from kpis.tongue import grouped, joined, listed, say, say_count, say_declared, say_noun
from storage.measures import Unit, money_in
from storage.platforms import PLATFORMS
from storage.record_measures import Credits, Records, SurveyAnswers

SMALL_SURVEY = 30
"""Fewer answers are marked (kpi-catalogue §1, *Small samples*)."""
MOST_WORDS = 5


def money_or(unit: Unit, apart: str) -> Unit:
    return money_in(apart) if unit is Unit.MONEY else unit


def worded(figure: Figure, unit: Unit) -> Figure:
    """Return the line of one currency or scale among several, its value written out."""
    if isinstance(figure.value, Absent):
        return figure
    said = write_with_unit(figure.value.low, unit)
    change, then = figure.change, figure.previous
    if change is not None and change.kind != "unclear" and isinstance(then, Value):
        moved = write_change(change, unit)
        said = say("{value}, {moved} ({then} before)", value=said, moved=moved,
                   then=write(then.low, unit))  # fmt: skip
    return replace(figure, headline=said, change=None, previous=None)


def described(sitting: RecordSitting, figure: Figure, apart: str) -> Figure:
    """Return the figure with its margin, and how many stand behind it."""
    formula, cell = sitting.way.formula, sitting.whole(apart)
    if (
        isinstance(figure.value, Value)
        and isinstance(formula, Mean)
        and isinstance(formula.rows, Records)
    ):
        counted = say_noun(formula.rows.noun, figure.value.n)
        told = say("Mean over {counted}.", counted=counted)
        return replace(figure, details=(told, *scale(sitting, apart)))
    if isinstance(figure.value, Absent) or not isinstance(formula, Share | Balance):
        return figure
    interval = formula.margin(cell)
    if interval is None:
        return figure
    unit = sitting.unit(apart)
    low, high = (write(it, unit) for it in interval)
    n = grouped(figure.value.n)
    noun = say_declared(formula.of.noun)
    line = say("Of {n} {noun}; 95 % interval {low} to {high}.", n=n, noun=noun, low=low, high=high)
    return replace(figure, details=(line, *scale(sitting, apart)))


def scale(sitting: RecordSitting, apart: str) -> tuple[str, ...]:
    """Return which scale a survey was asked on; that of NPS is always the same."""
    of_surveys = any(isinstance(it.rows, SurveyAnswers) for it in sitting.way.formula.leaves())
    if not of_surveys or not apart or isinstance(sitting.way.formula, Balance):
        return ()
    return (say("On a scale of {scale}.", scale=apart),)


# --- coverage -------------------------------------------------------------------------------


def coverage_of(sitting: RecordSitting) -> Coverage:
    """Return how well the period was read, and when the newest file came."""
    question, around = sitting.question, sitting.around
    cell = sitting.whole(sitting.aparts[0])
    leaves = [it for it in sitting.way.formula.leaves() if kinds_of(it.rows)]
    days = [cell.read_days(it) for it in leaves]
    held = set.intersection(*days) if days else set(range(cell.start, cell.end))
    kinds = {kind for it in leaves for kind in kinds_of(it.rows)}
    ids = {
        number
        for kind, start, end, number in around.record_readings
        if kind in kinds and start < cell.end and end > cell.start
    }
    later = set(around.later(question.as_of))
    taken = [it for it in around.imports if it.id in ids and it.id not in later]
    if sitting.now.accounts is not None:
        mixed = set(sitting.now.accounts.accounts)
        taken += around.contributing(mixed, cell.start, cell.end, False, question.as_of)
    return Coverage(
        days=cell.days,
        held=len(held),
        missing=tuple(day_of(it) for it in range(cell.start, cell.end) if it not in held),
        zones=(around.zone,),
        newest=newest(taken, around.zone),
        files=len(taken),
        sample=any(it.format == SAMPLE for it in taken),
    )


# --- notes ----------------------------------------------------------------------------------


def notes_of(sitting: RecordSitting, aparts: Sequence[str]) -> list[str]:
    """Return what a reader must know beside the number."""
    way = sitting.way
    said = []
    if way.stands_in:
        said.append(say("Not in these data, so this is: {formula}.", formula=way.formula.words))
    if way.kpi.caveat:
        said.append(say_declared(way.kpi.caveat))
    said += untold(sitting, aparts)
    said += models(sitting)
    said += bounces(sitting)
    said += small(sitting, aparts)
    said += reaching_beyond(sitting)
    said += prices_used(sitting)
    said += unpriced(sitting)
    said += parts_missing(sitting, aparts)
    said += owners(sitting)
    said += undivided(sitting)
    said += lonely(sitting, aparts)
    return said


def lonely(sitting: RecordSitting, aparts: Sequence[str]) -> list[str]:
    """Return that what was asked to stand beside is not there."""
    baseline, formula = sitting.question.baseline, sitting.way.formula
    if not baseline.kind.is_asked:
        return []
    if any(isinstance(formula.value(sitting.before(it)), Value) for it in aparts):
        return []
    kpi = inside(sitting.way.title)
    if baseline.kind is Beside.ACCOUNTS:
        return [say("No {kpi} of {whose} to compare with.", kpi=kpi, whose=baseline.words)]
    return [say("No {kpi} a year before to compare with.", kpi=kpi)]


def models(sitting: RecordSitting) -> list[str]:
    """Return which model credits were given by."""
    rows = [it.rows for it in sitting.way.formula.leaves() if isinstance(it.rows, Credits)]
    names = {
        str(value) for it in rows for where in it.where if where.column == "model"
        for value in where.values
    }  # fmt: skip
    return [say_declared(MODELS[it]) for it in sorted(names)]


MODELS = {
    "last": "Last touch: the last contact before it gets all the credit.",
    "first": "First touch: the first contact gets all the credit.",
    "linear": "Linear: every contact gets the same part of the credit.",
    "time-decay": "Time decay: a contact 7 days earlier gets half the credit.",
    "assisted": "Assisted: a contact on social media came before it, but not in the same visit.",
    "position": "Position: 40 % to the first and the last contact, 20 % to those between.",
}


def bounces(sitting: RecordSitting) -> list[str]:
    """Return which of the two kinds of bounce was counted (features.md F 8)."""
    kinds = {
        value for it in sitting.way.formula.leaves() for where in it.rows.where
        if where.column == "bounce_kind" for value in where.values
    }  # fmt: skip
    return [say_declared(words) for kind, words in BOUNCES.items() if kind in kinds]


BOUNCES = {
    "ga4": "A bounce is what GA4 calls not engaged: under 10 seconds, one page, no key event.",
    "one-page": "A bounce is a visit of one page, which GA4 counts otherwise.",
}


def refusals(sittings: Sequence[RecordSitting]) -> list[str]:
    """Return why ways to answer were refused, once each."""
    readings = [sitting.value(it) for sitting in sittings for it in sitting.aparts]
    return list(dict.fromkeys(
        it.words for it in readings if isinstance(it, Absent) and it.reason is Reason.REFUSED
    ))  # fmt: skip


def untold(sitting: RecordSitting, aparts: Sequence[str]) -> list[str]:
    """Return which currencies have no line though they have numbers, and what has no history."""
    said = []
    for apart in sitting.aparts:
        reading = sitting.value(apart)
        if isinstance(reading, Absent) and reading.reason is Reason.REFUSED:
            said.append(f"{apart}: {reading.words}")
    credited = any(isinstance(it.rows, Credits) for it in sitting.way.formula.leaves())
    if credited and sitting.around.later(sitting.question.as_of):
        said.append(say("Told as it is known now: credits keep no earlier state."))
    return said


def undivided(sitting: RecordSitting) -> list[str]:
    """Return that declared numbers stand whole beside a part of the rest."""
    scope, by = sitting.question.scope, sitting.question.by
    is_part = scope.platforms or scope.accounts or (by and by not in BY_TIME)
    if not is_part or not owners(sitting):
        return []
    return [say("Declared numbers belong to no platform or campaign, so they count in full here.")]


def small(sitting: RecordSitting, aparts: Sequence[str]) -> list[str]:
    """Return that few stand behind a rate or a survey."""
    said = []
    for apart in aparts:
        value, leaves = sitting.value(apart), sitting.way.formula.leaves()
        if isinstance(value, Absent):
            continue
        of_survey = any(isinstance(it.rows, SurveyAnswers) for it in leaves)
        of_counts = isinstance(sitting.way.formula, Share | Balance)
        least = SMALL_SURVEY if of_survey else SMALL_RATE if of_counts else 0
        if value.n < least:
            said.append(say("Small sample: {n}.", n=grouped(value.n)))
    return list(dict.fromkeys(said))


def reaching_beyond(sitting: RecordSitting) -> list[str]:
    """Return that rows of several days do not lie inside the period."""
    cell = sitting.whole(sitting.aparts[0])
    left = max(
        (
            sum(
                it.n
                for states in sitting.now.states.get(id(leaf), {}).values()
                for it in states
                if it.start < cell.end and it.end > cell.start
                and not (cell.start <= it.start and it.end <= cell.end)
            )
            for leaf in sitting.way.formula.leaves()
        ),
        default=0,
    )  # fmt: skip
    if not left:
        return []
    return [
        say_count(
            "{number} row of several days reaches beyond this period and is left out.",
            "{number} rows of several days reach beyond this period and are left out.",
            left,
        )
    ]


def unpriced(sitting: RecordSitting) -> list[str]:
    """Return what was not priced, by word, the largest first."""
    said = []
    for leaf in sitting.way.formula.leaves():
        missing = sitting.now.unpriced.get(id(leaf))
        if isinstance(leaf, Priced) and missing:
            words = [it or say("no keyword") for it, _ in missing.most_common(MOST_WORDS)]
            number = grouped(sum(missing.values()))
            noun = say_declared(leaf.noun)
            said.append(say("Not priced: {number} {noun} ({words}).", number=number, noun=noun,
                            words=listed(words)))  # fmt: skip
    return said


def prices_used(sitting: RecordSitting) -> list[str]:
    """Return the prices that an estimate stands on."""
    said = []
    for leaf in sitting.way.formula.leaves():
        used = sitting.now.priced.get(id(leaf), {})
        if not isinstance(leaf, Priced) or not used:
            continue
        prices = [
            f"{PLATFORMS[word].title if word in PLATFORMS else word} "
            f"{write(price, money_in(currency))}"
            for word, (price, currency) in sorted(used.items())
        ]
        left = len(prices) - MOST_WORDS
        more = [say("{number} more", number=left)] if left > 0 else []
        said.append(say("Prices ({kind}): {prices}.", kind=leaf.kind.upper(),
                        prices=listed([*prices[:MOST_WORDS], *more])))  # fmt: skip
    return said


def parts_missing(sitting: RecordSitting, aparts: Sequence[str]) -> list[str]:
    """Return the parts of lenient sums that are not there."""
    said = []
    for part in lenient(sitting.way.formula):
        cell = sitting.whole(aparts[0])
        missing = [it.noun for it in part.leaves()
                   if isinstance(it.value(cell), Absent) and hasattr(it, "noun")]  # fmt: skip
        if missing and len(missing) < len(part.leaves()):
            said.append(say("Without {parts}: not in these data.",
                            parts=listed([say_declared(it) for it in missing])))  # fmt: skip
    return list(dict.fromkeys(said))


def lenient(formula: Formula) -> list[Together]:
    """Return the lenient sums inside a formula."""
    if isinstance(formula, Together):
        return [formula]
    inner = [getattr(formula, it, None) for it in ("left", "right", "top", "bottom", "part")]
    return [found for it in inner if isinstance(it, Formula) for found in lenient(it)]


def owners(sitting: RecordSitting) -> list[str]:
    """Return who stands for the declared numbers, one line each."""
    kinds = {
        kind for it in sitting.way.formula.leaves() if isinstance(it, Assumed) for kind in it.kinds
    }
    said = []
    cell, this_year = sitting.whole(sitting.aparts[0]), sitting.question.today.year
    for it in sitting.now.declared:
        touches = it.start < cell.end and (it.end is None or it.end > cell.start)
        if it.kind not in kinds or not touches:
            continue
        unit = money_in(it.currency) if it.currency else Unit.COUNT
        words = f"{say_declared(it.kind.replace('-', ' '))} {it.name}".strip()
        by = " · ".join(filter(None, (it.owner, it.method)))
        value = write(it.value, unit)
        if it.end is not None:
            value = joined([value, say_days(day_of(it.start), day_of(it.end), this_year)])
        said.append(say("{name}: {value}.", name=words, value=f"{value} ({by})" if by else value))
    return list(dict.fromkeys(said))[:MOST_WORDS]


# --- receipt --------------------------------------------------------------------------------


def receipt_of(sitting: RecordSitting, aparts: Sequence[str]) -> Receipt:
    """Return how the number was worked out; of several currencies each has its own parts."""
    way = sitting.way
    parts = []
    for apart in aparts:
        cell = sitting.whole(apart)
        for leaf in way.formula.leaves():
            words = f"{leaf.words}, {apart}" if len(aparts) > 1 else leaf.words
            reading = leaf.value(cell)
            number = None if isinstance(reading, Absent) else reading.low
            unit = money_in(apart) if is_money(leaf) else unit_of(leaf)
            parts.append(Component(words, number, rows_behind(sitting, leaf, apart), unit))
    return Receipt(
        formula=f"{way.title} = {way.formula.words}",
        meaning=meaning_of(way.kpi),
        components=tuple(parts),
    )


def rows_behind(sitting: RecordSitting, leaf: Leaf, apart: str) -> int:
    cell = sitting.whole(apart)
    if isinstance(leaf, OfRows):
        return len(cell.values(leaf))
    if isinstance(leaf, Years):
        return 0
    number, n = cell.sums(leaf)
    return int(number) if isinstance(leaf, Count) else max(n, 0)
