"""A brand that nothing is of any more goes; what names an account or a brand is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, select

from storage.account_list import removed
from storage.accounts import ACCOUNT, BRAND, REMOVED
from storage.experiments import of_workspace
from storage.outgoing_tables import AlertRule, Digest, Goal, Mention
from storage.record_tables import Review
from storage.tables import table_of

DIGEST, RULE, GOAL = table_of(Digest), table_of(AlertRule), table_of(Goal)
MENTION, REVIEW = table_of(Mention), table_of(Review)


class Namings(NamedTuple):
    """How many things name an account by itself, or its brand."""

    goals: int = 0
    alerts: int = 0
    digests: int = 0
    tests: int = 0


def sweep_brand(connection: Connection, workspace: int, brand: int) -> bool:
    """Take a brand away that has no accounts, nothing said of it, and is named nowhere."""
    if is_used(connection, workspace, brand):
        return False
    here = (BRAND.c.workspace == workspace) & (BRAND.c.id == brand) & (BRAND.c.name != REMOVED)
    return connection.execute(delete(BRAND).where(here)).rowcount > 0


def is_used(connection: Connection, workspace: int, brand: int) -> bool:
    for table in (ACCOUNT, MENTION, REVIEW):
        here = (table.c.workspace == workspace) & (table.c.brand == brand)
        if connection.execute(select(table.c.id).where(here).limit(1)).first():
            return True
    if any(it.brand == brand for it in removed(connection, workspace)):
        return True
    return any(namings(connection, workspace, "brands", brand))


def namings(connection: Connection, workspace: int, what: str, number: int) -> Namings:
    """Count what names ``number`` among its ``accounts`` or ``brands``."""
    goals, alerts, digests = (
        sum(number in json.loads(it or "{}").get(what, ()) for it in scopes)
        for scopes in (scopes_of(connection, workspace, it) for it in (GOAL, RULE, DIGEST))
    )
    tests = sum(number in getattr(it.plan, what) for it in of_workspace(connection, workspace))
    return Namings(goals, alerts, digests, tests)


def scopes_of(connection: Connection, workspace: int, table: Table) -> Iterator[str]:
    """Yield the scopes of what still runs."""
    runs = table.c.state == "open" if "state" in table.c else table.c.removed.is_(None)
    statement = select(table.c.scope).where(table.c.workspace == workspace, runs)
    yield from connection.execute(statement).scalars()
