"""What the process counts about itself; ``bot.metrics`` shows it, nothing of it names anybody.

Plain numbers, so that counting costs nothing at the start: the library that writes them for
machines is loaded when a machine asks.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from commands.calls import PatientRateLimit
from commands.command_names import CommandNames
from commands.tasks import Tasks, Tell
from kpis.charts.workers import ChartWorkers

if TYPE_CHECKING:
    from kpis.charts.document import Document
    from kpis.charts.picture import Picture

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Seconds; Slack waits 3 for an acknowledgement."""


@dataclass
class Times:
    """How long something took, counted by ``BOUNDS``."""

    total: float = 0.0
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, seconds: float) -> None:
        self.total += seconds
        self.counts[bisect_left(BOUNDS, seconds)] += 1


@dataclass
class Tally:
    """Everything that is counted, from the start of the process on; used on the event loop."""

    began: float = field(default_factory=time.time)
    start_seconds: float = 0.0
    """From the first call to the open line."""
    acks: dict[tuple[str, bool], Times] = field(default_factory=dict)
    """By what Slack sent (its envelope's type) and whether it was acknowledged."""
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By method, and ``ok``, ``refused``, ``limited`` (429) or ``fault``."""
    tasks: dict[str, Times] = field(default_factory=dict)
    """Work after the acknowledgement, by the function that does it."""
    charts: dict[str, Times] = field(default_factory=dict)
    """By ``drawn`` and ``failed``."""
    audits: Counter[str] = field(default_factory=Counter)

    def ack(self, kind: str, was_acknowledged: bool, seconds: float) -> None:
        self.acks.setdefault((kind, was_acknowledged), Times()).add(seconds)

    @contextmanager
    def chart(self) -> Iterator[None]:
        """Time the drawing of one picture or document."""
        began, outcome = time.perf_counter(), "failed"
        try:
            yield
            outcome = "drawn"
        finally:
            took = time.perf_counter() - began
            self.charts.setdefault(outcome, Times()).add(took)


FindToken = Callable[[], Awaitable[str | None]]
STALE = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
"""What Slack says of a token that is none, or none any more (slack-platform §12)."""


class CountedClient(AsyncWebClient):
    """The way to Slack, counted by method and outcome.

    Where tokens may change (``find_token``), one that Slack refuses is looked up again: what was
    refused for its token was not done, so it is asked once more with the newer one.
    """

    tally: Tally
    find_token: FindToken | None = None
    names: CommandNames | None = None
    """What the commands are called in everything it sends, where that is not the usual."""

    async def api_call(
        self, api_method: str, *, json: dict[str, Any] | None = None, **given: Any
    ) -> AsyncSlackResponse:
        if self.names is not None and json is not None:
            json = self.names.in_payload(json)
        return await super().api_call(api_method, json=json, **given)

    async def _request(self, *, http_verb: Any, api_url: Any, req_args: Any) -> dict[str, Any]:
        answer = await self._counted(http_verb=http_verb, api_url=api_url, req_args=req_args)
        used = (req_args.get("headers") or {}).get("Authorization")
        if self.find_token is None or not is_stale(answer) or not used:
            return answer
        newer = await self.find_token()
        if newer is None or used == f"Bearer {newer}":
            return answer
        self.token = newer
        again = {**req_args, "headers": {**req_args["headers"], "Authorization": f"Bearer {newer}"}}
        return await self._counted(http_verb=http_verb, api_url=api_url, req_args=again)

    async def _counted(self, *, http_verb: Any, api_url: Any, req_args: Any) -> dict[str, Any]:
        method, outcome = urlsplit(str(api_url)).path.rsplit("/", 1)[-1], "fault"
        try:
            answer: dict[str, Any] = await super()._request(
                http_verb=http_verb, api_url=api_url, req_args=req_args
            )
            outcome = judge(answer)
        finally:
            self.tally.calls[method, outcome] += 1
        return answer


def is_stale(answer: dict[str, Any]) -> bool:
    """Say whether Slack refused the token."""
    data = answer.get("data")
    return isinstance(data, dict) and data.get("error") in STALE


def judge(answer: dict[str, Any]) -> str:
    """Return what became of a call, in one word."""
    data = answer.get("data")
    if answer.get("status_code") == 429:
        return "limited"
    if not isinstance(data, dict) or int(answer.get("status_code") or 0) >= 500:
        return "fault"
    return "ok" if data.get("ok") else "refused"


class CountedRateLimit(PatientRateLimit):
    """Waits as a 429 says, and counts it: calls that were waited for end as ``ok``."""

    def __init__(self, tally: Tally, max_retry_count: int) -> None:
        super().__init__(max_retry_count=max_retry_count)
        self.tally = tally

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        method = urlsplit(request.url).path.rsplit("/", 1)[-1]
        self.tally.calls[method, "limited"] += 1
        await super().prepare_for_next_attempt_async(
            state=state, request=request, response=response, error=error
        )


class CountedTasks(Tasks):
    """Work after the acknowledgement, timed by the function that does it."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally

    def start(self, work: Coroutine[Any, Any, None], tell: Tell | None = None) -> None:
        super().start(self._timed(work), tell)

    async def _timed(self, work: Coroutine[Any, Any, None]) -> None:
        began = time.perf_counter()
        try:
            await work
        finally:
            name = getattr(work, "__qualname__", "work").partition(".<locals>")[0]
            self.tally.tasks.setdefault(name, Times()).add(time.perf_counter() - began)


class CountedWorkers(ChartWorkers):
    """Chart workers, timed: pictures and documents alike."""

    tally: Tally

    async def draw(self, picture: Picture) -> bytes:
        with self.tally.chart():
            return await super().draw(picture)

    async def print(self, document: Document) -> bytes:
        with self.tally.chart():
            return await super().print(document)
