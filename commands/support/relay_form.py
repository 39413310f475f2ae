"""*Track posts like this*: what was read from a sample, corrected by picking from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commands import forms
from commands.blocks import View_, context, cut, escape, form, section
from commands.support import wording
from commands.support.sources import OTHER, platform_title
from support.reading import plain
from support.relay_learning import NONE, Guess
from support.roles import Direction

FORM = "support_relay_form"
PARTS: tuple[tuple[str, str], ...] = (
    ("platform", "Network"),
    ("handle", "Who wrote it"),
    ("text", "What they wrote"),
    ("conversation", "Number of the conversation"),
    ("url", "Link"),
    ("source_at", "When it was written there"),
    ("sentiment", "Sentiment"),
    ("brand", "Brand or page"),
)
DIRECTIONS = (
    (Direction.INBOUND.value, "A customer’s words"),
    (Direction.OUTBOUND.value, "Our own answer, given in the social tool"),
    (Direction.IGNORE.value, "Neither: never count such posts"),
)
HERE, EVERYWHERE = "here", "everywhere"
PLACES = ((HERE, "In this channel"), (EVERYWHERE, "In every channel that is set up"))


@dataclass(frozen=True)
class Sample:
    """The post that was pointed at; a form remembers where it is, not what it says."""

    channel: str
    ts: str
    root: str = ""
    response_url: str = ""

    def pack(self) -> str:
        return json.dumps(asdict(self))


def unpack_sample(text: str) -> Sample:
    return Sample(**json.loads(text))


def compose_relay(sample: Sample, guess: Guess, *, everywhere: bool = False) -> View_:
    """Return the form: “I read: X, lena_k, order 8841… Right?”

    ``everywhere``: the rule may be one for all channels.
    """
    blocks = [section(wording.I_READ.format(read=escape(say_guess(guess))))]
    if not (guess.value("handle") or guess.value("conversation")):
        blocks.append(section(escape(wording.NO_WRITER)))
    for part, label in PARTS:
        found = guess.parts.get(part, ())
        if not found:
            continue
        offered = [(NONE, "Not in these posts")]
        offered += [(it.key, f"{show(part, it.value)} · {it.where}") for it in found]
        chosen = guess.proposed.get(part, NONE) or NONE
        blocks.append(forms.choice(label, part, offered, chosen))
    blocks.append(forms.radio("Such posts are", "direction", DIRECTIONS, Direction.INBOUND.value))
    places = PLACES if everywhere else PLACES[:1]
    blocks.append(forms.radio("The rule holds", "place", places, HERE))
    blocks.append(context([escape(wording.RELAY_NOTE)]))
    return form(
        wording.FORM_RELAY,
        blocks,
        callback_id=FORM,
        submit="Save",
        close="Cancel",
        memory=sample.pack(),
    )


def say_guess(guess: Guess) -> str:
    """Return “X, lena_k, order 8841 never came…”"""
    platform = guess.value("platform")
    said = [show("platform", platform) if platform != OTHER else ""]
    said += [show(part, guess.value(part)) for part in ("handle", "text")]
    return ", ".join(it for it in said if it) or wording.NOTHING_READ


def show(part: str, value: str) -> str:
    """Return a value as people read it."""
    if part == "platform" and value:
        return platform_title(value)
    return cut(" ".join(plain(value).split()), 60)


def read_choices(filled: Mapping[str, Any]) -> dict[str, str]:
    """Return which candidate was picked for each part that was shown."""
    return {part: str(filled[part] or NONE) for part, _ in PARTS if part in filled}
