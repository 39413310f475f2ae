"""Names, scope, splits, comparisons, reserved words and slips, one sentence each."""

# ruff: noqa: E501 — drawn tables are as wide as their sentences

import random
from dataclasses import replace
from datetime import UTC, date
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from asking_town import DIRECTORY, TODAY, ask, ask_one, read, table

from kpis.question import (
    Asked,
    Baseline,
    Beside,
    Directory,
    Guide,
    Help,
    KnownAccount,
    KnownBrand,
    Listing,
    Refusal,
    Scope,
)
from kpis.words import clean, split
from storage.errors import KepiError, Unclear

NAMED = """
    words                                | kpis
    -------------------------------------+-------------------------------
    reach                                | reach
    Engagement-Rate                      | engagement-rate
    engagement_rates                     | engagement-rate
    average engagement rate              | average-engagement-rate
    engagement                           | engagements
    what is our total reach, please?     | reach-sum
    total likes                          | likes
    share of voice                       | share-of-voice
    like                                 | likes
    View                                 | impressions
    räckvidd                             | reach
    RÄCKVIDD                             | reach
    rackvidd                             | reach
    tiep can                             | reach
    tiếp cận                             | reach
    覆蓋                                 | reach
    覆蓋instagram                        | reach
    reach and likes instagram            | reach likes
    reach, likes, comments               | reach likes comments
    reach + likes & comments / shares    | reach likes comments shares
    likes reach likes                    | likes reach
    “reach”                              | reach
    *reach* _likes_ ~shares~ `comments`  | reach likes shares comments
    what's our reach                     | reach
"""


@pytest.mark.parametrize("row", table(NAMED), ids=lambda row: row[0])
def test_a_kpi_is_found_by_any_of_its_names(row: tuple[str, ...]) -> None:
    """Any case, dash, plural, accent and script; the longest name wins; each counts once."""
    words, kpis = row
    assert [question.kpi for question in ask(words).questions] == kpis.split()


def test_a_fifth_kpi_is_refused() -> None:
    """Four fit a table; the refusal shows what would work."""
    with pytest.raises(Refusal) as refused:
        ask("reach likes comments shares posts")
    assert str(refused.value) == (
        "That is 5 KPIs; up to four go together. Try reach, likes, comments and shares."
    )


SCOPED = """
    words                          | platforms          | accounts | brands
    -------------------------------+--------------------+----------+-------
    reach                          |                    |          |
    reach all                      |                    |          |
    reach all accounts             |                    |          |
    reach ig                       | instagram          |          |
    reach fb and insta             | instagram facebook |          |
    reach twitter, tik tok         | x tiktok           |          |
    reach acme                     |                    |          | 1
    reach ACME'S                   |                    |          | 1
    reach @acme                    |                    | 1 3      |
    reach #acme                    |                    | 1 3      |
    reach account acme             |                    | 1 3      |
    reach instagram acme           |                    | 1        |
    reach acme instagram           |                    | 1        |
    reach acme ig tt               |                    | 1 3      |
    reach instagram/acme           |                    | 1        |
    reach brand acme instagram     | instagram          |          | 1
    reach acmecoffee               |                    | 2        |
    reach acme coffee              |                    | 1 2      |
    reach nordkaffe                |                    |          | 2
    reach nordkaffe.se             |                    | 5        |
    reach nordkaffe, acme          |                    |          | 1 2
    reach latte lab                |                    |          | 3
    reach latte_lab                |                    | 6        |
    reach latte-lab                |                    | 7        |
    reach the latte lab            |                    | 6        |
    reach facebook nordkaffe       | facebook           |          | 2
    reach competitors              |                    | 4 5 6 7  |
    likes brand reach              |                    |          | 4
    reach @may                     |                    | 8        |
"""


@pytest.mark.parametrize("row", table(SCOPED), ids=lambda row: row[0])
def test_names_choose_whose_numbers(row: tuple[str, ...]) -> None:
    """A platform narrows a name; a handle means all its platforms; a brand all its accounts."""
    words, platforms, accounts, brands = row
    assert ask_one(words).scope == Scope(
        tuple(platforms.split()), tuple(map(int, accounts.split())), tuple(map(int, brands.split()))
    )


