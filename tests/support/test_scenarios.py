"""The conformance scenarios S01–S32 of support-spec §11, each as it stands in the table.

Every one is played six ways (``conftest.play``): in order, in shuffled orders with every entry
twice, and through a real ledger and its projections on both databases. Where a promise speaks of
aggregates or of Slack's surfaces, this is the part that the fold answers for.
"""

from __future__ import annotations

import pytest

from tests.support.conftest import Play
from tests.support.drawn_cast import CAST
from tests.support.drawn_seen import Told


def test_s01_what_the_bot_says_is_not_a_response(play: Play) -> None:
    """The bot's receipt at 5 does not count; the responder's answer at 60 does."""
    issue = play("""
        0   lena  asks
        5   bot   says
        60  omar  answers
    """).only
    assert (issue.frt, issue.responded_by, issue.state) == (60, "omar", "responded")
    assert (issue.opened, issue.via, issue.customer) == (0, "message", "lena")
    assert (issue.response_flags, issue.response_low) == ("", None)


def test_s02_a_reaction_acknowledges_and_does_not_respond(play: Play) -> None:
    """Eyes at 30 are an acknowledgement; the answer at 90 is the response."""
    issue = play("""
        0   lena  asks
        30  omar  marks eyes on 0
        90  omar  answers
    """).only
    assert (issue.tta, issue.frt) == (30, 90)


def test_s02_with_acknowledgements_counted_the_reaction_is_the_response(play: Play) -> None:
    """Where a team chose that acknowledgements count, the first response is at 30."""
    issue = play("""
        ack_counts_as_response yes
        0   lena  asks
        30  omar  marks eyes on 0
        90  omar  answers
    """).only
    assert (issue.tta, issue.frt) == (30, 30)


def test_s03_a_wait_begins_with_the_oldest_unanswered_message(play: Play) -> None:
    """Three messages in a row are one wait of 100 seconds, and no next response."""
    issue = play("""
        0    lena  asks
        40   lena  says
        80   lena  says
        100  omar  answers
    """).only
    assert issue.waits == ((0, 100, "response"),)
    assert (issue.frt, issue.nrt) == (100, ())


def test_s04_a_follow_up_is_clocked_from_its_first_message(play: Play) -> None:
    """Asked again at 50 and 70, answered at 110: one next response of 60 seconds."""
    issue = play("""
        0    lena  asks
        10   omar  answers
        50   lena  says
        70   lena  says
        110  omar  answers
    """).only
    assert (issue.frt, issue.nrt) == (10, (60,))


def test_s05_closing_ends_a_wait_without_being_an_answer(play: Play) -> None:
    """A check at 60 ends the wait that began at 50; it is waiting time, but no response."""
    issue = play("""
        0   lena  asks
        10  omar  answers
        50  lena  says
        60  omar  marks white_check_mark on 0
    """).only
    assert (issue.state, issue.nrt, issue.customer_wait) == ("resolved", (), 20)
    assert issue.waits == ((0, 10, "response"), (50, 60, "resolve"))


def test_s06_an_internal_note_is_not_a_response(play: Play) -> None:
    """“// ask dev” at 10 does not count; the answer at 50 does."""
    issue = play("""
        0   lena  asks
        10  omar  "// ask dev"
        50  omar  answers
    """).only
    assert issue.frt == 50


def test_s07_a_response_that_is_taken_back_at_once_never_was(play: Play) -> None:
    """Deleted at 20, the message at 10 counts for nothing; the one at 99 is the first."""
    issue = play("""
        0   lena  asks
        10  omar  answers
        20  omar  deletes 10
        99  omar  answers
    """).only
    assert issue.frt == 99


def test_s07_tidying_up_the_next_day_changes_nothing(play: Play) -> None:
    """Deleted after 25 hours, the response at 10 stays what it was."""
    issue = play("""
        0    lena  asks
        10   omar  answers
        99   omar  answers
        25h  omar  deletes 10
    """).only
    assert issue.frt == 10


