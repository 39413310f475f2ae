"""What stands before every handler: signs that no text can hold are mended, the pace is kept.

Commands and presses are held back here, questions in messages where they are read (``events``).

Events are written down in any case, since customers' messages are no requests; forms are opened
by a press and so need no pace of their own, and nothing that was typed into one is lost.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from commands.asker import Asker, asker_of_action, asker_of_command, tell
from commands.context import Context
from commands.mending import mend
from commands.pace import Verdict
from commands.saying import say


def register(app: AsyncApp, context: Context) -> None:
    """Keep the pace of everything that is registered."""
    app.use(Gate(context))


class Gate(AsyncMiddleware):
    """Lets commands and presses through at a pace; the others are acknowledged and left alone."""

    def __init__(self, context: Context) -> None:
        self.context = context

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        req.body = mend(req.body)
        asker = asker_of(req.body)
        if asker is None or may_go(self.context, asker):
            return await next()
        return BoltResponse(status=200, body="")


def asker_of(body: Mapping[str, Any]) -> Asker | None:
    """Return who sent a command or pressed; nothing for all else, and for what says of nobody."""
    try:
        if "command" in body:
            return asker_of_command(body)
        if body.get("type") == "block_actions":
            asker = asker_of_action(body)
            return asker if asker.user else None
    except (AttributeError, KeyError, TypeError):
        pass  # malformed: its handler says so
    return None


def may_go(context: Context, asker: Asker) -> bool:
    """Say whether somebody may ask now; who asks too often is told so, once."""
    verdict = context.pace.ask(asker.user)
    if verdict is Verdict.TELL:
        context.tasks.start(tell_to_wait(context, asker, context.pace.wait_of(asker.user)))
    return verdict is Verdict.GO


async def tell_to_wait(context: Context, asker: Asker, seconds: int) -> None:
    """Tell somebody, in their language, from when on they are answered again."""
    from commands.tongues import language_of_person
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        line = say(
            "That was more than I can answer at once, so I left the rest out. "
            "Go on in {seconds} s, a little slower.",
            seconds=seconds,
        )
    await tell(context, asker, line)
