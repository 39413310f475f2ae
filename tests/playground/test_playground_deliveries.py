"""Commands, events and interactions reach a bare bolt bot by socket and by signed HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.playground import LocalSlack

Echo = tuple[LocalSlack, AsyncApp]


def button(action_id: str) -> dict[str, Any]:
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": action_id,
                "value": "7",
                "text": {"type": "plain_text", "text": "Press"},
            }
        ],
    }


def modal(**more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": {"type": "plain_text", "text": "Ask"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "words",
                "label": {"type": "plain_text", "text": "Words"},
                "element": {"type": "plain_text_input", "action_id": "typed"},
            }
        ],
        **more,
    }


async def test_a_command_arrives_with_its_fields_and_the_ack_is_shown(echo: Echo) -> None:
    """Mentions arrive as ids (should_escape), and the ack's text is seen by the asker alone."""
    slack, app = echo
    got: list[dict[str, Any]] = []

    @app.command("/kpi")
    async def kpi(ack: Any, command: dict[str, Any]) -> None:
        got.append(command)
        await ack(f"You said {command['text']}")

    mia, omar = slack.person("mia"), slack.person("omar")
    answer = await mia.command("/kpi reach @omar & #marketing", "#random")
    assert answer.ok
    assert got[0]["text"] == "reach <@U0OMAR00000|omar> &amp; <#C0MARKETING|marketing>"
    assert got[0]["channel_name"] == "random"
    assert "thread_ts" not in got[0]
    assert [m.text for m in mia.sees("#random")] == [f"You said {got[0]['text']}"]
    assert mia.sees("#random")[0].is_private
    assert omar.sees("#random") == []


async def test_a_command_that_is_not_acked_shows_operation_timeout(echo: Echo) -> None:
    """After the ack time the asker sees Slack's own line, and nobody else does."""
    slack, app = echo

    @app.command("/kpi")
    async def kpi(ack: Any) -> None:
        await asyncio.sleep(1.0)
        await ack()

    mia = slack.person("mia")
    assert not (await mia.command("/kpi reach")).ok
    assert mia.sees()[-1].text == '/kpi failed with the error "operation_timeout"'
    assert (await mia.command("/nosuch")).reason == "invalid_command"


async def test_a_mention_is_told_twice_and_a_reply_lands_in_its_thread(echo: Echo) -> None:
    """A mention in a channel is a message event and an app_mention of the same ts."""
    slack, app = echo
    seen: list[str] = []

    @app.event("app_mention")
    async def mention(event: dict[str, Any], say: Any) -> None:
        seen.append(event["ts"])
        await say(text="here", thread_ts=event["ts"])

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        seen.append(event["ts"])

    mia = slack.person("mia")
    asked = await mia.mention("#marketing", "reach last week")
    reply = await mia.await_message("#marketing", "here")
    assert reply.thread_ts == asked.ts
    await slack.settle()
    assert seen.count(asked.ts) == 2
    assert await_names(slack).count("app_mention") == 1


def await_names(slack: LocalSlack) -> list[str]:
    return [ack.name for ack in slack.acks]


