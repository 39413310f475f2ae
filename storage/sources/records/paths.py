"""Paths to conversion, added up: how many customers took one way through the media.

    path, total_conversions, total_conversion_value, total_null, name, type, start, end, currency

``path`` (“eta > iota > alpha”) and ``total_conversions`` are needed. The days are ``start`` and
``end`` of the row or of a mapping file; without, the day of the import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from storage.batch import Batch
from storage.record_kinds import KINDS
from storage.said import Grouped, Words
from storage.sources.cells import BadCell
from storage.sources.origin import Origin
from storage.sources.records.conversions import name_type
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.media import platform_of
from storage.sources.records.reading import source_of
from storage.sources.records.source import RecordSource
from storage.sources.records.spans import DAYS, read_span
from storage.sources.rows import Table

if TYPE_CHECKING:
    from storage.sources.mapping import Mapping as MappingFile

LONGEST_PATH = 2_000
USUAL_TYPE = "conversion"
FIELDS = MappingProxyType(
    {
        "path": Field("words", ("path", "Conversion path", "Touchpoints", "Channels"), needed=True),
        "conversions": Field(
            "whole", ("total_conversions", "Conversions", "Total conversion"), needed=True
        ),
        "value": Field(
            "amount",
            ("total_conversion_value", "Conversion value", "Value", "Revenue"),
            blank=None,
        ),
        "others": Field("whole", ("total_null", "Others", "Null", "Non conversions"), blank=0),
        "name": Field("word", ("name", "Collection")),
        "type": Field("word", ("type", "Conversion type")),
        "start": DAYS["start"],
        "end": DAYS["end"],
        "currency": Field("currency", ("currency", "Currency code")),
    }
)
_STEP = re.compile(r"\s*(?:>|→|»|›)\s*")


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    steps = [" ".join(it.split()) for it in _STEP.split(told["path"])]
    if not all(steps):
        raise BadCell("a step of the path is empty; write it like instagram > email > direct")
    path = " > ".join(platform_of(it) or it for it in steps)
    if len(path) > LONGEST_PATH:
        raise BadCell("the path is longer than {most} characters", most=Grouped(LONGEST_PATH))
    dated = told["start"] is not None or told["end"] is not None or cells.span
    start, end = read_span({**told, "day": None}, cells) if dated else (None, None)
    name = told["name"] or cells.origin.file_name.rpartition(".")[0] or cells.origin.file_name
    return {
        **told,
        "name": name[:100],
        "type": name_type(told["type"]) or USUAL_TYPE,
        "path": path,
        "start": start,
        "end": end,
        # Without a column there is no value and no currency; else ``storage`` scales it.
        "value": 0 if told["value"] is None else told["value"],
        "currency": told["currency"] or cells.currency,
    }


LAYOUT = RecordLayout(
    key="paths",
    title=Words("Paths to conversion"),
    kind="paths",
    fields=FIELDS,
    make=make,
    key_name="path",
    key_field="path",
    wanted=Words("choose a period with conversions"),
    adds=("conversions", "value", "others"),
    splits=None,
)
_PLAIN = source_of(LAYOUT)


def read(table: Table, origin: Origin, mapping: MappingFile | None) -> Batch:
    """Return the paths; those without days get the day before the import, which can be asked."""
    batch = _PLAIN.read(table, origin, mapping)
    (told,) = batch.records
    start = KINDS["paths"].columns.index("start")
    if told.start is not None or all(it.values[start] is not None for it in told.rows):
        return batch
    today = origin.now.astimezone(origin.zone).date()
    day = today.fromordinal(today.toordinal() - 1)
    words = Words(
        "The file names no days, so its paths count for the day before their first import. "
        "A mapping file with start and end says otherwise."
    )
    return replace(
        batch, records=(told._replace(start=day, end=today),), notes=(*batch.notes, words)
    )


SOURCE = RecordSource(LAYOUT.key, LAYOUT.title, _PLAIN.fit, read, LAYOUT)
