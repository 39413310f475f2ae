"""The exports that Kepi reads, one line each; ``docs/imports.md`` shows them as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from storage.batch import Batch
from storage.errors import SourceError
from storage.said import Words
from storage.sources import (
    hootsuite_posts,
    linkedin_competitors,
    linkedin_days,
    linkedin_posts,
    mapped,
    mentions,
    meta_facebook_posts,
    meta_instagram_posts,
    sprout,
    tiktok,
    x_overview,
    x_posts,
    youtube_posts,
)
from storage.sources import records as records_
from storage.sources.account_days import read_account_days
from storage.sources.apart import list_headings
from storage.sources.headers import list_names
from storage.sources.layout import DayLayout, Layout, PostLayout
from storage.sources.mapping import Mapping
from storage.sources.matching import find_header
from storage.sources.origin import Origin
from storage.sources.posts import read_posts
from storage.sources.rows import Table

Reader = Callable[[Table, Origin], Batch]
NEAR = 3
"""A layout is near a header of which it knows one column in three."""


@dataclass(frozen=True)
class Format:
    """An export as ``--format`` names it."""

    key: str
    title: str
    layout: Layout | None = None
    """How it is laid out; records, mentions and mapped tables tell themselves otherwise."""
    reader: Reader | None = None

    @property
    def is_of_posts(self) -> bool:
        return isinstance(self.layout, PostLayout)

    def read(self, table: Table, origin: Origin, mapping: Mapping | None = None) -> Batch:
        """Return what a table holds; raises ``SourceError`` where it cannot be read at all."""
        if self.key in records_.SOURCES:
            return records_.SOURCES[self.key].read(table, origin, mapping)
        if self.reader is None:
            raise SourceError("the format “mapped” needs a mapping file: --mapping MAP.toml")
        return self.reader(table, origin)


def _of_posts(layout: PostLayout) -> Format:
    reader = partial(_read_posts, layout)
    return Format(layout.key, layout.title, layout, reader)


def _of_days(layout: DayLayout, reader: Reader | None = None) -> Format:
    return Format(layout.key, layout.title, layout, reader or partial(_read_days, layout))


def _read_posts(layout: PostLayout, table: Table, origin: Origin) -> Batch:
    return read_posts(table, layout, origin)


def _read_days(layout: DayLayout, table: Table, origin: Origin) -> Batch:
    return read_account_days(table, layout, origin)


FORMATS: MappingProxyType[str, Format] = MappingProxyType(
    {
        it.key: it
        for it in (
            _of_posts(meta_instagram_posts.LAYOUT),
            _of_posts(meta_facebook_posts.LAYOUT),
            _of_posts(x_posts.LAYOUT),
            _of_posts(x_posts.LEGACY),
            _of_days(x_overview.LAYOUT),
            _of_posts(linkedin_posts.LAYOUT),
            _of_days(linkedin_days.CONTENT),
            _of_days(linkedin_days.FOLLOWERS),
            _of_days(linkedin_competitors.LAYOUT, linkedin_competitors.read_competitors),
            _of_posts(youtube_posts.LAYOUT),
            _of_posts(tiktok.CONTENT),
            _of_days(tiktok.OVERVIEW),
            _of_days(tiktok.FOLLOWERS),
            _of_posts(hootsuite_posts.LAYOUT),
            _of_posts(sprout.POSTS),
            _of_days(sprout.PROFILE),
            *(Format(it.key, it.title) for it in records_.SOURCES.values()),
            Format(mentions.KEY, mentions.TITLE, None, mentions.read_mentions),
            Format(mapped.KEY, "Any table, by a mapping file"),
        )
    }
)
LAYOUTS = tuple(it.layout for it in FORMATS.values() if it.layout is not None)


def recognise(table: Table, chosen: Format | None) -> tuple[Format, Table] | None:
    """Return the format of a table, and the table from its header on; or ``None``.

    The header may stand under title lines. Of several layouts that fit it, the one that knows
    most of its columns is meant; records go before mentions, which need little.
    """
    for heading in table.headings():
        found = _fit(heading, chosen)
        if found is not None:
            return found, heading
    return None


def _fit(table: Table, chosen: Format | None) -> Format | None:
    layouts = LAYOUTS if chosen is None else (chosen.layout,) if chosen.layout else ()
    fitting = [it for it in layouts if not it.missing(table.header)]
    if fitting:
        return FORMATS[max(fitting, key=lambda layout: layout.matched(table.header)).key]
    if chosen is None or chosen.key in records_.SOURCES:
        source = records_.recognise(table, chosen.key if chosen else None)
        if source is not None:
            return FORMATS[source.key]
    wants_mentions = chosen is None or chosen.key == mentions.KEY
    return FORMATS[mentions.KEY] if wants_mentions and mentions.is_of_mentions(table) else None


def describe_unknown(tables: Sequence[Table], chosen: Format | None) -> str:
    """Say what a file lacks to be of the format asked for, or of the closest one."""
    layouts = LAYOUTS if chosen is None or chosen.layout is None else (chosen.layout,)
    headers = [heading.header for table in tables for heading in list_headings(table)]
    header, closest = max(
        ((header, layout) for header in headers for layout in layouts),
        key=lambda it: (it[1].matched(it[0]), -len(it[1].missing(it[0]))),
    )
    lacking = list_names(closest.missing(header))
    asked = chosen is not None and chosen.layout is not None
    if not asked and not _is_near(header, closest):
        header = find_header(tables[0]).header
    seen = list_names(header)
    if asked:
        return Words(
            "this is not a file of {title}: {lacking} missing; the columns seen are {seen}",
            title=closest.title,
            lacking=lacking,
            seen=seen,
        )
    if not _is_near(header, closest):
        return Words("the layout is not known; the columns seen are {seen}", seen=seen)
    return Words(
        "the layout is not known; closest is {title}, but {lacking} missing; "
        "the columns seen are {seen}",
        title=closest.title,
        lacking=lacking,
        seen=seen,
    )


def _is_near(header: Sequence[str], closest: Layout) -> bool:
    """Tell whether a layout knows enough of a header: “Date” alone is in every table."""
    return closest.matched(header) * NEAR >= sum(bool(name.strip()) for name in header)
