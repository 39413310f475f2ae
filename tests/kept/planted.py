"""A person who stands in every column that can hold one, and nowhere by name else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Float, LargeBinary, insert, inspect
from sqlmodel import SQLModel

from storage.database import Database
from storage.kept.people import Person
from storage.kept.register import REGISTER, columns_of_text, table_named
from storage.kept.shapes import Kept
from storage.tables import Day, Instant

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USER, OTHER, ADMIN = "UZELDA0077", "UOTHER0001", "UADMIN0001"
NAME, FIRST = "Zelda Quux", "Zeldaquux"
HANDLE, CUSTOMER, SESSION = "zelda_quux9", "cust-zq-8841", "sess-zq-1"
WORDS, TITLE, LINK = "zqwords of mine", "zqtitle", f"https://x.com/{HANDLE}/status/1"
PLATFORM = "x"
PEOPLE = (
    Person(user=USER, names=(NAME, FIRST)),
    Person(platform=PLATFORM, handle=HANDLE),
    Person(customer=CUSTOMER),
)
LEFT = (USER, NAME, FIRST, HANDLE, CUSTOMER, SESSION, WORDS, TITLE, "conv-zq-5")
"""Of these not a byte may be left."""
SKIPPED = {"workspace", "departure", "oauth_state", "backup_run", "alembic_version"}
"""Tables that are not a workspace's, or have one row that stands already."""


def plant(database: Database, workspace: int, team: str = "") -> int:
    """Put the person into every table in which the register says that people stand."""
    count = 0
    with database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO brand (id, workspace, name, own) VALUES (1, 1, 'Acme', "
            + ("1" if database.sqlite else "true")
            + ") ON CONFLICT DO NOTHING"
        )
        connection.exec_driver_sql(
            "INSERT INTO account (id, workspace, brand, platform, handle, name, mark)"
            " VALUES (1, 1, 1, 'x', 'acme', '', 7) ON CONFLICT DO NOTHING"
        )
        for table in SQLModel.metadata.sorted_tables:
            kept = REGISTER.get(table.name)
            if kept is None or not kept.is_personal or table.name in SKIPPED:
                continue
            for row in rows_of(kept, workspace, team):
                connection.execute(insert(table_named(kept.table)).values(**row))
                count += 1
            if not database.sqlite and "id" in table.c:  # our ids are not the sequence's
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), 1000)"
                )
        connection.exec_driver_sql(f"UPDATE workspace SET installer = '{USER}' WHERE id = 1")
    return count


def rows_of(kept: Kept, workspace: int, team: str) -> Iterator[dict[str, Any]]:
    """Yield rows of a table that hold the person as Slack user, as handle and as customer."""
    several = ("user",) if kept.table == "installation" else ("user", "handle", "customer")
    for number, who in enumerate(several):
        yield {
            column.name: value
            for column in table_named(kept.table).columns
            if (value := cell(kept, column, number + 1, who, workspace, team)) is not None
        }


def cell(
    kept: Kept, column: Column[Any], number: int, who: str, workspace: int, team: str
) -> object:
    """Return what a planted row holds in one column."""
    name = column.name
    fixed = {"workspace": workspace, "team": team, "brand": 1, "account": 1, "post": 1}
    if name in fixed and (name != "brand" or kept.table != "issue"):
        return fixed[name]
    if (kept.table, name) in DETAILED:
        return DETAILED[kept.table, name](who)
    if name in kept.words:
        return TITLE
    if name in kept.links:
        return LINK
    if name in (*kept.slack, *kept.owners, *kept.gone):
        return USER if number == 1 else f"{OTHER}{number}" if name in kept.gone else OTHER
    if kept.author and name == kept.author[1]:
        return PLATFORM
    if kept.author and name == kept.author[0]:
        return HANDLE
    if name in kept.customers:
        return CUSTOMER
    if name in kept.sessions:
        return f"{SESSION}{number}"
    if name in kept.keyed:
        return f"slack:{USER}" if who == "user" else f"{PLATFORM}:{HANDLE}"
    if name in kept.names:
        return NAME
    if name in columns_of_text(table_named(kept.table)):
        return text_of(kept, name, number, who)
    return plain_value(column, number)


