"""Words to a request, and a question back to words: the grammar of docs/asking.md.

``parse`` is pure and total: whatever the text, it ends in a request, or in a ``KepiError`` whose
one line says what would work.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from kpis.grammar_lexicon import learn
from kpis.grammar_request import Reading
from kpis.options import SAID
from kpis.periods import WHOLE, number_week, unit_start
from kpis.question import (
    Asked,
    Baseline,
    Beside,
    Directory,
    Grain,
    KnownAccount,
    Period,
    Question,
    Refusal,
    Request,
    Scope,
)
from kpis.tongue import grouped, say
from kpis.words import clean
from storage.errors import KepiError

CHANNEL = re.compile(r"<#([^<>|]+)(?:\|([^<>]*))?>")
"""A channel as Slack sends it."""
NAMED = re.compile(r"(?<![\w<&/])#([^\W_][\w-]*)")
"""A channel as people type it."""

ELLIPSIS = "…"
"""A range between two days, else a pause."""

LONGEST = 2000
"""Characters: more than anyone types, less than would keep anyone waiting."""


def parse(text: str, today: date, directory: Directory) -> Request:
    """Return what the text asks for, read on ``today`` in the workspace of ``directory``.

    Raises ``Refusal`` or ``Unclear``, never anything else.
    """
    if len(text) > LONGEST:
        raise Refusal(
            say(
                "That is {number} characters; ask in up to {most}, "
                "such as “reach instagram last-30d”.",
                number=grouped(len(text)),
                most=grouped(LONGEST),
            )
        )
    text = name_channels(text, directory)
    words = clean(text)
    try:
        return Reading(words, today, directory, learn(directory)).read()
    except KepiError as trouble:
        if untracked := find_untracked(text, directory):
            raise not_set_up(untracked, directory) from trouble
        if ELLIPSIS not in text:
            raise
        with suppress(KepiError):
            pause = clean(text.replace(ELLIPSIS, " "))
            return Reading(pause, today, directory, learn(directory)).read()
        raise


def name_channels(text: str, directory: Directory) -> str:
    """Return the text with each mention of a tracked channel as “#C012”, whatever its name.

    Raises ``Refusal`` for one that nobody tracks.
    """
    known = {channel.id for channel in directory.channels}
    for found in CHANNEL.finditer(text):
        if found[1] not in known:
            raise not_set_up(f"#{found[2]}" if found[2] else say("That channel"), directory)
    return CHANNEL.sub(r" #\1 ", text)


def find_untracked(text: str, directory: Directory) -> str:
    """Return the first “#board” in a text that is no tracked channel, as it was typed."""
    known = {it.id.lower() for it in directory.channels}
    known |= {it.name.lower() for it in directory.channels}
    named = (it[1] for it in NAMED.finditer(text))
    return next((f"#{it}" for it in named if it.lower() not in known), "")


def not_set_up(said: str, directory: Directory) -> Refusal:
    """Return the refusal of a channel that nobody tracks, as far as who asks may know."""
    tracked = ", ".join(f"#{it.name or it.id}" for it in directory.channels)
    rest = say("Set a channel up: /support setup.")
    if tracked:
        rest = say("Tracked: {channels}.", channels=tracked)
    return Refusal(say("{channel} is not set up. {rest}", channel=said, rest=rest))


def repeat(question: Question, directory: Directory) -> str:
    """Return words that ask the same question, with explicit dates, whatever the day.

    The plainest wording that reads back as the same question: “instagram acme” where that is
    one account, else “instagram/acme”; “acme” where that is the brand, else “brand acme”.
    """
    words = repeat_now(replace(question, as_of=None), directory)
    return " ".join(filter(None, (words, word_moment(question.as_of, directory.zone))))


@lru_cache(maxsize=1024)
def repeat_now(question: Question, directory: Directory) -> str:
    """Return the words of a question that names no moment."""
    texts = list(word_question(question, directory))
    return next((text for text in texts if asks(text, question, directory)), texts[-1])


