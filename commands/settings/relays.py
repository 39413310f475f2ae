"""Rules about the posts of apps in a file of settings: ``[[relays]]``, with the keys of their rows.

Taught by pointing at a post, they are copied from one workspace's or channel's file to another's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from commands.saying import say
from commands.settings.plan import Note, RelayPlan, Told
from commands.support.noting import say_rule
from storage.errors import KepiError
from support.relays import PARTS, RelayRule, is_replaced, rule_of

APP = re.compile(r"[AB][A-Z0-9]{2,20}")
RULE_KEYS = ("app", "direction", "username", "needs", "also", "parts")
PART_KEYS = ("field", "pattern", "value", "rest")
MOST_RULES = 200


class RelayNow(NamedTuple):
    """A rule that holds."""

    id: int
    rule: RelayRule


class Unknown(NamedTuple):
    """A key that a rule does not have: where it stands, and which there are."""

    path: tuple[str, ...]
    known: Sequence[str]


def unknown_keys(held: Mapping[str, Any]) -> Iterator[Unknown]:
    """Yield the keys of a rule that mean nothing."""
    for key in held:
        if key not in RULE_KEYS:
            yield Unknown((key,), RULE_KEYS)
    parts = held.get("parts")
    for part, it in parts.items() if isinstance(parts, dict) else ():
        if part not in PARTS:
            yield Unknown(("parts", part), PARTS)
        for key in it if isinstance(it, dict) else ():
            if key not in PART_KEYS:
                yield Unknown(("parts", part, key), PART_KEYS)


def read_rule(held: Mapping[str, Any], channel: str) -> RelayRule:
    """Return a rule as a file has it; raises ``KepiError`` with what would work."""
    for name in ("needs", "also"):
        words = held.get(name, [])
        if not isinstance(words, list) or not all(isinstance(it, str) for it in words):
            raise KepiError("{name} is a list of texts.", name=name)
    rule = rule_of(json.dumps({**held, "channel": channel}))
    for app in (rule.app, *rule.also):
        if not APP.fullmatch(app):
            raise KepiError("“{app}” is no app's id, such as A0123456789.", app=app[:40])
    return rule


def write_rule(rule: RelayRule) -> dict[str, Any]:
    """Return a rule as a file has it."""
    held: dict[str, Any] = json.loads(rule.to_json())
    held.pop("channel", None)
    return held


def rules_in(rows: Iterable[Any]) -> list[RelayNow]:
    """Return the rules of rows; one that cannot be read any more is left as it is."""
    found = []
    for row in rows:
        try:
            found.append(RelayNow(row.id, rule_of(row.rule)))
        except KepiError:
            continue
    return found


def plan_relays(
    held: Sequence[RelayNow],
    wanted: Sequence[RelayRule],
    ended: Sequence[RelayRule],
    *,
    channel: str,
    prune: bool,
) -> tuple[RelayPlan, list[Told], list[Note]]:
    """Return what is to change of the rules of one place.

    A rule about the very same posts takes the older one's place, as a taught one does; others stay.
    """
    plan, told, notes = RelayPlan(), [], []
    left = [it for it in held if it.rule.channel == channel]

    def tell(rule: RelayRule, before: str, after: str) -> None:
        told.append(Told(say("Posts of {app}", app=rule.app), before, after))
        notes.append(Note(channel, f"relays.{rule.app}", before, after))

    for rule in wanted:
        same = next((it for it in left if it.rule == rule), None)
        if same is not None:
            left.remove(same)
            continue
        replaced = [it for it in left if is_replaced(it.rule, rule)]
        left = [it for it in left if it not in replaced]
        plan.added.append(rule)
        plan.ended += [it.id for it in replaced]
        tell(rule, say_rule(replaced[-1].rule) if replaced else "", say_rule(rule))
    for it in left:
        if prune or it.rule in ended:
            plan.ended.append(it.id)
            tell(it.rule, say_rule(it.rule), "")
    return plan, told, notes