def test_s08_a_second_check_keeps_an_issue_resolved(play: Play) -> None:
    """The first check at 20 is the resolution; taken away at 700, the other's still stands."""
    issue = play("""
        0    lena  asks
        10   omar  answers
        20   omar  marks white_check_mark on 0
        30   mia   marks white_check_mark on 10
        700  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.full_resolution, issue.resolver) == ("resolved", 20, "omar")
    assert (issue.co_resolvers, issue.reopens) == (("mia",), 0)


def test_s09_a_check_taken_back_within_ten_minutes_never_was(play: Play) -> None:
    """Removed after 80 seconds: live again, no reopening, no resolution."""
    issue = play("""
        0    lena  asks
        10   omar  answers
        20   omar  marks white_check_mark on 0
        100  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.reopens) == ("responded", 0)
    assert (issue.first_resolution, issue.full_resolution) == (None, None)
    assert issue.spells == ((0, None, ""),)


def test_s10_a_check_taken_back_later_reopens(play: Play) -> None:
    """Removed after more than an hour: a reopening; nobody waits, for the last word was ours."""
    issue = play("""
        0     lena  asks
        10    omar  answers
        20    omar  marks white_check_mark on 0
        4000  omar  unmarks white_check_mark on 0
    """).only
    assert (issue.state, issue.reopens, issue.reopen_times) == ("responded", 1, (4000,))
    assert (issue.first_resolution, issue.full_resolution, issue.wait) == (20, None, None)


def test_s11_an_old_check_is_stale_until_it_is_given_again(play: Play) -> None:
    """Written again at 4000, it is open; the old check removed does nothing, added resolves."""
    issue = play("""
        0     lena  asks
        10    omar  answers
        20    omar  marks white_check_mark on 0
        4000  lena  says
        4100  omar  unmarks white_check_mark on 0
        4200  omar  marks white_check_mark on 0
    """).only
    assert (issue.reopens, issue.first_resolution, issue.full_resolution) == (1, 20, 4200)
    assert issue.spells == ((0, 20, "resolved"), (4000, 4200, "resolved"))


def test_s12_thanks_do_not_reopen(play: Play) -> None:
    """“cảm ơn bạn!” after the check leaves it resolved, and the suppression is counted."""
    issue = play("""
        0   lena  asks
        10  omar  answers
        20  omar  marks white_check_mark on 0
        60  lena  "cảm ơn bạn!"
    """).only
    assert (issue.state, issue.suppressed, issue.reopens) == ("resolved", 1, 0)


def test_s13_thanks_with_a_question_reopen(play: Play) -> None:
    """“thanks, but it still fails?” after the check opens it again."""
    issue = play("""
        0   lena  asks
        10  omar  answers
        20  omar  marks white_check_mark on 0
        60  lena  "thanks, but it still fails?"
    """).only
    assert (issue.state, issue.reopens, issue.suppressed) == ("open", 1, 0)
    assert (issue.frt, issue.first_resolution, issue.wait) == (10, 20, 60)


def test_s14_after_the_window_the_same_thread_is_another_issue(play: Play) -> None:
    """Written after 169 hours, there is a second issue with clocks of its own."""
    before, after = play("""
        0     lena  asks
        20    omar  marks white_check_mark on 0
        169h  lena  asks
    """).issues
    assert (before.state, before.reopens, before.full_resolution) == ("resolved", 0, 20)
    assert (after.state, after.root, after.episode, after.follow_up_of) == ("open", 0, 2, (0, 1))
    assert (after.opened, after.frt, after.wait) == (169 * 3600, None, 169 * 3600)


def test_s15_arrival_plays_no_part(play: Play) -> None:
    """Delivered as answer, question, check, each twice: the same as in order, once."""
    drawing = [
        "10  omar  answers in 0",
        "0   lena  asks top",
        "20  omar  marks white_check_mark on 0",
    ]
    one, two, three = drawing
    issue = play("\n".join([one, two, three])).only
    assert (issue.frt, issue.full_resolution, issue.waits) == (10, 20, ((0, 10, "response"),))
    assert issue == play("\n".join([two, one, three])).only


def test_s16_a_mark_whose_removal_arrived_first_is_gone(play: Play) -> None:
    """Removed at 30 and added at 20, in whichever order they arrive: no mark."""
    issue = play("""
        0   lena  asks
        30  omar  unmarks white_check_mark on 0
        20  omar  marks white_check_mark on 0
    """).only
    assert (issue.state, issue.first_resolution, issue.reopens) == ("open", None, 0)


