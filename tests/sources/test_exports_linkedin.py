"""LinkedIn: content by day, posts, new followers, competitors."""

from datetime import UTC, date, datetime

import pytest
from exports_drawn import (
    ACME,
    LINKEDIN_COMPETITORS,
    LINKEDIN_CONTENT,
    LINKEDIN_FOLLOWERS,
    LINKEDIN_LINK,
    LINKEDIN_POSTS,
    by_day,
    counted,
    sheets,
)
from files_drawn import open_file, write_csv

from storage.accounts import add_account, brands
from storage.batch import AccountName, WindowRow
from storage.database import Database
from storage.errors import Nameless
from storage.imports import store
from storage.workspaces import only_workspace

ME = ACME["linkedin"]


def test_days_hold_the_totals_and_keep_corrections_below_zero() -> None:
    """Organic and sponsored together; −2 reactions on a day are kept, never clamped."""
    batch = open_file(write_csv(LINKEDIN_CONTENT), account=ME)
    assert (batch.format, batch.bad) == ("linkedin-content", ())
    assert by_day(batch) == {
        ("acme", "2026-11-01"): {
            "impressions": 150, "clicks": 6, "likes": 4, "comments": 2, "shares": 1,
        },
        ("acme", "2026-11-02"): {
            "impressions": 80, "clicks": 3, "likes": -2, "comments": 0, "shares": -1,
        },
    }  # fmt: skip
    assert "unique impressions are of organic posts" in batch.notes[0]


def test_unique_impressions_are_windows_of_one_day() -> None:
    """Different people of a day: two days are never added to one reach."""
    batch = open_file(write_csv(LINKEDIN_CONTENT), account=ME)
    first, second, third = (date(2026, 11, day) for day in (1, 2, 3))
    assert batch.windows == (
        WindowRow(3, ME, "reach", first, second, 70),
        WindowRow(4, ME, "reach", second, third, 60),
    )


def test_where_only_organic_is_told_it_is_read() -> None:
    """A page that never advertised may have no other columns."""
    kept = [
        place
        for place, name in enumerate(LINKEDIN_CONTENT[1])
        if "sponsored" not in str(name) and "total" not in str(name)
    ]
    rows = [[row[place] for place in kept] for row in LINKEDIN_CONTENT[1:]]
    batch = open_file(write_csv(rows), account=ME)
    assert by_day(batch)["acme", "2026-11-01"]["impressions"] == 100


def test_negative_impressions_are_still_refused() -> None:
    """What people did can be taken back; nobody un-sees a post."""
    rows = [list(row) for row in LINKEDIN_CONTENT]
    rows[3][3] = -80
    (bad,) = open_file(write_csv(rows), account=ME).bad
    assert (bad.line, bad.column) == (4, "Impressions (total)")


def test_posts_take_their_id_from_the_link_and_their_campaign() -> None:
    """The sponsored showing of a post is a line of its own: neither is lost, none conflicts."""
    batch = open_file(write_csv(LINKEDIN_POSTS), account=ME)
    assert (batch.format, batch.bad) == ("linkedin-posts", ())
    assert [post.external_id for post in batch.posts] == [
        "7123456789012345678", "7123456789012345678:Autumn drive",
    ]  # fmt: skip
    assert counted(batch) == [
        {"impressions": 1000, "likes": 20, "comments": 5, "shares": 2, "clicks": 30,
         "video_views": 40},
        {"impressions": 5000, "likes": 8, "comments": 1, "shares": 0, "clicks": 90},
    ]  # fmt: skip
    assert [post.paid for post in batch.posts] == [False, True]
    assert [post.marks for post in batch.posts] == [(), (("campaign", "Autumn drive"),)]
    post = batch.posts[0]
    assert (post.content_type, post.hashtags) == ("video", ("jobs",))
    assert post.published == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("", "no link"),
        ("https://www.linkedin.com/company/acme", "is not a link to a post"),
        ("7.12E+18", "is not a link to a post"),
    ],
)
def test_a_post_without_a_link_cannot_be_told_from_others(link: str, reason: str) -> None:
    """The link is all that names it."""
    rows = [[link if cell == LINKEDIN_LINK else cell for cell in row] for row in LINKEDIN_POSTS[:3]]
    (bad,) = open_file(write_csv(rows), account=ME).bad
    assert (bad.line, bad.column) == (3, "Post link")
    assert reason in bad.reason