SPLIT = """
    words                                   | by           | variant
    ----------------------------------------+--------------+-------------
    likes                                   |              |
    likes by platform                       | platform     |
    likes by networks                       | platform     |
    likes by type                           | content-type |
    likes by format                         | content-type |
    likes by content-type                   | content-type |
    likes by tag                            | hashtag      |
    likes by the day of the week            | weekday      |
    likes by time of day                    | hour         |
    likes per account                       | account      |
    likes by paid or organic                | paid         |
    likes by day                            | day          |
    weekly likes                            | week         |
    likes per post                          |              | per post
    likes by post                           |              | per post
    likes per post by month                 | month        | per post
    applause rate by followers              |              | by followers
    by followers applause rate              |              | by followers
    applause rate by post by week           | week         | by post
"""


@pytest.mark.parametrize("row", table(SPLIT), ids=lambda row: row[0])
def test_by_splits_or_chooses_a_variant(row: tuple[str, ...]) -> None:
    """A KPI's own variants win over dimensions; “followers” after “by” is no second KPI."""
    words, by, variant = row
    question = ask_one(words)
    assert (question.by or "", question.variant or "") == (by, variant)


VERSUS = """
    words                              | kind      | platforms | accounts | brands | said
    -----------------------------------+-----------+-----------+----------+--------+------------------
    reach vs last year                 | last year |           |          |        | last year
    reach yoy                          | last year |           |          |        | last year
    reach year over year               | last year |           |          |        | last year
    reach vs. the same period last year | last year |          |          |        | last year
    reach compared to last year        | last year |           |          |        | last year
    reach vs previous                  | previous  |           |          |        |
    reach vs the previous 30 days      | previous  |           |          |        |
    reach vs prev period               | previous  |           |          |        |
    reach oct vs sep                   | previous  |           |          |        |
    reach oct vs oct 2025              | last year |           |          |        | last year
    reach mtd vs last month            | previous  |           |          |        |
    reach 2014 vs 2013                 | previous  |           |          |        |
    reach vs nordkaffe                 | accounts  |           |          | 2      | Nordkaffe
    reach against @nordkaffe           | accounts  |           | 4        |        | Instagram nordkaffe
    reach versus nordkaffe and latte lab | accounts |          |          | 2 3    | Nordkaffe and Latte Lab
    reach instagram vs nordkaffe       | accounts  |           | 4        |        | Instagram nordkaffe
    reach instagram acme vs nordkaffe  | accounts  |           | 4        |        | Instagram nordkaffe
    reach vs instagram nordkaffe       | accounts  |           | 4        |        | Instagram nordkaffe
    reach vs facebook/nordkaffe.se     | accounts  |           | 5        |        | Facebook nordkaffe.se
    reach instagram vs facebook        | accounts  | facebook  |          |        | Facebook
    reach acme vs facebook             | accounts  |           | 2        |        | Facebook acmecoffee
    reach tiktok vs nordkaffe          | accounts  |           |          | 2      | Nordkaffe
"""


@pytest.mark.parametrize("row", table(VERSUS), ids=lambda row: row[0])
def test_vs_says_what_to_compare_with(row: tuple[str, ...]) -> None:
    """The period before, last year, or others, on the platforms of the question."""
    words, kind, platforms, accounts, brands, said = row
    others = Scope(
        tuple(platforms.split()), tuple(map(int, accounts.split())), tuple(map(int, brands.split()))
    )
    assert ask_one(words).baseline == Baseline(Beside(kind), others, said)


def test_last_year_is_a_period_alone_and_a_baseline_after_vs() -> None:
    """“last year vs last year” is 2025 beside 2024."""
    question = ask_one("reach last year vs last year")
    assert (question.period.words, question.baseline.kind) == ("2025", Beside.LAST_YEAR)


def test_no_kpi_is_the_overview() -> None:
    """“last week”, or no words at all, asks for the KPIs of the overview over the same days."""
    for words in ("last week instagram", "all", "overview", ""):
        asked = ask(words)
        assert asked.overview
        assert tuple(question.kpi for question in asked.questions) == DIRECTORY.overview
    assert {question.scope.platforms for question in ask("last week ig").questions} == {
        ("instagram",)
    }
    assert ask("").questions[0].period.words == "last 28 days"


def test_where_nothing_is_known_no_words_mean_help() -> None:
    """A workspace without accounts is shown how to start, and so is a question mark."""
    assert read("", TODAY, Directory()) == Help()
    assert read("?") == Help()


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("help", Help()),
        ("help more", Help(more=True)),
        ("Help me please", Help()),
        ("private help", Help()),
        ("/kpi help", Help()),
        ("hlep", Help()),
        ("list", Listing()),
        ("show me the list", Listing()),
        ("guide", Guide()),
        ("guide er", Guide("engagement-rate")),
        ("guide to the engagement-rate", Guide("engagement-rate")),
        ("guide reech", Guide("reach", ("Read “reech” as reach",))),
    ],
)
def test_reserved_words_come_first(words: str, request_: object) -> None:
    """Help, list and guide, after fillers and “private” at most."""
    assert read(words) == request_


