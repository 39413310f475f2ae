"""A match that was filled in, checked against the file; complaints stand at the fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from zoneinfo import ZoneInfo

from commands.columns.around import Around
from commands.columns.filling import Errors
from commands.columns.form import may_say_whose
from commands.columns.questions import show_day
from commands.columns.selects import block_of
from commands.columns.sheet import Sheet
from commands.columns.wording import label_of
from commands.file_draft import Draft
from commands.saying import say
from storage.platforms import PLATFORMS
from storage.sources.cells import Cell, show
from storage.sources.date_forms import (
    DAY_FIRST,
    EITHER,
    MONTH_FIRST,
    NEITHER,
    find_dates,
    read_dates_as,
    read_day_as,
)
from storage.sources.guessing import fits
from storage.sources.match_fields import (
    DATED,
    FIELDS,
    FOUR,
    NEEDED,
    OWNED,
    SAID_ONCE,
    Kind,
    MatchField,
)

GLANCE = 500
HALF = 0.5
"""Of the values; a column with fewer bad ones is taken, and they are named in the preview."""


def check_sheet(sheet: Sheet, around: Around) -> tuple[Sheet, Errors]:
    """Return the sheet with what the file makes clear, and what does not hold together."""
    draft = sheet.draft
    errors: Errors = {}
    shown = FIELDS[draft.grain] if sheet.more else FIELDS[draft.grain][:FOUR]
    for it in FIELDS[draft.grain]:
        if words := complain(it, draft, around):
            if it in shown or it.key in NEEDED[draft.grain]:
                errors[block_of(it.key)] = words
            else:  # a guess that nobody saw
                kept = {key: place for key, place in draft.picks.items() if key != it.key}
                draft = replace(draft, picks=kept)
    errors |= check_twice(draft) | check_measures(draft) | check_whose(draft, around)
    errors |= check_said(draft)
    if around.seen.rows and block_of(DATED[draft.grain]) not in errors:
        draft, wrong = check_dates(draft, around)
        errors |= wrong
    return replace(sheet, draft=draft), errors


def complain(wanted: MatchField, draft: Draft, around: Around) -> str:
    """Return what keeps a column from being a field; empty where nothing does."""
    place = draft.picks.get(wanted.key)
    if place is None:
        is_needed = wanted.key in NEEDED[draft.grain]
        return say("Choose a column.") if is_needed else ""
    cells = list(islice(around.seen.cells(place), GLANCE))
    if not around.seen.rows or wanted.kind is Kind.DATE:
        return ""
    if not cells:
        is_needed = wanted.key in NEEDED[draft.grain]
        return say("This column is empty in the first rows.") if is_needed else ""
    zone = ZoneInfo(around.zone)
    values = [cell for _, cell in cells]
    if fits(wanted.kind, values, zone, around.now, HALF):
        return ""
    if wanted.kind is Kind.ID and (twice := find_twice(cells)):
        return twice
    alone = ((line, it) for line, it in cells if not fits(wanted.kind, [it], zone, around.now))
    line, cell = next(alone, cells[0])
    return say("Line {line}: {value} is no {what}.",
               line=line, value=show(cell), what=noun_of(wanted.kind))  # fmt: skip


def noun_of(kind: Kind) -> str:
    """Return what a field wants, in words."""
    return {
        Kind.ID: say("id or link"),
        Kind.NUMBER: say("whole number"),
        Kind.AMOUNT: say("number"),
        Kind.LINK: say("link"),
        Kind.FLAG: say("yes or no"),
        Kind.PLATFORM: say("network that I know"),
        Kind.SENTIMENT: say("sentiment: positive, neutral or negative"),
    }.get(kind, say("text"))


def find_twice(cells: Iterable[tuple[int, Cell]]) -> str:
    """Return a complaint about a value that stands on two lines."""
    seen: dict[str, int] = {}
    for line, cell in cells:
        if (first := seen.setdefault(str(cell), line)) != line:
            return say("{value} stands on lines {first} and {line}: an id is of one row alone.",
                       value=show(cell), first=first, line=line)  # fmt: skip
    return ""


def check_twice(draft: Draft) -> Errors:
    """Complain where two fields have one column."""
    first: dict[int, str] = {}
    errors = {}
    for it in FIELDS[draft.grain]:
        place = draft.picks.get(it.key)
        if place is None:
            continue
        if place in first and {first[place], it.key} not in ({"id", "permalink"}, {"id", "url"}):
            errors[block_of(it.key)] = say(
                "This column is chosen for “{field}” already.",
                field=label_of(draft.grain, first[place]),
            )
        first.setdefault(place, it.key)
    return errors


def check_measures(draft: Draft) -> Errors:
    """Complain where posts or days have no number at all."""
    measures = [it.key for it in FIELDS[draft.grain] if it.is_measure]
    if not measures or any(key in draft.picks for key in measures):
        return {}
    return {block_of(measures[0]): say("Choose a column for at least one number.")}


def check_whose(draft: Draft, around: Around) -> Errors:
    """Complain where nothing says whose the rows are, or an account is of another network."""
    if draft.grain not in OWNED:
        return check_network(draft)
    kind, _, number = draft.whose.partition(":")
    if kind == "account":
        found = next((it for it in around.accounts if str(it.id) == number), None)
        if found is None:
            return {"whose": say("That account is not there any more. Choose another one.")}
        if draft.platform not in ("", found.platform):
            network = PLATFORMS[found.platform].title
            return {"whose": say("{account} is an account of {network}: choose that network.",
                                 account=found.handle, network=network)}  # fmt: skip
        return {}
    if not draft.platform:
        return {"network": say("Choose the network.")}
    if kind == "column" and not (number.isdecimal() and int(number) < len(around.seen.names)):
        return {"whose": say("Choose whose the rows are.")}
    if kind == "ask" and not any(
        it.own and it.platform == draft.platform for it in around.accounts
    ):
        network = PLATFORMS[draft.platform].title
        return {"whose": say("There is no account of {network} yet: write a new one.",
                             network=network)}  # fmt: skip
    if kind == "link" and not may_say_whose(draft, around.seen):
        return {"whose": say("The links don't say whose the posts are. Choose another one.")}
    if kind in ("ask", "link", "new", "column"):
        return {}
    return {"whose": say("Choose whose the rows are.")}


def check_network(draft: Draft) -> Errors:
    """Complain where neither a column nor the form says the network, of what has to have one."""
    if draft.platform or "platform" in draft.picks:
        return {}
    if draft.grain == "mention" or draft.grain == "comment":
        words = say("Choose the network, or its column under More columns.")
    elif draft.grain == "spend":
        words = say("Choose the network, or its column.")
    elif draft.grain == "touch" and not {"source", "campaign", "session"} & draft.picks.keys():
        words = say("Choose where they came from: a column, or the network.")
    else:
        return {}
    return {"any_network": words}


def check_said(draft: Draft) -> Errors:
    """Complain where neither a column nor the form says what has to be said."""
    field = SAID_ONCE.get(draft.grain)
    if field is None or field in draft.picks or draft.said:
        return {}
    return {f"said_{draft.grain}": say("Say it here, or choose its column.")}


def check_dates(draft: Draft, around: Around) -> tuple[Draft, Errors]:
    """Return the draft with the order of its dates, or a complaint with a date that is none."""
    field = DATED[draft.grain]
    place = draft.picks[field]
    zone = ZoneInfo(around.zone)
    found = find_dates(around.seen.cells(place), zone, around.now)
    if found.order == NEITHER:
        line, reason = found.refused[0] if found.refused else (0, "")
        words = say("Line {line}: {reason}.", line=line, reason=reason.partition(";")[0])
        return draft, {block_of(field): words if line else say("There are no dates in it.")}
    if draft.dates:
        as_said = read_dates_as(draft.dates, around.seen.cells(place), zone, around.now)
        if as_said.order == NEITHER:
            line, reason = as_said.refused[0]
            words = say("Line {line}: {reason}.", line=line, reason=reason.partition(";")[0])
            return draft, {"dates": words}
        return draft, {}
    if found.order == EITHER:
        days = [read_day_as(order, found.example) for order in (DAY_FIRST, MONTH_FIRST)]
        one, other = (show_day(it) if it else "?" for it in days)
        words = say("“{date}” may be {one} or {other}. Choose one.",
                    date=found.example, one=one, other=other)  # fmt: skip
        return draft, {"dates": words}
    return replace(draft, dates=found.order), {}
