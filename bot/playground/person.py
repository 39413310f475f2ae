"""A person at the keyboard, for tests and for the web page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground import hands
from bot.playground.changes import Change
from bot.playground.compose import as_command, as_message
from bot.playground.deliveries import Answer, Deliveries, Delivery
from bot.playground.files import file_shared_event, finish_processing, new_file, share
from bot.playground.interactions import (
    command_payload,
    shortcut_payload,
    show_command_ack,
)
from bot.playground.messages import (
    add_message,
    change_message,
    enter,
    erase_message,
    mark,
    message_json,
)
from bot.playground.workspace import SLACKBOT, Workspace
from bot.playground.world import Channel, Json, Member, Message, SlackFile, View

Wanted = str | Callable[[Message], bool]


class Person:
    """What one member can do and see. Channels are named by id, `#name`, or `dm` for Kepi's."""

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

    async def command(self, text: str, channel: str = "dm") -> Answer:
        """Type `/kpi …` (never in a thread) and return how it was acked (§1)."""
        name, _, rest = text.strip().partition(" ")
        room = self._joined(channel)
        known = {each.name: each for each in self.space.seed.commands}
        if name not in known or self.member.is_stranger:
            self.space.say_privately(self.id, room.id, f"{name} is not a valid command.")
            return Answer(False, 0.0, reason="invalid_command")
        words = as_command(self.space, rest.strip()) if known[name].should_escape else rest.strip()
        payload = command_payload(self.space, self.id, name, words, room)
        answer = await self.deliveries.attempt(Delivery("slash_commands", payload))
        show_command_ack(self.space, payload, answer)
        return answer

    def _joined(self, name: str) -> Channel:
        room = self.channel(name)
        if self.id not in room.members:
            raise PermissionError(f"{self.member.name} is not in {name}")
        if room.is_archived:
            raise PermissionError(f"{name} is archived")
        return room

    async def say(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post a message; `@name`, `#name` and addresses are marked up as Slack does."""
        room = self._joined(channel)
        sent = as_message(self.space, text)
        ts = self.space.clock.mint_ts()
        return add_message(self.space, Message(room.id, ts, self.id, sent, thread_ts=thread_ts))

    async def mention(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post `@Kepi text`."""
        return await self.say(channel, f"<@{self.space.seed.bot_user}> {text}", thread_ts)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        before = message_json(self.space, message)
        message.text = as_message(self.space, text)
        change_message(self.space, message, before)

    async def delete(self, message: Message) -> None:
        """Delete a message, or dismiss an ephemeral one."""
        erase_message(self.space, message)

    async def react(self, message: Message, name: str, *, remove: bool = False) -> None:
        """Put a reaction on a message, or take one's own away."""
        mark(self.space, message, self.id, name, add=not remove)

    async def drop(
        self,
        channel: str,
        filename: str,
        data: bytes,
        comment: str = "",
        thread_ts: str | None = None,
    ) -> Message:
        """Upload a file: a `file_share` message and a `file_shared` event (§4)."""
        room = self._joined(channel)
        file = new_file(self.space, filename, self.id, len(data))
        file.data, file.completed = data, True
        finish_processing(self.space, file)
        ts = self.space.clock.mint_ts()
        share(self.space, file, room, ts)
        self.space.send_event(file_shared_event(self.space, file, room), room, self.id)
        text = as_message(self.space, comment)
        message = Message(
            room.id, ts, self.id, text, thread_ts=thread_ts, subtype="file_share", files=[file.id]
        )
        return add_message(self.space, message)

    async def press(self, target: Message | View, action_id: str, value: Any = None) -> Answer:
        """Press a button, or choose `value` in an overflow, select or picker."""
        return await hands.press(self.space, self.deliveries, self.id, target, action_id, value)

    async def submit(self, view: View, values: dict[str, Any] | None = None) -> Answer:
        """Fill in (by block_id or action_id) and send a modal; FormRefused is Slack's own check.

        Afterwards `view.errors` holds the bot's complaints, `view.trouble` Slack's warning.
        """
        return await hands.submit(self.space, self.deliveries, view, values or {})

    async def close(self, view: View, *, everything: bool = False) -> None:
        """Close a modal, or the whole stack of them."""
        await hands.close(self.space, self.deliveries, view, everything=everything)

    async def open_home(self, tab: str = "home") -> None:
        """Open the app's Home (or `messages`) tab; the bot is told each time."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.space.direct_message(self.id).id,
            "tab": tab,
            "event_ts": self.space.clock.mint_ts(),
        }
        home = self.space.homes.get(self.id)
        if home is not None:
            event["view"] = {**home.body, "id": home.id, "hash": home.hash}
        self.space.send_event(event, None, self.id)

    async def message_shortcut(self, message: Message, callback_id: str) -> Answer:
        """Choose a shortcut in a message's menu."""
        payload = shortcut_payload(self.space, self.id, callback_id, message)
        return await self.deliveries.attempt(Delivery("interactive", payload))

    async def shortcut(self, callback_id: str) -> Answer:
        """Choose a global shortcut."""
        payload = shortcut_payload(self.space, self.id, callback_id, None)
        return await self.deliveries.attempt(Delivery("interactive", payload))

    async def join(self, channel: str) -> None:
        """Join a channel."""
        enter(self.space, self.channel(channel), self.id)

    async def invite_bot(self, channel: str) -> None:
        """Type /invite @Kepi."""
        enter(self.space, self._joined(channel), self.space.seed.bot_user, inviter=self.id)

    async def remove_bot(self, channel: str) -> None:
        """Remove Kepi from a channel."""
        self._joined(channel).members.remove(self.space.seed.bot_user)
        self.space.changes.tell(Change("channels", channel))

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
        self, channel: str = "dm", wanted: Wanted = "", within: float = 5.0
    ) -> Message:
        """Return the newest bot message that holds `wanted` (a text or a test), once it is there.

        It looks at edits too; TimeoutError tells what was visible instead.
        """

        def look() -> Message | None:
            for message in reversed(self.bot_said(channel)):
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

    async def await_home(self, wanted: str = "", within: float = 5.0) -> View:
        """Return the Home tab once it holds `wanted`."""
        return await self._await_view(self.home, wanted, within)

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
