"""Forgetting somebody leaves not a byte of them, and every count as it was (reliability row 43)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from storage import forgetting
from storage.database import Database
from storage.errors import KepiError
from storage.kept.again import forgotten_in
from storage.kept.counts import count_rows
from storage.kept.people import Person, is_pseudonym
from storage.kept.register import REGISTER, columns_of_text, table_named
from storage.kept.stale import BOUGHT
from storage.workspaces import connect_team, only_workspace
from tests.kept.planted import (
    ADMIN,
    CUSTOMER,
    HANDLE,
    LEFT,
    NOW,
    OTHER,
    PEOPLE,
    PLATFORM,
    USER,
    find_left,
    plant,
)

TEAM = "T0ZELDA"


def settle(database: Database) -> int:
    with database.write() as connection:
        only_workspace(connection)
        return connect_team(connection, TEAM, "Zelda's").id


def forget(database: Database, workspace: int, person: Person) -> forgetting.Done:
    with database.write() as connection:
        order = forgetting.begin(connection, workspace, person, ADMIN, NOW)
    return forgetting.carry_out(database, workspace, order, NOW)


def counts(database: Database, workspace: int) -> dict[str, Any]:
    """Return rows and different people of every table, by SQL of our own."""
    found: dict[str, Any] = {}
    with database.read() as connection:
        for name, kept in REGISTER.items():
            table = table_named(name)
            if "workspace" not in table.c or name in GOES:
                continue
            here = select(func.count()).select_from(table).where(table.c.workspace == workspace)
            found[name] = connection.execute(here).scalar_one()
            author = kept.author[:1] if kept.author else ()
            for column in (*author, *kept.customers, *kept.sessions, *kept.keyed):
                distinct = select(func.count(table.c[column].distinct()))
                held = connection.execute(distinct.where(table.c.workspace == workspace))
                found[f"{name}.{column}"] = held.scalar_one()
    return found


ORDERS = table_named("customer_order")
GOES = {"mention_text", "excerpt", "upload", "admin", "delivery", "choice", "erasure"}
"""Words go, and what waited for the person; orders come and go."""


def test_not_a_byte_is_left_and_every_count_is_as_it_was(database: Database) -> None:
    """In the file, its log and its free pages; in a copy of every table of PostgreSQL.

    A toy that renamed exact columns alone would leave JSON, keys and links; one that deleted
    rows would change the counts.
    """
    workspace = settle(database)
    assert plant(database, workspace, TEAM) > 100
    before = counts(database, workspace)
    known = count_rows(database, workspace, PEOPLE[0])
    assert known["issues"] == 1
    assert known["looked-after"] == 8  # a digest, a rule, and 3 goals and tests that name them
    for person in PEOPLE:
        done = forget(database, workspace, person)
        assert done.is_scrubbed
        assert done.rows
    assert find_left(database) == []
    assert counts(database, workspace) == before
    assert all(not count_rows(database, workspace, it) for it in PEOPLE)


def test_a_person_is_one_pseudonym_everywhere(database: Database) -> None:
    """So that what joins by an id still does: touches to conversions, issues to ratings."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    forget(database, workspace, Person(customer=CUSTOMER))
    names = set()
    with database.read() as connection:
        for table, column in BOUGHT:
            names |= set(connection.execute(select(table_named(table).c[column])).scalars())
        said = connection.execute(select(table_named("revised_record").c.said)).scalars().all()
        names |= {json.loads(it)["customer"] for it in said}
    assert len(names) == 1
    assert is_pseudonym(names.pop())


def test_what_is_live_is_looked_after_by_whoever_forgot(database: Database) -> None:
    workspace = settle(database)
    plant(database, workspace, TEAM)
    forget(database, workspace, PEOPLE[0])
    with database.read() as connection:
        for name in ("digest", "goal", "alert_rule", "incident", "experiment"):
            owners = connection.execute(select(table_named(name).c.owner)).scalars().all()
            assert set(owners) == {ADMIN, OTHER}, name


