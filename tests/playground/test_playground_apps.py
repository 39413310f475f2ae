"""What other apps post, and how the bot is told of it (slack-platform §3, support-spec §2.1)."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import LocalSlack

Echo = tuple[LocalSlack, AsyncApp]
TWEET = "@lena_k: order 8841 never came"


def hear(app: AsyncApp, *names: str) -> list[dict[str, Any]]:
    """Collect the events of these names."""
    got: list[dict[str, Any]] = []
    for name in names or ("message",):

        @app.event(name)
        async def note(event: dict[str, Any]) -> None:
            got.append(event)

    return got


async def test_a_modern_post_has_no_subtype_but_a_bot(echo: Echo) -> None:
    """bot_id and bot_profile.app_id, no user: it came by an incoming webhook."""
    slack, app = echo
    got = hear(app)
    attachments = [{"title": "Open on X", "title_link": "https://x.example/1", "text": "8841"}]
    slack.app_post("#support", TWEET, attachments=attachments)
    await slack.settle()
    (event,) = got
    assert {"user", "subtype", "username"}.isdisjoint(event)
    assert (event["bot_id"], event["app_id"]) == ("B0RELAY", "A0RELAY")
    assert event["bot_profile"]["app_id"] == "A0RELAY"
    assert event["bot_profile"]["name"] == "X mentions"
    assert event["attachments"][0]["id"] == 1
    assert event["channel_type"] == "channel"


async def test_an_older_post_is_a_bot_message_that_names_no_app(echo: Echo) -> None:
    """Its app is found by bots.info alone; it never has a user."""
    slack, app = echo
    got = hear(app)
    slack.app_post("#support", TWEET, modern=False, user="U0MIA000000")
    await slack.settle()
    (event,) = got
    assert (event["subtype"], event["username"]) == ("bot_message", "X mentions")
    assert {"user", "app_id", "bot_profile"}.isdisjoint(event)
    told = await app.client.bots_info(bot=event["bot_id"])
    assert told["bot"]["app_id"] == "A0RELAY"


async def test_an_app_with_a_bot_user_is_named(echo: Echo) -> None:
    """What it posts by its token has a user; a reply names whom it answers."""
    slack, app = echo
    got = hear(app)
    post = slack.app_post("#support", TWEET, user="U0XBOT00000")
    await slack.person("omar").say("#support", "On it", post.ts)
    await slack.settle()
    assert [each.get("user") for each in got] == ["U0XBOT00000", "U0OMAR00000"]
    assert got[1]["parent_user_id"] == "U0XBOT00000"
    assert (await app.client.users_info(user="U0XBOT00000"))["user"]["is_bot"]


async def test_a_reply_to_a_webhook_names_no_parent(echo: Echo) -> None:
    """There is no user to name."""
    slack, app = echo
    got = hear(app)
    post = slack.app_post("#support", TWEET)
    await slack.person("omar").say("#support", "On it", post.ts)
    await slack.settle()
    assert got[1]["thread_ts"] == post.ts
    assert "parent_user_id" not in got[1]


async def test_a_mark_on_a_webhook_names_nobody_else(echo: Echo) -> None:
    """No item_user on it, one on a person's message; never a thread_ts."""
    slack, app = echo
    got = hear(app, "reaction_added", "message")
    omar = slack.person("omar")
    post = slack.app_post("#support", TWEET)
    reply = await omar.say("#support", "On it", post.ts)
    await omar.react(post, "eyes")
    await slack.person("mia").react(reply, "white_check_mark")
    await slack.settle()
    marks = {each["reaction"]: each for each in got if each["type"] == "reaction_added"}
    assert "item_user" not in marks["eyes"]
    assert marks["white_check_mark"]["item_user"] == omar.id
    assert marks["white_check_mark"]["item"]["ts"] == reply.ts
    assert not any("thread_ts" in each or "thread_ts" in each["item"] for each in marks.values())


async def test_an_app_may_change_and_remove_its_own_post(echo: Echo) -> None:
    """message_changed holds both texts and who edited; the top of the event has no user."""
    slack, app = echo
    got = hear(app)
    post = slack.app_post("#support", TWEET)
    slack.app_edit(post, "@lena_k: order 8841 never came. Anyone?")
    slack.app_delete(post)
    await slack.settle()
    _, changed, deleted = got
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert "user" not in changed
    assert changed["message"]["edited"]["user"] == "B0RELAY"
    assert changed["previous_message"]["text"] == TWEET
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", post.ts)
    with pytest.raises(PermissionError):
        slack.app_edit(await slack.person("mia").say("#support", "mine"), "theirs")


async def test_a_preview_of_a_link_changes_no_text(echo: Echo) -> None:
    """The same message_changed as an edit, but nothing was edited."""
    slack, app = echo
    got = hear(app)
    said = await slack.person("mia").say("#support", "see https://example.com/a")
    slack.unfurl(said)
    await slack.settle()
    changed = got[1]
    assert changed["message"]["text"] == changed["previous_message"]["text"]
    assert "edited" not in changed["message"]


async def test_the_head_of_a_thread_leaves_a_tombstone(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Slack keeps the thread; the stone goes with the last reply."""
    slack.hold_events()
    mia = slack.person("mia")
    head = await mia.say("#support", "help")
    reply = await slack.person("omar").say("#support", "yes?", head.ts)
    await mia.delete(head)
    told = await client.conversations_replies(channel=head.channel, ts=head.ts)
    stone = told["messages"][0]
    assert (stone["subtype"], stone["user"], stone["reply_count"]) == ("tombstone", "USLACKBOT", 1)
    assert "help" not in str(stone)
    await slack.person("omar").delete(reply)
    assert (await client.conversations_history(channel=head.channel))["messages"] == []
    events = [each.payload["event"] for each in slack.deliveries.held or []][2:]
    assert [each["subtype"] for each in events] == [
        "message_changed", "message_deleted", "message_deleted",
    ]  # fmt: skip
    assert events[0]["message"]["subtype"] == "tombstone"
    assert events[0]["previous_message"]["text"] == "help"
    assert [each.get("deleted_ts") for each in events[1:]] == [reply.ts, head.ts]
