"""What resolves, reopens, dismisses, joins and snoozes (support-spec §4.7–§4.9)."""

from __future__ import annotations

import pytest

from tests.support.conftest import Play
from tests.support.drawn_seen import Told

ASKED = "0 lena asks\n"
ANSWERED = "0 lena asks\n10 omar answers\n"
CHECKED = f"{ANSWERED} 20 omar marks white_check_mark on 0\n"


# Who may resolve, and where (§4.7)


@pytest.mark.parametrize("message", ["0", "10", "50"])
def test_a_responder_resolves_on_any_message_of_the_thread(fold_only: Play, message: str) -> None:
    """On the question, on the answer, on the follow-up: it is the thread that is done."""
    issue = fold_only(f"{ANSWERED} 50 lena says \n 90 mia marks white_check_mark on {message}")
    assert (issue.only.state, issue.only.full_resolution, issue.only.resolver) == (
        "resolved",
        90,
        "mia",
    )


def test_where_only_the_root_counts_a_check_elsewhere_is_a_check(fold_only: Play) -> None:
    """With ``resolve_on root`` a check on the answer closes nothing, one on the question does."""
    root_only = f"resolve_on root\n{ANSWERED}"
    assert fold_only(f"{root_only} 90 mia marks white_check_mark on 10").only.state == "responded"
    assert fold_only(f"{root_only} 90 mia marks white_check_mark on 0").only.state == "resolved"


@pytest.mark.parametrize(("message", "state"), [("0", "resolved"), ("10", "resolved")])
def test_the_customer_closes_on_the_question_or_on_an_answer(
    fold_only: Play, message: str, state: str
) -> None:
    """“Solved, thank you”: the customer's own check counts there."""
    assert fold_only(f"{ANSWERED} 90 lena marks white_check_mark on {message}").only.state == state


def test_the_customers_check_on_their_own_reply_is_a_check(fold_only: Play) -> None:
    """On a reply of their own it closes nothing."""
    issue = fold_only(f"{ANSWERED} 50 lena says \n 90 lena marks white_check_mark on 50").only
    assert issue.state == "open"


def test_the_customer_may_be_kept_from_closing(fold_only: Play) -> None:
    """Where the channel does not let customers resolve, the check is ignored and answered."""
    result = fold_only(f"customer_may_resolve no\n{ANSWERED} 90 lena marks white_check_mark on 0")
    assert result.only.state == "responded"
    assert result.said("not-allowed") == [Told("not-allowed", "lena", 0)]


def test_another_customer_does_not_close_it(fold_only: Play) -> None:
    """Kim writes in Lena's thread, but it is Lena's issue."""
    issue = fold_only(
        f"{ANSWERED} 50 kim says \n 60 omar answers \n90 kim marks white_check_mark on 10"
    ).only
    assert issue.state == "responded"


def test_people_of_another_company_close_nothing_unless_they_may(fold_only: Play) -> None:
    """In a shared channel a customer's check counts only where an admin switched it on."""
    drawn = f"{ANSWERED} 90 lena marks white_check_mark on 0"
    assert fold_only(f"is_shared yes\n{drawn}").only.state == "responded"
    allowed = f"is_shared yes\noutside_may_close yes\n{drawn}"
    assert fold_only(allowed).only.state == "resolved"


def test_a_check_on_another_thread_is_that_threads(fold_only: Play) -> None:
    """Only the thread that carries the mark is resolved."""
    first, second = fold_only(
        "0 lena asks \n 30 kim asks top \n 90 mia marks white_check_mark on 30"
    ).issues
    assert (first.state, second.state) == ("open", "resolved")


# Taking it back (§4.7)


@pytest.mark.parametrize(
    ("removed", "reopens", "first"), [("620", 0, None), ("621", 1, 20)], ids=["within", "after"]
)
def test_ten_minutes_make_the_difference(
    fold_only: Play, removed: str, reopens: int, first: int | None
) -> None:
    """Up to ten minutes a removal is a slip that never was; a second later it is a reopening."""
    issue = fold_only(f"{CHECKED} {removed} omar unmarks white_check_mark on 0").only
    assert (issue.state, issue.reopens, issue.first_resolution) == ("responded", reopens, first)


