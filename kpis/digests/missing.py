"""Which data a period still lacks, account by account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kpis.frame import Span
from kpis.periods import say_day, say_days
from kpis.question import KnownAccount, Period
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.titles import account_title, listed
from kpis.tongue import say
from storage.platforms import PLATFORMS
from storage.tables import day_number

MOST_NAMES = 6
LIVELY_DAYS = 60
"""A source that was read in the days before the period is expected again."""
QUIET_DAYS = 4
"""Days without a post after which posts may be missing, where nothing else is read."""
QUIET_BESIDE_DAYS = 10
"""The same where the account's days are read: then only its posts are behind."""


@dataclass(frozen=True)
class Missing:
    """What one account lacks of a period."""

    account: KnownAccount
    name: str
    """“TikTok”, “Instagram posts”."""
    lack: str
    """“after 15 Nov”, “18–19 Nov”, “(nothing yet)”."""
    is_late: bool
    """The end is missing, so a newer export would help; else there is a hole."""

    @property
    def words(self) -> str:
        return say("{names} {lack}", names=self.name, lack=self.lack)


def say_missing(found: Iterable[Missing]) -> tuple[str, ...]:
    """Return what is missing, those that lack the same together: “X and TikTok after 15 Nov”."""
    by_lack: dict[str, list[str]] = {}
    for it in found:
        by_lack.setdefault(it.lack, []).append(it.name)
    return tuple(
        say("{names} {lack}", names=list_some(names), lack=lack) for lack, names in by_lack.items()
    )


def list_some(names: list[str]) -> str:
    """Return “X and TikTok”; of many the first ones and how many more."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    more = say("{number} more", number=len(names) - MOST_NAMES + 1)
    return listed([*names[: MOST_NAMES - 1], more])


def find_missing(
    accounts: Sequence[KnownAccount],
    period: Period,
    around: Surroundings,
    today: date,
    *,
    as_of: datetime | None = None,
    lag: int = 0,
) -> list[Missing]:
    """Return what is missing of a period's days before ``today``, the latest end first.

    ``lag``: days at the end that no platform need have given yet.
    """
    end = min(period.end, today - timedelta(days=lag))
    if end <= period.start:
        return []
    own = [it for it in accounts if it.own]
    found = [
        miss for it in own for miss in of_account(it, accounts, period.start, end, around, as_of)
    ]
    return sorted(found, key=lambda it: (not it.is_late, it.account.id))


def of_account(
    account: KnownAccount,
    accounts: Sequence[KnownAccount],
    start: date,
    end: date,
    around: Surroundings,
    as_of: datetime | None,
) -> list[Missing]:
    name = name_account(account, accounts)
    first, last = day_number(start), day_number(end)
    days = [it for it in around.watched(False, as_of) if it.account == account.id]
    posts = [it for it in around.watched(True, as_of) if it.account == account.id]
    if not days and not posts:
        return [Missing(account, name, say("(nothing yet)"), True)]
    found = []
    year = end.year
    if is_lively(days, first):
        found += of_days(account, name, days, first, last, year)
    quiet = QUIET_BESIDE_DAYS if is_lively(days, first) else QUIET_DAYS
    if is_lively(posts, first) and (behind := behind_by(posts, last)) >= quiet:
        have = day_of(last - behind - 1)
        if not found:
            found.append(late(account, say("{name} posts", name=name), have, year))
    elif not days and not is_lively(posts, first):
        have = day_of(max(it.end for it in posts) - 1)
        found.append(late(account, name, have, year))
    if not found and days and not is_lively(days, first) and not is_lively(posts, first):
        have = day_of(max(it.end for it in (*days, *posts)) - 1)
        found.append(late(account, name, have, year))
    return found


def late(account: KnownAccount, name: str, have: date, year: int) -> Missing:
    """Return that all is missing after the last day that there is."""
    return Missing(account, name, say("after {day}", day=say_day(have, year)), True)


def is_lively(spans: Sequence[Span], first: int) -> bool:
    """Whether a source was read shortly before the period, or in it."""
    return any(it.end > first - LIVELY_DAYS for it in spans)


def behind_by(spans: Sequence[Span], last: int) -> int:
    """Return how many days before ``last`` nothing was read."""
    return last - min(last, max(it.end for it in spans))


def of_days(
    account: KnownAccount, name: str, spans: Sequence[Span], first: int, last: int, year: int
) -> list[Missing]:
    """Return the missing end of an account's days, and the holes before it."""
    held = {day for it in spans for day in range(max(it.start, first), min(it.end, last))}
    reached = max(it.end for it in spans)
    found = []
    if reached < last:
        have = day_of(reached - 1)
        found.append(late(account, name, have, year))
    holes = [it for it in range(first, min(last, reached)) if it not in held]
    if holes:
        said = listed([say_days(day_of(a), day_of(b), year) for a, b in runs(holes)])
        found.append(Missing(account, name, said, False))
    return found


def runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of days that follow each other, half-open."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and found[-1][1] == day:
            found[-1] = (found[-1][0], day + 1)
        else:
            found.append((day, day + 1))
    return found


def name_account(account: KnownAccount, accounts: Sequence[KnownAccount]) -> str:
    alike = [it for it in accounts if it.platform == account.platform]
    return PLATFORMS[account.platform].title if len(alike) == 1 else account_title(account)
