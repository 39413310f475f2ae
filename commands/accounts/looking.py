"""Reading accounts for a page, and who changed them last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from commands.context import Context
from storage.errors import KepiError
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.account_list import Gone, Holding, Listed
    from storage.accounts import BrandRow

GUESTS = "Guests don't see accounts. Ask a member of the team."
GONE = "That account is not here any more. See what there is: /kpi accounts"
GONE_BRAND = "That brand is not here any more. See what there is: /kpi accounts"


@dataclass(frozen=True)
class Seen:
    """The accounts of a workspace, with what is held of them, and those that were removed."""

    rows: tuple[Listed, ...]
    holdings: dict[int, Holding]
    removed: tuple[Gone, ...]
    zone: str
    now: datetime


def read_all(connection: Connection, context: Context) -> Seen:
    from storage.account_list import holdings, listed, removed
    from storage.workspaces import zone_of

    workspace = context.home.workspace
    return Seen(
        tuple(listed(connection, workspace)),
        holdings(connection, workspace),
        tuple(removed(connection, workspace)),
        zone_of(connection, workspace),
        context.clock(),
    )


def read_brands(connection: Connection, context: Context) -> list[BrandRow]:
    from storage.accounts import brands

    return brands(connection, context.home.workspace)


async def find_account(context: Context, account: int) -> Listed:
    """Return an account of this workspace; raises ``KepiError`` for any other."""
    from storage.account_list import find_listed

    found = await context.read(find_listed, context.home.workspace, account)
    if found is None:
        raise KepiError(GONE)
    return found


def title_of(row: Listed | Gone) -> str:
    """Return “Instagram acme”."""
    return f"{PLATFORMS[row.platform].title} {row.handle}"
