"""Each export is told by its header, in any order and several languages."""

import re
from datetime import UTC, date, datetime

import pytest
from files_drawn import FACEBOOK_ROW, drawn, facebook, open_file, write_csv

from storage.batch import AccountName, Batch
from storage.errors import SourceError
from storage.measures import COUNTERS
from storage.sources import FORMATS
from storage.sources.headers import find_columns

INSTAGRAM = """
    Post ID | Account ID | Account username | Account name | Description | Duration (sec) | Publish time | Permalink | Post type | Data comment | Date | Views | Reach | Likes | Shares | Follows | Comments | Saves
    1801 | 17 | Acme.Shop | Acme | New #Räksmörgås and #kaffe2026 #123 #kaffe2026 | 0 | 11/02/2026 10:30 | https://www.instagram.com/p/a/ | IG reel |  | Lifetime | 900 | 700 | 60 | 5 | 1 | 4 | 3
"""  # noqa: E501
X = """
    Post id | Date | Post text | Post Link | Impressions | Likes | Engagements | Bookmarks | Shares | New follows | Replies | Reposts | Profile visits | Detail Expands | URL Clicks | Hashtag Clicks | Permalink Clicks
    190 | Tue, Jul 14, 2026 | Hello | https://x.com/Acme_HQ/status/190 | 500 | 20 | 40 | 3 | 9 | 0 | 2 | 4 | 6 | 1 | 7 | 0 | 0
"""  # noqa: E501
LEGACY_X = """
    Tweet id | Tweet permalink | Tweet text | time | impressions | engagements | engagement rate | retweets | replies | likes | user profile clicks | url clicks
    190 | https://twitter.com/acme_hq/status/190 | Hello | 2020-07-14 08:05 +0000 | 500.0 | 40.0 | 0.08 | 4.0 | 2.0 | 20.0 | 6.0 | 7.0
"""  # noqa: E501


def counters(batch: Batch) -> dict[str, int]:
    """Return the counters of the first post that are not blank."""
    pairs = zip(COUNTERS, batch.posts[0].counters, strict=True)
    return {name: value for name, value in pairs if value is not None}


def test_an_instagram_export() -> None:
    """Views are the impressions; there are no clicks."""
    batch = open_file(drawn(INSTAGRAM), zone="Europe/Stockholm")
    (post,) = batch.posts
    assert (batch.format, batch.title) == ("meta-instagram-posts", "Instagram posts")
    assert post.account == AccountName("instagram", "acme.shop", "17", "Acme")
    assert counters(batch) == {
        "impressions": 900, "reach": 700, "likes": 60, "comments": 4, "shares": 5, "saves": 3,
    }  # fmt: skip
    assert batch.supplied == set(counters(batch))
    assert (post.content_type, post.paid) == ("reel", None)
    assert post.hashtags == ("räksmörgås", "kaffe2026")
    assert post.published == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def test_an_older_instagram_export_has_impressions() -> None:
    """Of a file with both, Views count."""
    older = open_file(drawn(INSTAGRAM.replace("Views", "Impressions")))
    assert counters(older)["impressions"] == 900
    both = open_file(drawn(INSTAGRAM.replace("Follows", "Impressions")))
    assert counters(both)["impressions"] == 900


def test_an_x_export_names_its_account_in_the_links() -> None:
    """Replies are comments, reposts shares, bookmarks saves; the column Shares is not read."""
    batch = open_file(drawn(X), zone="Europe/Stockholm")
    (post,) = batch.posts
    assert post.account == AccountName("x", "acme_hq")
    assert counters(batch) == {
        "impressions": 500, "likes": 20, "comments": 2, "shares": 4, "saves": 3, "clicks": 7,
        "profile_visits": 6,
    }  # fmt: skip
    assert post.published == datetime(2026, 7, 13, 22, 0, tzinfo=UTC)
    assert "the hour is unknown" in batch.notes[0]


def test_an_x_export_covers_the_days_in_its_name() -> None:
    """A week without posts was read all the same."""
    name = "account_analytics_content_2026-07-01_2026-07-31 (1).csv"
    (span,) = open_file(drawn(X), name=name).watched
    assert (span.start, span.end) == (date(2026, 7, 1), date(2026, 8, 1))
    (span,) = open_file(drawn(X), name="x_2026-07-01_2026-07-31.csv").watched
    assert (span.start, span.end) == (date(2026, 7, 14), date(2026, 7, 15))


