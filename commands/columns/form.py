"""*Match columns*: what a row is, whose, and which column is what (what-people-see, First run).

Four columns matter; the others stand under *More*. Every choice of a column shows a value of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Option, StaticSelectElement

from commands.blocks import (
    Block,
    View_,
    actions,
    button,
    context,
    cut,
    escape,
    field,
    form,
    option,
    section,
)
from commands.columns.presses import FORM, GRAIN, MORE, WHOSE
from commands.columns.sheet import Sheet
from commands.columns.wording import grains, label_of
from commands.file_draft import Draft
from commands.saying import say
from commands.support import forms
from storage.accounts import AccountRow
from storage.platforms import PLATFORMS
from storage.sources.date_forms import (
    CLEAR,
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    NEITHER,
    find_dates,
    read_day_as,
)
from storage.sources.guessing import guess_account, has_handles, rank
from storage.sources.match_fields import DATED, FIELDS, FOUR, NEEDED, MatchField
from storage.sources.matching import Seen, doubt_of

NONE = "none"
"""The choice of no column: a select cannot be emptied again."""
BYTES = 160_000
"""Of all choices of columns together: a view has 250 KB (slack-platform §5)."""
MOST_OPTIONS = 98
FEW_LINES, FIRST_ROWS = 5, 3
"""Columns in one section of the preview, and values of each."""
MOST_SHOWN = 10
LOOKALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "'"})
EDGES = re.compile(r"(?<!\w)_|_(?!\w)")
"""Underscores at the edge of a word make it slanted; those inside are names."""
SAMPLE_DATE = "03/11/2026"


@dataclass(frozen=True)
class Around:
    """What a form is composed in."""

    seen: Seen
    title: str
    """The file's name, or the match's."""
    accounts: Sequence[AccountRow]
    zone: str
    now: datetime


def compose_form(sheet: Sheet, around: Around) -> View_:
    """Return the form, filled in with the sheet's draft."""
    draft = sheet.draft
    blocks = [*preview(around), grain_field(draft), network_field(draft)]
    if draft.grain in ("post", "account-day"):
        blocks += whose_fields(draft, around)
    every = FIELDS[draft.grain]
    most = fit(column_options(around.seen), len(every) if sheet.more else FOUR)
    blocks += column_fields(draft, every[:FOUR], around, most)
    if around.seen.rows:
        blocks += [dates_field(draft, around), *numbers_field(draft, around)]
    if sheet.more:
        blocks += column_fields(draft, every[FOUR:], around, most)
    else:
        blocks.append(actions([button(say("More columns"), MORE)], block_id="more"))
    blocks += others_field(draft, around, most)
    return form(
        say("Match columns"),
        blocks,
        callback_id=FORM,
        submit=say("Preview") if sheet.upload else say("Save"),
        close=say("Cancel"),
        memory=sheet.pack(),
    )


def preview(around: Around) -> list[Block]:
    """Return the header with the first values of each column, a line for a column."""
    seen, lines = around.seen, []
    for place, name in enumerate(seen.names[:MOST_SHOWN]):
        values = [str(row.cells[place]) for row in seen.rows[:FIRST_ROWS] if len(row.cells) > place]
        shown = " · ".join(cut(" ".join(it.split()), 30) or "–" for it in values)
        lines.append(f"*{still(cut(name, 40))}*  {still(shown)}")
    left = len(seen.names) - MOST_SHOWN
    head = say("{name}: the columns and their first values", name=cut(around.title, 60))
    blocks = [context([escape(head)])]
    starts = range(0, len(lines), FEW_LINES)
    blocks += [section("\n".join(lines[start : start + FEW_LINES])) for start in starts]
    if left > 0:
        blocks.append(context([say("And {count} more columns.", count=left)]))
    return blocks


def still(words: str) -> str:
    """Return data as text that neither pings nor links, and is not bold, struck or code either."""
    unmarked = words.translate(LOOKALIKES)
    return escape(EDGES.sub("ˍ", unmarked))


def grain_field(draft: Draft) -> Block:
    """Return what a row is; choosing another shows its fields."""
    made = forms.choice(say("What is one row?"), "grain", grains(), draft.grain)
    return dispatched(made, GRAIN)


def dispatched(block: Block, action_id: str) -> Block:
    """Return a field that tells at once what is chosen in it."""
    element = block["element"] | {"action_id": action_id}
    return block | {"dispatch_action": True, "element": element}


