"""Forgetting somebody: their ids become a pseudonym, their words go, every count stays.

What is to be forgotten stands in an **order** (a ``choice``) until it is done: the id in it says
no more than the rows that still hold it, and it goes with the last of them. So a crash loses
nothing: whoever finds an order carries it out, with the same pseudonyms. Of the person a salted
hash stays (``Forgotten``), so that an older copy that is restored is made to forget them again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from storage.database import Database
from storage.errors import KepiError
from storage.house_tables import Erasure
from storage.issue_tables import Choice
from storage.kept.again import Forgotten, find_again, forgotten_in, write_forgotten
from storage.kept.people import One, Person
from storage.kept.register import REGISTER, table_named
from storage.kept.steps import (
    erase_excerpts,
    erase_titles,
    erase_words,
    find_conversations,
    let_boards_go,
)
from storage.kept.walk import ORDER, naming, pages, rewrite_rows
from storage.leaving import LEFT
from storage.scrubbing import scrub
from storage.support_notes import choose
from storage.tables import Account, table_of
from storage.workspaces import mark_changed

ERASURE, CHOICE, ACCOUNT = table_of(Erasure), table_of(Choice), table_of(Account)
PASSES = 6
"""Rows that came in meanwhile are found by another; usually the second finds none."""
FIRST = ("ledger", "desk_rules")
"""Issues are made from them, so they come before."""

Told = Callable[[int], None]
"""Told how many rows changed since the last time."""


@dataclass(frozen=True)
class Order:
    """Somebody who is being forgotten."""

    erasure: int
    person: Person
    secret: str
    """Key of the pseudonyms; it goes with the order."""
    heir: str = ""
    """Who takes over digests, goals and alerts."""


@dataclass(frozen=True)
class Done:
    """What came of an order."""

    rows: int
    is_scrubbed: bool
    """Nothing of it stays in the file; else that is tried again within a day."""


def begin(connection: Connection, workspace: int, person: Person, by: str, at: datetime) -> Order:
    """Write an order down, or return the one there is; raises ``KepiError`` for an own account."""
    refuse_account(connection, workspace, person)
    for order in find_orders(connection, workspace):
        if replace(order.person, conversations=()) == replace(person, conversations=()):
            return order
    number = connection.execute(
        insert(ERASURE)
        .values(workspace=workspace, what="person", by=by, at=at, rows=0)
        .returning(ERASURE.c.id)
    ).scalar_one()
    order = Order(int(number), person, secrets.token_hex(32), by if by != person.user else "")
    write_order(connection, workspace, order, at)
    return order


def refuse_account(connection: Connection, workspace: int, person: Person) -> None:
    """Keep the handle of a brand from being forgotten: its numbers are asked for by it."""
    if not person.handle:
        return
    statement = select(ACCOUNT.c.platform, ACCOUNT.c.handle).where(
        ACCOUNT.c.workspace == workspace, ACCOUNT.c.platform == person.platform
    )
    for platform, handle in connection.execute(statement):
        if handle.casefold() == person.handle.casefold():
            raise KepiError(
                "{platform}/{handle} is one of your accounts, not a customer. Remove it "
                "instead: /kpi accounts",
                platform=platform,
                handle=handle,
            )


def write_order(connection: Connection, workspace: int, order: Order, at: datetime) -> None:
    choose(connection, workspace, f"{ORDER}{order.erasure}", asdict(order), "", at)


def find_orders(connection: Connection, workspace: int) -> list[Order]:
    """Return who is still being forgotten, oldest first."""
    statement = (
        select(CHOICE.c.value)
        .where(CHOICE.c.workspace == workspace, CHOICE.c.key.startswith(ORDER))
        .where(CHOICE.c.key != LEFT)
        .order_by(CHOICE.c.at, CHOICE.c.key)
    )
    return [read_order(json.loads(words)) for (words,) in connection.execute(statement)]


def read_order(held: dict[str, Any]) -> Order:
    person = held["person"]
    lists = {it: tuple(person[it]) for it in ("names", "conversations")}
    return Order(**held | {"person": Person(**person | lists)})


def resume(database: Database, workspace: int, now: datetime) -> int:
    """Carry out what a stop cut off; return how many people that were."""
    with database.read() as connection:
        orders = find_orders(connection, workspace)
    for order in orders:
        carry_out(database, workspace, order, now)
    return len(orders)


def forget_again(
    database: Database, workspace: int, forgotten: Sequence[Forgotten], by: str, now: datetime
) -> int:
    """Forget in a restored copy whoever was forgotten since it was made; return how many.

    ``forgotten`` is what ``storage.kept.again.forgotten_in`` gave of the database that the copy
    takes the place of. Whom the copy itself knows as forgotten is left alone: their rows are of
    somebody new.
    """
    with database.read() as connection:
        known = {it.salt for it in forgotten_in(connection, workspace)}
        missed = [it for it in forgotten if it.salt not in known]
        people = find_again(connection, workspace, missed)
    for person in people:
        with database.write() as connection:
            order = begin(connection, workspace, person, by, now)
        carry_out(database, workspace, order, now)
    with database.write() as connection:
        for it in missed:
            write_forgotten(connection, workspace, it, now)
    return len(people)


def carry_out(
    database: Database, workspace: int, order: Order, now: datetime, told: Told | None = None
) -> Done:
    """Forget somebody, in short transactions; the order is gone once nothing is left to do."""
    order = complete(database, workspace, order, now)
    whom, rows = One(order.person, order.secret, order.heir), 0
    for _ in range(PASSES):
        changed = erase_once(database, workspace, order.person, whom, told)
        rows += changed
        if not changed:
            break
    with database.write() as connection:
        finish(connection, workspace, order, rows, now)
    return Done(rows, scrub(database))


def complete(database: Database, workspace: int, order: Order, now: datetime) -> Order:
    """Return the order with the conversations that have to get another name, too."""
    whom = One(order.person, order.secret, order.heir)
    found = find_conversations(database, workspace, order.person, whom)
    known = tuple(dict.fromkeys((*order.person.conversations, *found)))
    if known == order.person.conversations:
        return order
    order = replace(order, person=replace(order.person, conversations=known))
    with database.write() as connection:
        write_order(connection, workspace, order, now)
    return order


def erase_once(
    database: Database, workspace: int, person: Person, whom: One, told: Told | None
) -> int:
    """Go through all tables once; return how many rows changed."""
    changed = 0
    for step in (erase_words, erase_excerpts, erase_titles):
        changed += step(database, workspace, person, whom)
    if told is not None and changed:
        told(changed)
    walk = partial(walk_table, database, workspace, person=person, whom=whom, told=told)
    of_ledger = sum(walk(name) for name in FIRST)
    if of_ledger:
        let_boards_go(database, workspace)
    return changed + of_ledger + sum(walk(name) for name in REGISTER if name not in FIRST)


def walk_table(
    database: Database,
    workspace: int,
    name: str,
    *,
    person: Person,
    whom: One,
    told: Told | None,
) -> int:
    """Take the person out of one table."""
    kept = REGISTER[name]
    where = naming(kept, person)
    if where is None:
        return 0
    found = pages(database, table_named(name), workspace, where)
    return sum(rewrite_rows(database, workspace, kept, keys, whom, told) for keys in found)


def finish(connection: Connection, workspace: int, order: Order, rows: int, now: datetime) -> None:
    """Say that somebody was forgotten, and forget the order; another process may have."""
    key = CHOICE.c.key == f"{ORDER}{order.erasure}"
    if not connection.execute(delete(CHOICE).where(CHOICE.c.workspace == workspace, key)).rowcount:
        return
    here = (ERASURE.c.workspace == workspace) & (ERASURE.c.id == order.erasure)
    connection.execute(update(ERASURE).where(here).values(done=now, rows=ERASURE.c.rows + rows))
    write_forgotten(connection, workspace, Forgotten.of(order.erasure, order.person), now)
    mark_changed(connection, workspace)
