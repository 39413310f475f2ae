"""Accounts added, moved, removed, brought back and erased: sums and answers stay right."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from kpis.asking import Answers, ask
from storage.account_changes import (
    BrandTaken,
    Missing,
    Taken,
    Wanted,
    add_accounts,
    change_account,
    change_brand,
    find_brand,
    put_account,
    state_of_brand,
)
from storage.account_list import find_listed, holdings, listed, removed
from storage.account_removal import GRACE, bring_back, erase_due, remove_account
from storage.accounts import accounts, add_account, brands
from storage.batch import AccountName
from storage.database import Database
from storage.imports import last_imports, store
from storage.overtaken import Overtaken
from storage.setting_changes import history
from storage.undo import undo
from storage.workspaces import connect_team
from tests.drawn import draw, fill

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ACCOUNTS = """
    platform  | account | brand  | own
    ----------+---------+--------+----
    instagram | acme    | Acme   | yes
    instagram | outlet  | Acme   | yes
    x         | acme    | Acme   | yes
    instagram | rival   | Rival  | no
"""
DAYS = """
    day        | platform  | account | likes | reach | followers
    -----------+-----------+---------+-------+-------+----------
    2026-11-10 | instagram | acme    |     1 |    50 |       500
    2026-11-10 | instagram | outlet  |    20 |    60 |       600
    2026-11-11 | instagram | outlet  |   300 |    70 |       700
    2026-11-10 | x         | acme    |  4000 |       |       800
    2026-11-11 | instagram | rival   | 50000 |    80 |       900
"""
LIKES = {
    ("instagram", "acme"): 1,
    ("instagram", "outlet"): 320,
    ("x", "acme"): 4000,
    ("instagram", "rival"): 50000,
}
"""Of all days, read off the table above."""
POSTS = """
    published        | platform  | account | post | likes | comments | hashtags
    -----------------+-----------+---------+------+-------+----------+---------
    2026-11-10 10:00 | instagram | acme    | a    |    10 |        1 | #sale
    2026-11-10 11:00 | instagram | outlet  | b    |    20 |        3 | #sale
"""


def number(connection: Connection, platform: str, handle: str) -> int:
    return next(
        it.id for it in listed(connection, 1) if (it.platform, it.handle) == (platform, handle)
    )


def state(connection: Connection, account: int) -> str:
    found = find_listed(connection, 1, account)
    assert found is not None
    return found.state


def sums_of_facts(connection: Connection) -> set[tuple[object, ...]]:
    """Add the facts up in Python, own accounts apart: what the rollup has to hold."""
    owns = {it.id: it.own for it in connection.execute(text("SELECT id, own FROM brand"))}
    known = {
        it.id: (owns[it.brand], it.mark)
        for it in connection.execute(text("SELECT id, brand, mark FROM account"))
    }
    slots: dict[tuple[object, ...], list[int]] = {}
    for it in connection.execute(text("SELECT * FROM fact")):
        own, mark = known[it.account]
        slot = slots.setdefault((it.measure, it.platform, bool(own), it.day), [0, 0, 0])
        for place, more in enumerate((it.value, 1, mark)):
            slot[place] += more
    return {(*slot, *sums) for slot, sums in slots.items()}


def held(connection: Connection) -> set[tuple[object, ...]]:
    rows = connection.execute(text("SELECT measure, platform, own, day, total, n, who FROM rollup"))
    return {(it[0], it[1], bool(it[2]), *it[3:]) for it in rows}


def value(database: Database, words: str) -> float | None:
    reply = ask(words, database=database, workspace=1, now=NOW)
    assert isinstance(reply, Answers)
    told = reply.answers[0].main.value
    return getattr(told, "low", None)


def test_sums_hold_on_every_walk(database: Database) -> None:
    """Of 120 random steps each leaves the rollup as the facts say, and likes as the table says."""
    fill(database, accounts=ACCOUNTS, days=DAYS)
    chance, now = random.Random(6), NOW
    own = {(it[0], it[1]): it[1] != "rival" for it in LIKES}
    there = dict.fromkeys(LIKES, True)
    for step in range(120):
        now += timedelta(seconds=1)
        key = chance.choice(list(LIKES))
        with database.write() as connection:
            gone = {(it.platform, it.handle): it.id for it in removed(connection, 1)}
            if key in gone:
                bring_back(connection, 1, gone[key], "U1", now)
                there[key] = True
            elif chance.random() < 0.4:
                account = number(connection, *key)
                remove_account(
                    connection, 1, account, state(connection, account), "U1", now,
                    erases=chance.random() < 0.5,
                )  # fmt: skip
                there[key] = False
            elif chance.random() < 0.7:
                account, side = number(connection, *key), chance.random() < 0.5
                brand = next((it for it in brands(connection, 1) if it.own is side), None)
                wanted = Wanted(*key, "", brand.id if brand else 0, f"New {step}", side)
                change_account(
                    connection, 1, account, wanted, state(connection, account), "U1", now
                )
                own[key] = side
            else:
                brand = chance.choice(brands(connection, 1))
                change_brand(
                    connection, 1, brand.id, f"Brand {step}", not brand.own, state_of_brand(brand),
                    "U1", now,
                )  # fmt: skip
                for it in listed(connection, 1):
                    if it.brand == brand.id:
                        own[it.platform, it.handle] = not brand.own
                for away in removed(connection, 1):
                    if away.brand == brand.id:
                        own[away.platform, away.handle] = not brand.own
            assert held(connection) == sums_of_facts(connection), step
        counted = [LIKES[it] for it in LIKES if there[it] and own[it]]
        if counted and step % 5 == 0:
            assert value(database, "likes 1 nov to 20 nov") == sum(counted), step


def test_a_removed_account_is_in_no_list_and_comes_back_whole(database: Database) -> None:
    """Its goals' ids, name, zone and days are what they were; files go on filling it meanwhile."""
    fill(database, accounts=ACCOUNTS, days=DAYS, posts=POSTS)
    with database.write() as connection:
        add_account(connection, 1, "instagram", "outlet", "Acme", zone="Asia/Tokyo")
        before = find_listed(connection, 1, number(connection, "instagram", "outlet"))
        assert before is not None
        days = holdings(connection, 1, [before.id])
        assert str(days[before.id].first) == "2026-11-10"
        assert (str(days[before.id].last), days[before.id].files) == ("2026-11-11", 1)
        remove_account(connection, 1, before.id, before.state, "U1", NOW, erases=False)
        assert "outlet" not in {it.handle for it in accounts(connection, 1)}
        assert all(it.name for it in brands(connection, 1))
    assert value(database, "likes instagram 1 nov to 20 nov") == 1
    again = DAYS.replace("|   300 |", "|   301 |")
    store(database, 1, draw(days=again), "U1", NOW)
    assert value(database, "likes instagram 1 nov to 20 nov") == 1
    with database.write() as connection:
        bring_back(connection, 1, before.id, "U2", NOW + timedelta(days=30))
        assert find_listed(connection, 1, before.id) == before
        told = [(it.key, it.by, it.before, it.after) for it in history(connection, 1)][:2]
        assert told[0] == ("account", "U2", "removed", before.words)
        assert told[1][2:] == (before.words, "instagram/outlet removed, data kept")
        with pytest.raises(Missing):
            bring_back(connection, 1, before.id, "U2", NOW)
    assert value(database, "likes instagram 1 nov to 20 nov") == 322
    assert value(database, "posts instagram 1 nov to 20 nov") == 2


