"""What was filled in: read, and checked against the file before it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from commands.columns.form import Around, block_of, show_day
from commands.columns.sheet import Sheet
from commands.columns.wording import label_of
from commands.file_draft import Draft
from commands.saying import say
from commands.support import forms
from storage.accounts import clean_handle
from storage.errors import KepiError
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
from storage.sources.guessing import fits, guess
from storage.sources.headers import normalise
from storage.sources.match_fields import DATED, FIELDS, FOUR, NEEDED, Kind, MatchField

Errors = dict[str, str]
"""Complaints by ``block_id``."""
GLANCE = 500


def read_sheet(sheet: Sheet, view: Mapping[str, Any], around: Around) -> tuple[Sheet, Errors]:
    """Return the sheet as it is filled in, and what is wrong with what was typed."""
    filled = forms.filled(view)
    before = sheet.draft
    grain = str(filled.get("grain") or before.grain)
    grain = grain if grain in FIELDS else before.grain
    if grain != before.grain:
        zone = ZoneInfo(around.zone)
        before = replace(before, grain=grain, picks=guess(around.seen, grain, zone, around.now))
    picks, errors = read_picks(before, filled, around)
    if grain != sheet.draft.grain:
        return replace(sheet, draft=replace(before, dates="", whose=before.whose)), {}
    dates = str(filled.get("dates") or "")
    numbers = str(filled.get("numbers") or "")
    whose, wrong = read_whose(filled, before)
    platform = str(filled.get("network") or "")
    draft = Draft(
        grain,
        picks,
        whose,
        platform if platform in PLATFORMS else "",
        dates if dates in (DAY_FIRST, MONTH_FIRST) else "",
        numbers if numbers in (".", ",") else "",
        before.version,
    )
    return replace(sheet, draft=draft), errors | wrong


def read_picks(
    before: Draft, filled: Mapping[str, Any], around: Around
) -> tuple[dict[str, int], Errors]:
    """Return the columns that were chosen; of fields that are not shown, those guessed before."""
    picks, errors = {}, {}
    for it in FIELDS[before.grain]:
        said = filled.get(block_of(it.key))
        if said is None:
            continue
        if str(said).isdecimal() and int(said) < len(around.seen.names):
            picks[it.key] = int(said)
    try:
        picks |= read_others(before.grain, str(filled.get("others") or ""), around)
    except KepiError as trouble:
        errors["others"] = str(trouble)
    hidden = {
        key: place
        for key, place in before.picks.items()
        if block_of(key) not in filled and place not in picks.values() and key not in picks
    }
    return picks | hidden, errors


def read_others(grain: str, text: str, around: Around) -> dict[str, int]:
    """Return what lines such as “Likes = Total reactions” say; raises ``KepiError``."""
    fields = {normalise(label_of(grain, it.key)): it.key for it in FIELDS[grain]}
    fields |= {normalise(it.key): it.key for it in FIELDS[grain]}
    columns = {normalise(name): place for place, name in enumerate(around.seen.names)}
    found = {}
    for line in filter(str.strip, text.splitlines()):
        ours, _, theirs = line.partition("=")
        if normalise(ours) not in fields or normalise(theirs) not in columns:
            example = f"{label_of(grain, FIELDS[grain][2].key)} = {around.seen.names[0]}"
            raise KepiError(
                say("I don't read “{line}”. Write it like: {example}",
                    line=line.strip()[:60], example=example[:80])
            )  # fmt: skip
        found[fields[normalise(ours)]] = columns[normalise(theirs)]
    return found


def read_whose(filled: Mapping[str, Any], before: Draft) -> tuple[str, Errors]:
    """Return whose the rows are; a handle that was typed goes before the list."""
    typed = str(filled.get("handle") or "").strip()
    chosen = str(filled.get("whose") or "")
    if typed and chosen in ("", "new"):
        try:
            handle = clean_handle(typed)
        except KepiError as trouble:
            return chosen, {"handle": str(trouble)}
        if len(handle.split()) > 1 or "/" in handle:
            return chosen, {"handle": say("Write the name alone, such as acme.")}
        return f"new:{handle}", {}
    if chosen == "new":
        return chosen, {"handle": say("Write the account's name, such as acme.")}
    return chosen or before.whose, {}


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
    if fits(wanted.kind, values, zone, around.now):
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
    if draft.grain == "mention":
        said = draft.platform or "platform" in draft.picks
        words = say("Choose the network, or its column under More columns.")
        return {} if said else {"network": words}
    if draft.grain == "session":
        return {}
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
    if kind in ("ask", "link", "new", "column"):
        return {}
    return {"whose": say("Choose whose the rows are.")}


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
