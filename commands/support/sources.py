"""Where customers write: networks, and what a person may name instead."""

from __future__ import annotations

from collections.abc import Mapping

from commands.saying import declare, say, say_declared
from commands.support import wording
from storage.errors import KepiError
from storage.platforms import PLATFORMS

OTHER = "other"
SOURCES: Mapping[str, str] = {
    **{key: it.title for key, it in PLATFORMS.items()},
    "google_reviews": declare("Google reviews"),
    "line": declare("LINE"),
    "zalo": declare("Zalo"),
    "whatsapp": declare("WhatsApp"),
    "email": declare("Email"),
    "phone": declare("Telephone"),
    "shop": declare("In the shop"),
    "slack": declare("Slack"),
    OTHER: declare("Somewhere else"),
}


def platform_title(platform: str) -> str:
    """Return a network's name as people write it; one that is not known is shown as it is."""
    return say_declared(SOURCES.get(platform, platform.replace("_", " ")))


def offered_sources() -> list[tuple[str, str]]:
    """Return every source with its name, for a form."""
    return [(key, platform_title(key)) for key in SOURCES]


def on_platform(who: str, platform: str) -> str:
    """Return “lena_k on X”, or the name alone where the network says nothing."""
    if platform in ("", "slack", OTHER):
        return who
    return say("{who} on {platform}", who=who, platform=platform_title(platform))


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
    raise KepiError(wording.UNKNOWN_SOURCE, word=typed[:40])
