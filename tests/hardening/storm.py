"""Sending spoiled payloads to a running bot, and what became of them."""

from __future__ import annotations

import gc
import io
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import new as hmac
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot import logs
from commands.pace import Rate
from tests.hardening.payloads import as_form, payloads

if TYPE_CHECKING:
    from tests.slack.conftest import Town

FORM = "application/x-www-form-urlencoded"
LOOSE = re.compile(r"never retrieved|never awaited|could not be told|Unclosed|Task was destroyed")
LAST = ("handler failed", "task failed")
"""What the last handler logs, with a reference; anything else that has a traceback got past it."""


@dataclass
class Seen:
    """What a storm met."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """Lines of the log that tell of a fault that the last handler did not take."""
    taken: int = 0
    """Faults that it did take: the asker has words and a reference."""
    told: list[str] = field(default_factory=list)
    """What was said meanwhile to the person in whose name it all came."""
    grown: int = 0
    """Bytes that the process grew by after its first tenth."""
    answers_as_before: bool = False


@contextmanager
def heard_log() -> Iterator[io.StringIO]:
    """Give everything that is logged meanwhile, as it would be written."""
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=True)
    yield stream


def names_of(app: AsyncApp) -> list[str]:
    """Return the ids of buttons and forms that an app listens to."""
    found: set[str] = set()
    for listener in app._async_listeners:
        for matcher in listener.matchers or ():
            found |= set(texts(getattr(matcher, "func", None)))
    return sorted(it for it in found if re.fullmatch(r"[a-z][a-z0-9_:.-]{2,60}", it))


def texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for it in thing.values():
            yield from texts(it)
    elif callable(thing) and getattr(thing, "__closure__", None):
        for cell in thing.__closure__:
            yield from texts(cell.cell_contents)
    elif isinstance(thing, re.Pattern):
        yield re.sub(r"\W+", "", thing.pattern)


def sign(secret: str, body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac(secret.encode(), f"v0:{stamp}:".encode() + body, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def storm(
    town: Town, *, seed: int, count: int, rest: Callable[[], None] = lambda: None
) -> Seen:
    """Send payloads, wait until all they began is done, and say what was seen."""
    seen, pace = Seen(), town.running.context.pace
    pace.person = pace.workspace = Rate(1_000_000, 1_000_000.0)
    names = names_of(town.running.app)
    assert len(names) > 50, "the ids of buttons and forms were not found"
    address = f"{town.slack.url}/hooks/T0ACME00000/1/x"
    before = 0
    with heard_log() as log:
        async with aiohttp.ClientSession() as session:
            for number, (way, body) in enumerate(payloads(seed, count, names, names, address)):
                if number == count // 10:
                    await town.running.context.tasks.settle()
                    before = memory()
                seen.statuses[await send(session, town, way, body)] += 1
                if number % 100 == 0:
                    await town.running.context.tasks.settle()
                    rest()
        await town.quiet()
        seen.grown = memory() - before
        for line in log.getvalue().splitlines():
            held = json.loads(line)
            is_taken = held.get("event") in LAST and "reference" in held
            seen.taken += is_taken
            if LOOSE.search(line) or ("exception" in held and not is_taken):
                seen.faults.append(line[:3_000])
        seen.told = [it.words for it in town.mia.bot_said("#marketing")]
    await town.mia.command("/kpi reach instagram last-30d", "#marketing")
    await town.quiet()
    seen.answers_as_before = "Reach" in town.mia.bot_said("#marketing")[-1].words
    return seen


async def send(session: aiohttp.ClientSession, town: Town, way: str, body: dict[str, Any]) -> int:
    """Send one payload as Slack would, signed; return the status."""
    if way == "event":
        data, kind = json.dumps(body).encode(), "application/json"
    elif way == "command":
        data, kind = urlencode(as_form(body)).encode(), FORM
    else:
        data, kind = urlencode({"payload": json.dumps(body)}).encode(), FORM
    headers = {**sign(town.slack.signing_secret, data), "Content-Type": kind}
    async with session.post(town.slack.events_url, data=data, headers=headers) as answer:
        assert "Traceback" not in await answer.text()
        return answer.status


def memory() -> int:
    """Return the bytes that this process holds now."""
    gc.collect()
    with open("/proc/self/statm") as held:
        return int(held.read().split()[1]) * resource.getpagesize()
