"""Accounts as people see them: whose they are, what is held of them, and which were removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, select

from storage.accounts import ACCOUNT, BRAND, REMOVED
from storage.issue_tables import Choice
from storage.overtaken import mark
from storage.tables import Watched, table_of

WATCHED, CHOICE = table_of(Watched), table_of(Choice)
MEMORY = "account.removed:"
"""Key of the choice that remembers what a removed account was; its id follows."""


class Listed(NamedTuple):
    """An account with its brand."""

    id: int
    platform: str
    handle: str
    name: str
    zone: str | None
    external_id: str | None
    brand: int
    brand_name: str
    own: bool

    @property
    def state(self) -> str:
        """A digest of all that a form may change: another one, and somebody changed it."""
        return mark(
            self.platform,
            *(self.handle, self.name, self.zone or "", self.brand, self.brand_name, self.own),
        )

    @property
    def words(self) -> str:
        """The account as the history of changes tells it."""
        side = "own" if self.own else "competitor"
        named = f" “{self.name}”" if self.name else ""
        zone = f", days in {self.zone}" if self.zone else ""
        return f"{self.platform}/{self.handle}{named}, {self.brand_name} ({side}){zone}"


class Holding(NamedTuple):
    """What is held of an account: from its first day until its last, out of how many files."""

    first: date
    last: date
    files: int


class Gone(NamedTuple):
    """An account that was removed: what it was, by whom, and when its data go for good."""

    id: int
    platform: str
    handle: str
    name: str
    external_id: str | None
    brand: int
    by: str
    at: datetime
    erase: datetime | None


COLUMNS = (
    *(ACCOUNT.c[name] for name in ("id", "platform", "handle", "name", "zone", "external_id")),
    ACCOUNT.c.brand,
    BRAND.c.name.label("brand_name"),
    BRAND.c.own,
)


def listing(workspace: int) -> Select[Any]:
    return (
        select(*COLUMNS)
        .join(BRAND, BRAND.c.id == ACCOUNT.c.brand)
        .where(
            ACCOUNT.c.workspace == workspace,
            BRAND.c.workspace == workspace,
            BRAND.c.name != REMOVED,
        )
    )


def listed(connection: Connection, workspace: int) -> list[Listed]:
    """Return the accounts: own brands first, each brand's together."""
    ordered = listing(workspace).order_by(
        BRAND.c.own.desc(), func.lower(BRAND.c.name), ACCOUNT.c.platform, ACCOUNT.c.handle
    )
    return [Listed._make(row) for row in connection.execute(ordered)]


def find_listed(connection: Connection, workspace: int, account: int) -> Listed | None:
    """Return an account of the workspace that was not removed."""
    row = connection.execute(listing(workspace).where(ACCOUNT.c.id == account)).one_or_none()
    return None if row is None else Listed._make(row)


def holdings(
    connection: Connection, workspace: int, some: Iterable[int] | None = None
) -> dict[int, Holding]:
    """Return what is held of accounts: of all, or of ``some``; nothing held is left out."""
    statement = (
        select(
            WATCHED.c.account,
            func.min(WATCHED.c.start),
            func.max(WATCHED.c.end),
            func.count(WATCHED.c.import_id.distinct()),
        )
        .where(WATCHED.c.workspace == workspace, WATCHED.c.account > 0)
        .group_by(WATCHED.c.account)
    )
    if some is not None:
        statement = statement.where(WATCHED.c.account.in_(list(some)))
    return {
        account: Holding(first, end - timedelta(days=1), files)
        for account, first, end, files in connection.execute(statement)
    }


def removed(connection: Connection, workspace: int) -> list[Gone]:
    """Return the accounts that were removed and can come back, the newest first."""
    statement = select(CHOICE.c.key, CHOICE.c.value, CHOICE.c.by, CHOICE.c.at).where(
        CHOICE.c.workspace == workspace, CHOICE.c.key.startswith(MEMORY, autoescape=True)
    )
    rows = [read_memory(*row) for row in connection.execute(statement)]
    return sorted(rows, key=lambda it: it.at, reverse=True)


def find_removed(connection: Connection, workspace: int, account: int) -> Gone | None:
    """Return a removed account that can come back."""
    return next((it for it in removed(connection, workspace) if it.id == account), None)


def read_memory(key: str, value: str, by: str, at: datetime) -> Gone:
    held: Mapping[str, Any] = json.loads(value)
    return Gone(
        id=int(key.removeprefix(MEMORY)),
        platform=held["platform"],
        handle=held["handle"],
        name=held["name"],
        external_id=held["external_id"],
        brand=held["brand"],
        by=by,
        at=at,
        erase=datetime.fromisoformat(held["erase"]) if held["erase"] else None,
    )


def forget_memory(connection: Connection, workspace: int, account: int) -> None:
    """Forget that an account was removed: it is back, or erased."""
    here = (CHOICE.c.workspace == workspace) & (CHOICE.c.key == f"{MEMORY}{account}")
    connection.execute(delete(CHOICE).where(here))
