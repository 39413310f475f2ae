"""docs/settings.md: its tables are those of the declarations, its example is a file that works."""

from __future__ import annotations

import re
from pathlib import Path

from commands.settings.document import read_document
from commands.settings.page import digest_table, settings_table, setup_table
from storage.settings import SETTINGS

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_is_made_from_the_declarations() -> None:
    text = PAGE.read_text()
    for made in (settings_table(), setup_table(), digest_table()):
        assert made in text, "python -m commands.settings.page"
    assert all(f"| `{key}` |" in text for key in SETTINGS)


def test_its_example_is_a_file_without_a_fault() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    document = read_document(example)
    assert document.problems == []
    assert set(document.channels) == {"C0123456789"}