def asks(text: str, question: Question, directory: Directory) -> bool:
    """Whether a text reads as this question alone."""
    try:
        asked = parse(text, question.today, directory)
    except KepiError:
        return False
    return (
        isinstance(asked, Asked)
        and [strip(one) for one in asked.questions] == [strip(question)]
        and not asked.overview
    )


def strip(question: Question) -> Question:
    """Return the question without its wording."""
    return replace(
        question,
        period=replace(question.period, words=""),
        baseline=replace(question.baseline, words=""),
    )


def word_question(question: Question, directory: Directory) -> Iterator[str]:
    """Yield wordings of a question, the plainest first."""
    start = [*filter(None, (question.view,)), word_kpi(question.kpi, directory)]
    if question.variant:
        start.append(question.variant)
    start += [SAID[it] for it in question.options]
    if question.by:
        start.append(f"by {question.by.replace('-', ' ')}")
    scopes = word_scope(question.scope, directory)
    baselines = word_baseline(question.baseline, directory)
    end = [word_period(question.period, directory.week_start)]
    for scope, baseline in product(scopes, baselines):
        yield " ".join(filter(None, (*start, scope, *end, baseline)))


def word_kpi(key: str, directory: Directory) -> str:
    """Return the name of a KPI: its key where that is a name."""
    said = key.replace("-", " ")
    names = [name for name, known in directory.names.items() if known == key]
    return said if said in names or not names else names[0]


def word_scope(scope: Scope, directory: Directory) -> list[str]:
    """Return a scope in words: as people say it, then as nothing else can be read."""
    accounts = [account for account in directory.accounts if account.id in scope.accounts]
    brands = [brand.name for brand in directory.brands if brand.id in scope.brands]
    names = {it.id: it.name for it in directory.channels}
    plain = [*scope.platforms, *word_accounts(accounts), *brands]
    plain += [f"#{names.get(it) or it}" for it in scope.channels]
    exact = [
        *scope.platforms,
        *(f"#{it}" for it in scope.channels),
        *(f"{account.platform}/{account.handle}" for account in accounts),
        *(f"brand {name}" for name in brands),
    ]
    return [" and ".join(plain), " and ".join(exact)]


def word_accounts(accounts: list[KnownAccount]) -> Iterator[str]:
    """Yield accounts as people say them, “instagram acme”."""
    for account in accounts:
        yield f"{account.platform} {account.handle}"


def word_baseline(baseline: Baseline, directory: Directory) -> list[str]:
    """Return a baseline in words; nothing for the period before, which is taken anyway."""
    if baseline.kind is Beside.PREVIOUS:
        return [""]
    if baseline.kind is Beside.LAST_YEAR:
        return ["vs last year"]
    if baseline.kind is Beside.BENCHMARK:
        return ["vs benchmark"]
    return [f"vs {words}" for words in word_scope(baseline.scope, directory)]


def word_period(period: Period, week_start: int) -> str:
    """Return a period in words that mean the same on any later day."""
    start, last = period.start, period.last
    whole = WHOLE.get(period.grain, period.grain)
    if whole is Grain.DAYS or unit_start(whole, start, week_start) != start:
        return f"{start}" if start == last else f"{start} to {last}"
    if whole is not period.grain:
        return f"{whole.value[0]}td {last}"
    if whole is Grain.WEEK:
        year, week = number_week(start)
        return f"{year}-w{week:02}"
    if whole is Grain.MONTH:
        return f"{start:%Y-%m}"
    return f"{start.year}-q{(start.month + 2) // 3}" if whole is Grain.QUARTER else f"{start.year}"


def word_moment(moment: datetime | None, zone: str) -> str:
    """Return “as of …” in the workspace's zone, with its offset in the hour that comes twice."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    clock = local.replace(tzinfo=None).isoformat(" ", "auto")
    if not local.second and not local.microsecond:
        clock = f"{local:%Y-%m-%d %H:%M}"
    return f"as of {clock}{local.isoformat()[-6:] if twice else ''}"
