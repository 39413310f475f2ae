"""The rows to store: account days in the order of the key, and the same with other values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from storage.accounts import make_account, put_brand
from storage.batch import AccountName, Batch, DayRow
from storage.database import Database
from storage.facts import DayTuple
from storage.tables import EPOCH_DAY, Import, day_number, table_of
from storage.workspaces import only_workspace
from tests.benchmarks.query.seed import MEASURES, TODAY

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ACCOUNTS = 10
REAL = MEASURES[:-1]
"""The measures that an export may hold."""


@dataclass(frozen=True)
class Home:
    """A workspace with accounts, in an empty database."""

    database: Database
    workspace: int
    accounts: tuple[int, ...]
    imports: tuple[int, int]
    """Ids of two imports, for the first time and for the second."""


def furnish(database: Database) -> Home:
    """Make a workspace, its accounts and two imports."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        brand = put_brand(connection, workspace, "Acme", own=True)
        accounts = tuple(
            make_account(connection, workspace, brand, name_of(number))
            for number in range(ACCOUNTS)
        )
        imports = (record(connection, workspace), record(connection, workspace))
    return Home(database, workspace, accounts, imports)


def name_of(number: int) -> AccountName:
    return AccountName("instagram", f"account{number}")


def record(connection: Connection, workspace: int) -> int:
    table = table_of(Import)
    statement = table.insert().values(
        workspace=workspace, format="bench", file_name="b.csv", file_hash="b", at=AT
    )
    return int(connection.execute(statement.returning(table.c.id)).scalar_one())


def make_rows(accounts: Sequence[int], count: int, added: int = 0) -> list[DayTuple]:
    """Return ``count`` rows in key order; ``added`` to every value makes another import of them."""
    days = -(-count // (len(REAL) * len(accounts)))
    last = day_number(TODAY)
    rows = [
        (measure, "instagram", day, account, 1000 + (7 * day + account) % 997 + added)
        for measure in sorted(REAL)
        for day in range(last - days, last)
        for account in accounts
    ]
    return rows[:count]


def make_batch(rows: Sequence[DayTuple], accounts: Sequence[int]) -> Batch:
    """Return the rows as a source makes them of a file."""
    names = {account: name_of(number) for number, account in enumerate(accounts)}
    days = {row[2]: EPOCH_DAY.fromordinal(EPOCH_DAY.toordinal() + row[2]) for row in rows}
    return Batch(
        "bench", "Account days", "bench.csv", "bench",
        days=tuple(
            DayRow(line, names[account], measure, days[day], value)
            for line, (measure, _, day, account, value) in enumerate(rows)
        ),
    )  # fmt: skip
