"""LinkedIn competitors: one line for each page, over days that a line above the header names.

What is held is each page's level of followers on the last of those days. New followers, posts and
engagements are of the whole period, for which no measure of a day has room: it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from storage.batch import Batch
from storage.said import Words
from storage.sources.account_days import read_account_days
from storage.sources.dates import parse
from storage.sources.layout import DayLayout
from storage.sources.origin import Origin
from storage.sources.rows import Row, Table

_DAY = "Kepi: last day"
_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FORMATS = ("%m/%d/%Y",)

# Only the English names were seen in real files.
LAYOUT = DayLayout(
    key="linkedin-competitors",
    title=Words("LinkedIn competitors"),
    platform="linkedin",
    columns=MappingProxyType(
        {
            "account": ("Page", "Seite", "Sida", "Página", "Trang", "Halaman", "主页"),
            "posts": ("Total posts", "Posts"),
            "engagements": ("Total post engagements", "Post engagements"),
            "gained": ("New Followers", "Neue Follower", "Nya följare"),
        }
    ),
    measures=MappingProxyType(
        {"followers": ("Total Followers", "Follower insgesamt", "Totalt antal följare")}
    ),
    needs=(("account",), ("followers",), ("gained", "engagements", "posts")),
    zone="UTC",
    notes=(
        Words(
            "Of competitors' pages Kepi keeps how many followers they have; new followers, posts "
            "and engagements of the whole period have no day to stand on."
        ),
    ),
    account_hint=Words("each line names its page"),
)
_WITH_DAY = replace(
    LAYOUT,
    columns=MappingProxyType({"account": LAYOUT.columns["account"], "day": (_DAY,)}),
)


def read_competitors(table: Table, origin: Origin) -> Batch:
    """Return the pages' followers on the last day that the file is of."""
    last = _find_last_day(table.above)
    day = last or origin.now.astimezone(origin.zone).date()
    dated = replace(
        table,
        header=(*table.header, _DAY),
        rows=lambda: _add_day(table, day),
        notes=table.notes if last else (*table.notes, _describe_today(day)),
    )
    # Each line names its page: an account that was named for the file would take them all.
    return _disown(read_account_days(dated, _WITH_DAY, replace(origin, account=None)))


def _disown(batch: Batch) -> Batch:
    """Return the batch with pages that become competitors' where they are not known yet."""
    days = tuple(it._replace(account=replace(it.account, own=False)) for it in batch.days)
    spans = tuple(it._replace(account=replace(it.account, own=False)) for it in batch.watched)
    return replace(batch, days=days, watched=spans)


def _add_day(table: Table, day: date) -> Iterator[Row]:
    for row in table.rows():
        yield Row(row.line, (*row.cells, day.isoformat()))


def _find_last_day(above: tuple[str, ...]) -> date | None:
    """Return the latest day that the lines above the header name."""
    found = [
        moment.date()
        for text in above
        for word in _DATE.findall(text)
        if (moment := parse(word, _FORMATS)) is not None
    ]
    return max(found, default=None)


def _describe_today(day: date) -> str:
    return Words(
        "The file does not say of which days it is; its followers were taken as of {day}.", day=day
    )