@pytest.mark.parametrize(
    "word",
    [
        *("digest", "goal", "alerts", "note", "data", "status", "support", "admins", "settings"),
        *("columns", "forget", "privacy", "start"),
    ],
)
def test_what_is_done_in_slack_alone_says_so(word: str) -> None:
    """Where no number is asked for, whoever asks the engine is told where such words work."""
    for text in (word, f"private {word} instagram", word.upper()):
        with pytest.raises(Refusal, match=rf"works in Slack alone: /kpi {word.removesuffix('s')}"):
            read(text)


def test_private_stands_anywhere() -> None:
    """It is no part of the question."""
    for words in ("private reach ig", "reach private ig", "reach ig private"):
        asked = ask(words)
        assert asked.private
        assert replace(asked, private=False) == ask("reach ig")


MOMENTS = """
    words                            | moment
    ---------------------------------+--------------------------
    as of 2026-11-23 08:12           | 2026-11-23T08:12:00+01:00
    as of 2026-11-23T08:12           | 2026-11-23T08:12:00+01:00
    as of 2026-11-23 8:12            | 2026-11-23T08:12:00+01:00
    as of 2026-07-01 08:12:30        | 2026-07-01T08:12:30+02:00
    as of 2026-11-20                 | 2026-11-21T00:00:00+01:00
    as of 12 nov 08:00               | 2026-11-12T08:00:00+01:00
    as of today                      | 2026-11-24T00:00:00+01:00
    as of 2026-11-23 08:12z          | 2026-11-23T09:12:00+01:00
    as of 2026-10-25 02:30+01:00     | 2026-10-25T02:30:00+01:00
"""


@pytest.mark.parametrize("row", table(MOMENTS), ids=lambda row: row[0])
def test_as_of_is_a_moment_in_the_workspaces_zone(row: tuple[str, ...]) -> None:
    """In Stockholm, summer and winter, kept in UTC; a day alone means its end."""
    words, moment = row
    as_of = ask_one(f"reach {words} ig").as_of
    assert as_of is not None
    assert as_of.tzinfo is UTC
    assert as_of.astimezone(ZoneInfo("Europe/Stockholm")).isoformat() == moment
    assert ask_one(f"reach {words} ig").scope.platforms == ("instagram",)


NEAR = """
    words                  | same as               | note
    -----------------------+-----------------------+-----------------------------------------------
    reech                  | reach                 | Read “reech” as reach
    Likse                  | likes                 | Read “Likse” as likes
    folowers               | followers             | Read “folowers” as followers
    engagment rate         | engagement rate       | Read “engagment rate” as engagement rate
    engagement rat         | engagement rate       | Read “engagement rat” as engagement rate
    engagementrate         | engagement rate       | Read “engagementrate” as engagement rate
    reach instgram         | reach instagram       | Read “instgram” as Instagram
    reach nordcaffe        | reach nordkaffe       | Read “nordcaffe” as Nordkaffe
    reach vs nordcaffe     | reach vs nordkaffe    | Read “nordcaffe” as Nordkaffe
    reach late lab         | reach latte lab       | Read “late lab” as Latte Lab
    likes by wekday        | likes by weekday      | Read “wekday” as weekday
    12 novembr reach       | 12 november reach     | Read “novembr” as November
    reach last mnth        | reach last month      | Read “last mnth” as last month
    reach yesteday         | reach yesterday       | Read “yesteday” as yesterday
    reach privte            | reach private         | Read “privte” as private
    reach 24/12/2025       | reach 2025-12-24      | Read “24/12/2025” as 24 Dec 2025
    reach 24.12.25         | reach 2025-12-24      | Read “24.12.25” as 24 Dec 2025
    reach 1.10.2026        | reach 2026-10-01      | Read “1.10.2026” as 1 Oct 2026
    impress                | impressions           | Read “impress” as impressions
    räckvid                | räckvidd              | Read “räckvid” as räckvidd
"""


@pytest.mark.parametrize("row", table(NEAR), ids=lambda row: row[0])
def test_one_near_miss_is_answered_and_said(row: tuple[str, ...]) -> None:
    """The answer is that of the right word, with one note."""
    words, same, note = row
    asked = ask(words)
    assert asked.notes == (note,)
    assert replace(asked, notes=()) == ask(same)


