"""A person at the keyboard, for tests and for the web page."""

from __future__ import annotations

import re
from typing import Any

from bot.playground import hands
from bot.playground.compose import as_command, as_message
from bot.playground.deliveries import Answer, Delivery
from bot.playground.files import file_shared_event, finish_processing, new_file, share
from bot.playground.interactions import (
    command_payload,
    shortcut_payload,
    show_command_ack,
)
from bot.playground.membership import enter, leave
from bot.playground.message_shapes import message_json
from bot.playground.messages import (
    add_message,
    change_message,
    erase_message,
    mark,
)
from bot.playground.onlooker import Onlooker, Wanted
from bot.playground.world import Channel, Json, Message, View


class Person(Onlooker):
    """What one member can do and see. Channels are named by id, `#name`, or `dm` for Kepi's."""

    async def command(self, text: str, channel: str = "dm") -> Answer:
        """Type `/kpi …` (never in a thread) and return how it was acked (§1)."""
        name, *more = re.split(r"[ \n]", text.strip(" \n"), maxsplit=1)
        rest = more[0].strip(" \n") if more else ""
        room = self._joined(channel)
        known = {each.name: each for each in self.space.seed.commands}
        if name not in known or self.member.is_stranger:
            self.space.say_privately(self.id, room.id, f"{name} is not a valid command.")
            return Answer(False, 0.0, reason="invalid_command")
        words = as_command(self.space, rest) if known[name].should_escape else rest
        payload = command_payload(self.space, self.id, name, words, room)
        answer = await self.deliveries.attempt(Delivery("slash_commands", payload))
        show_command_ack(self.space, payload, answer)
        return answer

    async def ask(
        self, text: str, channel: str = "dm", wanted: Wanted = "", within: float = 5.0
    ) -> Message:
        """Type a command and return the bot's new message that holds `wanted`."""
        before = self.space.clock.mint_ts()
        await self.command(text, channel)
        return await self.await_message(channel, wanted, within, after=before)

    def _joined(self, name: str) -> Channel:
        room = self.channel(name)
        if self.member.deleted:
            raise PermissionError(f"{self.member.name} is deactivated")
        if self.id not in room.members:
            raise PermissionError(f"{self.member.name} is not in {name}")
        if room.is_archived:
            raise PermissionError(f"{name} is archived")
        return room

    def _own(self, message: Message) -> None:
        """Refuse what is somebody else's; an ephemeral message is its reader's to dismiss."""
        if self.id not in (message.user, message.only_to):
            raise PermissionError(f"{self.member.name} did not write this")

    async def say(
        self, channel: str, text: str, thread_ts: str | None = None, *, broadcast: bool = False
    ) -> Message:
        """Post a message; `@name`, `#name` and addresses are marked up as Slack does.

        `broadcast` is "also send to channel" of a reply: subtype thread_broadcast (§3).
        """
        room = self._joined(channel)
        message = Message(
            room.id,
            self.space.clock.mint_ts(),
            self.id,
            as_message(self.space, text),
            thread_ts=thread_ts,
            broadcast=broadcast,
            subtype="thread_broadcast" if broadcast else None,
        )
        return add_message(self.space, message)

    async def me(self, channel: str, text: str) -> Message:
        """Type `/me text`: a message of subtype me_message (§3)."""
        room = self._joined(channel)
        words = as_message(self.space, text)
        ts = self.space.clock.mint_ts()
        return add_message(self.space, Message(room.id, ts, self.id, words, subtype="me_message"))

    async def mention(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post `@Kepi text`."""
        return await self.say(channel, f"<@{self.space.seed.bot_user}> {text}", thread_ts)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        self._joined(message.channel)
        self._own(message)
        before = message_json(self.space, message)
        message.text = as_message(self.space, text)
        change_message(self.space, message, before)

    async def delete(self, message: Message) -> None:
        """Delete one's own message (an admin any), or dismiss an ephemeral one."""
        if not self.member.is_admin:
            self._own(message)
        erase_message(self.space, message)

    async def react(self, message: Message, name: str, *, remove: bool = False) -> None:
        """Put a reaction on a message, or take one's own away. Skin tone: `+1::skin-tone-3`."""
        self._joined(message.channel)
        if message.is_private or message.is_tombstone:
            raise PermissionError("this message takes no reactions")
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
        """Choose a shortcut in a message's menu; it is our workspace's app, not theirs (§8)."""
        self._has_app()
        payload = shortcut_payload(self.space, self.id, callback_id, message)
        return await self.deliveries.attempt(Delivery("interactive", payload))

    async def shortcut(self, callback_id: str) -> Answer:
        """Choose a global shortcut."""
        self._has_app()
        payload = shortcut_payload(self.space, self.id, callback_id, None)
        return await self.deliveries.attempt(Delivery("interactive", payload))

    def _has_app(self) -> None:
        if self.member.is_stranger:
            raise PermissionError(f"the app is not installed where {self.member.name} works")

    async def join(self, channel: str) -> None:
        """Join a channel."""
        enter(self.space, self.channel(channel), self.id)

    async def invite_bot(self, channel: str) -> None:
        """Type /invite @Kepi."""
        enter(self.space, self._joined(channel), self.space.seed.bot_user, inviter=self.id)

    async def leave(self, channel: str) -> None:
        """Leave a channel."""
        leave(self.space, self._joined(channel), self.id)

    async def remove_bot(self, channel: str) -> None:
        """Remove Kepi from a channel: member_left_channel, then silence."""
        leave(self.space, self._joined(channel), self.space.seed.bot_user, self.id)
