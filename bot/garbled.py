"""What arrives and is no HTTP: one calm line, without what was sent.

aiohttp answers it with a 400 by itself, and would log a traceback that quotes the header or the
piece of a body at which it stumbled.
"""

from __future__ import annotations

import logging
import zlib

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

GARBLED = (HttpProcessingError, web.RequestPayloadError, ClientPayloadError, zlib.error)


class Calm(logging.Filter):
    """Keeps garbled requests from being quoted; faults of our own stay as they are."""

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, GARBLED):
            record.msg, record.args = "a request was no HTTP", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


CALM = Calm()


def stay_calm() -> None:
    """Let aiohttp's server log nothing of garbled requests; doing so twice is doing so once."""
    logging.getLogger("aiohttp.server").addFilter(CALM)
