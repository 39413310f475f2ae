"""*Track posts like this*: what was read from a sample, corrected by picking from it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commands import forms
from commands.blocks import View_, context, cut, escape, form, section
from commands.saying import declare, joined, say, say_declared
from commands.support import wording
from commands.support.choose_form import spoken
from commands.support.sources import OTHER, platform_title
from commands.unpacking import make, unpacking
from support.reading import plain
from support.relay_learning import NONE, Guess
from support.roles import Direction

FORM = "support_relay_form"
PARTS: tuple[tuple[str, str], ...] = (
    ("platform", declare("Network")),
    ("handle", declare("Who wrote it")),
    ("text", declare("What they wrote")),
    ("conversation", declare("Number of the conversation")),
    ("url", declare("Link")),
    ("source_at", declare("When it was written there")),
    ("sentiment", declare("Sentiment")),
    ("brand", declare("Brand or page")),
)
DIRECTIONS = (
    (Direction.INBOUND.value, declare("A customer’s words")),
    (Direction.OUTBOUND.value, declare("Our own answer, given in the social tool")),
    (Direction.IGNORE.value, declare("Neither: never count such posts")),
)
HERE, EVERYWHERE = "here", "everywhere"
PLACES = (
    (HERE, declare("In this channel")),
    (EVERYWHERE, declare("In every channel that is set up")),
)


@dataclass(frozen=True)
class Sample:
    """The post that was pointed at; a form remembers where it is, not what it says."""

    channel: str
    ts: str
    root: str = ""
    response_url: str = ""

    def pack(self) -> str:
        return json.dumps(asdict(self))


@unpacking("/support")
def unpack_sample(text: str) -> Sample:
    return make(Sample, json.loads(text))


def compose_relay(sample: Sample, guess: Guess, *, everywhere: bool = False) -> View_:
    """Return the form: “I read: X, lena_k, order 8841… Right?”

    ``everywhere``: the rule may be one for all channels.
    """
    blocks = [section(say(wording.I_READ, read=escape(say_guess(guess))))]
    if not (guess.value("handle") or guess.value("conversation")):
        blocks.append(section(escape(say(wording.NO_WRITER))))
    for part, label in PARTS:
        found = guess.parts.get(part, ())
        if not found:
            continue
        offered = [(NONE, say("Not in these posts"))]
        offered += [(it.key, f"{show(part, it.value)} · {say_where(it.where)}") for it in found]
        chosen = guess.proposed.get(part, NONE) or NONE
        blocks.append(forms.choice(say_declared(label), part, offered, chosen))
    blocks.append(
        forms.radio(say("Such posts are"), "direction", spoken(DIRECTIONS), Direction.INBOUND.value)
    )
    places = PLACES if everywhere else PLACES[:1]
    blocks.append(forms.radio(say("The rule holds"), "place", spoken(places), HERE))
    blocks.append(context([escape(say(wording.RELAY_NOTE))]))
    return form(
        say(wording.FORM_RELAY),
        blocks,
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=sample.pack(),
    )


def say_guess(guess: Guess) -> str:
    """Return “X, lena_k, order 8841 never came…”"""
    platform = guess.value("platform")
    said = [show("platform", platform) if platform != OTHER else ""]
    said += [show(part, guess.value(part)) for part in ("handle", "text")]
    return joined(said) or say(wording.NOTHING_READ)


WHERE = (
    *(declare("name of the post"), declare("author name"), declare("in the link")),
    *(declare("time of the attachment"), declare("in the text"), declare("beside the writer")),
    *(declare("beside the network"), declare("after the name"), declare("whole text")),
    *(declare("at the beginning"), declare("quotation"), declare("attachment")),
    *(declare("footer"), declare("stars"), declare("always")),
    declare("always, whatever the post says"),
)
"""Where parts of a post are read, as the rules of reading call it."""
AFTER = re.compile(r"after “(.*)”", re.DOTALL)


def say_where(where: str) -> str:
    """Return where a part was read; the name of a field is the app's own."""
    if found := AFTER.fullmatch(where):
        return say("after “{word}”", word=found[1])
    return say_declared(where)


def show(part: str, value: str) -> str:
    """Return a value as people read it."""
    if part == "platform" and value:
        return platform_title(value)
    return cut(" ".join(plain(value).split()), 60)


def read_choices(filled: Mapping[str, Any]) -> dict[str, str]:
    """Return which candidate was picked for each part that was shown."""
    return {part: str(filled[part] or NONE) for part, _ in PARTS if part in filled}
