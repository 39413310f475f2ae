"""How charts look: sizes in pixels of a 1600 × 900 picture, colours, and the fonts that come along.

A phone shows the picture at a quarter of its width, so nothing is written below 29 pixels (21
points at 100 dots an inch), which is 7 pixels there. Colours are those of Okabe and Ito, which
people who see colours differently can tell apart; a marker or a dash always goes with them.
"""

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, TALL = 1600, 900, 1200
"""Pictures of three rows of panels are tall."""
EDGE = 44
"""Empty pixels around everything."""

TITLE, HEADLINE, LABEL, TICK, SMALL = 50, 42, 37, 34, 30

INK = "#1a1a1a"
GREY = "#5c5c5c"
PALE = "#a6a6a6"
RULE = "#e2e2e2"
AXIS = "#8c8c8c"
SHADE = "#f1f1f1"
WHITE = "#ffffff"

BLUE = "#0072b2"
PALE_BLUE = "#d3e7f3"
NOTED, NOTED_PALE = "#7a5c00", "#fbf1d3"
"""Lines and bands of notes; a note's line is whole, that of a break in counting is dashed."""
FRAME = "#d55e00"
"""Around what is to be seen first; it stands out on every blue."""


def lighten(colour: str) -> str:
    """Return a colour halfway to white: what counts some of its days only."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{(it + 255) // 2:02x}" for it in parts)


@dataclass(frozen=True)
class Look:
    """What tells a series from its neighbours, with and without colour."""

    colour: str
    ink: str
    """The same colour, dark enough to read as text on white (contrast of 4.5 and more)."""
    marker: str
    dash: tuple[float, ...] = ()


LOOKS = (
    Look(BLUE, "#00659e", "circle"),
    Look("#d55e00", "#b34f00", "square", (18, 8)),
    Look("#009e73", "#007556", "triangle", (4, 7)),
    Look("#cc79a7", "#9b4274", "diamond", (18, 7, 4, 7)),
    Look("#e69f00", "#8a5f00", "tip", (10, 6)),
    Look("#4d4d4d", "#333333", "star", (26, 8)),
    Look("#56b4e9", "#20709f", "circle", (4, 4)),
    Look("#f0e442", "#6f6900", "square", (12, 5, 4, 5, 4, 5)),
)

TEXT_FAMILY = "Noto Sans"
OTHER_FAMILIES = {
    "Noto Sans Arabic": "NotoSansArabic",
    "Noto Sans Hebrew": "NotoSansHebrew",
    "Noto Sans Devanagari": "NotoSansDevanagari",
    "Noto Sans Bengali": "NotoSansBengali",
    "Noto Sans Gurmukhi": "NotoSansGurmukhi",
    "Noto Sans Gujarati": "NotoSansGujarati",
    "Noto Sans Tamil": "NotoSansTamil",
    "Noto Sans Telugu": "NotoSansTelugu",
    "Noto Sans Kannada": "NotoSansKannada",
    "Noto Sans Malayalam": "NotoSansMalayalam",
    "Noto Sans Sinhala": "NotoSansSinhala",
    "Noto Sans Thai": "NotoSansThai",
    "Noto Sans Lao": "NotoSansLao",
    "Noto Sans Khmer": "NotoSansKhmer",
    "Noto Sans Myanmar": "NotoSansMyanmar",
    "Noto Sans Ethiopic": "NotoSansEthiopic",
    "Noto Sans Armenian": "NotoSansArmenian",
    "Noto Sans Georgian": "NotoSansGeorgian",
    "Noto Sans CJK SC": "",
    "Noto Emoji": "NotoEmoji",
    "Noto Sans Symbols": "NotoSansSymbols",
}
"""Family → file of ``manimgx_fonts``, in the order in which a missing glyph is looked for."""
_CJK_FACE = 2
"""Of the collection: Simplified Chinese, which holds every other CJK character too."""


def load_fonts() -> None:
    """Make matplotlib in this process know our fonts and no others.

    The machine's own fonts would make the same picture differ from place to place. Idempotent.
    """
    from matplotlib import font_manager

    manager: Any = font_manager.fontManager
    if manager.ttflist and manager.ttflist[0].name == TEXT_FAMILY:
        return
    plain, bold = find_text_fonts()
    own = [(TEXT_FAMILY, plain, 400, 0), (TEXT_FAMILY, bold, 700, 0)]
    for family in OTHER_FAMILIES:
        file, face = find_other_font(family)
        # Only Latin has a bold cut; the others stand in for theirs.
        own += [(family, file, 400, face), (family, file, 700, face)]
    manager.ttflist = [
        *(
            font_manager.FontEntry(fname=file, name=family, weight=weight, index=face)
            for family, file, weight, face in own
        ),
        # The font of matplotlib itself stays as the last resort.
        *(it for it in manager.ttflist if it.name == "DejaVu Sans"),
    ]
    manager._findfont_cached.cache_clear()


def find_font(stem: str) -> str:
    """Return the path of a font file of ``manimgx_fonts``."""
    return str(files("manimgx_fonts") / f"{stem}[wght].ttf")


def find_text_fonts() -> tuple[str, str]:
    """Return the paths of the plain and the bold font of texts."""
    plain = find_font("NotoSans")
    return plain, _make_bold(plain) or plain


def find_other_font(family: str) -> tuple[str, int]:
    """Return the path of the font of one of the ``OTHER_FAMILIES``, and its face in that file."""
    stem = OTHER_FAMILIES[family]
    if stem:
        return find_font(stem), 0
    return str(files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"), _CJK_FACE


def _make_bold(variable: str) -> str | None:
    """Return a bold cut of a variable font, made once and kept in matplotlib's cache folder.

    matplotlib draws a variable font at its default weight alone. Where nothing can be kept, the
    titles are drawn in the plain weight.
    """
    import matplotlib

    kept = Path(matplotlib.get_cachedir()) / f"kepi-bold-{os.path.getsize(variable)}.ttf"
    if kept.is_file():
        return str(kept)
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import (  # type: ignore[import-untyped]
        instantiateVariableFont,
    )

    made = kept.with_suffix(f".{os.getpid()}")
    try:
        instantiateVariableFont(TTFont(variable), {"wght": 700}, inplace=True).save(made)
        made.replace(kept)
    except OSError:
        return None
    return str(kept)
