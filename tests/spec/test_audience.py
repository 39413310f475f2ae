"""What the audience KPIs mean."""

DAYS = """
    day        | platform  | followers | gained | lost
    -----------+-----------+-----------+--------+-----
    2026-10-31 | instagram |      1000 |     10 |    2
    2026-11-01 | instagram |      1008 |     12 |    4
    2026-11-10 | instagram |      1040 |     40 |    8
    2026-11-20 | instagram |      1100 |     65 |    5
"""


def test_followers_are_the_last_count_and_never_a_sum(check):
    check(
        "followers instagram 1 nov to 20 nov",
        days=DAYS,
        expected="1,100 people, +10 % (1,000 before)",
    )


def test_followers_of_several_accounts_are_added_at_the_same_moment(asked):
    days = """
        day        | platform  | followers
        -----------+-----------+----------
        2026-11-20 | instagram |      1100
        2026-11-19 | facebook  |       500
    """
    answer = asked("followers 2026-11", days=days)
    assert answer.together.value.low == 1600
    assert {it.name: it.value.low for it in answer.lines} == {
        "Facebook acme": 500,
        "Instagram acme": 1100,
    }


def test_a_day_without_one_of_the_accounts_is_a_gap_and_no_fall(asked):
    """Facebook joins on the 18th and says nothing on the 20th: 1,000 would look like a collapse."""
    accounts = """
        platform  | account | brand | own
        ----------+---------+-------+----
        instagram | acme    | Acme  | yes
        facebook  | acme    | Acme  | yes
        instagram | rival   | Rival | no
    """
    days = """
        day        | platform  | account | followers
        -----------+-----------+---------+----------
        2026-11-17 | instagram | acme    |      1000
        2026-11-18 | instagram | acme    |      1000
        2026-11-18 | facebook  | acme    |       500
        2026-11-19 | instagram | acme    |      1001
        2026-11-19 | facebook  | acme    |       500
        2026-11-20 | instagram | acme    |      1002
        2026-11-21 | instagram | acme    |      1003
        2026-11-21 | facebook  | acme    |       502
        2026-11-21 | instagram | rival   |       900
    """
    words = "followers 17 nov to 21 nov vs rival"
    answer = asked(words, days=days, accounts=accounts)
    assert [it.value for it in answer.main.series] == [1000, 1500, 1501, None, 1505]


def test_net_followers_are_the_difference_of_two_counts(check):
    """1,100 on the last day minus 1,000 on the day before the first."""
    check("net followers instagram 2026-11", days=DAYS, expected="100")


def test_gained_minus_lost_that_disagrees_is_shown_beside(asked):
    """117 gained − 17 lost in November is 100: no word. With 50 more gained, both are shown."""
    assert asked("net followers instagram 2026-11", days=DAYS).notes == ()
    more = DAYS.replace("|     65 |", "|    115 |")
    answer = asked("net followers instagram 2026-11", days=more)
    assert answer.notes == ("Gained minus lost says +150; the two do not agree.",)


def test_growth_is_the_net_of_the_followers_before(check):
    check("follower growth instagram 2026-11", days=DAYS, expected="10.0 %")


def test_growth_of_several_accounts_pairs_them_and_divides_the_sums(asked):
    """+100 of 1,000 and +10 of 1,000 is 5.5 %; the account that is new has no “before”."""
    days = """
        day        | platform  | followers
        -----------+-----------+----------
        2026-10-31 | instagram |      1000
        2026-11-20 | instagram |      1100
        2026-10-31 | facebook  |      1000
        2026-11-20 | facebook  |      1010
        2026-11-20 | tiktok    |      9999
    """
    answer = asked("follower growth 2026-11", days=days)
    assert answer.together.value.low == 110 / 2000
    assert "No data for TikTok acme." in answer.notes


def test_gained_and_lost_are_added(check, asked):
    check("followers gained 2026-11", days=DAYS, expected="117")
    assert asked("followers lost 2026-11", days=DAYS).main.value.low == 17


POSTS = """
    published        | post | content_type | reach | likes | comments | shares | clicks | hashtags
    -----------------+------+--------------+-------+-------+----------+--------+--------+-----------
    2026-11-02 10:00 | a    | photo        |   100 |    10 |        0 |      0 |      0 | coffee
    2026-11-03 10:00 | b    | photo        |   100 |    10 |        0 |      0 |      0 | coffee
    2026-11-13 10:00 | c    | reel         |   800 |    60 |        0 |      0 |      0 | coffee art
    2026-11-14 10:00 | d    | photo        |   100 |    20 |        0 |      0 |      0 |
"""


def test_posts_are_counted_with_their_pace_and_longest_gap(check):
    """Four posts in the two weeks that were read; b to c is the longest silence."""
    watched = """
        start      | end        | platform  | source
        -----------+------------+-----------+-------
        2026-11-01 | 2026-11-14 | instagram | posts
    """
    check(
        "posts 1 nov to 14 nov",
        posts=POSTS,
        watched=watched,
        expected="4",
        details=("Per week 2.00.", "Longest gap 10 d 00 h."),
    )


def test_a_watched_day_without_posts_is_zero_and_an_unwatched_one_is_no_data(asked):
    """Watched from 1 to 10 November: the 5th has no posts, the 15th was never read."""
    posts = """
        day        | post | likes
        -----------+------+------
        2026-11-02 | a    |    10
    """
    watched = """
        start      | end        | platform  | source
        -----------+------------+-----------+-------
        2026-11-01 | 2026-11-10 | instagram | posts
    """
    assert asked("posts 5 nov", posts=posts, watched=watched).main.value.low == 0
    assert asked("posts 15 nov", posts=posts, watched=watched).main.value.reason == "no data"


def test_content_mix_puts_shares_of_posts_beside_shares_of_engagements(asked):
    """Photos: 3 of 4 posts, 40 of 100 engagements. Wilson's interval of 3 in 4: 30.1–95.4 %."""
    grid = asked("content mix 2026-11", posts=POSTS).grid
    assert [(name, cells[0].value, cells[1].value) for name, cells in grid.rows] == [
        ("photo", 0.75, 0.4),
        ("reel", 0.25, 0.6),
    ]
    assert grid.rows[0][1][0].words.startswith("75.0 % (30.1 %–95.4 %")


def test_a_post_counts_under_each_of_its_hashtags(asked):
    """coffee: a, b, c (reach 1,000, 80 engagements, 8 %); art: c alone, a small sample."""
    grid = asked("hashtags 2026-11", posts=POSTS).grid
    rows = {name: [cell.value for cell in cells] for name, cells in grid.rows}
    assert rows["#coffee"][0] == 3
    assert rows["#coffee"][2] == 0.08
    assert rows["#art"] == [1, 800, 0.075]
    assert {name: cells[0].small for name, cells in grid.rows} == {"#coffee": False, "#art": True}
