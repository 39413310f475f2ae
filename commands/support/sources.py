"""Where customers write: networks, and what a person may name instead."""

from __future__ import annotations

from collections.abc import Mapping

from commands.support import wording
from storage.errors import KepiError
from storage.platforms import PLATFORMS

OTHER = "other"
SOURCES: Mapping[str, str] = {
    **{key: it.title for key, it in PLATFORMS.items()},
    "google_reviews": "Google reviews",
    "line": "LINE",
    "zalo": "Zalo",
    "whatsapp": "WhatsApp",
    "email": "Email",
    "phone": "Telephone",
    "shop": "In the shop",
    "slack": "Slack",
    OTHER: "Somewhere else",
}


def platform_title(platform: str) -> str:
    """Return a network's name as people write it; one that is not known is shown as it is."""
    return SOURCES.get(platform, platform.replace("_", " "))


def on_platform(who: str, platform: str) -> str:
    """Return “lena_k on X”, or the name alone where the network says nothing."""
    if platform in ("", "slack", OTHER):
        return who
    return f"{who} on {platform_title(platform)}"


def read_source(typed: str) -> str:
    """Return the key of a source by its key or its name; raises ``KepiError`` with those known."""
    asked = " ".join(typed.casefold().replace("-", " ").split())
    if not asked:
        return ""
    for key, title in SOURCES.items():
        known = PLATFORMS.get(key)
        names = {key, key.replace("_", " "), title.casefold(), *(known.aliases if known else ())}
        if asked in names:
            return key
    raise KepiError(wording.UNKNOWN_SOURCE.format(word=typed[:40]))
