"""Reactions, tracking by hand, and threads that are read back (support-spec §3, §4.7, §5.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground.faults import Fault, Trouble
from commands.events import try_again
from support.entries import Kind, Role, micros
from support.rules import Marks, Mode, Rules
from support.timeline import State
from tests.intake.conftest import DESK, MIA, OMAR, RULES, Care


async def test_a_check_mark_by_the_team_solves(care: Care) -> None:
    """At its ``event_ts``, on any message of the thread."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    answered = await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.quiet()
    await care.town.omar.react(answered, "white_check_mark")
    await care.quiet()
    mark = care.entries()[-1]
    assert (mark.kind, mark.name, mark.actor) == (Kind.MARK, "white_check_mark", OMAR)
    assert (mark.ts, mark.root) == (answered.ts, asked.ts)
    (issue,) = care.issues()
    assert issue.state is State.RESOLVED
    assert issue.resolution is not None
    assert issue.resolution.ended == mark.at
    assert care.slack.calls_of("conversations.replies") == []  # it was all heard


@pytest.mark.parametrize("name", ["white_check_mark::skin-tone-3", "heavy_check_mark", "done"])
async def test_skins_and_aliases_of_the_mark_solve_too(care: Care, name: str) -> None:
    """S30 over sockets."""
    await care.track("#support", replace(RULES, aliases=(("done", "white_check_mark"),)))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.react(asked, name)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.state is State.RESOLVED


async def test_taking_the_mark_away_soon_undoes_it(care: Care) -> None:
    """S09 over sockets: it never happened."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.react(asked, "white_check_mark")
    await care.town.omar.react(asked, "white_check_mark", remove=True)
    await care.quiet()
    assert care.told() == [
        "message customer",
        "mark responder white_check_mark",
        "unmark responder white_check_mark",
    ]
    (issue,) = care.issues()
    assert issue.is_live
    assert issue.first_resolution is None


async def test_a_mark_on_a_relayed_post_needs_no_author(care: Care) -> None:
    """What a webhook posts has no user, and reactions on it no ``item_user`` (§2.1)."""
    from tests.intake.test_messages import TWEETS

    await care.track("#support", RULES, TWEETS)
    posted = care.slack.app_post(DESK, "New tweet by @lena_k: order never came", modern=False)
    await care.quiet()
    await care.town.omar.react(posted, "eyes")
    await care.quiet()
    (issue,) = care.issues()
    assert issue.acknowledged_by == OMAR


async def test_a_mark_on_a_message_that_is_not_known_brings_its_thread(care: Care) -> None:
    """Written before the channel was set up: the message is fetched and folded (§5.2)."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    answered = await care.town.omar.say("#marketing", "It comes tomorrow", asked.ts)
    await care.quiet()
    await care.track("#marketing", RULES)
    await care.town.omar.react(answered, "white_check_mark")
    await care.quiet()
    assert care.told("#marketing") == [
        "message customer",
        "message responder",
        "mark responder white_check_mark",
    ]
    (issue,) = care.issues()
    assert issue.state is State.RESOLVED
    assert issue.responded == micros(answered.ts)


async def test_a_mark_without_a_meaning_is_not_worth_asking_slack(care: Care) -> None:
    """A heart on an old message: nothing is read and nothing kept."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    await care.quiet()
    await care.track("#marketing", RULES)
    await care.town.omar.react(asked, "heart")
    await care.quiet()
    assert care.entries("#marketing") == []


async def test_a_ticket_on_a_reply_days_later_finds_the_true_answer(care: Care) -> None:
    """S23 in a channel that nobody set up: opened at the reply, answered by what came after."""
    await care.track(DESK, RULES)
    root = await care.town.mia.say("#marketing", "About the campaign")
    await care.town.omar.say("#marketing", "Nice", root.ts)
    asked = await care.town.mia.say("#marketing", "By the way, order 8841 never came", root.ts)
    answered = await care.town.omar.say("#marketing", "It comes tomorrow", root.ts)
    await care.quiet()
    assert care.entries("#marketing") == []
    await care.town.omar.react(asked, "ticket")
    await care.quiet()
    assert [it.late for it in care.entries("#marketing")] == [True] * 4 + [False]
    (issue,) = care.issues()
    assert issue.key.root == root.ts
    assert issue.opened == micros(asked.ts)
    assert issue.responded == micros(answered.ts)
    assert issue.tracked > issue.opened
    assert care.excerpts() == ["By the way, order 8841 never came"]


async def test_a_channel_is_heard_from_the_first_ticket_on(care: Care) -> None:
    """Nothing opens there by itself, but the tracked thread goes on."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    await care.town.omar.react(asked, "ticket")
    await care.quiet()
    answered = await care.town.omar.say("#marketing", "It comes tomorrow", asked.ts)
    await care.town.mia.say("#marketing", "another topic altogether")
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded == micros(answered.ts)


