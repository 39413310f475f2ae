"""Uploads in three steps, slow processing, and response_url (slack-platform §1, §4)."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import LocalSlack
from bot.playground.seed import MIA


def chart(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "alt_text": "Reach", "slack_file": {"id": file_id}}]


async def upload(client: AsyncWebClient, data: bytes, name: str = "chart.png") -> str:
    """Do steps 1 and 2 and return the file's id."""
    begun = await client.files_getUploadURLExternal(filename=name, length=len(data))
    async with (
        aiohttp.ClientSession() as session,
        session.post(begun["upload_url"], data=data) as done,
    ):
        assert (done.status, await done.text()) == (200, f"OK - {len(data)}")
    return str(begun["file_id"])


async def processed(client: AsyncWebClient, file_id: str) -> dict[str, Any]:
    """Poll files.info until there is a mimetype."""
    while True:
        file: dict[str, Any] = (await client.files_info(file=file_id))["file"]
        if file["mimetype"]:
            return file
        await asyncio.sleep(0.01)


async def test_a_chart_can_be_shown_only_once_it_is_processed(
    slack: LocalSlack, client: AsyncWebClient, png: bytes
) -> None:
    """Too early is invalid_blocks with a pointer; afterwards the channel may open the file."""
    file_id = await upload(client, png)
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Reach"}])
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0MARKETING", text="x", blocks=chart(file_id))
    assert caught.value.response["error"] == "invalid_blocks"
    reason = "invalid slack file [json-pointer:/blocks/0/slack_file]"
    assert caught.value.response["errors"] == [reason]
    file = await processed(client, file_id)
    assert file["shares"] == {}
    posted = await client.chat_postMessage(channel="C0MARKETING", text="x", blocks=chart(file_id))
    shares = (await client.files_info(file=file_id))["file"]["shares"]
    assert shares["public"]["C0MARKETING"][0]["ts"] == posted["ts"]


async def test_an_upload_is_completed_once_and_never_without_its_bytes(
    client: AsyncWebClient, png: bytes
) -> None:
    """A second step 3, or one without step 2, finds no file."""
    file_id = await upload(client, png)
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": file_id}])
    begun = await client.files_getUploadURLExternal(filename="a.png", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])


async def test_the_sdks_upload_shares_a_file_after_its_answer(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """files_upload_v2 answers before the message stands in the channel (§4)."""
    await client.files_upload_v2(channel="D0MIA000000", filename="reach.csv", content="a,b\n1,2\n")
    mia = slack.person("mia")
    assert mia.sees() == []
    message = await mia.await_message("dm", lambda message: bool(message.files))
    assert mia.files(message)[0].data == b"a,b\n1,2\n"


async def test_a_file_that_is_no_image_is_refused_in_a_block(client: AsyncWebClient) -> None:
    """The bytes decide, not the name."""
    file_id = await upload(client, b"id,reach\n", "fake.png")
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    await processed(client, file_id)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="C0MARKETING", text="x", blocks=chart(file_id))


async def post(url: str, body: dict[str, Any]) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as reply:
        return reply.status, await reply.json()


async def test_files_are_refused_in_private_messages(
    slack: LocalSlack, client: AsyncWebClient, png: bytes
) -> None:
    """Ephemeral messages and response_url cannot show a slack_file (§4)."""
    file_id = await upload(client, png)
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    await processed(client, file_id)
    blocks = chart(file_id)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postEphemeral(channel="C0MARKETING", user=MIA, text="x", blocks=blocks)
    url = slack.space.new_hook(MIA, "C0RANDOM000")
    status, body = await post(url, {"text": "x", "blocks": blocks})
    assert (status, body["error"]) == (404, "invalid_blocks")


async def test_a_response_url_works_five_times_for_thirty_minutes(slack: LocalSlack) -> None:
    """Also where the bot is no member; afterwards HTTP 404 (§1)."""
    url = slack.space.new_hook(MIA, "C0RANDOM000")
    for number in range(5):
        assert (await post(url, {"text": str(number)}))[0] == 200
    assert await post(url, {"text": "6"}) == (404, {"ok": False, "error": "used_url"})
    late = slack.space.new_hook(MIA, "C0RANDOM000")
    slack.faults.response_url_seconds = 0
    assert await post(late, {"text": "x"}) == (404, {"ok": False, "error": "expired_url"})
    mia, omar = slack.person("mia"), slack.person("omar")
    assert [m.text for m in mia.sees("#random")] == ["0", "1", "2", "3", "4"]
    assert omar.sees("#random") == []


async def test_a_private_message_never_becomes_public_by_replacing_it(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """replace_original keeps who sees it, delete_original removes it (§1)."""
    await client.chat_postEphemeral(channel="C0MARKETING", user=MIA, text="private")
    mia, omar = slack.person("mia"), slack.person("omar")
    source = mia.sees("#marketing")[0]
    url = slack.space.new_hook(MIA, "C0MARKETING", source)
    body = {"text": "new", "replace_original": True, "response_type": "in_channel"}
    assert (await post(url, body))[0] == 200
    assert [(m.text, m.is_private) for m in mia.sees("#marketing")] == [("new", True)]
    assert omar.sees("#marketing") == []
    assert (await post(url, {"delete_original": True}))[0] == 200
    assert mia.sees("#marketing") == []
    assert (await post(url, {"text": "all", "response_type": "in_channel"}))[0] == 200
    assert [m.text for m in omar.sees("#marketing")] == ["all"]
