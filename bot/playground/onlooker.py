"""What a person sees, and waiting until they see it."""

from __future__ import annotations

from collections.abc import Callable

from bot.playground.deliveries import Deliveries
from bot.playground.workspace import SLACKBOT, Workspace
from bot.playground.world import Channel, Member, Message, SlackFile, View

Wanted = str | Callable[[Message], bool]


class Onlooker:
    """The eyes of one member. Channels are named by id, `#name`, or `dm` for Kepi's."""

    def __init__(self, space: Workspace, deliveries: Deliveries, member: Member) -> None:
        self.space = space
        self.deliveries = deliveries
        self.member = member
        self.id = member.id

    def channel(self, name: str) -> Channel:
        """Return a conversation this person can see, or raise LookupError or PermissionError."""
        found = (
            self.space.direct_message(self.id) if name == "dm" else self.space.find_channel(name)
        )
        if not self.space.can_see(self.id, found):
            raise PermissionError(f"{self.member.name} cannot see {name}")
        return found

    def sees(self, channel: str = "dm") -> list[Message]:
        """Return every message visible here, replies and private ones too, in order of time."""
        room = self.channel(channel)
        private = [m for m in self.space.private.get(self.id, []) if m.channel == room.id]
        return sorted([*self.space.messages[room.id].values(), *private], key=lambda m: m.ts)

    def bot_said(self, channel: str = "dm") -> list[Message]:
        """Return what the bot, or Slack on its behalf, said here."""
        return [each for each in self.sees(channel) if each.by_bot or each.user == SLACKBOT]

    def files(self, message: Message) -> list[SlackFile]:
        """Return the files of a message, and those its image blocks show."""
        shown = [b["slack_file"]["id"] for b in message.blocks if "id" in b.get("slack_file", {})]
        return [self.space.files[each] for each in [*message.files, *shown]]

    def open_view(self) -> View | None:
        """Return the modal in front of this person."""
        stack = self.space.stacks.get(self.id)
        return stack[-1] if stack else None

    def home(self) -> View | None:
        """Return the published Home tab."""
        return self.space.homes.get(self.id)

    async def await_message(
        self,
        channel: str = "dm",
        wanted: Wanted = "",
        within: float = 5.0,
        *,
        after: str | Message = "",
    ) -> Message:
        """Return the newest bot message that holds `wanted` (a text or a test), once it is there.

        It looks at edits too. `after` is a message or ts before which nothing counts. TimeoutError
        tells what was visible instead.
        """
        start = after.ts if isinstance(after, Message) else after

        def look() -> Message | None:
            for message in reversed(self.bot_said(channel)):
                if message.ts <= start:
                    return None
                if wanted in message.words if isinstance(wanted, str) else wanted(message):
                    return message
            return None

        found = await self.space.changes.until(look, within)
        if found is None:
            seen = [each.words for each in self.sees(channel)][-5:]
            raise TimeoutError(f"waited {within} s for {wanted!r} in {channel}; saw {seen}")
        return found

    async def await_view(self, wanted: str = "", within: float = 5.0) -> View:
        """Return the open modal once it holds `wanted`."""
        return await self._await_view(self.open_view, wanted, within)

    async def _await_view(
        self, current: Callable[[], View | None], wanted: str, within: float
    ) -> View:
        def look() -> View | None:
            view = current()
            return view if view is not None and wanted in view.words else None

        found = await self.space.changes.until(look, within)
        if found is None:
            view = current()
            raise TimeoutError(f"waited {within} s for a view with {wanted!r}; saw {view}")
        return found
