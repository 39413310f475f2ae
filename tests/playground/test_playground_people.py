"""What each person may see and do, and what the bot is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Channel, FormRefused, LocalSlack, Seed, seed_of
from bot.playground.seed import MIA, SCOPES

Echo = tuple[LocalSlack, AsyncApp]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"action_id": "value", **element},
        **more,
    }


FORM = {
    "type": "modal",
    "callback_id": "ask",
    "notify_on_close": True,
    "title": plain("Ask"),
    "submit": plain("Ask"),
    "blocks": [
        field("kpi", {"type": "static_select", "options": options("Reach", "Followers")}),
        field(
            "who", {"type": "multi_static_select", "options": options("IG", "FB")}, optional=True
        ),
        field("since", {"type": "datepicker", "initial_date": "2026-10-24"}),
        field("how", {"type": "radio_buttons", "options": options("Day", "Week")}, optional=True),
        field("words", {"type": "plain_text_input", "min_length": 3}),
    ],
}


async def opened(slack: LocalSlack, client: AsyncWebClient) -> Any:
    await client.views_open(trigger_id=slack.space.new_trigger(MIA), view=FORM)
    return slack.person("mia").open_view()


async def test_a_form_is_checked_before_the_bot_hears_of_it(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """Required fields and lengths are Slack's own; an option that is not offered is an error."""
    mia = slack.person("mia")
    view = await opened(slack, client)
    with pytest.raises(FormRefused) as caught:
        await mia.submit(view, {"words": "ab"})
    assert set(caught.value.errors) == {"kpi", "words"}
    with pytest.raises(LookupError, match="not among the options"):
        await mia.submit(view, {"kpi": "likes"})
    with pytest.raises(LookupError, match="no field"):
        await mia.submit(view, {"platform": "x"})
    assert not slack.acks


async def test_values_arrive_in_the_shape_slack_gives_them(echo: Echo) -> None:
    """Selected options whole, untouched fields with their initial value or empty (§8)."""
    slack, app = echo
    got: list[dict[str, Any]] = []

    @app.view("ask")
    async def ask(ack: Any, view: dict[str, Any]) -> None:
        got.append({name: each["value"] for name, each in view["state"]["values"].items()})
        await ack(response_action="clear")

    @app.view_closed("ask")
    async def closed(ack: Any, body: dict[str, Any]) -> None:
        got.append(body)
        await ack()

    mia = slack.person("mia")
    view = await opened(slack, app.client)
    await mia.submit(view, {"kpi": "reach", "who": ["ig", "fb"], "words": "last week"})
    assert got[0] == {
        "kpi": {"type": "static_select", "selected_option": options("Reach")[0]},
        "who": {"type": "multi_static_select", "selected_options": options("IG", "FB")},
        "since": {"type": "datepicker", "selected_date": "2026-10-24"},
        "how": {"type": "radio_buttons", "selected_option": None},
        "words": {"type": "plain_text_input", "value": "last week"},
    }
    assert mia.open_view() is None
    await mia.close(await opened(slack, app.client))
    assert (got[1]["type"], got[1]["is_cleared"]) == ("view_closed", False)


async def test_a_view_that_is_not_acked_stays_open_with_a_warning(echo: Echo) -> None:
    """So does one whose errors name no field."""
    slack, app = echo
    mia = slack.person("mia")
    view = await opened(slack, app.client)
    await mia.submit(view, {"kpi": "reach", "words": "last week"})
    assert mia.open_view() is view
    assert "trouble connecting" in view.trouble

    @app.view("ask")
    async def ask(ack: Any) -> None:
        await ack(response_action="errors", errors={"nothing": "?"})

    await mia.submit(view, {"kpi": "reach", "words": "last week"})
    assert "invalid_errors" in view.trouble


async def test_an_overflow_of_a_private_message_sends_its_choice(echo: Echo) -> None:
    """The payload of an ephemeral message has no message, but says what it is."""
    slack, app = echo
    got: list[dict[str, Any]] = []

    @app.action("more")
    async def more(ack: Any, body: dict[str, Any], respond: Any) -> None:
        got.append(body)
        await ack()
        await respond(text="Removed", replace_original=True)

    overflow = {"type": "overflow", "action_id": "more", "options": options("Remove", "Share")}
    blocks = [{"type": "actions", "elements": [overflow]}]
    await app.client.chat_postEphemeral(channel="C0MARKETING", user=MIA, text="x", blocks=blocks)
    mia = slack.person("mia")
    message = await mia.await_message("#marketing", "Remove")
    await mia.press(message, "more", "remove")
    assert got[0]["actions"][0]["selected_option"]["value"] == "remove"
    assert got[0]["container"]["is_ephemeral"] is True
    assert "message" not in got[0]
    assert (await mia.await_message("#marketing", "Removed")).is_private
    with pytest.raises(LookupError, match="no element"):
        await mia.press(message, "more", "remove")