def test_s17_a_reply_sent_to_the_channel_too_is_a_reply(play: Play) -> None:
    """A broadcast at 15 answers its thread and opens nothing."""
    issue = play("""
        0   lena  asks
        15  omar  answers broadcast in 0
    """).only
    assert issue.frt == 15


def test_s18_an_answer_beside_the_thread_counts_where_it_names_the_customer(play: Play) -> None:
    """At the top of the channel, naming the only customer who waits: a response, inferred."""
    issue = play("""
        0   lena  asks
        25  omar  answers top mentioning lena
    """).only
    assert (issue.frt, issue.response_flags) == (25, "inferred")


def test_s18_switched_off_it_does_not(play: Play) -> None:
    """With the inference off the same message answers nothing."""
    issue = play("""
        infer_channel_replies off
        0   lena  asks
        25  omar  answers top mentioning lena
    """).only
    assert (issue.frt, issue.state, issue.wait) == (None, "open", 0)


def test_s19_nobody_is_waited_for_before_an_answer(play: Play) -> None:
    """An hourglass before any response is refused, and the clocks run."""
    result = play("""
        0   lena  asks
        10  omar  marks hourglass_flowing_sand on 0
        60  omar  answers
    """)
    assert result.said("not-yet") == [Told("not-yet", "omar", 0)]
    assert (result.only.frt, result.only.pauses, result.only.state) == (60, (), "responded")


def test_s19_nor_while_a_follow_up_is_unanswered(play: Play) -> None:
    """An hourglass while the customer waits is refused, and the clocks run."""
    result = play("""
        0    lena  asks
        10   omar  answers
        50   lena  asks
        60   omar  marks hourglass_flowing_sand on 10
        110  omar  answers
    """)
    assert result.said("not-yet") == [Told("not-yet", "omar", 10)]
    assert (result.only.nrt, result.only.pauses, result.only.state) == ((60,), (), "responded")


def test_s20_another_customer_in_the_thread_is_waited_with(play: Play) -> None:
    """Kim asks at 200 in Lena's thread and is answered at 260: a next response of 60."""
    issue = play("""
        0    lena  asks
        100  omar  answers
        200  kim   asks
        260  omar  answers
    """).only
    assert (issue.frt, issue.nrt, issue.customer) == (100, (60,), "lena")
    assert "kim" in issue.participants


def test_s21_posts_by_one_handle_join_within_ten_minutes(play: Play) -> None:
    """A post eight minutes later is the same matter."""
    issue = play("""
        0   relay  posts @maya top
        8m  relay  posts @maya top
    """).only
    assert (issue.opened, issue.via, issue.customer) == (0, "relay", "instagram:maya")
    assert issue.waits == ((0, None, ""),)


def test_s21_and_not_after(play: Play) -> None:
    """A post twelve minutes later is another."""
    first, second = play("""
        0    relay  posts @maya top
        12m  relay  posts @maya top
    """).issues
    assert (first.opened, second.opened) == (0, 720)


def test_s22_an_unknown_program_opens_nothing_and_is_hinted_at(play: Play) -> None:
    """A post by a program that no rule allows: no issue, one hint."""
    result = play("0 stranger posts top")
    assert result.issues == ()
    assert [hint.word for hint in result.remarks] == ["unknown-bot"]


def test_s23_a_late_ticket_reads_the_thread_from_its_message(play: Play) -> None:
    """Tracked after three days: opened at the reply, answered by the first answer after it."""
    issue = play("""
        mode manual
        0    lena  asks
        50   omar  answers
        100  lena  asks
        160  mia   answers
        200  omar  answers
        3d   mia   marks ticket on 100
    """).only
    assert (issue.root, issue.opened, issue.tracked, issue.via) == (0, 100, 3 * 86_400, "mark")
    assert (issue.frt, issue.responded_by) == (60, "mia")


def test_s24_a_check_found_after_an_outage_is_bounded(play: Play) -> None:
    """Deaf in (100, 5000]: the answer at 200 is exact, the check lies between it and 5000."""
    issue = play("""
        0     lena  asks
        200   omar  answers late
        5000  omar  marks white_check_mark on 0 (100, 5000]
    """).only
    assert (issue.state, issue.bounds, issue.full_resolution) == ("resolved", (200, 5000), 5000)
    assert (issue.frt, issue.response_low) == (200, None)


