"""The form of a digest: checked before it closes, saved, and said when the first one comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, tell, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.calls import FAULTS
from commands.context import Context
from commands.digests import words
from commands.digests.checks import (
    find_company,
    find_faults,
    read_wanted,
    refuse,
    require_as_opened,
    say_taken,
)
from commands.digests.form import (
    FORM,
    SHARED_FORM,
    Memory,
    compose_shared,
    filled_in,
    unpack_memory,
)
from commands.digests.noting import find_thing
from commands.digests.pages import SEE, SETUP, name_of
from commands.digests.reading import find_kept, plan_of, week_start_of
from commands.digests.rights import require_digest_right
from commands.offers import find_offers
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from commands.views import CHECK_SECONDS
from storage.errors import KepiError
from storage.overtaken import Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.digests import DigestRow

log = logging.getLogger(__name__)


def register(app: AsyncApp, context: Context) -> None:
    @app.view(FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        memory = unpack_memory(body["view"]["private_metadata"])
        await take(context, ack, body, replace(memory, filled=filled_in(body["view"])))

    @app.view(SHARED_FORM)
    async def agreed(ack: AsyncAck, body: dict[str, Any]) -> None:
        memory = unpack_memory(body["view"]["private_metadata"])
        company = str(filled_in(body["view"]).get("company") or "").strip()
        if not company:
            await ack(
                response_action="errors", errors={"company": await ask_company(context, body)}
            )
            return
        await take(
            context, ack, body, replace(memory, filled={**memory.filled, "company": company})
        )


async def ask_company(context: Context, body: Mapping[str, Any]) -> str:
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, str(body["user"]["id"]))):
        return say("{question}?", question=say(words.COMPANY))


async def take(context: Context, ack: AsyncAck, body: Mapping[str, Any], memory: Memory) -> None:
    """Check what was filled in, answer the form, and save it; in the language of who did."""
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, str(body["user"]["id"]))):
        await check_and_save(context, ack, body, memory)


async def check_and_save(
    context: Context, ack: AsyncAck, body: Mapping[str, Any], memory: Memory
) -> None:
    user = str(body["user"]["id"])
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            wanted, errors = await check(context, memory, user)
            shared = "" if errors else await company_to_name(context, wanted)
    except KepiError as trouble:
        await ack(response_action="errors", errors=at_field(body, {"channel": str(trouble)}))
        return
    except (TimeoutError, *FAULTS) as fault:
        log.warning("a digest could not be checked", extra={"why": repr(fault)[:200]})
        await ack(response_action="errors", errors=at_field(body, {"channel": say(words.SLOW)}))
        return
    if errors:
        await ack(response_action="errors", errors=at_field(body, errors))
        return
    if shared:
        view = compose_shared(shared, await find_company(context, wanted.channel), memory)
        await ack(response_action="update", view=view)
        return
    await ack()
    asker = Asker(*memory.asker) if memory.asker else Asker(user, wanted.channel)
    saving = save_and_tell(context, asker, memory, wanted)
    context.tasks.start(saving, lambda line: tell(context, asker, line))


def at_field(body: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, str]:
    """Return faults at fields that the form has; else at its first one."""
    shown = [str(it["block_id"]) for it in body["view"]["blocks"] if it["type"] == "input"]
    known = {name: line for name, line in errors.items() if name in shown}
    return known or {shown[0]: "; ".join(errors.values())}


async def check(context: Context, memory: Memory, user: str) -> tuple[DigestRow, dict[str, str]]:
    """Return the digest as it is wanted, and what is against it, by field."""
    wanted, errors = read_wanted(memory.filled, memory, user, context.clock())
    if memory.id:
        held = await find_kept(context, memory.id)
        await require_digest_right(context, user, held)
        await require_as_opened(context, user, memory)
        if held.channel == wanted.channel and not wanted.company:  # agreed to before
            wanted = wanted._replace(company=held.company)
    else:
        await require_member(context, user, say(words.GUESTS))
    return wanted, await find_faults(context, wanted, user) | errors


async def company_to_name(context: Context, wanted: DigestRow) -> str:
    """Return the name of a shared channel whose other company was not agreed to by name."""
    channel = await context.channels.find(wanted.channel)
    return channel.name if channel.is_shared and not wanted.company else ""


async def save_and_tell(context: Context, asker: Asker, memory: Memory, wanted: DigestRow) -> None:
    """Keep it, and say when it comes."""
    from kpis.digests.calendar import next_due

    try:
        plan = await context.write(save, context, wanted)
    except Overtaken as over:
        raise await refuse(context, asker.user, memory, over) from over
    due = words.say_when(plan, next_due(plan, context.clock())[1])
    place = await name_of(context, plan.channel)
    text = escape(say_saved(plan, due, place, is_new=not wanted.id))
    offers = [] if wanted.id else await find_offers(context, plan.channel)
    row = actions(
        [
            button(say(words.PREVIEW), SEE, str(plan.id)),
            button(say(words.CHANGE), SETUP, str(plan.id)),
            *offers,
        ]
    )
    await tell_blocks(context, asker, text, [section(text), row])


def say_saved(plan: Plan, due: str, place: str, *, is_new: bool) -> str:
    """Return when it comes, where it goes, and who else reads it."""
    if plan.paused is not None:
        return say("Saved. It is paused: /kpi digest resume {channel}", channel=place)
    told = {"when": due, "channel": place}
    line = say("The next one comes on {when}. It goes to {channel}.", **told)
    if is_new:
        line = say("The first one comes on {when}. It goes to {channel}.", **told)
    if not plan.company:
        return line
    return f"{line} {say('{company} reads along.', company=plan.company)}"


def save(connection: Connection, context: Context, wanted: DigestRow) -> Plan:
    """Write it down; raises ``Overtaken`` or ``KepiError`` where somebody was quicker."""
    from storage import digests
    from storage.setting_changes import note_thing

    workspace, now = context.home.workspace, context.clock()
    before = find_thing(connection, context, wanted.id)
    if not wanted.id:
        made = digests.add(connection, workspace, wanted, now)
        if made is None:
            raise KepiError(say_taken(wanted.cadence))
        wanted = wanted._replace(id=made)
    else:
        digests.change(connection, workspace, wanted, now)
    after = find_thing(connection, context, wanted.id)
    note_thing(connection, workspace, before, after, wanted.by, now)
    row = digests.by_id(connection, workspace, wanted.id)
    assert row is not None
    return plan_of(row, week_start_of(connection, workspace))