def text_of(kept: Kept, name: str, number: int, who: str) -> str:
    """Return words or JSON in which the person is named; ids are unique where they must be."""
    if name in kept.texts:
        held = {"number": number, "who": USER, "handle": HANDLE, "name": NAME, "id": CUSTOMER}
        if name in kept.told:
            held["first"] = FIRST
        return json.dumps(held)
    return f"{kept.table}-{name}-{number}"


def plain_value(column: Column[Any], number: int) -> object:
    if isinstance(column.type, LargeBinary):
        return (WORDS if number == 1 else "of others").encode()
    if isinstance(column.type, Instant):
        return None if column.nullable else NOW - timedelta(days=3)
    if isinstance(column.type, Day):
        return NOW.date() + timedelta(days=number)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Float):
        return 1.0
    return number


def details_of(who: str) -> str:
    """Return what the ledger holds of a message of theirs."""
    customer = f"slack:{USER}" if who == "user" else f"{PLATFORM}:{HANDLE}"
    said = {"customer": customer, "platform": PLATFORM, "handle": HANDLE, "url": LINK,
            "conversation": "x:conv-zq-5", "mentions": [USER, OTHER]}  # fmt: skip
    return json.dumps({"said": said, "more": {"customer": customer, "title": TITLE, "to": USER}})


def rules_of(who: str) -> str:
    return json.dumps({"mode": "auto", "responders": [USER, OTHER], "customers": [OTHER]})


def record_of(who: str) -> str:
    held = {"author": HANDLE, "permalink": LINK, "customer": CUSTOMER, "session": f"{SESSION}4"}
    return json.dumps(held)


DETAILED: dict[tuple[str, str], Callable[[str], object]] = {
    ("ledger", "details"): details_of,
    ("ledger", "kind"): lambda who: "message",
    ("ledger", "actor"): lambda who: USER if who == "user" else "B1",
    ("ledger", "channel"): lambda who: "C1",
    ("ledger", "ts"): lambda who: f"176380000{len(who)}.000000",
    ("ledger", "root"): lambda who: f"176380000{len(who)}.000000",
    ("issue", "channel"): lambda who: "C1",
    ("issue", "root"): lambda who: f"176380000{len(who)}.000000",
    ("issue", "opening"): lambda who: f"176380000{len(who)}.000000",
    ("excerpt", "channel"): lambda who: "C1",
    ("excerpt", "ts"): lambda who: f"176380000{len(who)}.000000",
    ("excerpt", "text"): lambda who: WORDS,
    ("mention_text", "words"): lambda who: WORDS,
    ("desk_rules", "rules"): rules_of,
    ("revised_record", "said"): record_of,
    ("column_match", "mapping"): lambda who: "{}",
    ("delivery", "state"): lambda who: "due" if who == "user" else "sent",
    ("goal", "state"): lambda who: "open",
}


def bytes_of(database: Database) -> dict[str, bytes]:
    """Return all that the database holds: its files, or a copy of every table."""
    if database.sqlite:
        file = Path(str(database.url.database))
        return {it.name: it.read_bytes() for it in file.parent.glob(f"{file.name}*")}
    found = {}
    with database.read() as connection:
        cursor = connection.connection.cursor()
        for table in inspect(connection).get_table_names():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as pipe:
                found[table] = b"".join(bytes(it) for it in pipe)
    return found


def find_left(database: Database, words: tuple[str, ...] = LEFT) -> list[tuple[str, str]]:
    """Return where anything of the person still stands."""
    held = bytes_of(database)
    return [(name, it) for name, data in held.items() for it in words if it.encode() in data]


def dump(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of an SQLite file."""
    with sqlite3.connect(file) as connection:
        names = [it for (it,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]  # fmt: skip  # noqa: E501
        return {it: sorted(connection.execute(f'SELECT * FROM "{it}"').fetchall(), key=repr) for it in names}  # fmt: skip  # noqa: E501
