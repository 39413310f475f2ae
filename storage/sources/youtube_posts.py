"""YouTube videos: “Table data.csv” of YouTube Studio, alone or in the zip it comes in.

A row ``Total`` stands first or last and is no video. Durations come as seconds or as H:MM:SS and
are not kept. YouTube counts what happened in the days that were chosen, not since publishing.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout

_VIEWS = (
    "Views", "Visningar", "Aufrufe", "Visualizaciones", "Lượt xem", "Penayangan", "观看次数",
    "觀看次數",
)  # fmt: skip

# Only the English names were seen in real files.
LAYOUT = PostLayout(
    key="youtube-videos",
    title=Words("YouTube videos"),
    platform="youtube",
    columns=MappingProxyType(
        {
            "id": ("Content", "Video", "Innehåll", "Inhalte", "Contenido", "Nội dung", "Konten",
                   "内容"),
            "published": (
                "Video publish time", "Publiceringstid för video",
                "Veröffentlichungszeitpunkt des Videos", "Hora de publicación del video",
                "Thời gian xuất bản video", "Waktu publikasi video", "视频发布时间",
                "影片發布時間",
            ),
            "title": (
                "Video title", "Videotitel", "Título del video", "Tiêu đề video", "Judul video",
                "视频标题", "影片標題",
            ),
        }
    ),
    measures=MappingProxyType(
        {
            "video_views": _VIEWS,
            "impressions": (
                "Thumbnail impressions", "Impressions", "Exponeringar", "Impressionen",
                "Impresiones", "Lượt hiển thị", "Tayangan", "展示次数",
            ),
            "likes": ("Likes", "Gilla-markeringar", "Positive Bewertungen", "Me gusta",
                      "Lượt thích", "Suka", "点赞"),
            "comments": ("Comments added", "Comments", "Kommentarer", "Kommentare hinzugefügt",
                         "Comentarios agregados", "Số bình luận đã thêm", "Komentar"),
            "shares": ("Shares", "Delningar", "Geteilt", "Veces que se compartió",
                       "Lượt chia sẻ", "Berbagi", "分享次数"),
        }
    ),
    needs=(("id",), ("published",), ("video_views",)),
    date_formats=("%b %d, %Y", "%B %d, %Y", "%d.%m.%Y"),
    notes=(
        Words(
            "YouTube counts what happened in the days you chose there: choose Lifetime for what a "
            "video has in all."
        ),
    ),
    content_type="video",
    account_hint=Words("as --account youtube/HANDLE"),
)  # fmt: skip
