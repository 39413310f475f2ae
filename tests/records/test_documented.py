"""The page on files of records: every source is in its table, and every example works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storage.sources.records import SOURCES
from tests.records.files import read_text

PAGE = Path("docs/imports-records.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"\*\*([a-z]+)\*\*: .*?```csv\n(.*?)```", PAGE, re.DOTALL))


def test_every_source_is_in_the_table() -> None:
    listed = {
        it for row in re.findall(r"^\| (`.*?) \|", PAGE, re.M) for it in re.findall(r"`(.*?)`", row)
    }
    assert listed == {*SOURCES, "mentions"}


@pytest.mark.parametrize("key", sorted({*SOURCES, "mentions"} - {"ga4", "meta-ads"}))
def test_every_example_is_read_as_what_it_is(key: str) -> None:
    batch = read_text(EXAMPLES[key])
    held = len(batch.mentions) or sum(len(it.rows) for it in batch.records)
    assert (batch.format, batch.bad) == (key, ())
    assert held == EXAMPLES[key].count("\n") - 1