def network_field(draft: Draft) -> Block:
    """Return the network of all rows; of mentions and visits a column may say it."""
    networks = [(it.key, it.title) for it in PLATFORMS.values()]
    label = say("Network")
    if draft.grain in ("mention", "session"):
        networks.insert(0, (NONE, say("Each row says its own")))
        return forms.choice(label, "network", networks, draft.platform or NONE)
    return forms.choice(label, "network", networks, draft.platform)


def whose_fields(draft: Draft, around: Around) -> list[Block]:
    """Return whose the rows are: an account, a column, the posts' links, or a new account."""
    own = [it for it in around.accounts if it.own] + [it for it in around.accounts if not it.own]
    offered = [
        (f"account:{it.id}", f"{PLATFORMS[it.platform].title} {it.handle}") for it in own[:60]
    ]
    if len(own) > 1:
        offered.append(("ask", say("Ask me for each file")))
    if may_say_whose(draft, around.seen):
        offered.append(("link", say("Each post's link says it")))
    guessed = guess_account(around.seen)
    places = [guessed] if guessed is not None else []
    places += [it for it in range(len(around.seen.names)) if it not in places]
    for place in places[:30]:
        words = say("Column {name}", name=show_column(around.seen, place, 60))
        offered.append((f"column:{place}", words))
    kind, _, handle = draft.whose.partition(":")
    offered.append(("new", say("A new account")))
    chosen = "new" if kind == "new" else draft.whose
    known = chosen if chosen in {value for value, _ in offered} else ""
    blocks = [dispatched(forms.choice(say("Whose are the rows?"), "whose", offered, known), WHOSE)]
    if kind == "new":
        hint = say("Its name on the network, without @.")
        blocks.append(
            forms.line(say("New account"), "handle", handle, example="acme", most=100, hint=hint)
        )
    return blocks


def may_say_whose(draft: Draft, seen: Seen) -> bool:
    """Tell whether the links of posts name their account."""
    places = (draft.picks.get("permalink"), draft.picks.get("id"))
    return draft.grain == "post" and any(it is not None and has_handles(seen, it) for it in places)


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
        offered.insert(0, option(say("Not in this file"), NONE))
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


def dates_field(draft: Draft, around: Around) -> Block:
    """Return how dates are read, each way with an example; asked where two ways are possible."""
    place = draft.picks.get(DATED[draft.grain])
    cells = around.seen.cells(place) if place is not None else iter(())
    found = find_dates(cells, ZoneInfo(around.zone), around.now)
    asks = found.order == EITHER and not draft.dates
    example = found.example or SAMPLE_DATE
    if read_day_as(DAY_FIRST, example) is None or read_day_as(MONTH_FIRST, example) is None:
        example = SAMPLE_DATE
    ways = [
        (DAY_FIRST, say("Day first: {date} is {day}", date=example,
                        day=say_sample(DAY_FIRST, example))),
        (MONTH_FIRST, say("Month first: {date} is {day}", date=example,
                          day=say_sample(MONTH_FIRST, example))),
    ]  # fmt: skip
    clear = [("auto", say("As the file shows by itself"))]
    if found.order in (CLEAR, NEITHER) and found.example:
        clear = [("auto", say("Year first or month by name, as “{date}”", date=found.example[:30]))]
    chosen = draft.dates or ("" if asks else found.order or "auto")
    chosen = "auto" if chosen == NEITHER else chosen
    return forms.choice(say("How are dates written?"), "dates", [*clear, *ways], chosen)


def say_sample(order: str, text: str) -> str:
    """Return the day that a text is in an order, in words."""
    day = read_day_as(order, text)
    return show_day(day) if day else text


def show_day(day: date) -> str:
    """Return “3 Nov 2026”."""
    from kpis.periods import say_days

    return say_days(day, day + timedelta(days=1), None)


def numbers_field(draft: Draft, around: Around) -> list[Block]:
    """Return the question what “12.000” is, where a file leaves it open."""
    doubt = find_doubt(draft, around.seen)
    if not doubt:
        return []
    sign = "." if "." in doubt else ","
    whole = doubt.replace(sign, "")
    ways = [
        ("group", say("“{number}” is {value}", number=doubt, value=f"{int(whole):,}")),
        (sign, say("“{number}” is {value}", number=doubt, value=doubt.partition(sign)[0])),
    ]
    return [
        forms.choice(say("How are numbers written?"), "numbers", ways, draft.decimal or "group")
    ]


def find_doubt(draft: Draft, seen: Seen) -> str:
    """Return a number that may be two; all measures tell together how the file writes them."""
    places = [draft.picks[it.key] for it in FIELDS[draft.grain]
              if it.is_measure and it.key in draft.picks]  # fmt: skip
    return doubt_of(cell for place in places for cell in seen.cells(place))
