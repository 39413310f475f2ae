"""The first values of each column, above the form."""

from __future__ import annotations

import re

from commands.blocks import Block, context, cut, escape, section
from commands.columns.around import Around
from commands.saying import say, say_count
from storage.sources.matching import show_plainly

FEW_LINES, FIRST_ROWS = 5, 3
"""Columns in one section of the preview, and values of each."""
MOST_SHOWN = 10
LOOKALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "'"})
EDGES = re.compile(r"(?<!\w)_|_(?!\w)")
"""Underscores at the edge of a word make it slanted; those inside are names."""


def preview(around: Around) -> list[Block]:
    """Return the header with the first values of each column, a line for a column."""
    seen, lines = around.seen, []
    for place, name in enumerate(seen.names[:MOST_SHOWN]):
        values = [
            show_plainly(row.cells[place])
            for row in seen.rows[:FIRST_ROWS]
            if len(row.cells) > place
        ]
        shown = " · ".join(cut(it, 30) or "–" for it in values)
        lines.append(f"*{still(cut(name, 40))}*  {still(shown)}")
    left = len(seen.names) - MOST_SHOWN
    head = say("{name}: the columns and their first values", name=cut(around.title, 60))
    blocks = [context([escape(head)])]
    starts = range(0, len(lines), FEW_LINES)
    blocks += [section("\n".join(lines[start : start + FEW_LINES])) for start in starts]
    if left > 0:
        words = say_count("And {number} more column.", "And {number} more columns.", left)
        blocks.append(context([words]))
    return blocks


def still(words: str) -> str:
    """Return data as text that neither pings nor links, and is not bold, struck or code either."""
    unmarked = words.translate(LOOKALIKES)
    return escape(EDGES.sub("ˍ", unmarked))
