"""Which days are missing, account by account."""

import pytest

from tests.digest_content.conftest import Telling
from tests.digest_content.drawn_weeks import post, posts

HEAD = "day | platform | account | likes\n---+---+---+---\n"


def days(platform: str, *spans: tuple[int, int], account: str = "acme") -> str:
    return "".join(
        f"2026-11-{day:02} | {platform} | {account} | 5\n"
        for first, last in spans
        for day in range(first, last + 1)
    )


WATCHED = "start | end | platform | account | source\n---+---+---+---+---\n"


def watched(platform: str, *spans: tuple[int, int], account: str = "acme") -> str:
    return "".join(
        f"2026-11-{first:02} | 2026-11-{last:02} | {platform} | {account} | account-days\n"
        for first, last in spans
    )


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (((1, 22),), ""),
        (((1, 15),), "Missing: TikTok after 15 Nov."),
        (((1, 21),), "Missing: TikTok after 21 Nov."),
        (((1, 17), (20, 22)), "Missing: TikTok 18–19 Nov."),
        (((1, 16), (18, 20)), "Missing: TikTok after 20 Nov; TikTok 17 Nov."),
        (((1, 10), (14, 22)), ""),  # that hole is last week's
    ],
)
def test_ends_and_holes_are_named(
    told: Telling, spans: tuple[tuple[int, int], ...], expected: str
) -> None:
    """The end that is missing, and days within the week."""
    report = told(rows={"days": HEAD + days("tiktok", *spans),
                        "watched": WATCHED + watched("tiktok", *spans)})  # fmt: skip
    assert report.missing_line == expected


def test_those_that_lack_the_same_are_told_together(told: Telling) -> None:
    """Two platforms end on Saturday, one is whole."""
    rows = HEAD + days("x", (1, 21)) + days("tiktok", (1, 21)) + days("instagram", (1, 22))
    assert told(rows={"days": rows}).missing == ("TikTok and X after 21 Nov",)


def test_of_two_accounts_on_a_platform_the_one_is_named(told: Telling) -> None:
    """The handle tells them apart."""
    rows = HEAD + days("x", (1, 22)) + days("x", (1, 20), account="acme_se")
    assert told(rows={"days": rows}).missing == ("X acme_se after 20 Nov",)


def test_a_few_days_without_a_post_are_not_missing(told: Telling) -> None:
    """Posts alone: whoever posted on Friday may just not have posted since; after a week ask."""
    fresh = posts([post(f"2026-11-{day:02} 09:00", 10) for day in (2, 9, 13, 20)])
    assert told(rows=fresh).missing == ()


def test_long_silence_of_posts_is_told(told: Telling) -> None:
    """Nothing since the 13th where nothing else is read."""
    stale = posts([post(f"2026-11-{day:02} 09:00", 10) for day in (2, 9, 13)])
    assert told(rows=stale).missing == ("Instagram posts after 13 Nov",)


def test_an_account_without_any_data_is_told(told: Telling) -> None:
    """It was set up and nothing came."""
    accounts = """
        platform | account | brand | own
        ---------+---------+-------+----
        youtube  | acme    | Acme  | yes
    """
    report = told(rows={"accounts": accounts, "days": HEAD + days("x", (1, 22))})
    assert report.missing == ("YouTube (nothing yet)",)
