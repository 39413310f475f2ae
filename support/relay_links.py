"""Addresses in a post, and which of them a person would open first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from support.relay_values import platform_of_url

Fields = Mapping[str, str]

LINKED = re.compile(
    r"<(https?://[^|>\s]{1,800})(?:\|([^<>\n]{0,200}))?>|(https?://[^\s<>|]{1,800})"
)


def links(fields: Fields) -> Iterator[tuple[str, str, str, bool]]:
    """Give addresses with their field and label; whether the field is nothing else."""
    for path, text in fields.items():
        whole = LINKED.fullmatch(text.strip())
        for found in [whole] if whole else LINKED.finditer(text):
            url = found[1] or found[3].rstrip(".,;:!)")
            if is_address(url):
                yield path, url, found[2] or "", whole is not None


def is_address(url: str) -> bool:
    """Say whether an address has a host; what looks like one may not."""
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def segments_of(url: str) -> list[str]:
    return [it for it in urlsplit(url).path.split("/")[1:] if it]


def rank_link(path: str, url: str, label: str, is_whole: bool) -> tuple[bool, bool, bool, bool]:
    """Order links: what a person would open first comes first."""
    name = path.rsplit(".", 1)[-1]
    return (
        name in ("author_link", "fallback"),
        len(segments_of(url)) < 2 and "?" not in url,
        not (is_whole or platform_of_url(url)),
        not is_whole,
    )


def sure_link(path: str, url: str) -> bool:
    return not path.endswith(("author_link", "fallback")) and len(segments_of(url)) > 0
