"""TikTok Studio: Content.csv, Overview.csv and FollowerHistory.csv, alone or in their zip.

Dates are in the reader's language and without a year: a video's time is taken from its id, whose
top 32 bits are the seconds since 1970; of days, see ``yearless``. A caption may hold commas
outside quotes, which tear the row apart; the link tells where its other cells are.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import DayLayout, PostLayout
from storage.sources.links import is_tiktok_link, read_handle, read_tiktok_id, tell_tiktok_time

_LINK = (
    "Video link", "Post link", "Videolänk", "Videolink", "Enlace del video", "Liên kết video",
    "Tautan video", "视频链接", "影片連結",
)  # fmt: skip
_VIEWS = (
    "Total views", "Views", "Totalt antal visningar", "Aufrufe insgesamt",
    "Visualizaciones totales", "Tổng lượt xem", "Total tayangan", "总播放量", "總觀看次數",
)  # fmt: skip
_DAY = {"day": ("Date", "Datum", "Fecha", "Ngày", "Tanggal", "日期", "日付")}
_DAY_VIEWS = (
    "Video Views", "Videovisningar", "Videoaufrufe", "Visualizaciones de videos",
    "Lượt xem video", "Tayangan video", "视频播放量",
)  # fmt: skip
_HINT = "name the account, as --account tiktok/HANDLE"

# Only the English names, and some Spanish ones, were seen in real files.
CONTENT = PostLayout(
    key="tiktok-videos",
    title=Words("TikTok videos"),
    platform="tiktok",
    columns=MappingProxyType(
        {
            "id": _LINK,
            "permalink": _LINK,
            "caption": (
                "Video title", "Post title", "Videotitel", "Título del video", "Tiêu đề video",
                "Judul video", "视频标题", "影片標題",
            ),
            "posted": ("Post time", "Video publish time", "Hora de publicación", "Time"),
        }
    ),
    measures=MappingProxyType(
        {
            # A video that is shown is viewed: TikTok counts one thing (kpi-catalogue §3).
            "impressions": _VIEWS,
            "video_views": _VIEWS,
            "reach": ("Reach", "Total viewers", "Alcance"),
            "likes": ("Total likes", "Likes", "Me gusta totales", "Tổng lượt thích", "Total suka"),
            "comments": ("Total comments", "Comments", "Comentarios totales",
                         "Tổng bình luận", "Total komentar"),
            "shares": ("Total shares", "Shares", "Veces compartido", "Tổng lượt chia sẻ",
                       "Total dibagikan"),
        }
    ),
    needs=(("id",), ("video_views",), ("likes", "comments", "shares")),
    zone="UTC",
    handle_of=read_handle,
    id_of=read_tiktok_id,
    time_of=tell_tiktok_time,
    content_type="video",
    is_anchor=is_tiktok_link,
    account_hint=Words("as --account tiktok/HANDLE"),
)  # fmt: skip
OVERVIEW = DayLayout(
    key="tiktok-overview",
    title=Words("TikTok account days"),
    platform="tiktok",
    columns=MappingProxyType(_DAY),
    measures=MappingProxyType(
        {
            "impressions": _DAY_VIEWS,
            "video_views": _DAY_VIEWS,
            "profile_visits": (
                "Profile Views", "Profilvisningar", "Profilaufrufe", "Visualizaciones del perfil",
                "Lượt xem hồ sơ", "Tayangan profil", "主页浏览量",
            ),
            "likes": ("Likes", "Gilla-markeringar", "Me gusta", "Lượt thích", "Suka", "点赞"),
            "comments": ("Comments", "Kommentarer", "Kommentare", "Comentarios", "Bình luận",
                         "Komentar", "评论"),
            "shares": ("Shares", "Delningar", "Compartidos", "Lượt chia sẻ", "Dibagikan", "分享"),
        }
    ),
    needs=(("day",), ("video_views",), ("profile_visits",)),
    date_formats=("%Y-%m-%d",),
    zone="UTC",
    has_no_year=True,
    account_hint=Words(_HINT),
)  # fmt: skip
FOLLOWERS = DayLayout(
    key="tiktok-followers",
    title=Words("TikTok followers"),
    platform="tiktok",
    columns=MappingProxyType(
        {
            **_DAY,
            "difference": (
                "Difference in followers from previous day",
                "Chênh lệch số follower so với ngày trước",
            ),
        }
    ),
    measures=MappingProxyType(
        {"followers": ("Followers", "Följare", "Seguidores", "Follower", "Pengikut", "粉丝")}
    ),
    needs=(("day",), ("followers",), ("difference",)),
    date_formats=("%Y-%m-%d",),
    zone="UTC",
    has_no_year=True,
    account_hint=Words(_HINT),
)  # fmt: skip
