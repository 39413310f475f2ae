"""The platforms: their names, their reporting days, and what each of them does not count.

A platform's day ends where the platform says it does, and its last days may still change;
``settle_days`` is how many (kpi-catalogue §1, *Late and revised data*). ``lacks`` names the
measures that no source of the platform supplies (kpi-catalogue §3).
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Platform:
    """One network, as its users name it."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    zone: str = "UTC"
    """IANA zone in which the platform cuts its days."""
    settle_days: int = 2
    lacks: frozenset[str] = frozenset()


PLATFORMS = MappingProxyType(
    {
        platform.key: platform
        for platform in (
            Platform("instagram", "Instagram", ("ig", "insta"), "America/Los_Angeles"),
            Platform(
                "facebook",
                "Facebook",
                ("fb", "meta"),
                "America/Los_Angeles",
                lacks=frozenset({"saves"}),
            ),
            Platform("x", "X", ("twitter", "tw"), lacks=frozenset({"reach"})),
            Platform(
                "linkedin",
                "LinkedIn",
                ("li",),
                lacks=frozenset({"saves", "profile_visits"}),
            ),
            Platform(
                "youtube",
                "YouTube",
                ("yt",),
                "America/Los_Angeles",
                3,
                lacks=frozenset({"reach", "saves", "profile_visits"}),
            ),
            Platform("tiktok", "TikTok", ("tt", "tik tok"), lacks=frozenset({"saves", "clicks"})),
        )
    }
)


def find_platform(word: str) -> Platform | None:
    """Return the platform that a word names by key, title or alias, whatever its case."""
    asked = word.strip().lower()
    for platform in PLATFORMS.values():
        if asked in (platform.key, platform.title.lower(), *platform.aliases):
            return platform
    return None