def test_a_slip_does_not_swallow_what_was_said_meanwhile(fold_only: Play) -> None:
    """Checked at 20, answered at 50, taken back at 100: the first response is at 50."""
    issue = fold_only(f"""
        {ASKED}
        20   omar  marks white_check_mark on 0
        50   mia   answers
        100  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.frt, issue.waits) == ("responded", 50, ((0, 50, "response"),))


def test_a_slip_does_not_end_a_pause(fold_only: Play) -> None:
    """Waiting on the customer since 15, the slip in between is no interruption."""
    issue = fold_only(f"""
        {CHECKED}
        15   omar  marks hourglass_flowing_sand on 0
        100  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.pauses) == ("waiting", ((15, None),))


def test_after_a_slip_the_next_check_is_the_first(fold_only: Play) -> None:
    """Taken back at 100 and given again at 300: resolved at 300, for the first time."""
    issue = fold_only(f"""
        {CHECKED}
        100  omar  unmarks white_check_mark on 0
        300  omar  marks white_check_mark on 0
    """).only
    assert (issue.first_resolution, issue.full_resolution, issue.reopens) == (300, 300, 0)


@pytest.mark.parametrize(("last", "reopens"), [("600", 0), ("700", 1)])
def test_the_last_check_to_go_decides(fold_only: Play, last: str, reopens: int) -> None:
    """Two checks: the window runs from the resolution, and the last removal is the one judged."""
    issue = fold_only(f"""
        {CHECKED}
        30      mia   marks heavy_check_mark on 10
        100     omar  unmarks white_check_mark on 0
        {last}  mia   unmarks heavy_check_mark on 10
    """).only
    assert (issue.state, issue.reopens) == ("responded", reopens)


def test_two_checks_by_one_person_are_two(fold_only: Play) -> None:
    """One of Omar's checks goes, the other stands."""
    issue = fold_only(f"""
        {CHECKED}
        30    omar  marks white_check_mark on 10
        4000  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.full_resolution) == ("resolved", 20)


def test_what_a_command_resolved_no_removal_undoes(fold_only: Play) -> None:
    """Resolved by command, marked and unmarked afterwards: resolved."""
    issue = fold_only(f"""
        {ANSWERED}
        20   mia   resolves because wont_fix
        50   omar  marks white_check_mark on 0
        100  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.full_resolution, issue.reason) == ("resolved", 20, "wont_fix")


@pytest.mark.parametrize("line", ["20 omar marks white_check_mark on 0", "20 omar resolves"])
def test_undo_takes_back_any_resolution_within_the_window(fold_only: Play, line: str) -> None:
    """The button is for marks and commands alike: it never was."""
    issue = fold_only(f"{ANSWERED} {line} \n 100 mia undoes").only
    assert (issue.state, issue.first_resolution, issue.reopens) == ("responded", None, 0)


def test_undo_comes_too_late_after_the_window(fold_only: Play) -> None:
    """After ten minutes only a reopening, which is counted, takes it back."""
    assert fold_only(f"{CHECKED} 700 mia undoes").only.state == "resolved"
    issue = fold_only(f"{CHECKED} 700 mia reopens").only
    assert (issue.state, issue.reopens, issue.first_resolution) == ("responded", 1, 20)


def test_a_check_that_vanished_in_an_outage_is_never_a_slip(fold_only: Play) -> None:
    """Gone somewhere in (100, 300]: a reopening, for nobody knows that it was a slip."""
    issue = fold_only(f"{CHECKED} 300 omar unmarks white_check_mark on 0 (100, 300]").only
    assert (issue.reopens, issue.first_resolution) == (1, 20)


# Reopening (§4.8)


