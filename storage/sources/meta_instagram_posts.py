"""Instagram posts from Meta Business Suite.

``Publish time`` is MM/DD/YYYY HH:MM without a zone: it is read in the zone given for the file
(the account's, or the workspace's). ``Date`` says "Lifetime" and is not read. Older files have
``Impressions`` where newer ones have ``Views``; of a file with both, ``Views`` counts
(ecosystem §3; kpi-catalogue §1, *Definition breaks*).
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout

META_DATES = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y")

# Only the English names were seen in real files. The others follow the languages of Business
# Suite and are not verified.
META_COLUMNS = {
    "id": (
        "Post ID", "Inläggs-id", "Beitrags-ID", "Identificador de la publicación",
        "ID de la publicación", "ID bài viết", "ID Postingan", "帖子编号", "貼文編號",
    ),
    "published": (
        "Publish time", "Publiceringstid", "Publiceringstidpunkt",
        "Veröffentlichungszeitpunkt", "Zeitpunkt der Veröffentlichung", "Hora de publicación",
        "Thời gian đăng", "Thời gian xuất bản", "Waktu terbit", "Waktu publikasi", "发布时间",
        "發佈時間",
    ),
    "caption": (
        "Description", "Beskrivning", "Beschreibung", "Descripción", "Mô tả", "Deskripsi",
        "描述", "說明",
    ),
    "permalink": (
        "Permalink", "Permalänk", "Permanentlänk", "Dauerhafter Link", "Enlace permanente",
        "Liên kết vĩnh viễn", "Tautan permanen", "固定链接", "永久連結",
    ),
    "content_type": (
        "Post type", "Inläggstyp", "Beitragsart", "Beitragstyp", "Tipo de publicación",
        "Loại bài viết", "Jenis postingan", "帖子类型", "貼文類型",
    ),
}  # fmt: skip

META_COUNTERS = {
    "impressions": (
        "Views", "Visningar", "Aufrufe", "Visualizaciones", "Lượt xem", "Tayangan", "浏览量",
        "瀏覽次數", "Impressions", "Exponeringar", "Impressionen", "Impresiones",
        "Lượt hiển thị", "Impresi", "展示次数", "曝光次數",
    ),
    "reach": (
        "Reach", "Räckvidd", "Reichweite", "Alcance", "Số người tiếp cận", "Lượt tiếp cận",
        "Jangkauan", "覆盖人数", "触达人数", "觸及人數",
    ),
    "comments": (
        "Comments", "Kommentarer", "Kommentare", "Comentarios", "Bình luận", "Lượt bình luận",
        "Komentar", "评论", "評論", "留言",
    ),
    "shares": (
        "Shares", "Delningar", "Geteilte Inhalte", "Geteilt", "Veces compartido",
        "Veces que se compartió", "Lượt chia sẻ", "Bagikan", "Dibagikan", "分享", "分享次數",
    ),
}  # fmt: skip

LAYOUT = PostLayout(
    key="meta-instagram-posts",
    title=Words("Instagram posts"),
    platform="instagram",
    columns=MappingProxyType(
        {
            **META_COLUMNS,
            "account_id": (
                "Account ID", "Konto-id", "Konto-ID", "Identificador de la cuenta",
                "ID tài khoản", "ID Akun", "账户编号", "帳號編號",
            ),
            "handle": (
                "Account username", "Kontots användarnamn", "Kontoanvändarnamn",
                "Benutzername des Kontos", "Nombre de usuario de la cuenta",
                "Tên người dùng tài khoản", "Nama pengguna akun", "账户用户名", "帳號用戶名稱",
            ),
            "account_name": (
                "Account name", "Kontonamn", "Kontoname", "Name des Kontos",
                "Nombre de la cuenta", "Tên tài khoản", "Nama akun", "账户名称", "帳號名稱",
            ),
        }
    ),
    measures=MappingProxyType(
        {
            **META_COUNTERS,
            "likes": (
                "Likes", "Gilla-markeringar", "„Gefällt mir“-Angaben", "Gefällt-mir-Angaben",
                "Me gusta", "Lượt thích", "Suka", "赞", "按讚數",
            ),
            "saves": (
                "Saves", "Sparade", "Sparanden", "Gespeicherte Inhalte", "Guardados",
                "Veces que se guardó", "Lượt lưu", "Simpan", "Disimpan", "收藏", "儲存次數",
            ),
            "profile_visits": ("Profile visits",),
        }
    ),
    needs=(("id",), ("published",), ("handle", "account_id")),
    date_formats=META_DATES,
    account_hint=Words("such as instagram/acme"),
)  # fmt: skip
