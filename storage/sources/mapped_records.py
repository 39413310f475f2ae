"""Records of any table, by a mapping: its columns under the names of the kind's own layout."""

from __future__ import annotations

from collections.abc import Mapping as Held
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from storage.batch import Batch
from storage.sources.headers import normalise
from storage.sources.mapping import Mapping
from storage.sources.origin import Origin
from storage.sources.record_grains import RECORD_GRAINS, RecordGrain
from storage.sources.records.fields import Cells, read_cell
from storage.sources.records.layout import Make, RecordLayout, Told
from storage.sources.records.reading import read_records, split_header
from storage.sources.rows import Table


def read_mapped_records(table: Table, mapping: Mapping, origin: Origin, key: str) -> Batch:
    """Return the records that a mapping makes of a table; ``key`` is the batch's format."""
    layout = lay_out(RECORD_GRAINS[mapping.file.grain or ""], mapping)
    layout = replace(layout, key=key, telling=())
    return read_records(name_matched(table, mapping), layout, origin, mapping, seen=table.header)


def lay_out(grain: RecordGrain, mapping: Mapping) -> RecordLayout:
    """Return the layout with the names that the table uses; what it lacks has none."""
    named = {grain.key_of(it): (split_header((name,))[0][0],)
             for it, name in mapping.columns.items()}  # fmt: skip
    fields = {
        key: replace(field, names=named.get(key, ()), needed=field.needed and key in named)
        for key, field in grain.layout.fields.items()
    }
    make = say_always(grain, mapping)
    return replace(grain.layout, fields=MappingProxyType(fields), make=make)


def say_always(grain: RecordGrain, mapping: Mapping) -> Make:
    """Return what makes a record, given what all rows say where no column does."""
    file = mapping.file
    network = {"platform": file.platform} if file.platform else {}
    said = {
        grain.key_of(column): (words, grain.field_of(column))
        for column, words in (network | mapping.always).items()
        if column not in mapping.columns and column in grain.columns
    }

    def make(told: Told, cells: Cells) -> Held[str, Any] | None:
        always = {key: read_cell(words, field, cells) for key, (words, field) in said.items()}
        return grain.layout.make(told | always, cells)

    return make


def name_matched(table: Table, mapping: Mapping) -> Table:
    """Return the table with its matched columns alone named.

    What nobody matched must not count: a second column of amounts may be in another currency.
    """
    wanted = set(map(normalise, mapping.columns.values()))
    header = tuple(name if normalise(name) in wanted else "" for name in table.header)
    return replace(table, header=header)
