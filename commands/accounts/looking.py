"""Reading accounts for a page, and who changed them last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from commands.context import Context
from commands.names import find_name
from commands.overtaken import say_when
from commands.saying import say
from storage.errors import KepiError
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.account_list import Gone, Holding, Listed
    from storage.accounts import BrandRow
    from storage.setting_changes import ChangeRow

GUESTS = "Guests don't see accounts. Ask a member of the team."
GONE = "That account is not here any more. See what there is: /kpi accounts"
GONE_BRAND = "That brand is not here any more. See what there is: /kpi accounts"
OVERTAKEN = (
    "{name} changed it at {when}, after you opened this form, so nothing was saved. "
    "Close it and open it again to see how it is now."
)


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
        raise KepiError(say(GONE))
    return found


async def say_overtaken(context: Context, user: str, last: ChangeRow | None) -> str:
    """Return who made the change that came in between, and when."""
    if last is None:
        return say(OVERTAKEN, name=say("Somebody"), when=say("that time"))
    name = await find_name(context, last.by) if last.by else say("Somebody")
    return say(OVERTAKEN, name=name, when=await say_when(context, user, last.at))


def title_of(row: Listed | Gone) -> str:
    """Return “Instagram acme”."""
    return f"{PLATFORMS[row.platform].title} {row.handle}"
