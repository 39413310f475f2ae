"""What is said in a tracked channel becomes entries and issues (slack-platform §3)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from support.entries import Kind, Role, micros
from support.relays import Extractor, RelayRule
from support.roles import Direction
from support.rules import Mode, Rules
from support.timeline import State
from tests.intake.conftest import DESK, MIA, OMAR, RULES, Care, enter_care

TWEETS = RelayRule(
    "A0RELAY",
    parts={
        "platform": Extractor(value="x"),
        "handle": Extractor("text", r"by @(\w+)"),
        "text": Extractor("text", r"by @\w+: (.*)$", rest=True),
    },
    needs=("handle",),
    also=("B0RELAY",),
)


async def test_a_customer_writes_and_the_team_answers(care: Care) -> None:
    """S01 over sockets: times are Slack's, roles those of the moment."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    answered = await care.town.omar.say(DESK, "Checking", asked.ts)
    await care.quiet()
    assert care.told() == ["message customer", "message responder"]
    first, second = care.entries()
    assert first.key.endswith(f"|{care.id_of(DESK)}|{asked.ts}")
    assert (first.root, second.root) == (asked.ts, asked.ts)
    assert first.said is not None
    assert first.said.customer == f"slack:{MIA}"
    (issue,) = care.issues()
    assert issue.opened == micros(asked.ts)
    assert issue.responded == micros(answered.ts)
    assert care.excerpts() == ["order 8841 never came"]
    assert care.unfinished() == 0


async def test_it_is_the_same_over_http(tmp_path: Path) -> None:
    """Signed requests instead of a socket."""
    async with enter_care(tmp_path, mode="http") as care:
        asked = await care.town.mia.say(DESK, "order 8841 never came")
        await care.town.omar.say(DESK, "Checking", asked.ts)
        await care.quiet()
        (issue,) = care.issues()
        assert issue.responded is not None


async def test_no_word_of_a_message_is_kept_but_the_excerpt(care: Care) -> None:
    """The ledger and finished deliveries hold decisions alone."""
    await care.town.mia.say(DESK, "hello team")
    asked = await care.town.mia.say(DESK, "where is zebra 8841")
    await care.town.omar.say(DESK, "the zebra is on its way", asked.ts)
    await care.quiet()
    with care.context.database.read() as connection:
        for table in ("ledger", "seen_event", "issue", "desk"):
            assert "zebra" not in repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
    assert care.excerpts() == ["where is zebra 8841"]


async def test_a_pleasantry_opens_nothing_and_an_edit_of_it_does(care: Care) -> None:
    """“hi” is filtered; edited into a request it opens at the edit's time (support-spec §3)."""
    said = await care.town.mia.say(DESK, "hi")
    await care.quiet()
    assert care.issues() == []
    await care.town.mia.edit(said, "hi, my parcel is broken")
    await care.quiet()
    (issue,) = care.issues()
    edited = care.slack.space.find_message(care.id_of(DESK), said.ts).edited_ts
    assert issue.opened == micros(edited)
    assert care.excerpts() == ["hi, my parcel is broken"]


async def test_an_unfurl_is_no_edit(care: Care) -> None:
    """Slack changes messages of its own accord: the words are the same."""
    said = await care.town.mia.say(DESK, "see https://acme.example/8841")
    await care.quiet()
    care.slack.unfurl(said)
    await care.quiet()
    assert care.told() == ["message customer"]


async def test_a_deleted_answer_does_not_count_and_words_are_forgotten(care: Care) -> None:
    """S07 over sockets; the excerpt of a deleted root is erased in every case (§4.10)."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    wrong = await care.town.omar.say(DESK, "oops", asked.ts)
    await care.quiet()
    await care.town.omar.delete(wrong)
    right = await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded == micros(right.ts)
    await care.town.mia.delete(asked)
    await care.quiet()
    assert care.excerpts() == []
    assert [it.ts for it in care.entries() if it.kind is Kind.DELETE] == [wrong.ts, asked.ts]


async def test_a_root_without_an_answer_that_is_deleted_is_dismissed(care: Care) -> None:
    """Slack leaves a tombstone where a thread hangs on it: message_changed, not deleted."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.mia.say(DESK, "it is urgent", asked.ts)
    await care.quiet()
    await care.town.mia.delete(asked)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.state is State.DISMISSED
    assert issue.dismiss_reason == "root_deleted"
    assert care.excerpts() == []


