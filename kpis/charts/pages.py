"""A4 pages with a foot: what the document is about, and the number of the page."""

from fpdf import FPDF

from kpis.charts.style import TEXT_FAMILY
from kpis.tongue import say

MARGIN, _FOOT = 18.0, 20.0
"""Millimetres left empty around the words, and under them for the foot."""
FOOT_GREY = (92, 92, 92)
_SMALL = 8.5
_COUNT = "{number of pages}"
"""Replaced by fpdf2 when it is known; nobody writes this by chance."""


class Pages(FPDF):
    """A4 pages with a foot."""

    def __init__(self, footnote: str) -> None:
        super().__init__("portrait", "mm", "A4")
        self._footnote = footnote
        self.set_margin(MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, _FOOT)
        self.alias_nb_pages(_COUNT)

    def footer(self) -> None:
        """Write the footnote and the number of the page; called by fpdf2 for each page."""
        self.set_y(-13)
        self.set_font(TEXT_FAMILY, "", _SMALL)
        self.set_text_color(*FOOT_GREY)
        number = say_page(self.page_no())
        wide = self.get_string_width(number.replace(_COUNT, "99"))
        self.cell(self.epw - wide - 4, 5, _fit(self, self._footnote, self.epw - wide - 8))
        self.set_x(self.w - MARGIN - wide)
        self.cell(wide, 5, number)


def say_page(number: int) -> str:
    """Return “Page 1 of 2”; how many there are is filled in when all are printed."""
    return say("Page {number} of {pages}", number=number, pages=_COUNT)


def _fit(pdf: FPDF, words: str, width: float) -> str:
    """Return the words on one line, cut with an ellipsis where they are wider."""
    if pdf.get_string_width(words) <= width:
        return words
    while words and pdf.get_string_width(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"
