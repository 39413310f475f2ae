"""What somebody is told who saves, or takes back, what another changed since they looked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.names import find_name
from commands.saying import say

if TYPE_CHECKING:
    from storage.overtaken import Overtaken

SOMEBODY = "Somebody"
CHANGED = (
    "{name} changed {what} at {when}, after you looked at it, so nothing was saved. "
    "Open it again to see how it is now."
)
REMOVED = "{name} removed {what} at {when}, after you looked at it, so nothing was saved."
CHANGED_ONCE = (
    "Somebody changed {what} after you looked at it, so nothing was saved. "
    "Open it again to see how it is now."
)
REMOVED_ONCE = "Somebody removed {what} after you looked at it, so nothing was saved."


async def say_overtaken(
    context: Context, user: str, over: Overtaken, what: str, *, looked: str = ""
) -> str:
    """Return the line for ``user``: who changed ``what``, and when by their clock.

    ``looked``: when they opened it, as ISO has it. A change from before is not what came in
    between, such as a hand-over that nobody noted: nobody is named then.
    """
    if over.at is None or (looked and over.at < datetime.fromisoformat(looked)):
        return say(REMOVED_ONCE, what=what) if over.is_gone else say(CHANGED_ONCE, what=what)
    name = await find_name(context, over.by) if over.by else say(SOMEBODY)
    when = await say_when(context, user, over.at)
    if over.is_gone:
        return say(REMOVED, name=name, what=what, when=when)
    return say(CHANGED, name=name, what=what, when=when)


async def say_when(context: Context, user: str, at: datetime) -> str:
    """Return “14:02”, or “21 Nov 14:02” of another day, in the zone that ``user`` lives in."""
    from storage.workspaces import zone_of

    zone = (await context.people.find(user)).zone
    zone = zone or await context.read(zone_of, context.home.workspace)
    local, today = at.astimezone(ZoneInfo(zone)), context.clock().astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}"