async def test_buttons_modals_and_field_errors_go_there_and_back(echo: Echo) -> None:
    """A press opens a modal by its trigger; errors stay on the field until the bot is content."""
    slack, app = echo

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        assert body["actions"][0]["value"] == "7"
        assert body["message"]["blocks"][0]["type"] == "actions"
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("ask")
    async def ask(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["words"]["typed"]["value"]
        if typed == "bad":
            await ack(response_action="errors", errors={"words": "Say it better"})
        else:
            await ack()

    await app.client.chat_postMessage(channel="C0MARKETING", text="x", blocks=[button("go")])
    mia = slack.person("mia")
    message = await mia.await_message("#marketing", "Press")
    assert (await mia.press(message, "go")).ok
    view = await mia.await_view("Ask")
    await mia.submit(view, {"typed": "bad"})
    assert view.errors == {"words": "Say it better"}
    assert mia.open_view() is view
    await mia.submit(view, {"words": "good"})
    assert mia.open_view() is None


async def test_a_dropped_file_can_be_fetched_with_the_token_only(echo: Echo, png: bytes) -> None:
    """A file is a file_share message and a file_shared event; without a token, a login page."""
    slack, app = echo
    names: list[str] = []

    @app.event("file_shared")
    async def shared(event: dict[str, Any]) -> None:
        names.append(event["file_id"])

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        names.append(event["files"][0]["id"])

    dropped = await slack.person("mia").drop("dm", "posts.csv", b"id,reach\n1,2\n", "my numbers")
    await slack.settle()
    assert names == [dropped.files[0]] * 2
    info = await app.client.files_info(file=dropped.files[0])
    assert info["file"]["mimetype"] == "text/csv"
    address = info["file"]["url_private_download"]
    import aiohttp

    async with aiohttp.ClientSession() as session:
        async with session.get(address) as page:
            assert (page.status, page.content_type) == (200, "text/html")
        token = {"Authorization": f"Bearer {slack.api.bot_token}"}
        async with session.get(address, headers=token) as file:
            assert await file.read() == b"id,reach\n1,2\n"


async def test_home_reactions_joins_and_shortcuts_are_told(echo: Echo) -> None:
    """Each happening is one event or payload of its own kind."""
    slack, app = echo
    names: list[str] = []

    for name in ("app_home_opened", "reaction_added", "reaction_removed", "member_joined_channel"):

        @app.event(name)
        async def note(event: dict[str, Any]) -> None:
            names.append(event["type"])

    @app.event("message")
    async def message() -> None:
        pass

    @app.shortcut("track")
    async def track(ack: Any, body: dict[str, Any]) -> None:
        names.append(body["type"])
        await ack()

    mia = slack.person("mia")
    said = await mia.say("#marketing", "order 8841 never came")
    await mia.open_home()
    await mia.react(said, "white_check_mark")
    await mia.react(said, "white_check_mark", remove=True)
    await mia.invite_bot("#random")
    await mia.message_shortcut(said, "track")
    await slack.settle()
    assert sorted(names) == [
        "app_home_opened",
        "member_joined_channel",
        "message_action",
        "reaction_added",
        "reaction_removed",
    ]


async def test_an_unacked_event_is_sent_again_with_the_same_id(echo: Echo) -> None:
    """Three retries, numbered, with a reason; the event keeps its identity (slack-platform §2)."""
    slack, app = echo
    got: list[tuple[str, str]] = []

    @app.event("message")
    async def fail(body: dict[str, Any], request: Any) -> None:
        number = request.headers.get("x-slack-retry-num", ["0"])[0]
        got.append((body["event_id"], number))
        raise RuntimeError("broken on purpose")

    await slack.person("mia").say("#marketing", "hello")
    await slack.settle()
    assert len({event for event, _ in got}) == 1
    assert [number for _, number in got] == ["0", "1", "2", "3"]
    assert [ack.ok for ack in slack.acks] == [False] * 4


async def test_events_can_be_doubled_and_turned_round(echo: Echo) -> None:
    """Nothing promises order or once-only delivery, so a bot must bear both."""
    slack, app = echo
    got: list[str] = []

    @app.event("message")
    async def note(event: dict[str, Any]) -> None:
        got.append(event["text"])

    mia = slack.person("mia")
    slack.hold_events()
    await mia.say("#marketing", "one")
    await mia.say("#marketing", "two")
    slack.release_events(backwards=True)
    await slack.settle()
    slack.faults.duplicate_events = 1
    await mia.say("#marketing", "three")
    await slack.settle()
    assert got == ["two", "one", "three", "three"]


async def test_a_stranger_is_told_from_ours(echo: Echo) -> None:
    """In a shared channel the outer team is theirs; authorizations name the install (§2)."""
    slack, app = echo
    bodies: list[dict[str, Any]] = []

    @app.event("message")
    async def note(body: dict[str, Any]) -> None:
        bodies.append(body)

    lena = slack.person("lena")
    await lena.say("#partner-acme", "hi")
    await slack.settle()
    assert bodies[0]["is_ext_shared_channel"] is True
    assert bodies[0]["team_id"] == bodies[0]["event"]["user_team"] == "T0NORDIC000"
    assert bodies[0]["authorizations"][0]["team_id"] == "T0ACME00000"
    assert (await lena.command("/kpi reach", "#partner-acme")).reason == "invalid_command"
