"""Giving Slack a file: three steps, then the wait until it may be shown (slack-platform §4)."""

from __future__ import annotations

import asyncio
import logging
import time

import aiohttp
from slack_sdk.errors import SlackApiError

from commands.blocks import plain
from commands.calls import FAULTS, error_of, is_final, pause, repeat
from commands.context import Context
from commands.files_download import is_slack_origin

log = logging.getLogger(__name__)

TRIES = 4
READY_SECONDS = 60.0
LOOK_BACK_SECONDS = 3600.0
FIRST_LOOK, SLOWEST_LOOK = 0.1, 2.0


class NotUploaded(Exception):
    """Slack did not take the file, or did not get it ready in time."""


async def upload_image(context: Context, data: bytes, name: str, alt_text: str) -> str:
    """Upload an image that belongs to no channel; return its id once a block may show it."""
    file_id = await upload(context, data, name, alt_text=alt_text)
    await wait_until_ready(context, file_id)
    return file_id


async def upload(
    context: Context,
    data: bytes,
    name: str,
    *,
    alt_text: str = "",
    channel: str | None = None,
) -> str:
    """Upload a file, into ``channel`` where one is named, and return its id.

    A try that breaks before the third step leaves nothing behind: Slack discards the bytes.
    Raises ``NotUploaded``. The name may be what somebody called a file of theirs.
    """
    name = plain(" ".join(name.split()))
    for attempt in range(TRIES):
        try:
            file_id = await send_bytes(context, data, name, alt_text)
        except FAULTS as fault:
            if is_final(fault):
                raise NotUploaded(str(fault)) from fault
            await pause(attempt)
            continue
        if await complete(context, file_id, name, channel):
            return file_id
        await pause(attempt)
    raise NotUploaded(f"{TRIES} tries")


async def send_bytes(context: Context, data: bytes, name: str, alt_text: str) -> str:
    """Do the first two steps: ask for an address, and post the bytes there."""
    place = await repeat(
        lambda: context.client.files_getUploadURLExternal(
            filename=name, length=len(data), alt_txt=plain(alt_text)[:1000] or None
        )
    )
    url = str(place["upload_url"])
    if not is_slack_origin(context, url):
        raise NotUploaded("an address outside Slack")
    async with context.http.post(
        url, data=data, headers={"Content-Type": "application/octet-stream"}, allow_redirects=False
    ) as answer:
        said = await answer.text(errors="replace")
        if answer.status != 200 or not said.startswith("OK"):
            raise aiohttp.ClientPayloadError(f"upload answered {answer.status}")
    return str(place["file_id"])


async def complete(context: Context, file_id: str, name: str, channel: str | None) -> bool:
    """Do the third step; say whether Slack has the file now.

    It works once: after a lost answer the second try tells whether the first had arrived.
    """
    for attempt in range(TRIES):
        try:
            await context.client.files_completeUploadExternal(
                files=[{"id": file_id, "title": name}], channel_id=channel
            )
            return True
        except FAULTS as fault:
            if is_final(fault):
                if error_of(fault) == "file_not_found":
                    return attempt > 0 and await exists(context, file_id)
                raise NotUploaded(str(fault)) from fault
            log.info("completing an upload is unconfirmed", extra={"file": file_id})
            await pause(attempt)
    return False


async def exists(context: Context, file_id: str) -> bool:
    """Say whether Slack knows the file as finished."""
    try:
        answer = await repeat(lambda: context.client.files_info(file=file_id))
    except FAULTS:
        return False
    return bool(answer.get("file"))


async def has_file(context: Context, channel: str, name: str) -> bool:
    """Say whether a file of that name was lately sent to the direct message ``channel``."""
    since = f"{context.clock().timestamp() - LOOK_BACK_SECONDS:.6f}"
    answer = await repeat(
        lambda: context.client.conversations_history(channel=channel, oldest=since, limit=50)
    )
    files = [file for said in answer.get("messages") or [] for file in said.get("files") or []]
    return any(file.get("title") == name or file.get("name") == name for file in files)


async def wait_until_ready(context: Context, file_id: str) -> None:
    """Wait until the file has a ``mimetype``: shown earlier, the whole message is refused."""
    deadline = time.monotonic() + READY_SECONDS
    wait = FIRST_LOOK
    while time.monotonic() < deadline:
        try:
            answer = await repeat(lambda: context.client.files_info(file=file_id))
        except SlackApiError as refusal:
            raise NotUploaded(error_of(refusal)) from refusal
        if (answer.get("file") or {}).get("mimetype"):
            return
        await asyncio.sleep(wait)
        wait = min(SLOWEST_LOOK, wait * 1.5)
    raise NotUploaded(f"not ready after {READY_SECONDS:.0f} s")
