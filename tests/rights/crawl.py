"""Whatever Kepi offers is found, and done as everybody: buttons, menus and forms, one by one.

A crawler types a few commands as somebody who may, and looks at every message and form that comes:
each button is a sample of an act, with the value that Kepi itself put there. Before it presses one,
everybody who may not do the act does it with the very same payload.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.deliveries import Delivery
from bot.playground.elements import elements_of, options_of
from bot.playground.forms import fill
from bot.playground.hands import _action as action_of
from bot.playground.interactions import (
    message_action_payload,
    shortcut_payload,
    show_submission_ack,
    submission_payload,
    view_action_payload,
)
from bot.playground.person import Person
from bot.playground.world import Message, View
from commands.rights_table import RIGHTS, Right, Role, Rule
from tests.rights.crafting import Json, command, deliver, from_whom
from tests.slack.conftest import Town

KEPT_ASIDE = frozenset({"seen_event"})
"""What Slack delivered is written down whoever caused it; nobody reads it."""
UNREACHABLE = "the asker could not be told"
"""Slack lets Kepi write to no program, and to no stranger."""
PRESSED = ("button", "overflow", "static_select", "radio_buttons")


class Refusals(logging.Handler):
    """The refusals that were written down, and what broke."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str]] = []
        self.broken: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "refused":
            self.told.append((record.__dict__["user"], record.__dict__["rule"]))
        elif record.levelno >= logging.ERROR and UNREACHABLE not in record.getMessage():
            self.broken.append(f"{record.getMessage()} {record.exc_info and record.exc_info[1]!r}")


def rows_of(table: str) -> str:
    """Return the query of a table's rows; that Kepi is awake is written down every minute."""
    rows = f'SELECT * FROM "{table}"'
    return f"{rows} WHERE key <> 'watch'" if table == "choice" else rows


class Tables:
    """The contents of every table, read again only when something was committed."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)
        self._version = -1
        self._seen: dict[str, int] = {}

    def read(self) -> dict[str, int]:
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            names = self._connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            self._seen = {
                name: hash(str(self._connection.execute(rows_of(name)).fetchall()))
                for (name,) in names.fetchall()
                if name not in KEPT_ASIDE
            }
            self._version = version
        return self._seen

    def close(self) -> None:
        self._connection.close()


@dataclass
class Found:
    """A sample of an act: what was delivered of it, and where the person saw it."""

    right: Right
    payload: Json
    by: Person
    target: Message | View
    action_id: str = ""
    value: Any = None
    origin: str = ""
    """What a form was opened by."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it an act of its own: each entry of a menu is one."""
        return self.right.kind, self.right.name, self.origin or entry_of(self.value)


