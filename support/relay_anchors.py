"""Patterns that find a value again in another post: by what stands around it, never by itself.

What stands around is only trusted as far as it looks like the app's own words: "New tweet by",
"Handle:", a bracket. Names, numbers and addresses beside a value differ from post to post.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

NAME = r"([^\n<>|:*()\[\]]{1,80}?)"
AT_NAME = r"@([\w.\-]{1,60})"
ANY_NAME = r"@?[\w.\-]{1,60}"

_OWN = """
    new tweet mention mentioned comment commented message review reviewed post posted reply
    replied direct dm on by from in at via to of a an the your you our has was is left sent wrote
    says said user username name handle author customer sender contact profile account network
    platform channel source instagram facebook twitter x tiktok youtube linkedin google whatsapp
    line zalo email conversation ticket case thread id ref reference number link url view open
    see story reel video page inbox received for and question complaint status rating stars
    sentiment brand time date created
"""

OWN_WORDS = frozenset(_OWN.split())

_PATH = """
    status statuses p reel reels tv posts post comments comment videos video watch photo photos
    permalink story stories conversation conversations inbox inboxes ticket tickets case cases
    message messages chat chats thread threads review reviews in company user users channel app a
    apps web i t item items all
"""

PATH_WORDS = frozenset(_PATH.split())
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SPACE = re.compile(r"\s+")


def is_own(word: str) -> bool:
    """Say whether a word looks like the app's own: known, or in small letters."""
    return word.casefold() in OWN_WORDS or word.islower()


def literal_before(line: str, start: int) -> str:
    """Return what stands before a value as far as it is the app's own words, at most some 40."""
    pieces = re.findall(r"[^\W_]+|_|\s+|[^\w\s]", line[max(0, start - 60) : start])
    kept: list[str] = []
    for piece in reversed(pieces):
        if piece == "_" or (piece[0].isalnum() and not is_own_word(piece)):
            break
        if piece in ">|/@" and kept:
            break
        kept.append(piece)
        if sum(map(len, kept)) > 40:
            break
    return "".join(reversed(kept)).lstrip()


def is_own_word(piece: str) -> bool:
    return bool(WORD.fullmatch(piece)) and is_own(piece)


def literal_after(line: str, end: int) -> str:
    """Return what ends a value: a sign, or the app's next word; the end of the line as ``$``."""
    rest = line[end:]
    if not rest.strip():
        return r"\s*$"
    found = re.match(r"\s*[^\w\s]|\s+([^\W\d_]+)(?!\w)", rest)
    if found is None:
        return ""
    if found[1] and not is_own(found[1]):
        return ""
    return spaced(found[0]) + (r"\b" if found[1] else "")


def spaced(literal: str) -> str:
    """Return a pattern of a text, whatever its spaces."""
    pieces = [re.escape(it) for it in SPACE.split(literal.strip())]
    inner = r"\s{1,3}".join(it for it in pieces if it)
    before = r"\s{1,3}" if literal[:1].isspace() else ""
    after = r"\s{0,3}" if literal[-1:].isspace() else ""
    return before + inner + after if inner else r"\s{1,3}"


def pattern_at(line: str, start: int, end: int) -> str:
    """Return a pattern whose group is the name at ``start`` until ``end`` of a line.

    Empty where nothing around it can be trusted.
    """
    before = literal_before(line, start)
    if line[start : start + 1] == "@":
        return (spaced(before) if has_word(before) else r"(?:^|[^\w@/.])") + AT_NAME
    after = literal_after(line, end)
    if not after or not (before.strip() or start == 0 or not line[:start].strip()):
        return ""
    is_first = not line[: start - len(before)].strip() if before else not line[:start].strip()
    opening = r"^\s{0,3}" if is_first else ""
    return opening + (spaced(before) if before.strip() else "") + NAME + after


def has_word(text: str) -> bool:
    return WORD.search(text) is not None


def url_pattern(url: str, *, id_at: int | None = None) -> str:
    """Return a pattern of addresses like this one: its host, and the words of its path.

    The group is the address, or the segment ``id_at`` of its path.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    segments = [segment_pattern(it) for it in parts.path.split("/")[1:]][:12]
    if id_at is not None:
        segments = [*segments[:id_at], r"([^/|>?#\s&]{1,200})"]
    path = "".join(f"/{it}" for it in segments)
    address = rf"https?://(?:www\.)?{re.escape(host)}{path}"
    return address if id_at is not None else rf"({address}[^|>\s]{{0,800}})"


def segment_pattern(segment: str) -> str:
    return re.escape(segment) if segment.casefold() in PATH_WORDS else r"[^/|>?#\s]{0,200}"
