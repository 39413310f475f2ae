"""Each line a session: counted up to web visits by a small mapping."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from files_drawn import drawn, open_file

from storage.batch import Batch
from storage.errors import SourceError
from storage.record_kinds import KINDS
from storage.sources import parse_mapping

YEAR = """
[file]
grain = "session"
start = 2025-01-01
end = "2025-12-31"
social = true
[columns]
converted = "Revenue"
"""
DAYS = """
[file]
grain = "session"
currency = "EUR"
site = "shop"
[columns]
day = "day"
platform = "from"
campaign = "campaign"
converted = "bought"
bounced = "left"
revenue = "paid"
"""
TABLE = """
    day        | from      | campaign | bought | left  | paid
    2026-11-01 | Instagram | autumn   | TRUE   | FALSE | 20.50
    2026-11-01 | ig        | autumn   | no     | yes   |
    2026-11-01 | google    |          | FALSE  | 1     |
    2026-11-02 | instagram | autumn   | yes    | no    | 9.5
    2026-11-02 |           |          | no     | no    |
"""


def rows(batch: Batch) -> list[dict[str, Any]]:
    """Return the web visits by column."""
    ((kind, found, _, _),) = batch.records
    assert kind == "web"
    return [dict(zip(KINDS["web"].columns, it.values, strict=True)) for it in found]


def test_sessions_are_counted_by_day_and_where_they_came_from() -> None:
    """Money in minor units; a word that is no platform is a source; nothing said is untagged."""
    found = rows(open_file(drawn(TABLE), mapping=DAYS))
    names = ("start", "end", "platform", "source", "campaign", "social", "tagged")
    first, second, third = (date(2026, 11, day) for day in (1, 2, 3))
    assert [tuple(it[name] for name in names) for it in found] == [
        (first, second, "instagram", "", "autumn", True, True),
        (first, second, "", "google", "", False, True),
        (second, third, "instagram", "", "autumn", True, True),
        (second, third, "", "", "", False, False),
    ]
    numbers = ("sessions", "converting", "bounced", "revenue", "key_events", "page_views")
    assert [tuple(it[name] for name in numbers) for it in found] == [
        (2, 1, 1, 2050, None, None),
        (1, 0, 1, 0, None, None),
        (1, 1, 0, 950, None, None),
        (1, 0, 0, 0, None, None),
    ]
    assert {(it["bounce_kind"], it["currency"], it["property"]) for it in found} == {
        ("one-page", "EUR", "shop")
    }


def test_what_the_file_does_not_tell_is_absent_and_not_zero() -> None:
    """Without the columns, bounces and revenue are unknown; nothing is called social unsaid."""
    mapping = YEAR.replace("social = true\n", "")
    (found,) = rows(open_file(b"Revenue,x\nTRUE,1\nFALSE,2\n", mapping=mapping))
    assert (found["sessions"], found["converting"]) == (2, 1)
    assert (found["bounced"], found["bounce_kind"], found["revenue"]) == (None, "", None)
    assert (found["social"], found["tagged"], found["currency"]) == (False, False, "")


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("TRUE ", "maybe", 2, "bought"),
        ("| no     | yes", "|        | yes", 3, "bought"),
        ("20.50", "20,50", 2, "paid"),
        ("20.50", "20.505", 2, "paid"),
        ("20.50", "nan", 2, "paid"),
        ("2026-11-02 | instagram", "2027-11-02 | instagram", 5, "day"),
    ],
)
def test_a_session_that_cannot_be_read_is_named(old: str, new: str, line: int, column: str) -> None:
    """A blank is neither yes nor no."""
    assert old in TABLE
    batch = open_file(drawn(TABLE.replace(old, new)), mapping=DAYS)
    assert [(bad.line, bad.column) for bad in batch.bad] == [(line, column)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("start = 2025-01-01\n", "", "only one of start and end; start is missing"),
        ("start = 2025-01-01", "start = 2026-01-01", "start 2026-01-01 lies after end 2025-12-31"),
        ("2025-12-31", "2025-13-31", "file.end is not a day; write it like 2026-11-23"),
        ("converted =", "convertd =", "columns.convertd is not known"),
        ("social = true", 'social = "yes"', "file.social"),
        ("social = true", 'currency = "EURO"', "is not a currency; write its ISO code"),
        ('[columns]', '[measures]\nlikes = "x"\n[columns]', "“session” has no [measures]"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_of_sessions_says_what_would_work(old: str, new: str, words: str) -> None:
    """One line, before any file is opened."""
    assert old in YEAR
    with pytest.raises(SourceError) as caught:
        parse_mapping(YEAR.replace(old, new))
    assert words in str(caught.value)


def test_sessions_without_days_or_a_currency_are_refused() -> None:
    """A guess at either would make a wrong number."""
    with pytest.raises(SourceError, match="start = 2026-01-01 and end"):
        open_file(drawn(TABLE), mapping=DAYS.replace('day = "day"\n', ""))
    with pytest.raises(SourceError, match='currency = "EUR"'):
        open_file(drawn(TABLE), mapping=DAYS.replace('currency = "EUR"\n', ""))


def test_a_shops_year_of_sessions(shared: Callable[[str], bytes]) -> None:
    """12,330 sessions, of which 1,908 end in a purchase: its source says so."""
    batch = open_file(shared("online_shoppers/online_shoppers_intention.csv"), mapping=YEAR)
    (found,) = rows(batch)
    assert (found["sessions"], found["converting"], batch.bad) == (12_330, 1_908, ())
    assert (found["start"], found["end"]) == (date(2025, 1, 1), date(2026, 1, 1))
    assert batch.records[0].start == date(2025, 1, 1)


def test_a_mapping_may_say_only_what_a_known_export_lacks() -> None:
    """Its zone and its account; the columns are known."""
    mapping = '[file]\naccount = "tiktok/acme"\nzone = "Asia/Jakarta"\n'
    days = b"Date,Video Views,Profile Views,Likes\n2026-11-01,5,1,2\n"
    batch = open_file(days, mapping=mapping)
    assert (batch.format, batch.days[0].account.handle) == ("tiktok-overview", "acme")
    with pytest.raises(SourceError, match="lacks grain"):
        parse_mapping(mapping + '[columns]\nid = "x"\n')