@dataclass
class Crawler:
    """Finds acts, and does each as every role."""

    town: Town
    tables: Tables
    refusals: Refusals
    roles: dict[Role, str]
    values: dict[str, dict[str, Any]]
    """What a form is filled in with, by its callback id and block."""
    crafted: dict[str, str] = field(default_factory=dict)
    """What a button that is never offered here would remember."""
    done: set[tuple[str, str, str]] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    origin: tuple[str, bool] = ("", False)
    """What was done last, and whether it was done to something that is somebody's."""
    opened: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """View → what opened it."""

    async def type(self, who: Person, words: str, channel: str = "#marketing") -> None:
        """Type a command and do whatever is offered from there on."""
        for view in list(self.town.slack.space.stacks.get(who.id, [])):
            await who.close(view, everything=True)
        asked = words.removeprefix("/support").removeprefix("/kpi").strip()
        fitting = [it for it in RIGHTS if it.kind == "words" and asked.startswith(it.name)]
        rules = [it.rule for it in sorted(fitting, key=lambda it: len(it.name))]
        self.origin = (words, rules[-1:] in ([Rule.OWNER], [Rule.ADMIN]))
        await who.command(words, channel)
        await self.follow(who)

    async def choose(self, who: Person, message: Message, callback_id: str) -> None:
        """Choose an entry in a message's menu, and do whatever is offered from there on."""
        right = right_of("shortcut", callback_id)
        payload = shortcut_payload(self.town.slack.space, who.id, callback_id, message)
        found = Found(right, payload, who, message)
        self.done.add(found.key)
        self.origin = (callback_id, False)
        await self.refuse(found)
        await self.do(found)
        await self.follow(who)

    async def follow(self, who: Person) -> None:
        await self.quiet()
        while found := next(self.look(who), None):
            self.done.add(found.key)
            await self.refuse(found)
            name = f"{found.right.name} {entry_of(found.value)}".strip()
            self.origin = (name, found.right.rule in (Rule.OWNER, Rule.ADMIN))
            await self.do(found)
            await self.quiet()

    async def refuse_words(self, first: str) -> None:
        """Type everything that begins with a word as everybody who may not."""
        for right in RIGHTS:
            if right.kind == "words" and right.name.split()[0] == first:
                for role, user in self.roles.items():
                    if not right.allows(role) and not is_reading(right, role):
                        await self.refuse_one(right, role, user, words_of(self.town, right, user))

    async def refuse_one(self, right: Right, role: Role, user: str, sent: Delivery) -> None:
        before = self.tables.read()
        self.refusals.told.clear()
        await deliver(self.town, sent)
        after = self.tables.read()
        changed = sorted(it for it in after if after[it] != before.get(it))
        refused = [rule for who, rule in self.refusals.told if who == user]
        if not refused or changed:
            told = f"refused {refused}, changed {changed}"
            self.wrong.append(f"{right.kind} {right.name} as {role.value}: {told}")

    async def quiet(self) -> None:
        await self.town.quiet()

    def look(self, who: Person) -> Iterator[Found]:
        """Yield acts that are offered to ``who`` and were not done yet; forms first."""
        space = self.town.slack.space
        stack = list(space.stacks.get(who.id, []))
        for view in (*reversed(stack), *filter(None, [space.homes.get(who.id)])):
            yield from self.in_view(who, view)
        rooms = [it for it in space.channels.values() if space.can_see(who.id, it)]
        for room in rooms:
            for message in who.sees(room.id):
                if message.by_bot:
                    yield from self.in_message(who, message)

    def in_message(self, who: Person, message: Message) -> Iterator[Found]:
        space = self.town.slack.space
        for block, element in elements_of(message.blocks):
            for value in choices_of(element):
                action = action_of(space, block, element, value)
                right = right_of("press", element["action_id"], entry_of(value))
                payload = message_action_payload(space, who.id, message, action)
                found = Found(right, payload, who, message, element["action_id"], value)
                if found.key not in self.done:
                    yield found

    def in_view(self, who: Person, view: View) -> Iterator[Found]:
        space = self.town.slack.space
        for block, element in elements_of(view.blocks):
            if block["type"] == "input" and not block.get("dispatch_action"):
                continue
            if element["type"] not in PRESSED:
                continue
            for value in choices_of(element):
                action = action_of(space, block, element, value)
                right = right_of("press", element["action_id"], entry_of(value))
                payload = view_action_payload(space, view, action)
                found = Found(right, payload, who, view, element["action_id"], value)
                if found.key not in self.done:
                    yield found
        if view.kind == "modal" and view.body.get("submit"):
            callback = str(view.body.get("callback_id"))
            origin, is_of_thing = self.opened.setdefault(view.id, self.origin)
            is_of_thing |= '"note": [' in str(view.body.get("private_metadata"))
            right = right_of("edit" if is_of_thing else "form", callback)
            filled = self.values.get(callback, {})
            held = {key: it for key, it in filled.items() if key in inputs_of(view)}
            view.state = fill(view.blocks, view.state, held)
            found = Found(right, submission_payload(space, view), who, view, origin=origin)
            if found.key not in self.done:
                yield found

    async def refuse(self, found: Found) -> None:
        """Do an act as everybody who may not: refused, written down, nothing changed."""
        await self.quiet()
        for role, user in self.roles.items():
            if found.right.allows(role) or user == found.by.id:
                continue
            if is_reading(found.right, role):
                continue
            before = self.tables.read()
            await self.send(found, user)
            after = self.tables.read()
            changed = sorted(it for it in after if after[it] != before.get(it))
            refused = [rule for who, rule in self.refusals.told if who == user]
            if not refused or changed:
                self.report(found, role, f"refused {refused}, changed {changed}")

    async def do(self, found: Found) -> None:
        """Do an act as those who may: nobody is told that they may not."""
        self.refusals.told.clear()
        self.refusals.broken.clear()
        await self.act(found)
        if self.refusals.told:
            self.report(found, "itself", f"refused {self.refusals.told}")
        if self.refusals.broken:
            self.report(found, "itself", f"broke {self.refusals.broken}")
        for role, user in self.roles.items():
            may = found.right.allows(role) and role in (Role.ADMIN, Role.MEMBER)
            if may and user != found.by.id:
                await self.send(found, user)
                if self.refusals.told:
                    self.report(found, role, f"refused {self.refusals.told}, though they may")

    async def act(self, found: Found) -> None:
        delivery = Delivery("interactive", found.payload)
        answer = await self.town.slack.deliveries.attempt(delivery)
        if found.right.kind == "form" and isinstance(found.target, View):
            show_submission_ack(self.town.slack.space, found.target, answer)
            if found.target.errors or found.target.trouble:
                await found.by.close(found.target, everything=True)
        await self.town.running.context.tasks.settle()

    async def send(self, found: Found, user: str) -> None:
        self.refusals.told.clear()
        self.refusals.broken.clear()
        payload = {**found.payload, **from_whom(self.town, found.payload["type"], user)}
        if not user:
            payload.pop("user", None)
        if "response_url" in payload:
            channel = found.payload["channel"]["id"]
            payload["response_url"] = self.town.slack.space.new_hook(user, channel)
        await deliver(self.town, Delivery("interactive", payload))
        if self.refusals.broken:
            self.report(found, user, f"broke {self.refusals.broken}")

    def report(self, found: Found, who: object, what: str) -> None:
        value = json.dumps(found.value)[:60] if found.value else ""
        name = who.value if isinstance(who, Role) else who
        self.wrong.append(f"{found.right.kind} {found.right.name} {value} as {name}: {what}")


