"""Where visits came from, told from what analytics call it."""

from __future__ import annotations

from storage.platforms import PLATFORMS, find_platform

SOCIAL = frozenset({"organic social", "paid social", "organic video", "paid video"})
UNTAGGED = frozenset({"direct", "unassigned", "(not set)", "(none)", "(direct)", ""})


def came_from(channel: str, platform: str, source: str) -> dict[str, object]:
    """Return platform, whether it is social media, and whether anything tells the origin."""
    found = find_platform(source)
    key = platform or (found.key if found else "")
    group = channel.lower()
    return {
        "platform": key,
        "social": group in SOCIAL or key in PLATFORMS,
        "tagged": group not in UNTAGGED or bool(key) or source.lower() not in UNTAGGED,
    }
