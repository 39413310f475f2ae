"""YouTube Studio and TikTok Studio, alone and in the zips they come in."""

from datetime import UTC, date, datetime

import pytest
from exports_drawn import (
    ACME,
    TIKTOK_CONTENT,
    TIKTOK_FOLLOWERS,
    TIKTOK_ID,
    TIKTOK_LINK,
    TIKTOK_OVERVIEW,
    YOUTUBE,
    by_day,
    counted,
    zipped,
)
from files_drawn import open_file

from storage.batch import AccountName
from storage.errors import Nameless, SourceError


def test_a_youtube_table_leaves_its_total_out_wherever_it_stands() -> None:
    """First or last, “Total” is no video; a video's hour is not known."""
    head, total, *videos = YOUTUBE.splitlines(keepends=True)
    for text in (YOUTUBE, "".join([head, *videos, total])):
        batch = open_file(text.encode(), account=ACME["youtube"])
        assert (batch.format, batch.bad) == ("youtube-videos", ())
        assert [post.external_id for post in batch.posts] == ["2q4TS4z4Rpk", "khdD-yDWr9Y"]
        assert counted(batch) == [
            {"impressions": 138_912, "likes": 196, "comments": 11, "shares": 5,
             "video_views": 8_542},
            {"impressions": 79_039, "likes": 168, "comments": 20, "shares": 7,
             "video_views": 10_851},
        ]  # fmt: skip
        assert batch.posts[0].published == datetime(2024, 1, 6, tzinfo=UTC)
        assert batch.posts[0].content_type == "video"


def test_older_youtube_tables_call_impressions_otherwise() -> None:
    """“Impressions” before, “Thumbnail impressions” since."""
    older = YOUTUBE.replace("Thumbnail impressions", "Impressions").replace(
        "Thumbnail click-through", "Impressions click-through"
    )
    batch = open_file(older.encode(), account=ACME["youtube"])
    assert counted(batch)[0]["impressions"] == 138_912


def test_youtube_dates_in_the_readers_language() -> None:
    """YouTube names months as its reader does."""
    for written in (
        *("6 jan. 2024", "2024年1月6日", "6 thg 1, 2024", "6. Januar 2024", "6 Jan 2024"),
        *("6 tháng Một, 2024", "mar, 6 ene 2024", "2024年1月6日 ", "6 janvier 2024"),
    ):
        text = YOUTUBE.replace("Jan 6, 2024", written)
        batch = open_file(text.encode(), account=ACME["youtube"])
        assert batch.posts[0].published == datetime(2024, 1, 6, tzinfo=UTC)


def test_youtube_files_come_in_a_zip_beside_others() -> None:
    """Chart data and totals are no list of videos; the two traps of a Mac's zip are passed over."""
    data = zipped(
        {
            "Chart data.csv": "Date,Content,Views\n2026-11-01,2q4TS4z4Rpk,7\n",
            "Table data.csv": YOUTUBE,
            "Totals.csv": "Date,Views\n2026-11-01,7\n",
            "__MACOSX/._Table data.csv": b"\0\5\x16\7",
            ".DS_Store": b"\0",
        }
    )
    batch = open_file(data, name="Content 2026.zip", account=ACME["youtube"])
    assert len(batch.posts) == 2
    assert batch.notes[-1] == "Only Table data.csv was read."


def test_a_zip_without_a_known_table_says_what_it_holds() -> None:
    """And one without any CSV is refused as before."""
    with pytest.raises(SourceError, match="the columns seen are “Date”, “Views”"):
        open_file(zipped({"Totals.csv": "Date,Views\n2026-11-01,7\n"}), name="a.zip")
    with pytest.raises(SourceError, match="a zip, not a CSV or XLSX file"):
        open_file(zipped({"readme.txt": "hello"}), name="a.zip")
    with pytest.raises(SourceError, match=r"in Table data.csv, the file is empty"):
        open_file(zipped({"Table data.csv": ""}), name="a.zip")


