"""What acknowledges, what answers and what waits (support-spec §4.1–§4.6), a sentence a ruling."""

from __future__ import annotations

import pytest

from tests.support.conftest import Play
from tests.support.drawn_seen import Told

ASKED = "0 lena asks\n"
ANSWERED = "0 lena asks\n20 omar answers\n"


# Acknowledgement (§4.1)


def test_any_customer_message_can_be_acknowledged(fold_only: Play) -> None:
    """Eyes on the customer's second message acknowledge the issue."""
    issue = fold_only(f"{ASKED} 10 lena says \n 30 mia marks wave on 10").only
    assert (issue.state, issue.tta, issue.acknowledged_by) == ("acknowledged", 30, "mia")


@pytest.mark.parametrize("who", ["ben", "lena", "kim"])
def test_only_who_answers_can_acknowledge(fold_only: Play, who: str) -> None:
    """Eyes by a bystander or a customer are eyes."""
    issue = fold_only(f"{ASKED} 30 {who} marks eyes on 0").only
    assert (issue.state, issue.tta) == ("open", None)


def test_eyes_on_a_colleagues_words_acknowledge_nothing(fold_only: Play) -> None:
    """An acknowledgement is of a customer's message, not of a note among ourselves."""
    issue = fold_only(f"{ASKED} 10 omar notes \n 30 mia marks eyes on 10").only
    assert (issue.state, issue.tta) == ("open", None)


def test_an_acknowledgement_taken_back_at_once_never_was(fold_only: Play) -> None:
    """Eyes at 10, gone at 100: nobody acknowledged."""
    issue = fold_only(f"{ASKED} 10 omar marks eyes on 0 \n 100 omar unmarks eyes on 0").only
    assert (issue.state, issue.tta, issue.acknowledged_by) == ("open", None, "")


def test_an_acknowledgement_tidied_away_later_stays(fold_only: Play) -> None:
    """Eyes at 10, gone at 700: acknowledged at 10."""
    issue = fold_only(f"{ASKED} 10 omar marks eyes on 0 \n 700 omar unmarks eyes on 0").only
    assert (issue.state, issue.tta) == ("acknowledged", 10)


def test_an_acknowledgement_stays_where_another_stands(fold_only: Play) -> None:
    """Two acknowledged; one takes it back at once: it is acknowledged all the same."""
    issue = fold_only(f"""
        {ASKED}
        10   omar  marks eyes on 0
        20   mia   marks wave on 0
        100  omar  unmarks eyes on 0
    """).only
    assert issue.state == "acknowledged"
    assert issue.tta is not None


def test_saying_that_one_is_on_it_acknowledges(fold_only: Play) -> None:
    """The button “On it” and an assignment by command both acknowledge."""
    for line in ("15 mia claims", "15 mia assigns to mia", "15 mia marks raising_hand on 0"):
        issue = fold_only(f"{ASKED} {line}").only
        assert (issue.state, issue.tta, issue.assignee) == ("acknowledged", 15, "mia"), line


# First response (§4.2)


def test_a_lock_makes_a_message_a_note(fold_only: Play) -> None:
    """A colleague's lock within ten minutes: the message at 20 was never a response."""
    issue = fold_only(f"{ANSWERED} 100 mia marks lock on 20 \n 200 omar answers").only
    assert (issue.frt, issue.waits) == (200, ((0, 200, "response"),))


@pytest.mark.parametrize("line", ["700 mia marks lock on 20", "100 lena marks lock on 20"])
def test_a_lock_too_late_or_by_a_customer_does_not(fold_only: Play, line: str) -> None:
    """After ten minutes, or from the other side, a lock changes nothing."""
    assert fold_only(f"{ANSWERED} {line}").only.frt == 20


def test_a_lock_that_was_a_slip_locks_nothing(fold_only: Play) -> None:
    """Put on at 100 and off at 150: the message at 20 is a response as before."""
    issue = fold_only(f"{ANSWERED} 100 mia marks lock on 20 \n 150 mia unmarks lock on 20").only
    assert (issue.state, issue.frt) == ("responded", 20)


def test_naming_a_colleague_is_routing(fold_only: Play) -> None:
    """A message that says nothing but a colleague's name answers nothing."""
    issue = fold_only(f"{ASKED} 20 omar routes \n 90 mia answers").only
    assert (issue.frt, issue.responded_by) == (90, "mia")


def test_a_file_is_an_answer(fold_only: Play) -> None:
    """A screenshot without a word counts."""
    assert fold_only(f"{ASKED} 20 omar shares").only.frt == 20


