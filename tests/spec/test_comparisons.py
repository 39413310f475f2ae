"""What stands beside a number: when a change may be told, of which accounts, and of which parts."""

from datetime import UTC, datetime

import pytest

from kpis import wording
from kpis.asking import ask
from tests.drawn import fill
from tests.spec.conftest import NOW


def rows(measure: str, *lines: tuple[str, str, str, int]) -> str:
    """Draw account days: platform, first day, last day, value."""
    drawn = f"    day        | platform  | {measure}\n    -----------+-----------+------\n"
    for platform, first, last, value in lines:
        start, end = (datetime.fromisoformat(it).date() for it in (first, last))
        for number in range((end - start).days + 1):
            day = start.fromordinal(start.toordinal() + number)
            drawn += f"    {day} | {platform} | {value}\n"
    return drawn


LIKES = rows(
    "likes",
    ("instagram", "2026-11-08", "2026-11-21", 100),
    ("facebook", "2026-11-15", "2026-11-21", 900),
)


def test_a_new_account_is_not_growth(asked):
    """Facebook began this week: 7,000 against 700 is not +900 %; Instagram alone did not move."""
    answer = asked("likes last 7 days", days=LIKES)
    assert answer.main.value.low == 7000
    assert answer.main.change.kind == "unclear"
    assert "No change told: Facebook acme is new." in wording.details(answer)
    lines = {it.name: it for it in answer.lines}
    assert lines["Instagram acme"].change.amount == 0


def test_an_account_that_only_lacks_the_period_before_is_not_called_new(asked):
    """Facebook was here in October and again this week: the week between is a gap."""
    earlier = rows("likes", ("facebook", "2026-10-25", "2026-10-31", 900)).splitlines()[2:]
    days = LIKES + "\n".join(earlier) + "\n"
    details = wording.details(asked("likes last 7 days", days=days))
    assert "No change told: Facebook acme has no data for the period before." in details


def test_an_account_that_went_silent_is_not_a_fall(asked):
    """TikTok gave nothing this week: the others are compared with themselves, and it is named."""
    days = rows(
        "likes",
        ("instagram", "2026-11-08", "2026-11-21", 100),
        ("tiktok", "2026-11-08", "2026-11-14", 900),
    )
    answer = asked("likes last 7 days", days=days)
    assert wording.headline(answer) == "700, 0 % (700 before)"
    assert "No data for TikTok acme." in answer.notes


def test_new_followers_of_a_new_account_are_not_growth_either(asked):
    days = rows(
        "followers",
        ("instagram", "2026-11-08", "2026-11-21", 1000),
        ("facebook", "2026-11-15", "2026-11-21", 5000),
    )
    answer = asked("followers last 7 days", days=days)
    assert answer.main.value.low == 6000
    assert answer.main.change.kind == "unclear"


def test_few_missing_days_of_some_accounts_do_not_take_the_change_away(asked):
    """Each account lacks one other day of 14: 26 of 28 account days, and a change."""
    days = rows(
        "likes",
        ("instagram", "2026-11-08", "2026-11-15", 100),
        ("instagram", "2026-11-17", "2026-11-21", 100),
        ("facebook", "2026-11-08", "2026-11-18", 100),
        ("facebook", "2026-11-20", "2026-11-21", 100),
    )
    answer = asked("likes last 7 days", days=days)
    assert answer.main.change.kind == "percent"
    assert "12 of 14 account days" in wording.footnote(answer)


RIVALS = """
    published        | platform  | account   | brand     | own | post | content_type | likes
    -----------------+-----------+-----------+-----------+-----+------+--------------+------
    2026-11-16 10:00 | instagram | acme      | Acme      | yes | a    | reel         |   140
    2026-11-17 10:00 | instagram | acme      | Acme      | yes | b    | photo        |    60
    2026-11-16 10:00 | instagram | nordkaffe | Nordkaffe | no  | c    | reel         |   280
"""


def test_parts_beside_a_competitor_are_beside_its_parts(asked):
    """Reels: 140 against Nordkaffe's 280 is −50 %; it has no photos to stand beside ours."""
    answer = asked("likes last 7 days by content type vs nordkaffe", posts=RIVALS)
    parts = {it.name: it for it in answer.breakdown}
    assert parts["reel"].change.amount == -0.5
    assert parts["photo"].change is None


def test_a_platform_stands_beside_the_same_platform_of_the_competitor(asked):
    days = """
        day        | platform  | account   | brand     | own | likes
        -----------+-----------+-----------+-----------+-----+------
        2026-11-20 | instagram | acme      | Acme      | yes |    50
        2026-11-20 | facebook  | acme      | Acme      | yes |    30
        2026-11-20 | instagram | nordkaffe | Nordkaffe | no  |   100
    """
    answer = asked("likes 20 nov by platform vs nordkaffe", days=days)
    parts = {it.name: it for it in answer.breakdown}
    assert parts["Instagram"].change.amount == -0.5
    assert parts["Facebook"].change is None


