"""The life of channels, people and groups: what the bot is told, and what is refused after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import LocalSlack, Seed
from bot.playground.seed import EVENTS, SCOPES

SUPPORT = "C0SUPPORT00"
Calls = dict[str, dict[str, Any]]


def told(slack: LocalSlack) -> list[dict[str, Any]]:
    """Return the events that were on their way to the bot, whether or not it is there."""
    return [each.payload["event"] for each in slack.deliveries.held or []]


async def refusals(client: AsyncWebClient, calls: Calls) -> dict[str, str]:
    """Return the error of each call; `ok` where there is none."""
    found = {}
    for method, args in calls.items():
        try:
            await client.api_call(method, json=args)
            found[method] = "ok"
        except SlackApiError as refusal:
            found[method] = refusal.response["error"]
    return found


def calls_on(ts: str) -> Calls:
    place = {"channel": SUPPORT}
    return {
        "chat.postMessage": {**place, "text": "x"},
        "chat.postEphemeral": {**place, "text": "x", "user": "U0OMAR00000"},
        "chat.getPermalink": {**place, "message_ts": ts},
        "reactions.add": {**place, "timestamp": ts, "name": "ticket"},
        "conversations.history": place,
        "conversations.replies": {**place, "ts": ts},
        "conversations.info": place,
    }


REFUSED: list[tuple[Callable[[LocalSlack], object], dict[str, str]]] = [
    (
        lambda slack: slack.archive("#support"),
        {
            "chat.postMessage": "is_archived",
            "chat.postEphemeral": "is_archived",
            "chat.getPermalink": "ok",
            "reactions.add": "is_archived",
            "conversations.history": "ok",
            "conversations.replies": "ok",
            "conversations.info": "ok",
        },
    ),
    (
        lambda slack: slack.remove_bot("#support"),
        {
            "chat.postMessage": "not_in_channel",
            "chat.postEphemeral": "not_in_channel",
            "chat.getPermalink": "not_in_channel",
            "reactions.add": "not_in_channel",
            "conversations.history": "not_in_channel",
            "conversations.replies": "not_in_channel",
            "conversations.info": "ok",
        },
    ),
    (
        lambda slack: slack.delete_channel("#support"),
        dict.fromkeys(calls_on("1.0"), "channel_not_found"),
    ),
]


@pytest.mark.parametrize(("happen", "expected"), REFUSED, ids=["archived", "removed", "deleted"])
async def test_calls_on_a_channel_that_is_gone_are_refused(
    slack: LocalSlack,
    client: AsyncWebClient,
    happen: Callable[[LocalSlack], object],
    expected: dict[str, str],
) -> None:
    """Each in Slack's words; what was possible before is possible until then."""
    said = await slack.person("mia").say("#support", "help")
    assert set((await refusals(client, calls_on(said.ts))).values()) == {"ok"}
    await client.reactions_remove(channel=SUPPORT, timestamp=said.ts, name="ticket")
    happen(slack)
    assert await refusals(client, calls_on(said.ts)) == expected


async def test_archiving_is_told_and_undone(slack: LocalSlack, client: AsyncWebClient) -> None:
    """People cannot write or react meanwhile, an app cannot post; afterwards all may."""
    omar = slack.person("omar")
    said = await omar.say("#support", "help")
    slack.hold_events()
    slack.archive("#support")
    for act in (omar.say("#support", "x"), omar.react(said, "eyes")):
        with pytest.raises(PermissionError):
            await act
    with pytest.raises(PermissionError):
        slack.app_post("#support", "x")
    with pytest.raises(SlackApiError, match="is_inactive"):
        await client.chat_update(channel=SUPPORT, ts=said.ts, text="x")
    slack.unarchive("#support")
    await omar.react(said, "eyes")
    assert [(each["type"], each.get("subtype")) for each in told(slack)] == [
        ("message", "channel_archive"),
        ("channel_archive", None),
        ("channel_unarchive", None),
        ("message", "channel_unarchive"),
        ("reaction_added", None),
    ]


