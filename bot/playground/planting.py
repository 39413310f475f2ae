"""Fills the playground's database with sample data, so that the first question has an answer."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, make_url

from bot.playground.planting_issues import plant_issues
from bot.playground.planting_plans import plant_plans
from bot.playground.sample import Sample, sample
from bot.playground.sample_declared import declared
from bot.playground.sample_issues import Moment
from bot.playground.sample_mentions import crisis, draw_mentions, past_mentions
from bot.playground.sample_records import draw_records, past_records
from storage import imports
from storage.accounts import add_account
from storage.database import Database
from storage.errors import SettingsError
from storage.schema import migrate
from storage.settings import choose_audience
from storage.tables import DefinitionEpoch, table_of
from storage.workspaces import only_workspace

NORDICS = "country SE, NO, DK, FI"
"""Whom the sample's brand wants to reach."""
AHEAD = 120
"""Days of numbers that come in while the demo's time passes."""


def plant(url: str, now: datetime, moments: Sequence[Moment] = ()) -> None:
    """Make ``url`` hold the sample up to yesterday, and the customer issues of ``moments``.

    The file is made anew at every start: the messages of the demo's workspace are gone with it,
    and issues without messages would be a lie.
    """
    forget_old(url)
    database = Database(url)
    try:
        migrate(database)
        with database.write() as connection:
            workspace = only_workspace(connection).id
            made = sample(today=now.date(), ahead=AHEAD)
            prepare(connection, workspace, made)
        today = now.date()
        others = (past_mentions(today), past_records(today), declared(today))
        for batch in (*made.batches, *others):
            imports.store(database, workspace, batch, by="", at=now)
        with database.write() as connection:
            choose_audience(connection, workspace, NORDICS, "", now)
        if moments:
            plant_issues(database, workspace, moments, now)
        plant_plans(database, workspace, now)
    finally:
        database.close()


def let_numbers_come(url: str, began: datetime, now: datetime) -> None:
    """Store what the accounts of a demo that ``began`` then have been up to until ``now``."""
    database = Database(url)
    try:
        with database.write() as connection:
            workspace = only_workspace(connection).id
        made = sample(today=began.date(), ahead=AHEAD, until=now.date())
        for batch in made.batches:
            if batch.days:
                imports.store(database, workspace, batch, by="", at=now)
        span = began.date(), began.date(), now.date()
        for batch in (draw_mentions(*span), draw_records(*span)):
            imports.store(database, workspace, batch, by="", at=now)
    finally:
        database.close()


def let_crisis_break_out(url: str, now: datetime) -> None:
    """Store what a crowd has said of our brand within the last hours, as a file would bring it."""
    database = Database(url)
    try:
        with database.write() as connection:
            workspace = only_workspace(connection).id
        imports.store(database, workspace, crisis(now), by="", at=now)
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


def forget_old(url: str) -> None:
    """Remove the SQLite file of an earlier demo; a file beside it says that it was one."""
    file = make_url(url).database
    if file is None or not url.startswith("sqlite"):
        raise SettingsError("The playground keeps its sample in an SQLite file of its own.")
    marker = Path(f"{file}.day")
    if Path(file).exists() and not marker.exists():
        raise SettingsError(f"{file} was not made by the playground. Name another file.")
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text("Made by the playground.\n", encoding="ascii")
