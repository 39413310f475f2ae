"""Small checks that combine into Block Kit's rules; each notes what Slack would complain about.

A check is given a value, the JSON pointer it stands at, and the list of problems to add to. The
wording follows Slack's own `response_metadata.messages` (slack-platform §4, §5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str, list[str]], None]


def complain(found: list[str], what: str, at: str) -> None:
    """Note one problem at a pointer."""
    found.append(f"{what} [json-pointer:{at}]")


def string(longest: int, shortest: int = 1) -> Check:
    """Text whose length lies between two bounds."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, str):
            complain(found, "must be a string", at)
        elif len(value) > longest:
            complain(found, f"must be less than {longest + 1} characters", at)
        elif len(value) < shortest:
            complain(found, f"must be more than {shortest - 1} characters", at)

    return check


def boolean(value: Any, at: str, found: list[str]) -> None:
    """True or false, never "true"."""
    if not isinstance(value, bool):
        complain(found, "must be a boolean", at)


def number(lowest: float, highest: float) -> Check:
    """A number between two bounds."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            complain(found, "must be a number", at)
        elif not lowest <= value <= highest:
            complain(found, f"must be between {lowest} and {highest}", at)

    return check


def one_of(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if value not in allowed:
            complain(found, f"must be one of {', '.join(allowed)}", at)

    return check


def listing(item: Check, most: int, least: int = 1) -> Check:
    """A list with a bounded number of items."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, list):
            complain(found, "must be an array", at)
            return
        if len(value) > most:
            complain(found, f"no more than {most} items allowed", at)
        if len(value) < least:
            complain(found, f"no less than {least} items allowed", at)
        for index, each in enumerate(value[:most]):
            item(each, f"{at}/{index}", found)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """An object with these fields and no others."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", at)
            return
        for name in required:
            if name not in value:
                complain(found, f"missing required field: {name}", at)
        for name, part in value.items():
            if name == "type":
                continue
            rule = required.get(name) or optional.get(name)
            if rule is None:
                complain(found, f"invalid additional property: {name}", at)
            else:
                rule(part, f"{at}/{name}", found)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` picks the rule."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", at)
        elif not isinstance(value.get("type"), str):
            complain(found, "missing required field: type", at)
        elif value["type"] not in kinds:
            complain(found, f"unsupported type: {value['type']}", f"{at}/type")
        else:
            kinds[value["type"]](value, at, found)

    return check


def both(*checks: Check) -> Check:
    """All of several checks."""

    def check(value: Any, at: str, found: list[str]) -> None:
        for each in checks:
            each(value, at, found)

    return check


def exactly_one(*names: str) -> Check:
    """Exactly one of these fields, for example image_url or slack_file."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if isinstance(value, dict) and sum(name in value for name in names) != 1:
            complain(found, f"must have exactly one of {', '.join(names)}", at)

    return check


def at_least_one(*names: str) -> Check:
    """At least one of these fields."""

    def check(value: Any, at: str, found: list[str]) -> None:
        if isinstance(value, dict) and not any(name in value for name in names):
            complain(found, f"must have at least one of {', '.join(names)}", at)

    return check


def plain(longest: int) -> Check:
    """A plain_text object."""
    fields = shape({"text": string(longest)}, {"emoji": boolean})
    return typed({"plain_text": fields})


def rich(longest: int) -> Check:
    """A plain_text or mrkdwn object."""
    return typed(
        {
            "plain_text": shape({"text": string(longest)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean}),
        }
    )
