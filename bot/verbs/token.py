"""``token add|list|revoke``: who may send rows over HTTP; and ``ingest-schema``."""

from __future__ import annotations

import sys
from datetime import datetime

from bot.verbs.home import open_home
from storage import ingest
from storage.errors import KepiError


def add(name: str, kinds: str, *, team: str | None) -> None:
    """Make a token and print it, this once; what is said of it does not mix with it."""
    allowed = read_kinds(kinds)
    with open_home(team) as home, home.database.write() as connection:
        token = ingest.add_token(connection, home.workspace.id, name, allowed, home.clock())
    may = ", ".join(allowed) if allowed else "everything"
    print(token)
    words = f"{ingest.read_name(name)} may send {may}. The token is shown this once: keep it now."
    print(words, file=sys.stderr)


def read_kinds(words: str) -> tuple[str, ...]:
    """Return the kinds of a list with commas; none: everything."""
    from bot.ingest.kinds import INGESTS

    asked = [it.strip().lower() for it in words.split(",") if it.strip()]
    for word in asked:
        if word not in INGESTS:
            raise KepiError(f"“{word[:60]}” is no kind of rows. Kinds: {', '.join(INGESTS)}.")
    return tuple(dict.fromkeys(asked))


def show(*, team: str | None) -> None:
    """Print the tokens: their names, what they may send, when they did so last."""
    with open_home(team) as home, home.database.read() as connection:
        known = ingest.tokens(connection, home.workspace.id)
    if not known:
        print("No token yet. Make one with: token add NAME")
    for it in known:
        print(describe(it))


def describe(it: ingest.TokenRow) -> str:
    kinds = ", ".join(sorted(it.kinds)) or "everything"
    if it.revoked is not None:
        return f"{it.name}: revoked {say_day(it.revoked)}"
    used = f"last used {say_day(it.used)}" if it.used else "never used"
    return f"{it.name}: {kinds}; made {say_day(it.made)}, {used}"


def say_day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def revoke(name: str, *, team: str | None) -> None:
    """Let a token be used no more."""
    with open_home(team) as home, home.database.write() as connection:
        ingest.revoke_token(connection, home.workspace.id, name, home.clock())
    print(f"{name.strip().lower()} may send nothing any more. What it sent stays.")


def print_schema(kind: str) -> None:
    """Print the JSON Schema of what may be sent."""
    from bot.ingest.schema import write_schema

    print(write_schema(*read_kinds(kind)[:1]))
