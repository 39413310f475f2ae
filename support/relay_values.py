"""What a part of a relayed post is worth: networks, names, addresses and instants made plain."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from support.entries import MICROSECONDS
from support.reading import plain

LATEST_LAG = 24 * 3600 * MICROSECONDS
"""An older time is not when it was written, or not worth a clock (support-spec §2.1)."""

NETWORKS: dict[str, tuple[str, ...]] = {
    "x": ("twitter", "tweet", "tweeted", "tweets", "x"),
    "instagram": ("instagram", "insta", "ig"),
    "facebook": ("facebook", "fb", "messenger", "meta"),
    "tiktok": ("tiktok", "tik tok"),
    "youtube": ("youtube", "yt"),
    "linkedin": ("linkedin",),
    "google_reviews": ("google reviews", "google review", "google business", "google", "gmb"),
    "whatsapp": ("whatsapp", "whats app"),
    "line": ("line",),
    "zalo": ("zalo",),
    "email": ("email", "e-mail", "gmail", "mail"),
}
HOSTS: dict[str, str] = {
    "x.com": "x",
    "twitter.com": "x",
    "t.co": "x",
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "m.me": "facebook",
    "messenger.com": "facebook",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "linkedin.com": "linkedin",
    "lnkd.in": "linkedin",
    "g.page": "google_reviews",
    "goo.gl": "google_reviews",
    "google.com": "google_reviews",
    "wa.me": "whatsapp",
    "whatsapp.com": "whatsapp",
    "line.me": "line",
    "zalo.me": "zalo",
}
PLATFORMS = (*NETWORKS, "other")
LINK = re.compile(r"<?((?:https?|mailto):[^\s<>|]{1,2000})")
SPACES = re.compile(r"\s+")
DATE_MARK = re.compile(r"<!date\^(\d{9,11})\^")
EPOCH = re.compile(r"^(\d{9,11})(?:\.(\d{1,6})\d*)?$")
EPOCH_MILLISECONDS = re.compile(r"^\d{13}$")
STARS = re.compile(r"[★⭐]|:star:|:star2:")
OPENING_LINK = re.compile(r"\s{0,3}<https?://[^<>|\s]{1,2000}\|[^<>]{1,80}>\s{0,3}$")
QUOTE = re.compile(r"^(?:&gt;|>)\s?", re.MULTILINE)


def platform_of(value: str) -> str:
    """Return the network that an address belongs to or a text names first; nothing if none."""
    address = LINK.search(value)
    if address:
        return platform_of_url(address[1])
    text = plain(value).casefold()
    found = [
        (place.start(), -len(name), platform)
        for platform, names in NETWORKS.items()
        for name in names
        if (place := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    ]
    return min(found)[2] if found else ""


def platform_of_url(url: str) -> str:
    """Return the network of an address; nothing for an unknown host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return "email"
    while host.count("."):
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return ""


def handle_of(value: str) -> str:
    """Return a person's name on a network without ``@`` and decoration."""
    name = SPACES.sub(" ", plain(value)).strip(" \t\n:,;*_`~()[]\"'“”")
    return name.removeprefix("@").strip()[:80]


def url_of(value: str) -> str:
    """Return the web address in a text, or nothing."""
    found = LINK.search(value)
    return found[1].replace("&amp;", "&") if found and found[1].startswith("http") else ""


def word_of(value: str, length: int = 120) -> str:
    """Return a value on one line without markup."""
    return SPACES.sub(" ", plain(value)).strip(" *_`").strip()[:length]


def sentiment_of(value: str) -> str:
    """Return a feeling in a word, or stars as a number of five."""
    stars = len(STARS.findall(value))
    return f"{stars}/5" if stars else word_of(value, 40).casefold()


def text_of(value: str) -> str:
    """Return a customer's words without the marks of a quotation, and the tool's link after them.

    What a customer links to has no label.
    """
    return OPENING_LINK.sub("", QUOTE.sub("", value)).strip()


def instant_of(value: str) -> int | None:
    """Return a time that says where on earth it holds, in UTC microseconds; else nothing."""
    value = value.strip()
    marked = DATE_MARK.search(value)
    if marked:
        return int(marked[1]) * MICROSECONDS
    epoch = EPOCH.match(value)
    if epoch:
        return int(epoch[1]) * MICROSECONDS + int((epoch[2] or "0").ljust(6, "0"))
    if EPOCH_MILLISECONDS.match(value):
        return int(value) * 1000
    try:
        moment = datetime.fromisoformat(word_of(value))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    gone = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (gone.days * 86_400 + gone.seconds) * MICROSECONDS + gone.microseconds


def source_instant(value: str, posted: int) -> int | None:
    """Return when a network says it was written, where support-spec §2.1 accepts it.

    It must carry an offset, not lie after the post, and not more than a day before it.
    """
    moment = instant_of(value)
    return moment if moment is not None and 0 <= posted - moment <= LATEST_LAG else None