async def test_guests_and_strangers_see_their_channels_only(slack: LocalSlack) -> None:
    """A colleague may look into a public channel, but writes only after joining."""
    with pytest.raises(PermissionError):
        slack.person("gus").sees("#random")
    with pytest.raises(PermissionError):
        slack.person("lena").sees("#marketing")
    with pytest.raises(PermissionError):
        slack.person("gus").sees("#board")
    omar = slack.person("omar")
    slack.space.find_channel("#random").members.remove(omar.id)
    assert omar.sees("#random") == []
    with pytest.raises(PermissionError):
        await omar.say("#random", "hi")
    await omar.join("#random")
    await omar.say("#random", "hi")


async def test_the_bot_hears_only_where_it_is_and_may(echo: Echo) -> None:
    """No event from a channel without it; after an invitation there is."""
    slack, app = echo

    @app.event("message")
    async def message() -> None:
        pass

    @app.event("member_joined_channel")
    async def joined() -> None:
        pass

    mia = slack.person("mia")
    await mia.say("#random", "nobody hears")
    await slack.settle()
    assert not slack.acks
    await mia.invite_bot("#random")
    parent = await mia.say("#random", "heard")
    reply = await mia.say("#random", "and this", parent.ts, broadcast=True)
    await slack.settle()
    told = [ack.delivery.payload["event"] for ack in slack.acks]
    assert told[0]["inviter"] == MIA
    last = told[-1]
    assert (last["subtype"], last["ts"]) == ("thread_broadcast", reply.ts)
    assert last["root"]["ts"] == last["thread_ts"] == parent.ts


async def test_a_workspace_of_ones_own() -> None:
    """A seed changes channels and scopes; a scope the token lacks is named."""
    seed = Seed(scopes=SCOPES - {"files:write"} | {"chat:write.public"})
    seed.channels.append(Channel("C0OLDNEWS00", "old-news", [MIA, seed.bot_user], is_archived=True))
    async with LocalSlack(seed=seed) as slack:
        client = AsyncWebClient(token=slack.api.bot_token, base_url=f"{slack.url}/api/")
        await client.chat_postMessage(channel="C0RANDOM000", text="allowed by chat:write.public")
        with pytest.raises(SlackApiError, match="is_archived"):
            await client.chat_postMessage(channel="C0OLDNEWS00", text="x")
        with pytest.raises(SlackApiError) as caught:
            await client.files_getUploadURLExternal(filename="a.csv", length=1)
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "files:write"


async def test_what_a_manifest_forgets_is_missing() -> None:
    """Scopes count by kind of conversation, and Home only where it was switched on."""
    manifest = {
        "features": {
            "app_home": {"home_tab_enabled": False},
            "slash_commands": [{"command": "/kpi", "description": "Ask", "should_escape": False}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:history", "channels:read"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    }
    async with LocalSlack(seed=seed_of(manifest)) as slack:
        client = AsyncWebClient(token=slack.api.bot_token, base_url=f"{slack.url}/api/")
        mia = slack.person("mia")
        dm = (await mia.say("dm", "heard")).channel
        await client.conversations_history(channel=dm)
        with pytest.raises(SlackApiError) as caught:
            await client.conversations_history(channel="C0MARKETING")
        assert caught.value.response["needed"] == "channels:history"
        with pytest.raises(SlackApiError, match="not_enabled"):
            await client.views_publish(user_id=MIA, view={"type": "home", "blocks": []})


async def test_a_channel_takes_one_post_a_second_when_told_so(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """The limit is per channel (§6)."""
    client.retry_handlers.clear()
    slack.faults.posts_per_second = 1
    await client.chat_postMessage(channel="C0MARKETING", text="1")
    await client.chat_postMessage(channel="C0SUPPORT00", text="1")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel="C0MARKETING", text="2")


async def test_typed_text_is_marked_up_as_slack_does(slack: LocalSlack) -> None:
    """Mentions, channels, addresses and the three entities."""
    mia = slack.person("mia")
    typed = 'hi @omar and @nobody in #support: a < b & "c" https://x.se/?a=1&b=2.'
    said = await mia.say("#random", typed)
    assert said.text == (
        "hi <@U0OMAR00000> and @nobody in <#C0SUPPORT00|support>: a &lt; b &amp; "
        '"c" <https://x.se/?a=1&amp;b=2>.'
    )
