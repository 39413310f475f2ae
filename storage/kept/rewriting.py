"""One row without the people in it: what each column of the register becomes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from storage.kept.people import Whom, Within, is_pseudonym
from storage.kept.register import columns_of_text, table_named
from storage.kept.shapes import Kept

Row = Mapping[str, Any]
Changes = dict[str, Any]
LISTS = ("responders", "customers", "ignored")
"""Of a channel's rules: who is no longer anybody there leaves them."""
LINKS = ("url", "permalink")


def rewrite(kept: Kept, row: Row, whom: Whom) -> Changes | None:
    """Return the columns of a row that change and what they become; ``None``: the row goes."""
    if any(whom.is_user(row[it]) for it in kept.gone):
        return None
    if kept.table == "delivery" and row["state"] in WAITING and whom.is_user(row["channel"]):
        return None
    becomes: Changes = {}
    for column in columns_of_text(table_named(kept.table)):
        held = row[column]
        if held:
            new = rewrite_cell(kept, column, held, row, whom)
            if new != held:
                becomes[column] = new
    return becomes


WAITING = ("due", "sending")


def rewrite_cell(kept: Kept, column: str, held: str, row: Row, whom: Whom) -> str:
    """Return what a cell becomes."""
    if column in kept.slack and whom.is_user(held):
        return whom.rename(held)
    if column in kept.owners and whom.is_user(held):
        return whom.heir if is_live(kept, row) else whom.rename(held)
    if column in kept.names and whom.is_name(held):
        return whom.rename(held)
    if kept.author and column == kept.author[0]:
        return whom.rename(held) if whom.is_author(row[kept.author[1]], held) else held
    if column in kept.customers:
        return whom.rename(held) if whom.is_customer(held) else held
    if column in kept.keyed:
        return rename_key(held, whom)
    if column in kept.sessions:
        return whom.rename(held) if is_theirs(kept, row, whom) and not is_pseudonym(held) else held
    if column in (*kept.links, *kept.words) and is_theirs(kept, row, whom):
        return ""
    if kept.table == "delivery" and column == "posted_in" and whom.is_user(row["channel"]):
        return ""  # the direct message with them
    structured = SHAPED.get((kept.table, column))
    if structured is not None:
        held = structured(held, whom)
    return whom.replace(held, within_of(kept, column, is_theirs(kept, row, whom)))


def within_of(kept: Kept, column: str, is_their_row: bool) -> Within:
    """Return how much a column may tell of somebody."""
    if column in (*kept.texts, *kept.links) and is_their_row:
        return Within.THEIRS
    if column in (*kept.told, *kept.names):
        return Within.TOLD
    return Within.TEXTS if column in (*kept.texts, *kept.links) else Within.ANYTHING


def is_live(kept: Kept, row: Row) -> bool:
    """Say whether a thing still has to be looked after."""
    column, _, wanted = kept.live.partition("=")
    return not column or (row[column] or "") == wanted


def is_theirs(kept: Kept, row: Row, whom: Whom) -> bool:
    """Say whether a row is about the person, as customer or as author."""
    if kept.author and whom.is_author(row[kept.author[1]], row[kept.author[0]]):
        return True
    if any(is_their_key(row[it], whom) for it in kept.keyed):
        return True
    return any(whom.is_customer(row[it]) for it in kept.customers)


def is_their_key(key: str, whom: Whom) -> bool:
    """Say whether ``platform:handle`` or ``slack:user`` is the person."""
    platform, _, handle = key.partition(":")
    return whom.is_author(platform, handle)


def rename_key(key: str, whom: Whom) -> str:
    """Return ``platform:pseudonym`` for the person's key, others as they are."""
    platform, _, handle = key.partition(":")
    return f"{platform}:{whom.rename(handle)}" if is_their_key(key, whom) else key


# --- columns that hold JSON ----------------------------------------------------------------


def rewrite_details(text: str, whom: Whom) -> str:
    """Return a ledger entry's ``said`` and ``more`` without the person."""
    held = read_object(text)
    if held is None:
        return text
    before = json.dumps(held)
    said, more = held.get("said", {}), held.get("more", {})
    for it in (said, more):
        if is_their_key(str(it.get("customer", "")), whom):
            it["customer"] = rename_key(it["customer"], whom)
            it.pop("url", None)
            it.pop("title", None)
    platform = str(said.get("platform", ""))
    if whom.is_author(platform, str(said.get("handle", ""))):
        said["handle"] = whom.rename(said["handle"])
        said.pop("url", None)
    if whom.is_conversation(str(said.get("conversation", ""))):
        network, _, number = said["conversation"].partition(":")
        said["conversation"] = f"{network}:{whom.rename(number)}"
    if "mentions" in said:
        said["mentions"] = [whom.rename(it) if whom.is_user(it) else it for it in said["mentions"]]
    if whom.is_user(str(more.get("to", ""))):
        more["to"] = whom.rename(more["to"])
    return text if json.dumps(held) == before else write_object(held)


def rewrite_record(text: str, whom: Whom) -> str:
    """Return what a record said before, without the person; its platform is not told there."""
    held = read_object(text)
    if held is None:
        return text
    before = json.dumps(held)
    if whom.is_author("", str(held.get("author") or "")):
        held["author"] = whom.rename(held["author"])
        held |= {it: "" for it in LINKS if it in held}
    for it in ("customer", "respondent"):
        if whom.is_customer(str(held.get(it) or "")):
            held[it] = whom.rename(held[it])
            if held.get("session"):
                held["session"] = whom.rename(held["session"])
    return text if json.dumps(held) == before else write_object(held)


def rewrite_rules(text: str, whom: Whom) -> str:
    """Return a channel's rules without the person in any list."""
    held = read_object(text)
    if held is None:
        return text
    before = json.dumps(held)
    for it in LISTS:
        if isinstance(held.get(it), list):
            held[it] = [user for user in held[it] if not whom.is_user(str(user))]
    return text if json.dumps(held) == before else write_object(held)


SHAPED = {
    ("ledger", "details"): rewrite_details,
    ("revised_record", "said"): rewrite_record,
    ("desk_rules", "rules"): rewrite_rules,
}


def read_object(text: str) -> dict[str, Any] | None:
    try:
        held = json.loads(text)
    except ValueError:
        return None
    return held if isinstance(held, dict) else None


def write_object(held: Mapping[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
