"""How scopes and answers are called."""

from kpis.question import KnownAccount, Question
from kpis.surroundings import Surroundings
from storage.platforms import PLATFORMS


def account_title(account: KnownAccount) -> str:
    """Return “Instagram acme”."""
    return f"{PLATFORMS[account.platform].title} {account.handle}"


def listed(words: list[str]) -> str:
    """Return “saves”, “saves and clicks”, “likes, saves and clicks”."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count(number: int, noun: str) -> str:
    """Return “1 post”, “2,140 posts”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def platform_titles(accounts: tuple[KnownAccount, ...]) -> list[str]:
    """Return the platforms of some accounts, each once, in the order of ``PLATFORMS``."""
    held = {it.platform for it in accounts}
    return [it.title for key, it in PLATFORMS.items() if key in held]


def scope_title(
    question: Question, accounts: tuple[KnownAccount, ...], surroundings: Surroundings
) -> str:
    """Return what was asked of, as short as it stays clear: “Instagram acme”, “all accounts”."""
    if len(accounts) == 1:
        return account_title(accounts[0])
    if question.scope.brands:
        return " and ".join(surroundings.brand_names[it] for it in question.scope.brands)
    if question.scope.accounts:
        return ", ".join(account_title(it) for it in accounts)
    if question.scope.platforms:
        return f"{' and '.join(platform_titles(accounts))}, {len(accounts)} accounts"
    asked = len(surroundings.choose(question.scope))
    return (
        f"all {asked} accounts"
        if len(accounts) == asked
        else f"{len(accounts)} of {asked} accounts"
    )


def title_of(
    question: Question, kpi: str, accounts: tuple[KnownAccount, ...], surroundings: Surroundings
) -> str:
    """Return “Reach · Instagram acme · last 30 days”."""
    parts = [kpi, scope_title(question, accounts, surroundings), question.period.words]
    if question.by:
        parts[0] = f"{kpi} by {question.by.replace('-', ' ')}"
    return " · ".join(parts)
