"""Edits, deletions, outages, channels and people (support-spec §4.10, §5.3, §6)."""

from __future__ import annotations

import pytest

from tests.support.conftest import Play

ASKED = "0 lena asks\n"
ANSWERED = "0 lena asks\n10 omar answers\n"
CHECKED = f"{ANSWERED} 20 omar marks white_check_mark on 0\n"


# Edits (§4.10)


@pytest.mark.parametrize("message", ["0", "10", "50"])
@pytest.mark.parametrize("now", ["asks", "thanks", "notes"])
def test_an_edit_moves_no_time(fold_only: Play, message: str, now: str) -> None:
    """Whatever a message becomes, what it was when it was said counts."""
    drawn = f"{ANSWERED} 50 lena says \n 80 omar answers"
    who = "omar" if message == "10" else "lena"
    edited = fold_only(f"{drawn}\n 90 {who} edits {message} as {now}").only
    untouched = fold_only(drawn).only
    assert (edited.state, edited.opened, edited.frt, edited.nrt, edited.waits) == (
        untouched.state,
        untouched.opened,
        untouched.frt,
        untouched.nrt,
        untouched.waits,
    )


# Deletions (§4.10)


def test_a_root_that_nobody_answered_takes_its_issue_along(fold_only: Play) -> None:
    """Deleted before any response: dismissed, and said so."""
    issue = fold_only(f"{ASKED} 60 lena deletes 0").only
    assert (issue.state, issue.dismiss_reason, issue.dismissed) == (
        "dismissed",
        "root_deleted",
        60,
    )


def test_an_answered_root_leaves_its_issue(fold_only: Play) -> None:
    """Slack keeps the thread, and so do we."""
    issue = fold_only(f"{ANSWERED} 60 lena deletes 0").only
    assert (issue.state, issue.opened, issue.frt) == ("responded", 0, 10)


def test_a_resolved_issue_outlives_its_root(fold_only: Play) -> None:
    """Terminal states do not change, answered or not."""
    drawn = f"{ASKED} 20 omar marks white_check_mark on 0 \n 60 lena deletes 0"
    assert fold_only(drawn).only.full_resolution == 20


def test_a_customer_message_taken_back_at_once_was_never_said(fold_only: Play) -> None:
    """The follow-up at 50, gone at 60, makes nobody wait."""
    issue = fold_only(f"{ANSWERED} 50 lena says \n 60 lena deletes 50").only
    assert (issue.state, issue.waits) == ("responded", ((0, 10, "response"),))


def test_a_customer_message_tidied_away_next_day_was_said(fold_only: Play) -> None:
    """Deleted after the grace, it made them wait all the same."""
    issue = fold_only(f"{ANSWERED} 50 lena says \n 25h lena deletes 50").only
    assert (issue.state, issue.wait) == ("open", 50)


def test_a_reopening_that_was_taken_back_never_was(fold_only: Play) -> None:
    """The message that reopened it is gone within the grace: resolved, and no reopening."""
    issue = fold_only(f"{CHECKED} 100 lena says \n 150 lena deletes 100").only
    assert (issue.state, issue.reopens, issue.full_resolution) == ("resolved", 0, 20)


def test_posting_and_deleting_stops_no_clock(fold_only: Play) -> None:
    """Nobody was answered, so somebody waits since the beginning."""
    issue = fold_only(f"{ANSWERED} 30 omar deletes 10").only
    assert (issue.state, issue.frt, issue.waits) == ("open", None, ((0, None, ""),))


@pytest.mark.parametrize(("when", "frt"), [("86410", None), ("86411", 10)])
def test_the_grace_is_a_day_to_the_second(fold_only: Play, when: str, frt: int | None) -> None:
    """Counted from the posting, not from now."""
    assert fold_only(f"{ANSWERED} {when} omar deletes 10").only.frt == frt


def test_a_deletion_also_changes_what_followed_from_the_message(fold_only: Play) -> None:
    """Without “done” at 50, “thanks” at 60 answers the question at 10, and reopens the issue."""
    drawn = """
        0    lena  asks
        10   mia   asks
        40   omar  marks white_check_mark on 0
        50   omar  says
        60   lena  thanks
        200  omar  unmarks white_check_mark on 0
    """
    assert fold_only(drawn).only.reopens == 0
    issue = fold_only(f"{drawn} 500 omar deletes 50").only
    assert (issue.state, issue.reopen_times, issue.first_resolution) == ("open", (60,), 40)


# Outages (§6)


def test_an_acknowledgement_found_later_is_bounded(fold_only: Play) -> None:
    """Eyes that were put on somewhere in (100, 5000]: the point is the later end."""
    issue = fold_only(f"{ASKED} 5000 omar marks eyes on 0 (100, 5000]").only
    assert (issue.tta, issue.acknowledged_low) == (5000, 100)