def test_an_unanswered_customer_waits_again_when_it_reopens(fold_only: Play) -> None:
    """Closed without an answer and reopened by hand: open, and somebody waits."""
    issue = fold_only(f"{ASKED} 20 omar marks white_check_mark on 0 \n 4000 mia reopens").only
    assert (issue.state, issue.reopens) == ("open", 1)
    assert issue.wait is not None


def test_an_answered_customer_does_not(fold_only: Play) -> None:
    """Closed after the answer and reopened by hand: nobody waits."""
    issue = fold_only(f"{CHECKED} 4000 mia reopens").only
    assert (issue.state, issue.wait) == ("responded", None)


def test_after_reopening_old_checks_are_stale(fold_only: Play) -> None:
    """Of two old checks none holds it closed, and another person's new one resolves it."""
    drawn = f"""
        {CHECKED}
        30    mia   marks white_check_mark on 10
        4000  lena  says
    """
    assert fold_only(drawn).only.state == "open"
    issue = fold_only(f"{drawn} 4100 nils marks white_check_mark on 0").only
    assert (issue.state, issue.full_resolution, issue.resolver) == ("resolved", 4100, "nils")
    gone = fold_only(
        f"{drawn} 4100 nils marks white_check_mark on 0 \n4200 mia unmarks white_check_mark on 10"
    ).only
    assert gone.state == "resolved"


@pytest.mark.parametrize(
    "again",
    ["lena says", "mia reopens", "lena marks ticket on 0"],
    ids=["by the customer", "by hand", "by ticket"],
)
def test_a_stale_check_holds_nothing_closed(fold_only: Play, again: str) -> None:
    """Omar's old check still stands; when Mia's new one goes, nothing is left."""
    issue = fold_only(f"""
        {CHECKED}
        1000  {again}
        2000  mia  marks white_check_mark on 0
        4000  mia  unmarks white_check_mark on 0
    """).only
    assert (issue.reopens, issue.reopen_times) == (2, (1000, 4000))


def test_nor_does_it_in_a_follow_up(fold_only: Play) -> None:
    """The first issue's check says nothing about the second."""
    _, after = fold_only(f"""
        reopen_window 3600
        {CHECKED}
        5000  lena  says
        6000  mia   marks white_check_mark on 0
        8000  mia   unmarks white_check_mark on 0
    """).issues
    assert (after.state, after.reopens, after.first_resolution) == ("open", 1, 1000)


@pytest.mark.parametrize(("second", "episodes"), [(3620, [1]), (3621, [1, 2])])
def test_the_reopening_window_has_an_end(fold_only: Play, second: int, episodes: list[int]) -> None:
    """To the second of its end the thread reopens; after it there is a follow-up."""
    result = fold_only(f"reopen_window 3600\n{CHECKED} {second} lena says")
    assert [issue.episode for issue in result.issues] == episodes
    assert result.issues[0].reopens == (1 if episodes == [1] else 0)


def test_thanks_after_the_window_are_thanks(fold_only: Play) -> None:
    """A pleasantry opens no follow-up."""
    assert len(fold_only(f"reopen_window 3600\n{CHECKED} 4000 lena thanks").issues) == 1


def test_a_follow_up_has_clocks_of_its_own(fold_only: Play) -> None:
    """Its response, its resolution; the first issue's old check does not touch it."""
    before, after = fold_only(f"""
        reopen_window 3600
        {CHECKED}
        4000  lena  says
        4060  mia   answers
        4100  omar  unmarks white_check_mark on 0
        4200  mia   marks white_check_mark on 4060
    """).issues
    assert (before.state, before.frt, before.full_resolution, before.reopens) == (
        "resolved",
        10,
        20,
        0,
    )
    assert (after.state, after.frt, after.full_resolution, after.episode) == (
        "resolved",
        60,
        200,
        2,
    )


def test_nobody_reopens_by_hand_after_the_window(fold_only: Play) -> None:
    """After it the matter is a new one."""
    assert fold_only(f"reopen_window 3600\n{CHECKED} 4000 mia reopens").only.state == "resolved"


