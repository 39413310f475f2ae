"""How likely a column's name is that of a field, in the languages of our sources and others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz

from storage.sources import mentions
from storage.sources.headers import normalise
from storage.sources.layout import DayLayout, PostLayout

SAME, INSIDE, LIKE = 1.0, 0.8, 0.7
NEARLY = 88
"""Of 100, in rapidfuzz's ratio: “Impresions”."""
WORDS = re.compile(r"[^\W_]+")
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
        "customer": ("contact", "visitor", "email", "client", "member", "kund", "pelanggan",
                     "khách hàng", "客户"),
        "value": ("sum", "paid", "betrag", "summa", "jumlah", "tổng tiền", "金额"),
        "spend": ("amount spent", "spent", "ad cost", "biaya", "chi phí", "花费"),
        "sessions": ("visits", "kunjungan", "lượt truy cập", "访问"),
        "stars": ("stars", "bintang", "sao", "星级", "bewertung"),
        "content_type": ("content type", "post type", "type", "status type", "media type", "typ"),
    }
)  # fmt: skip
"""What tables that no source knows call the same things, English first."""
_OURS = MappingProxyType({"handle": "account", "account_name": "account"})


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
    return " ".join(WORDS.findall(unicodedata.normalize("NFKC", name).casefold()))


@cache
def rate_name(key: str, name: str, own: tuple[str, ...] = ()) -> float:
    """Rate a name; a record's field is called what its own layout calls it, ``own``."""
    folded = _fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", name))
    names = _names().get(key, frozenset())
    if own:
        beside = () if key == "id" else MORE_NAMES.get(key, ())
        names = frozenset(map(_fold, (key, *own, *beside)))
    if not folded:
        return 0.0
    if folded in names or normalise(name) in {normalise(it) for it in names}:
        return SAME
    longest = max((len(it) for it in names if _holds(folded, it)), default=0)
    if longest:
        better = 0.05 if _holds(folded, _fold(key)) else 0.0
        return INSIDE + better - 0.2 * (1 - longest / len(folded))
    near = max((fuzz.ratio(folded, it) for it in names if len(it) > 3), default=0.0)
    return LIKE if near >= NEARLY else 0.0


def _holds(folded: str, name: str) -> bool:
    """Tell whether a name stands in another as words, or within one that has no spaces."""
    if name.isascii():
        return len(name) > 1 and f" {name} " in f" {folded} "
    return len(name) > 1 and name in folded