def test_messages_read_back_have_exact_times(fold_only: Play) -> None:
    """What was said while we were deaf is known to the microsecond."""
    heard = fold_only(f"{ANSWERED} 50 lena says \n 60 mia answers").only
    read_back = fold_only(
        f"{ASKED} 10 omar answers late \n 50 lena says late \n60 mia answers late"
    ).only
    assert (heard.frt, heard.nrt, heard.waits) == (read_back.frt, read_back.nrt, read_back.waits)
    assert read_back.response_low is None


ASKED_BACK = """
    0     lena  asks
    200   omar  answers late
    300   lena  says late
    5000  omar  marks white_check_mark on 0 (100, 5000]
"""


def test_yes_it_is_resolved_resolves_at_the_click(fold_only: Play) -> None:
    """“resolved? [Yes]” at 6000."""
    issue = fold_only(f"{ASKED_BACK} 6000 omar resolves").only
    assert (issue.state, issue.full_resolution, issue.asked) == ("resolved", 6000, None)


def test_no_it_is_still_open(fold_only: Play) -> None:
    """“resolved? [Still open]”: open, nothing asked any more, and it waits since 300."""
    issue = fold_only(f"{ASKED_BACK} 6000 omar denies").only
    assert (issue.state, issue.asked, issue.wait, issue.reopens) == ("open", None, 300, 0)


def test_a_ticket_found_later_is_no_less_exact(fold_only: Play) -> None:
    """An issue is opened at its message, whenever the mark was put on."""
    issue = fold_only(
        "mode manual \n 0 lena asks \n 60 omar answers \n5000 mia marks ticket on 0 (100, 5000]"
    ).only
    assert (issue.opened, issue.frt) == (0, 60)


# Channels and people (§5.3)


@pytest.mark.parametrize("how", ["archived", "removed"])
def test_a_channel_that_comes_back_takes_its_issues_back(fold_only: Play, how: str) -> None:
    """Orphaned while it was gone, live as before when it is back."""
    issue = fold_only(f"{ASKED} 500 channel {how} \n 900 channel back \n 1000 omar answers").only
    assert (issue.orphaned, issue.orphan_reason, issue.frt) == (None, "", 1000)


def test_what_is_over_is_not_orphaned(fold_only: Play) -> None:
    """Only live issues lose something with the channel."""
    assert fold_only(f"{CHECKED} 500 channel archived").only.orphaned is None


def test_a_thread_that_cannot_be_read_is_orphaned_for_that_reason(fold_only: Play) -> None:
    """Slack's limits on history hide it."""
    issue = fold_only(f"{ASKED} 500 channel unreadable in 0").only
    assert (issue.orphaned, issue.orphan_reason) == (500, "history_unavailable")


def test_whoever_left_has_nothing_any_more(fold_only: Play) -> None:
    """Unassigned from then on; what they did stays theirs."""
    issue = fold_only(f"{ANSWERED} 500 omar deactivated").only
    assert (issue.assignee, issue.responded_by) == ("", "omar")
    assert issue.assignees == ((10, "omar"), (500, ""))


def test_what_was_decided_under_older_rules_stays(fold_only: Play) -> None:
    """A shorter undo window from 1000 on does not turn an earlier slip into a reopening."""
    issue = fold_only(
        f"{CHECKED} 500 omar unmarks white_check_mark on 0 \n1000 rules undo_window 60"
    ).only
    assert (issue.reopens, issue.first_resolution) == (0, None)


# Order of one instant (§5.2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("20 lena says \n 20 omar marks white_check_mark on 0", ("resolved", 0)),
        ("20 omar marks white_check_mark on 0 \n 20 omar unmarks white_check_mark on 0",
         ("responded", 0)),
        ("20 omar answers \n 20 omar marks hourglass_flowing_sand on 0", ("waiting", 0)),
        ("20 mia waits \n 20 omar marks white_check_mark on 0", ("resolved", 0)),
        ("20 omar resolves \n 20 mia reopens", ("responded", 1)),
    ],
)  # fmt: skip
def test_of_one_instant_words_come_before_marks_and_adding_before_removing(
    fold_only: Play, lines: str, expected: tuple[str, int]
) -> None:
    """Message, acknowledgement, wait, resolution, removal: whichever arrives first."""
    issue = fold_only(f"{ANSWERED} {lines}").only
    assert (issue.state, issue.reopens) == expected


def test_what_was_said_before_the_opening_is_no_answer_to_it(fold_only: Play) -> None:
    """A response comes after the message that opened the issue (§4.2)."""
    issue = fold_only("mode manual \n 0 omar says \n 50 lena asks \n 60 mia tracks 50").only
    assert (issue.opened, issue.frt) == (50, None)