def test_our_own_words_do_not_reopen(fold_only: Play) -> None:
    """“Glad it works” after the check leaves it resolved."""
    issue = fold_only(f"{CHECKED} 60 omar answers").only
    assert (issue.state, issue.reopens, issue.full_resolution) == ("resolved", 0, 20)


def test_a_customers_ticket_on_a_resolved_thread_reopens(fold_only: Play) -> None:
    """🎫 on the first message within the window says that it is not over."""
    issue = fold_only(f"customers_may_open yes\n{CHECKED} 500 lena marks ticket on 0").only
    assert (issue.reopens, issue.first_resolution) == (1, 20)
    assert issue.state in ("open", "responded")


# Dismissal, merger, snooze (§4.9)


def test_a_dismissal_says_why(fold_only: Play) -> None:
    """By mark it is no issue; by command it has a reason."""
    assert fold_only(f"{ASKED} 20 mia marks wastebasket on 0").only.dismissed == 20
    issue = fold_only(f"{ASKED} 20 mia dismisses because test").only
    assert (issue.state, issue.dismiss_reason) == ("dismissed", "test")


@pytest.mark.parametrize("who", ["lena", "ben"])
def test_only_who_answers_may_dismiss(fold_only: Play, who: str) -> None:
    """Nobody else's 🚫 is a decision."""
    assert fold_only(f"{ASKED} 20 {who} marks no_entry_sign on 0").only.state == "open"


def test_whoever_writes_again_after_a_dismissal_is_heard(fold_only: Play) -> None:
    """That the customer wrote again is remarked, for whoever dismissed it to be told once."""
    result = fold_only(f"""
        {ASKED}
        20  mia   dismisses
        60  lena  says
        70  lena  says
    """)
    assert result.only.state == "dismissed"
    assert {remark.word for remark in result.remarks} == {"wrote-again"}


def test_restoring_finds_what_happened_meanwhile(fold_only: Play) -> None:
    """Dismissed at 20, answered at 60, restored at 100: as if it had never been dismissed."""
    issue = fold_only(f"""
        {ASKED}
        20   mia   dismisses
        60   omar  answers
        100  mia   restores
    """).only
    assert (issue.state, issue.frt, issue.waits) == ("responded", 60, ((0, 60, "response"),))
    assert (issue.dismissed, issue.reopens) == (None, 0)


MERGED = """
    0     kim   asks
    1000  lena  asks top
    1060  omar  answers in 1000
    1100  omar  merges in 1000 into 0
"""


def test_a_merger_is_one_issue_from_the_earlier_opening(fold_only: Play) -> None:
    """The first response is found over both: 1060 seconds after the earlier one."""
    survivor, merged = fold_only(MERGED).issues
    assert (survivor.state, survivor.opened, survivor.frt) == ("responded", 0, 1060)
    assert (merged.state, merged.merged_into) == ("merged", 0)


def test_the_earlier_issue_survives_whichever_was_named_first(fold_only: Play) -> None:
    """Merged the other way round, the outcome is the same."""
    swapped = MERGED.replace("in 1000 into 0", "in 0 into 1000")
    survivor, merged = fold_only(swapped).issues
    assert (survivor.opened, survivor.frt, merged.state) == (0, 1060, "merged")


def test_a_mark_in_the_merged_thread_closes_the_survivor(fold_only: Play) -> None:
    """Both threads are one conversation now."""
    survivor, _ = fold_only(f"{MERGED} 1200 mia marks white_check_mark on 1060").issues
    assert (survivor.state, survivor.full_resolution) == ("resolved", 1200)


@pytest.mark.parametrize(("when", "is_apart"), [("23h", True), ("26h", False)])
def test_a_merger_can_be_taken_back_for_a_day(fold_only: Play, when: str, is_apart: bool) -> None:
    """Within 24 hours both are what they were; later it stays."""
    survivor, merged = fold_only(f"{MERGED} {when} omar unmerges in 1000").issues
    assert merged.state == ("responded" if is_apart else "merged")
    assert survivor.frt == (None if is_apart else 1060)