def test_erased_means_gone_and_never_somebody_else(database: Database) -> None:
    """After ten minutes not a row is left, an id is not used twice, and the file can come again."""
    fill(database, accounts=ACCOUNTS, days=DAYS, posts=POSTS)
    with database.write() as connection:
        account = number(connection, "instagram", "outlet")
        remove_account(connection, 1, account, state(connection, account), "U1", NOW, erases=True)
        assert erase_due(connection, 1, NOW + GRACE - timedelta(seconds=1)) == []
        assert erase_due(connection, 1, NOW + GRACE) == [account]
        assert erase_due(connection, 1, NOW + GRACE) == []
        for table in ("fact", "window_fact", "revision", "observed", "watched", "post"):
            rows = connection.execute(
                text(f"SELECT count(*) FROM {table} WHERE account = :it"), {"it": account}
            )
            assert rows.scalar_one() == 0, table
        for table in ("post", "post_tag", "post_snapshot"):
            rows = connection.execute(text(f"SELECT count(*) FROM {table}"))
            assert rows.scalar_one() == 1, table
        assert held(connection) == sums_of_facts(connection)
        (new,) = add_accounts(
            connection, 1, [Wanted("instagram", "outlet", brand_name="Outlet")], "U1", NOW
        )
        assert new != account
        assert not holdings(connection, 1, [new])
        imports = last_imports(connection, 1)
    assert value(database, "likes instagram 1 nov to 20 nov") == 1
    undo(database, 1, imports[-1].id, NOW)
    with database.read() as connection:
        assert held(connection) == sums_of_facts(connection) == set()
    store(database, 1, draw(days=DAYS), "U1", NOW)
    assert value(database, "likes instagram 1 nov to 20 nov") == 321


def test_the_command_line_writes_history_and_brings_back(database: Database) -> None:
    """“account instagram/outlet --brand Acme” of one that was removed: it is there as before."""
    fill(database, accounts=ACCOUNTS, days=DAYS)
    with database.write() as connection:
        account = number(connection, "instagram", "outlet")
        remove_account(connection, 1, account, state(connection, account), "U1", NOW, erases=False)
        again = put_account(
            connection, 1, "ig", "@Outlet", "Acme", own=True, zone="asia/tokyo", at=NOW
        )
        assert (again, removed(connection, 1)) == (account, [])
        assert held(connection) == sums_of_facts(connection)
        told = history(connection, 1)[0]
        assert (told.before, told.source, told.by) == ("", "cli", "")
        assert told.after == "instagram/outlet, Acme (own), days in Asia/Tokyo"
    assert value(database, "likes instagram 1 nov to 20 nov") == 321


