"""What is kept for some days goes after them, and every count of people stays."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Connection, func, insert, select

from storage.database import Database
from storage.errors import KepiError
from storage.keeping import keep_to_limits
from storage.kept.people import is_pseudonym
from storage.kept.register import table_named
from storage.settings import SETTINGS, change
from storage.settings_kept import KEPT
from storage.workspaces import only_workspace
from tests.kept.planted import NOW
from tests.kept.test_forgetting import ELSEWHERE

MENTION, ORDER, ISSUE = (table_named(it) for it in ("mention", "customer_order", "issue"))
WORDS, CHANGE = table_named("mention_text"), table_named("setting_change")


def choose(database: Database, key: str, days: str) -> int:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        change(connection, workspace, key, days, "U1", NOW)
    return workspace


def test_limits_are_days_or_never() -> None:
    """Each is read as it is written, and nonsense is refused with what would work."""
    for setting in KEPT:
        assert SETTINGS[setting.key] is setting
        assert setting.read(setting.write(setting.default)) == setting.default
        with pytest.raises(KepiError):
            setting.read("a while")


def fill(connection: Connection, workspace: int, random: Random) -> None:
    """Write mentions and orders of some people over two years."""
    for number in range(600):
        at = NOW - timedelta(days=random.randint(0, 700))
        mention = ELSEWHERE["mention"] | {
            "external_id": f"m{number}", "at": at, "author": f"a{random.randint(0, 60)}",
            "platform": random.choice(("x", "instagram")),
        }  # fmt: skip
        order = ELSEWHERE["customer_order"] | {
            "external_id": f"o{number}", "at": at, "customer": f"c{random.randint(0, 200)}",
        }  # fmt: skip
        for table, row in ((MENTION, mention), (ORDER, order)):
            connection.execute(insert(table).values(**row | {"workspace": workspace}))
    rows = connection.execute(select(MENTION.c.id)).scalars().all()
    texts = [{"workspace": workspace, "mention": it, "words": "w", "language": ""} for it in rows]
    connection.execute(insert(WORDS), texts)


def people(connection: Connection) -> list[object]:
    """Return how many wrote and bought, in all and in each month, by SQL of our own."""
    month, who = 30 * 86_400 * 1_000_000, "platform || ':' || author"
    repeat = "SELECT customer FROM customer_order GROUP BY 1 HAVING count(*) > 1"
    asked = (
        f"SELECT count(*), count(DISTINCT {who}) FROM mention",
        f"SELECT at / {month} AS m, count(DISTINCT {who}) FROM mention GROUP BY 1",
        "SELECT count(*), count(DISTINCT customer) FROM customer_order",
        f"SELECT at / {month} AS m, count(DISTINCT customer) FROM customer_order GROUP BY 1",
        f"SELECT count(*) FROM ({repeat}) t",
    )
    return [sorted(tuple(it) for it in connection.exec_driver_sql(sql)) for sql in asked]


def test_people_not_heard_of_become_pseudonyms_and_are_counted_as_before(
    database: Database,
) -> None:
    """Nobody is split at the limit: whoever was heard of since keeps their id in old rows, too."""
    workspace = choose(database, "hash-people-after", "90 days")
    with database.write() as connection:
        fill(connection, workspace, Random(5))
    limit = NOW - timedelta(days=90)
    with database.read() as connection:
        before = people(connection)
        newest = select(ORDER.c.customer, func.max(ORDER.c.at)).group_by(ORDER.c.customer)
        stale = {who for who, at in connection.execute(newest) if at < limit}
    assert keep_to_limits(database, workspace, NOW) > len(stale) > 20
    with database.read() as connection:
        assert people(connection) == before
        left = set(connection.execute(select(ORDER.c.customer)).scalars())
        named = {it for it in left if not is_pseudonym(it)}
        assert not stale & named
        assert len(left) - len(named) == len(stale)
    assert keep_to_limits(database, workspace, NOW) == 0


def test_words_and_history_go_after_their_days(database: Database) -> None:
    workspace = choose(database, "keep-words", "100 days")
    choose(database, "keep-history", "10 days")
    with database.write() as connection:
        fill(connection, workspace, Random(6))
        old = select(func.count()).where(MENTION.c.at < NOW - timedelta(days=100))
        count = connection.execute(old).scalar_one()
        before = connection.execute(select(func.count()).select_from(WORDS)).scalar_one()
    keep_to_limits(database, workspace, NOW)
    with database.read() as connection:
        left = connection.execute(select(func.count()).select_from(WORDS)).scalar_one()
        assert before - left == count > 0
    keep_to_limits(database, workspace, NOW + timedelta(days=11))
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(CHANGE)).scalar_one() == 0


def test_never_is_never(database: Database) -> None:
    workspace = choose(database, "hash-people-after", "never")
    choose(database, "keep-words", "never")
    with database.write() as connection:
        fill(connection, workspace, Random(7))
    assert keep_to_limits(database, workspace, NOW + timedelta(days=100)) == 0
