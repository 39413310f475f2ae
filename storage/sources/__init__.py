"""Outside files become a ``Batch``: rows in our own words, and every bad row named.

One file per export. A layout is told by its header, never by the order of its columns; any
other table is read by a mapping file.
"""

import hashlib
from datetime import datetime

from storage.batch import AccountName, Batch
from storage.errors import SourceError, UnknownLayout
from storage.sources import mapped
from storage.sources.apart import find_heading
from storage.sources.containers import LARGEST_FILE, open_tables
from storage.sources.dates import find_zone
from storage.sources.formats import FORMATS, Format, describe_unknown, recognise
from storage.sources.joining import join, read_together
from storage.sources.mapping import Mapping, parse_mapping
from storage.sources.origin import Origin
from storage.sources.rows import Table

__all__ = ["FORMATS", "LARGEST_FILE", "Format", "Mapping", "parse_mapping", "read"]


def read(
    data: bytes,
    file_name: str,
    *,
    now: datetime,
    zone: str,
    format: str | None = None,
    account: AccountName | None = None,
    mapping: Mapping | None = None,
) -> Batch:
    """Return what a CSV, XLSX or ZIP file holds; nothing is stored.

    ``now`` is aware. ``zone`` is the one in which local times of the file are meant; a
    mapping's own zone goes before it. Raises ``SourceError`` where the whole file cannot be
    read, ``UnknownLayout`` where that is for its columns alone; single rows that cannot be read
    are in ``Batch.bad``.
    """
    try:
        chosen = _find_format(format, mapping)
        origin = Origin(file_name, hashlib.sha256(data).hexdigest(), now, find_zone(zone), account)
        tables = open_tables(data)
        if mapping is not None and mapping.file.grain is not None:
            table = find_heading(tables, mapping)
            return join([(table, mapped.read_mapped(table, mapping, origin))], tables)
        if mapping is not None:
            origin = mapped.place_file(mapping, origin)
        return _read_known(tables, chosen, origin, mapping)
    except SourceError as error:
        if error.file:
            raise
        raise error.in_file(file_name) from None


def _read_known(
    tables: list[Table], chosen: Format | None, origin: Origin, mapping: Mapping | None
) -> Batch:
    """Return what the tables hold whose format is known; raise where there is none."""
    found = [it for table in tables if (it := recognise(table, chosen)) is not None]
    if not found and chosen is not None and chosen.layout is None:
        return chosen.read(tables[0], origin, mapping)
    if not found:
        words = describe_unknown(tables, chosen)
        raise SourceError(words) if chosen is not None else UnknownLayout(words)
    return join(read_together(found, origin, mapping), tables)


def _find_format(key: str | None, mapping: Mapping | None) -> Format | None:
    if key is None:
        return None
    chosen = FORMATS.get(key.strip().lower().replace("_", "-"))
    if chosen is None:
        raise SourceError(
            "“{key}” is not a format; these are: {formats}",
            key=key[:40],
            formats=", ".join(FORMATS),
        )
    if chosen.key == mapped.KEY and mapping is None:
        raise SourceError("the format “mapped” needs a mapping file: --mapping MAP.toml")
    if chosen.key != mapped.KEY and mapping is not None and mapping.file.grain is not None:
        raise SourceError(
            "a mapping file and the format “{key}” exclude each other", key=chosen.key
        )
    return chosen
