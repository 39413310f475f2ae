"""Files are made from drawn tables; each test reads one and looks at the batch."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from storage.batch import AccountName, Batch
from storage.sources import Mapping, parse_mapping, read

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

FACEBOOK = "Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Views,Reach,Reactions"
FACEBOOK_ROW = {
    "Post ID": "9001",
    "Page ID": "70",
    "Page name": "Acme",
    "Title": "Hello",
    "Publish time": "11/02/2026 10:30",
    "Permalink": "https://facebook.com/70/posts/9001",
    "Post type": "Photos",
    "Views": "200",
    "Reach": "100",
    "Reactions": "10",
}

DAYS_MAPPING = """
[file]
grain = "account-day"
platform = "instagram"
account = "acme"
[columns]
day = "day"
[measures]
likes = "likes"
followers = "followers"
reach = "reach"
"reach:7" = "week"
reach_28d = "month"
"""


def write_csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def facebook(*changes: dict[str, str], delimiter: str = ",") -> bytes:
    """Return an export with one post for each set of changed cells; ids count up from 9001."""
    header = FACEBOOK.split(",")
    rows = [
        [{**FACEBOOK_ROW, "Post ID": str(9001 + place), **change}[name] for name in header]
        for place, change in enumerate(changes)
    ]
    return write_csv([header, *rows], delimiter)


def drawn(text: str) -> bytes:
    """Return the CSV of a table drawn with bars."""
    lines = [line for line in text.splitlines() if "|" in line]
    return write_csv([[cell.strip() for cell in line.split("|")] for line in lines])


def xlsx(rows: Sequence[Sequence[Any]], options: dict[str, Any] | None = None) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"default_date_format": "yyyy-mm-dd hh:mm", **(options or {})})
    sheet = book.add_worksheet("Posts")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return data.getvalue()


def open_file(
    data: bytes,
    *,
    name: str = "posts.csv",
    zone: str = "UTC",
    format: str | None = None,
    account: AccountName | None = None,
    mapping: Mapping | str | None = None,
) -> Batch:
    if isinstance(mapping, str):
        mapping = parse_mapping(mapping)
    return read(data, name, now=NOW, zone=zone, format=format, account=account, mapping=mapping)
