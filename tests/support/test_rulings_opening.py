"""What opens an issue, and what joins one (support-spec §2, §3), a sentence a ruling."""

from __future__ import annotations

import pytest

from tests.support.conftest import Play


@pytest.mark.parametrize(
    ("mode", "opened"),
    [("auto", [0, 100]), ("relay", [100]), ("manual", []), ("off", [])],
)
def test_the_mode_says_what_opens(fold_only: Play, mode: str, opened: list[int]) -> None:
    """Automatic: customers and posts; relay: posts; else nothing does by itself."""
    result = fold_only(f"mode {mode}\n 0 lena asks top \n 100 relay posts @maya top")
    assert [issue.opened for issue in result.issues] == opened


@pytest.mark.parametrize("mode", ["auto", "relay", "manual", "off"])
@pytest.mark.parametrize("verb", ["asks", "thanks"])
def test_what_somebody_tracks_is_an_issue_in_any_mode(
    fold_only: Play, mode: str, verb: str
) -> None:
    """A shortcut passes by the mode and the filter for pleasantries."""
    issue = fold_only(f"mode {mode}\n 0 lena {verb} \n 500 omar tracks 0").only
    assert (issue.opened, issue.state) == (0, "open")


@pytest.mark.parametrize("who", ["mia", "ben", "bot", "stranger", "crm"])
def test_only_customers_open_by_writing(fold_only: Play, who: str) -> None:
    """Nobody else's words at the top of the channel are an issue."""
    assert fold_only(f"0 {who} asks top").issues == ()


def test_a_reply_opens_nothing(fold_only: Play) -> None:
    """A customer who writes in a thread that is no issue opens none."""
    assert fold_only("0 mia says \n 50 lena asks").issues == ()


def test_tracking_twice_is_one_issue(fold_only: Play) -> None:
    """By itself, by ticket and by shortcut, twice each: one issue, opened at its message."""
    issue = fold_only("""
        0   lena  asks
        30  omar  marks ticket on 0
        40  mia   marks ticket on 0
        50  omar  tracks 0
        60  mia   tracks 0
    """).only
    assert (issue.opened, issue.tracked, issue.episode) == (0, 0, 1)


def test_customers_open_by_ticket_only_where_they_may(fold_only: Play) -> None:
    """A customer's ticket is refused by default, and opens where the channel allows it."""
    drawn = "0 lena asks \n 30 lena marks ticket on 0"
    assert fold_only(f"mode manual\n{drawn}").issues == ()
    assert fold_only(f"mode manual\ncustomers_may_open yes\n{drawn}").only.opened == 0


def test_who_logs_for_a_customer_stays_a_responder(fold_only: Play) -> None:
    """Logged by command for Lena, ten minutes back: Omar's own answer counts."""
    issue = fold_only("""
        mode manual
        0   bot   says
        0   omar  tracks 0 via command opened -600 for lena
        60  omar  answers
    """).only
    assert (issue.opened, issue.customer, issue.reporter) == (-600, "lena", "")
    assert (issue.frt, issue.responded_by) == (660, "omar")


def test_hello_is_no_issue_until_it_is_edited_into_a_request(fold_only: Play) -> None:
    """A pleasantry opens nothing; edited at 300 into a request, it is opened at 300."""
    assert fold_only("0 lena thanks").issues == ()
    issue = fold_only("0 lena thanks \n 300 lena edits 0 as asks \n 360 omar answers").only
    assert (issue.opened, issue.frt) == (300, 60)
    assert fold_only("0 lena thanks \n 300 lena edits 0 as thanks").issues == ()


def test_what_follows_at_once_belongs_together(fold_only: Play) -> None:
    """Each within five minutes of the one before: one issue, one wait."""
    issue = fold_only("""
        0    lena  asks
        200  lena  says top
        450  lena  says top
        500  omar  answers
    """).only
    assert (issue.waits, issue.frt) == (((0, 500, "response"),), 500)


@pytest.mark.parametrize(
    ("lines", "opened"),
    [
        ("301 lena asks top", [0, 301]),
        ("100 kim asks top", [0, 100]),
        ("50 omar answers \n 100 lena asks top", [0, 100]),
        ("50 omar marks white_check_mark on 0 \n 100 lena asks top", [0, 100]),
    ],
    ids=["later", "somebody else", "answered", "resolved"],
)
def test_and_what_does_not_is_another_matter(
    fold_only: Play, lines: str, opened: list[int]
) -> None:
    """Later, by somebody else, or after an answer: a new issue."""
    result = fold_only(f"0 lena asks \n {lines}")
    assert [issue.opened for issue in result.issues] == opened


def test_an_answer_under_a_grouped_message_is_an_answer(fold_only: Play) -> None:
    """Lena's second message has a thread of its own; an answer there answers her issue."""
    issue = fold_only("0 lena asks \n 100 lena says top \n 160 omar answers in 100").only
    assert (issue.frt, issue.state) == (160, "responded")


