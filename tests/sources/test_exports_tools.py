"""X by day, and files of several networks: Hootsuite and Sprout."""

from datetime import UTC, date, datetime

import pytest
from exports_drawn import (
    ACME,
    HOOTSUITE,
    SPROUT_POSTS,
    SPROUT_PROFILE,
    X_OVERVIEW,
    by_day,
    counted,
)
from files_drawn import drawn, open_file

from storage.batch import AccountName
from storage.errors import Nameless
from storage.sources import FORMATS


def test_an_x_overview_is_read_by_day() -> None:
    """Reposts are shares; the column Shares is another thing and not read."""
    batch = open_file(X_OVERVIEW.encode(), account=ACME["x"])
    assert (batch.format, batch.bad) == ("x-overview", ())
    assert by_day(batch)["acme", "2026-07-14"] == {
        "impressions": 1200, "likes": 30, "comments": 2, "shares": 5, "saves": 4,
        "profile_visits": 12, "gained": 3, "lost": 1, "video_views": 80,
    }  # fmt: skip
    (span,) = batch.watched
    assert (span.source, span.start, span.end) == (
        "account-days", date(2026, 7, 13), date(2026, 7, 15),
    )  # fmt: skip


def test_the_order_of_an_overviews_columns_varies() -> None:
    """Columns are found by name; posts have most of the same names and are no overview."""
    rows = [line.rsplit(",", 13) for line in X_OVERVIEW.splitlines()]
    turned = "\n".join(",".join([row[0], *reversed(row[1:])]) for row in rows)
    assert by_day(open_file(turned.encode(), account=ACME["x"])) == by_day(
        open_file(X_OVERVIEW.encode(), account=ACME["x"])
    )
    with pytest.raises(Nameless):
        open_file(X_OVERVIEW.encode())


def test_an_older_x_files_name_says_whose_it_is_and_of_which_days() -> None:
    """tweet_activity_metrics_HANDLE_FROM_TO: the last day named is not in it."""
    table = """
        Tweet id | Tweet text | time | impressions | likes
        190 | Hello | 2020-06-14 08:05 +0000 | 500.0 | 20.0
    """
    name = "tweet_activity_metrics_Acme_HQ_20200601_20200701_en.csv"
    batch = open_file(drawn(table), name=name)
    assert batch.posts[0].account == AccountName("x", "acme_hq")
    assert (batch.watched[0].start, batch.watched[0].end) == (date(2020, 6, 1), date(2020, 7, 1))
    with pytest.raises(Nameless):
        open_file(drawn(table))


def test_hootsuites_rows_each_name_their_network() -> None:
    """Two title lines stand above the header; times are GMT whatever the workspace's zone."""
    batch = open_file(HOOTSUITE.encode(), zone="Asia/Bangkok")
    assert (batch.format, batch.bad) == ("hootsuite-posts", ())
    assert [post.account for post in batch.posts] == [
        AccountName("x", "acme"), AccountName("facebook", "acme.bakery"),
    ]  # fmt: skip
    assert batch.posts[0].published == datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
    assert counted(batch) == [
        {"impressions": 500, "likes": 20, "comments": 2, "shares": 4, "clicks": 7},
        {"impressions": 900, "reach": 700, "likes": 30, "comments": 5, "shares": 6, "clicks": 2},
    ]
    assert "1 row was left out: of “Pinterest”" in batch.notes[0]


def test_a_tools_rows_whose_account_nothing_names_are_asked_for() -> None:
    """Links of Instagram name nobody; with the account named, only its network's rows are taken."""
    text = HOOTSUITE.replace("https://x.com/acme/status/190", "").replace("Twitter", "Instagram")
    with pytest.raises(Nameless) as caught:
        open_file(text.encode())
    assert caught.value.platform == "instagram"
    batch = open_file(text.encode(), account=ACME["instagram"])
    assert [post.account for post in batch.posts] == [ACME["instagram"]]
    assert "1 row was left out: of Facebook, where instagram/acme was asked for." in batch.notes


def test_sprout_posts_name_network_and_profile() -> None:
    """The content type goes before the post type; no likes are made of a blank."""
    batch = open_file(SPROUT_POSTS.encode())
    assert (batch.format, batch.bad) == ("sprout-posts", ())
    assert [post.account for post in batch.posts] == [
        AccountName("instagram", "acme"), AccountName("linkedin", "acme-coffee"),
    ]  # fmt: skip
    assert counted(batch) == [
        {"impressions": 1500, "reach": 900, "likes": 60, "comments": 10, "shares": 4, "saves": 6},
        {"impressions": 400, "likes": 9, "comments": 2, "shares": 1, "clicks": 5,
         "video_views": 220},
    ]  # fmt: skip
    assert [post.content_type for post in batch.posts] == ["photo", "video"]
    assert batch.posts[1].published == datetime(2026, 11, 2, 13, 5, tzinfo=UTC)


def test_sprout_profiles_hold_levels_by_day() -> None:
    """The same day of two networks is no copy; net growth is made of the levels, never stored."""
    batch = open_file(SPROUT_PROFILE.encode())
    assert (batch.format, batch.bad) == ("sprout-profile", ())
    assert by_day(batch) == {
        ("acme", "2026-11-01"): {
            "followers": 2000, "gained": 7, "lost": 2, "impressions": 900,
        },
        ("acme-coffee", "2026-11-01"): {"followers": 400, "gained": 1, "lost": 0},
        ("acme", "2026-11-02"): {
            "followers": 2004, "gained": 4, "lost": 0, "impressions": 1000,
        },
    }  # fmt: skip


def test_formats_whose_headers_were_never_seen_say_so() -> None:
    """A person who trusts them knows what they trust."""
    unseen = {key for key, it in FORMATS.items() if it.layout and not it.layout.is_verified}
    assert unseen == {"hootsuite-posts", "sprout-posts", "sprout-profile"}
    assert all("not verified" in FORMATS[key].title for key in unseen)
