"""``/kpi digest …``: the list, or what is to be done to one digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.asker import Asker
from commands.context import Context
from commands.digests import doing, words
from commands.digests.pages import name_of
from commands.digests.reading import read_plans
from commands.digests.setup import open_setup
from commands.rights import require_member
from commands.saying import say
from commands.support.sight import visible
from commands.tongues import chosen_language
from storage.errors import KepiError, Unclear

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan

VERBS = {
    "list": "list",
    "help": "list",
    "setup": "setup",
    "set": "setup",
    "new": "setup",
    "add": "setup",
    "preview": "preview",
    "show": "preview",
    "see": "preview",
    "send": "send",
    "pause": "pause",
    "stop": "pause",
    "resume": "resume",
    "continue": "resume",
    "history": "history",
    "remove": "remove",
    "delete": "remove",
    "change": "change",
    "edit": "change",
}
FILLERS = frozenset({"now", "up", "it", "the", "for", "in", "to", "of", "digest", "a", "please"})
CADENCES = {
    "daily": "daily",
    "weekly": "weekly",
    "monday": "weekly",
    "monthly": "monthly",
    "quarterly": "quarterly",
}
CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
KEY = re.compile(r"\d{4}-(?:w\d\d?|q[1-4]|\d\d(?:-\d\d)?)", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """Words after “digest”, read."""

    verb: str = "list"
    channel: str = ""
    """An id."""
    name: str = ""
    """A channel's name, where no id was given."""
    cadence: str = ""
    key: str = ""
    """“2026-W47”."""


def read(text: str) -> Said:
    """Return what is asked. Raises ``KepiError`` for a word that means nothing here."""
    place = CHANNEL.search(text)
    rest = CHANNEL.sub(" ", text)
    verb, name, cadence, key = "", "", "", ""
    for word in re.findall(r"[^\s,:;]+", rest):
        plain = word.strip("“”\"'.?").lower()
        if plain.startswith("#"):
            name = plain[1:]
        elif KEY.fullmatch(plain):
            key = plain.upper()
        elif plain in VERBS and not verb:
            verb = VERBS[plain]
        elif plain in CADENCES:
            cadence = CADENCES[plain]
        elif plain and plain not in FILLERS:
            raise KepiError(words.UNKNOWN, word=word[:40])
    return Said(verb or "list", place[1] if place else "", name, cadence, key)


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    said = read(words[:400])
    await act(context, asker, said, trigger, key)


async def act(context: Context, asker: Asker, said: Said, trigger: str, key: str) -> None:
    """Do what is asked to the digest that is meant."""
    await require_member(context, asker.user, say(words.GUESTS))
    if said.verb == "list":
        await doing.show_list(context, asker)
        return
    plans = await seen_plans(context, asker.user)
    if said.verb == "setup":
        await open_setup(context, asker, trigger, channel=await place(context, said, plans))
        return
    if said.verb == "preview" and (usual := await usual_plan(context, asker, said, plans)):
        await doing.preview(context, asker, usual, said.key, press=key)
        return
    plan = await choose(context, asker, said, plans)
    match said.verb:
        case "preview":
            await doing.preview(context, asker, plan, said.key, press=key)
        case "send":
            await doing.send(context, asker, plan, said.key)
        case "change":
            await open_setup(context, asker, trigger, plan=plan)
        case "pause":
            await doing.pause(context, asker, plan)
        case "resume":
            await doing.resume(context, asker, plan)
        case "history":
            await doing.history(context, asker, plan)
        case _:
            await doing.ask_to_remove(context, asker, plan)


async def seen_plans(context: Context, user: str) -> list[Plan]:
    """Return the digests that somebody may know of: private channels are their members'."""
    plans = await context.read(read_plans, context.home.workspace)
    seen = await visible(context, user, {it.channel for it in plans})
    return [it for it in plans if it.channel in seen or user in (it.owner, it.by)]


async def place(context: Context, said: Said, plans: Sequence[Plan]) -> str:
    """Return the channel that the words name, by id or by name; empty where they name none."""
    if said.channel or not said.name:
        return said.channel
    for it in dict.fromkeys(one.channel for one in plans):
        if (await context.channels.find(it)).name == said.name:
            return it
    return ""


async def usual_plan(
    context: Context, asker: Asker, said: Said, plans: Sequence[Plan]
) -> Plan | None:
    """Return the default digest of a channel that has none; nothing where one is meant."""
    channel = await place(context, said, plans) or asker.channel
    named = bool(said.channel or said.name)
    if any(it.channel == channel for it in plans) or (plans and not named):
        return None
    if said.name and not said.channel:  # a name that no digest's channel has
        raise KepiError(words.NOT_THERE)
    return await context.read(default_plan, context, channel, said.cadence or "weekly")


def default_plan(
    connection: Connection, context: Context, channel: str, cadence: str = "weekly"
) -> Plan:
    """Return what a digest is unless somebody chooses: Mondays 09:00, the default KPIs."""
    from commands.digests.reading import week_start_of
    from kpis.digests.plan import Plan
    from storage.workspaces import zone_of

    workspace = context.home.workspace
    return Plan(
        id=0,
        channel=channel,
        cadence=cadence,
        zone=zone_of(connection, workspace),
        week_start=week_start_of(connection, workspace),
        language=chosen_language(connection, workspace, channel),
    )


async def choose(context: Context, asker: Asker, said: Said, plans: Sequence[Plan]) -> Plan:
    """Return the digest that is meant; raises ``Unclear`` with a command for each that could be."""
    channel = await place(context, said, plans)
    if said.name and not channel:
        raise KepiError(words.NOT_THERE)
    found = [it for it in plans if not said.cadence or it.cadence == said.cadence]
    here = [it for it in found if it.channel == (channel or asker.channel)]
    found = here if channel or here else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise KepiError(say(words.NOT_THERE) if plans else say(words.NONE_YET))
    commands = [
        f"digest {said.verb} {await name_of(context, it.channel)} {it.cadence}" for it in found[:5]
    ]
    raise Unclear(say(words.WHICH), tuple(commands))
