"""One thing that a part of a post may be, and the places where such things stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from support import relay_values as values
from support.relay_anchors import pattern_at
from support.relays import Extractor

Fields = Mapping[str, str]

AT_SIGN = re.compile(r"(?<![\w@/.])@[\w.\-]{1,60}(?<![.\-])")
SPEAKERS = re.compile(
    r"\b(?:by|from|de|von|av|oleh|từ)\s+(?P<a>[^\n<>|:*()@]{2,40}?)(?=\s*[:*(\n–—|]|\s+(?:on|via|in|at)\b|$)"
    r"|^\W{0,4}(?P<b>[^\n<>|:*()@]{2,40}?)(?=\s+(?:commented|replied|mentioned|wrote|left|posted|sent"
    r"|messaged|reviewed|tweeted|says|said|asked)\b)"
    r"|^(?P<c>[^\s<>|:*()@]{2,40}):\s"
    r"|\*(?P<d>[^\n<>|:*()@]{2,40})\*",
    re.IGNORECASE | re.MULTILINE,
)
WORDY = re.compile(
    r"(^|\.)(text|pretext|title|author_name|author_subname|footer|username|elements\.\d+)$"
)


@dataclass(frozen=True)
class Candidate:
    """One thing that a part may be: its value in the sample, and how it is found in another."""

    value: str
    where: str
    """For people: "author name", "after “by”", "link"."""
    extractor: Extractor
    is_sure: bool = False
    """Good enough to be proposed."""
    key: str = ""
    """What a form sends back."""

    def named(self, key: str) -> Candidate:
        return replace(self, key=key)


def labelled(
    fields: Fields, labels: tuple[str, ...], clean: Callable[[str], str], *, sure: bool = True
) -> Iterator[Candidate]:
    """Give the values beside labels, in the order of ``labels``."""
    for label in labels:
        for path in (f"labels.{label}", f"metadata.{label}"):
            if path in fields:
                yield Candidate(clean(fields[path]), f"“{label}”", Extractor(path), sure)


def texts(fields: Fields) -> Iterator[tuple[str, str]]:
    """Give the fields that people read."""
    for path, text in fields.items():
        if WORDY.search(path) and path != "username" and not path.startswith("labels."):
            yield path, text


def anchored(path: str, text: str, start: int, end: int, *, sure: bool) -> Candidate:
    """Return the name at a place of a text, found again by what stands around it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    pattern = pattern_at(line, start - first, end - first)
    before = line[: start - first].strip()[-24:].strip()
    where = f"after “{values.word_of(before)}”" if before else "at the beginning"
    return Candidate(
        values.handle_of(text[start:end]), where, Extractor(path, pattern), sure and bool(pattern)
    )
