"""What is written as TOML is read by ``tomllib`` as the same, whatever the words."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.settings.lines import Lines
from commands.settings.toml import write_toml

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(WORDS, st.booleans(), st.integers(-(2**63), 2**63 - 1))
VALUE = st.one_of(PLAIN, st.lists(PLAIN, max_size=3))
TABLE: Any = st.recursive(
    st.dictionaries(WORDS, VALUE, max_size=4),
    lambda inner: st.dictionaries(
        WORDS, st.one_of(VALUE, inner, st.lists(inner, min_size=1, max_size=2)), max_size=4
    ),
    max_leaves=8,
)


@given(TABLE, st.dictionaries(st.tuples(WORDS), WORDS, max_size=3))
def test_it_is_read_again_as_it_was(
    table: dict[str, Any], notes: dict[tuple[str, ...], str]
) -> None:
    """Also what looks like TOML itself, control signs, empty keys, and remarks with line breaks."""
    assert tomllib.loads(write_toml(table, notes)) == table


def test_settings_hold_nothing_else() -> None:
    with pytest.raises(TypeError):
        write_toml({"share": 0.5})


def test_the_line_of_a_key_is_found() -> None:
    """By its table; of a list of tables, by which of them; else where the table begins."""
    text = """
# [workspace]
[workspace]
zone = "UTC" # zone = "x"

[channels.C1]
answers = "asker"
[[channels."C1".digests]]
day = "monday"
[[channels.C1.digests]]
day = "friday"
support = { mode = "auto" }
"""
    lines = Lines(text)
    rows = {
        ("workspace", "zone"): 4,
        ("channels", "C1"): 6,
        ("channels", "C1", "answers"): 7,
        ("channels", "C1", "digests", "0", "day"): 9,
        ("channels", "C1", "digests", "1", "day"): 11,
        ("channels", "C1", "digests", "1", "support", "mode"): 12,
        ("channels", "C1", "digests", "1", "missing"): 10,
        ("nowhere",): 0,
    }
    assert {path: lines.find(path) for path in rows} == rows
