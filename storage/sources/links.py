"""What links to posts tell: whose they are and their id."""

import re
from datetime import UTC, datetime

from storage.sources.cells import BadCell, is_blank, show

_HANDLES = (
    re.compile(
        r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?!i/)([A-Za-z0-9_]{1,15})/status/"
    ),
    re.compile(r"https?://(?:www\.|m\.)?tiktok\.com/@([A-Za-z0-9_.]{1,24})/"),
    re.compile(r"https?://(?:www\.)?instagram\.com/([A-Za-z0-9_.]{2,30})/(?:p|reel|tv)/"),
    re.compile(
        r"https?://(?:www\.|m\.)?facebook\.com/(?=[A-Za-z0-9.]*[A-Za-z])"
        r"([A-Za-z0-9.]{5,50})/(?:posts|videos|photos)/"
    ),
)
"""Of Instagram and Facebook, only some links name the account; of LinkedIn and YouTube none do."""
_TIKTOK = re.compile(r"https?://(?:www\.|m\.)?tiktok\.com/@[^/\s]+/(?:video|photo)/([0-9]{15,20})")
_LINKEDIN = re.compile(
    r"https?://(?:[a-z]+\.)?linkedin\.com/.*?(activity|share|ugcPost)[:-]([0-9]{15,20})", re.I
)


def read_handle(permalink: str) -> str | None:
    """Return the handle in a link to a post."""
    for pattern in _HANDLES:
        match = pattern.match(permalink)
        if match:
            return match[1].lower()
    return None


def is_tiktok_link(text: str) -> bool:
    return _TIKTOK.match(text) is not None


def read_tiktok_id(link: str) -> str:
    """Return the id in a link to a video."""
    return _take(_TIKTOK, link)[1]


def read_linkedin_id(link: str) -> str:
    """Return the number of a post in its link: the same whether written as URN or in words."""
    return _take(_LINKEDIN, link)[2]


def tell_tiktok_time(video: str) -> datetime:
    """Return when a video was uploaded: seconds since 1970 in the top 32 bits of its id."""
    return datetime.fromtimestamp(int(video) >> 32, UTC)


def _take(pattern: re.Pattern[str], link: str) -> re.Match[str]:
    match = pattern.match(link)
    if match is None:
        if is_blank(link):
            raise BadCell("no link")
        raise BadCell("{cell} is not a link to a post", cell=show(link))
    return match
