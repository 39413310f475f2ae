"""Publishing Home: on each opening, and again after what somebody did from it.

Of two publishings at once for the same person the one that began last reads last, and stays. What
each Home says is remembered (``Context.shown``), so that nothing is sent where nothing changed.
"""

from __future__ import annotations

import asyncio
import logging

from commands.asker import Asker
from commands.blocks import View_
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.home.facts import Facts, read_facts
from commands.home.page import compose_for_guest, compose_home
from commands.rights import is_admin
from commands.saying import say
from commands.support.sight import visible
from commands.tongues import language_of_person

log = logging.getLogger(__name__)

HOME, FOLLOWING = "home", "home follows"
IN_MESSAGES = "The answer is in Messages."
PAUSES = (0.2, 0.6, 1.5)
"""Seconds until somebody's Home is looked at again after they saved a form: most is stored at
once, and what takes longer is seen when Home is opened again."""


async def publish(
    context: Context, user: str, *, told: bool = False, if_changed: bool = False
) -> bool:
    """Publish somebody's Home as it is now; say whether it was sent.

    ``told``: what they just asked for is in their messages. Where Slack shows them no Home
    (``not_enabled``, no member) nothing happens.
    """
    mark = context.latest.begin(HOME, user)
    async with context.locks.turn(key_of(user)):
        if not context.latest.holds(HOME, user, mark):
            return False  # somebody who waits behind will know more
        view = await compose(context, user, told=told)
        if if_changed and context.shown.get(key_of(user)) == view:
            return False
        return await send(context, user, view)


async def send(context: Context, user: str, view: View_) -> bool:
    """Hand a Home to Slack; say whether it was taken."""
    try:
        await repeat(lambda: context.client.views_publish(user_id=user, view=view))
    except FAULTS as fault:
        log.info("no Home", extra={"user": user, "why": str(fault)[:200]})
        context.shown.forget(key_of(user))
        return False
    context.shown.keep(key_of(user), view)
    return True


async def compose(context: Context, user: str, *, told: bool = False) -> View_:
    """Return somebody's Home as it is now, in their language."""
    from kpis.tongue import speaking

    person = await context.people.find(user)
    with speaking(await language_of_person(context, user)):
        if person.is_guest:
            return compose_for_guest()
        facts, admin = await asyncio.gather(find_facts(context, user), is_admin(context, user))
        said = say(IN_MESSAGES) if told else ""
        return compose_home(facts, is_admin=admin, said=said)


async def find_facts(context: Context, user: str) -> Facts:
    """Return what somebody may know; Slack is asked only where channels are to be told of."""
    facts = await context.read(read_facts, context, user)
    if not facts.channels:
        return facts
    return facts.seen_by(user, await visible(context, user, facts.channels))


async def follow(context: Context, user: str, *, told: bool = False) -> None:
    """Publish the Home that somebody has open again, once what they began shows in it.

    What they begin next ends it, or it would take away what that says.
    """
    mark = context.latest.begin(FOLLOWING, user)
    if told:
        await publish(context, user, told=True)
        return
    for pause in PAUSES:
        await asyncio.sleep(pause)
        if not context.latest.holds(FOLLOWING, user, mark):
            return
        if await publish(context, user, if_changed=True):
            return


def point_to_messages(context: Context, asker: Asker) -> None:
    """Let the Home of whoever began there say that the answer is in their messages."""
    if not asker.channel and has_home(context, asker.user):
        context.tasks.start(follow(context, asker.user, told=True))


def has_home(context: Context, user: str) -> bool:
    """Say whether somebody opened their Home lately, as far as this process knows."""
    return context.shown.get(key_of(user)) is not None


def key_of(user: str) -> str:
    return f"{HOME}:{user}"
