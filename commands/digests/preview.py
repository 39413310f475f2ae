"""A digest shown to one person before it goes out; nothing of it is kept as told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import context as small
from commands.blocks import escape
from commands.context import Context
from commands.digests import words
from commands.digests.composing import Composed, compose
from commands.people import open_direct
from commands.pictures import show_picture
from commands.posting import NotWelcome, Unconfirmed, post
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.digests.plan import Plan

log = logging.getLogger(__name__)


async def show_preview(
    context: Context, asker: Asker, plan: Plan, key: str = "", *, press: str = ""
) -> None:
    """Show the asker alone how a digest looks: with its picture in the direct message.

    Where they asked elsewhere, the words are shown there too.
    """
    from kpis.digests.calendar import latest_whole

    key = key or latest_whole(plan, context.clock())
    composed = await compose(context, plan, key, preview=say(words.PREVIEWED), reader=asker.user)
    if asker.channel and not (await context.channels.find(asker.channel)).is_direct:
        hint = small([escape(say(words.PREVIEW_IN_DM))])
        blocks = [*composed.blocks()[:14], hint]
        await tell_blocks(context, asker, composed.text, blocks)
    await send_directly(context, asker, composed, press=f"preview:{press or key}")


async def send_directly(context: Context, asker: Asker, composed: Composed, *, press: str) -> None:
    """Post a digest in the direct message with the asker, with its picture."""
    channel = asker.channel if asker.is_direct else await open_direct(context, asker.user)
    files = await upload_picture(context, composed)
    try:
        await post(
            context,
            channel=channel,
            text=composed.text,
            blocks=composed.blocks(files),
            key=press,
        )
    except (NotWelcome, Unconfirmed) as fault:
        raise KepiError(words.NO_PREVIEW) from fault


async def upload_picture(context: Context, composed: Composed) -> tuple[str, ...]:
    """Return the id of the uploaded picture; none where it could not be made."""
    file = await show_picture(context, composed.report.picture, "a preview has no picture")
    return (file,) if file else ()
