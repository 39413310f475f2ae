"""Accounts and brands: added, named in a file, listed."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from secrets import randbits
from typing import NamedTuple

from sqlalchemy import Connection, insert, or_, select, text, update

from storage.batch import AccountName
from storage.database import take_turns
from storage.errors import KepiError
from storage.platforms import PLATFORMS, find_platform
from storage.rollup import Standing, rebuild, standings
from storage.tables import Account, Brand, table_of
from storage.workspaces import mark_changed, read_zone

ACCOUNT, BRAND = table_of(Account), table_of(Brand)
MARK_BITS = 40
PLATFORMS_OWN = "platform"
"""The word that takes an account's zone back: its days are cut as the platform cuts them."""
REMOVED = ""
"""The brand of accounts that were removed: nobody's, so they count for nobody, and in no list."""


class AccountRow(NamedTuple):
    """An account, and whether its brand is our own."""

    id: int
    platform: str
    handle: str
    name: str
    brand: int
    own: bool
    zone: str | None
    external_id: str | None
    mark: int


class BrandRow(NamedTuple):
    id: int
    name: str
    own: bool


class Resolved(NamedTuple):
    """The account that a file names."""

    id: int
    written: bool
    """It is new, or is called otherwise than before."""


def platform_key(word: str) -> str:
    """Return the key of the platform that ``word`` names."""
    found = find_platform(word)
    if found is None:
        raise KepiError(
            "“{word}” is not a platform. Platforms: {platforms}.",
            word=word,
            platforms=", ".join(PLATFORMS),
        )
    return found.key


def clean_handle(handle: str) -> str:
    """Return a handle as it is stored: lower case, without its sign."""
    cleaned = handle.strip().removeprefix("@").strip().lower()
    if not cleaned:
        raise KepiError("An account needs a handle, such as instagram/acme.")
    return cleaned


def add_account(
    connection: Connection,
    workspace: int,
    platform: str,
    handle: str,
    brand: str,
    own: bool = True,
    zone: str | None = None,
) -> int:
    """Add an account, or give the one that exists its brand and zone; return its id.

    ``own`` is the brand's: it holds for all its accounts, whose sums are then made again.
    Without ``zone`` an account keeps the one it has; ``platform`` gives it back the platform's.
    """
    name = AccountName(platform_key(platform), clean_handle(handle))
    place = read_account_zone(zone) if zone else {}
    take_turns(connection, workspace)
    before = standings(connection, workspace)
    brand_id = put_brand(connection, workspace, brand, own)
    account = find(connection, workspace, name)
    if account is None:
        account = make_account(connection, workspace, brand_id, name, place.get("zone"))
    else:
        change(connection, workspace, account, {"brand": brand_id, **place})
    count_again(connection, workspace, before)
    mark_changed(connection, workspace)
    return account


def count_again(connection: Connection, workspace: int, before: Mapping[int, Standing]) -> None:
    """Make the sums again of platforms on which an account changed sides since ``before``."""
    now = standings(connection, workspace)
    moved = {it for it, standing in now.items() if before.get(it, standing).own != standing.own}
    for platform in sorted(platforms_of(connection, workspace, moved)):
        rebuild(connection, workspace, platform)


def platforms_of(connection: Connection, workspace: int, some: Collection[int]) -> set[str]:
    here = (ACCOUNT.c.workspace == workspace) & ACCOUNT.c.id.in_(some)
    return set(connection.execute(select(ACCOUNT.c.platform).where(here)).scalars())


def read_account_zone(word: str) -> dict[str, str | None]:
    """Return the zone that an account is given, empty for the platform's own."""
    own = word.strip().lower() == PLATFORMS_OWN
    return {"zone": None if own else read_zone(word)}


def put_brand(connection: Connection, workspace: int, name: str, own: bool) -> int:
    """Return the brand's id; a brand that exists becomes ours, or a competitor's, as told."""
    for brand in brands(connection, workspace):
        if brand.name.casefold() == name.strip().casefold():
            if brand.own != own:
                here = (BRAND.c.workspace == workspace) & (BRAND.c.id == brand.id)
                connection.execute(update(BRAND).where(here).values(own=own))
            return brand.id
    if not name.strip():
        raise KepiError("A brand needs a name. Add it with --brand NAME.")
    statement = insert(BRAND).values(workspace=workspace, name=name.strip(), own=own)
    return int(connection.execute(statement.returning(BRAND.c.id)).scalar_one())


