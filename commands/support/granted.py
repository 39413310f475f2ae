"""What Slack lets Kepi do, and what stops without it (what-people-see, *Install and keep*)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from commands.calls import FAULTS
from commands.context import Context
from commands.saying import declare, say_declared

WITHOUT: dict[str, str] = {
    "channels:history": declare("I can’t read channels: no customer issues."),
    "groups:history": declare("I can’t read private channels: no customer issues there."),
    "reactions:read": declare(
        "I can’t see reactions: issues are solved by button or command alone."
    ),
    "reactions:write": declare("I can’t add 🎫 to tracked messages."),
    "usergroups:read": declare("I can’t read user groups: name people who answer one by one."),
}
"""What stops without each permission of the second part, as the manifest asks for them."""
NUMBERS_WITHOUT: dict[str, str] = {
    "app_mentions:read": declare("I don’t hear @Kepi: ask by command or in the direct message."),
    "channels:read": declare("I can’t tell channels apart: answers are for the asker alone."),
    "files:read": declare("I can’t read dropped exports: import them on the command line."),
    "files:write": declare("I can’t add charts or send data files: answers are text."),
    "groups:read": declare(
        "I can’t tell private channels apart: answers there are for the asker alone."
    ),
    "im:history": declare("I can’t read plain words in the direct message: ask by command."),
}
"""The same for what may be left out of the first part."""
NEEDED = "channels:history"


@dataclass(frozen=True)
class Granted:
    """The workspace's address and the permissions of the token; empty where Slack did not say."""

    url: str = ""
    scopes: frozenset[str] = frozenset()

    @property
    def lacks(self) -> list[str]:
        """Missing permissions of the second part, the one that matters most first."""
        return [it for it in WITHOUT if self.scopes and it not in self.scopes]

    @property
    def is_off(self) -> bool:
        """Kepi was installed for numbers alone."""
        return bool(self.scopes) and not self.scopes & {"channels:history", "groups:history"}

    @property
    def lacks_of_all(self) -> list[str]:
        """Missing permissions of both parts, numbers first."""
        every = {**NUMBERS_WITHOUT, **WITHOUT}
        return [it for it in every if self.scopes and it not in self.scopes]

    def says(self) -> tuple[str, ...]:
        """Return a line for each missing permission."""
        return tuple(f"{what_stops(it)} ({it})" for it in self.lacks)

    def link(self, channel: str, ts: str, root: str = "") -> str:
        """Return a message's address as Slack writes it; empty where it is not known."""
        if not self.url:
            return ""
        address = f"{self.url}/archives/{channel}/p{ts.replace('.', '')}"
        return f"{address}?thread_ts={root}&cid={channel}" if root and root != ts else address


def what_stops(scope: str) -> str:
    """Return what stops without an optional permission."""
    return say_declared({**NUMBERS_WITHOUT, **WITHOUT}[scope])


async def find_granted(context: Context) -> Granted:
    """Ask Slack; one that does not answer counts as granting what it may."""
    try:
        answer = await context.client.auth_test()
    except FAULTS:
        return Granted()
    headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
    scopes = frozenset(it.strip() for it in str(headers.get("x-oauth-scopes") or "").split(","))
    parts = urlsplit(str(answer.get("url") or ""))
    url = f"{parts.scheme}://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""
    return Granted(url, scopes - {""})
