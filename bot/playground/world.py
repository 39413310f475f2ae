"""The things a workspace is made of, and how the Web API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.elements import Json as Json
from bot.playground.elements import find_element, words_of, words_of_attachments
from bot.playground.inhabitants import App as App
from bot.playground.inhabitants import Member as Member
from bot.playground.inhabitants import Team as Team
from bot.playground.inhabitants import UserGroup as UserGroup


@dataclass
class Channel:
    """A conversation: public or private channel, or the direct message of `im_with` and the bot.

    `connected` are the ids of other companies it was shared with (slack-platform §3).
    """

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    im_with: str | None = None
    created: int = 1_700_000_000
    topic: str = ""
    connected: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return the `channel_type` of its message events."""
        if self.im_with:
            return "im"
        return "group" if self.is_private else "channel"

    def as_json(self, viewer: str) -> Json:
        """Return the `channel` object of conversations.info."""
        if self.im_with:
            return {
                "id": self.id,
                "created": self.created,
                "is_im": True,
                "is_org_shared": False,
                "is_archived": self.is_archived,
                "user": self.im_with,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "created": self.created,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_general": False,
            "is_shared": self.is_ext_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": False,
            "is_member": viewer in self.members,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


@dataclass
class SlackFile:
    """A file, ready once `mimetype` is set (§4). `channels` are those it was shared in."""

    id: str
    name: str
    owner: str
    size: int
    created: int
    title: str = ""
    alt_txt: str = ""
    data: bytes | None = None
    completed: bool = False
    mimetype: str = ""
    deleted: bool = False
    shares: dict[str, str] = field(default_factory=dict)
    upload_key: str = ""

    @property
    def is_ready(self) -> bool:
        """Say whether Slack has processed it, so that a block may show it."""
        return self.completed and bool(self.mimetype) and not self.deleted


@dataclass
class Message:
    """A message.

    `user` is empty for what an app posted by an incoming webhook; `app` is the other app that
    posted it (`by_bot`: ours did). `only_to` is the person an ephemeral message is visible to;
    `touched` what each person chose in its selects; `troubles` the warning each got beside a
    button that was not acked.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    only_to: str | None = None
    by_bot: bool = False
    app: App | None = None
    username: str = ""
    metadata: Json | None = None
    edited_ts: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    touched: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Say whether only one person sees it."""
        return self.only_to is not None

    @property
    def author(self) -> str:
        """Return who posted it: a user id, or a bot id where there is no user."""
        return self.user or (self.app.bot_id if self.app else "")

    @property
    def is_tombstone(self) -> bool:
        """Say whether it was deleted, but still heads a thread."""
        return self.subtype == "tombstone"

    @property
    def is_reply(self) -> bool:
        """Say whether it stands in a thread under another message (§3)."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def words(self) -> str:
        """Return every text a reader sees: that of the blocks, or the plain text without them."""
        shown = "\n".join(words_of(self.blocks)) if self.blocks else self.text
        return "\n".join([shown, *words_of_attachments(self.attachments)])

    def element(self, action_id: str, value: str | None = None) -> Json:
        """Return the interactive element with this action_id (and value), or raise LookupError."""
        return find_element(self.blocks, action_id, value)[1]


@dataclass
class View:
    """A modal, or a person's Home tab."""

    id: str
    kind: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def title(self) -> str:
        """Return the title text, empty on Home."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Return the blocks as sent."""
        blocks: list[Json] = self.body.get("blocks", [])
        return blocks

    @property
    def words(self) -> str:
        """Return every text in it, title first."""
        return "\n".join([self.title, *words_of(self.blocks)])

    def element(self, action_id: str, value: str | None = None) -> Json:
        """Return the element with this action_id (and value), or raise LookupError."""
        return find_element(self.blocks, action_id, value)[1]
