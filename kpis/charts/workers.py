"""Worker processes that draw charts and print documents beside the event loop.

A chart is tens of milliseconds of pure computing: in a thread it would hold up every
acknowledgement, so it is drawn in another process. The workers are plain child programs
(``kpis.charts.worker``), spoken to over their pipes: no fork of a running loop, nothing of the
parent's modules loaded in them, and no thread here.
"""

import asyncio
import contextlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from kpis.charts.document import Document
from kpis.charts.picture import Picture

_FRAME = struct.Struct(">I")
_DRAWN = 0
_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
_WHOLE_PICTURE = 1 << 20
"""Bytes read ahead: a picture is taken at once, and its worker is free for the next."""


class ChartFailed(Exception):
    """There is no picture; the answer goes out as text. The next one may well be drawn."""


class ChartWorkers:
    """One or two processes that draw; each is started when it is first needed.

    ``config_folder`` is where matplotlib keeps what it finds out about fonts; it must stay
    writable and outlive a restart, or every start takes seconds longer.
    """

    def __init__(
        self,
        count: int = 2,
        *,
        config_folder: Path | None = None,
        timeout: float = 20.0,
        queue: int = 64,
    ) -> None:
        self._config_folder = config_folder or find_cache_folder()
        self._timeout, self._queue = timeout, queue
        self._count, self._waiting, self._closed = count, 0, False
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers = [_Worker(self._config_folder) for _ in range(count)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    @property
    def pids(self) -> Sequence[int]:
        """The processes that run now."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    async def warm(self) -> None:
        """Start every worker, with fonts loaded, so that the first chart is a quick one."""
        held = [await self._free.get() for _ in range(self._count)]
        try:
            await asyncio.gather(*(worker.start() for worker in held))
        finally:
            for worker in held:
                self._free.put_nowait(worker)

    async def draw(self, picture: Picture) -> bytes:
        """Return the picture as a PNG.

        Raises ChartFailed when it could not be drawn, its worker died or took too long (it is
        replaced), too many wait already, or the workers are closed.
        """
        return await self._make(picture)

    async def print(self, document: Document) -> bytes:
        """Return the document as a PDF; raises ChartFailed as drawing does."""
        return await self._make(document)

    async def _make(self, wanted: Picture | Document) -> bytes:
        if self._closed:
            raise ChartFailed("the chart workers are closed")
        if self._waiting >= self._queue:
            raise ChartFailed(f"{self._waiting} charts are waiting already")
        self._waiting += 1
        try:
            worker = await self._free.get()
            try:
                return await worker.make(wanted, self._timeout)
            finally:
                self._free.put_nowait(worker)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End every process; charts in the making fail. No child process is left."""
        self._closed = True
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


class _Worker:
    """One process at a time, started again after it broke; used by one caller at a time."""

    def __init__(self, config_folder: Path) -> None:
        self._config_folder = config_folder
        self._process: asyncio.subprocess.Process | None = None
        self._closed = False
        self._birth = asyncio.Lock()
        """Held while a process is being made, so that closing cannot miss it."""

    @property
    def pid(self) -> int | None:
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def start(self) -> None:
        """Start the process and wait until it can draw, unless it runs."""
        if self.pid is not None:
            return
        async with self._birth:
            if self._closed:
                raise ChartFailed("the chart workers are closed")
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "kpis.charts.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_WHOLE_PICTURE,
                env=self._make_environment(),
                # Ctrl-C in the terminal is for the parent, which then ends its workers in order.
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._receive()
        except BaseException as error:
            await self._kill()
            raise _explain(error, "the chart worker did not start") from error

    async def make(self, wanted: Picture | Document, seconds: float) -> bytes:
        """Return the PNG of a picture or the PDF of a document."""
        await self.start()
        body = pickle.dumps(wanted, pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(seconds):
                await self._send(body)
                reply = await self._receive()
        except BaseException as error:
            # Also when the caller was cancelled: the reply would be taken for the next one's.
            await self._kill()
            raise _explain(error, f"no chart within {seconds:g} s, or its worker died") from error
        if reply[0] != _DRAWN:
            raise ChartFailed(reply[1:].decode(errors="replace"))
        return reply[1:]

    async def stop(self) -> None:
        """End the process for good."""
        self._closed = True
        async with self._birth:
            await self._kill()

    async def _send(self, body: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(_FRAME.pack(len(body)) + body)
        await self._process.stdin.drain()

    async def _receive(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        (length,) = _FRAME.unpack(await self._process.stdout.readexactly(_FRAME.size))
        return await self._process.stdout.readexactly(length)

    async def _kill(self) -> None:
        """End the process and wait until it is gone, whatever happens to the caller."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            # Not process.kill(): it reaps a dead child behind the back of asyncio's watcher.
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        if process.stdin:
            process.stdin.close()
        await asyncio.shield(process.wait())

    def _make_environment(self) -> dict[str, str]:
        self._config_folder.mkdir(parents=True, exist_ok=True)
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            **{name: it for name, it in os.environ.items() if not _is_private(name)},
            "PYTHONPATH": os.pathsep.join(paths),
            "MPLCONFIGDIR": str(self._config_folder),
            # One computing thread a worker: more would only fight over the cores.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }


def find_cache_folder() -> Path:
    """Return the user's cache folder for charts."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kepi" / "charts"


def _is_private(name: str) -> bool:
    """Whether a variable is no business of a drawing program: tokens, keys, database."""
    return name.startswith(("SLACK_", "KEPI_")) or name == "DATABASE_URL"


def _explain(error: BaseException, words: str) -> BaseException:
    """Return what the caller shall see: our own error, or theirs when they were cancelled."""
    broken = (EOFError, OSError, TimeoutError, struct.error)
    return ChartFailed(words) if isinstance(error, broken) else error