async def test_the_bot_hears_of_its_own_removal_and_then_nothing(slack: LocalSlack) -> None:
    """member_left_channel and channel_left; after an invitation it hears again."""
    mia = slack.person("mia")
    slack.hold_events()
    slack.remove_bot("#support")
    await mia.say("#support", "nobody hears")
    await mia.invite_bot("#support")
    await mia.say("#support", "heard")
    events = told(slack)
    assert [each["type"] for each in events] == [
        "member_left_channel", "channel_left", "member_joined_channel", "message", "message",
    ]  # fmt: skip
    assert {each["user"] for each in events[:3:2]} == {slack.space.seed.bot_user}
    assert "nobody hears" not in str(events)


async def test_a_channel_may_get_another_name_and_another_id(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """The old id is unknown at once; what was said is found under the new one, threads too."""
    mia = slack.person("mia")
    head = await mia.say("#support", "help")
    await mia.say("#support", "me", head.ts)
    slack.hold_events()
    slack.rename("#support", "care")
    new = slack.change_channel_id("#care")
    renamed, _, moved = told(slack)
    assert (renamed["channel"]["id"], renamed["channel"]["name"]) == (SUPPORT, "care")
    assert (moved["old_channel_id"], moved["new_channel_id"]) == (SUPPORT, new)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.conversations_history(channel=SUPPORT)
    replies = await client.conversations_replies(channel=new, ts=head.ts)
    assert [each["text"] for each in replies["messages"]] == ["help", "me"]


async def test_a_channel_is_shared_with_a_company(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Told as channel_shared; theirs write and react there, and say of which team they are."""
    slack.hold_events()
    slack.share("#support", "Nordic Agency")
    info = (await client.conversations_info(channel=SUPPORT))["channel"]
    assert info["is_ext_shared"]
    assert info["connected_team_ids"] == ["T0NORDIC000"]
    lena = slack.person("lena")
    said = await lena.say("#support", "hello")
    await lena.react(said, "white_check_mark")
    bodies = [each.payload for each in slack.deliveries.held or []]
    assert [each["event"]["type"] for each in bodies] == [
        "channel_shared", "member_joined_channel", "message", "message", "reaction_added",
    ]  # fmt: skip
    assert bodies[0]["event"]["connected_team_id"] == "T0NORDIC000"
    for body in bodies[3:]:
        assert body["is_ext_shared_channel"]
        assert body["event"]["user_team"] == "T0NORDIC000"
        assert body["authorizations"][0]["team_id"] == "T0ACME00000"
    slack.unshare("#support", "Nordic Agency")
    with pytest.raises(PermissionError):
        await lena.say("#support", "still here?")
    gone = told(slack)[-1]
    assert (gone["type"], gone["is_ext_shared"]) == ("channel_unshared", False)


async def test_strangers_are_seen_while_a_channel_is_shared(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """user_not_visible afterwards."""
    assert (await client.users_info(user="U0LENA00000"))["user"]["is_stranger"]
    slack.unshare("#partner-acme", "nordic-agency")
    with pytest.raises(SlackApiError, match="user_not_visible"):
        await client.users_info(user="U0LENA00000")


async def test_somebody_leaves_the_company(slack: LocalSlack, client: AsyncWebClient) -> None:
    """user_change with deleted; out of channels and groups; no roles are told any more."""
    group = slack.set_group("care", ["mia", "omar"])
    slack.hold_events()
    slack.deactivate("omar")
    events = told(slack)
    assert [each["type"] for each in events] == [
        "subteam_members_changed", "subteam_updated", "user_change",
    ]  # fmt: skip
    assert events[2]["user"]["deleted"]
    assert (await client.usergroups_users_list(usergroup=group.id))["users"] == ["U0MIA000000"]
    assert "U0OMAR00000" not in (await client.conversations_members(channel=SUPPORT))["members"]
    user = (await client.users_info(user="U0OMAR00000"))["user"]
    assert user["deleted"]
    assert "is_restricted" not in user
    with pytest.raises(PermissionError, match="deactivated"):
        await slack.person("omar").say("#marketing", "hi")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel="U0OMAR00000", text="hi")


async def test_groups_are_listed_and_their_changes_told(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Members come only when asked for; an unknown group is refused; counts are text."""
    slack.hold_events()
    group = slack.set_group("@care", ["mia"])
    slack.set_group("care", ["mia", "omar"])
    slack.set_group("care", ["omar", "mia"])
    created, changed, updated = told(slack)
    assert created["subteam"]["handle"] == "care"
    assert (changed["added_users"], changed["added_users_count"]) == (["U0OMAR00000"], "1")
    assert updated["subteam"]["users"] == ["U0MIA000000", "U0OMAR00000"]
    plain = (await client.usergroups_list())["usergroups"][0]
    full = (await client.usergroups_list(include_users=True))["usergroups"][0]
    assert plain["id"] == full["id"] == group.id
    assert "users" not in plain
    assert full["user_count"] == 2
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S0NOBODY")
    said = await slack.person("mia").say("#support", "ask @care")
    assert said.text == f"ask <!subteam^{group.id}>"


async def test_newcomers_are_told_apart(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A colleague and a guest join the team; somebody of another company never does."""
    slack.hold_events()
    ids = {
        "ann": slack.newcomer("ann").id,
        "gil": slack.newcomer("gil", is_guest=True, channels=["#support"]).id,
        "bo": slack.newcomer("bo", company="Nordic Agency", channels=["#partner-acme"]).id,
    }
    joined = [each["user"]["id"] for each in told(slack) if each["type"] == "team_join"]
    assert joined == [ids["ann"], ids["gil"]]
    users = {name: (await client.users_info(user=ids[name]))["user"] for name in ("gil", "bo")}
    assert users["gil"]["is_restricted"]
    assert (users["bo"]["is_stranger"], users["bo"]["team_id"]) == (True, "T0NORDIC000")


@pytest.mark.parametrize(
    ("scope", "event"),
    [
        ("usergroups:read", "subteam_created"),
        ("users:read", "user_change"),
        ("channels:read", "channel_archive"),
        ("channels:read", "member_left_channel"),
    ],
)
async def test_without_scope_or_subscription_nothing_is_told(scope: str, event: str) -> None:
    """Either of them missing is enough."""
    for seed in (Seed(scopes=SCOPES - {scope}), Seed(events=EVENTS - {event})):
        async with LocalSlack(seed=seed) as slack:
            slack.hold_events()
            slack.set_group("care", ["mia"])
            slack.deactivate("gus")
            slack.archive("#marketing")
            slack.remove_bot("#support")
            kinds = {each["type"] for each in told(slack)}
            assert event not in kinds
            assert kinds


async def test_groups_need_their_scope() -> None:
    """missing_scope names it."""
    async with LocalSlack(seed=Seed(scopes=SCOPES - {"usergroups:read"})) as slack:
        client = AsyncWebClient(token=slack.api.bot_token, base_url=f"{slack.url}/api/")
        for method in ("usergroups.list", "usergroups.users.list"):
            with pytest.raises(SlackApiError) as caught:
                await client.api_call(method, json={"usergroup": "S1"})
            assert caught.value.response["needed"] == "usergroups:read"


async def test_an_uninstalled_app_is_told_and_refused(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """tokens_revoked, app_uninstalled, then token_revoked for every call."""
    slack.hold_events()
    slack.revoke()
    assert [each["type"] for each in told(slack)] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


async def test_slacks_own_lines_have_their_subtypes(slack: LocalSlack) -> None:
    """A topic is nobody's message; `/me` is somebody's."""
    slack.hold_events()
    slack.notice("#support", "channel_topic", "set the topic")
    await slack.person("mia").me("#support", "waves")
    assert [each["subtype"] for each in told(slack)] == ["channel_topic", "me_message"]


async def test_any_payload_can_be_sent(slack: LocalSlack) -> None:
    """Malformed ones as well, under an envelope of Slack's."""
    slack.hold_events()
    slack.inject({"type": "message", "ts": 7}, authorizations=None)
    slack.inject("nothing")
    first, second = [each.payload for each in slack.deliveries.held or []]
    assert (first["event"]["ts"], first["authorizations"]) == (7, None)
    assert (second["event"], second["type"]) == ("nothing", "event_callback")
