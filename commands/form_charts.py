"""Charts of forms: they stand in the reader's direct message too, or the form cannot show them."""

from __future__ import annotations

import logging

from commands.blocks import escape, image, section
from commands.calls import FAULTS
from commands.context import Context
from commands.people import open_direct
from commands.posting import NotWelcome, Unconfirmed, post, update

log = logging.getLogger(__name__)


async def send_along(
    context: Context, key: str, user: str, said: tuple[str, str], chart: tuple[str, str]
) -> None:
    """Show a form's chart in the direct message too, one message a ``key``.

    A form shows only files that its reader can open (slack-platform §4), and they can open what
    stands in their direct message. ``said`` is a name and a sentence, ``chart`` a file and words.
    """
    text = escape(". ".join(it.rstrip(".") for it in said) + ".")
    blocks = [section(f"*{escape(said[0])}*\n{escape(said[1])}"), image(*chart)]
    try:
        known = context.shown.get(key)
        if isinstance(known, tuple):
            await update(context, channel=known[0], ts=known[1], text=text, blocks=blocks)
            return
        channel = await open_direct(context, user)
        ts = await post(context, channel=channel, text=text, blocks=blocks, key=key)
        context.shown.keep(key, (channel, ts))
    except (*FAULTS, NotWelcome, Unconfirmed) as fault:
        log.info("a chart is in its form alone", extra={"why": repr(fault)[:200]})
