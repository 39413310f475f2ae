"""A relay rule taught by a sample: what a post may say, to be picked from (support-spec §2.1).

``learn`` proposes each part with its alternatives; ``rule_from`` makes the rule of what was
picked. Neither looks for the sample's values again: the rule finds what stands in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from storage.errors import KepiError
from support import relay_values as values
from support.posts import fields_of
from support.relay_candidates import Candidate
from support.relay_guesses import GUESSERS
from support.relay_values import NETWORKS, PLATFORMS
from support.relays import Extractor, RelayRule, check, match, senders_of
from support.roles import Direction

MOST_CANDIDATES = 20
"""A form's select holds a hundred; nobody reads that many."""
NONE = "none"
"""The choice that a part is not read."""
FIXED = "fixed:"
"""Before a platform that is the same for every post."""


@dataclass(frozen=True)
class Guess:
    """What a sample seems to say: for each part the choices, the likeliest first."""

    app: str
    """App id, or bot id where the post names no app."""
    also: tuple[str, ...]
    """The program's other ids in the post."""
    username: str
    parts: Mapping[str, tuple[Candidate, ...]]
    proposed: Mapping[str, str]
    """Part → key of the proposed candidate, or ``none``."""

    def value(self, part: str) -> str:
        """Return the proposed value of a part; nothing where none is proposed."""
        key = self.proposed.get(part, NONE)
        return next((it.value for it in self.parts.get(part, ()) if it.key == key), "")


def learn(post: Mapping[str, Any]) -> Guess:
    """Read a sample: a bot's message as Slack gives it. Raises ``KepiError`` for other posts."""
    app, *also = senders_in(post)
    fields = fields_of(post)
    parts = {part: distinct(part, guess(fields), fields) for part, guess in GUESSERS.items()}
    parts["platform"] = (*parts["platform"], *fixed_platforms(parts["platform"], fields))
    proposed = {part: propose(part, it) for part, it in parts.items()}
    return Guess(app, tuple(also), fields.get("username", ""), parts, proposed)


def senders_in(post: Mapping[str, Any]) -> list[str]:
    """Return the app and the bot that posted; raises ``KepiError`` for a person's message."""
    senders = sorted(senders_of(post))  # A… before B…: apps outlive their bots
    if not senders:
        raise KepiError("A person wrote this. Pick a post that an app made.")
    return senders


def distinct(
    part: str, found: Iterable[Candidate], fields: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Return candidates that say different things, each with a key that a form can send back.

    One that would not read its own value back is none.
    """
    kept: list[Candidate] = []
    seen: set[str] = set()
    for each in found:
        mark = f"{each.value}|{each.extractor.field}" if part == "platform" else each.value
        if not each.value or mark in seen or len(kept) == MOST_CANDIDATES:
            continue
        if reads_back(part, each, fields):
            seen.add(mark)
            kept.append(each.named(key_of(each.extractor)))
    return tuple(kept)


def reads_back(part: str, candidate: Candidate, fields: Mapping[str, str]) -> bool:
    """Say whether a candidate's extractor can be used, and finds its value."""
    try:
        return CLEAN[part](candidate.extractor.read(part, fields)) == candidate.value
    except KepiError:
        return False


def key_of(extractor: Extractor) -> str:
    """Return what a form sends back: the same however often, and from where, a post is read."""
    told = "\0".join((extractor.field, extractor.pattern, extractor.value, str(extractor.rest)))
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


CLEAN: Mapping[str, Callable[[str], str]] = {
    "platform": values.platform_of,
    "handle": values.handle_of,
    "conversation": values.word_of,
    "url": values.url_of,
    "text": values.text_of,
    "source_at": str.strip,
    "sentiment": values.sentiment_of,
    "brand": values.word_of,
}


def fixed_platforms(found: Iterable[Candidate], fields: Mapping[str, str]) -> Iterable[Candidate]:
    """Return every platform as a choice that is the same for all posts."""
    known = {it.value for it in found}
    for platform in PLATFORMS:
        where = "always" if platform not in known else "always, whatever the post says"
        constant = Extractor(value=NETWORKS[platform][0] if platform in NETWORKS else platform)
        yield Candidate(platform, where, constant, key=FIXED + platform)


def propose(part: str, found: tuple[Candidate, ...]) -> str:
    """Return the key of what is taken unless somebody picks otherwise."""
    sure = [it for it in found if it.is_sure]
    if sure:
        return sure[0].key
    if part == "platform":
        return f"{FIXED}other"
    return found[0].key if found and part == "text" else NONE


def rule_from(
    post: Mapping[str, Any],
    choices: Mapping[str, str] | None = None,
    *,
    direction: Direction = Direction.INBOUND,
    channel: str = "",
) -> RelayRule:
    """Return the rule of what was picked: part → key of a candidate, or ``none``.

    A part that is not named is taken as proposed. Raises ``KepiError`` where a choice is none
    of the post's, or the rule would not read the sample as it was shown.
    """
    guess = learn(post)
    picked: dict[str, Candidate] = {}
    for part, key in {**guess.proposed, **(choices or {})}.items():
        found = next((it for it in guess.parts.get(part, ()) if it.key == key), None)
        if found is None and key not in ("", NONE):
            raise KepiError("The post has no such {part}. Pick one of the list.", part=part)
        if found is not None:
            picked[part] = found
    rule = RelayRule(
        app=guess.app,
        direction=direction,
        channel=channel,
        username=username_pattern(guess.username, picked),
        parts={part: it.extractor for part, it in picked.items()},
        needs=needed(picked),
        also=guess.also,
    )
    check(rule)
    if match([rule], {**post, "channel": channel or post.get("channel", "")}) is None:
        raise KepiError("The rule would not read its own sample. Pick other parts.")
    return rule


def needed(picked: Mapping[str, Candidate]) -> tuple[str, ...]:
    """Return the parts by which the app's other posts are told apart: who, else where."""
    read = [part for part in ("handle", "conversation", "url") if part in picked]
    return tuple(read[:1])


def username_pattern(username: str, picked: Mapping[str, Candidate]) -> str:
    """Return the name under which such posts come; what is read from the name may differ."""
    if not username or any(
        it.extractor.field == "username" for part, it in picked.items() if part != "platform"
    ):
        return ""
    platform = picked.get("platform")
    if platform is None or platform.extractor.field != "username":
        return re.escape(username)
    return "".join(
        r"[\w\- ]{1,20}" if values.platform_of(word) else re.escape(word)
        for word in re.split(r"(\W+)", username)
    )
