"""What other apps do here: post, change and remove messages, and preview links (§3)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.message_shapes import message_json
from bot.playground.messages import add_message, change_message, erase_message
from bot.playground.workspace import Workspace
from bot.playground.world import App, Channel, Json, Member, Message


def known_app(space: Workspace, app: str, bot_id: str, name: str, user: str = "") -> App:
    """Return the app of `bot_id`, made when it is first heard of; it goes by its latest name.

    Its bot user, where it has one, is a member that users.info knows as `is_bot`.
    """
    known = space.apps.setdefault(bot_id, App(app, bot_id, name, user))
    known.name = name
    if user and user not in space.members:
        called = name.lower().replace(" ", "_")
        space.members[user] = Member(user, called, name, space.seed.team.id, is_bot=True)
    return known


def post(
    space: Workspace,
    channel: Channel,
    app: App,
    text: str,
    *,
    attachments: Sequence[Json] = (),
    blocks: Sequence[Json] = (),
    thread_ts: str | None = None,
    user: str = "",
    modern: bool = True,
) -> Message:
    """Post as another app; it needs no membership, but an archived channel takes nothing.

    A modern post has no subtype, but `bot_id` and `bot_profile`; the older kind has the subtype
    bot_message, a `username` and never a user. What an incoming webhook posts has no user (§3).
    """
    if channel.is_archived:
        raise PermissionError(f"#{channel.name} is archived")
    message = Message(
        channel.id,
        space.clock.mint_ts(),
        user if modern else "",
        text,
        [{"block_id": f"b{number}", **each} for number, each in enumerate(blocks)],
        [{"id": number, **each} for number, each in enumerate(attachments, 1)],
        thread_ts=thread_ts,
        subtype=None if modern else "bot_message",
        app=app,
        username="" if modern else app.name,
    )
    return add_message(space, message)


def edit(
    space: Workspace,
    message: Message,
    *,
    text: str | None = None,
    attachments: Sequence[Json] | None = None,
    blocks: Sequence[Json] | None = None,
) -> None:
    """Change an app's own message: message_changed with `edited`."""
    _check_own(message)
    before = message_json(space, message)
    if text is not None:
        message.text = text
    if attachments is not None:
        message.attachments = [{"id": n, **each} for n, each in enumerate(attachments, 1)]
    if blocks is not None:
        message.blocks = list(blocks)
    change_message(space, message, before)


def delete(space: Workspace, message: Message) -> None:
    """Remove an app's own message."""
    _check_own(message)
    erase_message(space, message)


def _check_own(message: Message) -> None:
    if message.app is None:
        raise PermissionError("an app changes what it posted itself, nothing else")


def unfurl(space: Workspace, message: Message, title: str = "A page") -> None:
    """Add a link's preview: message_changed with the same text and without `edited` (§3)."""
    before = message_json(space, message)
    message.attachments = [*message.attachments, {"id": 1, "title": title, "text": title}]
    change_message(space, message, before, edit=False)
