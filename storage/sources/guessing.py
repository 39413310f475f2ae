"""Which column is what: guessed by its name in the languages of our sources, and by its values.

A guess fills a form in, so a wrong one costs a look; a field whose column is doubtful stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from storage.platforms import PLATFORMS, find_platform
from storage.sources import mentions
from storage.sources.cells import BadCell, Cell, StyleFinder, read_id, read_text
from storage.sources.date_forms import NEITHER, find_dates, is_like_a_date
from storage.sources.headers import normalise
from storage.sources.layout import DayLayout, PostLayout
from storage.sources.links import read_handle
from storage.sources.match_fields import DATED, FIELDS, NEEDED, Kind, MatchField
from storage.sources.matching import Seen, is_whole

GLANCE = 200
"""Values of a column that its kind is told by."""
MOSTLY = 0.8
SAME, INSIDE, LIKE = 1.0, 0.8, 0.7
NEARLY = 88
"""Of 100, in rapidfuzz's ratio: “Impresions”."""

_WORDS = re.compile(r"[^\W_]+")
_NO_COUNT = re.compile(r"\brate\b|%|\bavg\b|\baverage\b|\bratio\b|\bper\b|\bcost\b|\bquote\b")
MORE_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "post id", "status id", "url", "link", "permalink", "post", "länk", "tautan",
               "liên kết", "链接", "编号"),
        "published": ("published", "publish date", "date", "posted", "posted at", "created",
                      "created at", "time", "timestamp", "datum", "publicerad", "tanggal", "ngày",
                      "日期", "发布时间", "veröffentlicht", "fecha"),
        "day": ("day", "date", "datum", "dag", "tanggal", "hari", "ngày", "日期", "tag", "fecha"),
        "time": ("time", "date", "published", "created at", "datum", "tid", "tanggal", "ngày",
                 "日期", "时间"),
        "impressions": ("impressions", "views", "visningar", "exponeringar", "tayangan",
                        "lượt xem", "lượt hiển thị", "浏览量", "展示次数", "aufrufe"),
        "reach": ("reach", "accounts reached", "räckvidd", "jangkauan", "người tiếp cận",
                  "覆盖人数", "触达", "reichweite", "alcance"),
        "reach:7": ("reach 7 days", "7 day reach", "weekly reach"),
        "reach:28": ("reach 28 days", "28 day reach", "monthly reach"),
        "likes": ("likes", "reactions", "gilla", "gillar", "reaktioner", "suka", "lượt thích",
                  "点赞", "赞", "favorites"),
        "comments": ("comments", "replies", "kommentarer", "komentar", "bình luận", "评论"),
        "shares": ("shares", "reposts", "retweets", "delningar", "dibagikan", "chia sẻ",
                   "lượt chia sẻ", "分享", "转发"),
        "saves": ("saves", "bookmarks", "sparade", "disimpan", "lượt lưu", "收藏"),
        "clicks": ("clicks", "link clicks", "klick", "klik", "lượt nhấp", "点击"),
        "video_views": ("video views", "plays", "videovisningar", "lượt xem video", "播放量"),
        "profile_visits": ("profile visits", "profile views", "profilbesök", "主页访问"),
        "followers": ("followers", "fans", "follower", "följare", "pengikut", "người theo dõi",
                      "粉丝", "粉丝数", "关注者"),
        "gained": ("new followers", "followers gained", "follows", "nya följare", "新增粉丝"),
        "lost": ("lost followers", "followers lost", "unfollows", "取消关注"),
        "account": ("account", "page", "profile", "handle", "username", "konto", "sida", "akun",
                    "tài khoản", "账号", "帐号"),
        "converted": ("converted", "conversion", "revenue", "transaction", "purchase"),
        "source": ("source", "utm source", "referrer", "källa", "sumber", "nguồn", "来源"),
        "medium": ("medium", "utm medium", "channel"),
        "campaign": ("campaign", "utm campaign", "kampanj", "kampanye", "chiến dịch", "活动"),
        "keyword": ("keyword", "utm term", "term"),
        "platform": ("platform", "network", "social network", "nätverk", "nền tảng", "平台"),
        "bounced": ("bounced", "bounce"),
        "caption": ("caption", "message", "text", "post text", "bildtext", "内容"),
        "content_type": ("content type", "post type", "type", "status type", "media type", "typ"),
    }
)  # fmt: skip
"""What tables that no source knows call the same things, English first."""
_OURS = MappingProxyType({"handle": "account", "account_name": "account"})


