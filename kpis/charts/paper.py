"""A4 pages by fpdf2: the one place that knows how a document looks in print."""

import io
import logging
from pathlib import Path
from typing import cast

from fpdf import FontFace, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, TableCellFillMode, XPos, YPos

from kpis.charts.document import Document, Section
from kpis.charts.draw import draw
from kpis.charts.glyphs import choose_families, cut_font, has_cubic_curves, order_letters
from kpis.charts.multiples import is_tall
from kpis.charts.pages import FOOT_GREY, Pages, say_page
from kpis.charts.picture import Picture
from kpis.charts.sheet import clean
from kpis.charts.style import (
    EDGE,
    HEIGHT,
    TALL,
    TEXT_FAMILY,
    WIDTH,
    find_other_font,
    find_text_fonts,
)

_TITLE, _HEADING, _BODY = 20.0, 13.0, 10.5
"""Sizes of letters in points."""
_LEADING = 1.4
_INK, _RULE = (26, 26, 26), (200, 200, 200)
_POINT = 25.4 / 72
_MOST_FOR_NUMBERS = 0.6
"""Share of the width that the columns of numbers may take together."""
_OVERHANG = WIDTH / (WIDTH - 2 * EDGE)
"""The empty edge of a picture hangs over, so that its words stand under those of the page."""
_AFTER, _FEW_WORDS = 1.5, 40.0
"""Millimetres under a paragraph, and the height of words that stay with their picture."""


