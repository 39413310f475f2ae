"""Web analytics as files: GA4 with its comment lines and several tables, and Kepi's own columns."""

from __future__ import annotations

from datetime import date

import pytest

from storage.errors import SourceError
from tests.records.files import bad_of, pick, read_text, rows_of

GROUP = "Session primary channel group (Default Channel Group)"
COLUMNS = (
    f"{GROUP},Sessions,Engaged sessions,Engagement rate,Average engagement time per session,"
    "Events per session,Event count,Key events,Session key event rate,Total revenue"
)
TITLE = """# ----------------------------------------
# Traffic acquisition: Session primary channel group
# Account: Acme
# Property: acme.com
# ----------------------------------------
#
# All Users
# Start date: {start}
# End date: {end}
"""
FIRST = TITLE.format(start="20261109", end="20261115")
WEEK = (date(2026, 11, 9), date(2026, 11, 16))
BEFORE = (date(2026, 11, 2), date(2026, 11, 9))
ROWS = """Organic Social,200,150,0.75,30.5,5,1000,9,0.04,1234.5
Paid Social,50,20,0.4,12,3,150,0,0,0
Organic Video,10,4,0.4,12,3,30,0,0,0
Direct,80,30,0.375,12,3,240,2,0.025,99.999
Unassigned,5,0,0,0,1,5,0,0,0
"""


def test_traffic_acquisition_is_read_as_it_is_exported() -> None:
    """The days stand in comment lines, social is told by channel, unengaged sessions bounced."""
    batch = read_text(f"{FIRST}{COLUMNS}\n{ROWS}")
    rows = rows_of(batch)
    assert (batch.format, batch.bad) == ("ga4", ())
    assert pick(rows, "channel_group", "social", "tagged", "sessions", "bounced", "converting") == [
        ("Organic Social", True, True, 200, 50, 8),
        ("Paid Social", True, True, 50, 30, 0),
        ("Organic Video", True, True, 10, 6, 0),
        ("Direct", False, False, 80, 50, 2),
        ("Unassigned", False, False, 5, 5, 0),
    ]
    assert {(row["start"], row["end"]) for row in rows} == {WEEK}
    assert {row["bounce_kind"] for row in rows} == {"ga4"}
    assert [row["key_events"] for row in rows] == [9, 0, 0, 2, 0]
    # Without a currency the amount waits for the workspace's.
    assert (str(rows[0]["revenue"]), rows[0]["currency"]) == ("1234.5", "")


def test_a_file_of_several_tables_is_read_by_each_ones_days() -> None:
    """A comparison repeats the columns for other days; the diagram's table is no visits."""
    other = f"# Start date: 20261102\n# End date: 20261108\n{COLUMNS}\nDirect,7,7,1,1,1,1,0,0,0\n"
    diagram = "# Start date: 20261109\n# End date: 20261115\nNth day,Direct\n0,11\n1,12\n"
    batch = read_text(f"{FIRST}{COLUMNS}\n{ROWS}\n{other}\n{diagram}")
    rows = rows_of(batch)
    assert len(rows) == 6
    assert (rows[-1]["sessions"], rows[-1]["start"], rows[-1]["end"]) == (7, *BEFORE)
    assert batch.notes == ("1 more table with other columns in the file: not read.",)


def test_variants_of_the_report_mean_the_same() -> None:
    """Older names in lower case, source / medium, a date column, German numbers, a total row."""
    old = read_text(f"{FIRST}{COLUMNS.lower()}\n{ROWS}")
    assert rows_of(old) == rows_of(read_text(f"{FIRST}{COLUMNS}\n{ROWS}"))
    dated = read_text(
        "# 20261109-20261115\nDate,Session source / medium,Session campaign,Sessions\n"
        "20261109,l.instagram.com / referral,autumn,12\n20261110,google / cpc,(not set),4\n"
        "20261110,(direct) / (none),(direct),3\n,,Grand total,19\n"
    )
    names = ("start", "source", "medium", "campaign", "platform", "social", "tagged", "sessions")
    assert pick(rows_of(dated), *names) == [
        (date(2026, 11, 9), "l.instagram.com", "referral", "autumn", "instagram", True, True, 12),
        (date(2026, 11, 10), "google", "cpc", "(not set)", "", False, True, 4),
        (date(2026, 11, 10), "(direct)", "(none)", "(direct)", "", False, False, 3),
    ]
    german = read_text(
        f"{FIRST}{GROUP};Sessions;Engaged sessions;Total revenue\n"
        "Organic Social;1.500;1.000;1.234,50\nDirect;2.000;900;0,00\n"
    )
    assert pick(rows_of(german), "sessions", "bounced") == [(1500, 500), (2000, 1100)]
    assert float(rows_of(german)[0]["revenue"]) == 1234.5


