"""A workspace removed Kepi: tokens and people go at once, the numbers after some days."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from storage.database import Database
from storage.house_tables import Departure, Erasure
from storage.installations import departures, uninstall
from storage.issue_tables import Choice
from storage.kept.erased import note_erased
from storage.kept.people import MARK, Everyone
from storage.kept.register import REGISTER, is_of_team, table_named
from storage.kept.shapes import Kept
from storage.kept.steps import let_boards_go
from storage.kept.walk import ORDER, delete_rows, of_workspace, pages, rewrite_rows
from storage.outgoing_tables import Delivery
from storage.scrubbing import scrub
from storage.setting_changes import CHANGE
from storage.support_notes import choose, chosen
from storage.tables import Workspace, table_of

DEPARTED = "departure"
"""What an ``erasure`` is called that erased everybody."""
LEFT = f"{ORDER}left"
"""Choice: the key of the pseudonyms while people are being erased; gone when they are."""
GONE = (
    *("seen_event", "upload", "told", "admin", "ingest_seen", "mention_text"),
    "excerpt",
)
"""Tables that hold nothing but people, their words, and what Slack delivered.

Tokens went when Kepi was removed; should somebody install it again meanwhile, theirs stay.
"""
CHOICE, DELIVERY, WORKSPACE = table_of(Choice), table_of(Delivery), table_of(Workspace)
ERASURE, DEPARTURE = table_of(Erasure), table_of(Departure)


def leave(database: Database, workspace: int, now: datetime) -> int:
    """Erase every person of a workspace that removed Kepi; return how many rows that took.

    Counts stay as they were: each person has one pseudonym in all rows. It may be called again:
    what a stop left is done then.
    """
    if is_done(database, workspace):
        return 0
    since = departed(database, workspace)
    with database.write() as connection:
        secret = chosen(connection, workspace, LEFT) or secrets.token_hex(32)
        choose(connection, workspace, LEFT, secret, "", now)
    rows = sum(delete_rows(database, workspace, name) for name in GONE)
    everyone = Everyone(secret)
    for kept in REGISTER.values():
        if departed(database, workspace) != since:
            return rows  # it is back: who is in it from now on stays
        if kept.is_personal and kept.table not in GONE:
            found = pages(database, table_named(kept.table), workspace, of_people(kept))
            rows += sum(rewrite_rows(database, workspace, kept, it, everyone) for it in found)
    let_boards_go(database, workspace)
    with database.write() as connection:
        blank_words(connection, workspace)
        left = CHOICE.c.key.startswith(ORDER)  # whoever was being forgotten is erased, too
        connection.execute(delete(CHOICE).where(CHOICE.c.workspace == workspace, left))
        done = {"workspace": workspace, "what": DEPARTED, "at": now, "done": now, "rows": rows}
        connection.execute(insert(ERASURE).values(**done))
    scrub(database)
    return rows


def erase_due(database: Database, now: datetime) -> int:
    """Go on with every workspace that removed Kepi; return how many were deleted for good.

    People whom a stop left are erased; where the days are over, every row is.
    """
    with database.read() as connection:
        known = departures(connection)
    for workspace, since, erase in known:
        if erase > now and departed(database, workspace) == since:
            leave(database, workspace, now)
    gone = [it for it, _, erase in known if erase <= now and close_door(database, it, now)]
    for workspace in gone:
        erase_workspace(database, workspace)
    return len(gone)


def departed(database: Database, workspace: int) -> datetime | None:
    """Return since when a workspace is without Kepi; nothing where it has it."""
    left = select(DEPARTURE.c.at).where(DEPARTURE.c.workspace == workspace)
    with database.read() as connection:
        return connection.execute(left).scalar_one_or_none()


def close_door(database: Database, workspace: int, now: datetime) -> bool:
    """Let nobody come back to rows that are about to go; say whether they may go.

    Erasing takes many transactions. Who installs Kepi meanwhile would get a workspace whose rows,
    and with them the new token, are deleted: from here on they get a new one.
    """
    due = (DEPARTURE.c.workspace == workspace) & (DEPARTURE.c.erase <= now)
    with database.write() as connection:
        if connection.execute(select(DEPARTURE.c.at).where(due)).first() is None:
            return False  # it came back since it was looked
        this = select(WORKSPACE.c.team_id).where(WORKSPACE.c.id == workspace)
        if team := connection.execute(this).scalar():
            note_erased(database, team, now)  # before a stop can leave no trace of whose rows go
        for table in map(table_named, tables_in_order()):
            if is_of_team(table):
                connection.execute(delete(table).where(of_workspace(table, workspace)))
        uninstall(connection, workspace)
        nobody = update(WORKSPACE).where(WORKSPACE.c.id == workspace)
        connection.execute(nobody.values(team_id=f"erased-{workspace}"))
    return True


def is_done(database: Database, workspace: int) -> bool:
    """Say whether everybody was erased since a workspace removed Kepi."""
    here = (ERASURE.c.workspace == workspace) & (ERASURE.c.what == DEPARTED)
    since = departed(database, workspace)
    if since is None:
        return False
    with database.read() as connection:
        found = connection.execute(select(ERASURE.c.id).where(here, ERASURE.c.at >= since))
        return found.first() is not None


def of_people(kept: Kept) -> ColumnElement[bool]:
    """Return the condition of rows in which somebody may stand who has no pseudonym."""
    table = table_named(kept.table)
    author = kept.author[:1] if kept.author else ()
    ids = (*kept.slack, *kept.owners, *kept.gone, *author, *kept.customers, *kept.keyed)
    found = [(table.c[it] != "") & ~table.c[it].contains(MARK) for it in (*ids, *kept.sessions)]
    others = (*kept.texts, *kept.links, *kept.words, *kept.names)
    found += [table.c[it].not_in(("", "{}", "[]")) for it in others]
    return or_(*found)


def blank_words(connection: Connection, workspace: int) -> None:
    """Erase the words in which names may stand that no list knows."""
    changes = CHANGE.c.workspace == workspace
    connection.execute(update(CHANGE).where(changes).values(before="", after=""))
    messages = DELIVERY.c.workspace == workspace
    connection.execute(update(DELIVERY).where(messages).values(body="{}"))


def erase_workspace(database: Database, workspace: int) -> int:
    """Delete every row of a workspace, its own last; return how many. Others' stay as they are.

    That it left is known until then: what a stop cut off is done the next time.
    """
    rows = 0
    for table in reversed(tables_in_order()):
        if table != DEPARTURE.name:
            rows += delete_rows(database, workspace, table)
    with database.write() as connection:
        left = delete(DEPARTURE).where(DEPARTURE.c.workspace == workspace)
        rows += connection.execute(left).rowcount
        rows += connection.execute(delete(WORKSPACE).where(WORKSPACE.c.id == workspace)).rowcount
    scrub(database)
    return rows


def tables_in_order() -> list[str]:
    """Return the tables of workspaces, those that others refer to first."""
    from sqlmodel import SQLModel

    return [
        it.name
        for it in SQLModel.metadata.sorted_tables
        if it.name in REGISTER and ("workspace" in it.c or is_of_team(it))
    ]