def test_an_older_x_export() -> None:
    """Its numbers are written 500.0, its times with an offset; the hour is known."""
    batch = open_file(drawn(LEGACY_X))
    assert (batch.format, batch.notes) == ("x-posts-legacy", ())
    assert counters(batch) == {
        "impressions": 500, "likes": 20, "comments": 2, "shares": 4, "clicks": 7,
        "profile_visits": 6,
    }  # fmt: skip
    assert batch.posts[0].published.hour == 8


def test_an_x_export_without_links_needs_the_account() -> None:
    """The refusal says how to name it."""
    nameless = drawn(X.replace("https://x.com/Acme_HQ/status/190", ""))
    with pytest.raises(SourceError, match="--account x/HANDLE"):
        open_file(nameless)
    batch = open_file(nameless, account=AccountName("x", "acme"))
    assert (batch.posts[0].account, len(batch.notes)) == (AccountName("x", "acme"), 1)


def test_rows_taken_for_another_account_than_the_file_names_are_pointed_out() -> None:
    """A handle may have changed, or the wrong file was sent: the person decides."""
    batch = open_file(drawn(X), account=AccountName("x", "acme"))
    assert batch.posts[0].account == AccountName("x", "acme")
    assert batch.notes[-1] == "The file is of x/acme_hq; taken as x/acme, as asked."
    assert len(open_file(drawn(X), account=AccountName("x", "acme_hq")).notes) == 1


def test_columns_are_found_by_name_in_any_order_case_and_spacing() -> None:
    """Every alias of every column of every layout finds it, alone among the usual ones."""
    layouts = [it.layout for it in FORMATS.values() if it.layout is not None]
    assert len(layouts) >= 16
    for layout in layouts:
        fields = {**layout.columns, **layout.measures}
        usual = {field: aliases[0] for field, aliases in fields.items()}
        for field, aliases in fields.items():
            for alias in aliases:
                names = {**usual, field: f"\ufeff {alias.upper()}\u00a0"}
                header = [*reversed(dict.fromkeys(names.values())), "Something else"]
                assert not layout.missing(header), (layout.key, alias)
                place = find_columns(header, {field: aliases}, strict=False)[field].place
                first = next(name for name in aliases if name == alias or name in header)
                assert header[place] in (names[field], first)


def test_a_column_that_stands_twice_is_refused() -> None:
    """Either could be meant."""
    data = facebook({}).replace(b"Views", b"reach ")
    with pytest.raises(SourceError, match=r"2 columns are called “reach”"):
        open_file(data)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (["a", "b"], "the columns seen are “a”, “b”"),
        (
            ["Post ID", "Page name", "Reactions", "Views"],
            "closest is Facebook posts, but “Publish time” missing",
        ),
        (
            ["Post ID", "Page name", "Publish time", "Total clicks made"],
            "closest is Facebook posts, but “any counter, such as Views” missing",
        ),
        (["Post id", "Date", "Impressions", "Replies", "Reposts"], "closest is X posts"),
        (["Video Views", "Date", "Likes"], "closest is TikTok account days, but “Profile Views”"),
        (["Date", "b", "c", "d"], "the layout is not known; the columns seen are “Date”, “b”"),
    ],
)
def test_an_unknown_layout_says_what_was_seen_and_what_would_work(
    header: list[str], words: str
) -> None:
    """Never a guess by position."""
    with pytest.raises(SourceError, match=re.escape(words)):
        open_file(write_csv([header, ["1"] * len(header)]))


def test_a_format_that_was_asked_for_is_not_exchanged_for_another() -> None:
    """The line names what is missing for it."""
    with pytest.raises(SourceError, match="not a file of Instagram posts: “Account username or"):
        open_file(facebook({}), format="meta-instagram-posts")
    assert open_file(facebook({}), format="meta_facebook_posts").posts
    with pytest.raises(SourceError, match="these are: meta-instagram-posts, "):
        open_file(facebook({}), format="facebok")
    with pytest.raises(SourceError, match="needs a mapping file"):
        open_file(facebook({}), format="mapped")


def test_a_page_keeps_one_name() -> None:
    """Renamed pages keep their id; the newest name, which exports list first, is kept."""
    batch = open_file(facebook({"Page name": "Acme Café & Co."}, {"Page name": "Acme"}))
    assert {post.account for post in batch.posts} == {
        AccountName("facebook", "acme-café-co", "70", "Acme Café & Co.")
    }