class Paper:
    """The pages of one document, filled from the top; ``finish`` gives the file.

    What is written to ``folder`` must stay there until then.
    """

    def __init__(self, document: Document, folder: Path) -> None:
        logging.getLogger("fpdf").setLevel(logging.ERROR)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self._folder = folder
        self._pdf = Pages(order_letters(clean(document.footnote)))
        self._describe(document)
        self._load_fonts(document)
        self._pdf.add_page()
        self._write(document.title, _TITLE, bold=True, leading=1.25)
        if document.subtitle:
            self._write(document.subtitle, _HEADING, colour=FOOT_GREY)
        self._pdf.ln(4)

    def add(self, section: Section) -> None:
        """Print a section under what is there."""
        if section == Section():
            return
        heading = clean(section.heading)
        self._keep_together(self._measure_start(section))
        if heading:
            self._pdf.start_section(heading)
            self._write(heading, _HEADING, bold=True)
            self._pdf.ln(1)
        for paragraph in section.paragraphs:
            self._write(paragraph, _BODY)
            self._pdf.ln(_AFTER)
        if any(section.rows):
            self._write_table(section.rows)
        for picture in section.pictures:
            self._add_picture(picture)
        self._pdf.ln(4)

    def finish(self) -> bytes:
        """Return the file."""
        return bytes(self._pdf.output())

    def _describe(self, document: Document) -> None:
        pdf = self._pdf
        pdf.set_title(clean(document.title))
        pdf.set_subject(clean(document.subtitle))
        pdf.set_author("Kepi")
        pdf.set_producer("Kepi")
        pdf.set_lang(document.language)
        pdf.set_creation_date(document.made)
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def _load_fonts(self, document: Document) -> None:
        """Take the text font in two weights, and others for what it has no letters for."""
        pdf = self._pdf
        plain, bold = find_text_fonts()
        pdf.add_font(TEXT_FAMILY, "", plain)
        pdf.add_font(TEXT_FAMILY, "B", bold)
        families = choose_families("".join(_list_words(document)))
        for family, letters in families.items():
            pdf.add_font(family, "", self._find_font(family, letters))
        # Only Latin has a bold cut; the others stand in for theirs.
        pdf.set_fallback_fonts(list(families), exact_match=False)

    def _find_font(self, family: str, letters: str) -> str:
        """Return a file that fpdf2 can embed; it is read until the document is finished."""
        if not has_cubic_curves(family):
            return find_other_font(family)[0]
        cut = self._folder / "cut.ttf"
        cut.write_bytes(cut_font(family, letters))
        return str(cut)

    def _write(
        self,
        words: str,
        size: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = _INK,
        leading: float = _LEADING,
    ) -> None:
        pdf = self._pdf
        pdf.set_font(TEXT_FAMILY, "B" if bold else "", size)
        pdf.set_text_color(*colour)
        pdf.multi_cell(
            0,
            size * _POINT * leading,
            self._lay_lines(words),
            align=Align.L,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _lay_lines(self, words: str) -> str:
        """Clean the words; a line that is not wrapped has its letters in the order on paper."""
        lines = [clean(line) for line in words.splitlines()]
        fits = [self._pdf.get_string_width(line) <= self._pdf.epw for line in lines]
        return "\n".join(
            order_letters(line) if fit else line for line, fit in zip(lines, fits, strict=True)
        )

    def _measure_start(self, section: Section) -> float:
        """Return the height of what a page break must not part from its heading.

        A few words stay with the picture under them; a long text or a table keeps its first lines.
        """
        line = _BODY * _POINT * _LEADING
        heading = _HEADING * _POINT * _LEADING + 1 if section.heading else 0.0
        words = [self._measure_words(it) + _AFTER for it in section.paragraphs]
        if section.rows or sum(words) > _FEW_WORDS:
            return heading + 3 * line
        picture = self._measure_picture(section.pictures[0]) if section.pictures else 0.0
        return heading + sum(words) + picture

    def _measure_words(self, paragraph: str) -> float:
        self._pdf.set_font(TEXT_FAMILY, "", _BODY)
        height = self._pdf.multi_cell(
            0,
            _BODY * _POINT * _LEADING,
            self._lay_lines(paragraph),
            align=Align.L,
            dry_run=True,
            output=MethodReturnValue.HEIGHT,
        )
        return float(cast(float, height))

    def _keep_together(self, height: float) -> None:
        if self._pdf.will_page_break(height):
            self._pdf.add_page()

    def _write_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        pdf = self._pdf
        pdf.set_font(TEXT_FAMILY, "", _BODY)
        pdf.set_text_color(*_INK)
        pdf.set_draw_color(*_RULE)
        pdf.set_line_width(0.2)
        count = max(map(len, rows))
        cells = [
            [order_letters(clean(cell)) for cell in (*row, *[""] * (count - len(row)))]
            for row in rows
        ]
        widths = self._choose_widths(cells)
        with pdf.table(
            width=pdf.epw,
            col_widths=widths,
            text_align=("LEFT", *["RIGHT"] * (count - 1)),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            cell_fill_mode=TableCellFillMode.NONE,
            first_row_as_headings=False,
            line_height=_BODY * _POINT * _LEADING,
            padding=(0.8, 0, 0.8, 0),
        ) as table:
            for row in cells:
                line = table.row()
                for at, cell in enumerate(row):
                    line.cell(cell, style=FontFace(emphasis="BOLD") if at == 1 else None)
        pdf.ln(2)

    def _choose_widths(self, cells: list[list[str]]) -> tuple[float, ...]:
        """Give numbers the width they need; names have the rest and are wrapped."""
        pdf = self._pdf
        pdf.set_font(TEXT_FAMILY, "B", _BODY)
        columns = list(zip(*cells, strict=True))[1:]
        wanted = [max(pdf.get_string_width(cell) for cell in column) + 6 for column in columns]
        shrunk = min(1.0, pdf.epw * _MOST_FOR_NUMBERS / (sum(wanted) or 1))
        numbers = [it * shrunk for it in wanted]
        pdf.set_font(TEXT_FAMILY, "", _BODY)
        return (pdf.epw - sum(numbers), *numbers)

    def _measure_picture(self, picture: Picture) -> float:
        height = TALL if is_tall(picture) else HEIGHT
        return self._pdf.epw * _OVERHANG * height / WIDTH

    def _add_picture(self, picture: Picture) -> None:
        height = self._measure_picture(picture)
        self._keep_together(height)
        words = clean(picture.alt_text) or clean(picture.title)
        image = io.BytesIO(draw(picture))
        wide = self._pdf.epw * _OVERHANG
        left = self._pdf.l_margin - wide * EDGE / WIDTH
        self._pdf.image(image, x=left, w=wide, h=height, alt_text=words)
        self._pdf.ln(2)


def _list_words(document: Document) -> list[str]:
    words = [document.title, document.subtitle, document.footnote, say_page(1)]
    for section in document.sections:
        words += [section.heading, *section.paragraphs, *(it for row in section.rows for it in row)]
    return words
