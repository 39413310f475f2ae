"""Goals are read out of plain words, in any order; what cannot be read says what would work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.goals.draft import Amount, Draft
from kpis.goals.fields import read_amount, read_days
from kpis.goals.reading import read_goal
from kpis.goals.say import say_amount, say_until
from kpis.goals.shapes import unit_of
from kpis.question import Scope
from storage.errors import KepiError
from tests.drawn import table
from tests.goals.conftest import DIRECTORY

TODAY = date(2026, 11, 22)
"""A Sunday."""

READ = """
    words                                              | kpi                 | of        | how much   | better | start      | last       | every
    ---------------------------------------------------+---------------------+-----------+------------+--------+------------+------------+------
    instagram likes up 20 % next quarter               | likes               | instagram | times 1.2  | higher | 2027-01-01 | 2027-03-31 |
    next quarter 20 percent up likes on ig             | likes               | instagram | times 1.2  | higher | 2027-01-01 | 2027-03-31 |
    increase our likes by 20% in q1                    | likes               |           | times 1.2  | higher | 2027-01-01 | 2027-03-31 |
    5,000 site visits a month from facebook            | web-traffic         | facebook  | to 5000    | higher | 2026-11-01 | 2026-11-30 | month
    10,000 x followers by 2027-06-30                   | followers           | x         | to 10000   | higher |            | 2027-06-30 |
    10.000.000 impressions by 30.06.2027               | impressions         |           | to 10000000 | higher |           | 2027-06-30 |
    reach 100k followers on instagram by june          | followers           | instagram | to 100000  | higher |            | 2027-06-30 |
    reach 100k on instagram before june                | reach               | instagram | to 100000  | higher |            | 2027-05-31 |
    get to 45k followers in six months                 | followers           |           | to 45000   | higher |            | 2027-05-21 |
    followers from 40k to 45k by 31 dec                | followers           |           | to 45000   | higher |            | 2026-12-31 |
    gain 500 followers this month                      | followers           |           | more 500   | higher | 2026-11-01 | 2026-11-30 |
    500 new followers this month                       | followers-gained    |           | to 500     | higher | 2026-11-01 | 2026-11-30 |
    double our followers by year end                   | followers           |           | times 2    | higher |            | 2026-12-31 |
    2x engagement by eoy                               | engagements         |           | times 2    | higher |            | 2026-12-31 |
    cut first response time to 30 min by q1            | first-response-time |           | to 1800    | lower  |            | 2027-03-31 |
    first response time within 1h 30 by friday         | first-response-time |           | to 5400    | lower  |            | 2026-11-27 |
    halve resolution time by the end of march          | resolution-time     |           | times 0.5  | lower  |            | 2027-03-31 |
    resolution time down 10 % next month               | resolution-time     |           | times 0.9  | lower  | 2026-12-01 | 2026-12-31 |
    improve first response time by 20 % next month     | first-response-time |           | times 0.8  | lower  | 2026-12-01 | 2026-12-31 |
    engagement rate above 4 % this month               | engagement-rate     |           | to 0.04    | higher | 2026-11-01 | 2026-11-30 |
    engagement rate 4,5% in december                   | engagement-rate     |           | to 0.045   | higher | 2026-12-01 | 2026-12-31 |
    engagement rate up 0.5 pt next quarter             | engagement-rate     |           | more 0.005 | higher | 2027-01-01 | 2027-03-31 |
    engagement rate up 20 % next quarter               | engagement-rate     |           | times 1.2  | higher | 2027-01-01 | 2027-03-31 |
    1.2m impressions this year                         | impressions         |           | to 1200000 | higher | 2026-01-01 | 2026-12-31 |
    20 000 impressions in the next 30 days             | impressions         |           | to 20000   | higher |            | 2026-12-21 |
    30 posts a month                                   | posts               |           | to 30      | higher | 2026-11-01 | 2026-11-30 | month
    weekly reach of 5k                                 | reach               |           | to 5000    | higher | 2026-11-16 | 2026-11-22 | week
    followers lost below 100 each month                | followers-lost      |           | to 100     | lower  | 2026-11-01 | 2026-11-30 | month
    open issues under 10 by 2026-12-24                 | open-issues         |           | to 10      | lower  |            | 2026-12-24 |
    nothing but 3,000 likes 2026-12-01 to 2026-12-24   |                     |           |            |        |            |            |
    saves at least 300 in week 50                      | saves               |           | to 300     | higher | 2026-12-07 | 2026-12-13 |
    csat above 90 % next quarter                       | csat                |           | to 0.9     | higher | 2027-01-01 | 2027-03-31 |
    shares +15% next month                             | shares              |           | times 1.15 | higher | 2026-12-01 | 2026-12-31 |
    3,000 likes 2026-12-01 to 2026-12-24               | likes               |           | to 3000    | higher | 2026-12-01 | 2026-12-24 |
