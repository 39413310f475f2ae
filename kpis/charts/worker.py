"""The program of a chart worker: pictures in, PNGs out, documents in, PDFs out.

``python -m kpis.charts.worker`` is started by ``kpis.charts.workers`` and by nobody else. Frames
are four bytes of length and a body. In: a pickled ``Picture`` or ``Document``, from our own parent.
Out: one byte, 0 and the file or 1 and what went wrong. A first frame says that the fonts are
loaded. The input ends when the parent does, however it ended, and so does the worker.
"""

import contextlib
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import BinaryIO

FRAME = struct.Struct(">I")
_PIPE_BYTES = 1 << 19
DRAWN, FAILED = b"\0", b"\1"


def serve() -> None:
    """Draw what comes until nothing comes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # Answers on the parent's loop come before pictures.
    # What a library prints must not end up between the frames.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _widen(replies)
    _load()
    with contextlib.suppress(BrokenPipeError):
        _reply(replies, DRAWN)
        while (body := _read(sys.stdin.buffer)) is not None:
            _reply(replies, _draw(body))


def _load() -> None:
    """Draw something once, so that the first real picture finds everything warm."""
    import logging
    import warnings
    from datetime import date

    from kpis.charts.draw import draw
    from kpis.charts.picture import Picture, Series
    from storage.measures import Unit

    # A glyph that no font has is drawn as a box; the log need not say so each time.
    warnings.filterwarnings("ignore", message="Glyph .* missing")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    line = Series("", (1.0, 2.0))
    slots = (date(2026, 1, 1), date(2026, 1, 2))
    draw(Picture("line", "Warm", "0123456789", "", Unit.COUNT, (line,), slots=slots))


def _widen(pipe: BinaryIO) -> None:
    """Let a whole picture fit into the pipe, so that no worker waits for its parent to read."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _draw(body: bytes) -> bytes:
    from kpis.charts.document import Document, print_document
    from kpis.charts.draw import draw

    try:
        wanted = pickle.loads(body)
        if isinstance(wanted, Document):
            return DRAWN + print_document(wanted)
        return DRAWN + draw(wanted)
    except Exception:
        return FAILED + traceback.format_exc().encode(errors="replace")


def _read(stream: BinaryIO) -> bytes | None:
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    (length,) = FRAME.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _reply(stream: BinaryIO, body: bytes) -> None:
    stream.write(FRAME.pack(len(body)) + body)
    stream.flush()


if __name__ == "__main__":
    serve()
