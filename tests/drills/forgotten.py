"""Row 43: somebody who stands in every table is forgotten among many rows, while others write."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from storage import events, forgetting
from storage.bulk import insert
from storage.database import Database
from storage.errors import KepiError
from storage.tables import instant_number
from storage.workspaces import connect_team, only_workspace
from tests import databases
from tests.drills.drill import Drill, Row, Scale
from tests.kept.planted import ADMIN, CUSTOMER, HANDLE, NOW, PEOPLE, find_left, plant

TEAM, DRAWN = "T0ZELDA", 0x5EED
PROMISE = "somebody who is forgotten is in no byte, every count is as it was ({kind})"
MARK = "0 bytes, totals unchanged, under a minute for 100,000 rows"
WHO = "platform || ':' || author"
REPEAT = "SELECT customer FROM customer_order GROUP BY 1 HAVING count(*) > 1"
TOTALS = (
    f"SELECT count(*), count(DISTINCT {WHO}), count(DISTINCT brand) FROM mention",
    f"SELECT at / 86400000000, count(DISTINCT {WHO}) FROM mention GROUP BY 1",
    "SELECT count(*), count(DISTINCT customer), sum(value) FROM customer_order",
    f"SELECT count(*) FROM ({REPEAT}) AS again",
    "SELECT state, count(*), count(DISTINCT customer) FROM issue GROUP BY 1",
)  # fmt: skip


def fill(database: Database, workspace: int, rows: int) -> None:
    """Write mentions and orders of many people, every hundredth of them the person's."""
    random, start = Random(DRAWN), instant_number(NOW)
    mentions, orders = [], []
    for number in range(rows // 2):
        at = start - random.randrange(365 * 86_400) * 1_000_000
        who = HANDLE if number % 100 == 0 else f"someone{random.randrange(5000)}"
        customer = CUSTOMER if number % 100 == 0 else f"k{random.randrange(5000)}"
        mentions.append((workspace, 1, "x", f"m{number}", at, who, "neutral", "", f"u/{who}", 1))
        orders.append((workspace, f"o{number}", at, customer, "", "", "", 100, "EUR", 1))
    with database.write() as connection:
        names = ("workspace", "brand", "platform", "external_id", "at", "author", "sentiment",
                 "topic", "permalink", "import_id")  # fmt: skip
        insert(connection, "mention", names, mentions)
        names = ("workspace", "external_id", "at", "customer", "platform", "source", "campaign",
                 "value", "currency", "import_id")  # fmt: skip
        insert(connection, "customer_order", names, orders)


def sum_up(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as connection:
        return [sorted(tuple(it) for it in connection.exec_driver_sql(sql)) for sql in TOTALS]


@contextmanager
def writing(database: Database) -> Iterator[list[float]]:
    """Write deliveries down all the while, and tell how long each took; refusals are kept apart."""
    waits: list[float] = []
    ending = threading.Event()

    def write() -> None:
        number = 0
        while not ending.is_set():
            number, began = number + 1, time.monotonic()
            try:
                with database.write() as connection:
                    events.remember(connection, "T0DRILL", f"e{number}", "", NOW)
                waits.append(time.monotonic() - began)
            except KepiError:
                waits.append(-1.0)
            time.sleep(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        ending.set()
        thread.join()


def run(scale: Scale) -> list[Row]:
    return [forget_in(kind, scale) for kind in databases.KINDS]


def forget_in(kind: str, scale: Scale) -> Row:
    rows = scale.pick(2_000, 100_000)
    with databases.fresh(kind, scale.folder) as database:
        with database.write() as connection:
            only_workspace(connection)
            workspace = connect_team(connection, TEAM, "Zelda's").id
        plant(database, workspace, TEAM)
        fill(database, workspace, rows)
        before, began, changed = sum_up(database), time.monotonic(), 0
        with writing(database) as waits:
            for person in PEOPLE:
                with database.write() as connection:
                    order = forgetting.begin(connection, workspace, person, ADMIN, NOW)
                changed += forgetting.carry_out(database, workspace, order, NOW).rows
        took = time.monotonic() - began
        left, refused = find_left(database), sum(it < 0 for it in waits)
        same = sum_up(database) == before
    told = (
        f"{len(left)} places left, totals {'unchanged' if same else 'CHANGED'}; {changed:,} of "
        f"{rows:,} rows in {took:.1f} s for 3 people; {len(waits)} writes beside it, {refused} "
        f"refused, longest {max(waits, default=0):.2f} s"
    )
    return Row(43, PROMISE.format(kind=kind), MARK, told, not left and same and not refused)


DRILL = Drill("forgotten", run)