def test_a_named_account_takes_all_rows_of_one_page() -> None:
    """The page's id and name are kept; a file of two pages cannot become one account."""
    given = AccountName("facebook", "acme")
    batch = open_file(facebook({}), account=given)
    assert batch.posts[0].account == AccountName("facebook", "acme", "70", "Acme")
    with pytest.raises(SourceError, match="holds 2 accounts"):
        open_file(facebook({}, {"Page ID": "71"}), account=given)
    with pytest.raises(SourceError, match="name it facebook/acme"):
        open_file(facebook({}), account=AccountName("x", "acme"))


def test_a_row_of_no_account_is_bad() -> None:
    """Nothing is put under whatever account came before."""
    batch = open_file(facebook({}, {"Page ID": "", "Page name": ""}))
    assert [(bad.line, bad.column, bad.reason) for bad in batch.bad] == [
        (3, "Page name", "no account is named")
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Photos", "photo"), ("IG image", "photo"), ("IG reel", "reel"), ("Reels", "reel"),
        ("IG carousel", "carousel"), ("IG story", "story"), ("Videos", "video"),
        ("Status", "text"), ("Links", "link"), ("Poll", "poll"), ("", None),
    ],
)  # fmt: skip
def test_content_types_have_one_name_on_all_platforms(label: str, kind: str | None) -> None:
    """A kind that is not known keeps the file's own word."""
    assert open_file(facebook({"Post type": label})).posts[0].content_type == kind


@pytest.mark.parametrize(
    ("caption", "tags"),
    [
        ("#One, #two! (#three)", ("one", "two", "three")),
        ("#khuyến_mãi #新品 ＃セール", ("khuyến_mãi", "新品", "セール")),
        ("#สวัสดี ครับ", ("สวัสดี",)),
        ("a#b mail&#39; #2026 # alone ##twice", ("twice",)),
        ("#Cafe\u0301", ("café",)),
    ],
)
def test_hashtags_are_words_of_any_script(caption: str, tags: tuple[str, ...]) -> None:
    """In lower case without the sign, each once; digits alone are none."""
    assert open_file(facebook({"Title": caption})).posts[0].hashtags == tags


def test_a_title_is_the_beginning_of_the_caption_on_one_line() -> None:
    """80 characters at most."""
    post = open_file(facebook({"Title": "one\n\n two\t" + "x" * 100})).posts[0]
    assert post.title == ("one two " + "x" * 100)[:80]


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    """It would be shown to people as a link."""
    batch = open_file(facebook({"Permalink": "javascript:alert(1)"}))
    assert (batch.posts[0].permalink, batch.bad) == (None, ())


def test_copies_that_differ_in_any_value_are_all_bad() -> None:
    """Each names the others; an exact repeat between them does not save it."""
    same = {"Post ID": "1"}
    batch = open_file(facebook(same, {}, same, {**same, "Reach": "101", "Title": "No"}))
    assert [str(bad) for bad in batch.bad] == [
        "line 2, Post ID: the same id stands on lines 4 and 5, with another reach and title",
        "line 4, Post ID: the same id stands on lines 2 and 5, with another reach and title",
        "line 5, Post ID: the same id stands on lines 2 and 4, with another reach and title",
    ]
    assert [post.external_id for post in batch.posts] == ["9002"]


def test_a_copy_that_cannot_be_read_differs_too() -> None:
    """Which of the two rows is true cannot be told."""
    batch = open_file(facebook({"Post ID": "1"}, {"Post ID": "1", "Reach": "-1"}))
    assert [bad.line for bad in batch.bad] == [2, 3]
    assert "stands on line 3, which cannot be read" in batch.bad[0].reason


def test_the_same_id_on_two_pages_is_two_posts() -> None:
    """Ids are the account's."""
    other = {"Page ID": "71", "Page name": "Other"}
    batch = open_file(facebook({"Post ID": "1"}, {**other, "Post ID": "1", "Reach": "5"}))
    assert (len(batch.posts), batch.bad) == (2, ())
    assert [span.account.external_id for span in batch.watched] == ["70", "71"]


def test_a_thousand_copies_are_named_briefly() -> None:
    """Ten other lines and how many more; a file cannot make its own report explode."""
    batch = open_file(facebook(*({"Post ID": "1", "Reach": str(n)} for n in range(1_000))))
    assert len(batch.bad) == 1_000
    assert max(len(bad.reason) for bad in batch.bad) < 200
    assert "and 989 more" in batch.bad[0].reason


def test_equal_bytes_have_an_equal_hash() -> None:
    """A file sent twice is known by it."""
    one, two = open_file(facebook({})), open_file(facebook({}), name="b.csv")
    assert one.file_hash == two.file_hash != open_file(facebook({}, {})).file_hash
    assert FACEBOOK_ROW["Post ID"] == one.posts[0].external_id
