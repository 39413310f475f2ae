"""*Match columns*: what a row is, whose, and which column is what (what-people-see, First run).

Four columns matter; the others stand under *More*. Every choice of a column shows a value of it.
"""

from __future__ import annotations

from commands import forms
from commands.blocks import (
    Block,
    View_,
    actions,
    button,
    form,
)
from commands.columns.around import Around
from commands.columns.presses import FORM, GRAIN, MORE, WHOSE
from commands.columns.preview import preview
from commands.columns.questions import dates_field, numbers_field
from commands.columns.said import currency_fields, said_fields
from commands.columns.selects import (
    NONE,
    column_fields,
    column_options,
    fit,
    others_field,
    show_column,
)
from commands.columns.sheet import Sheet
from commands.columns.wording import grains
from commands.file_draft import Draft
from commands.saying import say
from storage.platforms import PLATFORMS
from storage.sources.guessing import guess_account, has_handles
from storage.sources.match_fields import FIELDS, FOUR, NETWORKED, OWNED
from storage.sources.matching import Seen


def compose_form(sheet: Sheet, around: Around) -> View_:
    """Return the form, filled in with the sheet's draft."""
    draft = sheet.draft
    blocks = [*preview(around), grain_field(draft)]
    if draft.grain in NETWORKED:
        blocks.append(network_field(draft))
    if draft.grain in OWNED:
        blocks += whose_fields(draft, around)
    every = FIELDS[draft.grain]
    most = fit(column_options(around.seen), len(every) if sheet.more else FOUR)
    blocks += column_fields(draft, every[:FOUR], around, most)
    blocks += [*said_fields(draft), *currency_fields(draft, more=sheet.more)]
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
    if draft.grain not in OWNED:
        networks.insert(0, (NONE, say("Each row says its own")))
        return forms.choice(label, "any_network", networks, draft.platform or NONE)
    return forms.choice(label, "network", networks, draft.platform)


def whose_fields(draft: Draft, around: Around) -> list[Block]:
    """Return whose the rows are: an account, a column, the posts' links, or a new account."""
    own = [it for it in around.accounts if it.own] + [it for it in around.accounts if not it.own]
    offered = [
        (f"account:{it.id}", f"{PLATFORMS[it.platform].title} {it.handle}") for it in own[:60]
    ]
    offered.append(("new", say("A new account")))
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
