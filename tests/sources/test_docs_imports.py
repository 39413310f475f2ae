"""The page on imports names what is read, and which headers were never seen."""

import re
from pathlib import Path

from storage.sources import FORMATS, parse_mapping

PAGE = (Path(__file__).parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")
READ = PAGE.partition("## What is read")[2].partition("\n## ")[0]
"""The section that lists the formats."""


def test_the_page_names_every_export() -> None:
    """Each with whether its header was seen; nothing that is not read."""
    rows = re.findall(r"^\| `([a-z][a-z-]+)` \|.*\|([^|]*)\|$", READ, re.MULTILINE)
    said = {key: "no" not in seen for key, seen in rows}
    layouts = {key: it.layout.is_verified for key, it in FORMATS.items() if it.layout}
    assert said == {**layouts, "mapped": True}


def test_the_mappings_on_the_page_work() -> None:
    """They are read as they stand."""
    found = [parse_mapping(it) for it in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    assert [it.file.grain for it in found] == ["post", "session", "answer"]