def test_several_near_misses_are_offered_as_commands() -> None:
    """“shapes” could be shares or shakes: each choice is the whole text, and works."""
    town = replace(DIRECTORY, names={**DIRECTORY.names, "shakes": "shakes", "shares": "shares"})
    with pytest.raises(Unclear) as unclear:
        ask("shapes instagram last-30d", TODAY, town)
    assert str(unclear.value) == "I don't know “shapes”. Did you mean shares or shakes?"
    assert unclear.value.choices == ("shares instagram last-30d", "shakes instagram last-30d")
    for choice in unclear.value.choices:
        assert ask_one(choice, TODAY, town).scope.platforms == ("instagram",)


def test_a_date_that_can_be_two_days_is_offered_as_both() -> None:
    """Americans and Europeans read 1/10 differently."""
    with pytest.raises(Unclear) as unclear:
        ask("reach 1/10/2026")
    assert unclear.value.choices == ("reach 2026-10-01", "reach 2026-01-10")


def test_a_choice_that_would_be_refused_is_not_offered() -> None:
    """1/12/2026 can only be 12 January: December has not begun."""
    assert ask("reach 1/12/2026") == replace(
        ask("reach 2026-01-12"), notes=("Read “1/12/2026” as 12 Jan 2026",)
    )


REFUSED = """
    words                     | because
    --------------------------+------------------------------------------------------------------
    blorp                     | I don't know “blorp”. Try: reach, engagement rate, followers, posts or help.
    reach blorp               | I don't know “blorp”. Try: reach, engagement rate, followers, posts or help.
    ree                       | I don't know “ree”. Try: reach, engagement rate, followers, posts or help.
    acme24                    | I don't know “acme24”. Try: reach, engagement rate, followers, posts or help.
    覆盖率                    | I don't know “覆盖率”. Try: reach, engagement rate, followers, posts or help.
    reach by country          | I can't split reach by “country”. Try by platform, account, brand or day.
    reach by hour             | I can't split reach by “hour”. Try by platform, account, brand or day.
    best times by day         | I can't split best times by “day”, nor by anything else.
    reach by                  | By what? Try by platform, by weekday or by content type.
    likes by day by week      | I split by one thing at a time, not by day and week. Ask for one of them.
    by platform ig            | Say which KPI to split by platform, such as reach by platform.
    reach vs blorp            | I don't know “blorp”. Try vs previous, vs last year or vs nordkaffe.
    reach vs                  | I compare with the period before (vs previous), last year (vs last year), or an account, brand or platform (vs nordkaffe).
    reach vs oct              | I compare with the period before (vs previous), last year (vs last year), or an account, brand or platform (vs nordkaffe).
    reach vs yoy vs nordkaffe | I compare with one thing at a time: vs previous, vs last year or vs a name.
    reach facebook latte_lab  | I know no Facebook account of latte_lab; I know Instagram.
    reach x/acme              | I know no X account of acme; I know Instagram and TikTok.
    reach youtube nordkaffe   | I know no YouTube account of Nordkaffe; I know Instagram and Facebook.
    reach as of blorp         | As of when? Try as of 2026-11-23 or as of 2026-11-23 08:12.
    reach as of 2026-11-23 25:00 | There is no “25:00”: times go from 00:00 to 23:59.
    reach as of 2026-12-24    | “2026-12-25 00:00” is to come: ask as of 2026-11-23 or before.
    reach list                | “list” goes first: /kpi list. Leave it out here.
    reach and likes per post  | I can't split reach by “post”. Try by platform, account, brand or day.
"""


@pytest.mark.parametrize("row", table(REFUSED), ids=lambda row: row[0])
def test_what_cannot_be_answered_is_refused_in_one_line(row: tuple[str, ...]) -> None:
    """The line names the word, and what would work."""
    words, because = row
    with pytest.raises(KepiError) as refused:
        read(words)
    assert str(refused.value) == because


PARTS = ("reach", "ig", "last-30d", "by platform", "vs last year", "private", "as of 2026-11-23")
OTHERS = ("likes per post", "@acme", "1-15 oct", "by weekday", "vs latte lab", "please")


@pytest.mark.parametrize("parts", [PARTS, OTHERS])
def test_the_order_of_the_parts_does_not_matter(parts: tuple[str, ...]) -> None:
    """Every order of a sentence's parts is the same question, tried a few hundred ways."""
    orders = list(permutations(parts))
    random.Random(7).shuffle(orders)
    expected = ask(" ".join(parts))
    assert expected.questions[0].kpi in ("reach", "likes")
    for order in orders[:300]:
        assert ask(" ".join(order)) == expected, order


