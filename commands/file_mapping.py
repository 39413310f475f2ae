"""A match that somebody made in a form as the mapping that files are read by, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from commands.file_draft import Draft, old_form
from storage.accounts import AccountRow
from storage.errors import KepiError
from storage.sources.date_forms import DAY_FIRST, EITHER, MONTH_FIRST, find_dates, read_dates_as
from storage.sources.dates import order_of
from storage.sources.headers import normalise
from storage.sources.mapping import Mapping, check_mapping
from storage.sources.match_fields import DATED, FIELDS, NETWORKED, OWNED, SAID_ONCE
from storage.sources.matching import Seen

ORDERS = {"day first": DAY_FIRST, "month first": MONTH_FIRST}


def make_mapping(
    draft: Draft, seen: Seen, known: Sequence[AccountRow], zone: str, now: datetime
) -> Mapping:
    """Return the mapping that a draft means for a file; all of its dates are looked at.

    Raises ``KepiError`` for columns that the file does not have, ``SourceError`` as ``read`` does.
    """
    if draft.grain not in FIELDS or any(it >= len(seen.names) for it in draft.picks.values()):
        raise old_form()
    columns: dict[str, str] = {}
    measures: dict[str, str] = {}
    for field in FIELDS[draft.grain]:
        if (place := draft.picks.get(field.key)) is not None:
            (measures if field.is_measure else columns)[field.key] = seen.names[place]
    if draft.grain in OWNED and draft.whose.startswith("column:"):
        columns["account"] = seen.names[place_in(draft.whose, seen)]
    if draft.grain == "post" and "permalink" not in columns and is_of_links(seen, draft):
        columns["permalink"] = columns["id"]
    file = make_file(draft, seen, known, zone, now)
    always = make_always(draft)
    return check_mapping({"file": file, "columns": columns, "measures": measures, "always": always})


def make_always(draft: Draft) -> dict[str, str]:
    """Return what all rows say: “csat 1-5” is the kind of a survey and its scale."""
    field = SAID_ONCE.get(draft.grain)
    if not field or not draft.said or field in draft.picks:
        return {}
    if draft.grain != "answer":
        return {field: draft.said}
    kind, _, scale = draft.said.partition(" ")
    return {field: kind, "scale": scale} if scale and "scale" not in draft.picks else {field: kind}


def make_file(
    draft: Draft, seen: Seen, known: Sequence[AccountRow], zone: str, now: datetime
) -> dict[str, Any]:
    """Return the section ``[file]``."""
    file: dict[str, Any] = {"grain": draft.grain}
    account = account_of(draft, known)
    platform = account.platform if account else draft.platform
    if platform and draft.grain in NETWORKED:
        file["platform"] = platform
    if draft.grain in OWNED and (account or draft.whose.startswith("new:")):
        file["account"] = account.handle if account else draft.whose.partition(":")[2]
    if formats := formats_of(draft, seen, zone, now):
        file["date_formats"] = list(formats)
    if draft.decimal:
        file["decimal"] = draft.decimal
    if draft.currency and has_currency(draft.grain):
        file["currency"] = draft.currency
    return file


def has_currency(grain: str) -> bool:
    """Tell whether rows of a grain are of amounts of money."""
    return any(it.key == "currency" for it in FIELDS[grain])


def formats_of(draft: Draft, seen: Seen, zone: str, now: datetime) -> tuple[str, ...]:
    """Return every form in which the file writes its dates, in the order that was chosen."""
    place = draft.picks.get(DATED[draft.grain])
    if place is None:
        return ()
    where = ZoneInfo(zone)
    if draft.dates:
        return read_dates_as(draft.dates, seen.every(place), where, now).formats
    found = find_dates(seen.every(place), where, now)
    if found.order == EITHER:
        raise KepiError(
            "Say whether “{date}” begins with the day or the month.", date=found.example
        )
    return found.formats


def account_of(draft: Draft, known: Sequence[AccountRow]) -> AccountRow | None:
    """Return the account that was chosen; raises ``KepiError`` where it is gone, or not ours."""
    kind, _, number = draft.whose.partition(":")
    if kind != "account" or draft.grain not in OWNED:
        return None
    found = next((it for it in known if str(it.id) == number), None)
    if found is None:
        raise KepiError("That account is not there any more. Choose another one.")
    return found


def place_in(whose: str, seen: Seen) -> int:
    """Return the place of the column that names the account."""
    number = whose.partition(":")[2]
    if not number.isdecimal() or int(number) >= len(seen.names):
        raise old_form()
    return int(number)


def is_of_links(seen: Seen, draft: Draft) -> bool:
    """Tell whether the ids are the posts' links."""
    place = draft.picks.get("id")
    shown = seen.example(place).lower() if place is not None else ""
    return shown.startswith(("https://", "http://"))


def draft_of(
    mapping: Mapping, names: Sequence[str], known: Sequence[AccountRow], version: int
) -> Draft:
    """Return a match that stands as a form shows it."""
    grain = mapping.file.grain or "post"
    places = {normalise(name): place for place, name in enumerate(names)}
    said = {**mapping.columns, **mapping.measures}
    picks = {
        it.key: places[normalise(said[it.key])]
        for it in FIELDS[grain]
        if it.key in said and normalise(said[it.key]) in places
    }
    if picks.get("permalink") == picks.get("id"):
        picks.pop("permalink", None)
    orders = [ORDERS[it] for it in map(order_of, mapping.file.date_formats) if it]
    whose = whose_of(mapping, places, known)
    platform = mapping.file.platform or ""
    decimal = mapping.file.decimal or ""
    dates = (orders or [""])[0]
    once = " ".join(mapping.always.get(it, "") for it in (SAID_ONCE.get(grain, ""), "scale"))
    currency = mapping.file.currency or ""
    return Draft(
        *(grain, picks, whose, platform, dates, decimal, version),
        said=once.strip(),
        currency=currency,
    )


def whose_of(mapping: Mapping, places: dict[str, int], known: Sequence[AccountRow]) -> str:
    """Return whose the rows of a match are, as a form says it."""
    named = mapping.columns.get("account")
    if named and normalise(named) in places:
        return f"column:{places[normalise(named)]}"
    handle = mapping.file.account
    if not handle:
        return "ask" if mapping.file.grain in OWNED else ""
    for it in known:
        if (it.platform, it.handle) == (mapping.file.platform, handle):
            return f"account:{it.id}"
    return f"new:{handle}"