def test_s25_a_check_found_beside_an_unanswered_message_is_asked_about(play: Play) -> None:
    """The customer wrote at 300, in the same outage: open, and “resolved?” is asked."""
    result = play("""
        0     lena  asks
        200   omar  answers late
        300   lena  says late
        5000  omar  marks white_check_mark on 0 (100, 5000]
    """)
    issue = result.only
    assert (issue.state, issue.wait, issue.asked) == ("open", 300, 5000)
    assert (issue.first_resolution, issue.reopens) == (None, 0)
    assert [remark.word for remark in result.remarks] == ["confirm"]


def test_s26_an_archived_channel_orphans_what_is_open(play: Play) -> None:
    """Archived at 500 while open: orphaned then, and censored there."""
    issue = play("""
        0    lena     asks
        500  channel  archived
    """).only
    assert (issue.state, issue.orphaned, issue.wait) == ("open", 500, 0)
    assert issue.orphan_reason


def test_s27_a_bystander_closes_nothing(play: Play) -> None:
    """Ben's check is ignored, and he is told once in private."""
    result = play("""
        0   lena  asks
        10  omar  answers
        20  ben   marks white_check_mark on 0
    """)
    assert (result.only.state, result.only.first_resolution) == ("responded", None)
    assert result.said("not-allowed") == [Told("not-allowed", "ben", 0)]


def test_s28_a_dismissed_issue_is_in_no_time_figure(play: Play) -> None:
    """Dismissed after a breach: it has no response, and its wait ended by dismissal."""
    issue = play("""
        0   lena  asks
        5h  omar  marks no_entry_sign on 0
    """).only
    assert (issue.state, issue.dismissed, issue.frt) == ("dismissed", 5 * 3600, None)
    assert issue.waits == ((0, 5 * 3600, "dismiss"),)


def test_s29_the_hour_that_is_skipped_is_not_counted(play: Play) -> None:
    """Asked 00:30 and answered 03:30 local on the night of the change: two hours, not three."""
    issue = play("""
        2026-03-28T23:30:00  lena  asks
        2026-03-29T01:30:00  omar  answers
    """).only
    assert issue.frt == 7200


@pytest.mark.parametrize(
    "emoji",
    [
        *("white_check_mark", "heavy_check_mark", "ballot_box_with_check", "done"),
        *(":white_check_mark:", "white_check_mark::skin-tone-4", ":done::skin-tone-2:"),
    ],
)
def test_s30_every_kind_of_check_resolves(play: Play, emoji: str) -> None:
    """Each default mark resolves, in any skin tone, and so does what the channel made an alias."""
    issue = play(f"""
        alias done white_check_mark
        0   lena  asks
        20  omar  marks {emoji} on 0
    """).only
    assert (issue.state, issue.full_resolution) == ("resolved", 20)


def test_s30_an_emoji_that_is_no_alias_does_not(play: Play) -> None:
    """Any other emoji is an emoji."""
    issue = play("""
        0   lena  asks
        20  omar  marks done on 0
    """).only
    assert issue.state == "open"


def test_s31_nobody_answers_themselves(play: Play) -> None:
    """Mia tracks her own message and writes again at 100; Omar's answer at 300 is the first."""
    issue = play("""
        0    mia   says
        20   mia   tracks 0
        100  mia   says
        300  omar  answers
    """).only
    assert (issue.opened, issue.reporter, issue.frt) == (0, "mia", 300)
    assert issue.waits == ((0, 300, "response"),)


def test_s32_an_answer_belongs_to_its_own_instant(play: Play) -> None:
    """Opened on Sunday 23:59:30 and answered on Monday 00:00:30, in Stockholm."""
    issue = play("""
        2026-03-15T22:59:30  lena  asks
        2026-03-15T23:00:30  omar  answers
    """).only
    assert issue.frt == 60


def test_every_actor_is_somebody_else() -> None:
    """The drawings would prove nothing if two actors were one."""
    assert len({actor.id for actor in CAST.values()}) == len(CAST)
