"""LinkedIn pages by day: the sheet “Metrics” of the content export, and the new followers.

Of organic, sponsored and total, the totals are read. LinkedIn takes back what it told: a day may
be below 0, which is kept (kpi-catalogue §1, *Negative values*). Unique impressions are told of
one day at a time and of organic posts: windows of a day. The sheet “New followers” calls
*Total followers* what the day brought, not how many there are.
"""

from types import MappingProxyType

from storage.said import Words
from storage.sources.layout import DayLayout, Names

_DAY = {"day": ("Date", "Datum", "Fecha", "Ngày", "Tanggal", "日期")}
_FORMATS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y")
_HINT = "name the account, as --account linkedin/HANDLE"


def _split(*names: str) -> Names:
    """Return what the total of a measure is called; where none is told, the organic part."""
    wholes = [f"{name} ({word})" for name in names for word in ("total", "insgesamt", "totalt")]
    organic = [f"{name} ({word})" for name in names for word in ("organic", "organisch")]
    return (*wholes, *names, *organic)


# Only the English names were seen in real files.
CONTENT = DayLayout(
    key="linkedin-content",
    title=Words("LinkedIn account days"),
    platform="linkedin",
    columns=MappingProxyType(_DAY),
    measures=MappingProxyType(
        {
            "impressions": _split("Impressions", "Visningar"),
            "clicks": _split("Clicks", "Klicks", "Klick"),
            "likes": _split("Reactions", "Reaktionen", "Reaktioner"),
            "comments": _split("Comments", "Kommentare", "Kommentarer"),
            "shares": _split("Reposts", "Geteilte Beiträge", "Delningar"),
            "reach": ("Unique impressions (organic)", "Unique impressions"),
        }
    ),
    needs=(("day",), ("impressions",), ("clicks",), ("likes",), ("shares",)),
    date_formats=_FORMATS,
    zone="UTC",
    notes=(
        Words(
            "Organic and sponsored are read together, as LinkedIn's totals; unique impressions are "
            "of organic posts, day by day."
        ),
    ),
    account_hint=Words(_HINT),
)
FOLLOWERS = DayLayout(
    key="linkedin-followers",
    title=Words("LinkedIn new followers"),
    platform="linkedin",
    columns=MappingProxyType(
        {
            **_DAY,
            "organic": ("Organic followers", "Organische Follower", "Organiska följare"),
            "sponsored": ("Sponsored followers", "Gesponserte Follower", "Sponsrade följare"),
        }
    ),
    measures=MappingProxyType(
        {
            "gained": (
                "Total followers", "New followers", "Total new followers",
                "Follower insgesamt", "Totalt antal följare",
            ),
        }
    ),
    needs=(("day",), ("gained",), ("organic", "sponsored")),
    date_formats=_FORMATS,
    zone="UTC",
    notes=(
        Words(
            "LinkedIn tells how many followers each day brought, not how many there are; the total "
            "comes with the competitors' file."
        ),
    ),
    account_hint=Words(_HINT),
)  # fmt: skip
