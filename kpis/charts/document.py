"""A document: titles, words, tables and pictures on A4 pages, as plain data and as a PDF.

``Document`` crosses to a worker process (``kpis.charts.workers``); ``print_document`` runs there.
Nothing is imported from fpdf2 until the first document is printed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kpis.charts.picture import Picture
from kpis.tongue import speaking


@dataclass(frozen=True)
class Section:
    """A part of a document, in this order: heading, paragraphs, table, pictures."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    """Plain words, without mark-up; a line break stays one."""
    rows: tuple[tuple[str, ...], ...] = ()
    """A table; its first column holds names, the others numbers. Rows may be of any length."""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Document:
    """What is printed. The same document is the same bytes."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footnote: str
    """Stands at the foot of each page, beside its number."""
    made: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    """Stands in the file as the time of its making; an aware datetime."""
    language: str = "en"
    """A key of ``kpis.tongue.LANGUAGES``: pages are numbered in it, and it is read aloud."""


def print_document(document: Document) -> bytes:
    """Return the document as a PDF whose text can be selected and searched."""
    from kpis.charts.paper import Paper

    with speaking(document.language), TemporaryDirectory() as folder:
        paper = Paper(document, Path(folder))
        for section in document.sections:
            paper.add(section)
        return paper.finish()
