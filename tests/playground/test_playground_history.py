"""What can be read back after an outage: messages exactly, reactions without times."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import LocalSlack, Message

SUPPORT = "C0SUPPORT00"


async def talk(slack: LocalSlack) -> tuple[Message, list[Message]]:
    """Post an old root with five replies by two people, the fourth also sent to the channel."""
    mia, omar = slack.person("mia"), slack.person("omar")
    root = slack.app_post("#support", "order 8841")
    replies = [
        await (omar if number % 2 else mia).say(
            "#support", f"reply {number}", root.ts, broadcast=number == 3
        )
        for number in range(5)
    ]
    return root, replies


async def test_history_shows_roots_with_their_counts_and_no_replies(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """But for a broadcast, which stands in the channel too; who replied and when last is told."""
    root, replies = await talk(slack)
    told = (await client.conversations_history(channel=SUPPORT))["messages"]
    assert [each["ts"] for each in told] == [replies[3].ts, root.ts]
    shown = told[1]
    assert (shown["reply_count"], shown["reply_users_count"]) == (5, 2)
    assert shown["reply_users"] == ["U0MIA000000", "U0OMAR00000"]
    assert shown["latest_reply"] == replies[-1].ts
    assert shown["thread_ts"] == shown["ts"]
    after = await client.conversations_history(channel=SUPPORT, oldest=root.ts)
    assert [each["ts"] for each in after["messages"]] == [replies[3].ts]


async def test_replies_come_after_their_root_oldest_first(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Bounds are exclusive unless inclusive; the root comes all the same; pages follow."""
    root, replies = await talk(slack)
    place = {"channel": SUPPORT, "ts": root.ts}

    async def texts(**more: object) -> list[str]:
        told = await client.conversations_replies(**place, **more)  # type: ignore[arg-type]
        return [each["text"].removeprefix("reply ") for each in told["messages"]]

    assert await texts() == ["order 8841", "0", "1", "2", "3", "4"]
    assert await texts(oldest=replies[2].ts) == ["order 8841", "3", "4"]
    assert await texts(oldest=replies[2].ts, inclusive=True) == ["order 8841", "2", "3", "4"]
    assert await texts(oldest=replies[1].ts, latest=replies[3].ts) == ["order 8841", "2"]
    first = await client.conversations_replies(**place, limit=4)
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    assert await texts(limit=4, cursor=cursor) == ["3", "4"]
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await texts(cursor="nonsense")


async def test_joining_and_leaving_have_no_thread(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Slack's own lines: thread_not_found."""
    await slack.person("gus").say("#marketing", "bye")
    await slack.person("gus").leave("#marketing")
    line = (await client.conversations_history(channel="C0MARKETING"))["messages"][0]
    assert line["subtype"] == "channel_leave"
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel="C0MARKETING", ts=line["ts"])


async def test_reactions_have_counts_but_no_times_and_perhaps_not_all_users(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """`users` may be shortened; reactions.get with `full` names them all (slack-platform §3)."""
    slack.faults.reaction_users = 1
    root, _ = await talk(slack)
    for name in ("mia", "omar"):
        await slack.person(name).react(root, "white_check_mark")
    await slack.person("mia").react(root, "eyes::skin-tone-3")
    told = (await client.conversations_history(channel=SUPPORT))["messages"][-1]["reactions"]
    assert told == [
        {"name": "white_check_mark", "users": ["U0MIA000000"], "count": 2},
        {"name": "eyes::skin-tone-3", "users": ["U0MIA000000"], "count": 1},
    ]
    short = await client.reactions_get(channel=SUPPORT, timestamp=root.ts)
    full = await client.reactions_get(channel=SUPPORT, timestamp=root.ts, full=True)
    assert short["message"]["reactions"] == told
    assert full["message"]["reactions"][0]["users"] == ["U0MIA000000", "U0OMAR00000"]


async def test_the_bots_own_mark_comes_once_and_goes(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """already_reacted, no_reaction, invalid_name; another's mark is out of its reach."""
    root, _ = await talk(slack)
    await slack.person("mia").react(root, "ticket")
    place = {"channel": SUPPORT, "timestamp": root.ts}
    await client.reactions_add(**place, name="ticket")
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(**place, name="ticket")
    await client.reactions_remove(**place, name="ticket")
    with pytest.raises(SlackApiError, match="no_reaction"):
        await client.reactions_remove(**place, name="ticket")
    with pytest.raises(SlackApiError, match="invalid_name"):
        await client.reactions_add(**place, name="White Check")
    assert root.reactions == {"ticket": ["U0MIA000000"]}


async def test_an_edit_keeps_its_time_and_says_that_it_was_edited(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """`edited` names who and when; the old text is nowhere."""
    said = await slack.person("mia").say("#support", "hi")
    await slack.person("mia").edit(said, "hi, my order is late")
    (told,) = (await client.conversations_history(channel=SUPPORT))["messages"]
    assert (told["ts"], told["edited"]["user"]) == (said.ts, "U0MIA000000")
    assert float(told["edited"]["ts"]) > float(said.ts)


async def test_a_tier_is_a_number_of_calls_a_minute(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Tier 3 is 50; the 51st gets 429 and how long to wait, other methods go on (§6)."""
    client.retry_handlers.clear()
    slack.faults.per_minute["conversations.history"] = 50
    for _ in range(50):
        await client.conversations_history(channel=SUPPORT)
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_history(channel=SUPPORT)
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 60
    await client.conversations_info(channel=SUPPORT)


async def test_an_app_sold_elsewhere_gets_fifteen_at_once(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Whatever limit it asks for (§6)."""
    slack.faults.page_items = 15
    for number in range(20):
        await slack.person("mia").say("#support", str(number))
    told = await client.conversations_history(channel=SUPPORT, limit=200)
    assert len(told["messages"]) == 15
    assert told["response_metadata"]["next_cursor"]
