"""What a person does in the web page, carried out through the same `Person` that tests use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.forms import fill
from bot.playground.hands import FormRefused
from bot.playground.person import Person
from bot.playground.world import Json, Message, View

Act = Callable[[Person, Json], Awaitable[None]]


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
        await person.say(channel, text, str(thread) if thread else None)


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
    if message.user != person.id and message.only_to != person.id:
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
}
