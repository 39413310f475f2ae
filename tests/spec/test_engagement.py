"""What the engagement KPIs mean. Expected numbers are worked out by hand from the drawn rows."""

from datetime import UTC, datetime

from kpis import wording
from tests.drawn import fill

POSTS = """
day        | post | content_type | reach | impressions | likes | comments | shares | saves | clicks
-----------+------+--------------+-------+-------------+-------+----------+--------+-------+-------
2026-11-02 | a    | photo        |   100 |         200 |     6 |        2 |      1 |     3 |      1
2026-11-03 | b    | reel         |   900 |        1000 |     7 |        1 |      2 |     4 |      0
"""


def test_a_rate_divides_the_totals_and_never_averages_the_posts(check):
    """Ten of 100, then 10 of 900, is 2 %, not the mean of 10 % and 1.1 %."""
    check("engagement rate instagram 2026-11", posts=POSTS, expected="2.00 %")


def test_the_average_rate_weighs_every_post_alike(check):
    """(10 % + 1.111 %) ÷ 2 is 5.56 %; the median of two is the same."""
    check(
        "average engagement rate instagram 2026-11",
        posts=POSTS,
        expected="5.56 %",
        details=("Median 5.56 %.",),
    )


def test_the_median_stands_beside_the_mean(check):
    """Rates of 10 %, 1 % and 4 %: mean 5 %, median 4 %."""
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |   100 |    10 |        0 |      0 |      0
        2026-11-03 | b    |   100 |     1 |        0 |      0 |      0
        2026-11-04 | c    |   100 |     4 |        0 |      0 |      0
    """
    check(
        "average engagement rate 2026-11",
        posts=posts,
        expected="5.00 %",
        details=("Median 4.00 %.",),
    )


def test_interactions_have_saves_where_engagements_have_clicks(check, asked):
    """6+2+1+3 and 7+1+2+4 are 26 interactions; with clicks instead of saves, 20 engagements."""
    check("interactions 2026-11", posts=POSTS, expected="26")
    assert asked("engagements 2026-11", posts=POSTS).main.value.low == 20


def test_the_interaction_rate_is_of_the_reach(check):
    """26 ÷ 1,000."""
    check("interaction rate 2026-11", posts=POSTS, expected="2.60 %")


def test_the_average_interaction_rate_weighs_every_post_alike(check):
    """12 % and 1.5556 %: 6.78 %."""
    check("average interaction rate 2026-11", posts=POSTS, expected="6.78 %")


def test_by_impressions_the_same_engagements_are_divided_by_impressions(check):
    """20 ÷ 1,200."""
    check("engagement rate by impressions 2026-11", posts=POSTS, expected="1.67 %")


def test_a_post_without_reach_is_dropped_from_both_sides_and_counted(check):
    """Post c has 500 engagements and no reach: 10 of 100 stays 10 %."""
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |   100 |    10 |        0 |      0 |      0
        2026-11-03 | c    |       |   500 |        0 |      0 |      0
    """
    check(
        "engagement rate 2026-11",
        posts=posts,
        expected="10.0 %",
        footnote="1 left out (a part is missing)",
    )


