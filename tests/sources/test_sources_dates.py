"""Dates are read in one order for the whole file, in one zone, right across clock changes."""

from datetime import UTC, date, datetime

import pytest
from files_drawn import drawn, facebook, open_file, xlsx

from storage.errors import SourceError
from storage.sources import parse_mapping

MAPPING = """
[file]
grain = "post"
platform = "instagram"
account = "acme"
date_formats = {formats}
[columns]
id = "id"
published = "when"
[measures]
likes = "likes"
"""
BOTH = '["%d/%m/%Y", "%m/%d/%Y"]'


def published(when: str, zone: str = "UTC") -> datetime:
    batch = open_file(facebook({"Publish time": when}), zone=zone)
    assert batch.bad == ()
    return batch.posts[0].published


@pytest.mark.parametrize(
    ("when", "zone", "moment"),
    [
        ("11/02/2026 10:30", "UTC", "2026-11-02T10:30"),
        ("11/02/2026 10:30", "Europe/Stockholm", "2026-11-02T09:30"),
        ("7/4/2026 9:05", "America/Los_Angeles", "2026-07-04T16:05"),
        ("2026-11-02T10:30:00Z", "Europe/Stockholm", "2026-11-02T10:30"),
        ("2026-11-02 10:30 +0200", "UTC", "2026-11-02T08:30"),
        ("2026-11-02", "Asia/Jakarta", "2026-11-01T17:00"),
        # Clocks go from 02:00 to 03:00: a time between is moved on by the hour.
        ("03/29/2026 02:30", "Europe/Stockholm", "2026-03-29T01:30"),
        # 02:30 comes twice: the first one, still in summer time.
        ("10/25/2026 02:30", "Europe/Stockholm", "2026-10-25T00:30"),
    ],
)
def test_a_local_time_becomes_a_moment(when: str, zone: str, moment: str) -> None:
    """The zone is the one named for the file; an offset in the cell goes before it."""
    assert published(when, zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("32/11/2026 10:00", "is not a date; expected like 11/23/2026 14:30"),
        ("25/12/2025 10:00", "is not a date"),
        ("02/29/2026 10:00", "is not a date"),
        ("11/02/2026 25:00", "is not a date"),
        ("soon", "is not a date"),
        ("", "no date"),
        ("Lifetime", "is not a date"),
        ("46000", "is not a date"),
        ("11/25/2026 10:00", "is in the future"),
        ("12/31/2003 10:00", "is before 2004"),
        ("0001-01-01", "is not a date"),
        ("9999-12-31T23:59:59-12:00", "is not a date"),
        ("１１/02/2026 10:30", "is not a date"),
        ("=TODAY()", "looks like a formula"),
    ],
)
def test_what_is_not_a_date_of_a_post_is_refused(when: str, reason: str) -> None:
    """Now is 23 November 2026, 09:00 UTC; a day more is allowed for zones."""
    (bad,) = open_file(facebook({"Publish time": when})).bad
    assert bad.column == "Publish time"
    assert reason in bad.reason


def test_the_lifetime_column_is_not_a_date() -> None:
    """Meta's Date says “Lifetime”; when a post appeared stands in Publish time."""
    data = facebook({}).replace(b"Reactions", b"Date").replace(b",10\n", b",Lifetime\n")
    assert open_file(data).posts[0].published.day == 2


@pytest.mark.parametrize(
    ("dates", "days", "bad"),
    [
        # All fit both orders: the one that the mapping lists first.
        (["03/04/2026", "05/06/2026"], [(4, 3), (6, 5)], []),
        # One can only be month first, so all are; 03/04 is not read alone.
        (["03/04/2026", "05/25/2026"], [(3, 4), (5, 25)], []),
        # One of each: the order that fits more cells, and the other one is named.
        (["03/04/2026", "05/25/2026", "25/05/2026", "05/26/2026"], [(3, 4), (5, 25), (5, 26)], [4]),
    ],
)
def test_the_order_of_day_and_month_is_never_chosen_for_one_cell(
    dates: list[str], days: list[tuple[int, int]], bad: list[int]
) -> None:
    """A mapping that lists both orders: the whole file decides."""
    table = "id | when | likes\n" + "\n".join(f"{n} | {it} | 1" for n, it in enumerate(dates))
    batch = open_file(drawn(table), mapping=MAPPING.format(formats=BOTH))
    assert [(it.published.month, it.published.day) for it in batch.posts] == days
    assert [it.line for it in batch.bad] == bad


def test_formats_of_one_order_may_alternate() -> None:
    """Years of two and of four digits in one file, all month first."""
    table = """
        id | when          | likes
        1  | 4/22/2018     | 1
        2  | 9/11/13       | 1
        3  | 2018-04-05    | 1
    """
    batch = open_file(drawn(table), mapping=MAPPING.format(formats='["%m/%d/%Y", "%m/%d/%y"]'))
    assert [it.published.date() for it in batch.posts] == [
        date(2018, 4, 22), date(2013, 9, 11), date(2018, 4, 5),
    ]  # fmt: skip


def test_dates_that_fit_only_the_other_order_are_pointed_out() -> None:
    """A Meta file that was turned day first: half its dates would be read wrong in silence."""
    batch = open_file(
        facebook({"Publish time": "03/04/2026 10:00"}, {"Publish time": "25/04/2026 10:00"})
    )
    assert [bad.line for bad in batch.bad] == [3]
    assert "some fit only the other order" in batch.notes[0]


def test_dates_of_a_workbook_are_dates() -> None:
    """Real dates need no format; a number in their place is refused."""
    header = ["Post ID", "Page name", "Publish time", "Views"]
    rows = [
        ["1", "Acme", datetime(2026, 11, 2, 10, 30), 5],  # noqa: DTZ001
        ["2", "Acme", date(2026, 11, 2), 5],
        ["3", "Acme", 46_000, 5],
        ["4", "Acme", "11/02/2026 10:30", datetime(2026, 11, 2)],  # noqa: DTZ001
    ]
    batch = open_file(xlsx([header, *rows]), zone="Europe/Stockholm", name="a.xlsx")
    assert [post.published for post in batch.posts] == [
        datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 23, 0, tzinfo=UTC),
    ]
    assert [(bad.line, bad.column) for bad in batch.bad] == [(4, "Publish time"), (5, "Views")]
    assert "turned the number into a date" in batch.bad[1].reason


def test_an_unknown_zone_is_refused() -> None:
    """The line says how a zone is written."""
    with pytest.raises(SourceError, match="Europe/Stockholm"):
        open_file(facebook({}), zone="Stockholm")
    with pytest.raises(SourceError, match="is not a time zone"):
        open_file(facebook({}), zone="../etc/passwd")


def test_a_mappings_zone_goes_before_the_workspaces() -> None:
    """The file's own rules know better."""
    text = MAPPING.format(formats='["%Y-%m-%d %H:%M"]\nzone = "Asia/Bangkok"')
    table = "id | when | likes\n1 | 2026-11-02 10:00 | 1"
    batch = open_file(drawn(table), mapping=parse_mapping(text), zone="Europe/Stockholm")
    assert batch.posts[0].published.hour == 3
