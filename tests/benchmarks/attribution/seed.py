"""Touches and conversions to credit, made from a seed: ten touches a conversion, on 90 days."""

from datetime import date
from pathlib import Path

import numpy as np

from storage.bulk import insert
from storage.database import Database
from storage.schema import migrate
from storage.tables import day_number
from storage.workspaces import only_workspace

DAY = 86_400_000_000
DAYS = 90
START = day_number(date(2026, 8, 24))
MEDIA = ("instagram", "facebook", "x", "linkedin", "youtube", "tiktok", "email", "search")
CAMPAIGNS = ("", "spring", "sale", "launch")
TOUCHES_A_CONVERSION = 10
TOUCH = (
    *("workspace", "external_id", "customer", "at", "platform", "source", "campaign", "paid"),
    *("session", "import_id"),
)
CONVERSION = (
    *("workspace", "external_id", "at", "type", "customer", "session", "platform", "source"),
    *("campaign", "direct", "referral", "value", "currency", "import_id"),
)


def seed(folder: Path, touches: int) -> tuple[Database, Path, int]:
    """Return a database with so many touches, its file and its workspace."""
    path = folder / f"journeys-{touches}.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    random = np.random.default_rng(5)
    customers = max(1, touches // TOUCHES_A_CONVERSION)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        who = random.integers(customers, size=touches).tolist()
        when = (START * DAY + random.integers(DAYS * DAY, size=touches)).tolist()
        medium = random.integers(len(MEDIA), size=touches).tolist()
        campaign = random.integers(len(CAMPAIGNS), size=touches).tolist()
        rows = [
            (
                *(workspace, f"t{at}", f"c{who[at]}", when[at], MEDIA[medium[at]], ""),
                *(CAMPAIGNS[campaign[at]], at % 3 == 0, "", 1),
            )
            for at in range(touches)
        ]
        insert(connection, "touch", TOUCH, rows)
        when = (START * DAY + random.integers(DAYS * DAY, size=customers)).tolist()
        value = random.integers(100, 50_000, size=customers).tolist()
        rows = [
            (
                *(workspace, f"v{at}", when[at], "purchase" if at % 4 else "lead", f"c{at}"),
                *("", "", "", "", None, False, value[at], "EUR", 1),
            )
            for at in range(customers)
        ]
        insert(connection, "conversion", CONVERSION, rows)
    with database.write() as connection:
        connection.exec_driver_sql("ANALYZE")
    return database, path, workspace
