"""What was filled in, read: columns by their places, whose the rows are, how dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from commands import forms
from commands.columns.around import Around
from commands.columns.selects import NONE, block_of
from commands.columns.sheet import Sheet
from commands.columns.wording import label_of
from commands.file_draft import Draft
from commands.saying import say
from storage.accounts import clean_handle
from storage.errors import KepiError
from storage.money import is_currency
from storage.platforms import PLATFORMS
from storage.sources.date_forms import (
    DAY_FIRST,
    MONTH_FIRST,
)
from storage.sources.guessing import guess
from storage.sources.headers import normalise
from storage.sources.match_fields import FIELDS, NETWORKED

Errors = dict[str, str]
"""Complaints by ``block_id``."""


def read_sheet(sheet: Sheet, view: Mapping[str, Any], around: Around) -> tuple[Sheet, Errors]:
    """Return the sheet as it is filled in, and what is wrong with what was typed."""
    filled = forms.filled(view)
    before = sheet.draft
    picks: Mapping[str, int]
    errors: Errors
    grain = str(filled.get("grain") or before.grain)
    grain = grain if grain in FIELDS else before.grain
    if grain != before.grain:
        zone = ZoneInfo(around.zone)
        before = replace(before, grain=grain, picks=guess(around.seen, grain, zone, around.now))
        picks, errors = before.picks, {}
    else:
        picks, errors = read_picks(before, filled, around)
    dates = str(filled.get("dates") or "")
    numbers = str(filled.get("numbers") or "")
    whose, wrong = read_whose(filled, before)
    platform = str(filled.get("network") or filled.get("any_network") or "")
    currency = str(filled.get("currency", before.currency)).strip().upper()
    if currency and not is_currency(currency):
        errors["currency"] = say("Write its three letters, such as EUR.")
    draft = Draft(
        grain,
        picks,
        whose,
        platform if platform in PLATFORMS and grain in NETWORKED else "",
        dates if dates in (DAY_FIRST, MONTH_FIRST) and grain == sheet.draft.grain else "",
        numbers if numbers in (".", ",") else "",
        before.version,
        said=read_said(filled, grain) if grain == sheet.draft.grain else "",
        currency=currency,
    )
    return replace(sheet, draft=draft), errors | wrong


def read_said(filled: Mapping[str, Any], grain: str) -> str:
    """Return what all rows are, as it was typed or chosen."""
    said = " ".join(str(filled.get(f"said_{grain}") or "").split())
    return "" if said == NONE else said


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
                "I don't read “{line}”. Write it like: {example}",
                    line=line.strip()[:60], example=example[:80]
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
