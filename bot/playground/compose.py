"""What Slack makes of the text a person types (slack-platform §1, §5)."""

from __future__ import annotations

import re

from bot.playground.messages import wrap_links
from bot.playground.workspace import Workspace

TOKEN = re.compile(r"(<[@#!][A-Za-z][^<>\s]*>)")
PERSON = re.compile(r"(?<![\w@<])@([\w.-]*\w)")
ROOM = re.compile(r"(?<![\w#<&])#([\w-]*\w)")


def as_message(space: Workspace, typed: str) -> str:
    """Return message text: mentions become ids, `& < >` entities, addresses links."""
    return _mark_up(space, typed, named_people=False)


def as_command(space: Workspace, typed: str) -> str:
    """Return command text with should_escape on: mentions carry id and name (§1)."""
    return _mark_up(space, typed, named_people=True)


def _mark_up(space: Workspace, typed: str, *, named_people: bool) -> str:
    parts = TOKEN.split(typed)
    return "".join(
        part if index % 2 else _mark_up_plain(space, part, named_people)
        for index, part in enumerate(parts)
    )


def _mark_up_plain(space: Workspace, text: str, named_people: bool) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def person(found: re.Match[str]) -> str:
        name = found.group(1).lower()
        if name in {"here", "channel", "everyone"}:
            return f"<!{name}>"
        for member in space.members.values():
            if member.name.lower() == name:
                return f"<@{member.id}|{member.name}>" if named_people else f"<@{member.id}>"
        group = space.find_group(name)
        return f"<!subteam^{group.id}>" if group else found.group()

    def room(found: re.Match[str]) -> str:
        for channel in space.channels.values():
            if channel.name == found.group(1).lower() and not channel.im_with:
                label = "" if channel.is_private else channel.name
                return f"<#{channel.id}|{label}>"
        return found.group()

    return ROOM.sub(room, PERSON.sub(person, wrap_links(escaped)))
