"""The script of the sample as messages of a workspace: there from the start, told to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from bot.playground.sample_issues import Moment, What
from bot.playground.workspace import Workspace
from bot.playground.world import Message


def put_messages(space: Workspace, moments: Iterable[Moment]) -> None:
    """Store what the script says and marks; Kepi's own 🎫 stands where it would have put it."""
    for moment in moments:
        if moment.what is What.SAID:
            message = _message(moment)
            space.keep(message)
            channel = space.channels[moment.channel]
            if not message.is_reply and not channel.is_ext_shared:
                message.reactions["ticket"] = [space.seed.bot_user]
        else:
            marked = space.find_message(moment.channel, moment.ts)
            if marked is not None:
                marked.reactions.setdefault(moment.emoji, []).append(moment.who)


def _message(moment: Moment) -> Message:
    thread_ts = moment.root if moment.root != moment.ts else None
    relay = moment.relay
    if relay is None:
        return Message(moment.channel, moment.ts, moment.who, moment.text, thread_ts=thread_ts)
    text, attachments = relay.write(moment.who, moment.text)
    return Message(
        moment.channel,
        moment.ts,
        "",
        text,
        attachments=[{"id": number, **each} for number, each in enumerate(attachments, 1)],
        thread_ts=thread_ts,
        app=relay.app,
    )
