"""The log: JSON lines, or lines for people on a terminal; ids and durations, never what was said.

Tokens, response addresses and the settings' own secrets are blotted out of every line, whoever
wrote it, and a line is one line (reliability rows 26, 41, 42).
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, TextIO

STAR = "[redacted]"
SECRET = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+"
    r"|xapp-[A-Za-z0-9-]+"
    r"|kepi_[A-Za-z0-9_-]{20,}"
    r"|https?://[^\s\"'<>]*/(?:hooks|commands|services|actions|workflows)/[^\s\"'<>]+"
    r"|https?://[^\s\"'<>]*/upload/[^\s\"'<>]+"
    r"|wss?://[^\s\"'<>]+"
    r"|v0=[0-9a-f]{64}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|Bearer\s+[^\s\"',}]+"
    r"|\[parameters: .*?(?=\(Background on this error|$)",
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that end a line somewhere, or steer a terminal; written as JSON would."""
QUIET = {"slack_bolt": "ERROR", "slack_sdk": "WARNING", "aiohttp": "WARNING"}
QUIET |= {
    "alembic": "WARNING",
    "apscheduler": "WARNING",
    "asyncio": "WARNING",
    "sqlalchemy": "WARNING",
}
"""Libraries that would write requests whole; bolt logs a rejected one with its body at INFO."""


def load_structlog() -> Any:
    """Return structlog without the pretty tracebacks that it would load rich for: 70 ms."""
    held = {name: module for name, module in sys.modules.items() if name == "rich"}
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog.processors
        import structlog.stdlib
    finally:
        del sys.modules["rich"]
        sys.modules.update(held)
    return structlog


class Blotter:
    """Blots secrets out of the last text of a line, when nothing can be added any more."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._pattern = SECRET
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Blot out these too, from now on."""
        self._known |= {re.escape(secret) for secret in secrets if len(secret) >= 6}
        self._pattern = re.compile("|".join([*sorted(self._known), SECRET.pattern]))

    def __call__(self, text: str) -> str:
        return self._pattern.sub(STAR, text)


class OneLine(logging.Formatter):
    """Renders a record with structlog, then blots it and keeps it on one line."""

    def __init__(self, blot: Blotter, *, as_json: bool) -> None:
        super().__init__()
        self.blot = blot
        structlog = load_structlog()
        shared = [
            structlog.stdlib.ExtraAdder(),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
        ]
        last = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else render_line
        self._inner = structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )

    def format(self, record: logging.LogRecord) -> str:
        text = self.blot(self._inner.format(record))
        text = text.replace("\r", "\\r").replace("\n", "\\n")
        return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def render_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """Return a line for people: time, level, what happened, then the rest as ``key=value``."""
    moment, level = str(event.pop("timestamp", ""))[11:19], str(event.pop("level", ""))
    name, words = event.pop("logger", ""), event.pop("event", "")
    rest = " ".join(f"{key}={value}" for key, value in event.items())
    return f"{moment} {level:<7} {name}: {words} {rest}".rstrip()


def blot_out(secrets: Iterable[str]) -> None:
    """Keep these secrets out of the log from now on."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, OneLine):
            handler.formatter.blot.learn(secrets)


def configure(
    secrets: Iterable[str] = (), *, stream: TextIO | None = None, as_json: bool | None = None
) -> None:
    """Send every record of the process through one formatter to ``stream`` (stderr)."""
    target = stream or sys.stderr
    is_json = (not target.isatty()) if as_json is None else as_json
    handler = logging.StreamHandler(target)
    handler.setFormatter(OneLine(Blotter(secrets), as_json=is_json))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