def choices_of(element: Json) -> list[Any]:
    """Return what an element can send; a menu every entry."""
    if element["type"] == "overflow":
        return [it["value"] for it in options_of(element)]
    if element["type"] == "button":
        return [element.get("value")]
    if element["type"] in ("static_select", "radio_buttons"):
        return [it["value"] for it in options_of(element)][-1:]
    return []


def inputs_of(view: View) -> set[str]:
    ids = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    return ids | {element["action_id"] for _, element in elements_of(view.blocks)}


def is_reading(right: Right, role: Role) -> bool:
    """Say whether it is nothing: no program presses, and what one posts is not heard."""
    return role is Role.PROGRAM and right.rule in (Rule.READER, Rule.CUSTOMER)


def words_of(town: Town, right: Right, user: str) -> Delivery:
    """Return a command as somebody types it."""
    first, _, rest = right.name.partition(" ")
    if first == "support":
        return command(town, user, "/support", rest, "C0SUPPORT00")
    return command(town, user, "/kpi", right.name, "C0MARKETING")


def entry_of(value: object) -> str:
    """Return which entry of a menu a value is: “explain” of “explain:12|5”."""
    word = re.split(r"[:|\s]", str(value or ""))[0]
    if word.isdecimal():
        return "#"
    return word if re.fullmatch(r"[a-z_]+", word) else ""


def right_of(kind: str, name: str, entry: str = "") -> Right:
    """Return the row of the table for an id as Slack sends it; an entry may have its own."""
    fitting = [it for it in RIGHTS if it.kind == kind and is_named(it.name, name)]
    exact = [it for it in fitting if entry and it.name.endswith(f" {entry}")]
    usual = [it for it in fitting if " " not in it.name]
    if found := exact or usual:
        return found[0]
    if kind == "edit":
        return right_of("form", name)
    return Right("?", kind, name, "is not in the table", Rule.READER)


def is_named(constraint: str, name: str) -> bool:
    constraint = constraint.partition(" ")[0]
    if constraint.startswith("^"):
        return re.search(constraint, name) is not None
    return constraint == name
