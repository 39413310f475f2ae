"""Reading a file that a person gave to Slack: from Slack alone, and never more than we can hold."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from commands import wording
from commands.calls import FAULTS, error_of, is_final, pause, repeat
from commands.context import Context
from commands.saying import say
from storage.errors import KepiError

log = logging.getLogger(__name__)

SLACK_API = AsyncWebClient.BASE_URL
FILE_HOST = "files.slack.com"
MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE
"""Bytes of the largest file that is read."""
TRIES = 4
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip")


@dataclass(frozen=True)
class Dropped:
    """A file in Slack, as ``files.info`` describes it."""

    id: str
    name: str
    size: int
    owner: str
    url: str

    @property
    def is_table(self) -> bool:
        return self.name.lower().endswith(TABLE_ENDINGS)


async def describe_file(context: Context, file_id: str) -> Dropped:
    """Return what Slack knows of a file; the address comes from here, never from an event."""
    try:
        answer = await repeat(lambda: context.client.files_info(file=file_id))
    except SlackApiError as refusal:
        if error_of(refusal) in {"file_not_found", "file_deleted"}:
            raise KepiError(wording.FILE_GONE, name=say("this file")) from refusal
        if error_of(refusal) in {"missing_scope", "not_visible", "access_denied"}:
            raise KepiError(wording.FILE_NOT_ALLOWED, name=say("this file")) from refusal
        if is_final(refusal):
            raise
        raise KepiError(wording.FILE_FAILED, name=say("this file")) from refusal
    except FAULTS as fault:
        raise KepiError(wording.FILE_FAILED, name=say("this file")) from fault
    return read_file_info(answer["file"])


def read_file_info(info: Mapping[str, Any]) -> Dropped:
    return Dropped(
        str(info["id"]),
        str(info.get("name") or info.get("title") or "file"),
        int(info.get("size") or 0),
        str(info.get("user") or ""),
        str(info.get("url_private_download") or info.get("url_private") or ""),
    )


def is_slack_origin(context: Context, url: str) -> bool:
    """Say whether ``url`` is Slack's file host, or exactly the origin of ``SLACK_API_URL``."""
    try:
        asked, ours = urlsplit(url), urlsplit(context.client.base_url)
        if asked.username is not None or asked.password is not None:
            return False
        here = (ours.scheme, ours.hostname, ours.port)
        if (
            context.client.base_url != SLACK_API
            and (asked.scheme, asked.hostname, asked.port) == here
        ):
            return True
        return asked.scheme == "https" and asked.hostname == FILE_HOST and asked.port in (None, 443)
    except ValueError:
        return False


async def download(context: Context, file: Dropped) -> bytes:
    """Return the bytes of ``file``.

    Raises ``KepiError`` when it is too large, gone, does not come, or Slack shows a login page
    instead (which it does with status 200 where the scope is missing).
    """
    if not is_slack_origin(context, file.url):
        raise KepiError(wording.FILE_NOT_ALLOWED, name=file.name)
    if file.size > LIMIT:
        raise too_large(file, file.size)
    for attempt in range(TRIES - 1):
        try:
            return await fetch(context, file)
        except FAULTS as fault:
            log.info("a download broke", extra={"why": repr(fault)[:200]})
            await pause(attempt)
    try:
        return await fetch(context, file)
    except FAULTS as fault:
        raise KepiError(wording.FILE_FAILED, name=file.name) from fault


async def fetch(context: Context, file: Dropped) -> bytes:
    """Ask once; raises ``KepiError`` for what asking again would not change."""
    headers = {"Authorization": f"Bearer {context.client.token}"}
    async with context.http.get(file.url, headers=headers, allow_redirects=False) as answer:
        if answer.status == 404:
            raise KepiError(wording.FILE_GONE, name=file.name)
        if 300 <= answer.status < 400 or answer.status in (401, 403):
            raise KepiError(wording.FILE_NOT_ALLOWED, name=file.name)
        answer.raise_for_status()
        if answer.content_type == "text/html":
            raise KepiError(wording.FILE_NOT_ALLOWED, name=file.name)
        return await read_within(answer, file)


async def read_within(answer: aiohttp.ClientResponse, file: Dropped) -> bytes:
    """Return the body, stopping as soon as it is more than allowed, whatever was announced."""
    kept = bytearray()
    async for part in answer.content.iter_chunked(1 << 18):
        kept += part
        if len(kept) > LIMIT:
            raise too_large(file, len(kept))
    return bytes(kept)


def too_large(file: Dropped, size: int) -> KepiError:
    megabytes, limit = -(-size // MEGABYTE), LIMIT // MEGABYTE
    return KepiError(wording.FILE_TOO_LARGE, name=file.name, size=megabytes, limit=limit)
