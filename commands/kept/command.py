"""``/kpi forget @person``, ``/kpi privacy``."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ConfirmObject

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.kept import wording
from commands.kept.reading import read_whom, say_whom
from commands.rights import require_admin
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.kept.people import Person

FORGET_PRESS = "forget_person"
A_LINE = 6
"""Kinds told in a line."""


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    await require_admin(context, asker.user, say(wording.ADMINS))
    person = await with_names(context, read_whom(words))
    await preview(context, asker, person, key)


async def answer_privacy(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Say what is kept, why, for how long, who sees it, and what of the asker; to anybody."""
    from commands.kept.privacy import show

    await show(context, asker, key)


async def with_names(context: Context, person: Person) -> Person:
    """Return a Slack user with the names that Slack shows of them."""
    if not person.user:
        return person
    if person.user == context.home.bot_user:
        raise KepiError(wording.HIMSELF)
    return replace(person, names=await find_names(context, person.user))


async def find_names(context: Context, user: str) -> tuple[str, ...]:
    """Return the names that Slack shows of somebody; none of one whom it does not tell about."""
    try:
        answer = await repeat(lambda: context.client.users_info(user=user))
    except (SlackApiError, *FAULTS):
        return ()
    told = answer["user"]
    profile = told.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), told.get("real_name"))
    return tuple(dict.fromkeys(str(it) for it in names if it))


async def preview(context: Context, asker: Asker, person: Person, key: str) -> None:
    """Say what would go and what stays, with the button that does it."""
    from storage.kept.counts import count_rows

    found = await asyncio.to_thread(count_rows, context.database, context.home.workspace, person)
    who = say_whom(person, person.names[0] if person.names else "")
    if not found:
        raise KepiError(wording.NOTHING, who=who)
    text = escape(say(wording.FORGET, who=who))
    stays = say(wording.STAYS)
    if "looked-after" in found:
        stays = f"{stays} {say(wording.YOURS)}"
    blocks: list[Block] = [
        section(f"*{text}*\n{escape(say_counts(found))}"),
        section(escape(stays)),
        actions([forget_button(person)]),
        small([escape(say(wording.NEW))]),
    ]
    await tell_blocks(context, asker, text, blocks, key=key)


def forget_button(person: Person) -> Any:
    """Return the button that forgets, with Slack's question before it."""
    made = button(say("Forget"), FORGET_PRESS, pack_person(person), style="danger")
    made.confirm = ConfirmObject(
        title=say("Forget for good?"),
        text=say("This cannot be taken back."),
        confirm=say("Forget"),
        deny=say("Cancel"),
    )
    return made


def say_counts(found: dict[str, int]) -> str:
    """Return “2 customer issues · 14 messages and reactions”, in as many lines as needed."""
    parts = [wording.say_kind(kind, number) for kind, number in found.items()]
    lines = [parts[start : start + A_LINE] for start in range(0, len(parts), A_LINE)]
    return "\n".join(" · ".join(line) for line in lines)


def pack_person(person: Person) -> str:
    """Return whom a button remembers; names are asked for again."""
    held = {key: value for key, value in asdict(person).items() if value and key != "names"}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def unpack_person(packed: str) -> Person:
    """Return whom a button remembers; raises ``KepiError`` for what is nobody."""
    from storage.kept.people import Person

    try:
        held = json.loads(packed)
        user, platform, handle, customer = (str(held.get(key, "")) for key in KEYS)
        person = Person(user=user, platform=platform, handle=handle, customer=customer)
    except (ValueError, AttributeError) as fault:
        raise KepiError(wording.GONE) from fault
    if not (person.user or person.handle or person.customer):
        raise KepiError(wording.GONE)
    return person


KEYS = ("user", "platform", "handle", "customer")