def test_a_conversation_is_one_issue_however_long_it_takes(fold_only: Play) -> None:
    """Two days later in the same conversation of the network: the live issue waits again."""
    issue = fold_only("""
        0   relay  posts @maya top conversation c7
        60  omar   answers in 0
        2d  relay  posts @maya top conversation c7
    """).only
    assert (issue.state, issue.wait, issue.frt) == ("open", 2 * 86_400, 60)


def test_another_handle_is_another_customer(fold_only: Play) -> None:
    """Two handles at once are two issues."""
    result = fold_only("0 relay posts @maya top \n 60 relay posts @noor top")
    assert [issue.customer for issue in result.issues] == ["instagram:maya", "instagram:noor"]


def test_a_conversation_that_was_resolved_is_reopened(fold_only: Play) -> None:
    """One conversation of the network is one thread there: a word after the check reopens (§8)."""
    issue = fold_only("""
        0   relay  posts @maya top conversation c7
        60  omar   marks white_check_mark on 0
        2d  relay  posts @maya top conversation c7
    """).only
    assert (issue.state, issue.reopens, issue.wait) == ("open", 1, 2 * 86_400)


def test_and_after_its_window_another_issue_begins(fold_only: Play) -> None:
    """Eight days after the check the same conversation is a new issue with a thread of its own."""
    first, second = fold_only("""
        0   relay  posts @maya top conversation c7
        60  omar   marks white_check_mark on 0
        8d  relay  posts @maya top conversation c7
    """).issues
    assert (first.state, first.reopens, second.state) == ("resolved", 0, "open")
    assert (second.opened, second.root) == (8 * 86_400, 8 * 86_400)


def test_a_handle_alone_joins_only_what_is_live(fold_only: Play) -> None:
    """The same handle, five minutes after the check: nothing says that it is the same matter."""
    result = fold_only("""
        0    relay  posts @maya top
        60   omar   marks white_check_mark on 0
        300  relay  posts @maya top
    """)
    assert [(it.opened, it.state) for it in result.issues] == [(0, "resolved"), (300, "open")]


def test_a_mark_on_a_grouped_message_is_a_mark_on_the_issue(fold_only: Play) -> None:
    """A check on Lena's second message, which stands in the channel, resolves her issue."""
    issue = fold_only("0 lena asks \n 100 lena says top \n 160 omar marks white_check_mark on 100")
    assert (issue.only.state, issue.only.full_resolution) == ("resolved", 160)


def test_the_network_s_clock_counts_where_it_was_chosen(fold_only: Play) -> None:
    """Written 40 seconds before it came here: the lag is known either way, the start moves."""
    drawn = "0 relay posts @maya top written -40 \n 60 omar answers"
    by_slack = fold_only(drawn).only
    by_source = fold_only(f"measure_from source\n{drawn}").only
    assert (by_slack.opened, by_slack.frt, by_slack.relay_lag) == (0, 60, 40)
    assert (by_source.opened, by_source.frt, by_source.relay_lag) == (-40, 100, 40)


def test_a_post_in_the_thread_is_the_customer_writing_again(fold_only: Play) -> None:
    """A program that answers in the thread carries the customer's words."""
    issue = fold_only("0 relay posts @maya top \n 60 omar answers \n 90 relay posts @maya").only
    assert (issue.state, issue.wait) == ("open", 90)


def test_an_edited_post_is_not_another(fold_only: Play) -> None:
    """A program that updates its own message says nothing new."""
    issue = fold_only("0 relay posts @maya top \n 60 omar answers \n 90 relay edits 0").only
    assert (issue.state, issue.wait) == ("responded", None)


def test_a_colleagues_words_under_a_post_are_nobodys(fold_only: Play) -> None:
    """A bystander under a relayed post neither asks nor answers."""
    issue = fold_only("0 relay posts @maya top \n 60 ben asks").only
    assert (issue.state, issue.frt, issue.waits) == ("open", None, ((0, None, ""),))


def test_a_changed_mode_holds_from_then_on(fold_only: Play) -> None:
    """What was opened stays, what comes later opens nothing."""
    result = fold_only("0 lena asks \n 500 rules mode off \n 1000 kim asks top")
    assert [issue.opened for issue in result.issues] == [0]


def test_a_reply_whose_root_is_unknown_waits_for_it(fold_only: Play) -> None:
    """Replies and marks about messages that nobody knows open nothing and break nothing."""
    assert fold_only("10 omar answers in 0 \n 20 lena says in 0").issues == ()
    assert fold_only("20 mia marks white_check_mark on 0 \n 30 mia marks eyes on 7").issues == ()


def test_who_reports_their_own_message_is_answered_by_others(fold_only: Play) -> None:
    """A ticket on one's own message, as a shortcut, makes a reporter."""
    issue = fold_only("0 mia asks \n 20 mia marks ticket on 0 \n 50 mia says \n 90 omar answers")
    assert (issue.only.reporter, issue.only.frt) == ("mia", 90)