def test_one_workbook_brings_days_and_posts() -> None:
    """Both sheets are read at once; what another sheet says is in words."""
    data = sheets(Metrics=LINKEDIN_CONTENT, All_posts=LINKEDIN_POSTS, Extra=[["a", "b"], [1, 2]])
    batch = open_file(data, name="acme_content.xlsx", account=ME)
    assert (len(batch.days), len(batch.windows), len(batch.posts)) == (10, 2, 2)
    assert batch.title == "LinkedIn account days and LinkedIn posts"
    assert batch.notes[-1] == "Not read: Extra."
    assert {span.source for span in batch.watched} == {"posts", "account-days"}


def test_a_bad_row_names_its_sheet() -> None:
    """Line 3 is on both sheets."""
    posts = [list(row) for row in LINKEDIN_POSTS]
    posts[2][9] = "many"
    batch = open_file(sheets(Metrics=LINKEDIN_CONTENT, All_posts=posts), name="a.xlsx", account=ME)
    assert [str(bad) for bad in batch.bad] == [
        "line 3, Impressions: in “All posts”: “many” is not a whole number"
    ]


def test_total_followers_by_day_are_those_that_came() -> None:
    """The sheet is of new followers: 5 is no level, or the page would have lost thousands."""
    batch = open_file(LINKEDIN_FOLLOWERS.encode(), account=ME)
    assert batch.format == "linkedin-followers"
    assert by_day(batch) == {
        ("acme", "2026-11-01"): {"gained": 5}, ("acme", "2026-11-02"): {"gained": -1},
    }  # fmt: skip
    assert "not how many there are" in batch.notes[0]


def test_whose_page_it_is_has_to_be_named() -> None:
    """No column of LinkedIn's says it; the person is asked, on their platform."""
    for data in (LINKEDIN_FOLLOWERS.encode(), write_csv(LINKEDIN_POSTS)):
        with pytest.raises(Nameless, match="--account linkedin/HANDLE") as caught:
            open_file(data)
        assert caught.value.platform == "linkedin"


def test_competitors_bring_their_followers_on_the_last_day() -> None:
    """The line above the header says of which days; what belongs to them all has no day."""
    batch = open_file(write_csv(LINKEDIN_COMPETITORS), format="linkedin-competitors")
    assert by_day(batch) == {
        ("acme", "2026-11-22"): {"followers": 12_400},
        ("nordkaffe-ab", "2026-11-22"): {"followers": 8_150},
    }
    assert batch.days[0].account == AccountName("linkedin", "acme")
    assert "new followers, posts and engagements" in batch.notes[0]
    undated = open_file(write_csv(LINKEDIN_COMPETITORS[1:]), format="linkedin-competitors")
    assert set(by_day(undated)) == {("acme", "2026-11-23"), ("nordkaffe-ab", "2026-11-23")}
    assert any("were taken as of 2026-11-23" in note for note in undated.notes)


def test_competitors_never_become_our_own(sqlite_database: Database) -> None:
    """A page that is not known becomes a competitor's; a brand of ours stays ours."""
    with sqlite_database.write() as connection:
        workspace = only_workspace(connection).id
        add_account(connection, workspace, "instagram", "acme", "acme", True)
    batch = open_file(write_csv(LINKEDIN_COMPETITORS))
    store(sqlite_database, workspace, batch, "U1", datetime(2026, 11, 23, tzinfo=UTC))
    with sqlite_database.read() as connection:
        held = {it.name: it.own for it in brands(connection, workspace)}
    assert held == {"acme": True, "nordkaffe-ab": False}