@pytest.mark.parametrize("text", ["🔒 is this ours", ":lock: is this ours", "  // hm"])
def test_every_note_prefix_makes_a_note(fold_only: Play, text: str) -> None:
    """What begins with the prefix is for colleagues."""
    assert fold_only(f'{ASKED} 20 omar "{text}"').only.frt is None


def test_an_answer_given_elsewhere_counts_and_says_so(fold_only: Play) -> None:
    """“Mark replied” is a response at its time, flagged manual."""
    issue = fold_only(f"{ASKED} 50 mia replied").only
    assert (issue.state, issue.frt, issue.response_flags) == ("responded", 50, "manual")
    assert issue.waits == ((0, 50, "response"),)


def test_a_mirrored_reply_of_an_agent_is_an_answer(fold_only: Play) -> None:
    """What a human wrote in the social tool, posted here in the thread, counts."""
    assert fold_only("0 relay posts @maya top \n 60 crm posts @us").only.frt == 60


def test_where_the_answer_is_given_in_the_tool_only_its_copy_counts(fold_only: Play) -> None:
    """With ``relay_out`` a word in the thread is not an answer to the customer."""
    issue = fold_only("""
        response_signal relay_out
        0   relay  posts @maya top
        20  omar   answers
        60  crm    posts @us
    """).only
    assert (issue.frt, issue.waits) == (60, ((0, 60, "response"),))


def test_where_a_mark_says_that_it_was_sent_the_message_counts_at_its_time(
    fold_only: Play,
) -> None:
    """With ``marker`` the answer at 50 counts because 📤 was put on it at 90; at 20 none was."""
    issue = fold_only("""
        response_signal marker
        0   relay  posts @maya top
        20  omar   answers
        50  omar   answers
        90  mia    marks outbox_tray on 50
    """).only
    assert (issue.state, issue.frt) == ("responded", 50)


def test_a_sent_mark_that_was_a_slip_sends_nothing(fold_only: Play) -> None:
    """📤 put on at 90 and off at 100: the draft is a draft."""
    issue = fold_only("""
        response_signal marker
        0    lena  asks
        50   omar  answers
        90   mia   marks outbox_tray on 50
        100  mia   unmarks outbox_tray on 50
    """).only
    assert (issue.state, issue.frt) == ("open", None)


def test_without_the_mark_nothing_was_sent(fold_only: Play) -> None:
    """With ``marker`` an unmarked answer is a draft, and a customer's own mark is no proof."""
    issue = fold_only("""
        response_signal marker
        0   lena  asks
        20  omar  answers
        90  lena  marks outbox_tray on 20
    """).only
    assert (issue.state, issue.frt, issue.wait) == ("open", None, 0)


def test_a_mirrored_reply_finds_its_conversation(fold_only: Play) -> None:
    """Posted at the top of the channel, it answers the conversation that it names."""
    first, second = fold_only("""
        0    relay  posts @maya top conversation c1
        700  relay  posts @noor top conversation c2
        760  crm    posts @us top conversation c2
    """).issues
    assert (first.frt, second.frt) == (None, 60)
    assert second.response_flags == ""


def test_answers_are_counted_until_the_first_resolution(fold_only: Play) -> None:
    """Three answers, a check and another answer after reopening: three to resolve."""
    issue = fold_only(f"""
        {ANSWERED}
        500   omar  answers
        1000  mia   answers
        1500  mia   marks white_check_mark on 0
        2000  lena  says
        2100  mia   answers
    """).only
    assert issue.responses == 3


# Waits (§4.3)


def test_an_answer_after_reopening_is_a_next_response(fold_only: Play) -> None:
    """The first response is never moved by a second round."""
    issue = fold_only(f"""
        {ANSWERED}
        40    omar  marks white_check_mark on 0
        4000  lena  says
        4060  mia   answers
    """).only
    assert (issue.frt, issue.nrt, issue.responded_by) == (20, (60,), "omar")


def test_the_answer_to_a_question_is_never_a_pleasantry(fold_only: Play) -> None:
    """“ok” answers “shall we?”: the customer waits again."""
    issue = fold_only(f"{ASKED} 20 omar asks \n 60 lena thanks").only
    assert (issue.state, issue.wait, issue.suppressed) == ("open", 60, 0)


def test_thanks_after_a_statement_are_a_pleasantry(fold_only: Play) -> None:
    """“ok” after “done” starts nothing, and is counted."""
    issue = fold_only(f"{ANSWERED} 60 lena thanks").only
    assert (issue.state, issue.wait, issue.suppressed) == ("responded", None, 1)


# Claim and assignment (§4.4)