def test_a_handle_given_away_keeps_its_new_owner(database: Database) -> None:
    """A file that came within the ten minutes made another account: neither takes the other's."""
    fill(database, accounts=ACCOUNTS, days=DAYS)
    with database.write() as connection:
        account = number(connection, "instagram", "outlet")
        remove_account(connection, 1, account, state(connection, account), "U1", NOW, erases=True)
    store(database, 1, draw(days=DAYS.replace("2026-11-10", "2026-11-12")), "U1", NOW)
    with database.write() as connection:
        other = number(connection, "instagram", "outlet")
        with pytest.raises(Taken) as refused:
            bring_back(connection, 1, account, "U1", NOW)
        assert refused.value.account == other != account
        erase_due(connection, 1, NOW + GRACE)
        assert list(holdings(connection, 1, [account, other])) == [other]


def test_who_comes_second_is_told(database: Database) -> None:
    """Taken handles and brands, stale forms, things removed meanwhile; nothing changes then."""
    fill(database, accounts=ACCOUNTS, days=DAYS)
    with database.write() as connection:
        account = number(connection, "instagram", "outlet")
        seen = state(connection, account)
        acme = next(it for it in brands(connection, 1) if it.own)
        before = [*listed(connection, 1)]
        add = [Wanted("instagram", "new", brand=acme.id), Wanted("x", "acme", brand=acme.id)]
    with pytest.raises(Taken), database.write() as connection:
        add_accounts(connection, 1, add, "U1", NOW)
    with database.write() as connection:
        with pytest.raises(BrandTaken):
            add_accounts(connection, 1, [Wanted("x", "new", brand_name=" ACME ")], "U1", NOW)
        wanted = Wanted("instagram", "outlet", "Late", acme.id)
        with pytest.raises(Overtaken):
            change_account(connection, 1, account, wanted, "other", "U1", NOW)
        wanted = Wanted("instagram", "acme", "", acme.id)
        with pytest.raises(Taken):
            change_account(connection, 1, account, wanted, seen, "U1", NOW)
        with pytest.raises(Overtaken):
            change_brand(connection, 1, acme.id, "Other", True, "other", "U1", NOW)
        with pytest.raises(BrandTaken):
            change_brand(connection, 1, acme.id, "rival", True, state_of_brand(acme), "U1", NOW)
        assert [*listed(connection, 1)] == before
        remove_account(connection, 1, account, seen, "U1", NOW, erases=False)
        for late in (wanted, wanted):
            with pytest.raises(Missing):
                change_account(connection, 1, account, late, seen, "U1", NOW)
        with pytest.raises(Taken) as refused:
            add_accounts(connection, 1, [Wanted("instagram", "outlet", brand=acme.id)], "U1", NOW)
        assert refused.value.is_removed


def test_an_empty_brand_goes_unless_something_names_it(database: Database) -> None:
    fill(database, accounts=ACCOUNTS, days=DAYS)
    with database.write() as connection:
        account = number(connection, "instagram", "rival")
        acme = next(it for it in brands(connection, 1) if it.own)
        wanted = Wanted("instagram", "rival", "", acme.id)
        change_account(connection, 1, account, wanted, state(connection, account), "U1", NOW)
        assert [it.name for it in brands(connection, 1)] == ["Acme"]
        assert held(connection) == sums_of_facts(connection)


def test_ids_of_another_workspace_open_nothing(database: Database) -> None:
    """Foreign accounts and brands look like ones that are not there."""
    fill(database, accounts=ACCOUNTS, days=DAYS)
    with database.write() as connection:
        connect_team(connection, "T1", "One")
        other = connect_team(connection, "T2", "Two").id
        account = number(connection, "instagram", "acme")
        brand, seen = brands(connection, 1)[0], state(connection, account)
        with pytest.raises(Missing):
            find_brand(connection, other, brand.id)
        with pytest.raises(Missing):
            add_accounts(connection, other, [Wanted("x", "new", brand=brand.id)], "U1", NOW)
        wanted = Wanted("instagram", "mine", brand=brand.id)
        with pytest.raises(Missing):
            change_account(connection, other, account, wanted, seen, "U1", NOW)
        with pytest.raises(Missing):
            remove_account(connection, other, account, seen, "U1", NOW, erases=True)
        remove_account(connection, 1, account, seen, "U1", NOW, erases=True)
        with pytest.raises(Missing):
            bring_back(connection, other, account, "U1", NOW)
        assert erase_due(connection, other, NOW + timedelta(days=1)) == []
        assert (listed(connection, other), holdings(connection, other)) == ([], {})
        assert AccountName("instagram", "acme")  # the name itself is free to both
        assert add_accounts(
            connection, other, [Wanted("instagram", "acme", brand_name="Acme")], "U1", NOW
        )
