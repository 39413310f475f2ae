"""Payloads as Slack sends them, and then not: parts taken away, exchanged, repeated, deepened."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.hardening.strange import FORMULAS, MARKUP, SIGNS, SQL, phrases

Payload = tuple[str, dict[str, Any]]
"""How it comes (“command”, “interactive”, “event”, “options”), and what."""
USER, CHANNEL, TEAM = "U0MIA000000", "C0MARKETING", "T0ACME00000"
ODD = (*SQL, *SIGNS, *MARKUP, *FORMULAS, "", "x", "[]", "{}", "0", '["U0MIA000000","reach"]')


def plain(dice: random.Random, actions: Sequence[str], views: Sequence[str], url: str) -> Payload:
    """Return a payload that looks right."""
    who: dict[str, Any] = {
        "user": {"id": USER, "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": "1.2.3",
    }
    ts = f"17953416{dice.randrange(100):02d}.000100"
    pick = dice.randrange(6)
    if pick == 0:
        words = next(phrases(dice.randrange(10**9), 1))
        command = dice.choice(("/kpi", "/support", "/other"))
        given = {"command": command, "text": words, "user_id": USER, "channel_id": CHANNEL}
        return "command", given | {"team_id": TEAM, "trigger_id": "1.2.3", "response_url": url}
    if pick == 1:
        action: dict[str, Any] = {
            "action_id": dice.choice(actions),
            "block_id": "b",
            "value": dice.choice(ODD),
        }
        action |= {"type": "button", "action_ts": ts}
        if dice.random() < 0.3:
            action |= {"type": "overflow", "selected_option": {"value": dice.choice(ODD)}}
        body: dict[str, Any] = {
            "type": "block_actions",
            "actions": [action],
            **who,
            "response_url": url,
        }
        body |= {"channel": {"id": CHANNEL}, "message": {"ts": ts, "blocks": [], "text": "x"}}
        body["container"] = {"type": "message", "message_ts": ts, "channel_id": CHANNEL}
        return "interactive", body
    if pick == 2:
        values = {f"b{n}": {f"a{n}": {"type": "x", "value": dice.choice(ODD)}} for n in range(3)}
        view: dict[str, Any] = {
            "id": "V1",
            "callback_id": dice.choice(views),
            "state": {"values": values},
        }
        view |= {"private_metadata": dice.choice(ODD), "blocks": [], "hash": "1.x", "type": "modal"}
        view["title"] = {"type": "plain_text", "text": "Title"}
        kind = dice.choice(("view_submission", "view_submission", "view_closed"))
        return "interactive", {"type": kind, "view": view, **who}
    if pick == 3:
        kinds = ["message", "app_mention", "file_shared", "reaction_added", "app_home_opened"]
        kinds += ["member_joined_channel", "channel_archive", "message_metadata_posted"]
        event: dict[str, Any] = {
            "type": dice.choice(kinds),
            "user": USER,
            "channel": CHANNEL,
            "ts": ts,
        }
        event |= {"text": dice.choice(ODD), "event_ts": ts, "reaction": "eyes", "file_id": "F1"}
        event["item"] = {"type": "message", "channel": CHANNEL, "ts": ts}
        event["channel_type"] = dice.choice(("im", "channel", "group"))
        body = {"type": "event_callback", "team_id": TEAM, "event": event}
        return "event", body | {"event_id": f"Ev{dice.randrange(10**9)}", "authorizations": [{}]}
    if pick == 4:
        body = {"type": "block_suggestion", "action_id": dice.choice(actions), "block_id": "b"}
        return "interactive", body | {"value": dice.choice(ODD), **who, "view": {"id": "V1"}}
    kind = dice.choice(("shortcut", "message_action"))
    body = {"type": kind, "callback_id": dice.choice(views), **who, "channel": {"id": CHANNEL}}
    return "interactive", body | {"message": {"ts": ts, "text": "x"}, "message_ts": ts}


def spoil(dice: random.Random, body: dict[str, Any]) -> dict[str, Any]:
    """Return a payload with some parts gone, exchanged for anything, or far too many."""
    spoiled = copy.deepcopy(body)
    for _ in range(dice.randrange(4)):
        holder: Any = spoiled
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = dice.choice(keys)
            inside = holder[key]
            if isinstance(inside, dict | list) and inside and dice.random() < 0.7:
                holder = inside
                continue
            if holder is spoiled and key == "type":
                break  # what kind of payload it is stays, or nothing would read it
            if isinstance(holder, dict) and dice.random() < 0.3:
                del holder[key]
            else:
                holder[key] = anything(dice)
            break
    return spoiled


def anything(dice: random.Random) -> Any:
    """Return what nobody expects there."""
    deep: Any = "x"
    for _ in range(30):
        deep = [deep]
    return dice.choice(
        (
            *(None, True, False, -1, 0, 10**30, 1.5, [], {}, [[]], [None], {"id": None}, deep),
            *({"id": ["x"]}, {"value": {}}, [{"action_id": 5}], "x" * 5_000, *ODD),
        )
    )


def payloads(
    seed: int, count: int, actions: Sequence[str], views: Sequence[str], url: str
) -> Iterator[Payload]:
    """Yield payloads, most of them spoiled."""
    dice = random.Random(seed)
    for _ in range(count):
        way, body = plain(dice, actions, views, url)
        yield way, spoil(dice, body) if dice.random() < 0.8 else body


def as_form(body: dict[str, Any]) -> dict[str, str]:
    """Return a command's fields as a form can hold them."""
    return {
        str(key): (it if isinstance(it, str) else json.dumps(it))
        .encode("utf-8", "replace")
        .decode()
        for key, it in body.items()
    }
