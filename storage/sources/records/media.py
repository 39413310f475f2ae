"""Which medium a word of a file means: a platform's key, or the word itself."""

from __future__ import annotations

from types import MappingProxyType

from storage.platforms import find_platform

HOSTS = MappingProxyType(
    {
        "instagram": ("instagram.com", "l.instagram.com", "ig_story"),
        "facebook": ("facebook.com", "m.facebook.com", "l.facebook.com", "lm.facebook.com"),
        "x": ("t.co", "x.com", "twitter.com", "mobile.twitter.com"),
        "linkedin": ("linkedin.com", "lnkd.in", "com.linkedin.android"),
        "youtube": ("youtube.com", "m.youtube.com", "youtu.be"),
        "tiktok": ("tiktok.com", "vm.tiktok.com", "ads.tiktok.com"),
    }
)
"""Names under which web analytics see a platform's visitors come."""
OTHER_SOCIAL = frozenset(
    {
        *(
            "pinterest",
            "reddit",
            "snapchat",
            "threads",
            "whatsapp",
            "wechat",
            "weibo",
            "vk",
            "zalo",
        ),
        *("line", "tumblr", "mastodon", "bluesky", "telegram", "discord", "quora", "kakaotalk"),
    }
)
"""Social media that Kepi has no accounts of."""
_KEYS = {host: key for key, hosts in HOSTS.items() for host in hosts}


def platform_of(word: str) -> str:
    """Return the key of the platform that a source means, or an empty word."""
    asked = _bare(word)
    if asked in _KEYS:
        return _KEYS[asked]
    found = find_platform(asked) or find_platform(asked.removesuffix(".com"))
    return found.key if found else ""


def is_social(word: str) -> bool:
    """Tell whether a source is social media, of those that Kepi knows by name."""
    asked = _bare(word)
    return bool(platform_of(asked)) or asked.removesuffix(".com") in OTHER_SOCIAL


def medium_of(word: str) -> str:
    """Return a platform's key, or the word of another medium in lower case: “email”."""
    return platform_of(word) or " ".join(word.split()).lower()


def _bare(word: str) -> str:
    return word.strip().lower().removeprefix("https://").removeprefix("www.").rstrip("/")