async def test_who_answers_nobody_opens_nothing(care: Care) -> None:
    """A guest's ticket in a channel that nobody set up: no desk, no entry."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    await care.slack.person("gus").react(asked, "ticket")
    await care.quiet()
    assert care.entries("#marketing") == []
    assert care.issues() == []


async def test_an_admin_opens_though_they_do_not_answer(care: Care) -> None:
    """O4: responders and admins. Mia is one; Omar answers."""
    await care.track("#support", Rules(responders=(OMAR,), add_ticket=False))
    asked = await care.town.omar.say(DESK, "a customer called: order 8841")
    await care.town.mia.react(asked, "ticket")
    await care.quiet()
    (issue,) = care.issues()
    assert (issue.via, issue.opener) == ("mark", MIA)


async def test_a_mark_may_come_before_its_message(care: Care) -> None:
    """Slack promises no order, and history may lag: it is tried again (§5.2)."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    await care.quiet()
    await care.track("#marketing", RULES)
    trouble = Fault(Trouble.OK_FALSE, "conversations.replies", times=1, error="thread_not_found")
    care.slack.faults.add(trouble)
    await care.town.omar.react(asked, "white_check_mark")
    await care.quiet()
    assert care.entries("#marketing") == []
    assert care.unfinished() == 1
    await try_again(care.context)
    await care.quiet()
    assert care.told("#marketing") == ["message customer", "mark responder white_check_mark"]
    assert care.unfinished() == 0


async def test_track_this_in_a_thread_opens_at_its_root(care: Care) -> None:
    """O6: slash commands do not work in threads, mentions do."""
    await care.track("#support", Rules(responders=(OMAR,), add_ticket=False))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    answered = await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.town.omar.mention(DESK, "track this", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert (issue.via, issue.opened) == ("mention", micros(asked.ts))
    assert issue.responded == micros(answered.ts)
    assert care.excerpts() == ["order 8841 never came"]
    line = await care.town.omar.await_message(DESK, "Issue 1 is tracked. Its clock started")
    assert line.is_private
    await care.town.omar.mention(DESK, "track this", asked.ts)
    again = await care.town.omar.await_message(DESK, "This is issue 1 already.")
    assert again.is_private


async def test_a_mention_in_a_thread_acts_on_its_issue(care: Care) -> None:
    """Claimed, given away, solved; a question about figures stays a question."""
    await care.track("#support", Rules(mode=Mode.AUTO, responders=(OMAR,), add_ticket=False))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    await care.town.omar.mention(DESK, "claim", asked.ts)
    await care.town.omar.await_message(DESK, "You have issue 1")
    await care.town.omar.mention(DESK, "assign nobody", asked.ts)
    await care.town.omar.await_message(DESK, "Nobody has issue 1 now")
    await care.town.omar.mention(DESK, "Solved, please.", asked.ts)
    await care.town.omar.await_message(DESK, "Issue 1 is solved")
    await care.quiet()
    assert care.issues()[0].resolution is not None
    await care.town.omar.mention(DESK, "reopen issues last week?", asked.ts)
    await care.quiet()
    assert care.issues()[0].resolution is not None


async def test_a_mention_that_names_no_issue_says_what_works(care: Care) -> None:
    """Outside a thread, and in a thread without an issue."""
    await care.track("#support", Rules(responders=(OMAR,), add_ticket=False))
    await care.town.omar.mention(DESK, "claim this")
    line = await care.town.omar.await_message(DESK, "Which issue? Write its number: /support claim")
    assert line.is_private
    said = await care.town.mia.say(DESK, "About the campaign")
    await care.town.omar.mention(DESK, "resolve", said.ts)
    line = await care.town.omar.await_message(DESK, "There is no issue in this thread.")
    assert line.is_private


@pytest.mark.parametrize("words", ["who waits?", "Who is waiting", "who’s waiting?"])
async def test_who_waits_is_answered_with_the_list(care: Care, words: str) -> None:
    await care.track("#support", Rules(mode=Mode.AUTO, responders=(OMAR,), add_ticket=False))
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    await care.town.omar.say("dm", words)
    await care.town.omar.await_message("dm", "1 customer waiting")


async def test_track_this_outside_a_thread_says_what_would_work(care: Care) -> None:
    """One private line."""
    await care.town.omar.mention(DESK, "track this please")
    line = await care.town.omar.await_message(DESK, "in the thread of the message")
    assert line.is_private
    assert care.issues() == []


async def test_a_guest_may_not_track(care: Care) -> None:
    """Guests change nothing (design §10)."""
    await care.quiet()
    await care.track("#marketing", RULES)
    asked = await care.town.mia.say("#marketing", "About the campaign")
    await care.quiet()
    before = len(care.issues())
    await care.slack.person("gus").mention("#marketing", "track this", asked.ts)
    await care.quiet()
    assert [it.kind for it in care.entries("#marketing")].count(Kind.ACT) == 0
    assert len(care.issues()) == before


async def test_kepi_s_own_marks_are_nobody_s(care: Care) -> None:
    """🎫 on a new issue is ours: bolt drops it, and if it did not, the ledger would."""
    await care.track("#support", replace(RULES, add_ticket=True))
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    assert Marks().open == frozenset({"ticket"})
    assert care.told() == ["message customer"]
    assert [it.role for it in care.entries()] == [Role.CUSTOMER]
