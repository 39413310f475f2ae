"""Two real data sets are read whole, with sums computed apart from this code."""

from collections.abc import Callable
from datetime import date

from files_drawn import open_file

from storage.measures import COUNTERS

LIVE = """
[file]
grain = "post"
platform = "facebook"
account = "live"
zone = "UTC"
date_formats = ["%m/%d/%Y %H:%M", "%m/%d/%y %H:%M"]
[columns]
id = "status_id"
published = "status_published"
type = "status_type"
[measures]
likes = "num_reactions"
comments = "num_comments"
shares = "num_shares"
"""


def test_a_facebook_export_is_read_to_the_last_cell(shared: Callable[[str], bytes]) -> None:
    """500 posts, none bad; sums by quarter and month are those of the data's own columns."""
    batch = open_file(shared("facebook_metrics/posts_export.csv"))
    assert (batch.format, batch.title) == ("meta-facebook-posts", "Facebook posts")
    assert (len(batch.posts), batch.bad, batch.notes) == (500, (), ())
    at = COUNTERS.index
    december = [post.counters for post in batch.posts if post.published.month == 12]
    assert (
        sum(it[at(name)] or 0 for it in december for name in ("likes", "comments", "shares"))
        == 10_067
    )
    assert (
        sum(
            post.counters[at("impressions")] or 0
            for post in batch.posts
            if post.published.month >= 10
        )
        == 3_560_719
    )
    reach = [post.counters[at("reach")] or 0 for post in batch.posts]
    assert (sum(reach), max(reach)) == (6_951_680, 180_480)


def test_blank_cells_stay_blank(shared: Callable[[str], bytes]) -> None:
    """Likes of one post, shares of four and paid of one are blank: none of them becomes 0."""
    batch = open_file(shared("facebook_metrics/posts_export.csv"))
    blanks = {
        name: sum(post.counters[place] is None for post in batch.posts)
        for place, name in enumerate(COUNTERS)
    }
    assert blanks == {
        "impressions": 0, "reach": 0, "likes": 1, "comments": 0, "shares": 4, "saves": 500,
        "clicks": 0, "video_views": 500, "profile_visits": 500,
    }  # fmt: skip
    assert [post.paid for post in batch.posts].count(None) == 1
    assert batch.supplied == {"impressions", "reach", "likes", "comments", "shares", "clicks"}


def test_conflicting_copies_are_named_and_repeats_counted_once(
    shared: Callable[[str], bytes],
) -> None:
    """Of 6,997 ids, 51 rows repeat one exactly; two ids stand twice with other dates."""
    batch = open_file(shared("facebook_live_sellers/live.csv"), mapping=LIVE)
    assert [(bad.line, bad.column) for bad in batch.bad] == [
        (line, "status_id") for line in (1410, 1490, 1700, 1731)
    ]
    assert batch.bad[0].reason == ("the same id stands on line 1731, with another publishing time")
    assert len(batch.posts) == 6_997 - 2
    assert batch.notes == ("51 exact repeats were counted once.",)
    april = [
        sum(count or 0 for count in post.counters)
        for post in batch.posts
        if (post.published.year, post.published.month) == (2018, 4)
    ]
    assert sum(april) == 247_435
    (span,) = batch.watched
    assert (span.source, span.start, span.end) == (
        "posts", date(2012, 7, 15), date(2018, 6, 14)
    )  # fmt: skip
