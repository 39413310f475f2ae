"""Calling Slack: what may be repeated after a fault, and what may not (slack-platform §6, §12).

A lost answer does not mean that nothing happened. Reads and updates are simply repeated; a post
is repeated only when it certainly did not arrive (``commands.posting``).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_slack_response import AsyncSlackResponse

TRIES = 5
SECONDS_WITHOUT_ADVICE = 10.0
"""Waited on a 429 that does not say how long."""

TRANSIENT = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
    | {"ratelimited", "rate_limited", "team_added_to_org", "accesslimited"}
)
FAULTS = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError)
"""Everything that a call to Slack may raise."""

Call = Callable[[], Awaitable[AsyncSlackResponse]]


class PatientRateLimit(AsyncRetryHandler):
    """Waits as long as a 429 says, then asks again; a 429 was certainly not carried out."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return response is not None and response.status_code == 429

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        state.next_attempt_requested = True
        await asyncio.sleep(retry_after(response) + random.random() * 0.2)
        state.increment_current_attempt()


def retry_after(response: HttpResponse | None) -> float:
    """Return the seconds that a 429 asks for; 10 where it names none or no number."""
    headers = {} if response is None else response.headers
    for name, value in headers.items():
        if name.lower() == "retry-after":
            words = str(value[0] if isinstance(value, list) else value)
            return float(words) if words.isdecimal() else SECONDS_WITHOUT_ADVICE
    return SECONDS_WITHOUT_ADVICE


def error_of(fault: Exception) -> str:
    """Return Slack's word for what went wrong, or an empty string."""
    if isinstance(fault, SlackApiError) and isinstance(fault.response, AsyncSlackResponse):
        data = fault.response.data
        return str(data.get("error", "")) if isinstance(data, dict) else ""
    return ""


def is_final(fault: Exception) -> bool:
    """Say whether Slack understood the call and refused it: asking again gives the same."""
    word = error_of(fault)
    return bool(word) and word not in TRANSIENT


def never_arrived(fault: Exception) -> bool:
    """Say whether the call certainly was not carried out."""
    return isinstance(fault, aiohttp.ClientConnectorError)


async def pause(attempt: int) -> None:
    """Wait before another attempt: longer each time, and never all at once."""
    await asyncio.sleep(min(8.0, 0.25 * 2**attempt) * (0.5 + random.random()))


async def repeat(call: Call, tries: int = TRIES) -> AsyncSlackResponse:
    """Return what ``call`` answers, asking again after faults; for calls that may run twice.

    Raises ``SlackApiError`` when Slack refuses, or the last fault when it stays.
    """
    for attempt in range(tries - 1):
        try:
            return await call()
        except FAULTS as fault:
            if is_final(fault):
                raise
            await pause(attempt)
    return await call()
