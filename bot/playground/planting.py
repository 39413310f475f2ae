"""Fills the playground's database with sample data, so that the first question has an answer."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, make_url

from bot.playground.sample import Sample, sample
from storage import imports
from storage.accounts import add_account
from storage.database import Database
from storage.errors import SettingsError
from storage.schema import migrate
from storage.tables import DefinitionEpoch, table_of
from storage.workspaces import only_workspace


def plant(url: str, now: datetime) -> None:
    """Make sure that ``url`` holds the sample up to yesterday.

    A sample of an earlier day is thrown away with its file: the demo keeps nothing else.
    """
    forget_old(url, now.date())
    database = Database(url)
    try:
        migrate(database)
        with database.write() as connection:
            workspace = only_workspace(connection).id
            is_new = not imports.last_imports(connection, workspace, 1)
            made = sample(today=now.date()) if is_new else None
            if made is not None:
                prepare(connection, workspace, made)
        for batch in made.batches if made is not None else ():
            imports.store(database, workspace, batch, by="", at=now)
    finally:
        database.close()


def prepare(connection: Connection, workspace: int, made: Sample) -> None:
    """Add the sample's accounts, and the definition break where none is known in its days."""
    for account in made.accounts:
        name = account.name
        add_account(connection, workspace, name.platform, name.handle, account.brand, account.own)
    for epoch in made.epochs:
        row = {"workspace": workspace, **vars(epoch)}
        connection.execute(insert(table_of(DefinitionEpoch)).values(row))


def forget_old(url: str, today: date) -> None:
    """Remove an SQLite file whose sample was made on another day; a file beside it says when."""
    file = make_url(url).database
    if file is None or not url.startswith("sqlite"):
        raise SettingsError("The playground keeps its sample in an SQLite file of its own.")
    marker = Path(f"{file}.day")
    if Path(file).exists() and not marker.exists():
        raise SettingsError(f"{file} was not made by the playground. Name another file.")
    if marker.exists() and marker.read_text(encoding="ascii") == str(today):
        return
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(str(today), encoding="ascii")
