"""The page of pictures shows every surface at both widths, and nothing that is not there."""

from __future__ import annotations

import re

from PIL import Image

from tests.pictures.docs import MOST_BYTES, MOST_IN_ALL, PAGE, PICTURES, forgotten, section_of
from tests.pictures.stage import WIDTHS
from tests.pictures.surfaces import EVERY

NEEDED = """
home-empty home-with-data first-steps account-form file-preview column-matching answer-exact
answer-bounds how ask-form note-form note-on-chart digest digest-form alert alert-form
support-thread support-setup support-list help-message settings-form channel-settings
settings-history settings-difference admins privacy forget-confirmation home-of-guest
order-matching installed not-installed goal goal-list status invitation private-answer
days-without-data
"""
"""Every surface that what people see describes."""


def test_every_surface_has_its_pictures_at_both_widths() -> None:
    """Each is small enough to keep, as wide as said at most, and none is of nothing."""
    names = [it.name for it in EVERY]
    assert len(names) == len(set(names))
    assert set(NEEDED.split()) <= set(names)
    for name in names:
        for kind, width in WIDTHS.items():
            file = PICTURES / f"{name}-{kind}.png"
            assert file.is_file(), f"make pictures: {file.name} is missing"
            assert file.stat().st_size <= MOST_BYTES
            with Image.open(file) as image:
                assert image.width <= width
                assert image.height >= 60
                assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 4
    assert forgotten() == []
    assert sum(it.stat().st_size for it in PICTURES.glob("*.png")) <= MOST_IN_ALL


def test_the_page_shows_all_of_them_with_their_words_and_nothing_else() -> None:
    """Its pictures exist; nobody wrote by hand into what the command makes."""
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", page)
    assert len(shown) == len(EVERY) * len(WIDTHS)
    for words, path in shown:
        assert words
        assert (PAGE.parent / path).is_file()
    for it in EVERY:
        assert section_of(it) in page
