"""``docs/rights.md`` says what the table says."""

import re
from pathlib import Path

from commands.rights_page import print_page
from commands.rights_table import RIGHTS, Role


def test_the_page_is_the_table() -> None:
    """``python -m commands.rights_page > docs/rights.md`` mends it."""
    page = Path(__file__).parents[2] / "docs" / "rights.md"
    assert page.read_text(encoding="utf-8") == print_page()


def test_every_act_has_its_row() -> None:
    marks = [re.findall(r"(?<=\| )[●–](?= \|)", it) for it in print_page().splitlines()]
    assert len([it for it in marks if len(it) == len(Role)]) == len(RIGHTS)
