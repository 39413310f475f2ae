"""What Home tells once there are numbers: accounts, digests, alerts, goals, customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, cut, escape
from commands.digests.words import say_every
from commands.home.facts import Digest, Facts, Held
from commands.home.moments import say_age, say_date, say_moment
from commands.home.pieces import context, section
from commands.home.steps import say_place, say_places
from commands.saying import joined, say, say_count
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from storage.at_a_glance import OpenAlert

LINES = 5
MOST_ACCOUNTS, MOST_DIGESTS, MOST_ALERTS = 60, 4, 4
OLD = timedelta(days=8)
"""Data that end before are said to be old: last week's export is missing."""
TITLE = 120


def compose_accounts(facts: Facts) -> list[Block]:
    """Return own accounts, then competitors', each brand by itself: “data to 21 Nov”."""
    if not facts.accounts:
        return [section(say("*Accounts*\nNone yet: add one, or drop an export in Messages."))]
    shown = facts.accounts[:MOST_ACCOUNTS]
    blocks: list[Block] = []
    for (own, brand), accounts in groupby(shown, key=lambda it: (it.own, it.brand)):
        head = f"*{escape(brand)}*" if own else say("*{brand}* · competitor", brand=escape(brand))
        blocks += sections([head, *say_accounts(list(accounts), facts)])
    if left := len(facts.accounts) - len(shown):
        blocks.append(context([say("and {number} more", number=left)]))
    return blocks


def sections(lines: list[str]) -> list[Block]:
    """Return lines five to a section."""
    return [section("\n".join(lines[at : at + LINES])) for at in range(0, len(lines), LINES)]


def say_accounts(accounts: Sequence[Held], facts: Facts) -> list[str]:
    """Return a line for each handle and last day: “Instagram, X acme · data to 21 Nov”."""
    lines: dict[tuple[str, date | None], list[str]] = {}
    for it in accounts:
        lines.setdefault((it.handle, it.last), []).append(PLATFORMS[it.platform].title)
    own = bool(accounts) and accounts[0].own
    return [
        say_held(escape(f"{say(', ').join(titles)} {handle}"), last, facts, own=own)
        for (handle, last), titles in lines.items()
    ]


def say_held(name: str, last: date | None, facts: Facts, *, own: bool) -> str:
    """Return up to which day there are data; what is old says so."""
    if last is None:
        return say("{account} · no data yet", account=name)
    day, age = say_date(last, facts.today), facts.today - last
    if own and age > OLD:
        return say(
            "{account} · data to {day}, {number} days old",
            account=name,
            day=day,
            number=age.days,
        )
    return say("{account} · data to {day}", account=name, day=day)


def compose_digests(facts: Facts) -> Block:
    """Return the next digests: which, where, when, in which zone, and when one last went out."""
    if not facts.digests:
        return section(say("*Digests*\nMonday digest: not set"))
    lines = [say_digest(it, facts) for it in facts.digests[:MOST_DIGESTS]]
    left = len(facts.digests) - len(lines)
    if left > 0:
        lines[-1] = say("and {number} more", number=left + 1)
    return section("\n".join([say("*Digests*"), *lines]))


def say_digest(it: Digest, facts: Facts) -> str:
    """Return “Weekly, #marketing · next Mon 30 Nov 09:00, Stockholm time · last 23 Nov”."""
    from kpis.wording import say_zone

    plan, today = it.plan, facts.today
    zone = ZoneInfo(plan.zone)
    parts = [joined([say_every(plan.cadence), say_place(plan.channel)])]
    when = say_moment(it.due, zone, today)
    if plan.paused is not None:
        parts.append(say("paused"))
    elif it.is_held:
        parts.append(say("next one held, due {when}", when=when))
    else:
        parts.append(say("next {when}, {zone}", when=when, zone=escape(say_zone(plan.zone))))
    parts.append(say_last(it, zone, facts))
    return " · ".join(parts)


def say_last(it: Digest, zone: ZoneInfo, facts: Facts) -> str:
    """Return when the last one went out, or that it did not."""
    if it.last is None:
        return say("none sent yet")
    if it.last.state == "sent":
        moment = say_moment(it.last.sent or it.last.due, zone, facts.today)
        return say("last sent {when}", when=moment)
    if it.last.state in ("due", "sending"):
        return say("one is on its way")
    return say("the last one was not sent")


def compose_now(facts: Facts) -> list[Block]:
    """Return what is open: alerts, goals, customers who wait; and what needs care."""
    lines = [*say_alerts(facts), *say_goals(facts), *say_customers(facts), *say_care(facts)]
    return sections([say("*Open now*"), *lines]) if lines else []


def say_alerts(facts: Facts) -> list[str]:
    """Return the open alerts, the newest first, each with where it was told."""
    lines = [say_alert(it, facts) for it in facts.alerts[:MOST_ALERTS]]
    left = len(facts.alerts) - len(lines)
    if left <= 0:
        return lines
    return [*lines, say_count("and {number} more alert", "and {number} more alerts", left)]


def say_alert(it: OpenAlert, facts: Facts) -> str:
    title = escape(cut(it.title, TITLE))
    since = say_moment(it.began, facts.zone, facts.today)
    return say(
        "Alert: {title} · since {when} · {place}",
        title=title,
        when=since,
        place=say_place(it.channel),
    )


def say_goals(facts: Facts) -> list[str]:
    """Return one line: “Goals: 3 · 1 ahead, 2 behind”."""
    if not facts.goals:
        return []
    counts = Counter(it.pace for it in facts.goals)
    said = [
        (say("{number} ahead", number=counts["ahead"]), counts["ahead"]),
        (say("{number} on pace", number=counts["on pace"]), counts["on pace"]),
        (say("{number} behind", number=counts["behind"]), counts["behind"]),
    ]
    parts = [words for words, many in said if many]
    line = say("Goals: {number}", number=len(facts.goals))
    return [" · ".join([line, say(", ").join(parts)]) if parts else line]


def say_customers(facts: Facts) -> list[str]:
    """Return how many customers wait in the channels that the reader sees into."""
    if facts.waiting_since is not None:
        age = say_age(facts.waiting_since, facts.now)
        return [
            say("Customers: {number} waiting, the oldest for {age}", number=facts.waiting, age=age)
        ]
    if not facts.tracked:
        return []
    return [say("Customers: nobody waits · {places}", places=say_places(facts.tracked))]


def say_care(facts: Facts) -> list[str]:
    """Return what needs somebody's care, each with what helps."""
    lines = []
    if facts.lost:
        lines.append(say("Needs care: {number} not sent in 7 days. See Status.", number=facts.lost))
    old = [it for it in facts.accounts if it.own and it.last and facts.today - it.last > OLD]
    if old:
        names = list(dict.fromkeys(PLATFORMS[it.platform].title for it in old))
        lines.append(
            say(
                "Needs care: old data of {platforms}. Drop a newer export in Messages.",
                platforms=say(", ").join(names),
            )
        )
    return lines
