"""Social tools whose apps post what customers write on networks into a channel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum

from bot.playground.world import App, Json


class Shape(Enum):
    """How such an app lays its posts out: every tool has its own way."""

    TEXT = "a line, a quotation and a link"
    ATTACHMENT = "an old-style attachment with the author's name"


@dataclass(frozen=True)
class Relay:
    """One social tool: who writes on its network, and what they might say.

    `channel` is the id of the channel it posts to; `asks`, `follows` and `thanks` are samples of
    first messages, of later ones, and of goodbyes.
    """

    app: App
    channel: str
    network: str
    shape: Shape
    customers: tuple[str, ...]
    asks: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    thanks: tuple[str, ...] = field(default=("Thank you!",))

    def write(self, handle: str, words: str) -> tuple[str, list[Json]]:
        """Return text and attachments of the post that mirrors `words` of `handle`."""
        said = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        handle = handle.removeprefix("@") or "somebody"
        link = self.address(handle, words)
        if self.shape is Shape.TEXT:
            quoted = "\n".join(f"&gt; {line}" for line in said.split("\n"))
            return f"New on {self.network} from *@{handle}*\n{quoted}\n<{link}|Open>", []
        attachment: Json = {
            "fallback": f"{handle}: {said}",
            "color": "#a3552b",
            "author_name": handle,
            "text": said,
            "title": f"{self.network} comment",
            "title_link": link,
            "footer": f"{self.app.name} · sample",
        }
        return "", [attachment]

    def address(self, handle: str, words: str) -> str:
        """Return where on the network the words would stand: nowhere, for it is a sample."""
        number = int(hashlib.sha256(f"{handle} {words}".encode()).hexdigest()[:12], 16)
        return f"https://{self.network.lower()}.example/{handle}/{number}"
