"""Which fonts a text needs beside the one of texts, and how they get into a document."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any
from unicodedata import bidirectional

from kpis.charts.style import OTHER_FAMILIES, find_other_font, find_text_fonts

_NEEDS_NONE = frozenset("\n\r\t\u200b\u200c\u200d\ufe0e\ufe0f")
_NEAR = 1.0
"""Units of a thousandth of a letter's height that a converted curve may be off."""


def choose_families(words: str) -> dict[str, str]:
    """Return the families that hold what the font of texts does not, each with those letters.

    They are in their fixed order. What no font holds is printed as an empty box.
    """
    plain, _ = find_text_fonts()
    missing = set(words) - _NEEDS_NONE - _list_letters(plain, 0)
    chosen = {}
    for family in OTHER_FAMILIES:
        held = missing & _list_letters(*find_other_font(family))
        if held:
            chosen[family] = "".join(sorted(held))
            missing -= held
    return chosen


@cache
def _list_letters(file: str, face: int) -> frozenset[str]:
    return frozenset(map(chr, _open_font(file, face).getBestCmap()))


def has_cubic_curves(family: str) -> bool:
    """Whether a family is of the kind that not every reader of documents takes letters from."""
    return find_other_font(family)[0].endswith(".ttc")


def cut_font(family: str, letters: str) -> bytes:
    """Return a TrueType font with these letters alone of a family that has cubic curves.

    Its letters can be embedded under their plain numbers, which every reader understands.
    """
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]

    font = _open_font(*find_other_font(family))
    names = {ord(letter): font.getBestCmap()[ord(letter)] for letter in letters}
    order = [".notdef", *dict.fromkeys(names.values())]
    head, lines = font["head"], font["hhea"]
    builder = FontBuilder(head.unitsPerEm, isTTF=True)
    builder.updateHead(created=head.created, modified=head.modified)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(_straighten(font, order))
    builder.setupHorizontalMetrics({name: font["hmtx"][name] for name in order})
    builder.setupHorizontalHeader(ascent=lines.ascent, descent=lines.descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2(sCapHeight=font["OS/2"].sCapHeight)
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _straighten(font: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return outlines with quadratic curves in place of cubic ones (fontTools, *cu2qu*)."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    outlines, glyphs = font.getGlyphSet(), {}
    for name in names:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, _NEAR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def order_letters(line: str) -> str:
    """Return the letters of a line as they stand on paper: Hebrew and Arabic from the right."""
    if not any(bidirectional(letter) in ("R", "AL") for letter in line):
        return line
    from fpdf.bidi import BidiParagraph

    return BidiParagraph(text=line).get_reordered_string()


@cache
def _open_font(file: str, face: int) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return TTFont(file, fontNumber=face, lazy=True)