def test_brands_stand_side_by_side(asked):
    answer = asked("likes last 7 days by brand", posts=RIVALS)
    assert [(it.name, it.value.low) for it in answer.breakdown] == [
        ("Nordkaffe", 280),
        ("Acme", 200),
    ]
    assert answer.main.value.low == 200


SILENT = """
    day        | platform  | account   | brand     | own | likes
    -----------+-----------+-----------+-----------+-----+------
    2026-11-20 | instagram | acme      | Acme      | yes |    50
    2026-11-20 | facebook  | acme      | Acme      | yes |    30
    2026-10-01 | tiktok    | acme      | Acme      | yes |    90
    2026-11-20 | instagram | nordkaffe | Nordkaffe | no  |   100
    2026-10-01 | facebook  | nordkaffe | Nordkaffe | no  |   900
"""


@pytest.mark.parametrize("words", ["vs nordkaffe", "vs last year", "by platform"])
def test_a_comparison_counts_the_accounts_that_the_plain_answer_counts(asked, words):
    """TikTok gave nothing: two of three accounts stand beside Nordkaffe, and it is named."""
    plain = asked("likes 20 nov", days=SILENT)
    beside = asked(f"likes 20 nov {words}", days=SILENT)
    assert plain.scope_title == beside.scope_title == "2 of 3 accounts"
    assert beside.title.replace(" by platform", "") == plain.title
    assert beside.main.value == plain.main.value
    lacking = {it for it in beside.notes if it.startswith("No data")}
    names = "TikTok acme and Facebook nordkaffe" if "nordkaffe" in words else "TikTok acme"
    assert lacking == {f"No data for {names}."}


def test_what_is_not_there_to_compare_with_is_said(asked):
    answer = asked("saves last 7 days vs nordkaffe", posts=RIVALS.replace("likes", "saves"))
    assert answer.main.change.amount == (200 - 280) / 280
    lonely = asked("followers 20 nov vs nordkaffe", days=rows("followers", (
        "instagram", "2026-11-20", "2026-11-20", 5)))  # fmt: skip
    assert "No followers of Nordkaffe to compare with." in lonely.notes


def test_parts_obey_the_same_rules_as_the_whole(asked):
    """The week before was read for one day of seven: neither the whole nor a part has a change."""
    posts = """
        day        | post | content_type | likes
        -----------+------+--------------+------
        2026-11-14 | a    | reel         |     1
        2026-11-16 | b    | reel         |    10
        2026-11-21 | c    | reel         |    10
    """
    answer = asked("likes last 7 days by content type", posts=posts)
    assert answer.main.change is None
    assert [it.change for it in answer.breakdown] == [None]


def test_a_mean_too_knows_a_definition_break(asked):
    """Facebook's reach became viewers in June 2026: no rate by reach is told across it."""
    posts = """
        day        | platform | post | reach | likes | comments | shares | clicks
        -----------+----------+------+-------+-------+----------+--------+-------
        2026-05-28 | facebook | a    |   100 |    10 |        0 |      0 |      0
        2026-05-31 | facebook | b    |   100 |    10 |        0 |      0 |      0
        2026-06-01 | facebook | c    |   100 |     5 |        0 |      0 |      0
        2026-06-04 | facebook | d    |   100 |     5 |        0 |      0 |      0
    """
    for words in ("engagement rate", "average engagement rate"):
        answer = asked(f"{words} 1 jun to 4 jun", posts=posts)
        assert answer.main.change.kind == "unclear", words


def test_posts_without_a_word_are_counted_and_not_hidden(asked):
    posts = """
        day        | post | content_type | likes
        -----------+------+--------------+------
        2026-11-16 | a    | reel         |    10
        2026-11-17 | b    |              |     5
    """
    answer = asked("likes last 7 days by content type", posts=posts)
    assert "1 post without a content type left out." in answer.notes
    mix = asked("content mix last 7 days")
    assert "1 post without a content type left out." in mix.notes


def test_a_stale_count_says_its_date(asked):
    days = rows("followers", ("instagram", "2026-10-26", "2026-10-26", 3000))
    answer = asked("followers", days=days)
    assert "Instagram acme was last counted on 26 Oct." in answer.notes


def test_a_level_three_days_old_still_counts_as_the_day_before(asked):
    days = """
        day        | followers
        -----------+----------
        2026-10-22 |       100
        2026-11-20 |       130
    """
    assert asked("net followers", days=days).main.value.low == 30


def test_left_out_rows_are_counted_whichever_table_answers(asked):
    """Two days of one account have no clicks, with three accounts and with fifteen."""
    for accounts in (3, 15):
        drawn = (
            "    day        | platform  | account | brand | impressions | clicks\n"
            "    -----------+-----------+---------+-------+-------------+-------\n"
        )
        for number in range(accounts):
            for day in ("2026-11-19", "2026-11-20", "2026-11-21"):
                clicks = "" if number == 0 and day != "2026-11-21" else 1
                name = f"b{accounts}x{number}"
                drawn += f"    {day} | instagram | {name} | Brand {accounts} | 10 | {clicks}\n"
        answer = asked(f"click through rate brand {accounts} last 3 days", days=drawn)
        assert answer.coverage.left_out == 2


