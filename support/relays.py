"""Relay rules: how the posts of a social tool become a customer's messages (support-spec §2.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.errors import KepiError
from support import relay_values as values
from support.entries import micros
from support.posts import fields_of
from support.relay_patterns import compile_pattern, search
from support.roles import Direction

PARTS = (
    "platform",
    "handle",
    "conversation",
    "url",
    "source_at",
    "sentiment",
    "brand",
    "text",
)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Extractor:
    """Where a part of a post is found: a constant, a field, or a piece of a field."""

    field: str = ""
    """A path of ``support.posts``."""
    pattern: str = ""
    """A regular expression over a line; its group is the value. Empty: the whole field."""
    value: str = ""
    """The same for every post; then there is no field."""
    rest: bool = False
    """From the group on to the end of the field, over all lines."""

    def read(self, part: str, fields: Mapping[str, str]) -> str:
        """Return the part as it stands in a post; nothing where it is not there."""
        if not self.field:
            return self.value
        text = fields.get(self.field, "")
        if not self.pattern:
            return text
        span = search(self.pattern, text, part)
        if span is None:
            return ""
        return text[span[0] :] if self.rest else text[span[0] : span[1]]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a post says about the customer's message that it mirrors."""

    platform: str = "other"
    handle: str = ""
    conversation: str = ""
    url: str = ""
    source_at: int | None = None
    sentiment: str = ""
    brand: str = ""
    text: str = ""
    """The customer's words, for an excerpt and to tell thanks; nothing keeps them."""

    @property
    def customer(self) -> str:
        """The customer's key: ``platform:handle``, else ``platform:conversation``."""
        name = self.handle or self.conversation
        return f"{self.platform}:{name}".casefold() if name else ""


@dataclass(frozen=True, slots=True)
class RelayRule:
    """Whose posts it reads, what they are, and where their parts stand."""

    app: str
    """App id or bot id."""
    direction: Direction = Direction.INBOUND
    channel: str = ""
    """Empty: in every tracked channel."""
    username: str = ""
    """A regular expression that the post's name must match; empty: any."""
    parts: Mapping[str, Extractor] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    """Parts without which a post is of another kind, and not meant."""
    also: tuple[str, ...] = ()
    """Other ids of the same program: some of its posts name the app, others the bot alone."""

    @property
    def senders(self) -> frozenset[str]:
        return frozenset((self.app, *self.also))

    def to_json(self) -> str:
        held: dict[str, Any] = {"app": self.app, "direction": self.direction.value}
        held |= {"channel": self.channel} if self.channel else {}
        held |= {"username": self.username} if self.username else {}
        held |= {"needs": list(self.needs)} if self.needs else {}
        held |= {"also": list(self.also)} if self.also else {}
        held["parts"] = {part: shown(it) for part, it in self.parts.items()}
        return json.dumps(held, ensure_ascii=False)


def shown(extractor: Extractor) -> dict[str, Any]:
    names = ("field", "pattern", "value", "rest")
    return {name: held for name in names if (held := getattr(extractor, name))}


