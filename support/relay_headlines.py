"""Posts whose first words say network and writer: “X · lena_k: words”, “lena_k on X: words”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from support import relay_values as values
from support.relay_candidates import Candidate, Fields, texts
from support.relays import Extractor

NETWORK = r"[A-Za-z\- ]{1,20}"
WRITER = r"[^\n<>|:*()@]{1,60}"
SHAPES = (
    (r"^\*?", NETWORK, r"\*?\s[·•|–—\-]\s@?", WRITER, r":\s{0,3}", False),
    (r"^@?", WRITER, r"\s(?:on|via)\s", NETWORK, r":\s{0,3}", True),
)
"""Opening, first name, what stands between, second name, end; whether the writer comes first."""
KNOWN = frozenset(name for names in values.NETWORKS.values() for name in names)


@dataclass(frozen=True)
class Headline:
    """Where it stands, and the patterns of its parts."""

    path: str
    platform: str
    handle: str
    text: str
    network_pattern: str
    writer_pattern: str
    text_pattern: str


def headlines(fields: Fields) -> Iterator[Headline]:
    """Give what the first lines of a post's texts say, where they name a network."""
    for path, text in texts(fields):
        for opening, first, between, second, end, is_writer_first in SHAPES:
            one = f"{opening}({first}){between}{second}{end}"
            other = f"{opening}{first}{between}({second}){end}"
            writer, network = (one, other) if is_writer_first else (other, one)
            line = text.partition("\n")[0]
            named = re.match(network, line, re.IGNORECASE)
            wrote = re.match(writer, line, re.IGNORECASE)
            if named is None or wrote is None or named[1].strip().casefold() not in KNOWN:
                continue
            yield Headline(
                path=path,
                platform=values.platform_of(named[1]),
                handle=values.handle_of(wrote[1]),
                text=values.text_of(text[named.end() :]),
                network_pattern=network,
                writer_pattern=writer,
                text_pattern=f"{opening}{first}{between}{second}{end}(\\S.*)$",
            )


def platforms(fields: Fields) -> Iterator[Candidate]:
    for it in headlines(fields):
        extractor = Extractor(it.path, it.network_pattern)
        yield Candidate(it.platform, "beside the writer", extractor, True)


def writers(fields: Fields) -> Iterator[Candidate]:
    for it in headlines(fields):
        extractor = Extractor(it.path, it.writer_pattern)
        yield Candidate(it.handle, "beside the network", extractor, True)


def words(fields: Fields) -> Iterator[Candidate]:
    for it in headlines(fields):
        extractor = Extractor(it.path, it.text_pattern, rest=True)
        yield Candidate(it.text, "after the name", extractor, True)