def guess_grain(seen: Seen, zone: ZoneInfo, now: datetime) -> str:
    """Return what a row most likely is."""
    posts, days = (guess(seen, grain, zone, now) for grain in ("post", "account-day"))
    about = guess(seen, "mention", zone, now)
    if {"id", "time", "sentiment"} <= about.keys() and "sentiment" in about:
        return "mention"
    if "id" in posts and "published" in posts:
        return "post"
    if "day" in days and len(days) > 1:
        return "account-day"
    visits = guess(seen, "session", zone, now)
    return "session" if "converted" in visits and len(posts) < 2 else "post"


def guess(seen: Seen, grain: str, zone: ZoneInfo, now: datetime) -> dict[str, int]:
    """Return field → place of its column, each column once; doubtful fields are left out."""
    needed = NEEDED[grain]
    scores = [
        (it.key in needed, score, -order, -place, it.key, place)
        for order, it in enumerate(FIELDS[grain])
        for place in range(len(seen.names))
        if (score := _score(seen, it, place, grain, zone, now))
    ]
    found: dict[str, int] = {}
    for *_, key, place in sorted(scores, reverse=True):
        if key not in found and place not in found.values():
            found[key] = place
    return found


def guess_account(seen: Seen) -> int | None:
    """Return the column that names the account, or nothing."""
    rated = [(_name_score("account", name), -place) for place, name in enumerate(seen.names)]
    score, place = max(rated)
    return -place if score >= INSIDE and any(seen.cells(-place)) else None


def guess_platform(seen: Seen, file_name: str) -> str:
    """Return the platform of the links in a table, or that its file's name says; else nothing."""
    for place in range(len(seen.names)):
        for _, cell in islice(seen.cells(place), 3):
            text = str(cell).lower()
            for key in PLATFORMS:
                if re.match(rf"https?://(?:[\w-]+\.)*{key}\.com/", text):
                    return key
    words = _WORDS.findall(file_name.casefold())
    known = [it.key for word in words if len(word) > 1 and (it := find_platform(word))]
    return known[0] if len(set(known)) == 1 else ""


def has_handles(seen: Seen, place: int) -> bool:
    """Tell whether the links of a column name the account."""
    return any(read_handle(str(cell)) for _, cell in islice(seen.cells(place), GLANCE))


def rank(seen: Seen, field: MatchField, grain: str, zone: ZoneInfo, now: datetime) -> list[int]:
    """Return all places, the likeliest for a field first."""
    scores = {it: _score(seen, field, it, grain, zone, now) for it in range(len(seen.names))}
    return sorted(scores, key=lambda place: (-scores[place], place))


def _score(
    seen: Seen, field: MatchField, place: int, grain: str, zone: ZoneInfo, now: datetime
) -> float:
    name = _name_score(field.key, seen.names[place])
    if not name and field.key != DATED[grain] and field.kind is not Kind.ID:
        return 0.0
    cells = [cell for _, cell in islice(seen.cells(place), GLANCE)]
    if not cells:
        return name if name == SAME and field.is_measure else 0.0
    if field.is_measure and _NO_COUNT.search(seen.names[place].casefold()):
        return 0.0
    if not fits(field.kind, cells, zone, now):
        return 0.0
    if field.kind is Kind.ID:
        if _share(map(_is_link, cells)) > MOSTLY:
            return max(name, 0.5) * 0.95  # a plain id is better, where there is one
        return name or (0.3 if _share(map(_is_code, cells)) == 1 else 0.0)
    return name or 0.4


