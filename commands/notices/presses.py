"""The buttons under a notice: each is an act in the ledger, and the message says it at once."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.notices.words import CLAIM, WAIT
from commands.pressed import number_of
from commands.support.buttons import Press, on_issue
from commands.support.do import act
from commands.support.grammar import Said, Verb
from commands.support.looking import find_issue


def register(app: AsyncApp, context: Context) -> None:
    on_issue(app, context, CLAIM, claim)
    on_issue(app, context, WAIT, wait)


async def claim(context: Context, press: Press) -> None:
    """*I'm on it*."""
    await do(context, press, Verb.CLAIM)


async def wait(context: Context, press: Press) -> None:
    """*Wait for customer*: the promise stands still until they write."""
    await do(context, press, Verb.WAIT)


async def do(context: Context, press: Press, verb: Verb) -> None:
    """Take the act, and let the notices of the issue say so; refusals are told to the presser."""
    from commands.notices.renewing import renew

    pressed, number = press.pressed, number_of(press.pressed.value)
    user, trigger = pressed.asker.user, pressed.trigger
    try:
        await act(context, user, Said(verb, number), trigger=trigger, via="button", at=press.at)
    finally:
        await renew(context, (await find_issue(context, number)).row.id)
