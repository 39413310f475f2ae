"""``import``: exports into tables, all rows or none; and ``import --undo``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.verbs.home import Home, open_home
from bot.verbs.setup import split_account
from storage.accounts import clean_handle, platform_key
from storage.batch import AccountName, Batch
from storage.errors import KepiError, UnknownLayout
from storage.imports import Imported, Preview, preview, store
from storage.said import speak
from storage.undo import undo

if TYPE_CHECKING:
    from storage.column_matches import MatchRow

DONE, REFUSED = 0, 1


@dataclass(frozen=True)
class Choices:
    """What was said beside the files."""

    format: str | None = None
    account: str | None = None
    mapping: Path | None = None
    dry_run: bool = False
    good_rows: bool = False


def take_in(files: Sequence[Path], choices: Choices, *, team: str | None) -> int:
    """Read every file, then store them all; 1 and nothing stored when a row of any is bad."""
    if not files:
        raise KepiError("Name a file to import, such as posts.csv, or --undo N.")
    with open_home(team) as home:
        reads = [read_file(path, choices, home) for path in files]
        batches = [batch for batch, _ in reads]
        bad = name_bad_rows(batches)
        if choices.dry_run:
            for batch in batches:
                print(describe(batch, preview(home.database, home.workspace.id, batch)))
            return REFUSED if bad and not choices.good_rows else DONE
        if bad and not choices.good_rows:
            print(
                f"{bad} bad {'row' if bad == 1 else 'rows'}, so nothing was stored. "
                "Mend them, or store the rest with --good-rows.",
                file=sys.stderr,
            )
            return REFUSED
        for batch, match in reads:
            stored = store(
                home.database,
                home.workspace.id,
                batch,
                by="",
                at=home.clock(),
                good_rows=choices.good_rows,
            )
            note_use(match, home)
            print(report(batch, stored))
    return DONE


def read_file(path: Path, choices: Choices, home: Home) -> tuple[Batch, MatchRow | None]:
    """Return what a file holds, and whose match of its columns it was read by, where it was.

    Raises ``KepiError`` where it cannot be read at all.
    """
    from storage.sources import parse_mapping, read

    if choices.mapping is None and choices.format is None:
        return read_as_matched(path, choices, home)
    mapping = choices.mapping
    batch = read(
        read_bytes(path),
        path.name,
        now=home.clock(),
        zone=home.workspace.zone,
        format=choices.format,
        account=name_account(choices.account),
        mapping=parse_mapping(read_bytes(mapping).decode("utf-8", "replace")) if mapping else None,
    )
    return batch, None


def read_as_matched(path: Path, choices: Choices, home: Home) -> tuple[Batch, MatchRow | None]:
    """Return what a file holds; one that no source knows is read as somebody matched it."""
    from storage.column_matches import find_match
    from storage.sources.remembered import read_by_match

    try:
        with home.database.read() as connection:
            batch, match = read_by_match(
                read_bytes(path),
                path.name,
                lambda header: find_match(connection, home.workspace.id, header),
                now=home.clock(),
                zone=home.workspace.zone,
                account=name_account(choices.account),
            )
    except UnknownLayout as trouble:
        raise KepiError(f"{trouble}. A mapping file can say what they mean") from None
    if match is None:
        return batch, None
    note = f"Read as its columns were matched on {match.at:%Y-%m-%d} (“{match.name}”)."
    return replace(batch, notes=(*batch.notes, note)), match


def note_use(match: MatchRow | None, home: Home) -> None:
    """Note that a file was read by a match."""
    from storage.column_matches import use

    if match is not None:
        with home.database.write() as connection:
            use(connection, home.workspace.id, match.id, home.clock())


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KepiError(f"{path} cannot be read: {(error.strerror or '').lower()}.") from error


def name_account(account: str | None) -> AccountName | None:
    if account is None:
        return None
    platform, handle = split_account(account)
    return AccountName(platform_key(platform), clean_handle(handle))


def name_bad_rows(batches: Sequence[Batch]) -> int:
    """Print every bad row of every file on stderr and return how many there are."""
    for batch in batches:
        for row in batch.bad:
            print(f"{batch.file_name}, {row}", file=sys.stderr)
    return sum(len(batch.bad) for batch in batches)


def describe(batch: Batch, seen: Preview) -> str:
    """Say what storing would do."""
    notes = "".join(f"\n{it}" for it in (*name_new(seen.new_accounts), *map(speak, seen.notes)))
    return (
        f"{batch.file_name}: {batch.title}, {seen.rows} rows, {seen.added} new, "
        f"{seen.changed} changed, {seen.same} known. Nothing was stored.{notes}"
    )


def name_new(accounts: Sequence[AccountName]) -> list[str]:
    """Return “New account: instagram/beta”, a line each."""
    return [f"New account: {it.platform}/{it.handle}" for it in accounts]


def report(batch: Batch, stored: Imported) -> str:
    """Say what storing did."""
    notes = "".join(f"\n{it}" for it in (*name_new(stored.new_accounts), *map(speak, stored.notes)))
    if stored.id is None:
        return f"{batch.file_name}: {batch.title}, nothing new.{notes}"
    left = f" {len(stored.left_out)} bad rows left out." if stored.left_out else ""
    return (
        f"{batch.file_name}: {batch.title}, {stored.added} added, {stored.changed} changed, "
        f"{stored.same} known.{left} Take it back with: import --undo {stored.id}{notes}"
    )


def take_back(number: int, *, team: str | None) -> int:
    """Undo an import."""
    with open_home(team) as home:
        done = undo(home.database, home.workspace.id, number, home.clock())
    print(f"Took back {done.file_name}: {done.removed} removed, {done.restored} restored.")
    return DONE
