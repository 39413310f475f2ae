"""What imports say of a post, and what several views of it add up to. Pure, no database.

A blank cell never covers a number that is known, and a column that a file does not have says
nothing; so a post can always be made again from the views that are left.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import reduce
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from storage.batch import PostRow
from storage.local_time import local_hour
from storage.measures import COUNTERS, ENGAGEMENTS, INTERACTIONS
from storage.tables import EPOCH, instant_number

BIT = {counter: 1 << place for place, counter in enumerate(COUNTERS)}
COLUMNS = (
    "published",
    "hour",
    "weekday",
    "content_type",
    "paid",
    "title",
    "permalink",
    *COUNTERS,
    "engagements",
    "interactions",
    "supplied",
)
"""The columns of ``post`` that follow from what was seen."""
MARKS = ("campaign", "variant")
"""Kinds of words that people put on posts; one may be told without the other."""


class View(NamedTuple):
    """What is known of a post: from one import, or folded over several."""

    counters: tuple[int | None, ...]
    supplied: int
    said: Mapping[str, Any]
    """What was said beside the counters; blanks are left out."""

    def then(self, newer: "View") -> "View":
        """Return what is known after a newer view."""
        counters = tuple(
            old if new is None else new
            for old, new in zip(self.counters, newer.counters, strict=True)
        )
        return View(counters, self.supplied | newer.supplied, {**self.said, **newer.said})

    @property
    def hashtags(self) -> list[str]:
        return list(self.said.get("hashtags", ()))

    @property
    def marks(self) -> list[tuple[str, str]]:
        return [(kind, word) for kind in MARKS for word in self.said.get(kind, ())]


NOTHING = View((None,) * len(COUNTERS), 0, {})


def view(row: PostRow, supplied: int) -> View:
    """Return what a row of a file says."""
    said = {
        "published": instant_number(row.published),
        "content_type": row.content_type,
        "paid": row.paid,
        "title": row.title,
        "permalink": row.permalink,
        "hashtags": sorted(set(row.hashtags)),
        **{mark: sorted({word for kind, word in row.marks if kind == mark}) for mark in MARKS},
    }
    return View(row.counters, supplied, {key: it for key, it in said.items() if it not in BLANK})


BLANK: tuple[Any, ...] = (None, "", [])


def bits(counters: Iterable[str]) -> int:
    """Return the bits of counters, as ``supplied`` holds them."""
    return sum(BIT[counter] for counter in set(counters))


def fold(views: Iterable[View]) -> View:
    """Return what views, oldest first, add up to."""
    return reduce(View.then, views, NOTHING)


def add_up(parts: Sequence[str], seen: View) -> int | None:
    """Return the sum of the parts that are supplied; nothing where one of those is blank."""
    values = [seen.counters[COUNTERS.index(part)] for part in parts if seen.supplied & BIT[part]]
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def post_columns(seen: View, zone: ZoneInfo) -> tuple[Any, ...]:
    """Return the values of ``COLUMNS``, as the database holds them."""
    said = seen.said
    published = EPOCH + timedelta(microseconds=said["published"])
    return (
        said["published"],
        *local_hour(published, zone),
        *(said.get(name) for name in ("content_type", "paid", "title", "permalink")),
        *seen.counters,
        add_up(ENGAGEMENTS, seen),
        add_up(INTERACTIONS, seen),
        seen.supplied,
    )


def write_said(seen: View) -> str:
    return json.dumps(seen.said, ensure_ascii=False, sort_keys=True)


def read_said(said: str) -> Mapping[str, Any]:
    return dict(json.loads(said))
