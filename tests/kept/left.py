"""What is left of a workspace, counted in every table of workspaces."""

from sqlalchemy import Connection, func, select

from storage.kept.register import table_named
from storage.kept.walk import of_workspace
from storage.leaving import tables_in_order


def rows_left(connection: Connection, workspace: int) -> dict[str, int]:
    """Return how many rows of a workspace each table has; nothing for those that have none."""
    found = {}
    for name in (*tables_in_order(), "workspace"):
        table = table_named(name)
        statement = select(func.count()).select_from(table).where(of_workspace(table, workspace))
        found[name] = int(connection.execute(statement).scalar_one())
    return {name: count for name, count in found.items() if count}
