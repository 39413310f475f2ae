"""What is said about a dropped file, before and after it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from commands.blocks import escape
from commands.wording import count

if TYPE_CHECKING:
    from storage.batch import AccountName, BadRow, Batch
    from storage.imports import Imported, Preview

SHOWN = 10
"""Bad rows named in the message; with more of them the whole list comes as a file."""


def describe(batch: Batch, seen: Preview) -> str:
    """Return “Instagram posts, 143 rows, 1–22 Nov, acme. 141 new”."""
    known = sorted(
        {it.account for it in batch.posts}
        | {it.account for it in batch.days}
        | {it.account for it in batch.windows}
    )
    parts = [batch.title, count(seen.rows + len(seen.bad), "row"), say_dates(seen), say(known)]
    words = f"{', '.join(part for part in parts if part)}. {seen.added:,} new"
    words += f", {seen.changed:,} changed" if seen.changed else ""
    words += f", {seen.same:,} known already" if seen.same else ""
    if fresh := seen.new_accounts:
        words += f"; new account{'' if len(fresh) == 1 else 's'}: {say(fresh)}"
    return escape(f"{words}.")


def say(accounts: Sequence[AccountName]) -> str:
    names = [account.name or account.handle for account in accounts]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return " and ".join(names[:3]) + more if len(names) < 3 else ", ".join(names[:3]) + more


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
    return (
        [*lines, f"And {count(left, 'more bad row')}: all of them in the file."]
        if left > 0
        else lines
    )


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def report(batch: Batch, stored: Imported) -> str:
    """Return “Added 141 posts.”"""
    if stored.id is None:
        return escape(f"{batch.title}: nothing new, all of it was known already.")
    noun = noun_of(batch)
    words = f"Added {count(stored.added, noun)}"
    words += f", changed {stored.changed:,}" if stored.changed else ""
    left = len(stored.left_out)
    words += f"; left out {count(left, 'bad row')}" if left else ""
    return escape(f"{words}.")


def noun_of(batch: Batch) -> str:
    """Return what one row of a file is: “post”, “mention”, “order”; “value” where kinds mix."""
    from storage.record_kinds import EVERY_KIND

    if batch.posts:
        return "post"
    if batch.mentions:
        return "mention"
    return EVERY_KIND[batch.records[0].kind].noun if len(batch.records) == 1 else "value"