"""  # noqa: E501


def said(draft: Draft) -> dict[str, str]:
    """Return a draft as the table draws it."""
    amount = draft.amount
    return {
        "kpi": draft.kpi,
        "of": " ".join(draft.scope.platforms),
        "how much": f"{amount.kind} {amount.value:.10g}" if amount else "",
        "better": draft.better,
        "start": str(draft.start or ""),
        "last": str(draft.end - timedelta(days=1)) if draft.end else "",
        "every": draft.every,
    }


@pytest.mark.parametrize("row", [it for it in table(READ) if it["kpi"]], ids=lambda it: it["words"])
def test_a_goal_is_read_out_of_words(row: dict[str, str]) -> None:
    """Number, direction, scope and days may stand anywhere; periods lie ahead."""
    draft = read_goal(row["words"], TODAY, DIRECTORY)
    wanted = {key: it for key, it in row.items() if key not in ("words", "line")}
    assert said(draft) == wanted
    assert not draft.missing


MISSING = """
    words                       | missing
    ----------------------------+---------------
    likes 5k                    | end
    likes                       | amount, end
    likes next month            | amount
    5k next month               | kpi
    more followers              | amount, end
    20 % up                     | kpi, end
    next quarter                | kpi, amount
    instagram 5k                | kpi, end
"""


@pytest.mark.parametrize("row", table(MISSING), ids=lambda it: it["words"])
def test_what_is_missing_is_named(row: dict[str, str]) -> None:
    """A goal is specific, measurable and time-bound, or says which it is not."""
    draft = read_goal(row["words"], TODAY, DIRECTORY)
    assert ", ".join(draft.missing) == row["missing"]


REFUSED = """
    words                                         | says
    ----------------------------------------------+-----------------------------------------------
    likes 5k by christmas                         | Write the date: by 24 dec
    likes 5k until easter                         | which day “easter” is
    likes 5k by black friday                      | which day “black friday” is
    likes 5k soon                                 | “soon” is no day
    likes 5k asap                                 | is no day
    likes 5k last month                           | is past
    likes 5k yesterday                            | is past
    likes 5k last 30 days                         | is past
    likes 5k by 2025-06-30                        | is past: it ended on 30 Jun 2025
    likes 5k in q1 2024                           | is past
    likes 5k in january 2026                      | is past
    likes 5k by today                             | leaves no day
    likes 5k by 2099-01-01                        | more than 5 years away
    likes 5k in 30 years                          | more than 5 years away
    likes 5k by 2027-02-30                        | There is no “2027-02-30”
    likes 5k by 31 june                           | There is no “31 june”
    likes 5k by 01/02/2027                        | 1 Feb 2027 or 2 Jan 2027
    likes 5k 2026-12-24 to 2026-12-01             | ends before it begins
    likes 5k by june by july                      | two ends
    likes 5k a month by june                      | not both
    likes 5k every day                            | each week, month or quarter
    likes 5k a year                               | each week, month or quarter
    likes 0 next month                            | above 0
    likes 0 % up next month                       | above 0
    likes 5k and 6k next month                    | two numbers
    likes -500 next month                         | more is better
    likes down 20 % next month                    | more is better
    likes below 500 next month                    | more is better
    halve likes next month                        | more is better
    first response time above 2 h next month      | less is better
    double first response time by june            | less is better
    followers lost up 10 % next month             | less is better
    likes 20 % next month                         | up or down?
    resolution time down 100 % next month         | leaves nothing
    first response time 30 by q1                  | minutes or hours?
    likes 30 min next month                       | is no time
    likes up 2 points next month                  | is no share
    engagement rate 4 next month                  | write 4 %
    likes 1x next month                           | changes nothing
    hashtags 5 by june                            | is a table
    best times 5 by june                          | is a table
    content mix 40 % by june                      | is a table
    ave 5,000 by june                             | Barcelona Principles
    nordkaffe followers 10k by june               | is not yours
    followers vs nordkaffe 10k by june            | leave out
    likes by platform 5k next month               | leave out
    likes and comments 5k next month              | One goal at a time
    wibble 5k by june                             | I don't know “wibble”
    tiktok/acme followers 5k by june              | no TikTok account of acme
    likes 99999999999999 next month               | above 0