def test_the_first_to_claim_has_it(fold_only: Play) -> None:
    """Mia claims at 10; Omar, at 20, takes part."""
    issue = fold_only(f"""
        {ASKED}
        10  mia   marks raising_hand on 0
        20  omar  marks raising_hand on 0
    """).only
    assert (issue.assignee, issue.participants) == ("mia", ("omar",))


def test_taking_ones_own_claim_back_unassigns(fold_only: Play) -> None:
    """A live issue may be nobody's; the other's hand does not inherit it."""
    issue = fold_only(f"""
        {ASKED}
        10    mia  marks raising_hand on 0
        1000  mia  unmarks raising_hand on 0
    """).only
    assert (issue.assignee, issue.state) == ("", "acknowledged")
    assert issue.assignees == ((10, "mia"), (1000, ""))


def test_another_hand_that_goes_down_changes_nothing(fold_only: Play) -> None:
    """Omar's hand was never the claim."""
    issue = fold_only(f"""
        {ASKED}
        10    mia   marks raising_hand on 0
        20    omar  marks raising_hand on 0
        1000  omar  unmarks raising_hand on 0
    """).only
    assert issue.assignee == "mia"


def test_after_it_is_resolved_a_hand_that_goes_down_changes_nothing(fold_only: Play) -> None:
    """Who had it when it was resolved keeps the credit."""
    issue = fold_only(f"""
        {ASKED}
        10    mia   marks raising_hand on 0
        40    omar  marks white_check_mark on 0
        1000  mia   unmarks raising_hand on 0
    """).only
    assert (issue.assignee, issue.state) == ("mia", "resolved")


def test_who_answers_first_has_it_unless_somebody_claimed(fold_only: Play) -> None:
    """An answer assigns an issue that is nobody's, and takes it from nobody."""
    assert fold_only(ANSWERED).only.assignee == "omar"
    assert fold_only(f"auto_assign_first_responder no\n{ANSWERED}").only.assignee == ""
    claimed = fold_only(f"{ANSWERED} 10 mia claims").only
    assert (claimed.assignee, claimed.responded_by) == ("mia", "omar")


def test_reassigning_keeps_the_whole_history(fold_only: Play) -> None:
    """Mia, then Nils, then nobody: all with their times."""
    issue = fold_only(f"""
        {ASKED}
        10  mia   claims
        50  mia   assigns to nils
        90  nils  assigns to nobody
    """).only
    assert issue.assignees == ((10, "mia"), (50, "nils"), (90, ""))
    assert issue.assignee == ""


# Waiting on the customer (§4.5)


def test_all_hourglasses_must_go(fold_only: Play) -> None:
    """Two responders wait; one stops: it still waits on the customer."""
    marks = f"""
        {ANSWERED}
        30  omar  marks hourglass_flowing_sand on 0
        40  mia   marks hourglass_flowing_sand on 20
        90  omar  unmarks hourglass_flowing_sand on 0
    """
    assert fold_only(marks).only.state == "waiting"
    issue = fold_only(f"{marks} 120 mia unmarks hourglass_flowing_sand on 20").only
    assert (issue.state, issue.pauses) == ("responded", ((30, 120),))


def test_an_hourglass_is_stale_once_the_customer_wrote(fold_only: Play) -> None:
    """The customer wrote at 100: the old mark pauses nothing after the next answer."""
    drawn = f"""
        {ANSWERED}
        30   omar  marks hourglass_flowing_sand on 0
        100  lena  says
        150  omar  answers
        160  omar  unmarks hourglass_flowing_sand on 0
    """
    issue = fold_only(drawn).only
    assert (issue.state, issue.pauses, issue.nrt) == ("responded", ((30, 100),), (50,))
    again = fold_only(f"{drawn} 200 omar marks hourglass_flowing_sand on 0").only
    assert (again.state, again.pauses) == ("waiting", ((30, 100), (200, None)))


def test_a_refused_hourglass_does_not_lie_in_wait(fold_only: Play) -> None:
    """Refused at 10, it does not begin a pause when the answer comes at 20."""
    issue = fold_only(f"{ANSWERED} 10 omar marks hourglass_flowing_sand on 0").only
    assert (issue.state, issue.pauses) == ("responded", ())


@pytest.mark.parametrize("who", ["lena", "ben"])
def test_only_who_answers_can_wait_on_the_customer(fold_only: Play, who: str) -> None:
    """An hourglass by anybody else pauses nothing."""
    issue = fold_only(f"{ANSWERED} 30 {who} marks hourglass_flowing_sand on 0").only
    assert (issue.state, issue.pauses) == ("responded", ())


