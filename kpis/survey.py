"""Reads what a workspace has: accounts and brands, what was read when, known breaks, imports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from kpis.frame import Span
from kpis.question import KnownAccount, KnownBrand, KnownChannel
from kpis.readers.columns import ACCOUNT, TABLES, number
from storage.accounts import REMOVED
from storage.platforms import PLATFORMS

BRAND, WORKSPACE, IMPORT = TABLES["brand"], TABLES["workspace"], TABLES["import"]
WATCHED, EPOCH = TABLES["watched"], TABLES["definition_epoch"]

OF_ACCOUNTS = ("posts", "account-days")
"""Sources that are read account by account; all others are kinds of records."""


class Epoch(NamedTuple):
    """A day from which a platform counts a measure otherwise."""

    platform: str
    measure: str
    day: date
    note: str


class Taken(NamedTuple):
    """An import that stands."""

    format: str
    id: int
    at: datetime
    file_name: str
    by: str


class Home(NamedTuple):
    """What a workspace chose for its days and weeks."""

    zone: str
    week_start: int


class Watched(NamedTuple):
    """Days for which a source was read, by an import; of records without an account."""

    source: str
    account: int
    start: int
    end: int
    import_id: int

    @property
    def is_of_accounts(self) -> bool:
        return self.source in OF_ACCOUNTS

    @property
    def is_of_posts(self) -> bool:
        return self.source == "posts"


def read_home(connection: Connection, workspace: int) -> Home:
    row = connection.execute(
        select(WORKSPACE.c.zone, WORKSPACE.c.week_start).where(WORKSPACE.c.id == workspace)
    ).one()
    return Home(*row)


def read_brands(connection: Connection, workspace: int) -> tuple[KnownBrand, ...]:
    """Return the brands, without those that were removed."""
    rows = connection.execute(
        select(BRAND.c.id, BRAND.c.name, BRAND.c.own)
        .where(BRAND.c.workspace == workspace, BRAND.c.name != REMOVED)
        .order_by(BRAND.c.id)
    )
    return tuple(KnownBrand(*row) for row in rows)


def read_accounts(
    connection: Connection, workspace: int, brands: Sequence[KnownBrand]
) -> tuple[tuple[KnownAccount, ...], dict[int, str]]:
    """Return the accounts of some brands, and the zone of each one's reported days."""
    own = {it.id: it.own for it in brands}
    rows = connection.execute(
        select(
            ACCOUNT.c.id,
            ACCOUNT.c.platform,
            ACCOUNT.c.handle,
            ACCOUNT.c.name,
            ACCOUNT.c.brand,
            ACCOUNT.c.zone,
        )
        .where(ACCOUNT.c.workspace == workspace, ACCOUNT.c.brand.in_(list(own)))
        .order_by(ACCOUNT.c.id)
    ).all()
    zones = {row.id: row.zone or PLATFORMS[row.platform].zone for row in rows}
    return tuple(KnownAccount(*row[:5], own=own[row.brand]) for row in rows), zones


def read_watched(connection: Connection, workspace: int) -> list[Watched]:
    rows = connection.execute(
        select(
            WATCHED.c.source,
            WATCHED.c.account,
            number(WATCHED.c.start),
            number(WATCHED.c.end),
            WATCHED.c.import_id,
        ).where(WATCHED.c.workspace == workspace)
    )
    return [Watched(*row) for row in rows]


def read_epochs(connection: Connection, workspace: int) -> tuple[Epoch, ...]:
    """Return the known breaks: those of everybody, and the workspace's own."""
    rows = connection.execute(
        select(EPOCH.c.platform, EPOCH.c.measure, EPOCH.c.day, EPOCH.c.note).where(
            or_(EPOCH.c.workspace.is_(None), EPOCH.c.workspace == workspace)
        )
    )
    return tuple(Epoch(*row) for row in rows)


def read_imports(connection: Connection, workspace: int) -> tuple[Taken, ...]:
    """Return the imports that stand, the newest last."""
    rows = connection.execute(
        select(IMPORT.c.format, IMPORT.c.id, IMPORT.c.at, IMPORT.c.file_name, IMPORT.c.by)
        .where(IMPORT.c.workspace == workspace, IMPORT.c.undone.is_(None))
        .order_by(IMPORT.c.id)
    )
    return tuple(Taken(*row) for row in rows)


def read_channels(tracked: str) -> tuple[KnownChannel, ...]:
    """Return the tracked channels, one a line: id and name."""
    lines = sorted(filter(None, tracked.split("\n")))
    return tuple(
        KnownChannel(channel, name) for channel, _, name in (it.partition(" ") for it in lines)
    )


def merged(spans: object) -> tuple[Span, ...]:
    """Return spans per account with overlaps joined, so that no day counts twice."""
    found: list[Span] = []
    for account, start, end in sorted(tuple(it) for it in spans):  # type: ignore[attr-defined]
        if found and found[-1].account == account and start <= found[-1].end:
            found[-1] = Span(account, found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(account, start, end))
    return tuple(found)
