"""What is said about a dropped file, before and after it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import escape
from commands.saying import say
from storage.said import speak

if TYPE_CHECKING:
    from storage.batch import AccountName, BadRow, Batch
    from storage.column_matches import MatchRow
    from storage.imports import Imported, Preview

SHOWN = 10
"""Bad rows named in the message; with more of them the whole list comes as a file."""


def describe(batch: Batch, seen: Preview) -> str:
    """Return “Instagram posts, 143 rows, 1–22 Nov, acme. 141 new”."""
    from kpis.titles import count
    from kpis.tongue import joined

    known = sorted(
        {it.account for it in batch.posts}
        | {it.account for it in batch.days}
        | {it.account for it in batch.windows}
    )
    parts = [
        speak(batch.title),
        count(seen.rows + len(seen.bad), "row"),
        say_dates(seen),
        name_accounts(known),
    ]
    counted = [say("{count} new", count=grouped(seen.added))]
    if seen.changed:
        counted.append(say("{count} changed", count=grouped(seen.changed)))
    if seen.same:
        counted.append(say("{count} known already", count=grouped(seen.same)))
    added = joined(counted)
    if fresh := seen.new_accounts:
        names = name_accounts(fresh)
        one = say("; new account: {names}", names=names)
        added += one if len(fresh) == 1 else say("; new accounts: {names}", names=names)
    return escape(say("{what}. {added}.", what=joined(parts), added=added))


def name_accounts(accounts: Sequence[AccountName]) -> str:
    """Return “acme and beta”; of more than two, three with commas and how many there are beside."""
    from kpis.tongue import joined, listed

    names = [account.name or account.handle for account in accounts]
    if len(names) < 3:
        return listed(names)
    shown, left = joined(names[:3]), len(names) - 3
    return say("{names} and {number} more", names=shown, number=left) if left else shown


def say_dates(seen: Preview) -> str:
    from kpis.periods import say_days

    if seen.first_day is None or seen.last_day is None:
        return ""
    return say_days(seen.first_day, day_after(seen.last_day), None)


def day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def name_bad(bad: Sequence[BadRow]) -> list[str]:
    """Return the first bad rows, a line each, and how many there are beside them."""
    lines = [escape(sentence(str(row))) for row in bad[:SHOWN]]
    left = len(bad) - SHOWN
    return [*lines, say_left(left)] if left > 0 else lines


def say_left(left: int) -> str:
    """Return how many bad rows are in the file alone."""
    from kpis.tongue import say_count

    return say_count(
        "And {number} more bad row: all of them in the file.",
        "And {number} more bad rows: all of them in the file.",
        left,
    )


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def report(batch: Batch, stored: Imported) -> str:
    """Return “Added 141 posts.”"""
    from kpis.titles import count

    if stored.id is None:
        words = say("{title}: nothing new, all of it was known already.", title=speak(batch.title))
        return escape(words)
    noun = noun_of(batch)
    words = say("Added {rows}", rows=count(stored.added, noun))
    words += say(", changed {count}", count=grouped(stored.changed)) if stored.changed else ""
    left = len(stored.left_out)
    words += say("; left out {rows}", rows=count(left, "bad row")) if left else ""
    return escape(say("{sentence}.", sentence=words))


def noun_of(batch: Batch) -> str:
    """Return what one row of a file is: “post”, “mention”, “order”; “value” where kinds mix."""
    from storage.record_kinds import EVERY_KIND

    if batch.posts:
        return "post"
    if batch.mentions:
        return "mention"
    return EVERY_KIND[batch.records[0].kind].noun if len(batch.records) == 1 else "value"


def grouped(number: int) -> str:
    """Return a number with its thousands grouped as the spoken language does."""
    from kpis.tongue import grouped as group

    return group(number)


THE_MATCH = "the match of these columns"
"""What somebody else changed meanwhile."""


def say_match(zone: str, match: MatchRow, name: str, reader: str) -> str:
    """Return “Read as Mia matched it on 12 Nov 2026.”; to herself, “as you matched it”."""
    day = say_moment(zone, match.at, with_time=False)
    if match.by == reader:
        return say("Read as you matched it on {day}.", day=day)
    if not name:
        return say("Read as it was matched on {day}.", day=day)
    return say("Read as {name} matched it on {day}.", name=name, day=day)


def say_moment(zone: str, at: datetime, *, with_time: bool = True) -> str:
    """Return “12 Nov 2026, 14:02”, or its day alone, in a zone."""
    from kpis.periods import say_days

    local = at.astimezone(ZoneInfo(zone))
    day = say_days(local.date(), day_after(local.date()), None)
    return f"{day}, {local:%H:%M}" if with_time else day
