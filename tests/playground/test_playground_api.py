"""The Web API refuses what Slack refuses, in Slack's words."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Fault, LocalSlack, Trouble
from bot.playground.seed import MIA, OMAR

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C0RANDOM000", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0BOARD0000", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0MARKETING"}, "no_text"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0MARKETING", "blocks": "[{"}, "invalid_blocks_format"),
    (
        "chat.postMessage",
        {"channel": "C0MARKETING", "text": "x", "thread_ts": "soon"},
        "invalid_thread_ts",
    ),
    (
        "chat.postMessage",
        {"channel": "C0MARKETING", "text": "x", "metadata": {"event_type": "a"}},
        "invalid_metadata_schema",
    ),
    (
        "chat.postEphemeral",
        {"channel": "C0SUPPORT00", "user": "U0GUS000000", "text": "x"},
        "user_not_in_channel",
    ),
    ("chat.update", {"channel": "C0MARKETING", "ts": "1.0", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": "C0MARKETING", "ts": "1.0"}, "message_not_found"),
    ("conversations.history", {"channel": "C0RANDOM000"}, "not_in_channel"),
    ("conversations.info", {"channel": "C0BOARD0000"}, "channel_not_found"),
    ("conversations.join", {"channel": "C0RANDOM000"}, "missing_scope"),
    ("conversations.replies", {"channel": "C0MARKETING", "ts": "1.0"}, "thread_not_found"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("files.info", {"file": "F0NOTHING"}, "file_not_found"),
    ("views.open", {"trigger_id": "1.2.3", "view": {}}, "invalid_trigger_id"),
    ("views.update", {"view_id": "V0", "view": {}}, "not_found"),
    ("chat.scheduleEverything", {}, "unknown_method"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSED)
async def test_a_wrong_call_gets_the_documented_error(
    client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    """`ok: false` and the error, as JSON and as a form."""
    for how in ({"json": args}, {"params": {k: v for k, v in args.items() if v != {}}}):
        if method.startswith("views") and "params" in how:
            continue
        if isinstance(args.get("metadata"), dict) and "params" in how:
            continue
        with pytest.raises(SlackApiError) as caught:
            await client.api_call(method, **how)
        assert caught.value.response["error"] == error


async def test_a_token_is_asked_for(slack: LocalSlack) -> None:
    """None, a wrong one, and the app's where the bot's belongs."""
    async with aiohttp.ClientSession() as session:
        errors = []
        for token in ("", "xoxb-other", slack.api.app_token):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with session.post(f"{slack.url}/api/auth.test", headers=headers) as reply:
                errors.append((await reply.json())["error"])
    assert errors == ["not_authed", "invalid_auth", "not_allowed_token_type"]


async def test_a_post_is_read_back_from_history_with_its_metadata(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Metadata comes only when asked for; links come back in angle brackets (§5, §12)."""
    metadata = {"event_type": "kpi_digest", "event_payload": {"key": "T1:weekly:2026-W47"}}
    text = "see https://example.com/a."
    posted = await client.chat_postMessage(channel="C0MARKETING", text=text, metadata=metadata)
    plain = await client.conversations_history(channel="C0MARKETING")
    full = await client.conversations_history(channel="C0MARKETING", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata
    assert full["messages"][0]["text"] == "see <https://example.com/a>."
    assert full["messages"][0]["bot_id"] == slack.space.seed.bot_id
    assert "subtype" not in full["messages"][0]
    assert full["messages"][0]["ts"] == posted["ts"]


async def test_history_pages_by_cursor_and_time(slack: LocalSlack, client: AsyncWebClient) -> None:
    """Newest first; oldest is exclusive unless inclusive."""
    mia = slack.person("mia")
    sent = [await mia.say("#marketing", str(number)) for number in range(5)]
    first = await client.conversations_history(channel="C0MARKETING", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C0MARKETING", limit=2, cursor=cursor)
    assert [m["text"] for m in [*first["messages"], *second["messages"]]] == ["4", "3", "2", "1"]
    since = await client.conversations_history(channel="C0MARKETING", oldest=sent[3].ts)
    assert [m["text"] for m in since["messages"]] == ["4"]


async def test_only_its_own_messages_can_be_changed(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """cant_update_message, msg_too_long; blocks not given stay, an empty list removes them."""
    theirs = await slack.person("mia").say("#marketing", "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel="C0MARKETING", ts=theirs.ts, text="x")
    blocks = [{"type": "divider"}]
    ours = await client.chat_postMessage(channel="C0MARKETING", text="a", blocks=blocks)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel="C0MARKETING", ts=ours["ts"], text="x" * 4001)
    kept = await client.chat_update(channel="C0MARKETING", ts=ours["ts"], text="b")
    assert kept["message"]["blocks"][0]["type"] == "divider"
    gone = await client.chat_update(channel="C0MARKETING", ts=ours["ts"], text="c", blocks=[])
    assert "blocks" not in gone["message"]


async def test_an_ephemeral_is_in_nobodys_history(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Its reader sees it marked; nobody can update it."""
    sent = await client.chat_postEphemeral(channel="C0MARKETING", user=MIA, text="only you")
    assert slack.person("mia").sees("#marketing")[0].is_private
    assert slack.person("omar").sees("#marketing") == []
    assert (await client.conversations_history(channel="C0MARKETING"))["messages"] == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="C0MARKETING", ts=sent["message_ts"], text="x")


async def test_a_direct_message_opens_by_user_id(slack: LocalSlack, client: AsyncWebClient) -> None:
    """chat.postMessage takes a person; conversations.open gives the same conversation."""
    posted = await client.chat_postMessage(channel=OMAR, text="hello")
    opened = await client.conversations_open(users=OMAR)
    assert posted["channel"] == opened["channel"]["id"]
    assert slack.person("omar").sees()[0].text == "hello"
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel="U0LENA00000", text="to a stranger")


async def test_people_are_told_apart(client: AsyncWebClient) -> None:
    """Admin, guest and stranger; a stranger has no tz (§3, §7)."""
    users = {
        name: (await client.users_info(user=name))["user"]
        for name in (MIA, "U0GUS000000", "U0LENA00000")
    }
    assert users[MIA]["is_admin"]
    assert users[MIA]["tz"] == "Europe/Stockholm"
    assert users["U0GUS000000"]["is_restricted"]
    assert users["U0LENA00000"]["is_stranger"]
    assert "tz" not in users["U0LENA00000"]


async def test_a_trigger_opens_one_view_for_three_seconds(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """exchanged_trigger_id the second time, expired_trigger_id when late (§1)."""
    view = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": []}
    trigger = slack.space.new_trigger(MIA)
    opened = await client.views_open(trigger_id=trigger, view=view)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=view)
    slack.faults.trigger_seconds = 0.01
    late = slack.space.new_trigger(MIA)
    await asyncio.sleep(0.02)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=view)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=opened["view"]["id"], hash="old", view=view)
    slack.faults.trigger_seconds = 3
    for _ in range(2):
        await client.views_push(trigger_id=slack.space.new_trigger(MIA), view=view)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=slack.space.new_trigger(MIA), view=view)


async def test_faults_do_what_they_say(slack: LocalSlack, client: AsyncWebClient) -> None:
    """429 with Retry-After; a dropped reply has stored the post, a dropped request has not."""
    client.retry_handlers.clear()
    slack.faults.storm(1, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0MARKETING", text="limited")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    slack.faults.drop_reply("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0MARKETING", text="stored")
    slack.faults.add(Fault(Trouble.DROP_REQUEST, "chat.postMessage"))
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0MARKETING", text="lost")
    slack.faults.add(Fault(Trouble.OK_FALSE, "chat.postMessage", error="fatal_error"))
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.chat_postMessage(channel="C0MARKETING", text="no")
    assert [m.text for m in slack.person("mia").sees("#marketing")] == ["stored"]
    outcomes = [call.outcome for call in slack.calls_of("chat.postMessage")]
    assert outcomes == ["rate_limited", "drop_reply", "drop_request", "ok_false"]


async def test_the_default_client_posts_twice_when_the_reply_is_lost(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """The trap of slack-platform §6, so that tests can show that a bot avoids it."""
    slack.faults.drop_reply("chat.postMessage")
    await client.chat_postMessage(channel="C0MARKETING", text="once")
    assert len(slack.person("mia").sees("#marketing")) == 2


async def test_message_times_run_on_the_workspace_clock() -> None:
    """A `ts` is minted from the offset clock and never repeats (§3)."""
    async with LocalSlack(clock_offset=-86_400 * 365) as slack:
        mia = slack.person("mia")
        stamps = [(await mia.say("#random", "x")).ts for _ in range(50)]
    assert len(set(stamps)) == 50
    assert stamps == sorted(stamps)
    assert float(stamps[0]) < slack.space.clock.now() + 1
    assert slack.space.clock.offset == -86_400 * 365