def fits(
    kind: Kind, cells: Sequence[Cell], zone: ZoneInfo, now: datetime, mostly: float = MOSTLY
) -> bool:
    """Tell whether values, so large a share of them at least, can be what a field holds."""
    if kind is Kind.DATE:
        if not any(map(_is_date, cells[:3])):
            return False
        return find_dates(enumerate(cells), zone, now).order != NEITHER
    if kind is Kind.NUMBER:
        styles = StyleFinder()
        for cell in cells:
            styles.see(cell)
        style = styles.decide(None)
        return _share(is_whole(cell, style) for cell in cells) >= mostly
    if kind is Kind.ID:
        return _share(map(_is_id, cells)) >= mostly and len(set(cells)) > 0.9 * len(cells)
    if kind is Kind.LINK:
        return _share(map(_is_link, cells)) >= mostly
    if kind is Kind.FLAG:
        return _share(_word(it) in mentions.YES | mentions.NO for it in cells) >= mostly
    if kind is Kind.PLATFORM:
        return _share(find_platform(_word(it)) is not None for it in cells) >= mostly
    if kind is Kind.SENTIMENT:
        return _share(_word(it) in mentions.SENTIMENTS for it in cells) >= mostly
    return any(isinstance(cell, str) for cell in cells)


def _share(hits: Iterable[bool]) -> float:
    known = list(hits)
    return sum(known) / len(known) if known else 0.0


def _word(cell: Cell) -> str:
    return "true" if cell is True else "false" if cell is False else read_text(cell).lower()


def _is_link(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().lower().startswith(("https://", "http://"))


def _is_id(cell: Cell) -> bool:
    try:
        return bool(read_id(cell))
    except BadCell:
        return False


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and is_like_a_date(cell))


def _is_code(cell: Cell) -> bool:
    """Tell an id by its looks: one word with digits in it, or a long number."""
    text = str(cell).strip()
    if re.sub(r"[-.,\s]", "", text).isdigit():
        return text.isdigit() and len(text) > 8
    return any(map(str.isdigit, text)) and " " not in text


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """Return field → all it is called, folded: by the sources that are known, and beside them."""
    from storage.sources.formats import LAYOUTS

    found: dict[str, set[str]] = {key: {key, *more} for key, more in MORE_NAMES.items()}
    for layout in LAYOUTS:
        for key, aliases in {**layout.columns, **layout.measures}.items():
            if isinstance(layout, PostLayout | DayLayout):
                found.setdefault(_OURS.get(key, key), set()).update(aliases)
    for key, aliases in mentions.COLUMNS.items():
        if key not in ("id", "platform", "brand"):
            found.setdefault(key, set()).update(aliases)
    found.setdefault("brand", set()).update(("brand", "varumärke", "merek", "thương hiệu", "品牌"))
    return {key: frozenset(map(_fold, names)) for key, names in found.items()}


def _fold(name: str) -> str:
    """Return the words of a name with spaces between: “num_reactions” is “num reactions”."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", name).casefold()))


@cache
def _name_score(key: str, name: str) -> float:
    folded = _fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", name))
    names = _names().get(key, frozenset())
    if not folded:
        return 0.0
    if folded in names or normalise(name) in {normalise(it) for it in names}:
        return SAME
    longest = max((len(it) for it in names if _holds(folded, it)), default=0)
    if longest:
        own = 0.05 if _holds(folded, _fold(key)) else 0.0
        return INSIDE + own - 0.2 * (1 - longest / len(folded))
    near = max((fuzz.ratio(folded, it) for it in names if len(it) > 3), default=0.0)
    return LIKE if near >= NEARLY else 0.0


def _holds(folded: str, name: str) -> bool:
    """Tell whether a name stands in another as words, or within one that has no spaces."""
    if name.isascii():
        return len(name) > 1 and f" {name} " in f" {folded} "
    return len(name) > 1 and name in folded