"""


@pytest.mark.parametrize("row", table(REFUSED), ids=lambda it: it["words"])
def test_what_makes_no_goal_is_refused_in_one_line(row: dict[str, str]) -> None:
    """Each says what was wrong and what would work, and never that something broke."""
    with pytest.raises(KepiError) as caught:
        read_goal(row["words"], TODAY, DIRECTORY)
    line = str(caught.value)
    assert row["says"] in line
    assert "\n" not in line
    assert len(line) < 200


def test_a_near_miss_is_read_and_said() -> None:
    """As questions are."""
    draft = read_goal("folowers 10k by june", TODAY, DIRECTORY)
    assert draft.kpi == "followers"
    assert draft.notes == ("Read “folowers” as followers",)


def test_a_reason_and_a_wish_for_privacy_are_kept() -> None:
    """They are no part of the number; the reason stays as it was written."""
    text = "private likes 5k next month because Black Week needs it"
    draft = read_goal(text, TODAY, DIRECTORY)
    assert (draft.why, draft.private) == ("Black Week needs it", True)
    assert draft.aim == "engagement"


def test_names_that_hold_directions_stay_names() -> None:
    """“Follower growth” and “lost followers” are numbers, not wishes."""
    growth = read_goal("follower growth above 3 % next month", TODAY, DIRECTORY)
    lost = read_goal("at most 100 lost followers next month", TODAY, DIRECTORY)
    assert (growth.kpi, lost.kpi) == ("follower-growth", "followers-lost")
    assert (growth.better, lost.better) == ("higher", "lower")


def test_an_account_is_named_as_in_questions() -> None:
    draft = read_goal("@acme instagram likes 5k next month", TODAY, DIRECTORY)
    assert draft.scope == Scope(accounts=(1,))


PIECES = """
    likes followers reach instagram x ig acme nordkaffe up down by to 20 % 5k 5,000 next quarter
    month this a per every in six months 2027-06-30 june q1 double halve above below 30 min pt
    first response time engagement rate christmas 01/02/27 -5 +5 private because vs as of ▪ 1.2m
    10 000 week 53 feb 29 eoy until from 0 ' ” ， １２ ٣ \u202e <@U1> <#C1|x> / .. …
"""
SENTENCES = st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(SENTENCES, st.text(max_size=60)))
def test_whatever_is_said_ends_in_a_draft_or_in_one_line(text: str) -> None:
    """Never anything else, whatever people type."""
    try:
        draft = read_goal(text, TODAY, DIRECTORY)
    except KepiError:
        return
    assert isinstance(draft, Draft)
    assert draft.end is None or draft.end > TODAY
    assert draft.amount is None or draft.amount.value != 0


AMOUNTS = st.one_of(
    st.builds(Amount, st.just("to"), st.integers(1, 10**9).map(float)),
    st.builds(Amount, st.just("more"), st.integers(1, 10**6).map(float)),
    st.builds(Amount, st.just("times"), st.integers(101, 900).map(lambda it: it / 100)),
)


@settings(max_examples=150, deadline=None)
@given(AMOUNTS)
def test_the_form_reads_back_what_it_shows(amount: Amount) -> None:
    """Opened and sent unchanged, a form changes no goal."""
    draft = Draft("", kpi="likes", amount=amount, better="higher")
    read = read_amount(say_amount(amount, "higher", unit_of("likes")), draft).amount
    assert read is not None
    assert read.kind == amount.kind
    assert read.value == pytest.approx(amount.value)


@pytest.mark.parametrize("words", [it["words"] for it in table(READ) if it["kpi"]])
def test_the_form_reads_back_every_goal(words: str) -> None:
    """Number, direction and days, of counts, shares and times alike."""
    draft = read_goal(words, TODAY, DIRECTORY)
    shown = say_amount(draft.amount, draft.better, unit_of(draft.kpi))
    again = read_days(say_until(draft), read_amount(shown, draft), TODAY, 0)
    assert again.amount is not None
    assert draft.amount is not None
    assert again.amount.value == pytest.approx(draft.amount.value)
    same = replace(again, amount=draft.amount)
    assert same == replace(draft, by_then=same.by_then)
