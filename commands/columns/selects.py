"""Choices of columns: each with a value of it, the likeliest first where not all can be offered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Option, StaticSelectElement

from commands import forms
from commands.blocks import Block, cut, field, option
from commands.columns.around import Around
from commands.columns.wording import label_of
from commands.file_draft import Draft
from commands.saying import say
from storage.sources.guessing import rank
from storage.sources.match_fields import FIELDS, FOUR, NEEDED, SAID_ONCE, MatchField
from storage.sources.matching import Seen

NONE = "none"
"""The choice of no column: a select cannot be emptied again."""
BYTES = 160_000
"""Of all choices of columns together: a view has 250 KB (slack-platform §5)."""
MOST_OPTIONS = 98


def column_options(seen: Seen) -> list[Option]:
    """Return every column as a choice: its value is its place."""
    return [option(show_column(seen, it), str(it)) for it in range(len(seen.names))]


def column_fields(
    draft: Draft, fields: Sequence[MatchField], around: Around, most: int
) -> list[Block]:
    """Return a choice of columns for each field."""
    options = column_options(around.seen)
    return [column_field(draft, it, options, most, around) for it in fields]


def others_field(draft: Draft, around: Around, most: int) -> list[Block]:
    """Return where to write which column is what, of a file with more than a list can hold."""
    names = around.seen.names
    if most >= len(names):
        return []
    example = cut(f"{label_of(draft.grain, FIELDS[draft.grain][FOUR].key)} = {names[-1]}", 140)
    label = say("Columns that are not in the lists")
    hint = say(
        "One a line. The lists above show {count} of {all} columns, the likeliest.",
        count=most,
        all=len(names),
    )
    return [forms.line(label, "others", example=example, most=3000, lines=True, hint=hint)]


def fit(options: Sequence[Option], fields: int) -> int:
    """Return how many columns each of so many fields can offer within what a view may hold."""
    longest = max(len(json.dumps(it.to_dict())) for it in options)
    return min(len(options), MOST_OPTIONS, max(12, BYTES // (longest * fields)))


def column_field(
    draft: Draft, wanted: MatchField, options: Sequence[Option], most: int, around: Around
) -> Block:
    """Return the choice of one column, the likeliest first."""
    chosen = draft.picks.get(wanted.key)
    places = list(range(len(options)))
    if most < len(options):
        places = rank(around.seen, wanted, draft.grain, ZoneInfo(around.zone), around.now)[:most]
        places = places if chosen is None or chosen in places else [chosen, *places[1:]]
    offered = [options[it] for it in places]
    is_needed = wanted.key in NEEDED[draft.grain]
    if not is_needed:
        is_said = SAID_ONCE.get(draft.grain) == wanted.key
        none = say("The same in all rows") if is_said else say("Not in this file")
        offered.insert(0, option(none, NONE))
    first = options[chosen] if chosen is not None else None if is_needed else offered[0]
    name = block_of(wanted.key)
    element = StaticSelectElement(action_id=name, options=offered, initial_option=first)
    optional = not is_needed or most < len(options)
    return field(label_of(draft.grain, wanted.key), element, name, optional=optional)


def block_of(key: str) -> str:
    """Return the ``block_id`` of a field's column."""
    return f"pick_{key.replace(':', '-')}"


def show_column(seen: Seen, place: int, most: int = 75) -> str:
    """Return “Published · 03/11/2026”: a column with a value of it."""
    example = seen.example(place)
    name = cut(seen.names[place], most - 20 if example else most)
    return cut(f"{name} · {example}" if example else name, most)
