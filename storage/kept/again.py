"""Who was forgotten, as salted hashes: an older copy that is restored forgets them again.

A hash cannot be turned into an id; who has an id can see whether it was forgotten here. It is
kept for ``FOR_DAYS``, longer than copies should be.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from storage.issue_tables import Choice
from storage.kept.people import SLACK, Person, is_pseudonym
from storage.kept.register import REGISTER, table_named
from storage.kept.shapes import Kept
from storage.kept.walk import FORGOTTEN, of_workspace
from storage.support_notes import choose
from storage.tables import table_of

CHOICE = table_of(Choice)
FOR_DAYS = 400


@dataclass(frozen=True)
class Forgotten:
    """Somebody who was forgotten, without saying who."""

    erasure: int
    salt: str
    hashes: tuple[str, ...]
    """Of ``slack:user``, ``platform:handle`` and ``customer:id``, as far as they were known."""

    @classmethod
    def of(cls, erasure: int, person: Person) -> Forgotten:
        salt = secrets.token_hex(16)
        return cls(erasure, salt, tuple(hash_id(salt, it) for it in keys_of(person)))

    def is_of(self, key: str) -> bool:
        return hash_id(self.salt, key) in self.hashes


def keys_of(person: Person) -> Iterator[str]:
    """Yield what a person is known by."""
    if person.user:
        yield f"{SLACK}:{person.user}"
    if person.handle:
        yield f"{person.platform}:{person.handle.casefold()}"
    if person.customer:
        yield f"customer:{person.customer}"


def hash_id(salt: str, key: str) -> str:
    return hmac.digest(salt.encode(), key.encode(), "sha256").hex()


def write_forgotten(
    connection: Connection, workspace: int, forgotten: Forgotten, at: datetime
) -> None:
    key = f"{FORGOTTEN}{forgotten.erasure}:{forgotten.salt[:8]}"
    choose(connection, workspace, key, asdict(forgotten), "", at)


def forgotten_in(connection: Connection, workspace: int) -> list[Forgotten]:
    """Return who was forgotten."""
    statement = select(CHOICE.c.value).where(
        CHOICE.c.workspace == workspace, CHOICE.c.key.startswith(FORGOTTEN)
    )
    found = [json.loads(words) for (words,) in connection.execute(statement)]
    return [Forgotten(it["erasure"], it["salt"], tuple(it["hashes"])) for it in found]


def drop_old_hashes(connection: Connection, workspace: int, now: datetime) -> int:
    """Forget hashes that no copy should need any more."""
    old = CHOICE.c.key.startswith(FORGOTTEN) & (CHOICE.c.at < now - timedelta(days=FOR_DAYS))
    here = delete(CHOICE).where(CHOICE.c.workspace == workspace, old)
    return connection.execute(here).rowcount


def find_again(
    connection: Connection, workspace: int, forgotten: Sequence[Forgotten]
) -> list[Person]:
    """Return the people in a restored copy who had been forgotten."""
    if not forgotten:
        return []
    return [
        person
        for person in everybody(connection, workspace)
        if any(it.is_of(key) for it in forgotten for key in keys_of_any(person))
    ]


def keys_of_any(person: Person) -> Iterable[str]:
    """Return what a person may have been forgotten by: a handle on its platform, or on any."""
    yield from keys_of(person)
    if person.handle:
        yield f":{person.handle.casefold()}"


def everybody(connection: Connection, workspace: int) -> list[Person]:
    """Return everyone whose id stands in a column of its own."""
    found: dict[Person, None] = {}
    for kept in REGISTER.values():
        for person in people_in(connection, workspace, kept):
            found[person] = None
    return list(found)


def people_in(connection: Connection, workspace: int, kept: Kept) -> Iterator[Person]:
    """Yield everyone whose id stands in a column of one table."""
    table = table_named(kept.table)

    def each(*names: str) -> Iterator[tuple[str, ...]]:
        columns = [table.c[it] for it in names]
        here = select(*columns).distinct().where(of_workspace(table, workspace))
        for row in connection.execute(here):
            if row[-1] and not is_pseudonym(row[-1]):
                yield tuple(str(it) for it in row)

    for name in (*kept.slack, *kept.owners, *kept.gone):
        yield from (Person(user=user) for (user,) in each(name))
    for name in kept.customers:
        yield from (Person(customer=customer) for (customer,) in each(name))
    if kept.author:
        for platform, handle in each(kept.author[1], kept.author[0]):
            yield Person(platform=platform.lower(), handle=handle.lstrip("@"))
    for name in kept.keyed:
        for (key,) in each(name):
            platform, _, handle = key.partition(":")
            yield (
                Person(user=handle)
                if platform == SLACK
                else Person(platform=platform, handle=handle)
            )