def test_a_priority_is_what_was_said_last(fold_only: Play) -> None:
    """By command; nobody's message changes it."""
    assert fold_only(f"{ASKED} 20 omar ranks to urgent \n 60 omar ranks to low").only.priority == (
        "low"
    )


def test_snoozing_is_no_state(fold_only: Play) -> None:
    """It mutes reminders; the clocks run on."""
    issue = fold_only(f"{ASKED} 20 omar snoozes until 9000 \n 60 omar answers").only
    assert (issue.state, issue.frt, issue.snoozed_until) == ("responded", 60, 9000)


def test_a_customer_ends_a_snooze(fold_only: Play) -> None:
    """What they write wakes everybody."""
    issue = fold_only(f"{ANSWERED} 20 omar snoozes until 9000 \n 60 lena says").only
    assert (issue.state, issue.snoozed_until) == ("open", None)


PARKED = f"auto_close 3600\n{ANSWERED} 30 omar marks hourglass_flowing_sand on 0\n"


def test_a_customer_who_does_not_reply_is_closed_apart_from_the_rest(fold_only: Play) -> None:
    """Closed by the clock, with a reason of its own."""
    issue = fold_only(f"{PARKED} 3630 timer auto-close").only
    assert (issue.state, issue.reason, issue.resolved_via) == (
        "resolved",
        "no_customer_reply",
        "auto",
    )


def test_a_snoozed_issue_is_never_closed_by_the_clock(fold_only: Play) -> None:
    """Somebody said when they will look again."""
    assert fold_only(
        f"{PARKED} 40 omar snoozes until 9000 \n 3630 timer auto-close"
    ).only.state == ("waiting")


def test_the_clock_of_an_older_pause_closes_nothing(fold_only: Play) -> None:
    """The customer wrote, and it waits anew since 3000: the first pause's hour has no say."""
    issue = fold_only(f"""
        {PARKED}
        2000  lena  says
        2500  omar  answers
        3000  omar  marks hourglass_flowing_sand on 2500
        3630  timer auto-close
    """).only
    assert (issue.state, issue.pauses) == ("waiting", ((30, 2000), (3000, None)))


def test_a_slip_that_shows_only_later_takes_no_later_check_along(fold_only: Play) -> None:
    """Without Kim's deleted message the check at 10 was a slip, and the one at 40 stands."""
    issue = fold_only(f"""
        {ASKED}
        10   omar  marks white_check_mark on 0
        20   kim   says
        30   omar  unmarks white_check_mark on 0
        40   omar  marks white_check_mark on 0
        500  kim   deletes 20
    """).only
    assert (issue.state, issue.full_resolution, issue.reopens) == ("resolved", 40, 0)


def test_a_restored_issue_keeps_what_was_resolved_meanwhile(fold_only: Play) -> None:
    """Dismissed at 10 and restored at 2000: a slip at 20 and a check at 1000 lie between."""
    issue = fold_only(f"""
        {ASKED}
        10    mia   dismisses
        20    omar  marks white_check_mark on 0
        50    omar  unmarks white_check_mark on 0
        1000  omar  marks white_check_mark on 0
        2000  mia   restores
    """).only
    assert (issue.state, issue.full_resolution) == ("resolved", 1000)


def test_an_answer_after_the_check_is_the_first_response_all_the_same(fold_only: Play) -> None:
    """Closed at 20 and answered at 50: §4.2 asks for the earliest answer, in whatever state."""
    drawn = f"{ASKED} 20 omar marks white_check_mark on 0 \n 50 omar answers"
    issue = fold_only(drawn).only
    assert (issue.state, issue.frt, issue.waits) == ("resolved", 50, ((0, 20, "resolve"),))
    reopened = fold_only(f"{drawn} \n 4000 omar unmarks white_check_mark on 0").only
    assert (reopened.state, reopened.frt, reopened.wait) == ("responded", 50, None)
