"""A reply as a Slack message: title, headline, chart, footnote, buttons (what-people-see §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands import wording
from commands.blocks import (
    BLOCKS,
    Block,
    actions,
    ask_button,
    button,
    context,
    cut,
    escape,
    image,
    overflow,
    section,
    table,
)
from commands.places import Place, Shown
from commands.recall import Recall, fits_block_id
from commands.saying import say, say_count

if TYPE_CHECKING:
    from kpis.answers import Answer, Cell, Grid
    from kpis.asking import Answers, Words

LINES, SECTIONS = 5, 10
"""Lines of a section, and sections of a message; more lines make the sections longer."""
HINTS = 3
SENTENCE = 1500


@dataclass(frozen=True)
class Message:
    """What is sent: ``text`` is one full sentence, the only thing that screen readers read."""

    text: str
    blocks: list[Block]


def compose(reply: Answers, place: Place, recall: Recall, file_id: str | None = None) -> Message:
    """Return the message of an answer as it is shown in ``place``; ``file_id`` is its chart."""
    from kpis import wording as words

    if len(reply.answers) == 1:
        body = body_of_one(reply.answers[0], file_id)
    else:
        body = body_of_several(reply.answers)
    said = [*reply.notes, *([place.hint] if place.hint else [])]
    if not recall.pack():
        said.append(say(wording.NO_BUTTONS))
    small = [context(escape(line) for line in said)] if said else []
    sentence = " ".join(words.sentence(answer) for answer in reply.answers)
    return Message(
        cut(escape(sentence), SENTENCE),
        [*body, *small, *buttons(reply, place, recall)][:BLOCKS],
    )


def body_of_one(answer: Answer, file_id: str | None) -> list[Block]:
    """Return title and headline, what else there is to say, the chart and the footnote."""
    from kpis import wording as words

    blocks = [section(f"{escape(answer.title)}\n{headline(answer)}")]
    blocks += paragraphs([escape(line) for line in [*words.details(answer), *words.notes(answer)]])
    if answer.grid is not None and not answer.grid.heat and answer.grid.rows:
        blocks.append(table(rows_of_grid(answer)))
        if left := len(answer.grid.rows) - len(rows_alike(answer.grid)):
            said = say_count(
                "{number} more row in Data file.", "{number} more rows in Data file.", left
            )
            blocks.append(context([said]))
    if file_id:
        blocks.append(image(file_id, words.alt_text(answer)))
    if answer.coverage.days:
        blocks.append(context([escape(words.footnote(answer))]))
    return blocks


def headline(answer: Answer) -> str:
    """Return “*54,310 people*, +8.4 % (50,100 before)”."""
    from kpis import wording as words

    value = f"*{escape(words.say_value(answer.main, answer.unit))}*"
    change = words.say_change(answer, answer.main)
    return say("{value}, {change}", value=value, change=escape(change)) if change else value


def rows_alike(grid: Grid) -> list[tuple[str, tuple[Cell, ...]]]:
    """Return the rows in the unit of the first: amounts beside counts are in the data file."""
    first = next((cells[0].unit for _, cells in grid.rows if cells), None)
    return [row for row in grid.rows if not row[1] or row[1][0].unit is first]


def rows_of_grid(answer: Answer) -> list[list[str]]:
    """Return a table of at most three columns: what there is beyond two goes into the last."""
    from kpis.tongue import joined

    assert answer.grid is not None
    first, *others = answer.grid.columns or ("",)
    small = say("small sample")
    head = [answer.grid.label, first, joined(others)]
    rows = [
        [
            f"{name} ({small})" if cells and cells[0].small else name,
            cells[0].words if cells else "",
            joined(cell.words for cell in cells[1:]),
        ]
        for name, cells in rows_alike(answer.grid)
    ]
    width = 3 if others else 2
    return [row[:width] for row in (head, *rows)]


def body_of_several(answers: Sequence[Answer]) -> list[Block]:
    """Return a small table: what, how much, and how it moved."""
    from kpis import wording as words
    from kpis.names.periods import say_period

    period = say_period(answers[0].question.period)
    rows = [(say("KPI"), period, say("Difference")), *(words.row(answer) for answer in answers)]
    blocks = [section(f"*{escape(words.shared_title(answers))}*"), table(rows)]
    blocks += paragraphs([escape(note) for note in words.shared_notes(answers)])
    return [*blocks, context([escape(words.shared_footnote(answers))])]


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return lines as sections of five, or of more where there would be too many."""
    size = max(LINES, -(-len(lines) // SECTIONS))
    return [section("\n".join(lines[at : at + size])) for at in range(0, len(lines), size)]


OF_LABELS = ("mentions", "sentiment", "negative-mentions", "negative-share")
"""KPIs that stand on labels, which people may correct."""
FIX_LABELS = "labels_fix"
HOW_TO_EXPORT = "home_how"
"""What Home's *How* opens too."""


def buttons(reply: Answers, place: Place, recall: Recall) -> list[Block]:
    """Return the rows under an answer: hints, then How?, Change and the ⋯ menu."""
    packed = recall.pack()
    row: list[InteractiveElement] = [button(say("How?"), "how", packed)]
    if len(reply.answers) == 1:  # the form asks one question
        row.append(button(say("Change"), "change", packed))
    if place.shown is Shown.ALONE and has_chart(reply):
        row.insert(0, button(say("Send me the chart"), "send_chart", packed))
    alone = "private " if reply.private else ""
    hints = [(label, f"{alone}{asks}") for answer in reply.answers for label, asks in answer.hints][
        :HINTS
    ]
    rows: list[Block] = []
    offered = [ask_button(label, asks, n) for n, (label, asks) in enumerate(hints)]
    if reply.answers[0].question.kpi in OF_LABELS:
        offered.append(button(say("Wrong? Fix it"), FIX_LABELS))
    if len(reply.answers) == 1 and lacks_data(reply.answers[0]):
        offered.append(button(say("Add data"), HOW_TO_EXPORT))
    if offered:
        rows.append(actions(offered))
    if not packed:
        return rows
    if fits_block_id(packed):
        return [*rows, actions([*row, overflow("more", more_of(place))], block_id=packed)]
    more = [button(label, f"more:{value}", packed) for label, value in more_of(place)]
    return [*rows, actions(row), actions(more)]


def lacks_data(answer: Answer) -> bool:
    """Say whether a file would help: there are no numbers of those days, and it is not issues."""
    from kpis.answers import Absent, Reason

    value = answer.main.value
    if not isinstance(value, Absent) or value.reason is not Reason.NO_DATA:
        return False
    from kpis.catalogue import CATALOGUE, Service

    return not isinstance(CATALOGUE.get(answer.question.kpi), Service)


def more_of(place: Place) -> list[tuple[str, str]]:
    """Return the ⋯ menu: what it says and what it does."""
    last = (say("Post to a channel"), "post")
    if place.shown is Shown.EVERYONE:
        last = (say("Remove"), "remove")
    return [
        (say("Data file"), "data"),
        (say("Alert me"), "alert"),
        (say("Set a goal"), "goal"),
        (say("Add to digest"), "digest"),
        last,
    ]


def has_chart(reply: Answers) -> bool:
    """Say whether one chart shows the whole answer."""
    return len(reply.answers) == 1 and reply.answers[0].chart != "none"


def compose_words(said: Words) -> Message:
    """Return help, the list or the guide."""
    lines = [escape(line) for line in (*said.notes, *said.text.split("\n"))]
    row = [button(say("Ask"), "ask_form")]
    row += [ask_button(label, asks, n) for n, (label, asks) in enumerate(said.choices)]
    return Message(cut(" ".join(lines), SENTENCE), [*paragraphs(lines), actions(row)])
