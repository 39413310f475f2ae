"""The digest as a document: the same words, numbers and picture on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.digests.message import reviews, table_head

if TYPE_CHECKING:
    from commands.digests.composing import Composed
    from kpis.charts.document import Document, Section
    from kpis.digests.report import Report


def document_of(composed: Composed) -> Document:
    """Return the pages of a digest."""
    from kpis.charts.document import Document, Section

    report, said = composed.report, composed.said
    opening = [said.late] if said.late else []
    if said.comment:
        opening.append(f"{said.comment_by}: {said.comment}" if said.comment_by else said.comment)
    _, this, before = table_head(report)
    pictures = (report.picture,) if report.picture is not None else ()
    numbers = Section(
        heading=f"{this}, change {before[:1].lower()}{before[1:]}",
        rows=tuple((it.name, it.shown, it.change or "–") for it in report.rows),
        pictures=pictures,
    )
    first = (Section(paragraphs=tuple(opening)),) if opening else ()
    return Document(
        title=report.title,
        subtitle=report.headline,
        sections=(*first, numbers, *written(report, dict(said.names))),
        footnote=report.footnote,
        made=report.now,
        language=composed.plan.language,
    )


def written(report: Report, names: dict[str, str]) -> list[Section]:
    """Return the parts in words, in the order of the message; empty ones are left out."""
    from kpis.charts.document import Section

    best = [f"{it.name}, {it.where}, {it.said_day}: {it.words}" for it in report.best]
    owned = [*(it.words for it in report.corrected), *report.held_back]
    owned += [report.missing_line] if report.missing_line else []
    notes = [f"{it.name}: {it.note}" for it in report.rows if it.note]
    parts: dict[str, list[str]] = {
        "Goals": [*report.goals],
        "Went well": [*report.went_well],
        "Needs care": [*report.needs_care],
        "Customers": [report.customers] if report.customers else [],
        "Next steps": [it.words for it in report.steps],
        "Tried": reviews(report, names),
        "Best posts": [*best, *report.traits],
        "Corrected and missing": owned,
        "Notes": [*notes, *report.notes],
    }
    return [
        Section(heading=name, paragraphs=tuple(lines)) for name, lines in parts.items() if lines
    ]


def file_name(report: Report) -> str:
    """Return “acme-2026-W47.pdf”."""
    name = report.title.partition(" · ")[0]
    plain = "".join(it if it.isalnum() else "-" for it in name.lower()).strip("-")
    return f"{plain or 'digest'}-{report.key}.pdf"
