"""What a file holds: one table, the sheets of a workbook, or the CSV files of a zip."""

from __future__ import annotations

from dataclasses import replace
from zipfile import ZipInfo

from storage.errors import SourceError
from storage.said import Words
from storage.sources.archive import inflate, list_entries
from storage.sources.old_archive import SIGNATURE
from storage.sources.rows import Table, read_csv
from storage.sources.workbook import read_workbook

LARGEST_FILE = 10 * 1024 * 1024
MOST_FILES = 20
"""Files of a zip that are looked at; YouTube and TikTok pack three to eight."""


def open_tables(data: bytes) -> list[Table]:
    """Return every table of a file, at least one; raises ``SourceError`` where there is none."""
    if len(data) > LARGEST_FILE:
        raise SourceError("the file is larger than 10 MB; export a shorter period")
    if not data:
        raise SourceError("the file is empty; export it again")
    if data.startswith(SIGNATURE):
        return read_workbook(data)
    if not data.startswith(b"PK\x03\x04"):
        return [read_csv(data)]
    entries = list_entries(data)
    if any(entry.filename.lower() == "xl/workbook.xml" for entry in entries):
        return read_workbook(data)
    return _read_zip(data, [entry for entry in entries if _is_csv(entry)])


def _read_zip(data: bytes, entries: list[ZipInfo]) -> list[Table]:
    """Return the tables of the CSV files; an empty one beside others is passed over."""
    if not entries:
        raise SourceError(
            "this is a zip, not a CSV or XLSX file; unpack it and send the file inside"
        )
    tables: list[Table] = []
    trouble: SourceError | None = None
    for entry in entries[:MOST_FILES]:
        name = entry.filename.rsplit("/", 1)[-1][:60]
        try:
            only = Words("Only {name} was read.", name=name) if len(entries) > 1 else ""
            tables.append(replace(read_csv(_unpack(data, entry)), name=name, only=only))
        except SourceError as error:
            trouble = trouble or SourceError(
                "in {name}, {words}", line=error.line, name=name, words=error.words
            )
    if not tables:
        raise trouble or SourceError("the file is empty; export it again")
    return tables


def _unpack(data: bytes, entry: ZipInfo) -> bytes:
    if entry.file_size > LARGEST_FILE:
        raise SourceError("the file is larger than 10 MB; export a shorter period")
    return b"".join(inflate(data, entry))


def _is_csv(entry: ZipInfo) -> bool:
    """Tell CSV files from folders and from what a Mac adds beside each file."""
    *folders, name = entry.filename.split("/")
    return name.lower().endswith(".csv") and not name.startswith(".") and "__MACOSX" not in folders
