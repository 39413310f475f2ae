"""Facebook posts from Meta Business Suite.

The handle is the page's name in a form that can be typed: the export has no other. Reactions
are the likes and *Total clicks* the clicks; Facebook has no saves. For ``Publish time`` and
``Date`` see ``meta_instagram_posts``.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout
from storage.sources.meta_instagram_posts import META_COLUMNS, META_COUNTERS, META_DATES

# As with Instagram, only the English names were seen in real files.
LAYOUT = PostLayout(
    key="meta-facebook-posts",
    title=Words("Facebook posts"),
    platform="facebook",
    columns=MappingProxyType(
        {
            **META_COLUMNS,
            "account_id": (
                "Page ID", "Sid-id", "Sidans ID", "Seiten-ID", "Identificador de la página",
                "ID de la página", "ID Trang", "ID Halaman", "主页编号", "粉絲專頁編號",
            ),
            "account_name": (
                "Page name", "Sidnamn", "Sidans namn", "Seitenname", "Name der Seite",
                "Nombre de la página", "Tên Trang", "Nama Halaman", "主页名称", "粉絲專頁名稱",
            ),
            "title": ("Title", "Titel", "Título", "Tiêu đề", "Judul", "标题", "標題"),
            "paid": (
                "Funded content status", "Status för finansierat innehåll",
                "Status von finanzierten Inhalten", "Estado del contenido financiado",
                "Trạng thái nội dung được tài trợ", "Status konten yang didanai",
            ),
        }
    ),
    measures=MappingProxyType(
        {
            **META_COUNTERS,
            "likes": (
                "Reactions", "Reaktioner", "Reaktionen", "Reacciones", "Cảm xúc",
                "Lượt bày tỏ cảm xúc", "Tanggapan", "Reaksi", "心情", "心情數",
            ),
            "clicks": (
                "Total clicks", "Totalt antal klick", "Klicks insgesamt",
                "Clics totales", "Total de clics", "Tổng số lượt click", "Total klik",
                "总点击量", "總點擊次數",
            ),
        }
    ),
    needs=(("id",), ("published",), ("account_name", "account_id")),
    date_formats=META_DATES,
    account_hint=Words("such as facebook/acme"),
)  # fmt: skip
