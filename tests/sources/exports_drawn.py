"""One small file of each export, as its network writes it, and what else a test needs of it."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from files_drawn import write_csv

from storage.batch import AccountName, Batch
from storage.measures import COUNTERS

ACME = {
    platform: AccountName(platform, "acme")
    for platform in ("x", "linkedin", "youtube", "tiktok", "instagram", "facebook")
}

X_OVERVIEW = """\
Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,\
Profile visits,Create Post,Video views,Media views
"Tue, Jul 14, 2026",1200,30,55,4,9,3,1,2,5,12,1,80,90
"Mon, Jul 13, 2026",900,20,35,0,1,0,2,1,0,8,0,0,0
"""
LINKEDIN_CONTENT_HEADER = [
    "Date",
    *(f"Impressions ({kind})" for kind in ("organic", "sponsored", "total")),
    "Unique impressions (organic)",
    *(
        f"{name} ({kind})"
        for name in ("Clicks", "Reactions", "Comments", "Reposts", "Engagement rate")
        for kind in ("organic", "sponsored", "total")
    ),
]
LINKEDIN_CONTENT = [
    ["Aggregated engagement metrics for your posts, by day. Times are in UTC."],
    LINKEDIN_CONTENT_HEADER,
    ["11/01/2026", 100, 50, 150, 70, 5, 1, 6, 4, 0, 4, 2, 0, 2, 1, 0, 1, 0.1, 0.02, 0.08],
    ["11/02/2026", 80, 0, 80, 60, 3, 0, 3, -2, 0, -2, 0, 0, 0, -1, 0, -1, 0.01, 0, 0.01],
]
LINKEDIN_POSTS_HEADER = [
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
    "Campaign start date", "Campaign end date", "Audience", "Impressions",
    "Views (Excluding offsite video views)", "Offsite Views", "Clicks",
    "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows", "Engagement rate",
    "Content Type",
]  # fmt: skip
LINKEDIN_LINK = "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678"
LINKEDIN_POSTS = [
    ["All posts published by your page, and their engagement. Times are in UTC."],
    LINKEDIN_POSTS_HEADER,
    ["Hiring again #jobs", LINKEDIN_LINK, "Organic", "", "Mia", "11/01/2026", "", "",
     "All followers", 1000, 40, 7, 30, 0.03, 20, 5, 2, 1, 0.057, "Video"],
    ["Hiring again #jobs", LINKEDIN_LINK, "Sponsored", "Autumn drive", "Mia", "11/01/2026",
     "11/03/2026", "11/09/2026", "Developers", 5000, "", "", 90, 0.018, 8, 1, 0, 0, 0.0198,
     "Video"],
]  # fmt: skip
LINKEDIN_FOLLOWERS = """\
Date,Sponsored followers,Organic followers,Auto-invited followers,Total followers
11/01/2026,1,4,0,5
11/02/2026,0,-1,0,-1
"""
LINKEDIN_COMPETITORS = [
    ["10/24/2026 - 11/22/2026", "", "", "", ""],
    ["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"],
    ["Acme", "12,400", 120, 900, 14],
    ["Nordkaffe AB", "8,150", -3, 410, 9],
]
YOUTUBE = """\
Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,\
Thumbnail impressions,Thumbnail click-through rate (%),Likes,Comments added,Shares
Total,,,,19393,1000.5,222,217951,5.1,364,31,12
2q4TS4z4Rpk,"Guide, part 1","Jan 6, 2024",2496,8542,927.5816,140,138912,4.02,196,11,5
khdD-yDWr9Y,How to register,"Jul 13, 2022",0:16:48,10851,757.9697,82,79039,11.62,168,20,7
"""
TIKTOK_ID = 7_400_000_000_123_456_789
TIKTOK_LINK = f"https://www.tiktok.com/@acme.shop/video/{TIKTOK_ID}"
TIKTOK_CONTENT = f"""\
Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views
18 tháng Tám,Khai trương #cafe,{TIKTOK_LINK},8 tháng Tám,120,14,3,5400
18 tháng Tám,Cà phê, trà, bánh,{TIKTOK_LINK[:-1]}8,9 tháng Tám,7,0,1,310
"""
TIKTOK_OVERVIEW = """\
"Date","Video Views","Profile Views","Likes","Comments","Shares"
"31 tháng Mười","500","12","40","3","1"
"1 tháng Mười Một","undefined","15","42","0","2"
"2 tháng Mười Một","700","9","51","4","0"
"""
TIKTOK_FOLLOWERS = """\
"Date","Followers","Difference in followers from previous day"
"November 1","1,204","4"
"November 2","1,201","-3"
"""
HOOTSUITE = """\
Post performance
"Oct 24, 2026 - Nov 22, 2026"
Date (GMT),Post ID,Post Message,Post Permalink,Post Type,Social Network,Impressions,Reach,\
Engagement,Likes,Comments,Shares,Post Link Clicks,Video Views
2026-11-02 10:30:00,190,Hello #new,https://x.com/acme/status/190,Text,Twitter,500,,30,20,2,4,7,
2026-11-03 08:00:00,70_9,Bake day,https://www.facebook.com/acme.bakery/posts/9,Photo,\
Facebook Page,900,700,41,30,5,6,2,
2026-11-04 08:00:00,88,Pin,https://pin.example/88,Photo,Pinterest,5,,1,1,0,0,0,
"""
SPROUT_POSTS = """\
Date,Post ID,Network,Post Type,Content Type,Profile,Sent by,Link,Post,Impressions,Reach,\
Engagements,Engagement Rate (per Impression),Reactions,Comments,Shares,Saves,Post Link Clicks,\
Video Views
11/02/2026 10:30 AM,55,Instagram,Post,Photo,@acme,Mia,https://www.instagram.com/p/a/,Hi #new,\
"1,500",900,80,5.3%,60,10,4,6,,
11/02/2026 1:05 PM,56,LinkedIn,Post,Video,Acme Coffee,Mia,,Hello,400,,12,3%,9,2,1,,5,220
"""
SPROUT_PROFILE = """\
Date,Profile,Network,Audience,Net Audience Growth,Audience Gained,Audience Lost,Impressions,\
Engagements
11/01/2026,@acme,Instagram,"2,000",5,7,2,900,80
11/01/2026,Acme Coffee,LinkedIn,400,1,1,0,,
11/02/2026,@acme,Instagram,"2,004",4,4,0,1000,85
"""


def sheets(**rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with a sheet of each name; “All_posts” is the sheet “All posts”."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    for name, lines in rows.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    book.close()
    return data.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def semicolons(text: str) -> bytes:
    """Return a CSV file as German spreadsheets save it: “;” between cells, “.” in thousands."""
    rows = list(csv.reader(text.splitlines()))
    width = max(map(len, rows))
    german = [[_german(cell) for cell in row] for row in rows if len(row) == width]
    return "\ufeff".encode() + write_csv(german, ";")


def _german(cell: str) -> str:
    plain = cell.replace(",", "")
    return f"{int(plain):,}".replace(",", ".") if plain.isdigit() and len(plain) < 15 else cell


EVERY: dict[str, tuple[bytes, AccountName | None]] = {
    "x-overview": (X_OVERVIEW.encode(), ACME["x"]),
    "linkedin-content": (write_csv(LINKEDIN_CONTENT), ACME["linkedin"]),
    "linkedin-posts": (write_csv(LINKEDIN_POSTS), ACME["linkedin"]),
    "linkedin-followers": (LINKEDIN_FOLLOWERS.encode(), ACME["linkedin"]),
    "linkedin-competitors": (write_csv(LINKEDIN_COMPETITORS), None),
    "youtube-videos": (YOUTUBE.encode(), ACME["youtube"]),
    "tiktok-videos": (TIKTOK_CONTENT.encode(), None),
    "tiktok-overview": (TIKTOK_OVERVIEW.encode(), ACME["tiktok"]),
    "tiktok-followers": (TIKTOK_FOLLOWERS.encode(), ACME["tiktok"]),
    "hootsuite-posts": (HOOTSUITE.encode(), None),
    "sprout-posts": (SPROUT_POSTS.encode(), None),
    "sprout-profile": (SPROUT_PROFILE.encode(), None),
}
"""Each format's file, and the account that has to be named for it."""


def counted(batch: Batch) -> list[dict[str, int]]:
    """Return the counters of each post that are not blank."""
    return [
        {
            name: value
            for name, value in zip(COUNTERS, post.counters, strict=True)
            if value is not None
        }
        for post in batch.posts
    ]


def by_day(batch: Batch) -> dict[tuple[str, str], dict[str, int]]:
    """Return the measures of each account and day."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in batch.days:
        found.setdefault((row.account.handle, str(row.day)), {})[row.measure] = row.value
    return found
