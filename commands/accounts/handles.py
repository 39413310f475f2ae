"""Handles as people write them: “@Acme”, “acme coffee”, the address of a profile."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from storage.errors import KepiError
from storage.platforms import PLATFORMS

LONGEST, MOST = 100, 20
SITES: Mapping[str, str] = MappingProxyType(
    {
        "instagram.com": "instagram",
        "facebook.com": "facebook",
        "fb.com": "facebook",
        "x.com": "x",
        "twitter.com": "x",
        "linkedin.com": "linkedin",
        "youtube.com": "youtube",
        "tiktok.com": "tiktok",
    }
)
SHORTENED = frozenset({"youtu.be", "fb.watch", "fb.me", "lnkd.in", "t.co", "vm.tiktok.com"})
BEFORE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "linkedin": frozenset({"company", "in", "school", "showcase"}),
        "youtube": frozenset({"c", "user", "channel"}),
        "facebook": frozenset({"pg", "people"}),
    }
)
"""First parts of a path that stand before the handle."""
NOT_PROFILES = frozenset(
    {
        *("p", "reel", "reels", "stories", "explore", "tv", "watch", "shorts", "playlist"),
        *("results", "hashtag", "search", "home", "feed", "posts", "groups", "events", "photo"),
        *("photos", "story.php", "share", "sharer", "login", "i", "intent", "jobs", "pulse"),
        *("video", "tag", "discover", "foryou"),
    }
)
"""First parts of a path that name no profile."""
ADDRESS = re.compile(r"(?:https?://|www\.)|[\w-]+\.(?:com|be|watch|me|in|co)/", re.IGNORECASE)
BETWEEN = "._-'’& "
"""What may stand between letters; pages are called “Ben & Jerry’s” too."""

ADDRESS_OF_OTHER = "“{words}” is an address of {other}, and you chose {platform}."
NO_PROFILE = "“{words}” is not the address of a profile. Open the profile and copy its address."
NO_SITE = "“{words}” is not an address of {platform}. Write the handle, such as @acme."
UNREAD = "“{words}” is no handle: letters, figures, dots, hyphens and underscores, such as @acme."
TOO_LONG = "A handle has at most {number} characters."
TOO_MANY = "At most {number} at once. Add the others after these."
NONE = "Write a handle, such as @acme, or the address of a profile."


def read_handles(text: str, platform: str) -> list[str]:
    """Return the handles of a text, one a line or between commas; raises ``KepiError``."""
    lines = [it for it in re.split(r"[\n\r,;]+", text) if clean(it)]
    if not lines:
        raise KepiError(NONE)
    if len(lines) > MOST:
        raise KepiError(TOO_MANY, number=MOST)
    return list(dict.fromkeys(read_handle(it, platform) for it in lines))


def read_handle(words: str, platform: str) -> str:
    """Return a handle as it is stored; raises ``KepiError`` with what would work."""
    from storage.sources.origin import make_handle

    asked = clean(words)
    name = of_address(asked, platform) if ADDRESS.match(asked) else asked
    handle = make_handle(name.removeprefix("@"))
    shown = asked[:60]
    if not is_named(name):
        raise KepiError(UNREAD, words=shown)
    if len(clean(name)) > LONGEST:
        raise KepiError(TOO_LONG, number=LONGEST)
    return handle


def is_named(name: str) -> bool:
    """Say whether a name is one that can be typed: no signs, no marks heaped on a letter."""
    typed = unicodedata.normalize("NFC", name.removeprefix("@"))
    kinds = "".join(kind_of(it) for it in typed)
    return "L" in kinds and "x" not in kinds and "MMM" not in kinds


def kind_of(sign: str) -> str:
    """Return ``L`` for a letter or figure, ``M`` for a mark on one, ``-`` between, else ``x``."""
    category = unicodedata.category(sign)[0]
    if category in "LN":
        return "L"
    if category == "M":
        return "M"
    return "-" if sign in BETWEEN else "x"


def of_address(words: str, platform: str) -> str:
    """Return the handle in the address of a profile; raises ``KepiError`` for other addresses."""
    shown, title = words[:60], PLATFORMS[platform].title
    address = words if "://" in words else f"https://{words}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError as trouble:
        raise KepiError(NO_PROFILE, words=shown) from trouble
    site = next((it for it in SITES if host == it or host.endswith(f".{it}")), "")
    if host in SHORTENED:
        raise KepiError(NO_PROFILE, words=shown)
    if not site:
        raise KepiError(NO_SITE, words=shown, platform=title)
    if SITES[site] != platform:
        other = PLATFORMS[SITES[site]].title
        raise KepiError(ADDRESS_OF_OTHER, words=shown, other=other, platform=title)
    found = of_path([unquote(it) for it in parts.path.split("/") if it], parts.query, platform)
    if not found:
        raise KepiError(NO_PROFILE, words=shown)
    return found


def of_path(path: list[str], query: str, platform: str) -> str:
    """Return the part of a path that names whose profile it is; nothing where none does."""
    if platform == "facebook" and path[:1] == ["profile.php"]:
        number = re.search(r"(?:^|&)id=(\d+)", query)
        return number[1] if number else ""
    if platform == "facebook" and path[:1] == ["pages"]:
        return path[-1] if len(path) > 1 else ""
    if path and path[0].lower() in BEFORE.get(platform, ()):
        path = path[1:]
    if not path or path[0].lower() in NOT_PROFILES:
        return ""
    if platform == "tiktok" and not path[0].startswith("@"):
        return ""
    return path[0]


def clean(words: str) -> str:
    """Return words without what cannot be seen: controls, marks of direction, spaces in rows."""
    seen = (it for it in words if unicodedata.category(it) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join("".join(seen).split())