def test_a_tiktok_video_is_dated_by_its_id() -> None:
    """Its dates have no year and are in the reader's language: the id's top 32 bits tell."""
    batch = open_file(TIKTOK_CONTENT.encode())
    assert (batch.format, batch.bad) == ("tiktok-videos", ())
    post = batch.posts[0]
    assert post.account == AccountName("tiktok", "acme.shop")
    assert post.external_id == str(TIKTOK_ID)
    assert post.published == datetime.fromtimestamp(TIKTOK_ID // 2**32, UTC)
    assert str(post.published) == "2024-08-06 12:19:23+00:00"
    assert post.hashtags == ("cafe",)


def test_commas_outside_quotes_do_not_shift_the_counters() -> None:
    """The link is the anchor: what is too much before it is caption, after it the date."""
    batch = open_file(TIKTOK_CONTENT.encode())
    assert batch.posts[1].title == "Cà phê, trà, bánh"
    assert counted(batch)[1] == {
        "impressions": 310, "likes": 7, "comments": 0, "shares": 1, "video_views": 310,
    }  # fmt: skip
    header = TIKTOK_CONTENT.splitlines()[0]
    row = f"Sep 3, 2026,a, b,{TIKTOK_LINK},Sep 3, 2026,1,2,3,4"
    (torn,) = open_file(f"{header}\n{row}\n".encode()).posts
    assert torn.counters[2:5] == (1, 2, 3)
    assert (torn.title or "").endswith("a, b")


def test_a_torn_row_without_its_link_is_named() -> None:
    """Nothing tells where its cells are."""
    header = TIKTOK_CONTENT.splitlines()[0]
    batch = open_file(
        f"{header}\nSep 3,a, b,no link,Sep 3,1,2,3,4\n".encode(), account=ACME["tiktok"]
    )
    assert [bad.line for bad in batch.bad] == [2]
    assert "a delimiter may stand outside quotes" in batch.bad[0].reason


def test_a_link_that_is_no_videos_is_named() -> None:
    """No id, no time."""
    text = TIKTOK_CONTENT.replace(TIKTOK_LINK + ",", "https://www.tiktok.com/@acme.shop,")
    (bad,) = open_file(text.encode()).bad
    assert (bad.line, bad.column) == (2, "Video link")


def test_tiktok_days_find_their_year() -> None:
    """No day lies after now; “undefined” is no number, and never 0."""
    batch = open_file(TIKTOK_OVERVIEW.encode(), account=ACME["tiktok"])
    assert (batch.format, batch.bad) == ("tiktok-overview", ())
    assert by_day(batch) == {
        ("acme", "2026-10-31"): {
            "impressions": 500, "video_views": 500, "profile_visits": 12, "likes": 40,
            "comments": 3, "shares": 1,
        },
        ("acme", "2026-11-01"): {"profile_visits": 15, "likes": 42, "comments": 0, "shares": 2},
        ("acme", "2026-11-02"): {
            "impressions": 700, "video_views": 700, "profile_visits": 9, "likes": 51,
            "comments": 4, "shares": 0,
        },
    }  # fmt: skip
    assert batch.notes[0].endswith("its days were taken as 2026-10-31 to 2026-11-02.")


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (["30 Dec", "31 Dec", "1 Jan", "2 Jan"], "2025-12-30", "2026-01-02"),
        (["2 Jan", "1 Jan", "31 Dec", "30 Dec"], "2025-12-30", "2026-01-02"),
        (["24 November", "25 November"], "2025-11-24", "2025-11-25"),
        (["21 november", "22 november", "23 november"], "2026-11-21", "2026-11-23"),
        (["28 Feb", "29 Feb", "1 Mar"], "2024-02-28", "2024-03-01"),
        (["9月30日", "10月1日"], "2026-09-30", "2026-10-01"),
        (["30 September", "1 Oktober"], "2026-09-30", "2026-10-01"),
    ],
)
def test_years_follow_from_the_newest_row(days: list[str], first: str, last: str) -> None:
    """Now is 23 November 2026; a file counts up or down, and may cross a year or a leap day."""
    head = "Date,Video Views,Profile Views,Likes,Comments,Shares\n"
    text = head + "".join(f"{day},1,1,1,1,1\n" for day in days)
    batch = open_file(text.encode(), account=ACME["tiktok"])
    assert batch.bad == ()
    found = [row.day for row in batch.days if row.measure == "likes"]
    assert (min(found), max(found)) == (date.fromisoformat(first), date.fromisoformat(last))
    assert len(set(found)) == len(days)


def test_days_that_name_no_day_are_bad() -> None:
    """A guess at a day would move numbers."""
    text = TIKTOK_OVERVIEW.replace("1 tháng Mười Một", "40 tháng Mười Một")
    (bad,) = open_file(text.encode(), account=ACME["tiktok"]).bad
    assert (bad.line, bad.column) == (3, "Date")


def test_a_tiktok_zip_is_read_whole_and_names_its_account_once() -> None:
    """The links of the videos say whose the days and the followers are."""
    data = zipped(
        {
            "Overview.csv": TIKTOK_OVERVIEW,
            "FollowerHistory.csv": TIKTOK_FOLLOWERS,
            "Content.csv": TIKTOK_CONTENT,
            "FollowerGender.csv": "Gender,Distribution\nFemale,0.6\n",
        }
    )
    batch = open_file(data, name="tiktok.zip")
    assert len(batch.posts) == 2
    days = by_day(batch)
    assert days["acme.shop", "2026-11-01"]["followers"] == 1204
    assert days["acme.shop", "2026-11-02"] == {
        "impressions": 700, "video_views": 700, "profile_visits": 9, "likes": 51, "comments": 4,
        "shares": 0, "followers": 1201,
    }  # fmt: skip
    assert batch.title == "TikTok videos, TikTok account days and TikTok followers"
    assert batch.notes[-1] == "Not read: FollowerGender.csv."
    without = zipped({"Overview.csv": TIKTOK_OVERVIEW, "FollowerHistory.csv": TIKTOK_FOLLOWERS})
    with pytest.raises(Nameless, match="--account tiktok/HANDLE"):
        open_file(without, name="tiktok.zip")
