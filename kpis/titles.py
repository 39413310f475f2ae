"""How scopes and answers are called."""

import re

from kpis.names.periods import say_period
from kpis.question import KnownAccount, Question
from kpis.surroundings import Surroundings
from kpis.tongue import ENGLISH, grouped, say, say_count, say_declared, say_noun, spoken
from kpis.tongue import listed as listed_in_tongue
from storage.platforms import PLATFORMS

DAYS = re.compile(r"(\d+) days?")


def account_title(account: KnownAccount) -> str:
    """Return “Instagram acme”."""
    return f"{PLATFORMS[account.platform].title} {account.handle}"


def listed(words: list[str]) -> str:
    """Return “saves”, “saves and clicks”, “likes, saves and clicks”."""
    return listed_in_tongue(words)


def count(number: int, noun: str) -> str:
    """Return “1 post”, “2,140 posts”."""
    return say_noun(noun, number)


def say_written(words: str) -> str:
    """Return the words of a setting as they are said: “365 days”, “never”."""
    found = DAYS.fullmatch(words)
    if found is None:
        return say_declared(words)
    return say_count("{number} day", "{number} days", int(found[1]), number=found[1])


def times(number: int) -> str:
    """Return how often: “once”, “twice”, “3 times”."""
    if number == 1:
        return say("once")
    return say("twice") if number == 2 else say("{number} times", number=grouped(number))


def platform_titles(accounts: tuple[KnownAccount, ...]) -> list[str]:
    """Return the platforms of some accounts, each once, in the order of ``PLATFORMS``."""
    held = {it.platform for it in accounts}
    return [it.title for key, it in PLATFORMS.items() if key in held]


def several(names: list[str]) -> str:
    """Return “Instagram and X”; of three, English says “and” twice."""
    return " and ".join(names) if spoken() == ENGLISH else listed(names)


def scope_title(
    question: Question, accounts: tuple[KnownAccount, ...], surroundings: Surroundings
) -> str:
    """Return what was asked of, as short as it stays clear: “Instagram acme”, “all accounts”."""
    if len(accounts) == 1:
        return account_title(accounts[0])
    if question.scope.brands:
        return several([surroundings.brand_names[it] for it in question.scope.brands])
    if question.scope.accounts:
        return ", ".join(account_title(it) for it in accounts)
    if question.scope.platforms:
        platforms = several(platform_titles(accounts))
        return say("{platforms}, {number} accounts", platforms=platforms, number=len(accounts))
    asked = len(surroundings.choose(question.scope))
    if len(accounts) == asked:
        return say("all {number} accounts", number=asked)
    return say("{number} of {asked} accounts", number=len(accounts), asked=asked)


def title_of(
    question: Question, kpi: str, accounts: tuple[KnownAccount, ...], surroundings: Surroundings
) -> str:
    """Return “Reach · Instagram acme · last 30 days”."""
    scope = scope_title(question, accounts, surroundings)
    return " · ".join([say_split(kpi, question), scope, say_period(question.period)])


def say_split(kpi: str, question: Question) -> str:
    """Return “Reach by content type”, or the title alone where nothing is split."""
    if not question.by:
        return kpi
    return say("{kpi} by {dimension}", kpi=kpi, dimension=say_dimension(question.by))


def inside(title: str) -> str:
    """Return a title as it stands in a sentence: “reach”, but “CTR” and “PPC-equivalent value”."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def say_dimension(by: str) -> str:
    """Return what an answer is split by, as a sentence names it: “content type”."""
    return say_declared(by.replace("-", " "))
