"""Which rows a digest has: the KPIs that were chosen, or the most telling ones that have data.

Reach is told account by account, since people are never added (kpi-catalogue §2); everything else
is one row over all accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpis.answers import Absent, Answer, Reason, Value
from kpis.catalogue import CATALOGUE, Kpi, Service, Table
from kpis.digests.scene import Scene
from kpis.language import People
from kpis.names import title_of
from kpis.question import KnownAccount, Question, Scope
from kpis.records.kinds import reads_records
from kpis.titles import account_title, inside
from kpis.tongue import joined, say
from kpis.ways import supplies, ways_to
from kpis.wording import sentence_case
from storage.platforms import PLATFORMS

MOST_ROWS, MOST_DEFAULT, FEWEST_DEFAULT = 10, 6, 4
MOST_OF_ONE, MOST_REACHES = 4, 3
"""Accounts that have a row of their own, of one KPI: chosen, and by default."""
MOST_ASKED = 60
"""Accounts that are looked at for those rows; a digest of more names the ones it means."""

RATES = ("engagement-rate", "engagement-rate-impressions", "engagements")
FILLING = ("engagements", "clicks", "video-views", "posts")
"""Taken by default until there are ``FEWEST_DEFAULT`` rows."""


@dataclass(frozen=True)
class Pick:
    """A row to be: its answer has a number."""

    question: Question
    answer: Answer
    accounts: tuple[KnownAccount, ...]
    name: str
    """“Reach, Instagram”."""
    subject: str
    """The same within a sentence: “Instagram reach”, “engagement rate”."""


@dataclass
class Picks:
    """The rows, and what is to be said of those that could not be."""

    rows: list[Pick] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """KPIs that were chosen and have no data in these days."""
    notes: list[str] = field(default_factory=list)


def choose(scene: Scene) -> Picks:
    """Return the rows of the digest, at most ``MOST_ROWS``."""
    picks = Picks()
    if not scene.accounts and all(is_of_accounts(it) for it in scene.plan.kpis):
        return picks
    if scene.plan.kpis:
        for kpi in scene.plan.kpis:
            add_chosen(scene, kpi, picks)
        picks.rows = picks.rows[:MOST_ROWS]
    else:
        picks.rows = list(default_rows(scene))
    return picks


def is_service(kpi: str) -> bool:
    return isinstance(CATALOGUE.get(kpi), Service)


def is_of_accounts(kpi: str) -> bool:
    """Whether a KPI is counted account by account: neither issues nor records are."""
    entry = CATALOGUE.get(kpi)
    return isinstance(entry, Kpi) and not reads_records(entry.formula)


def add_chosen(scene: Scene, kpi: str, picks: Picks) -> None:
    """Add the rows of a KPI that somebody chose, or why it has none."""
    entry = CATALOGUE.get(kpi)
    if entry is None:
        return
    if isinstance(entry, Table):
        asks, title = entry.title.lower(), title_of(entry)
        picks.notes.append(say("{title} is a table: /kpi {words}.", title=title, words=asks))
        return
    if is_of_people(entry):
        found = of_each(scene, kpi)
        left = len(found) - MOST_OF_ONE
        picks.rows += found[:MOST_OF_ONE]
        if left > 0:
            most = MOST_OF_ONE
            picks.notes.append(
                say("{kpi}: the {most} largest accounts are shown.", kpi=title_of(entry), most=most)
            )
        if found:
            return
    elif found := of_all(scene, kpi):
        picks.rows += found
        return
    say_why_not(scene, kpi, picks)


def say_why_not(scene: Scene, kpi: str, picks: Picks) -> None:
    answer = scene.ask(kpi, scene.scope, scene.period)
    if answer is None:
        return
    value = answer.main.value
    if isinstance(value, Absent) and value.reason is Reason.NO_DATA:
        picks.missing.append(short(answer.kpi_title))
    elif isinstance(value, Absent):
        title, why = short(answer.kpi_title), value.words
        if value.reason is Reason.UNDEFINED:
            said = say("{name}: not defined: {why}", name=title, why=why)
        else:
            said = say("{name}: {value}", name=title, value=why)
        picks.notes.append(sentence_case(said))


def default_rows(scene: Scene) -> list[Pick]:
    """Return reach of the widest accounts, impressions where reach is not told, rate, followers."""
    reaches = of_each(scene, "reach")[:MOST_REACHES]
    rows = list(reaches)
    told = {it.id for pick in rows for it in pick.accounts}
    if len(rows) < 2 or any(it.id not in told for it in scene.accounts):
        rows += of_all(scene, "impressions")
    rows += next((found for kpi in RATES if (found := of_all(scene, kpi))), [])
    rows += of_all(scene, "followers")
    for kpi in FILLING:
        if len(rows) < FEWEST_DEFAULT and all(it.question.kpi != kpi for it in rows):
            rows += of_all(scene, kpi)
    return rows[:MOST_DEFAULT]


def is_of_people(entry: object) -> bool:
    return isinstance(entry, Kpi) and any(isinstance(it, People) for it in entry.formula.leaves())


def of_each(scene: Scene, kpi: str) -> list[Pick]:
    """Return a row for each account that has a number, exact ones first, then the largest."""
    asked = scene.accounts[:MOST_ASKED]
    found = [pick for account in asked if (pick := of_one(scene, kpi, account))]
    return sorted(found, key=weigh)


def weigh(pick: Pick) -> tuple[bool, bool, float]:
    value = pick.answer.main.value
    assert isinstance(value, Value)
    return is_stand_in(pick.answer), not value.exact, -value.low


def is_stand_in(answer: Answer) -> bool:
    """Whether reach of posts stands in for the account's own."""
    return answer.kpi_title == say("Post reach")


