"""What somebody is in a channel, and whether they may act on its issues (support-spec §2, §3)."""

from __future__ import annotations

from dataclasses import dataclass

from commands.context import Context
from commands.rights import is_admin, refuse, require_member
from commands.saying import say
from commands.support import wording
from commands.support.acting import Actor
from commands.support.looking import channel_name
from commands.support.place import Place, look, role_now
from commands.support.sight import may_see
from support.entries import Role
from support.rules import Rules


@dataclass(frozen=True)
class Standing:
    """A person in a channel."""

    user: str
    role: Role
    is_admin: bool
    is_guest: bool
    place: Place

    @property
    def rules(self) -> Rules:
        return self.place.rules

    @property
    def is_first(self) -> bool:
        """Say whether nobody is known to answer: neither here nor in any other channel."""
        return not (self.place.is_tracked or self.place.answering)

    @property
    def may_act(self) -> bool:
        """Say whether they may change issues here: those who answer, and admins.

        Where nobody is known to answer yet every member may.
        """
        if self.is_guest:
            return False
        return self.role is Role.RESPONDER or self.is_admin or self.is_first

    @property
    def actor(self) -> Actor:
        return Actor(self.user, self.role, self.is_admin)


async def find_standing(context: Context, user: str, channel: str) -> Standing:
    """Return what ``user`` is in ``channel`` now."""
    person = await context.people.find(user)
    place = await look(context, channel)
    role = Role.CUSTOMER if person.is_guest else await role_now(context, place, user)
    return Standing(user, role, await is_admin(context, user), person.is_guest, place)


async def require_team(context: Context, user: str, channel: str) -> Standing:
    """Return the standing of somebody who may act on a channel's issues; refuse all others."""
    standing = await find_standing(context, user, channel)
    if standing.is_guest:
        refuse(user, "member", say(wording.GUESTS))
    if not standing.may_act:
        name = await channel_name(context, channel)
        where = f"#{name}" if name else say("there")
        refuse(user, "team", say(wording.TEAM_ALONE, channel=where))
    return standing


async def require_sight(context: Context, user: str, channel: str, number: int) -> None:
    """Refuse guests, and whoever is not in a private channel: its words stay there."""
    await require_member(context, user, say(wording.GUESTS))
    if not await may_see(context, user, channel):
        refuse(user, "sight", say(wording.HIDDEN, number=number))
