"""Accounts and brands added and changed by people: checked, counted again, and written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from storage.account_list import Listed, find_listed, forget_memory, removed
from storage.accounts import (
    ACCOUNT,
    BRAND,
    BrandRow,
    add_account,
    brands,
    change,
    clean_handle,
    count_again,
    find,
    make_account,
    platform_key,
    put_brand,
)
from storage.batch import AccountName
from storage.brand_sweep import sweep_brand
from storage.database import take_turns
from storage.errors import KepiError
from storage.overtaken import mark, overtaken_by
from storage.rollup import standings
from storage.said import Words
from storage.setting_changes import ChangeRow, last_change, note_change
from storage.workspaces import mark_changed

KEY, BRAND_KEY = "account", "brand"


class Wanted(NamedTuple):
    """An account as a form says it; ``brand`` 0 is a new one, called ``brand_name``."""

    platform: str
    handle: str
    name: str = ""
    brand: int = 0
    brand_name: str = ""
    own: bool = True
    """Of a new brand; one that exists is what it is."""
    zone: str | None = None


class Taken(KepiError):
    """Another account has that handle: ``account`` is its id; it may have been removed."""

    def __init__(self, platform: str, handle: str, account: int, *, is_removed: bool) -> None:
        self.platform, self.handle, self.account = platform, handle, account
        self.is_removed = is_removed
        super().__init__(Words("{account} is here already.", account=f"{platform}/{handle}"))


class BrandTaken(KepiError):
    """Another brand has that name."""

    def __init__(self, brand: BrandRow) -> None:
        self.brand = brand
        super().__init__(Words("There is a brand {name} already.", name=brand.name))


class Missing(KepiError):
    """The account or the brand was removed meanwhile, or is not of this workspace."""


def add_accounts(
    connection: Connection,
    workspace: int,
    wanted: Sequence[Wanted],
    by: str,
    at: datetime,
    *,
    source: str = "form",
) -> list[int]:
    """Add accounts of one brand, all or none; return their ids.

    Raises ``Taken``, ``BrandTaken`` and ``Missing``.
    """
    take_turns(connection, workspace)
    brand = choose_brand(connection, workspace, wanted[0])
    made = []
    for it in wanted:
        refuse_taken(connection, workspace, it)
        name = AccountName(it.platform, it.handle, None, it.name)
        made.append(make_account(connection, workspace, brand, name, it.zone))
        after = words_of(connection, workspace, made[-1])
        note_change(connection, workspace, KEY, "", after, by, at, source=source)
    mark_changed(connection, workspace)
    return made


def change_account(
    connection: Connection,
    workspace: int,
    account: int,
    wanted: Wanted,
    seen: str,
    by: str,
    at: datetime,
) -> Listed:
    """Change an account that was ``seen`` (``Listed.state``), and return it as it is then.

    Its platform stays, for its data are of that. Moved to a brand of the other side, it counts
    there from its first day. Raises ``Missing``, ``Overtaken``, ``Taken`` and ``BrandTaken``.
    """
    take_turns(connection, workspace)
    before = find_listed(connection, workspace, account)
    if before is None:
        raise Missing("That account is not here any more.")
    if before.state != seen:
        raise overtaken_by(change_of(connection, workspace, account))
    if before.handle != wanted.handle:
        refuse_taken(connection, workspace, wanted)
    sides = standings(connection, workspace)
    values: dict[str, int | str | None] = {
        "handle": wanted.handle,
        "name": wanted.name,
        "zone": wanted.zone,
        "brand": choose_brand(connection, workspace, wanted),
    }
    change(connection, workspace, account, values)
    count_again(connection, workspace, sides)
    sweep_brand(connection, workspace, before.brand)
    after = find_listed(connection, workspace, account)
    assert after is not None
    note_change(connection, workspace, KEY, before.words, after.words, by, at)
    mark_changed(connection, workspace)
    return after


def change_brand(
    connection: Connection,
    workspace: int,
    brand: int,
    name: str,
    own: bool,
    seen: str,
    by: str,
    at: datetime,
) -> BrandRow:
    """Call a brand that was ``seen`` (``state_of_brand``) otherwise, or let it change sides.

    All its accounts go with it. Raises ``Missing``, ``Overtaken`` and ``BrandTaken``.
    """
    take_turns(connection, workspace)
    before = find_brand(connection, workspace, brand)
    if state_of_brand(before) != seen:
        raise overtaken_by(change_of_brand(connection, workspace, brand))
    refuse_named(connection, workspace, name, but=brand)
    sides = standings(connection, workspace)
    here = (BRAND.c.workspace == workspace) & (BRAND.c.id == brand)
    connection.execute(update(BRAND).where(here).values(name=name, own=own))
    count_again(connection, workspace, sides)
    after = find_brand(connection, workspace, brand)
    was, now = words_of_brand(before), words_of_brand(after)
    note_change(connection, workspace, BRAND_KEY, was, now, by, at)
    mark_changed(connection, workspace)
    return after


def put_account(
    connection: Connection,
    workspace: int,
    platform: str,
    handle: str,
    brand: str,
    *,
    own: bool,
    zone: str | None,
    at: datetime,
) -> int:
    """Add an account, or give the one that exists its brand and zone, by the command line."""
    take_turns(connection, workspace)
    name = AccountName(platform_key(platform), clean_handle(handle))
    known = find(connection, workspace, name)
    before = words_of(connection, workspace, known) if known else ""
    account = add_account(connection, workspace, platform, handle, brand, own, zone)
    if any(it.id == account for it in removed(connection, workspace)):
        forget_memory(connection, workspace, account)
    after = words_of(connection, workspace, account)
    note_change(connection, workspace, KEY, before, after, "", at, source="cli")
    return account


def choose_brand(connection: Connection, workspace: int, wanted: Wanted) -> int:
    """Return the brand that a form names: one of the workspace, or a new one made here."""
    if wanted.brand:
        return find_brand(connection, workspace, wanted.brand).id
    refuse_named(connection, workspace, wanted.brand_name)
    return put_brand(connection, workspace, wanted.brand_name, wanted.own)


def find_brand(connection: Connection, workspace: int, brand: int) -> BrandRow:
    """Return a brand of the workspace; raises ``Missing`` for any other."""
    for it in brands(connection, workspace):
        if it.id == brand:
            return it
    raise Missing("That brand is not here any more.")


def state_of_brand(brand: BrandRow) -> str:
    return mark(brand.name, brand.own)


def words_of_brand(brand: BrandRow) -> str:
    """Return a brand as the history of changes tells it."""
    return f"{brand.name} ({'own' if brand.own else 'competitor'})"


def change_of(connection: Connection, workspace: int, account: int) -> ChangeRow | None:
    """Return the change that made an account what it is: its own, or else its brand's."""
    found = find_listed(connection, workspace, account)
    if found is None:
        return None
    own = last_change(connection, workspace, KEY, after=found.words)
    return own or change_of_brand(connection, workspace, found.brand)


