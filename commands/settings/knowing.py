"""Ids in a file of settings: whether they are of this workspace. Others look like not found.

What the tables already hold in such a place is known; of the rest Slack is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from commands.calls import FAULTS, repeat
from commands.saying import say
from commands.settings.state import State
from commands.settings.wanted import CHANNELS, DEFAULTS, DIGESTS, SUPPORT, WORKSPACE, Document
from commands.support.setup_words import BY_KEY, FIELDS

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

Path = tuple[str, ...]
CHANNEL, USER, GROUP = "channel", "user", "group"
A_PAGE, PAGES = 1000, 100
NOT_FOUND = "There is no {kind} {id} in this workspace."
NOT_ASKED = (
    "The {kind} {id} is not known here yet, and Slack cannot be asked: set SLACK_BOT_TOKEN, or "
    "apply the file in Slack."
)
KINDS = (CHANNEL, USER, GROUP)
"""Of people, guests are none of the workspace."""


@dataclass
class Ids:
    """Ids by kind."""

    held: dict[str, set[str]] = field(default_factory=lambda: {it: set() for it in KINDS})

    def add(self, kind: str, ids: Iterable[str]) -> None:
        self.held[kind] |= {it for it in ids if it}


def ids_of(document: Document) -> list[tuple[Path, str, str]]:
    """Return every id that a file names: where, of which kind, and itself."""
    found: list[tuple[Path, str, str]] = []
    ops = document.workspace.get("ops-channel", "off")
    if ops != "off":
        found.append(((WORKSPACE, "ops-channel"), CHANNEL, ops))
    found += in_support((DEFAULTS, SUPPORT), document.defaults or {})
    for channel in document.channels.values():
        here = (CHANNELS, channel.id)
        found.append((here, CHANNEL, channel.id))
        found += in_support((*here, SUPPORT), channel.support or {})
        for number, digest in enumerate(channel.digests or ()):
            if digest.owner:
                found.append(((*here, DIGESTS, str(number), "owner"), USER, digest.owner))
    return found


def in_support(path: Path, values: dict[str, Any]) -> list[tuple[Path, str, str]]:
    found = []
    for key, value in values.items():
        kind = BY_KEY[key].names
        ids = (value,) if isinstance(value, str) else value
        found += [((*path, key), kind, it) for it in ids if it] if kind else []
    return found


def known_ids(state: State) -> Ids:
    """Return the ids that the tables hold already."""
    known = Ids()
    known.add(CHANNEL, state.channels)
    known.add(CHANNEL, [it for it in [state.workspace["ops-channel"]] if it != "off"])
    drafts = [it.draft for it in state.channels.values() if it.draft is not None]
    for draft in (*drafts, state.usual):
        for it in FIELDS:
            if it.names:
                value = it.find(draft)
                known.add(it.names, (value,) if isinstance(value, str) else value)
    known.add(USER, [row.owner for it in state.channels.values() for row in it.digests])
    return known


async def complain_unknown_ids(
    document: Document, state: State, client: AsyncWebClient | None
) -> None:
    """Complain about every id that is not of this workspace; without ``client``, about new ones."""
    known = known_ids(state)
    new = [it for it in ids_of(document) if it[2] not in known.held[it[1]]]
    if not new:
        return
    there = Ids() if client is None else await ask_slack(client, {kind for _, kind, _ in new})
    for path, kind, it in new:
        if it not in there.held[kind]:
            document.complain(path, say_strange(kind, it[:40], was_asked=client is not None))


def say_strange(kind: str, it: str, *, was_asked: bool) -> str:
    """Return what is wrong with an id that is not known here."""
    kinds = {CHANNEL: say("channel"), USER: say("person"), GROUP: say("user group")}
    if was_asked:
        return say(NOT_FOUND, kind=kinds[kind], id=it)
    return say(NOT_ASKED, kind=kinds[kind], id=it)


async def ask_slack(client: AsyncWebClient, kinds: set[str]) -> Ids:
    """Return every id of some kinds that this workspace has; a few pages, however many are asked.

    Guests and people of other companies are none of it; user groups that Slack does not tell of
    are not there.
    """
    found = Ids()
    if CHANNEL in kinds:
        types = "public_channel,private_channel"
        pages = all_pages(
            lambda cursor: client.conversations_list(types=types, limit=A_PAGE, cursor=cursor),
            "channels",
        )
        found.add(CHANNEL, [str(it["id"]) for it in await pages if not it.get("is_archived")])
    if USER in kinds:
        people = await all_pages(
            lambda cursor: client.users_list(limit=A_PAGE, cursor=cursor), "members"
        )
        found.add(USER, [str(it["id"]) for it in people if is_member(it)])
    if GROUP in kinds:
        try:
            answer = await repeat(lambda: client.usergroups_list(), tries=2)
            found.add(GROUP, [str(it["id"]) for it in answer.get("usergroups") or []])
        except FAULTS:
            pass
    return found


def is_member(person: dict[str, Any]) -> bool:
    outside = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")
    return not any(person.get(it) for it in outside)


async def all_pages(ask: Callable[[str | None], Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(PAGES):
        answer = await repeat(partial(ask, cursor or None))
        found += answer.get(name) or []
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return found