@pytest.mark.parametrize("after", [1, 40])
def test_a_stop_half_way_is_gone_on_with_under_the_same_pseudonym(
    database: Database, after: int
) -> None:
    """Killed after some transactions: the next start finishes, and two names are never made."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    before, seen = counts(database, workspace), 0

    def stop(rows: int) -> None:
        nonlocal seen
        seen += rows
        if seen >= after:
            raise SystemExit

    with database.write() as connection:
        order = forgetting.begin(connection, workspace, PEOPLE[1], ADMIN, NOW)
    with pytest.raises(SystemExit):
        forgetting.carry_out(database, workspace, order, NOW, stop)
    assert find_left(database, (HANDLE,))
    assert forgetting.resume(database, workspace, NOW) == 1
    assert forgetting.resume(database, workspace, NOW) == 0
    assert find_left(database, (HANDLE,)) == []
    assert counts(database, workspace) == before
    with database.read() as connection:
        authors = connection.execute(select(table_named("mention").c.author)).scalars().all()
    assert len(set(authors)) == 1


def test_others_stay_as_they_are(database: Database) -> None:
    """A handle that is a word, a number that is an id: only where ids stand, they are found."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    post = {"id": 900, "workspace": workspace, "account": 1, "platform": "x", "external_id": "2026",
            "published": NOW, "hour": 1, "weekday": 1, "supplied": 0,
            "title": "Our coffee in 2026 by Zel"}  # fmt: skip
    order = {"id": 900, "workspace": workspace, "external_id": "o-2026-1", "at": NOW,
             "customer": "c7", "value": 1, "currency": "EUR", "import_id": 1, "platform": "",
             "source": "", "campaign": ""}  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(table_named("post")).values(**post))
        connection.execute(insert(table_named("customer_order")).values(**order))
        connection.execute(
            insert(table_named("customer_order")).values(
                **order | {"id": 901, "external_id": "o-9", "customer": "2026"}
            )
        )
    common = (Person(platform="x", handle="coffee"), Person(customer="2026"))
    for person in (*common, Person(user="UNOBODY001", names=("Zel",))):
        forget(database, workspace, person)
    with database.read() as connection:
        titles = connection.execute(select(table_named("post").c.title)).scalars().all()
        orders = connection.execute(
            select(ORDERS.c.external_id, ORDERS.c.customer)
        ).all()  # fmt: skip
    assert "Our coffee in 2026 by Zel" in titles
    assert ("o-2026-1", "c7") in [tuple(it) for it in orders]
    assert is_pseudonym(next(it.customer for it in orders if it.external_id == "o-9"))


def test_another_workspace_is_not_touched(database: Database) -> None:
    """The same ids in two workspaces: one forgets, the other does not."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    with database.write() as connection:
        other = connect_team(connection, "T0OTHER", "Other").id
        for name, row in ELSEWHERE.items():
            values = row | {"workspace": other, "id": 900}
            connection.execute(insert(table_named(name)).values(**values))
    for person in PEOPLE:
        forget(database, workspace, person)
    with database.read() as connection:
        for table, column, held in (("mention", "author", HANDLE),
                                    ("customer_order", "customer", CUSTOMER)):  # fmt: skip
            here = table_named(table)
            rows = select(here.c[column]).where(here.c.workspace == other)
            assert connection.execute(rows).scalars().all() == [held]


ELSEWHERE: dict[str, dict[str, Any]] = {
    "mention": {"brand": 9, "platform": PLATFORM, "external_id": "e", "at": NOW, "author": HANDLE,
                "sentiment": "", "topic": "", "permalink": "", "import_id": 1},
    "customer_order": {"external_id": "o", "at": NOW, "customer": CUSTOMER, "platform": "",
                       "source": "", "campaign": "", "value": 1, "currency": "EUR",
                       "import_id": 1},
}  # fmt: skip


def test_an_older_copy_forgets_again(database: Database) -> None:
    """Hashes of who was forgotten find them in a copy from before, and nobody else."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    for person in PEOPLE:
        forget(database, workspace, person)
    with database.read() as connection:
        known = forgotten_in(connection, workspace)
    assert all(word not in str(known) for word in LEFT)
    with database.write() as connection:  # the copy: everybody stands there again
        for name in reversed(list(REGISTER)):
            table = table_named(name)
            if name not in ("workspace", "brand", "account", "desk"):
                connection.execute(table.delete())
    plant(database, workspace, TEAM)
    assert forgetting.forget_again(database, workspace, known, ADMIN, NOW) >= 3
    assert find_left(database, (USER, HANDLE, CUSTOMER)) == []
    assert forgetting.forget_again(database, workspace, known, ADMIN, NOW) == 0


def test_an_account_of_a_brand_is_nobody_to_forget(database: Database) -> None:
    workspace = settle(database)
    plant(database, workspace, TEAM)
    with pytest.raises(KepiError, match="one of your accounts"):
        forget(database, workspace, Person(platform="x", handle="Acme"))


def test_every_column_of_words_is_looked_through() -> None:
    """A Slack id is found in whatever column somebody adds later, unless a table is plain."""
    for name, kept in REGISTER.items():
        if not kept.is_plain:
            assert set(kept.places) <= set(table_named(name).c.keys()), name
            assert columns_of_text(table_named(name)) or name == "erasure"