def make_account(
    connection: Connection, workspace: int, brand: int, name: AccountName, zone: str | None = None
) -> int:
    statement = insert(ACCOUNT).values(
        workspace=workspace,
        brand=brand,
        platform=name.platform,
        handle=name.handle,
        name=name.name,
        external_id=name.external_id,
        zone=zone,
        mark=randbits(MARK_BITS),
    )
    return int(connection.execute(statement.returning(ACCOUNT.c.id)).scalar_one())


def find(connection: Connection, workspace: int, name: AccountName) -> int | None:
    """Return the id of the account that a file names, by the platform's id or by handle."""
    rows = connection.execute(
        text(
            "SELECT id, handle, external_id FROM account"
            " WHERE workspace = :workspace AND platform = :platform"
        ),
        {"workspace": workspace, "platform": name.platform},
    ).all()
    if name.external_id:
        for row in rows:
            if row.external_id == name.external_id:
                return int(row.id)
    for row in rows:
        if row.handle == name.handle and (
            not name.external_id or row.external_id in (None, name.external_id)
        ):
            return int(row.id)
    return None


def resolve(connection: Connection, workspace: int, name: AccountName) -> Resolved:
    """Return the account of a name; a new one comes under an own brand of its name."""
    account = find(connection, workspace, name)
    if account is not None:
        said = {"external_id": name.external_id, "name": name.name}
        told = {column: value for column, value in said.items() if value}
        return Resolved(account, change(connection, workspace, account, told))
    title = name.name or name.handle
    known = {brand.name.casefold(): brand.id for brand in brands(connection, workspace)}
    brand_id = known.get(title.casefold()) or put_brand(connection, workspace, title, own=name.own)
    free = replace(name, handle=free_handle(connection, workspace, name))
    return Resolved(make_account(connection, workspace, brand_id, free), written=True)


def free_handle(connection: Connection, workspace: int, name: AccountName) -> str:
    """Return the handle, or one made unlike that of another account with another id."""
    taken = find(connection, workspace, AccountName(name.platform, name.handle)) is not None
    return f"{name.handle}-{name.external_id}" if taken else name.handle


def change(
    connection: Connection, workspace: int, account: int, values: Mapping[str, int | str | None]
) -> bool:
    """Set columns of an account; return whether one of them was another before."""
    if not values:
        return False
    here = (ACCOUNT.c.workspace == workspace) & (ACCOUNT.c.id == account)
    differs = or_(*(ACCOUNT.c[column].is_distinct_from(it) for column, it in values.items()))
    return connection.execute(update(ACCOUNT).where(here, differs).values(values)).rowcount > 0


def accounts(connection: Connection, workspace: int) -> list[AccountRow]:
    """Return the accounts by platform and handle, without those that were removed."""
    statement = (
        select(
            ACCOUNT.c.id,
            ACCOUNT.c.platform,
            ACCOUNT.c.handle,
            ACCOUNT.c.name,
            ACCOUNT.c.brand,
            BRAND.c.own,
            ACCOUNT.c.zone,
            ACCOUNT.c.external_id,
            ACCOUNT.c.mark,
        )
        .join(BRAND, BRAND.c.id == ACCOUNT.c.brand)
        .where(ACCOUNT.c.workspace == workspace, BRAND.c.name != REMOVED)
        .order_by(ACCOUNT.c.platform, ACCOUNT.c.handle)
    )
    return [AccountRow._make(row) for row in connection.execute(statement)]


def brands(connection: Connection, workspace: int) -> list[BrandRow]:
    """Return the brands by name, our own first."""
    statement = (
        select(BRAND.c.id, BRAND.c.name, BRAND.c.own)
        .where(BRAND.c.workspace == workspace, BRAND.c.name != REMOVED)
        .order_by(BRAND.c.own.desc(), BRAND.c.name)
    )
    return [BrandRow._make(row) for row in connection.execute(statement)]
