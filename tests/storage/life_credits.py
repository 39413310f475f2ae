"""What attribution does to a database: journeys read, credits made, the look-back chosen."""

from datetime import UTC, datetime

from storage.credits import read_paths, renew
from storage.database import Database
from storage.journeys import Span, read_conversions, read_journeys, read_lost
from storage.look_back import choose_look_back, look_back_days

FIRST, LAST = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Make all credits, those of some days, and read what they are made of."""
    kinds = {"touches", "conversions", "paths"}
    with database.write() as connection:
        renew(connection, workspace, kinds)
        renew(connection, workspace, kinds, FIRST, LAST)
        choose_look_back(connection, workspace, 14, "U1", LAST)
        for span in (Span(), Span(0, 10**18)):
            held = read_conversions(connection, workspace, span)
            days = look_back_days(connection, workspace)
            list(read_journeys(connection, workspace, held, span, days))
            list(read_lost(connection, workspace, span))
        read_paths(connection, workspace, "", ())
