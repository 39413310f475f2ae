"""Words to a rule: “likes instagram below 100”, “reach drops 30 %”, “no data”.

What kind of rule it is, is found here; the KPI and the accounts are read by the question grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.alerts import wording
from commands.alerts.draft import Draft
from commands.alerts.numbers import DIGITS, read_limit, read_percent
from commands.context import Context
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import date

    from kpis.alerts.rules import Kind, Side
    from kpis.question import Question
    from kpis.surroundings import Surroundings
    from storage.measures import Unit

LONGEST = 1000
AMOUNT = (
    rf"(?P<amount>{DIGITS}(?:k|m|mn|million|thousand)?\s*"
    r"(?:%|per ?cent|pts?|points?|sec(?:onds?)?|min(?:utes?)?|h(?:ours?)?)?)"
)
END = r"(?=\s|$|[.,;!])"
CHANNEL = re.compile(r"(?:\b(?:in|to|into)\s+)?<#([A-Z0-9]+)(?:\|[^<>]*)?>")
LIVE = re.compile(r"\b(?:live|at once|right away)\b", re.IGNORECASE)
ONCE = re.compile(r"\b(?:once|(?:the )?first time(?: only)?|only once)\b", re.IGNORECASE)
DAYS = re.compile(
    r"\b(?:a|per|each|every|in a|over a)\s+(?P<unit>day|week|month)\b"
    r"|\b(?P<adverb>daily|weekly)\b|\b(?:in|over|within)\s+(?P<count>\d{1,2})[- ]days?\b",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"\b(?P<unit>day|week|month)[- ](?:on|over)[- ](?P=unit)\b|\b(?P<short>[dwm]o[dwm])\b",
    re.IGNORECASE,
)
"""“Week on week”, “WoW”: a change of a week beside the week before."""
SHORTS = {"dod": "day", "wow": "week", "mom": "month"}
HALF = re.compile(r"\b(?:by|to) (?:a )?half\b", re.IGNORECASE)
LENGTHS = {"day": 1, "week": 7, "month": 28, "daily": 1, "weekly": 7}
UP = r"rise|rises|rising|grow|grows|increase|increases|up|jump|jumps|climbs?"
DOWN = r"drop|drops|dropping|fall|falls|falling|decline|declines|decrease|decreases|down|sinks?"
EITHER = r"change|changes|move|moves|moving"
VERB = rf"(?P<verb>{UP}|{DOWN}|{EITHER})"
MOVES_BY = re.compile(
    rf"\b{VERB}\b\s*(?:by|more than|over|at least|of)?\s*(?:more than\s+)?"
    rf"(?P<amount>{DIGITS}(?:%|per ?cent))",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"(?:\b(?:goes|go|is|are|drops?|falls?|rises?|gets?)\s+)?"
    r"(?P<side>\bbelow|\bunder|\bless than|\bfewer than|\blower than|<"
    r"|\babove|\bover|\bmore than|\bhigher than|\bexceeds?|>)"
    rf"\s*(?:=\s*)?{AMOUNT}{END}",
    re.IGNORECASE,
)
BELOW = frozenset({"below", "under", "less than", "fewer than", "lower than", "<"})
MOVES = re.compile(rf"\b{VERB}\b", re.IGNORECASE)
CRISIS = re.compile(
    r"\b(?:negative (?:mentions?|comments)|cris[ie]s|surge|shit ?storm)\b", re.IGNORECASE
)
SILENCE = re.compile(
    r"\b(?:no (?:new |more )?data|(?:data )?(?:stops?|stopped|silence|silent)(?: data)?"
    r"|missing data|data (?:are |is )?(?:missing|late))\b",
    re.IGNORECASE,
)
GOAL = re.compile(r"\bgoals?(?: (?:is |are )?at risk)?\b", re.IGNORECASE)
UNUSUAL = re.compile(
    r"\b(?:unusual(?:ly)?|anomal(?:y|ies|ous)|strange|odd|weird|abnormal)"
    r"(?:\s+(?P<way>high|low))?\b",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r"\b(?:when|if|whenever|me|tell|alert|alerts|new|goes|go|is|are|gets?|coming|for|on|about"
    r"|the|than|days?)\b",
    re.IGNORECASE,
)
NEEDS_KPI = frozenset({"threshold", "change", "anomaly"})
USUAL_CHANGE = 0.3


@dataclass(frozen=True)
class Said:
    """The parts of the words that are no question."""

    kind: Kind | None
    side: Side = "both"
    amount: str = ""
    rest: str = ""


def read_draft(context: Context, words: str, channel: str, user: str) -> Draft:
    """Return the rule that words describe, told in ``channel`` unless they name another.

    Raises ``KepiError`` with what would work.
    """
    from kpis.surroundings import look_around

    if len(words) > LONGEST:
        raise KepiError(wording.TOO_LONG)
    with context.database.read() as connection:
        around = look_around(context.database, connection, context.home.workspace)
    today = context.clock().astimezone(ZoneInfo(around.zone)).date()
    return read_words(words, around, today, channel, user)


def read_words(
    words: str, around: Surroundings, today: date, channel: str = "", user: str = ""
) -> Draft:
    """Return the draft of words, given what there is to ask."""
    from kpis.alerts.rules import Rule, Settings
    from kpis.goals.currency import cut_currency

    text = words.replace("&lt;", "<").replace("&gt;", ">").replace("\u00a0", " ")
    where = CHANNEL.search(text)
    text = CHANNEL.sub(" ", text)
    is_live, once = bool(LIVE.search(text)), bool(ONCE.search(text))
    text = ONCE.sub(" ", LIVE.sub(" ", text))
    text = HALF.sub(" by 50 % ", BESIDE.sub(say_beside, text))
    currency, text = cut_currency(text)
    days, text = take_days(text)
    said = find_kind(text)
    question = read_question(said, around, today, words)
    kind = said.kind or "anomaly"
    settings = Settings(
        side=said.side,
        limit=limit_of(kind, said.amount, question),
        days=days,
        is_live=is_live,
        every_time=not once,
        variant=(question.variant or "") if question else "",
        options=question.options if question else (),
        currency=currency,
    )
    rule = Rule(
        0,
        around.workspace,
        where[1] if where else channel,
        kind,
        kpi=question.kpi if question and kind in NEEDS_KPI else "",
        scope=question.scope if question else Rule(0, 0, "", kind).scope,
        settings=settings,
        owner=user,
        by=user,
    )
    return Draft(rule)


def say_beside(found: re.Match[str]) -> str:
    """Return “a week” for “week on week”; other short words stay."""
    unit = found["unit"] or SHORTS.get(found["short"].lower())
    return f" a {unit} " if unit else found[0]


def take_days(text: str) -> tuple[int, str]:
    """Return over how many days is counted, and the words without that."""
    found = DAYS.search(text)
    if found is None:
        return 1, text
    word = (found["unit"] or found["adverb"] or "").lower()
    count = LENGTHS.get(word) or int(found["count"] or 1)
    return max(1, count), f"{text[: found.start()]} {text[found.end() :]}"


def find_kind(text: str) -> Said:
    """Return what kind of rule the words name; none where they name a KPI alone."""
    if found := SILENCE.search(text):
        return Said("silence", rest=without(text, found))
    if (found := CRISIS.search(text)) and not names_number(found, text):
        return Said("crisis", rest=without(text, found))
    if found := MOVES_BY.search(text):
        return Said("change", side_of(found["verb"]), found["amount"], without(text, found))
    if found := LIMIT.search(text):
        side: Side = "below" if found["side"].lower() in BELOW else "above"
        return Said("threshold", side, found["amount"], without(text, found))
    if found := UNUSUAL.search(text):
        way = (found["way"] or "").lower()
        ways: dict[str, Side] = {"high": "above", "low": "below"}
        return Said("anomaly", ways.get(way, "both"), rest=without(text, found))
    if found := MOVES.search(text):
        return Said("change", side_of(found["verb"]), rest=without(text, found))
    if found := GOAL.search(text):
        return Said("goal", rest=without(text, found))
    return Said(None, rest=text)


def names_number(found: re.Match[str], text: str) -> bool:
    """Whether “negative mentions” is the KPI with a limit of its own: “above 20”, “up 50 %”."""
    named = found[0].lower().startswith("negative mention")
    return named and bool(LIMIT.search(text) or MOVES_BY.search(text))


def without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def side_of(verb: str) -> Side:
    if re.fullmatch(DOWN, verb, re.IGNORECASE):
        return "below"
    return "above" if re.fullmatch(UP, verb, re.IGNORECASE) else "both"


def read_question(said: Said, around: Surroundings, today: date, words: str) -> Question | None:
    """Return the KPI and the accounts that are named; nothing where none are."""
    from kpis.parsing import parse
    from kpis.question import Asked

    rest = " ".join(FILLERS.sub(" ", said.rest).split()).strip(" .,;:!?")
    needs = said.kind is None or said.kind in NEEDS_KPI
    if not rest:
        if needs:
            raise KepiError(wording.NO_KPI)
        return None
    asked = parse(rest, today, around.directory)
    if not isinstance(asked, Asked):
        raise KepiError(wording.UNREAD, words=words[:60])
    if needs and asked.overview:
        raise KepiError(wording.NO_KPI)
    if needs and len(asked.questions) > 1:
        raise KepiError(wording.ONE_KPI)
    if asked.questions[0].kpi in around.custom:
        raise KepiError(wording.NOT_OWN)
    return asked.questions[0]


def limit_of(kind: str, amount: str, question: Question | None) -> float:
    """Return the limit in the unit in which it is judged."""
    if kind == "change":
        return read_percent(amount) if amount else USUAL_CHANGE
    if kind == "threshold" and question is not None:
        return read_limit(amount, unit_of(question.kpi, question.variant))
    return 0.0


def unit_of(kpi: str, variant: str | None = None) -> Unit:
    """Return the unit of a KPI's values; counts where it has none."""
    from kpis.catalogue import CATALOGUE, Kpi, Service
    from storage.measures import Unit

    entry = CATALOGUE.get(kpi)
    if isinstance(entry, Kpi):
        variants = entry.variants or {}
        return variants[variant].unit if variant and variant in variants else entry.unit
    return entry.figure.unit if isinstance(entry, Service) else Unit.COUNT
