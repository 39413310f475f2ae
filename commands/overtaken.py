"""What somebody is told who saves what another changed while their form was open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.names import find_name
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.setting import Overtaken

SOMEBODY = "Somebody"
CHANGED = (
    "{name} changed {what} at {when}, after you opened this form, so nothing was saved. "
    "Open it again to see how it is now."
)


async def tell_overtaken(context: Context, user: str, over: Overtaken, what: str) -> KepiError:
    """Return the line for ``user``: who changed ``what``, and when by their clock."""
    name = await find_name(context, over.by) if over.by else say(SOMEBODY)
    return KepiError(
        say(CHANGED, name=name, what=what, when=await say_when(context, user, over.at))
    )


async def say_when(context: Context, user: str, at: datetime) -> str:
    """Return “14:02”, or “21 Nov 14:02” of another day, in the zone that ``user`` lives in."""
    from storage.workspaces import zone_of

    zone = (await context.people.find(user)).zone
    zone = zone or await context.read(zone_of, context.home.workspace)
    local, today = at.astimezone(ZoneInfo(zone)), context.clock().astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}"
