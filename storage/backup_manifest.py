"""What is noted of a copy beside it (``FILE.json``), and which copies there are near a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any

from storage.errors import KepiError

PIECE = 1 << 20
SUFFIX = ".json"
"""Of the manifest, after the copy's whole name."""


@dataclass(frozen=True)
class Copy:
    """A copy as its manifest describes it."""

    file: Path
    bytes: int
    checksum: str
    """SHA-256 of the file."""
    schema: str
    made: datetime
    rows: Mapping[str, int]
    totals: Mapping[str, list[int]]
    """“facts 1|reach” → [rows, sum]."""

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())

    def counts(self) -> str:
        """Return rows and totals as JSON, for ``backup_run``."""
        return json.dumps({"rows": self.rows, "totals": self.totals})


class Damaged(KepiError):
    """A copy, or the database itself, that is not what it was."""


def manifest_of(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)


def as_json(copy: Copy) -> str:
    return json.dumps(
        {
            "kepi": "backup",
            "made": copy.made.isoformat(),
            "schema": copy.schema,
            "bytes": copy.bytes,
            "sha256": copy.checksum,
            "rows": copy.rows,
            "totals": copy.totals,
        },
        indent=1,
    )


def read_manifest(file: Path) -> Copy:
    """Return what was noted of a copy; raises ``KepiError`` where nothing was."""
    if not file.is_file():
        raise KepiError(f"There is no file {file}. {suggest(file)}")
    try:
        held: Any = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        return Copy(
            file=file,
            bytes=int(held["bytes"]),
            checksum=str(held["sha256"]),
            schema=str(held["schema"]),
            made=datetime.fromisoformat(held["made"]),
            rows=dict(held["rows"]),
            totals={str(name): list(pair) for name, pair in held["totals"].items()},
        )
    except FileNotFoundError:
        raise KepiError(
            f"{manifest_of(file).name} is not beside {file}, so nobody can tell whether it is "
            f"whole. {suggest(file)}"
        ) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Damaged(f"{manifest_of(file)} cannot be read. {suggest(file)}") from None


def suggest(file: Path) -> str:
    """Return a sentence with the command that restores the newest whole copy near a file."""
    for other in copies_near(file):
        try:
            noted = read_manifest_quietly(other)
        except KepiError:
            continue
        if other.absolute() != file.absolute() and checksum_of(other) == noted.checksum:
            return f"Restore a copy with: python -m bot restore {other}"
    return "Restore another copy with: python -m bot restore FILE"


def read_manifest_quietly(file: Path) -> Copy:
    """Return a manifest without looking for another copy where there is none."""
    if not manifest_of(file).is_file():
        raise KepiError("no manifest")
    try:
        held = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        return Copy(file, 0, str(held["sha256"]), "", datetime.fromisoformat(held["made"]), {}, {})
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise KepiError("no manifest") from None


def copies_near(file: Path) -> list[Path]:
    """Return copies in a file's folder and in its ``backups``, the newest first."""
    found: dict[Path, datetime] = {}
    for folder in (file.parent, file.parent / "backups"):
        for manifest in folder.glob(f"*.db{SUFFIX}") if folder.is_dir() else ():
            copy = manifest.with_name(manifest.name.removesuffix(SUFFIX))
            try:
                if copy.is_file():
                    found[copy] = read_manifest_quietly(copy).made
            except KepiError:
                continue
    return sorted(found, key=lambda it: found[it], reverse=True)


def copies_of(file: Path) -> list[Path]:
    """Return copies whose names say that they are of this file, the newest first."""
    starts = (f"{file.stem}-", f"{file.stem}.before-")
    return [it for it in copies_near(file) if it.name.startswith(starts)]


def cut_off(file: Path) -> Path | None:
    """Return where a database is that a restoring moved aside without putting a copy there.

    Nothing where something stands in its place, or the last restoring came to an end: then what
    it moved aside is described.
    """
    if file.exists() and file.stat().st_size:
        return None
    aside = sorted(file.parent.glob(f"{escape(file.stem)}.before-*.db"), key=lambda it: it.stem)
    return aside[-1] if aside and not manifest_of(aside[-1]).is_file() else None


def checksum_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as held:
        while piece := held.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