def of_one(scene: Scene, kpi: str, account: KnownAccount) -> Pick | None:
    if not may_ask(scene, kpi, account):
        return None
    question = scene.question(kpi, Scope(accounts=(account.id,)), scene.period)
    answer = scene.answer(question)
    if answer is None or not isinstance(answer.main.value, Value):
        return None
    return pick_there(question, answer, (account,), say_where(scene, (account,)))


def may_ask(scene: Scene, kpi: str, account: KnownAccount) -> bool:
    """Whether the account's platform counts what any way to the KPI reads."""
    entry = CATALOGUE[kpi]
    question = scene.question(kpi, Scope(accounts=(account.id,)), scene.period)
    return isinstance(entry, Kpi) and any(
        supplies(way, account) for way in ways_to(entry, question)
    )


def of_all(scene: Scene, kpi: str) -> list[Pick]:
    """Return the row of all accounts together, if it has a number."""
    scope = Scope() if is_service(kpi) else scene.scope
    question = scene.question(kpi, scope, scene.period)
    answer = scene.answer(question)
    if answer is None or not isinstance(answer.main.value, Value):
        return []
    title = short(answer.kpi_title)
    accounts = counted(scene, answer) if is_of_accounts(kpi) else ()
    if len(accounts) == 1 and len(scene.accounts) > 1:
        return [pick_there(question, answer, accounts, say_where(scene, accounts))]
    return [Pick(question, answer, accounts, title, inside(title))]


def pick_there(
    question: Question, answer: Answer, accounts: tuple[KnownAccount, ...], where: str
) -> Pick:
    """Return a row of one account, which its name says."""
    title = short(answer.kpi_title)
    name = joined([title, where])
    return Pick(question, answer, accounts, name, say_there(where, title))


def say_there(where: str, title: str) -> str:
    """Return “Instagram reach”."""
    return say("{place} {kpi}", place=where, kpi=inside(title))


def counted(scene: Scene, answer: Answer) -> tuple[KnownAccount, ...]:
    """Return the accounts that an answer counts: those of its lines."""
    by_title = {account_title(it): it for it in scene.accounts}
    named = tuple(by_title[it.name] for it in answer.lines if it.name in by_title)
    return named or scene.accounts


def say_where(scene: Scene, accounts: Sequence[KnownAccount]) -> str:
    """Return “Instagram”; with the handle where the digest has several accounts there."""
    account = accounts[0]
    alike = [it for it in scene.accounts if it.platform == account.platform]
    return PLATFORMS[account.platform].title if len(alike) == 1 else account_title(account)


def short(title: str) -> str:
    """Return “Engagement rate” for the usual one, which is by reach."""
    is_usual = title == title_of(CATALOGUE["engagement-rate"])
    return say("Engagement rate") if is_usual else title