def rule_of(held: str) -> RelayRule:
    """Return the rule that JSON says; raises ``KepiError`` where it cannot be used."""
    try:
        read = json.loads(held)
        rule = RelayRule(
            app=str(read["app"]),
            direction=Direction(read.get("direction", "inbound")),
            channel=str(read.get("channel", "")),
            username=str(read.get("username", "")),
            parts={str(part): extractor_of(it) for part, it in dict(read["parts"]).items()},
            needs=tuple(map(str, read.get("needs", ()))),
            also=tuple(map(str, read.get("also", ()))),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KepiError(
            "This relay rule cannot be read: it needs app, direction and parts."
        ) from error
    check(rule)
    return rule


def extractor_of(held: Mapping[str, Any]) -> Extractor:
    return Extractor(
        str(held.get("field", "")),
        str(held.get("pattern", "")),
        str(held.get("value", "")),
        bool(held.get("rest", False)),
    )


def check(rule: RelayRule) -> None:
    """Raise ``KepiError`` in one line for a rule that could not work."""
    if not rule.app:
        raise KepiError("A relay rule names the app whose posts it reads.")
    unknown = sorted({*rule.parts, *rule.needs} - set(PARTS))
    if unknown:
        raise KepiError(
            "A relay rule has no part “{unknown}”. Use: {parts}.",
            unknown=unknown[0][:40],
            parts=", ".join(PARTS),
        )
    missing = [part for part in rule.needs if part not in rule.parts]
    if missing:
        raise KepiError(
            "The rule needs “{missing}” but does not say where it stands.", missing=missing[0]
        )
    for pattern in (rule.username, *(it.pattern for it in rule.parts.values())):
        compile_pattern(pattern)


def match(
    rules: Iterable[RelayRule], post: Mapping[str, Any], channel: str = ""
) -> tuple[RelayRule, Extracted] | None:
    """Return the rule that a post falls under, and what it says.

    A channel's own come first, then those that ask for more; of equals the one taught last.
    ``channel`` is where the post stands, if the post does not say so itself.
    """
    here, senders = str(post.get("channel") or channel), senders_of(post)
    near = [it for it in rules if it.senders & senders and it.channel in ("", here)]
    if not near:
        return None
    fields = fields_of(post)
    latest_first = near[::-1]
    for rule in sorted(latest_first, key=lambda it: (not it.channel, *breadth(it))):
        found = extract(rule, post, fields)
        if found is not None:
            return rule, found
    return None


def breadth(rule: RelayRule) -> tuple[int, int]:
    """Order rules, the most particular first: by parts needed, then by what stands around them."""
    return -len(rule.needs), -sum(len(it.pattern) for it in needed_of(rule).values())


def needed_of(rule: RelayRule) -> dict[str, Extractor]:
    """Return the parts without which a post is not meant, and how each is found."""
    return {part: rule.parts[part] for part in rule.needs}


def is_replaced(held: RelayRule, taught: RelayRule) -> bool:
    """Say whether a rule gives way to one taught later: it is about the very same posts.

    Customers' posts and our own answers often come from one app, told apart by their wording.
    """
    if (held.app, held.channel, held.username) != (taught.app, taught.channel, taught.username):
        return False
    if held.parts == taught.parts:
        return held.needs == taught.needs
    return held.direction is taught.direction and needed_of(held) == needed_of(taught)


def senders_of(post: Mapping[str, Any]) -> set[str]:
    """Return the ids by which a rule may name the program that posted."""
    profile = post.get("bot_profile")
    inner = profile if isinstance(profile, Mapping) else {}
    found = (post.get("app_id"), inner.get("app_id"), post.get("bot_id"), inner.get("id"))
    return {it for it in found if isinstance(it, str) and it}


def extract(
    rule: RelayRule, post: Mapping[str, Any], fields: Mapping[str, str]
) -> Extracted | None:
    """Return what a post says by a rule; nothing where the rule does not fit it."""
    if rule.username:
        name = fields.get("username", "")[:LONGEST_NAME]
        if compile_pattern(rule.username).fullmatch(name) is None:
            return None
    raw = {part: it.read(part, fields) for part, it in rule.parts.items()}
    if any(not raw[part] for part in rule.needs):
        return None
    url = values.url_of(raw.get("url", ""))
    told = raw.get("platform", "")
    named = told if told in values.PLATFORMS else values.platform_of(told)
    return Extracted(
        platform=named or values.platform_of_url(url) or "other",
        handle=values.handle_of(raw.get("handle", "")),
        conversation=values.word_of(raw.get("conversation", "")),
        url=url,
        source_at=values.source_instant(raw.get("source_at", ""), posted_at(post)),
        sentiment=values.sentiment_of(raw.get("sentiment", "")),
        brand=values.word_of(raw.get("brand", ""), 60),
        text=values.text_of(raw.get("text", "")) or words_of(fields),
    )


def words_of(fields: Mapping[str, str]) -> str:
    """Return a post's words where a rule does not say which: its text, else its longest field."""
    return fields.get("text") or max(
        (text for path, text in fields.items() if path != "username"), key=len, default=""
    )


def posted_at(post: Mapping[str, Any]) -> int:
    """Return when Slack says that it was posted, in microseconds; 0 where it does not."""
    try:
        return micros(str(post.get("ts") or ""))
    except ValueError:
        return 0