def test_followers_at_posting_are_those_known_then(database, asked):
    """5 November knew 100 followers; the correction to 200 came on the 9th."""
    post = """
        day        | post | likes | comments | shares | clicks
        -----------+------+-------+----------+--------+-------
        2026-11-02 | a    |    10 |        0 |      0 |      0
    """
    early, late = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (5, 9))
    fill(database, posts=post, days=rows("followers", (
        "instagram", "2026-11-02", "2026-11-02", 100)), at=early)  # fmt: skip
    fill(database, days=rows("followers", (
        "instagram", "2026-11-02", "2026-11-02", 200)), at=late)  # fmt: skip
    words = "engagement rate by followers 1 nov to 7 nov"
    assert asked(words).main.value.low == 0.05
    assert asked(f"{words} as of 2026-11-06 08:00").main.value.low == 0.1


def test_a_post_is_what_its_earlier_files_add_up_to(database, asked):
    """The second file has no reach column; as of then the first one's reach still holds."""
    full = """
        day        | post | likes | reach
        -----------+------+-------+------
        2026-11-02 | a    |    10 |   100
    """
    partial = """
        day        | post | likes
        -----------+------+------
        2026-11-02 | a    |    20
    """
    for day, drawn in ((5, full), (7, partial), (9, partial.replace(" 20\n", " 30\n"))):
        fill(database, posts=drawn, at=datetime(2026, 11, day, 9, tzinfo=UTC))
    assert asked("applause rate 1 nov to 7 nov").main.value.low == 0.3
    then = asked("applause rate 1 nov to 7 nov as of 2026-11-08 08:00")
    assert then.main.value.low == 0.2
    assert then.coverage.files == 2


def test_before_anything_was_read_there_is_no_data(database, asked):
    drawn = "    day        | post | likes\n    -----------+------+------\n    2026-11-02 | a | 1\n"
    fill(database, posts=drawn, at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    answer = asked("posts 1 nov to 3 nov as of 2026-11-04 08:00")
    assert answer.main.value.reason == "no data"


BY_POST = """
    published        | platform  | account   | brand     | own | post | likes
    -----------------+-----------+-----------+-----------+-----+------+------
    2026-11-20 10:00 | instagram | acme      | Acme      | yes | a    |    30
    2026-11-20 10:00 | instagram | nordkaffe | Nordkaffe | no  | b    |    60
"""


def test_a_competitor_known_by_post_is_compared_by_post(asked):
    """Our likes are known by day (50) and by post (30), theirs by post alone: 30 against 60."""
    days = rows("likes", ("instagram", "2026-11-20", "2026-11-20", 50))
    answer = asked("likes 20 nov vs nordkaffe", days=days, posts=BY_POST)
    assert (answer.main.value.low, answer.main.previous.low) == (30, 60)
    assert "Counted on posts: not all of these have numbers by day." in answer.notes
    assert asked("likes 20 nov").main.value.low == 50


def test_accounts_that_have_posts_alone_are_counted_with_the_others(asked):
    """Facebook has only posts: both accounts are counted on posts, 30 + 12."""
    posts = """
        published        | platform  | post | likes
        -----------------+-----------+------+------
        2026-11-20 10:00 | instagram | a    |    30
        2026-11-20 10:00 | facebook  | b    |    12
    """
    days = rows("likes", ("instagram", "2026-11-20", "2026-11-20", 50))
    answer = asked("likes 20 nov", days=days, posts=posts)
    assert answer.together.value.low == 42


def test_an_overview_of_nothing_says_it_once(database):
    """With data of last year alone, the overview names them instead of six times nothing."""
    workspace = fill(database, days=rows("likes", ("instagram", "2025-01-01", "2025-01-03", 5)))
    reply = ask("", database=database, workspace=workspace, now=NOW)
    assert len(reply.answers) == 1
    assert "I have 1–3 Jan 2025" in wording.headline(reply.answers[0])


def test_a_split_by_post_says_that_posts_are_counted(asked):
    days = rows("likes", ("instagram", "2026-11-20", "2026-11-20", 50))
    answer = asked("likes 20 nov by hour", days=days, posts=BY_POST)
    assert "Counted on the posts published in these days." in answer.notes


def test_bounds_offer_the_period_that_is_exact(asked):
    windows = """
        start      | end        | platform  | reach
        -----------+------------+-----------+------
        2026-10-25 | 2026-11-21 | instagram | 50000
        2026-10-23 | 2026-10-23 | instagram |  4100
        2026-10-24 | 2026-10-24 | instagram |  3700
    """
    hints = asked("reach instagram last-30d", windows=windows).hints
    assert [label for label, _ in hints] == ["Use 28 days"]
    assert wording.headline(asked(hints[0][1])) == "50,000 people"
