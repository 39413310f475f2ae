"""What Kepi remembers for a minute or two about channels and people, so as not to ask each time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from commands.calls import error_of, repeat

Thing = TypeVar("Thing")

CHANNEL_SECONDS = 60.0
PERSON_SECONDS = 300.0
UNREACHABLE = frozenset(
    {"channel_not_found", "method_not_supported_for_channel_type", "missing_scope"}
)
"""Words for what Kepi may not see; without ``channels:read`` that is every public channel."""


class Remembered(Generic[Thing]):
    """A small store of answers that expire, the oldest going first."""

    def __init__(self, seconds: float, size: int = 10_000) -> None:
        self.seconds, self.size = seconds, size
        self._kept: OrderedDict[str, tuple[float, Thing]] = OrderedDict()

    def get(self, key: str) -> Thing | None:
        kept = self._kept.get(key)
        if kept is None or time.monotonic() - kept[0] > self.seconds:
            return None
        return kept[1]

    def keep(self, key: str, thing: Thing) -> None:
        self._kept[key] = (time.monotonic(), thing)
        self._kept.move_to_end(key)
        while len(self._kept) > self.size:
            self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)


@dataclass(frozen=True)
class Channel:
    """A conversation, as far as it decides where an answer may appear."""

    id: str
    is_member: bool = False
    is_direct: bool = False
    """The direct message of one person and Kepi."""
    is_shared: bool = False
    """People of another company are in it."""
    name: str = ""
    is_private: bool = False
    """Only its members may know what is said in it."""
    is_archived: bool = False


class Channels:
    """``conversations.info``, remembered; channels that Kepi is not in are asked about anew."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._kept: Remembered[Channel] = Remembered(CHANNEL_SECONDS)

    async def find(self, channel: str) -> Channel:
        """Return what is known of ``channel``; one that Kepi may not see counts as not joined."""
        if not channel.isalnum():
            return Channel(channel)  # not even the form of an id
        known = self._kept.get(channel)
        if known is None:
            known = await self._ask(channel)
            if known.is_member:
                self._kept.keep(channel, known)
        return known

    def forget(self, channel: str) -> None:
        """Ask again next time: Kepi was invited, removed, or refused."""
        self._kept.forget(channel)

    async def _ask(self, channel: str) -> Channel:
        try:
            answer = await repeat(lambda: self._client.conversations_info(channel=channel))
        except SlackApiError as refusal:
            if error_of(refusal) in UNREACHABLE:
                return Channel(channel)
            raise
        return read_channel(channel, answer["channel"])


def read_channel(channel: str, info: Mapping[str, Any]) -> Channel:
    """Return what a ``channel`` object says; Kepi's own direct messages have no ``is_member``."""
    direct = bool(info.get("is_im"))
    return Channel(
        channel,
        is_member=direct or bool(info.get("is_member")),
        is_direct=direct,
        is_shared=any(
            info.get(word) for word in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")
        ),
        name=str(info.get("name") or ""),
        is_private=bool(info.get("is_private") or info.get("is_group") or info.get("is_mpim")),
        is_archived=bool(info.get("is_archived")),
    )


@dataclass(frozen=True)
class Person:
    """Someone, as far as it decides what they may do."""

    id: str
    is_admin: bool = False
    """A Slack admin or owner."""
    is_guest: bool = False
    """A guest, someone of another company, or gone."""
    name: str = ""
    zone: str = ""
    """IANA name; empty where Slack does not say."""
    locale: str = ""
    """“sv-SE”: the language that they read Slack in."""


class People:
    """``users.info``, remembered."""

    def __init__(self, client: AsyncWebClient, team: str) -> None:
        self._client, self._team = client, team
        self._kept: Remembered[Person] = Remembered(PERSON_SECONDS)
        self._forgotten = 0
        """How often somebody was forgotten: what was asked for before is not kept after."""

    async def find(self, user: str) -> Person:
        """Return what is known of ``user``; someone whom Slack hides counts as a guest."""
        if not user:
            return Person(user, is_guest=True)
        known = self._kept.get(user)
        if known is None:
            before = self._forgotten
            known = await self._ask(user)
            if before == self._forgotten:
                self._kept.keep(user, known)
        return known

    def forget(self, user: str) -> None:
        """Ask again next time: they may have become a guest, or left the company."""
        self._kept.forget(user)
        self._forgotten += 1

    async def _ask(self, user: str) -> Person:
        try:
            answer = await repeat(lambda: self._client.users_info(user=user, include_locale=True))
        except SlackApiError as refusal:
            if error_of(refusal) in {"user_not_found", "user_not_visible"}:
                return Person(user, is_guest=True)
            raise
        return read_person(answer["user"], self._team)


def read_person(info: Mapping[str, Any], team: str) -> Person:
    """Return what a ``user`` object says, seen from ``team``."""
    outside = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")
    profile = info.get("profile") or {}
    return Person(
        str(info["id"]),
        is_admin=bool(info.get("is_admin") or info.get("is_owner")),
        is_guest=info.get("team_id", team) != team or any(info.get(word) for word in outside),
        name=str(profile.get("display_name") or info.get("real_name") or ""),
        zone=str(info.get("tz") or ""),
        locale=str(info.get("locale") or ""),
    )


class Latest:
    """Which work on a message is the newest, so that a late chart never covers a newer answer."""

    def __init__(self) -> None:
        self._newest: Remembered[object] = Remembered(3600.0)

    def begin(self, channel: str, ts: str) -> object:
        """Start work on a message: whatever was under way on it is out of date."""
        mark = object()
        self._newest.keep(f"{channel}:{ts}", mark)
        return mark

    def holds(self, channel: str, ts: str, mark: object) -> bool:
        """Say whether no newer work on the message has begun."""
        return self._newest.get(f"{channel}:{ts}") is mark