def test_the_ways_that_slack_and_phones_write_do_not_matter() -> None:
    """Mentions, links, entities, wide letters, odd spaces and hidden marks are all the same."""
    expected = ask("reach latte lab 2026-10-24 to 2026-11-22 vs nordkaffe")
    for words in (
        "Reach\u00a0“Latte Lab” 2026\u201110\u201124 to 2026–11–22 vs. <@U02|nordkaffe>",
        "\u202ereach\u202c la\u200btte\u3000lab 2026-10-24..2026-11-22 vs nordkaffe",
        "ｒｅａｃｈ ‘latte lab’ ２０２６-10-24…2026-11-22 &amp; vs nordkaffe",
        "reach latte lab ٢٠٢٦-10-24 – 2026-11-22 <@U0KEPI> vs <https://n.example|nordkaffe> :tada:",
        "REACH,\tlatte lab\u2028from 24 Oct to 22 Nov, versus Nordkaffe!",
    ):
        assert ask(words).questions[0].scope == expected.questions[0].scope, words
        assert ask(words).questions[0].baseline == expected.questions[0].baseline, words
        assert ask(words).questions[0].period == expected.questions[0].period, words


def test_entities_are_unescaped_once() -> None:
    """What a person typed as “&lt;” stays that."""
    assert clean("&amp;lt; H&amp;M") == "&lt; H&M"


def test_where_words_stand_is_kept() -> None:
    """The offsets of a word cut it out of the cleaned text, also after letters that grow."""
    cleaned = clean("İİ  “Reach”,\u200b @acme-se")
    for word in split(cleaned):
        assert cleaned[word.start : word.end].lower().startswith(word.text.lower()[0])
    assert [cleaned[word.start : word.end] for word in split(cleaned)] == [
        "İİ",
        "Reach",
        "acme",
        "se",
    ]


def test_names_that_look_like_grammar_are_still_names() -> None:
    """A brand called “By Malene” or “Last Week Tonight” is found, since the longest name wins."""
    town = replace(
        DIRECTORY,
        brands=tuple(
            replace(brand, name=name)
            for brand, name in zip(
                DIRECTORY.brands,
                ("By Malene", "Last Week Tonight", "VS Salon", "As Of Now"),
                strict=True,
            )
        ),
    )
    for number, brand in enumerate(town.brands, 1):
        assert ask_one(f"likes {brand.name} 30d", TODAY, town).scope.brands == (number,)


def test_a_name_that_is_a_period_must_be_marked() -> None:
    """A brand called October or Last loses to October and last week, unless it is marked."""
    brands = (KnownBrand(1, "October", True), KnownBrand(2, "Last", True))
    town = replace(DIRECTORY, accounts=(), brands=brands)
    for words, said, chosen in (
        ("reach october", "October 2026", ()),
        ("reach last week", "week 47, 2026", ()),
        ("reach @october", "last 28 days", (1,)),
        ("reach brand october last week", "week 47, 2026", (1,)),
        ("reach last last week", "week 47, 2026", (2,)),
    ):
        question = ask_one(words, TODAY, town)
        assert (question.period.words, question.scope.brands) == (said, chosen), words


def test_digits_are_never_guessed_at() -> None:
    """client25 is not client24 misspelt: it is another client."""
    town = replace(DIRECTORY, accounts=(KnownAccount(1, "x", "client24", "", 1, True),))
    assert ask_one("reach clinet24", TODAY, town).scope.accounts == (1,)
    with pytest.raises(Refusal, match="I don't know “client25”"):
        ask("reach client25", TODAY, town)


def test_digits_of_other_scripts_are_digits() -> None:
    """Arabic, Devanagari and wide digits read as the plain ones."""
    for words in ("٢٠١٤", "२०१४", "２０１４", "𝟐𝟎𝟏𝟒"):
        assert ask_one(f"reach {words}").period.words == "2014"


def test_two_people_asking_on_different_days_get_their_own_days() -> None:
    """Nothing is remembered between two readings."""
    first, second = date(2026, 11, 23), date(2026, 11, 24)
    periods = [ask_one("reach 30d", day).period.end for day in (first, second, first)]
    assert periods == [first, second, first]


def test_an_answer_is_a_question_about_the_day_it_was_asked() -> None:
    """Today goes along, for the engine never looks at a clock."""
    asked = read("reach")
    assert isinstance(asked, Asked)
    assert asked.questions[0].today == TODAY