def change_of_brand(connection: Connection, workspace: int, brand: int) -> ChangeRow | None:
    """Return the change that made a brand what it is; raises ``Missing``."""
    words = words_of_brand(find_brand(connection, workspace, brand))
    return last_change(connection, workspace, BRAND_KEY, after=words)


def refuse_named(connection: Connection, workspace: int, name: str, but: int = 0) -> None:
    for it in brands(connection, workspace):
        if it.id != but and it.name.casefold() == name.strip().casefold():
            raise BrandTaken(it)


def refuse_taken(connection: Connection, workspace: int, wanted: Wanted) -> None:
    """Refuse a handle that an account has, also one that was removed and can come back."""
    known = find(connection, workspace, AccountName(wanted.platform, wanted.handle))
    if known is None:
        here = (
            (ACCOUNT.c.workspace == workspace)
            & (ACCOUNT.c.platform == wanted.platform)
            & (ACCOUNT.c.handle == wanted.handle)
        )
        known = connection.execute(select(ACCOUNT.c.id).where(here)).scalar_one_or_none()
    if known is not None:
        gone = {it.id for it in removed(connection, workspace)}
        raise Taken(wanted.platform, wanted.handle, known, is_removed=known in gone)


def words_of(connection: Connection, workspace: int, account: int) -> str:
    found = find_listed(connection, workspace, account)
    return found.words if found else ""