def test_a_blank_component_is_missing_and_not_zero(check):
    """Post b's comments are blank, so its rate is unknown; a rate of 2 of 900 would be a guess."""
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |   100 |    10 |        0 |      0 |      0
        2026-11-03 | b    |   900 |     2 |          |      0 |      0
    """
    check("engagement rate 2026-11", posts=posts, expected="10.0 %")


def test_a_component_that_the_source_does_not_have_is_named(check):
    """Without a column of clicks engagements are likes, comments and shares, and it says so."""
    posts = """
        day        | post | reach | likes | comments | shares
        -----------+------+-------+-------+----------+-------
        2026-11-02 | a    |   100 |    10 |        5 |      5
    """
    check(
        "engagements 2026-11",
        posts=posts,
        expected="20",
        notes=("Without link clicks: not in these data.",),
    )


def test_a_rate_above_one_hundred_percent_is_flagged(check):
    """150 engagements of 100 people is possible, and worth a word."""
    posts = """
        day        | post | reach | likes | comments | shares | clicks
        -----------+------+-------+-------+----------+--------+-------
        2026-11-02 | a    |   100 |   150 |        0 |      0 |      0
    """
    check(
        "engagement rate 2026-11",
        posts=posts,
        expected="150.0 %",
        notes=("Above 100 %: one person can act several times.",),
    )


def test_where_no_reach_exists_the_rate_by_impressions_answers_under_its_own_name(asked):
    """X counts no reach: 12 ÷ 400 is 3 %, called by impressions."""
    posts = """
        day        | platform | post | impressions | likes | comments | shares | clicks
        -----------+----------+------+-------------+-------+----------+--------+-------
        2026-11-02 | x        | a    |         400 |     9 |        1 |      1 |      1
    """
    answer = asked("engagement rate x 2026-11", posts=posts)
    assert answer.kpi_title == "Engagement rate by impressions"
    assert answer.main.value.low == 12 / 400


def test_the_rate_by_followers_takes_the_followers_at_posting(check):
    """10 of 500 and 10 of 1,000: mean of 2 % and 1 %. The last count at most 3 days old counts."""
    posts = """
        day        | post | likes | comments | shares | clicks
        -----------+------+-------+----------+--------+-------
        2026-11-02 | a    |    10 |        0 |      0 |      0
        2026-11-09 | b    |    10 |        0 |      0 |      0
        2026-11-20 | c    |    99 |        0 |      0 |      0
    """
    days = """
        day        | followers
        -----------+----------
        2026-11-01 |       500
        2026-11-06 |      1000
    """
    check("engagement rate by followers 2026-11", posts=posts, days=days, expected="1.50 %")


def test_applause_is_likes_of_reach(check):
    """13 ÷ 1,000."""
    check("applause rate 2026-11", posts=POSTS, expected="1.30 %")


def test_applause_by_post_is_likes_per_post(check):
    """13 ÷ 2."""
    check("applause rate by post 2026-11", posts=POSTS, expected="6.50")


def test_applause_by_followers_is_likes_of_followers(check):
    """6 of 600."""
    days = """
        day        | followers
        -----------+----------
        2026-11-02 |       600
    """
    posts = """
        day        | post | likes
        -----------+------+------
        2026-11-02 | a    |     6
    """
    check("applause rate by followers 2026-11", posts=posts, days=days, expected="1.00 %")


def test_amplification_is_shares_of_reach(check):
    """3 ÷ 1,000."""
    check("amplification rate 2026-11", posts=POSTS, expected="0.30 %")


def test_conversation_is_comments_per_post(check):
    """3 ÷ 2."""
    check("conversation rate 2026-11", posts=POSTS, expected="1.50")


def test_counts_per_post_are_a_variant(check):
    check("likes per post 2026-11", posts=POSTS, expected="6.50")


def test_activity_is_what_the_counters_rose_by(database, asked):
    """Seen on the 10th and the 20th: a rose by 15; b is new with 7; c was never seen before."""
    first = """
        day        | post | likes
        -----------+------+------
        2026-11-02 | a    |    10
    """
    second = """
        day        | post | likes
        -----------+------+------
        2026-11-02 | a    |    25
        2026-11-16 | b    |     7
        2026-10-01 | c    |   900
    """
    fill(database, posts=first, at=datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
    fill(database, posts=second, at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    answer = asked("likes by activity 15 nov to 21 nov")
    assert answer.main.value.low == 22
    assert "by activity date" in wording.footnote(answer)
    assert asked("likes 15 nov to 21 nov").main.value.low == 7


def test_profile_visits_of_posts_stand_in_for_the_account_s(check):
    """New accounts give them by post alone: 5 + 7."""
    posts = """
        day        | post | profile_visits
        -----------+------+---------------
        2026-11-02 | a    |              5
        2026-11-03 | b    |              7
    """
    check("profile visits 2026-11", posts=posts, expected="12", footnote="by publish date")


def test_account_days_go_before_posts(check):
    """The platform's daily totals are by activity date; posts are only a stand-in."""
    days = """
        day        | likes | comments | shares | saves | clicks | video_views
        -----------+-------+----------+--------+-------+--------+------------
        2026-11-02 |    40 |        4 |      3 |     2 |      1 |         900
        2026-11-03 |    60 |        6 |      5 |     4 |      3 |         100
    """
    check("likes 2026-11", posts=POSTS, days=days, expected="100")


def test_every_count_adds_its_days(asked):
    days = """
        day        | likes | comments | shares | saves | clicks | video_views
        -----------+-------+----------+--------+-------+--------+------------
        2026-11-02 |    40 |        4 |      3 |     2 |      1 |         900
        2026-11-03 |    60 |        6 |      5 |     4 |      3 |         100
    """
    totals = {"comments": 10, "shares": 8, "saves": 6, "clicks": 4, "video views": 1000}
    for words, expected in totals.items():
        assert asked(f"{words} 2026-11", days=days).main.value.low == expected


def test_a_split_by_content_type_reads_the_posts(asked):
    """The whole is read apart from its parts: 13 likes, 7 of them on reels."""
    answer = asked("likes 2026-11 by content type", posts=POSTS)
    assert [(it.name, it.value.low) for it in answer.breakdown] == [("reel", 7), ("photo", 6)]
    assert answer.main.value.low == 13


def test_best_times_pull_few_posts_towards_the_median_and_rank_no_small_cell(asked):
    """Thirty Tuesday posts at 18:00 with 4 %, one at 3:00 with 90 %: the lucky one is not best."""
    rows = "\n".join(
        f"        2026-{10 if day <= 31 else 11:02d}-{day if day <= 31 else day - 31:02d} 18:00"
        f" | p{day} | 100 | 4 | 0 | 0 | 0"
        for day in range(6, 40)
    )
    posts = f"""
        published        | post | reach | likes | comments | shares | clicks
        -----------------+------+-------+-------+----------+--------+-------
{rows}
        2026-10-07 03:00 | lucky | 100  |    90 |        0 |      0 |      0
    """
    answer = asked("best times 1 oct to 21 nov", posts=posts)
    assert answer.main.headline.endswith("18:00, 4.00 % over 5 posts")
    lucky = answer.grid.rows[2][1][3]
    assert (lucky.n, lucky.small) == (1, True)
    assert round(lucky.value, 4) == round((0.90 * 1 + 0.04 * 5) / 6, 4)


def test_best_times_of_few_posts_say_so(check):
    check(
        "best times 2026-11",
        posts=POSTS,
        expected="Too few posts to say: 2, needs 30",
    )


def test_the_stack_shows_what_a_sum_is_made_of(asked):
    """Interactions of one account: likes 13, saves 7, comments 3, shares 3, largest first."""
    answer = asked("interactions 1 nov to 7 nov", posts=POSTS)
    assert answer.chart == "stacked"
    assert [(it.name, it.value.low) for it in answer.parts] == [
        ("likes", 13),
        ("saves", 7),
        ("comments", 3),
        ("shares", 3),
    ]