@pytest.mark.parametrize("who", ["lena", "ben"])
def test_nor_can_they_keep_it_waiting(fold_only: Play, who: str) -> None:
    """When the last hourglass of a responder goes, nobody else's holds the pause."""
    issue = fold_only(f"""
        {ANSWERED}
        30  omar   marks hourglass_flowing_sand on 0
        40  {who}  marks hourglass_flowing_sand on 20
        90  omar   unmarks hourglass_flowing_sand on 0
    """).only
    assert (issue.state, issue.pauses) == ("responded", ((30, 90),))


def test_an_acknowledgement_of_a_later_message_can_be_a_slip_too(fold_only: Play) -> None:
    """Eyes on the follow-up, gone at once: it is as open as before, and the first answer stands."""
    issue = fold_only(f"""
        {ANSWERED}
        100  lena  says
        110  omar  marks eyes on 100
        150  omar  unmarks eyes on 100
    """).only
    assert (issue.state, issue.tta, issue.wait) == ("open", 20, 100)


def test_answering_can_mean_waiting(fold_only: Play) -> None:
    """Where the channel chose it, an answer waits on the customer at once."""
    issue = fold_only(f"auto_wait_on_response yes\n{ANSWERED} 100 lena says").only
    assert (issue.state, issue.pauses) == ("open", ((20, 100),))


# Answers outside the thread (§4.6)


def test_a_mention_that_could_mean_two_issues_means_none(fold_only: Play) -> None:
    """Lena has two live issues: nothing is attached, and Omar is asked."""
    result = fold_only("""
        0     lena  asks
        1000  lena  asks top
        1100  omar  answers top mentioning lena
    """)
    assert [issue.frt for issue in result.issues] == [None, None]
    assert result.said("unattached") == [Told("unattached", "omar", 1100)]


def test_a_link_to_a_message_says_which(fold_only: Play) -> None:
    """Of two issues, the one whose message is linked is answered."""
    first, second = fold_only("""
        0     lena  asks
        1000  lena  asks top
        1100  omar  answers top linking 1000
    """).issues
    assert (first.frt, second.frt, second.response_flags) == (None, 100, "inferred")


def test_a_resolved_issue_is_not_answered_by_a_mention(fold_only: Play) -> None:
    """Of two issues of Lena's, one is resolved: the mention can only mean the other."""
    first, second = fold_only("""
        0     lena  asks
        20    omar  marks white_check_mark on 0
        1000  lena  asks top
        1100  omar  answers top mentioning lena
    """).issues
    assert (first.frt, second.frt) == (None, 100)


ADJACENT = "infer_channel_replies adjacent\n0 lena asks\n"


def test_the_next_words_in_the_channel_can_be_the_answer(fold_only: Play) -> None:
    """With ``adjacent``, what follows the only unanswered issue answers it."""
    issue = fold_only(f"{ADJACENT} 60 omar answers top").only
    assert (issue.frt, issue.response_flags) == (60, "inferred")


@pytest.mark.parametrize(
    "lines",
    [
        "1801 omar answers top",
        "30 kim asks top \n 60 omar answers top",
        "30 kim thanks top \n 60 omar answers top",
        "10 mia answers \n 30 lena says \n 40 mia answers \n 60 omar answers top",
    ],
    ids=["after half an hour", "with two unanswered", "after another customer", "answered"],
)
def test_but_only_where_nothing_else_can_be_meant(fold_only: Play, lines: str) -> None:
    """Too late, two candidates, another customer between, or nothing to answer: not inferred."""
    for issue in fold_only(f"{ADJACENT} {lines}").issues:
        assert issue.response_flags == ""
        assert issue.responded_by in ("", "mia")


def test_by_default_words_in_the_channel_answer_nobody(fold_only: Play) -> None:
    """Without a name or a link nothing is guessed."""
    assert fold_only(f"{ASKED} 60 omar answers top").only.frt is None


def test_a_message_can_be_attached_by_hand(fold_only: Play) -> None:
    """“Attach to issue” makes it a response at its own time."""
    issue = fold_only(f"{ASKED} 60 omar answers top \n 500 omar attaches 60 in 0").only
    assert (issue.frt, issue.state) == (60, "responded")


def test_what_was_inferred_can_be_taken_away(fold_only: Play) -> None:
    """An inferred answer that was none is detached, and the clock ran all the while."""
    issue = fold_only(f"""
        {ASKED}
        60   omar  answers top mentioning lena
        500  omar  detaches 60
        900  omar  answers
    """).only
    assert (issue.frt, issue.response_flags) == (900, "")


def test_a_customers_broadcast_opens_nothing(fold_only: Play) -> None:
    """A reply shown in the channel too is in its thread alone."""
    issue = fold_only(f"{ANSWERED} 60 lena asks broadcast").only
    assert (issue.state, issue.wait) == ("open", 60)
