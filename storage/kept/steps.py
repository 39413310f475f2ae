"""What forgetting does beside rewriting rows: words that belong to somebody by way of others.

The words of a mention have no author of their own, an issue's first words no customer: they are
found through the mention and the issue, and go before those lose their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from storage.database import Database, take_turns
from storage.issue_tables import Desk, Excerpt, Issue, Ledger
from storage.kept.people import Person, Whom
from storage.kept.register import REGISTER
from storage.kept.rewriting import is_their_key, read_object, write_object
from storage.kept.walk import naming, of_keys, pages
from storage.outgoing_tables import Mention
from storage.record_tables import MentionText
from storage.tables import table_of

LEDGER, ISSUE, EXCERPT, DESK = (table_of(it) for it in (Ledger, Issue, Excerpt, Desk))
MENTION, WORDS = table_of(Mention), table_of(MentionText)
FOLDING = 2
"""The turn that folding takes (``support.tracker``)."""
Message = tuple[str, str]
"""Channel and ``ts``."""


def find_conversations(
    database: Database, workspace: int, person: Person, whom: Whom
) -> tuple[str, ...]:
    """Return the networks' conversations in which the person wrote, as the ledger names them."""
    found: dict[str, None] = {}
    for row in their_messages(database, workspace, person, whom):
        said = (read_object(row["details"] or "{}") or {}).get("said", {})
        if said.get("conversation"):
            found[str(said["conversation"])] = None
    return tuple(found)


def their_messages(database: Database, workspace: int, person: Person, whom: Whom) -> Iterator[Any]:
    """Yield channel, ts and details of what the person wrote in tracked channels."""
    where = naming(REGISTER["ledger"], person)
    if where is None:
        return
    columns = LEDGER.c.channel, LEDGER.c.ts, LEDGER.c.actor, LEDGER.c.details
    for keys in pages(database, LEDGER, workspace, and_(where, LEDGER.c.kind == "message")):
        with database.read() as connection:
            here = of_keys(LEDGER, workspace, keys)
            rows = connection.execute(select(*columns).where(here)).mappings().all()
        for row in rows:
            said = (read_object(row["details"] or "{}") or {}).get("said", {})
            if whom.is_user(row["actor"]) or is_their_key(str(said.get("customer", "")), whom):
                yield row


def erase_excerpts(database: Database, workspace: int, person: Person, whom: Whom) -> int:
    """Erase the first words of the person's messages, and of issues that are theirs."""
    messages = [(row["channel"], row["ts"]) for row in their_messages(
        database, workspace, person, whom)]  # fmt: skip
    for row in their_issues(database, workspace, person, whom):
        messages += [(row["channel"], row["root"]), (row["channel"], row["opening"])]
    return sum(erase_some(database, workspace, some) for some in in_portions(messages))


def erase_some(database: Database, workspace: int, messages: list[Message]) -> int:
    named = [and_(EXCERPT.c.channel == channel, EXCERPT.c.ts == ts) for channel, ts in messages]
    with database.write() as connection:
        here = EXCERPT.c.workspace == workspace
        return connection.execute(delete(EXCERPT).where(here, or_(*named))).rowcount


def their_issues(database: Database, workspace: int, person: Person, whom: Whom) -> Iterator[Any]:
    """Yield channel, root and opening of the person's issues."""
    where = naming(REGISTER["issue"], person)
    if where is None:
        return
    for keys in pages(database, ISSUE, workspace, where):
        with database.read() as connection:
            here = of_keys(ISSUE, workspace, keys)
            rows = connection.execute(select(ISSUE).where(here)).mappings().all()
        yield from (row for row in rows if is_their_key(row["customer"], whom))


def erase_titles(database: Database, workspace: int, person: Person, whom: Whom) -> int:
    """Take the titles out of the acts that opened the person's issues by hand."""
    roots = [(row["channel"], row["root"])
             for row in their_issues(database, workspace, person, whom)]  # fmt: skip
    return sum(untitle(database, workspace, some) for some in in_portions(roots))


def untitle(database: Database, workspace: int, roots: list[Message]) -> int:
    named = [and_(LEDGER.c.channel == channel, LEDGER.c.root == root) for channel, root in roots]
    acts = and_(LEDGER.c.workspace == workspace, LEDGER.c.kind == "act", or_(*named))
    count = 0
    with database.write() as connection:
        rows = connection.execute(select(LEDGER.c.id, LEDGER.c.details).where(acts)).all()
        for number, details in rows:
            held = read_object(details or "{}") or {}
            if held.get("more", {}).pop("title", None) is not None:
                here = and_(LEDGER.c.workspace == workspace, LEDGER.c.id == number)
                connection.execute(update(LEDGER).where(here).values(details=write_object(held)))
                count += 1
    return count


def erase_words(database: Database, workspace: int, person: Person, whom: Whom) -> int:
    """Erase the words of the person's mentions."""
    count = 0
    for here in their_words(database, workspace, person, whom):
        with database.write() as connection:
            count += connection.execute(delete(WORDS).where(here)).rowcount
    return count


def their_words(
    database: Database, workspace: int, person: Person, whom: Whom
) -> Iterator[ColumnElement[bool]]:
    """Yield the condition of rows with words of the person's mentions, some mentions at a time."""
    where = naming(REGISTER["mention"], person)
    if where is None:
        return
    columns = MENTION.c.id, MENTION.c.platform, MENTION.c.author
    for keys in pages(database, MENTION, workspace, where):
        with database.read() as connection:
            rows = connection.execute(select(*columns).where(of_keys(MENTION, workspace, keys)))
            theirs = [it.id for it in rows if whom.is_author(it.platform, it.author)]
        if theirs:
            yield and_(WORDS.c.workspace == workspace, WORDS.c.mention.in_(theirs))


def let_boards_go(database: Database, workspace: int) -> None:
    """Let every process read its channels' ledgers anew, before it writes an issue again.

    What a process holds in memory is of the ids before; it looks how far a channel was folded
    whenever it saves, and loads the ledger again where that is not what it remembers. The last
    entry is then folded a second time, which changes nothing.
    """
    with database.write() as connection:
        take_turns(connection, -10 * workspace - FOLDING)
        desks = and_(DESK.c.workspace == workspace, DESK.c.folded > 0)
        for number, channel, folded in connection.execute(
            select(DESK.c.id, DESK.c.channel, DESK.c.folded).where(desks)
        ).all():
            here = and_(DESK.c.workspace == workspace, DESK.c.id == number)
            as_far = other_end(connection, workspace, channel, folded)
            connection.execute(update(DESK).where(here).values(folded=as_far))


def other_end(connection: Connection, workspace: int, channel: str, folded: int) -> int:
    """Return another id up to which the same of a channel is folded; one entry less if need be."""
    newest = connection.execute(
        select(func.max(LEDGER.c.id)).where(LEDGER.c.workspace == workspace)
    ).scalar_one()
    later = select(LEDGER.c.id).where(
        LEDGER.c.workspace == workspace, LEDGER.c.channel == channel, LEDGER.c.id > folded
    )
    if newest is not None and newest > folded and connection.execute(later).first() is None:
        return int(newest)
    return folded - 1


def in_portions(rows: list[Message], at_once: int = 100) -> Iterator[list[Message]]:
    rows = list(dict.fromkeys(rows))
    for start in range(0, len(rows), at_once):
        yield rows[start : start + at_once]