async def test_a_broadcast_reply_is_a_reply(care: Care) -> None:
    """S17: also sent to the channel, it opens nothing and answers once."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    answered = await care.town.omar.say(DESK, "It comes tomorrow", asked.ts, broadcast=True)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded == micros(answered.ts)
    said = care.entries()[-1].said
    assert said is not None
    assert said.broadcast


async def test_a_screenshot_asks_and_answers(care: Care) -> None:
    """A file with or without words is a message (slack-platform §3)."""
    asked = await care.town.mia.drop(DESK, "broken.png", b"\x89PNG")
    answered = await care.town.omar.drop(DESK, "fix.png", b"\x89PNG", thread_ts=asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded == micros(answered.ts)
    assert care.excerpts() == ["broken.png"]


async def test_naming_a_colleague_is_no_answer_and_a_note_neither(care: Care) -> None:
    """S06, and routing: Omar calls a colleague, then writes a note, then answers."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.say(DESK, "@omar", asked.ts)
    await care.town.omar.say(DESK, "// ask dev", asked.ts)
    await care.town.omar.mention(DESK, "help", asked.ts)
    answered = await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded == micros(answered.ts)


async def test_people_of_other_companies_are_customers(care: Care) -> None:
    """In a shared channel colleagues answer and strangers ask (support-spec §2)."""
    await care.track("#partner-acme", Rules(mode=Mode.AUTO, others_are="responder", is_shared=True))
    asked = await care.slack.person("lena").say("#partner-acme", "our feed is down")
    await care.town.mia.say("#partner-acme", "Looking into it", asked.ts)
    await care.quiet()
    assert care.told("#partner-acme") == ["message customer", "message responder"]


async def test_a_relayed_post_is_a_customer_s_message(care: Care) -> None:
    """Handle, platform and words are read; the key is theirs, not the program's (§2.1)."""
    await care.track("#support", RULES, TWEETS)
    care.slack.app_post(DESK, "New tweet by @Lena_K: order 8841 never came")
    await care.quiet()
    (entry,) = care.entries()
    assert entry.role is Role.RELAY_IN
    assert entry.said is not None
    assert (entry.said.customer, entry.said.platform) == ("x:lena_k", "x")
    (issue,) = care.issues()
    assert (issue.customer, issue.via) == ("x:lena_k", "relay")
    assert care.excerpts() == ["order 8841 never came"]


async def test_a_relay_that_edits_its_post_asks_nothing_new(care: Care) -> None:
    """Quoted, reshared or edited relays are edits (§2.1)."""
    await care.track("#support", RULES, TWEETS)
    posted = care.slack.app_post(DESK, "New tweet by @lena_k: order never came", modern=False)
    await care.quiet()
    care.slack.app_edit(posted, "New tweet by @lena_k: order 8841 never came")
    await care.quiet()
    assert care.told() == ["message relay_in", "edit relay_in"]
    assert len(care.issues()) == 1
    assert care.excerpts() == ["order 8841 never came"]


async def test_an_answer_mirrored_from_the_social_tool_is_the_team_s(care: Care) -> None:
    """An outbound rule: relayed answers end the wait."""
    sent = RelayRule(
        "A0SENT",
        Direction.OUTBOUND,
        parts={"platform": Extractor(value="x"), "handle": Extractor("text", r"to @(\w+)")},
    )
    await care.track("#support", RULES, TWEETS, sent)
    care.slack.app_post(DESK, "New tweet by @lena_k: order 8841 never came")
    care.slack.app_post(DESK, "Sent to @lena_k: on its way", app="A0SENT", bot_id="B0SENT")
    await care.quiet()
    assert care.told() == ["message relay_in", "message relay_out"]
    (issue,) = care.issues()
    assert issue.responded is not None


