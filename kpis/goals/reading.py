"""Words to a goal: “instagram likes up 20 % next quarter”, in any order.

Days and numbers are cut out first; what is left is read by the grammar of questions, with its
names and near misses. Total: whatever the text, it ends in a ``Draft`` or a ``KepiError``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kpis.catalogue import CATALOGUE
from kpis.goals.amounts import (
    BETTER,
    DOWN,
    LEAST,
    MOST_WORDS,
    UP,
    Said,
    cut_amounts,
    interpret,
)
from kpis.goals.currency import cut_currency
from kpis.goals.dates import Until, cut_until
from kpis.goals.draft import Amount, Draft
from kpis.goals.say import say_every, write_amount
from kpis.goals.shapes import aim_of, better_of, check_goal, unit_of
from kpis.grammar_lexicon import Lexicon, learn
from kpis.grammar_splits import KNOWN_DIMENSIONS
from kpis.names import title_of
from kpis.parsing import parse
from kpis.periods import unit_end, unit_start
from kpis.question import Asked, Baseline, Directory, Grain, Question, Refusal, Scope
from kpis.tongue import grouped, say
from kpis.words import Word, clean, lower, quote, split
from storage.measures import Unit

LONGEST = 300

UNIT = "day|week|month|quarter|year"
EVERY = re.compile(
    rf"(?<![\w.,])(?:(?:a|per|each|every) ({UNIT})|(daily|weekly|monthly|quarterly|yearly))(?!\w)"
    rf"|/ ?({UNIT})(?!\w)"
)
WHY = re.compile(r"(?<!\w)(?:because|so that|in order to|since we)(?!\w)(.*)$")
SITE = re.compile(r"(?<!\w)(?:web ?site|site) (?:visits?|visitors?|traffic|sessions?)(?!\w)")
VERBS = (
    "to|by|from|reach|hit|get|getting|have|keep|hold|stay|be|make|become|achieve|goal|target|aim"
    "|want|need|bring|push|our|new goal|set|set a|set a goal|cross|pass|top|▪|a|of|number of"
)
WORDS = frozenset("|".join((UP, DOWN, LEAST, MOST_WORDS, BETTER, VERBS)).split("|"))
"""Words of goals that the grammar of questions does not know; dropped where they name nothing."""
DIGIT_GAP = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d)")


def read_goal(text: str, today: date, directory: Directory) -> Draft:
    """Return what a text says of a goal, read on ``today``; parts may be missing.

    Raises ``Refusal`` or ``Unclear``, whose one line says what would work.
    """
    if len(text) > LONGEST:
        raise Refusal(
            say(
                "That is {number} characters; say a goal in up to {most}.",
                number=grouped(len(text)),
                most=LONGEST,
            )
        )
    cleaned = clean(DIGIT_GAP.sub(" ", text))
    line = " ".join(lower(cleaned).replace("−", "-").split())
    if not any(map(str.isalnum, line)):
        return Draft(cleaned)
    line, why = cut_why(line, cleaned)
    line = SITE.sub("web traffic", line)
    untils, line = cut_until(line, today, directory.week_start)
    every, line = cut_every(line)
    currency, line = cut_currency(line)
    amounts, bare = cut_amounts(line)
    until = choose_until(untils, every)
    question, notes, private = read_rest(bare, today, directory, bool(amounts))
    start, end = stretch(until, every, today, directory.week_start)
    by_then = until is not None and until.by_then
    if question is None:
        amount = guess_amount(choose_amount(amounts), line)
        draft = Draft(cleaned, amount=amount, start=start, end=end, by_then=by_then)
        return replace(draft, every=every, why=why, private=private, notes=notes)
    check_goal(question.kpi)
    check_own(question.scope, directory)
    draft = fill(question, choose_amount(amounts), line)
    return Draft(
        text=cleaned,
        kpi=question.kpi,
        scope=question.scope,
        variant=question.variant or "",
        options=question.options,
        amount=draft.amount,
        currency=currency,
        better=draft.better,
        start=start,
        end=end,
        by_then=by_then,
        every=every,
        aim=aim_of(question.kpi),
        why=why,
        private=private,
        notes=notes,
    )


def cut_why(line: str, cleaned: str) -> tuple[str, str]:
    """Return the line without its reason, and the reason as it was written."""
    found = WHY.search(line)
    if found is None:
        return line, ""
    return line[: found.start()], cleaned[found.start(1) :].strip(" .:")


def cut_every(line: str) -> tuple[str, str]:
    """Return ``week``, ``month`` or ``quarter`` of a goal that comes back, and the rest."""
    found = EVERY.search(line)
    if found is None:
        return "", line
    word = next(it for it in found.groups() if it)
    every = {"daily": "day"}.get(word, word.removesuffix("ly"))
    if every in ("day", "year"):
        raise Refusal(
            say(
                "A goal comes back each week, month or quarter, not {words}. Try a month.",
                words=quote(found[0].strip()),
            )
        )
    return every, f"{line[: found.start()]} {line[found.end() :]}"


def choose_until(untils: list[Until], every: str) -> Until | None:
    if len(untils) > 1:
        first, second = untils[0].said, untils[1].said
        raise Refusal(
            say(
                "Those are two ends: {first} and {second}. Name one.",
                first=quote(first),
                second=quote(second),
            )
        )
    if untils and every:
        raise Refusal(
            say(
                "A goal comes back {every} or ends {words}, not both. Leave one out.",
                every=say_every(every),
                words=quote(untils[0].said),
            )
        )
    return untils[0] if untils else None


def stretch(
    until: Until | None, every: str, today: date, week_start: int
) -> tuple[date | None, date | None]:
    if until is not None:
        return until.start, until.end
    if not every:
        return None, None
    grain = Grain(every)
    start = unit_start(grain, today, week_start)
    return start, unit_end(grain, start)


def choose_amount(amounts: list[Said]) -> Said | None:
    """Return the only number; of “from 40k to 45k” the second."""
    if len(amounts) < 2:
        return amounts[0] if amounts else None
    aimed = [it for it in amounts if it.before.split()[-1:] == ["to"]]
    others = [it for it in amounts if it not in aimed]
    if len(aimed) == 1 and len(others) == 1 and others[0].before.split()[-1:] == ["from"]:
        return aimed[0]
    first, second = amounts[0].text, amounts[1].text
    raise Refusal(
        say(
            "Those are two numbers: {first} and {second}. Name one.",
            first=quote(first),
            second=quote(second),
        )
    )


def fill(question: Question, said: Said | None, line: str) -> Draft:
    """Return a draft of the amount and its direction alone."""
    better = better_of(question.kpi)
    if said is None:
        return Draft("", better="higher" if better == "neither" else better)
    unit = unit_of(question.kpi, question.variant or "")
    name = title_of(CATALOGUE[question.kpi])
    amount, wanted = interpret(said, unnamed(line, said), unit, better, name)
    return Draft("", amount=amount, better=wanted)


def guess_amount(said: Said | None, line: str) -> Amount | None:
    """Return an amount of nobody knows what yet, in words that a form reads again."""
    if said is None:
        return None
    try:
        amount, better = interpret(said, line, Unit.COUNT, "neither", "That")
    except Refusal:
        return Amount("to", said.seconds or 1.0, said.text)
    return replace(amount, said=write_amount(Draft("", amount=amount, better=better), Unit.COUNT))


def unnamed(line: str, said: Said) -> str:
    """Return the words of a line that may be directions: not those of names like “new”."""
    return line.replace(said.text, " ", 1)


def read_rest(
    line: str, today: date, directory: Directory, has_number: bool
) -> tuple[Question | None, tuple[str, ...], bool]:
    """Return the question that names KPI and scope, or nothing where no KPI is named."""
    rest = drop_words(line, directory)
    if not rest:
        return None, (), False
    asked = parse(rest, today, directory)
    if not isinstance(asked, Asked):
        return None, (), False
    if asked.overview:
        return None, asked.notes, asked.private
    questions = asked.questions
    if len(questions) == 2 and has_number and questions[0].kpi == "reach":
        questions = questions[1:]  # “reach 100k followers”: the verb
    if len(questions) > 1:
        first, second = (title_of(CATALOGUE[it.kpi]).lower() for it in questions[:2])
        raise Refusal(say("One goal at a time: {first} or {second}?", first=first, second=second))
    question = questions[0]
    if question.by or question.baseline != Baseline() or question.as_of:
        raise Refusal(say("A goal is one number: leave out “by …”, “vs …” and “as of …”."))
    return question, asked.notes, asked.private


def drop_words(line: str, directory: Directory) -> str:
    """Return a line without the words of goals, but where they are part of a name."""
    lexicon = learn(directory)
    line = line.replace("▪", " ")
    words = split(line)
    kept: list[Word] = []
    at = 0
    while at < len(words):
        found = lexicon.find(words, at)
        if found is not None:
            kept += words[at : at + found.length]
            at += found.length
            continue
        pair = " ".join(it.text for it in words[at : at + 2])
        if pair in WORDS:
            at += 2
        elif words[at].text in WORDS and not splits(words, at, lexicon):
            at += 1
        else:
            kept.append(words[at])
            at += 1
    return put_together(line, kept)


def splits(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether “by” stands before a dimension or a variant, and not before an end or an amount."""
    if words[at].text != "by":
        return False
    rest = tuple(it.stem for it in words[at + 1 : at + 3])
    known = (*KNOWN_DIMENSIONS, *lexicon.common.variants)
    return any(it and it in known for it in (rest, rest[:1]))


def put_together(line: str, kept: list[Word]) -> str:
    """Return words as a line again, with what joined them: “instagram/acme”, “#care”."""
    said = ""
    for word in kept:
        joint = word.before if word.before == "/" and said else ""
        sign = line[word.start - 1] if word.handle else ""
        said += (joint or (" " if said else "")) + sign + word.text
    return said


def check_own(scope: Scope, directory: Directory) -> None:
    """Refuse a goal for somebody else's accounts."""
    brands = {it.id: it for it in directory.brands}
    rivals = [brands[it].name for it in scope.brands if not brands[it].own]
    rivals += [it.handle for it in directory.accounts if it.id in scope.accounts and not it.own]
    if rivals:
        raise Refusal(
            say(
                "{name} is not yours; a goal is for your own accounts. Leave the name out.",
                name=rivals[0],
            )
        )
