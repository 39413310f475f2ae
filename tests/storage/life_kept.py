"""What forgetting, limits and leaving do to a database: every verb, once or more."""

from datetime import UTC, datetime, timedelta

from storage import forgetting, leaving
from storage.database import Database
from storage.keeping import keep_to_limits
from storage.kept import again, copies, counts
from storage.kept.people import Person
from tests.kept.planted import PEOPLE

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Count, forget, look into copies, keep to limits; of another workspace leave and erase."""
    from storage.workspaces import connect_team

    people = (*PEOPLE, Person(user="mia", names=("Mia Berg",)), Person(platform="x", handle="lena"))
    for person in people:
        counts.count_rows(database, workspace, person)
        with database.write() as connection:
            order = forgetting.begin(connection, workspace, person, "U1", NOW)
            assert forgetting.find_orders(connection, workspace)
        forgetting.carry_out(database, workspace, order, NOW)
    forgetting.resume(database, workspace, NOW)
    with database.read() as connection:
        known = again.forgotten_in(connection, workspace)
    other = [again.Forgotten(9, "salt", ())]
    forgetting.forget_again(database, workspace, [*known, *other], "", NOW)
    copies.copies_before(database, NOW)
    keep_to_limits(database, workspace, NOW + timedelta(days=3000))
    with database.write() as connection:
        leaver = connect_team(connection, "T0LEAVER", "Leaver").id
    leaving.leave(database, leaver, NOW)
    leaving.erase_workspace(database, leaver)