def test_a_second_dimension_is_added_up() -> None:
    """Broken down by country, the rows of a channel are its parts and no copies."""
    batch = read_text(
        f"{FIRST}{GROUP},Country,Sessions,Engaged sessions\n"
        "Organic Social,Sweden,10,4\nOrganic Social,Norway,10,4\nDirect,Sweden,1,1\n"
    )
    assert pick(rows_of(batch), "channel_group", "sessions", "bounced") == [
        ("Organic Social", 20, 12),
        ("Direct", 1, 0),
    ]
    assert batch.notes == ("3 rows were added up to 2.",)


def test_a_rounded_rate_does_not_make_converting_sessions() -> None:
    """0.03 of 970 sessions is no whole number of them: unknown, and never 0."""
    batch = read_text(f"{FIRST}{GROUP},Sessions,Session key event rate\nDirect,970,0.03\n")
    assert rows_of(batch)[0]["converting"] is None
    assert batch.notes == (
        "1 row round the key event rate, so their converting sessions are not known.",
    )


def test_bad_rows_are_named_one_line_each() -> None:
    batch = read_text(
        f"{FIRST}{GROUP},Sessions,Engaged sessions\n"
        "Organic Social,10,11\nDirect,1e3,1\nReferral,-4,1\nEmail,4,1,9\nDisplay,,1\n"
        "Paid Social,4,1,,\n"
    )
    assert bad_of(batch) == [
        "line 11: 11 sessions that are engaged, of 10 sessions",
        "line 12, Sessions: “1e3” is in scientific notation; export the number in full",
        "line 13, Sessions: “-4” is negative",
        "line 14: 4 cells, where the header has 3; a delimiter may stand outside quotes",
        "line 15, Sessions: nothing stands here",
    ]
    assert pick(rows_of(batch), "channel_group", "sessions") == [("Paid Social", 4)]


def test_a_report_without_days_says_where_to_put_them() -> None:
    """Without comment lines or a date the days are a mapping file's; else every row is bad."""
    bare = f"{GROUP},Sessions\nDirect,4\n"
    assert bad_of(read_text(bare)) == [
        "line 2: no day stands here; add a column “day”, or “start” and “end”"
    ]
    stated = read_text(bare, mapping='[file]\nstart = "2026-11-09"\nend = "2026-11-15"\n')
    assert pick(rows_of(stated), "start", "end") == [WEEK]
    with pytest.raises(
        SourceError, match=r"“Sessions” and one of .* the columns seen are “a”, “b”$"
    ):
        read_text("a,b\n1,2\n", format="ga4")


OWN = """day,channel,source,sessions,bounced,converting,revenue (SEK),site
2026-11-09,Organic Social,instagram,100,60,4,99.90,shop
2026-11-09,,reddit.com,10,5,,,shop
2026-11-09,,newsletter,10,5,,1.00,shop
2026-11-09,,,7,,,,shop
"""


def test_own_columns_of_visits() -> None:
    """One-page visits bounce of their own kind; amounts are in the currency of their column."""
    batch = read_text(OWN)
    names = ("platform", "social", "tagged", "bounced", "bounce_kind", "revenue", "currency")
    assert batch.format == "web"
    assert pick(rows_of(batch), *names) == [
        ("instagram", True, True, 60, "one-page", 9990, "SEK"),
        ("", True, True, 5, "one-page", None, ""),
        ("", False, True, 5, "one-page", 100, "SEK"),
        ("", False, False, None, "", None, ""),
    ]
    assert {row["property"] for row in rows_of(batch)} == {"shop"}


def test_a_row_of_days_ends_with_its_last_one() -> None:
    batch = read_text(
        "start,end,platform,sessions,social\n2026-10-01,2026-10-31,x,5,yes\n"
        "2026-11-09,2026-11-02,x,5,no\n2026-11-02,,x,5,perhaps\n"
    )
    assert pick(rows_of(batch), "start", "end") == [(date(2026, 10, 1), date(2026, 11, 1))]
    assert bad_of(batch) == [
        "line 3: it ends on 2026-11-02, before it starts on 2026-11-09",
        "line 4, social: “perhaps” says neither yes nor no",
    ]
