"""What the slash commands are called here: other names than ``/kpi`` and ``/support`` are possible.

Every sentence in the tree says ``/kpi`` and ``/support``. Where an app has other names
(``KEPI_COMMAND``, ``KEPI_SUPPORT_COMMAND``), what goes out is changed at the edge, in what people
read alone: what a button remembers or a field is filled in with stays as it is. There are three
ways out: the client, ``response_url``, and acknowledgements. With the usual names none of this
runs.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.response import BoltResponse

COMMAND, SUPPORT = "/kpi", "/support"
SAID = re.compile(r"(?<![\w/.:~-])/(kpi|support)(?![\w/.-]*[\w/])")
"""One of the names as people read it; never the end of an address or of a path."""
SHOWN = frozenset({"text", "alt_text", "title", "markdown_text", "initial_comment"})
"""Keys of what people read; everything else is Slack's or Kepi's own."""
KEPT = frozenset({"private_metadata", "metadata", "value", "initial_value", "initial_option"})


@dataclass(frozen=True)
class CommandNames:
    """Two names for the two commands."""

    command: str
    support: str

    def in_text(self, words: str) -> str:
        """Return a text that names the commands as they are called here."""
        names = {"kpi": self.command, "support": self.support}
        return SAID.sub(lambda found: names[found[1]], words)

    def in_payload(self, held: Any) -> Any:
        """Return a message, a form or a part of one with the names in what is read."""
        if isinstance(held, list | tuple):
            return [self.in_payload(it) for it in held]
        if not isinstance(held, Mapping):
            return held
        return {key: self._in_field(key, value, held) for key, value in held.items()}

    def _in_field(self, key: str, value: Any, of: Mapping[str, Any]) -> Any:
        if key in KEPT:
            return value
        if key == "errors" and isinstance(value, Mapping):
            return {field: self.in_text(str(words)) for field, words in value.items()}
        if key in SHOWN and isinstance(value, str):
            # a table's cell that is nothing but a path is somebody's data
            is_data = of.get("type") == "raw_text" and not re.search(r"\s", value)
            return value if is_data else self.in_text(value)
        return self.in_payload(value)


def names_of(command: str, support: str) -> CommandNames | None:
    """Return what has to be changed on the way out; nothing where the names are the usual."""
    return None if (command, support) == (COMMAND, SUPPORT) else CommandNames(command, support)


def name_acknowledgements(app: AsyncApp, names: CommandNames) -> None:
    """Let acknowledgements (a line, a form, what is wrong at a field) say the names too."""

    @app.middleware
    async def use_names(
        context: AsyncBoltContext, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        context["ack"] = NamingAck(names)
        return await next_()


class NamingAck(AsyncAck):
    """An acknowledgement whose words name the commands as they are called here."""

    def __init__(self, names: CommandNames) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names = names

    async def __call__(
        self, text: str | dict[str, Any] = "", *more: Any, **given: Any
    ) -> BoltResponse:
        said = self.names.in_text(text) if isinstance(text, str) else self.names.in_payload(text)
        rest = self.names.in_payload(more)
        return await super().__call__(said, *rest, **self.names.in_payload(given))
