"""The state of one workspace: who and what exists, and looking it up."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.playground.changes import Change, Changes
from bot.playground.clock import SlackClock
from bot.playground.faults import Faults
from bot.playground.seed import Seed
from bot.playground.world import (
    App,
    Channel,
    Json,
    Member,
    Message,
    SlackFile,
    Team,
    UserGroup,
    View,
)

Thing = TypeVar("Thing")
SLACKBOT = "USLACKBOT"
KEPT = 20_000
MESSAGES_KEPT = 50_000


@dataclass
class Trigger:
    """A `trigger_id`: opens one view for `user`, within 3 s, once (slack-platform §1)."""

    user: str
    born: float = field(default_factory=time.monotonic)
    used: bool = False


@dataclass
class Hook:
    """A `response_url`; `source` is the message whose button was pressed (§1)."""

    user: str
    channel: str
    source: Message | None = None
    born: float = field(default_factory=time.monotonic)
    uses: int = 0


class Workspace:
    """Everything Slack would remember. Verbs on it live beside it; it only finds and keeps."""

    def __init__(self, seed: Seed, clock: SlackClock, faults: Faults) -> None:
        self.seed = seed
        self.clock = clock
        self.faults = faults
        self.changes = Changes()
        self.base_url = ""
        self.status = ""
        self.teams: dict[str, Team] = {each.id: each for each in [seed.team, *seed.other_teams]}
        self.members: dict[str, Member] = {each.id: each for each in seed.members}
        self.channels: dict[str, Channel] = {each.id: each for each in seed.channels}
        self.groups: dict[str, UserGroup] = {each.id: each for each in seed.groups}
        self.apps: dict[str, App] = {each.bot_id: each for each in seed.apps}
        self.messages: dict[str, dict[str, Message]] = {each: {} for each in self.channels}
        self.threads: dict[tuple[str, str], list[str]] = {}
        self.private: dict[str, list[Message]] = {}
        self.files: dict[str, SlackFile] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.send_event: Callable[[Json, Channel | None, str | None], None] = _nobody_listens
        self.later: Callable[[float, Callable[[], None]], None] = _no_loop
        self.jump: Callable[[float], Awaitable[None]] = self._advance
        self.crisis: Callable[[datetime], None] | None = None
        self._count = 0
        for member in seed.members:
            if not member.is_bot and member.team == seed.team.id:
                self.direct_message(member.id)

    async def _advance(self, seconds: float) -> None:
        """Let time pass where no bot has to be stopped and started for it."""
        self.clock.advance(seconds)
        self.changes.tell(Change("clock"))

    @property
    def bot(self) -> Member:
        """Return the bot's user."""
        return self.members[self.seed.bot_user]

    def new_id(self, kind: str) -> str:
        """Return an id such as F0P00000001; `kind` is its first letter (§4)."""
        self._count += 1
        return f"{kind}0P{self._count:08d}"

    def direct_message(self, user: str) -> Channel:
        """Return the direct message of `user` and the bot, made when first asked for."""
        channel = Channel(f"D{user[1:]}", "directmessage", [user, self.seed.bot_user], im_with=user)
        known = self.channels.setdefault(channel.id, channel)
        self.messages.setdefault(channel.id, {})
        return known

    def find_channel(self, name: str) -> Channel:
        """Return a channel by id, `#name` or name; raise LookupError otherwise."""
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.id == name or (channel.name == wanted and channel.im_with is None):
                return channel
        raise LookupError(f"no channel {name!r}")

    def find_group(self, handle: str) -> UserGroup | None:
        """Return a user group by its handle, with or without the @."""
        wanted = handle.removeprefix("@").lower()
        return next((each for each in self.groups.values() if each.handle == wanted), None)

    def keep(self, message: Message) -> None:
        """Store a public message; each channel forgets its oldest after a while."""
        kept = self.messages[message.channel]
        kept[message.ts] = message
        if message.is_reply and message.thread_ts:
            self.threads.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        while len(kept) > MESSAGES_KEPT:
            self.drop(kept[next(iter(kept))])

    def drop(self, message: Message) -> None:
        """Forget a public message."""
        del self.messages[message.channel][message.ts]
        if message.is_reply and message.thread_ts:
            self.threads[message.channel, message.thread_ts].remove(message.ts)

    def threads_of(self, parent: Message) -> list[str]:
        """Return the `ts` of the replies under `parent`, oldest first."""
        return self.threads.get((parent.channel, parent.ts), [])

    def find_message(self, channel: str, ts: str) -> Message | None:
        """Return a public message of a channel."""
        return self.messages.get(channel, {}).get(ts)

    def find_private(self, channel: str, ts: str, user: str) -> Message | None:
        """Return the ephemeral message `user` sees there."""
        for message in self.private.get(user, []):
            if message.channel == channel and message.ts == ts:
                return message
        return None

    def new_trigger(self, user: str) -> str:
        """Return a fresh `trigger_id` for `user`."""
        numbers = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}"
        trigger_id = f"{numbers}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user)
        trim(self.triggers, KEPT)
        return trigger_id

    def new_hook(self, user: str, channel: str, source: Message | None = None) -> str:
        """Return a fresh `response_url` of `user` in `channel`."""
        key = f"{self.seed.team.id}/{self.new_id('H')}/{secrets.token_urlsafe(18)}"
        self.hooks[key] = Hook(user, channel, source)
        trim(self.hooks, KEPT)
        return f"{self.base_url}/hooks/{key}"

    def say_privately(self, user: str, channel: str, text: str) -> Message:
        """Show `user` a line of Slack's own, such as `operation_timeout` (§1)."""
        message = Message(channel, self.clock.mint_ts(), SLACKBOT, text, only_to=user)
        self.keep_private(message)
        return message

    def keep_private(self, message: Message) -> None:
        """Store an ephemeral message; it is in nobody's history."""
        assert message.only_to is not None
        lines = self.private.setdefault(message.only_to, [])
        lines.append(message)
        del lines[:-KEPT]
        self.changes.tell(Change("message", message.channel, message.ts, message.only_to))

    def can_see(self, user: str, channel: Channel) -> bool:
        """Say whether a person may read `channel`: members, and colleagues in public channels."""
        if channel.id not in self.channels:
            return False
        if user in self.channels[channel.id].members:
            return True
        person = self.members[user]
        outside = person.is_restricted or person.is_ultra_restricted or person.is_stranger
        return not (channel.is_private or channel.im_with or outside)


def trim(things: dict[str, Thing], most: int) -> None:
    """Forget the oldest, so that a long run stays bounded."""
    while len(things) > most:
        del things[next(iter(things))]


def _nobody_listens(event: Json, channel: Channel | None, by: str | None) -> None:
    """Drop events until a transport to the bot is wired."""


def _no_loop(seconds: float, act: Callable[[], None]) -> None:
    """Act at once until the server's loop is wired."""
    act()
