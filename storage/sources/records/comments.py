"""Comments under posts, measured as they are read; their words are not kept. Kepi's own format.

    time, platform, id, post, author, own, text

``time``, ``platform``, ``id`` and ``text`` are needed; ``own`` says that we wrote it ourselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.platforms import PLATFORMS
from storage.said import Words
from storage.sources.cells import BadCell, show
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.lengths import measure
from storage.sources.records.reading import source_of

FIELDS = MappingProxyType(
    {
        "at": Field(
            "moment", ("time", "Date", "Comment date", "Created at", "Timestamp"), needed=True
        ),
        "platform": Field("medium", ("platform", "Network", "Channel"), needed=True),
        "id": Field("id", ("Comment id", "id"), needed=True),
        "post": Field("id", ("post", "Post id", "Media id")),
        "author": Field("handle", ("author", "Username", "User", "Författare")),
        "own": Field("flag", ("own", "By us", "Is owner"), blank=False),
        "text": Field("words", ("text", "Comment", "Comment text", "Message"), needed=True),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    if told["platform"] not in PLATFORMS:
        known = ", ".join(it.title for it in PLATFORMS.values())
        raise BadCell(
            "{platform} is not a platform; these are: {known}",
            platform=show(told["platform"]),
            known=known,
        )
    characters, words = measure(told["text"])
    return {**told, "external_id": told["id"], "characters": characters, "words": words}


SOURCE = source_of(
    RecordLayout(
        key="comments",
        title=Words("Comments"),
        kind="comments",
        fields=FIELDS,
        make=make,
        telling=(("post", "own"),),
        wanted=Words("choose a period with comments"),
    )
)
