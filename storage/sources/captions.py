"""What a post's words and labels say: title, hashtags, content type, paid or not."""

import unicodedata
from types import MappingProxyType

TITLE_LENGTH = 80
TAG_LENGTH = 100
MOST_TAGS = 60

_JOINERS = "_\u200c\u200d"


def make_title(caption: str) -> str | None:
    """Return the beginning of a caption on one line."""
    return " ".join(caption.split())[:TITLE_LENGTH].rstrip() or None


def find_hashtags(caption: str) -> tuple[str, ...]:
    """Return the hashtags in lower case without their sign, each once, in order.

    A tag is letters, digits and the marks on them, in any script, and not digits alone.
    """
    if "#" not in caption and "＃" not in caption:
        return ()
    text = unicodedata.normalize("NFC", caption).replace("＃", "#")
    tags: dict[str, None] = {}
    before, *rest = text.split("#")
    for part in rest:
        tag = _leading_word(part).lower()
        if tag and not tag.isdigit() and not _is_word(before[-1:]) and before[-1:] != "&":
            tags[tag[:TAG_LENGTH]] = None
        before = part
    return tuple(tags)[:MOST_TAGS]


def _leading_word(text: str) -> str:
    length = 0
    while length < len(text) and _is_word(text[length]):
        length += 1
    return text[:length]


def _is_word(character: str) -> bool:
    return bool(character) and (
        character.isalnum()
        or character in _JOINERS
        or unicodedata.category(character).startswith("M")
    )


CONTENT_TYPES = MappingProxyType(
    {
        alias: kind
        for kind, aliases in {
            "photo": ("photo", "photos", "image", "images", "picture", "ig image", "ig photo"),
            "video": ("video", "videos", "ig video", "igtv"),
            "reel": ("reel", "reels", "ig reel", "fb reel", "facebook reel", "short", "shorts"),
            "carousel": ("carousel", "ig carousel", "carousel_album", "album", "albums"),
            "story": ("story", "stories", "ig story", "facebook story"),
            "text": ("text", "texts", "status", "statuses", "status update"),
            "link": ("link", "links", "shared link", "article"),
            "live": ("live", "live video", "live videos"),
        }.items()
        for alias in aliases
    }
)  # fmt: skip


def name_content_type(label: str) -> str | None:
    """Return the content type in Kepi's word for it, else in the file's own."""
    label = " ".join(label.lower().split())
    return CONTENT_TYPES.get(label, label[:40]) or None


PAID = frozenset({"funded", "boosted", "paid", "promoted", "sponsored", "yes", "true", "1"})
UNPAID = frozenset({"not funded", "not boosted", "organic", "unpaid", "no", "false", "0"})


def is_paid(label: str) -> bool | None:
    """Tell whether a post was paid for; ``None`` where the label says neither."""
    label = " ".join(label.lower().split())
    return True if label in PAID else False if label in UNPAID else None
