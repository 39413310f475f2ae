"""The Ask form read back: the question that it asks, or what is wrong at which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from commands import wording
from commands.blocks import cut
from commands.question_form import (
    ALL,
    BENCHMARK,
    NONE,
    RIVALS,
    SAME,
    compare_choices,
    read_scope,
    scope_choices,
)
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.question import Baseline, Question, Scope
    from kpis.surroundings import Surroundings

DEFAULT_DAYS = 28
GONE = "That is not here any more. Choose another."


class Misread(KepiError):
    """What a form says that cannot be: ``field`` is where."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


def read_form(filled: Mapping[str, Any], question: Question, around: Surroundings) -> Question:
    """Return ``question`` as the form changes it; raises ``Misread`` for what cannot be.

    What was offered may be gone meanwhile: another account was removed, a KPI of the team's own.
    """
    kpi = str(filled.get("kpi") or question.kpi)
    changed = replace(
        question,
        kpi=read_kpi(kpi, around),
        variant=question.variant if kpi == question.kpi else None,
        by=read_split(str(filled.get("by") or NONE), kpi, question, around),
        scope=read_own_scope(str(filled.get("scope") or SAME), question.scope, around),
        as_of=None,
    )
    changed = read_compare(str(filled.get("compare") or SAME), changed, around)
    days = str(filled.get("days") or "").strip() or str(filled.get("period") or SAME)
    return changed if days == SAME else read_days(days, changed, around)


def read_kpi(key: str, around: Surroundings) -> str:
    try:
        around.entry(key)
    except KeyError as trouble:
        raise Misread("kpi", say("That KPI is not here any more. Choose another.")) from trouble
    return key


def read_split(by: str, kpi: str, question: Question, around: Surroundings) -> str | None:
    """Return what to split by; one that the KPI does not take goes with a change of KPI alone."""
    from kpis.names import title_of
    from kpis.question import DIMENSIONS
    from kpis.tongue import say_declared

    if by == NONE:
        return None
    known = around.directory.dimensions.get(kpi, ())
    if by in known:
        return by
    if by == question.by and kpi != question.kpi:
        return None
    title, said = title_of(around.entry(kpi)), [say_declared(DIMENSIONS[it]) for it in known]
    if not said:
        raise Misread("by", say("{kpi} can't be split. Choose “Nothing”.", kpi=title))
    words = say("{kpi} can't be split by that. It can by: {splits}.", kpi=title,
                splits=", ".join(said))  # fmt: skip
    raise Misread("by", words)


def read_own_scope(code: str, before: Scope, around: Surroundings) -> Scope:
    """Return the scope that a choice names, of what there is in the workspace."""
    if code in (SAME, ALL):
        return read_scope(code, before)
    if not is_offered(code, scope_choices(around)):
        raise Misread("scope", say(GONE))
    return read_scope(code, before)


def is_offered(code: str, choices: Iterable[tuple[str, str]]) -> bool:
    return any(code == it for it, _ in choices)


def read_compare(code: str, question: Question, around: Surroundings) -> Question:
    """Return ``question`` beside what a choice names, on its platforms as words would have it."""
    from kpis.question import Baseline, Beside

    match code:
        case _ if code == SAME:
            return question
        case "previous":
            return replace(question, baseline=Baseline())
        case "year":
            return replace(question, baseline=Baseline(Beside.LAST_YEAR, words="last year"))
        case _ if code == BENCHMARK:
            return replace(question, baseline=Baseline(Beside.BENCHMARK, words="benchmark"))
    known = [(it.value, "") for it in compare_choices(around)]
    if not is_offered(code, known):
        raise Misread("compare", say(GONE))
    try:
        scope = find_others(code, question.scope, around)
    except KepiError as trouble:
        raise Misread("compare", str(trouble)) from trouble
    return replace(question, baseline=beside(scope, around))


def find_others(code: str, scope: Scope, around: Surroundings) -> Scope:
    """Return the accounts that a scope is compared with; raises ``KepiError`` for none there."""
    from kpis.grammar_parts import Against
    from kpis.grammar_scope import choose_rival_scope, choose_rivals, narrow, platforms_of
    from kpis.question import Beside, Scope

    kind, _, name = code.partition(":")
    directory = around.directory
    platforms = platforms_of(scope, directory)
    if kind == RIVALS:
        return Scope(accounts=tuple(sorted(choose_rivals(platforms, directory))))
    if kind == "brand":
        return narrow(Scope(platforms, (), (int(name),)), directory)
    return choose_rival_scope(Against(Beside.ACCOUNTS, platforms=[name]), scope, directory)


def beside(scope: Scope, around: Surroundings) -> Baseline:
    from kpis.grammar_scope import say_scope
    from kpis.question import Baseline, Beside

    return Baseline(Beside.ACCOUNTS, scope, say_scope(scope, around.directory))


def read_days(words: str, question: Question, around: Surroundings) -> Question:
    """Return ``question`` over the days that ``words`` name."""
    from kpis.parsing import parse
    from kpis.question import Asked, Baseline, Scope

    unread = Misread("days", say(wording.UNREAD_DAYS, words=cut(words, 60)))
    try:
        asked = parse(words, question.today, around.directory)
    except KepiError as trouble:
        raise unread from trouble
    # Words that name days and nothing else are a question for the overview.
    if not isinstance(asked, Asked) or not asked.overview or asked.private:
        raise unread
    read = asked.questions[0]
    if (read.scope, read.by, read.baseline) != (Scope(), None, Baseline()):
        raise unread
    if not names_days(words, read, around):
        raise unread
    return replace(question, period=read.period)


def names_days(words: str, read: Question, around: Surroundings) -> bool:
    """Say whether words name days at all: fillers alone are asked over the usual 28 of them.

    Beside another period, those that name one say something else than it.
    """
    from kpis.parsing import parse
    from kpis.periods import last_days
    from kpis.question import Asked

    if read.period != last_days(DEFAULT_DAYS, read.today):
        return True
    try:
        asked = parse(f"yesterday {words}", read.today, around.directory)
    except KepiError:
        return True
    return not isinstance(asked, Asked) or asked.questions[0].period.days != 1
