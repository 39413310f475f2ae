"""What a form is filled in with: by names in several languages and by what stands below them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from storage.sources.guessing import guess, guess_account, guess_grain, guess_platform
from storage.sources.matching import survey

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")

TABLES = """
post: id=status_id published=status_published comments=num_comments shares=num_shares \
likes=num_likes
status_id,status_published,num_comments,num_shares,num_likes,num_loves
a_1,11/2/2026 10:00,10,2,1,8
a_2,11/13/2026 11:00,20,3,1,18
--
account-day: day=Datum followers=Följare reach=Räckvidd impressions=Visningar
Datum;Följare;Räckvidd;Visningar;Engagement rate
03.11.2026;1.200;300;2.000;3
04.11.2026;1.210;310;2.100;4
--
account-day: day=Ngày likes=Lượt~thích followers=Người~theo~dõi comments=Bình~luận
Ngày,Lượt thích,Người theo dõi,Bình luận
2026-11-01,5,6,7
--
account-day: day=日期 followers=粉丝数 likes=点赞
日期,粉丝数,点赞
2026-11-01,5,6
--
account-day: day=Tanggal followers=Pengikut impressions=Tayangan
Tanggal,Pengikut,Tayangan
2026-11-01,5,6
--
post: id=Tautan published=Diposting likes=Suka
Tautan,Diposting,Suka,Catatan
https://www.instagram.com/p/a/,2026-11-01,5,baik
https://www.instagram.com/p/b/,2026-11-02,6,buruk
--
mention: id=Ref time=When sentiment=Tone platform=Network
Ref,When,Tone,Network
m1,2026-11-01 10:00,positive,x
m2,2026-11-01 11:00,negative,x
--
session: day=Day converted=Revenue source=Source medium=Medium
Visit,Revenue,Medium,Source,Day
a,TRUE,cpc,ig,2026-11-01
b,FALSE,cpc,ig,2026-11-01
--
spend: day=Datum spend=Kostnad campaign=Kampanj clicks=Klick
Datum;Kampanj;Kostnad;Klick
2026-11-01;x;10,5;3
2026-11-02;x;11,5;4
--
conversion: time=Time type=Lead~type customer=Contact source=Lead~source
Time,Lead type,Contact,Lead source
2026-11-01,demo,c1,instagram
2026-11-02,demo,c2,instagram
--
post: id=Ref published=Posted clicks=Clicks content_type=Type
Ref,Posted,Clicks,Type,Customer
p1,2026-11-01,3,reel,c1
p2,2026-11-02,4,reel,c2
--
post: published=when
name,when,count
one two,2026-11-01,x
three four,2026-11-02,y
--
post: id=Ref published=When
Ref,When,Likes rate,Likes per day,Avg likes,Likes
p1,2026-11-01,1,2,3,many
p2,2026-11-02,1,2,3,few
"""


@pytest.mark.parametrize("drawn", TABLES.strip().split("\n--\n"))
def test_columns_are_guessed_or_left(drawn: str) -> None:
    """Rates are no counts, words no numbers, and what is doubtful is left to the person."""
    told, _, table = drawn.partition("\n")
    grain, *fields = told.split()
    wanted = {key: name.replace("~", " ") for key, name in (it.split("=") for it in fields)}
    seen = survey(table.encode())
    assert guess_grain(seen, UTC_ZONE, NOW) == grain.rstrip(":")
    found = guess(seen, grain.rstrip(":"), UTC_ZONE, NOW)
    assert {key: seen.names[place] for key, place in found.items()} == wanted


def test_whose_it_is_is_guessed() -> None:
    """By a column, and by the links of the posts or the name of the file."""
    seen = survey(b"Page,Post,When\nacme,https://www.tiktok.com/@acme/video/1,2026-11-01\n")
    assert guess_account(seen) == 0
    assert guess_platform(seen, "export.csv") == "tiktok"
    plain = survey(b"a,b\n1,2\n")
    assert guess_account(plain) is None
    drawn = {"ig_posts.csv": "instagram", "fb and ig.csv": "", "export.csv": "", "LinkedIn-10.csv":
             "linkedin"}  # fmt: skip
    for name, platform in drawn.items():
        assert guess_platform(plain, name) == platform, name


def test_a_real_table_of_nobodys(shared: Callable[[str], bytes]) -> None:
    """The columns that its own description names, of 7,000 posts of live sellers."""
    data = shared("facebook_live_sellers/live.csv")
    seen = survey(data)
    assert guess_grain(seen, UTC_ZONE, NOW) == "post"
    found = {key: seen.names[it] for key, it in guess(seen, "post", UTC_ZONE, NOW).items()}
    assert found["id"] == "status_id"
    assert found["published"] == "status_published"
    assert found["comments"] == "num_comments"
    assert found["shares"] == "num_shares"
    assert found["likes"] in ("num_likes", "num_reactions")
