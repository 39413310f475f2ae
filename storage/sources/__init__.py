"""Outside files become a ``Batch``: rows in our own words, and every bad row named.

One file per export. A layout is told by its header, never by the order of its columns; any
other table is read by a mapping file.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from storage.batch import AccountName, Batch
from storage.errors import SourceError
from storage.sources import mapped, mentions, meta_facebook_posts, meta_instagram_posts, x_posts
from storage.sources.dates import find_zone
from storage.sources.headers import list_names
from storage.sources.layout import PostLayout
from storage.sources.mapping import Mapping, parse_mapping
from storage.sources.origin import Origin
from storage.sources.posts import read_posts
from storage.sources.rows import Table, read_csv
from storage.sources.workbook import read_workbook

__all__ = ["FORMATS", "LARGEST_FILE", "Format", "Mapping", "parse_mapping", "read"]

LARGEST_FILE = 10 * 1024 * 1024


@dataclass(frozen=True)
class Format:
    """An export as ``--format`` names it."""

    key: str
    title: str
    layout: PostLayout | None = None
    """How it is laid out; a mapping file says it where this is empty."""


FORMATS = MappingProxyType(
    {
        **{
            layout.key: Format(layout.key, layout.title, layout)
            for layout in (meta_instagram_posts.LAYOUT, meta_facebook_posts.LAYOUT, x_posts.LAYOUT)
        },
        mentions.KEY: Format(mentions.KEY, mentions.TITLE),
        mapped.KEY: Format(mapped.KEY, "Any table, by a mapping file"),
    }
)


def read(
    data: bytes,
    file_name: str,
    *,
    now: datetime,
    zone: str,
    format: str | None = None,
    account: AccountName | None = None,
    mapping: Mapping | None = None,
) -> Batch:
    """Return what a CSV or XLSX file holds; nothing is stored.

    ``now`` is aware. ``zone`` is the one in which local times of the file are meant; a
    mapping's own zone goes before it. Raises ``SourceError`` where the whole file cannot be
    read; single rows that cannot are in ``Batch.bad``.
    """
    try:
        chosen = _find_format(format, mapping)
        origin = Origin(file_name, hashlib.sha256(data).hexdigest(), now, find_zone(zone), account)
        table = _read_table(data)
        if mapping is not None:
            return mapped.read_mapped(table, mapping, origin)
        if _is_of_mentions(table, chosen):
            return mentions.read_mentions(table, origin)
        return read_posts(table, _choose_layout(table, chosen), origin)
    except SourceError as error:
        if error.file:
            raise
        raise error.in_file(file_name) from None


def _find_format(key: str | None, mapping: Mapping | None) -> Format | None:
    if key is None:
        return None
    chosen = FORMATS.get(key.strip().lower().replace("_", "-"))
    if chosen is None:
        raise SourceError(f"“{key[:40]}” is not a format; these are: {', '.join(FORMATS)}")
    if chosen.key == mapped.KEY and mapping is None:
        raise SourceError("the format “mapped” needs a mapping file: --mapping MAP.toml")
    if chosen.key != mapped.KEY and mapping is not None:
        raise SourceError(f"a mapping file and the format “{chosen.key}” exclude each other")
    return chosen


def _read_table(data: bytes) -> Table:
    if len(data) > LARGEST_FILE:
        raise SourceError("the file is larger than 10 MB; export a shorter period")
    if not data:
        raise SourceError("the file is empty; export it again")
    return read_workbook(data) if data.startswith(b"PK\x03\x04") else read_csv(data)


def _is_of_mentions(table: Table, chosen: Format | None) -> bool:
    """Whether a file was said to be one of mentions, or is one and not one of posts."""
    if chosen is not None:
        return chosen.key == mentions.KEY
    layouts = [it.layout for it in FORMATS.values() if it.layout is not None]
    of_posts = any(not layout.missing(table.header) for layout in layouts)
    return not of_posts and mentions.is_of_mentions(table)


def _choose_layout(table: Table, chosen: Format | None) -> PostLayout:
    """Return the layout asked for, else the one that fits the header best."""
    layouts = [it.layout for it in FORMATS.values() if it.layout is not None]
    if chosen is not None and chosen.layout is not None:
        layouts = [chosen.layout]
    closest = max(layouts, key=lambda layout: layout.matched(table.header))
    fitting = [layout for layout in layouts if not layout.missing(table.header)]
    if fitting:
        return max(fitting, key=lambda layout: layout.matched(table.header))
    raise SourceError(_describe_unknown(table, closest, chosen is not None))


def _describe_unknown(table: Table, closest: PostLayout, asked: bool) -> str:
    seen = f"the columns seen are {list_names(table.header)}"
    lacking = list_names(closest.missing(table.header))
    if asked:
        return f"this is not a file of {closest.title}: {lacking} missing; {seen}"
    near = (
        f"closest is {closest.title}, but {lacking} missing; " if _is_near(table, closest) else ""
    )
    return f"the layout is not known; {near}{seen}. A mapping file can say what they mean"


def _is_near(table: Table, closest: PostLayout) -> bool:
    return closest.matched(table.header) > 0
