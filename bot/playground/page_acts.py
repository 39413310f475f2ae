"""What a person does in the web page, carried out through the same `Person` that tests use."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.channel_life import archive, unarchive
from bot.playground.forms import fill
from bot.playground.hands import FormRefused
from bot.playground.other_apps import post
from bot.playground.person import Person
from bot.playground.world import Json, Message, View

Act = Callable[[Person, Json], Awaitable[None]]
LONGEST_JUMP = 366 * 86_400


class ActRefused(Exception):
    """An act that Slack's own client would not allow; the text is shown in the page."""


async def act(person: Person, asked: Json) -> Json:
    """Do what the page asks and return `{"ok": true}` or the reason it cannot be done."""
    run = ACTS.get(str(asked.get("do")))
    if run is None:
        return {"ok": False, "error": "unknown act"}
    try:
        await run(person, asked)
    except FormRefused:
        return {"ok": False, "error": ""}
    except (ActRefused, LookupError, PermissionError) as problem:
        return {"ok": False, "error": str(problem)}
    return {"ok": True}


async def _send(person: Person, asked: Json) -> None:
    """Send what was typed: a command, or a message, perhaps in a thread."""
    text, channel = str(asked["text"]), str(asked["channel"])
    thread = asked.get("thread_ts")
    if not text.strip():
        raise ActRefused("There is nothing to send.")
    if text.startswith("/") and len(text) > 1 and text[1].isalpha():
        if thread:
            name = text.split()[0]
            raise ActRefused(f"{name} does not work in threads. Write @Kepi instead.")
        await _command(person, text, channel)
    else:
        also = bool(thread and asked.get("broadcast"))
        await person.say(channel, text, str(thread) if thread else None, broadcast=also)


async def _command(person: Person, text: str, channel: str) -> None:
    bot = person.space.bot.name
    if text.lower().split() == ["/invite", f"@{bot}"]:
        await person.invite_bot(channel)
    elif text.lower().split() == ["/remove", f"@{bot}"]:
        await person.remove_bot(channel)
    else:
        await person.command(text, channel)


async def _press(person: Person, asked: Json) -> None:
    target = _target(person, asked)
    if isinstance(target, View) and asked.get("values"):
        target.state = fill(target.blocks, target.state, asked["values"])
    await person.press(target, str(asked["action_id"]), asked.get("value"))


def _target(person: Person, asked: Json) -> Message | View:
    if asked.get("view"):
        return _view(person, asked)
    return _message(person, asked)


def _view(person: Person, asked: Json) -> View:
    view = person.space.views.get(str(asked["view"]))
    if view is None or view.user != person.id:
        raise ActRefused("This form is closed.")
    return view


def _message(person: Person, asked: Json) -> Message:
    channel, ts = person.channel(str(asked["channel"])).id, str(asked["ts"])
    private = person.space.find_private(channel, ts, person.id)
    found = private or person.space.find_message(channel, ts)
    if found is None:
        raise ActRefused("This message is gone.")
    return found


def _own(person: Person, asked: Json) -> Message:
    message = _message(person, asked)
    if person.id not in (message.user, message.only_to):
        raise ActRefused("This is somebody else's message.")
    return message


async def _submit(person: Person, asked: Json) -> None:
    values: dict[str, Any] = asked.get("values") or {}
    await person.submit(_view(person, asked), values)


async def _close(person: Person, asked: Json) -> None:
    await person.close(_view(person, asked), everything=bool(asked.get("everything")))


async def _react(person: Person, asked: Json) -> None:
    message = _message(person, asked)
    if message.is_private:
        raise ActRefused("A private message takes no reactions.")
    name = str(asked["name"])
    await person.react(message, name, remove=person.id in message.reactions.get(name, []))


async def _edit(person: Person, asked: Json) -> None:
    await person.edit(_own(person, asked), str(asked["text"]))


async def _delete(person: Person, asked: Json) -> None:
    await person.delete(_own(person, asked))


async def _home(person: Person, asked: Json) -> None:
    await person.open_home(str(asked.get("tab", "home")))


async def _shortcut(person: Person, asked: Json) -> None:
    if asked.get("ts"):
        await person.message_shortcut(_message(person, asked), str(asked["callback_id"]))
    else:
        await person.shortcut(str(asked["callback_id"]))


async def _join(person: Person, asked: Json) -> None:
    await person.join(str(asked["channel"]))


async def _invite(person: Person, asked: Json) -> None:
    await person.invite_bot(str(asked["channel"]))


async def _leave(person: Person, asked: Json) -> None:
    await person.leave(str(asked["channel"]))


async def _remove_bot(person: Person, asked: Json) -> None:
    await person.remove_bot(str(asked["channel"]))


async def _archive(person: Person, asked: Json) -> None:
    """Archive a channel, or open it again: an admin may."""
    if not person.member.is_admin:
        raise ActRefused("Only an admin archives a channel here.")
    channel = person.channel(str(asked["channel"]))
    (unarchive if channel.is_archived else archive)(person.space, channel, person.id)


async def _jump(person: Person, asked: Json) -> None:
    """Let time pass: so many seconds, or until next Monday at nine in the person's zone."""
    space = person.space
    seconds = asked.get("seconds")
    if seconds is None:
        seconds = seconds_to_monday(space.clock.instant(), person.member.tz or "UTC")
    if not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST_JUMP:
        raise ActRefused("Time passes forward, by up to a year.")
    await space.jump(float(seconds))


async def _crisis(person: Person, asked: Json) -> None:
    """Let many people complain at once on the networks: it is in the bot's database then."""
    space = person.space
    if space.crisis is None:
        raise ActRefused("There is no sample here in which a crisis could break out.")
    await asyncio.to_thread(space.crisis, space.clock.instant())


def seconds_to_monday(now: datetime, zone: str) -> float:
    """Return how long it is until the next Monday, 09:00 in `zone`."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=-local.weekday())
    monday = datetime.combine(day, time(9), local.tzinfo)
    if monday <= local:
        monday = datetime.combine(day + timedelta(days=7), time(9), local.tzinfo)
    return monday.timestamp() - now.timestamp()


async def _relay(person: Person, asked: Json) -> None:
    """Let a customer write on a network: the social tool's app posts it."""
    space = person.space
    found = [each for each in space.seed.relays if each.app.bot_id == asked.get("bot_id")]
    words = str(asked.get("text") or "").strip()
    if not found or not words:
        raise ActRefused("Choose where the customer writes, and what.")
    relay = found[0]
    text, attachments = relay.write(str(asked.get("handle") or ""), words)
    thread = asked.get("thread_ts")
    post(
        space,
        space.find_channel(relay.channel),
        relay.app,
        text,
        attachments=attachments,
        thread_ts=str(thread) if thread else None,
    )


ACTS: dict[str, Act] = {
    "send": _send,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "react": _react,
    "edit": _edit,
    "delete": _delete,
    "home": _home,
    "shortcut": _shortcut,
    "join": _join,
    "invite": _invite,
    "leave": _leave,
    "remove_bot": _remove_bot,
    "archive": _archive,
    "jump": _jump,
    "crisis": _crisis,
    "relay": _relay,
}
