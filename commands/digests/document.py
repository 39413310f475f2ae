"""The digest as a document: the same words, numbers and picture on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.digests.message import quote_comment, reviews, row_notes, say_best, table_head
from commands.saying import say

if TYPE_CHECKING:
    from commands.digests.composing import Composed
    from kpis.charts.document import Document, Section
    from kpis.digests.report import Report


def document_of(composed: Composed) -> Document:
    """Return the pages of a digest, in its language."""
    from kpis.tongue import speaking

    with speaking(composed.plan.language):
        return compose_document(composed)


def compose_document(composed: Composed) -> Document:
    from kpis.charts.document import Document, Section

    report, said = composed.report, composed.said
    opening = [said.late] if said.late else []
    if said.comment:
        opening.append(quote_comment(said))
    _, this, before = table_head(report)
    pictures = (report.picture,) if report.picture is not None else ()
    before = f"{before[:1].lower()}{before[1:]}"
    numbers = Section(
        heading=say("{this}, change {before}", this=this, before=before),
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

    best = [say_best(it) for it in report.best]
    owned = [*(it.words for it in report.corrected), *report.held_back]
    owned += [report.missing_line] if report.missing_line else []
    notes = row_notes(report)
    parts: dict[str, list[str]] = {
        say("Goals"): [*report.goals],
        say("Went well"): [*report.went_well],
        say("Needs care"): [*report.needs_care],
        say("Customers"): [report.customers] if report.customers else [],
        say("Next steps"): [it.words for it in report.steps],
        say("Tried"): reviews(report, names),
        say("Best posts"): [*best, *report.traits],
        say("Corrected and missing"): owned,
        say("Notes"): [*notes, *report.notes],
    }
    return [
        Section(heading=name, paragraphs=tuple(lines)) for name, lines in parts.items() if lines
    ]


def file_name(report: Report) -> str:
    """Return “acme-2026-W47.pdf”."""
    name = report.title.partition(" · ")[0]
    plain = "".join(it if it.isalnum() else "-" for it in name.lower()).strip("-")
    return f"{plain or 'digest'}-{report.key}.pdf"
