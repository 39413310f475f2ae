"""What happens in a workspace besides what a person types: the other half of the test driver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.playground import channel_life, other_apps, people_life
from bot.playground.clock import SlackClock
from bot.playground.membership import enter, leave
from bot.playground.messages import add_message
from bot.playground.workspace import Workspace
from bot.playground.world import App, Channel, Json, Member, Message, UserGroup


class Happenings:
    """Verbs on a workspace; channels are named by id or `#name`, people by name or id.

    Each is told to the bot as Slack tells it, if the bot subscribed, has the scope and is there.
    """

    space: Workspace

    @property
    def clock(self) -> SlackClock:
        """Return the workspace's clock; `advance(seconds)` lets time pass at once."""
        return self.space.clock

    def member(self, name: str) -> Member:
        """Return a member by name (`mia`) or id, or raise LookupError."""
        for member in self.space.members.values():
            if name.lower() == member.name or name == member.id:
                return member
        raise LookupError(f"nobody is called {name!r}")

    def app_post(
        self,
        channel: str,
        text: str,
        *,
        app: str = "A0RELAY",
        bot_id: str = "B0RELAY",
        username: str = "X mentions",
        attachments: Sequence[Json] = (),
        blocks: Sequence[Json] = (),
        thread_ts: str | None = None,
        user: str = "",
        modern: bool = True,
    ) -> Message:
        """Let another app post. A modern post has no subtype, but `bot_id` and `bot_profile`.

        Without `user` it came by an incoming webhook: neither it nor reactions on it name one.
        `modern=False` is the older kind: subtype bot_message with `username` (slack-platform §3).
        """
        by = self.app(app, bot_id, username, user)
        room = self.space.find_channel(channel)
        return other_apps.post(
            self.space,
            room,
            by,
            text,
            attachments=attachments,
            blocks=blocks,
            thread_ts=thread_ts,
            user=user,
            modern=modern,
        )

    def app(self, app: str, bot_id: str, name: str, user: str = "") -> App:
        """Return the app that posts as `bot_id`, installed when it is first heard of."""
        return other_apps.known_app(self.space, app, bot_id, name, user)

    def app_edit(
        self,
        message: Message,
        text: str | None = None,
        *,
        attachments: Sequence[Json] | None = None,
        blocks: Sequence[Json] | None = None,
    ) -> None:
        """Let the app that posted `message` change it: message_changed with `edited`."""
        other_apps.edit(self.space, message, text=text, attachments=attachments, blocks=blocks)

    def app_delete(self, message: Message) -> None:
        """Let the app that posted `message` remove it."""
        other_apps.delete(self.space, message)

    def unfurl(self, message: Message, title: str = "A page") -> None:
        """Let Slack add a preview of a link: message_changed that changes no text."""
        other_apps.unfurl(self.space, message, title)

    def notice(self, channel: str, subtype: str, text: str = "", by: str = "mia") -> Message:
        """Let Slack itself write a line, such as subtype channel_topic or pinned_item (§3)."""
        room, who = self._room(channel), self.member(by).id
        ts = self.space.clock.mint_ts()
        return add_message(self.space, Message(room.id, ts, who, text, subtype=subtype))

    def deactivate(self, name: str) -> None:
        """End somebody's account: user_change with `deleted`, out of channels and groups."""
        people_life.deactivate(self.space, self.member(name))

    def reactivate(self, name: str) -> None:
        """Give somebody the account back."""
        people_life.reactivate(self.space, self.member(name))

    def newcomer(
        self, name: str, *, company: str = "", is_guest: bool = False, channels: Sequence[str] = ()
    ) -> Member:
        """Add a person called `name`: a colleague, a guest, or somebody of another `company`.

        They enter `channels` at once.
        """
        team = self.company(company) if company else self.space.seed.team.id
        outside = team != self.space.seed.team.id
        member = Member(
            self.space.new_id("U"),
            name,
            name.title(),
            team,
            tz=None if outside else "UTC",
            is_restricted=is_guest,
            is_stranger=outside,
        )
        people_life.welcome(self.space, member)
        for channel in channels:
            enter(self.space, self.space.find_channel(channel), member.id)
        return member

    def set_group(self, handle: str, names: Iterable[str]) -> UserGroup:
        """Make the user group `@handle`, or change who is in it: subteam_members_changed."""
        users = [self.member(each).id for each in names]
        return people_life.set_group(self.space, handle, users)

    def archive(self, channel: str, by: str = "mia") -> None:
        """Archive a channel; posts and reactions are refused with is_archived."""
        channel_life.archive(self.space, self._room(channel), self.member(by).id)

    def unarchive(self, channel: str, by: str = "mia") -> None:
        """Open an archived channel again."""
        channel_life.unarchive(self.space, self._room(channel), self.member(by).id)

    def delete_channel(self, channel: str, by: str = "mia") -> None:
        """Delete a channel; calls on it are refused with channel_not_found."""
        channel_life.delete(self.space, self._room(channel), self.member(by).id)

    def rename(self, channel: str, name: str, by: str = "mia") -> None:
        """Rename a channel; its id stays."""
        channel_life.rename(self.space, self._room(channel), name, self.member(by).id)

    def change_channel_id(self, channel: str) -> str:
        """Give a channel another id (channel_id_changed) and return it."""
        return channel_life.change_id(self.space, self._room(channel))

    def share(self, channel: str, company: str) -> None:
        """Share a channel with another company, named by name or id: its people come in."""
        channel_life.share(self.space, self._room(channel), self.company(company))

    def unshare(self, channel: str, company: str) -> None:
        """Take another company out of a channel."""
        channel_life.unshare(self.space, self._room(channel), self.company(company))

    def remove_bot(self, channel: str, by: str = "mia") -> None:
        """Remove the bot from a channel: member_left_channel, then silence until invited again."""
        remover = self.member(by).id
        leave(self.space, self._room(channel), self.space.seed.bot_user, remover)

    def company(self, name: str) -> str:
        """Return the id of a company known here, or raise LookupError."""
        for team in self.space.teams.values():
            if name in (team.id, team.name, team.domain):
                return team.id
        raise LookupError(f"no company is called {name!r}")

    def _room(self, channel: str) -> Channel:
        return self.space.find_channel(channel)
