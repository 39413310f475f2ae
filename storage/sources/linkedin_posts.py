"""LinkedIn posts: the sheet “All posts” of a page's content export.

Above its header stands a line that describes it. A post's id is the number in its link. One
that was advertised has a line for each campaign beside its organic one: they are different
showings, so each is kept, under the link's number and the campaign's name.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import PostLayout
from storage.sources.links import read_linkedin_id

_LINK = ("Post link", "Link zum Beitrag", "Inläggslänk", "Enlace de la publicación", "Update link")

# Only the English names were seen in real files.
LAYOUT = PostLayout(
    key="linkedin-posts",
    title=Words("LinkedIn posts"),
    platform="linkedin",
    columns=MappingProxyType(
        {
            "id": _LINK,
            "permalink": _LINK,
            "published": (
                "Created date", "Erstellungsdatum", "Skapad", "Fecha de creación",
                "Ngày tạo", "Tanggal dibuat", "创建日期",
            ),
            "title": ("Post title", "Titel des Beitrags", "Inläggstitel", "Update title"),
            "content_type": ("Content Type", "Inhaltstyp", "Innehållstyp", "Tipo de contenido"),
            "paid": ("Post type", "Beitragsart", "Inläggstyp", "Update type"),
            "campaign": ("Campaign name", "Kampagnenname", "Kampanjnamn", "Nombre de la campaña"),
        }
    ),
    measures=MappingProxyType(
        {
            "impressions": ("Impressions", "Visningar", "Impresiones", "展示次数"),
            "likes": ("Likes", "Reactions", "Reaktionen", "Reaktioner", "Reacciones"),
            "comments": ("Comments", "Kommentare", "Kommentarer", "Comentarios"),
            "shares": ("Reposts", "Shares", "Geteilt", "Delningar", "Compartido"),
            "clicks": ("Clicks", "Klicks", "Klick", "Clics"),
            "video_views": (
                "Views", "Views (Excluding offsite video views)",
                "Views (excluding off-site video views)",
            ),
        }
    ),
    needs=(("id",), ("published",), ("impressions",)),
    date_formats=("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y"),
    notes=(Words("LinkedIn's clicks are all clicks on a post, not those on its links alone."),),
    id_of=read_linkedin_id,
    splits_paid=True,
    account_hint=Words("as --account linkedin/HANDLE"),
)  # fmt: skip