async def test_an_unknown_program_opens_nothing(care: Care) -> None:
    """S22: no issue; whoever set the channel up is told of it, once."""
    for _ in range(3):
        care.slack.app_post(DESK, "Deployed 1.2.3", app="A0DEPLOY", bot_id="B0DEPLOY")
    await care.quiet()
    assert care.told() == ["message ignored"] * 3
    assert care.issues() == []
    hints = [*care.town.mia.bot_said("dm"), *care.town.mia.bot_said(DESK)]
    assert len([it for it in hints if "An app posts in" in it.words]) == 1


async def test_people_join_and_topics_change_and_nobody_says_anything(care: Care) -> None:
    """Notices of the system are not even kept."""
    care.slack.newcomer("nils", channels=[DESK])
    await care.quiet()
    assert care.entries() == []


async def test_an_untracked_channel_is_nobody_s_business(care: Care) -> None:
    """Ordinary messages leave no trace: neither a delivery nor an entry."""
    said = await care.town.mia.say("#marketing", "secret plans")
    await care.town.omar.react(said, "eyes")
    await care.town.mia.edit(said, "more secret plans")
    await care.town.mia.delete(said)
    await care.quiet()
    assert care.entries("#marketing") == []
    with care.context.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM seen_event").scalar_one() == 0


async def test_a_question_to_kepi_is_answered_and_answers_no_customer(care: Care) -> None:
    """“@Kepi help” in a customer's thread: two deliveries of one message, each done once."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.mention(DESK, "help", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.responded is None
    replies = [it for it in care.town.omar.bot_said(DESK) if it.thread_ts == asked.ts]
    assert replies or care.town.omar.bot_said("dm")


async def test_a_reply_under_an_unknown_root_brings_the_whole_thread(care: Care) -> None:
    """The channel was set up later: the root is read and opens at its own time (§5.2)."""
    asked = await care.town.mia.say("#marketing", "order 8841 never came")
    answered = await care.town.omar.say("#marketing", "Checking", asked.ts)
    await care.quiet()
    await care.track("#marketing", RULES)
    await care.town.mia.say("#marketing", "still not here", asked.ts)
    await care.quiet()
    told = ["message customer", "message responder", "message customer"]
    assert care.told("#marketing") == told
    assert [it.late for it in care.entries("#marketing")] == [
        True,
        True,
        False,
    ]
    (issue,) = care.issues()
    assert (issue.opened, issue.responded) == (micros(asked.ts), micros(answered.ts))


async def test_many_messages_at_once_all_arrive(care: Care) -> None:
    """Forty messages in a moment: each is one entry, and Slack has its acks."""
    await asyncio.gather(*(care.town.mia.say(DESK, f"line {n}") for n in range(40)))
    await care.quiet()
    assert len(care.entries()) == 40
    assert care.unfinished() == 0


async def test_a_member_of_a_responder_group_answers_from_then_on(care: Care) -> None:
    """Groups as they are when something happens; later changes rewrite nothing (§2)."""
    group = care.slack.set_group("care", ["omar"])
    await care.track("#support", Rules(mode=Mode.AUTO, responder_groups=(group.id,)))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.say(DESK, "Checking", asked.ts)
    await care.quiet()
    care.slack.set_group("care", ["mia"])
    await care.quiet()
    await care.town.omar.say(DESK, "me too", asked.ts)
    await care.town.mia.say(DESK, "on it", asked.ts)
    await care.quiet()
    assert [it.role for it in care.entries()] == [
        Role.CUSTOMER,
        Role.RESPONDER,
        Role.CUSTOMER,
        Role.RESPONDER,
    ]


async def test_members_of_the_responders_channel_answer(care: Care) -> None:
    """Another channel says who answers."""
    rules = Rules(mode=Mode.AUTO, responders_channel=care.id_of("#marketing"))
    await care.track("#support", rules)
    said = await care.town.omar.say(DESK, "hello, is this thing on")
    await care.quiet()
    assert care.entries()[-1].role is Role.RESPONDER
    assert said.user == OMAR
