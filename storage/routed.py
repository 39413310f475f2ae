"""Top-level messages that count in another thread: kept beside the issues they belong to."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from storage.issue_tables import Routed
from storage.tables import table_of

TABLE = table_of(Routed)


class Route(NamedTuple):
    """Where a message counts; ``guessed``: attached by inference."""

    root: str
    guessed: bool


def read_routes(
    connection: Connection, workspace: int, channel: str, roots: Iterable[str]
) -> dict[str, Route]:
    """Return the messages that count in some threads, by their ``ts``."""
    wanted = sorted(set(roots))
    found: dict[str, Route] = {}
    for start in range(0, len(wanted), 400):
        some = wanted[start : start + 400]
        statement = select(TABLE.c.ts, TABLE.c.root, TABLE.c.guessed).where(
            TABLE.c.workspace == workspace, TABLE.c.channel == channel, TABLE.c.root.in_(some)
        )
        found |= {ts: Route(root, guessed) for ts, root, guessed in connection.execute(statement)}
    return found


def save_routes(
    connection: Connection, workspace: int, channel: str, root: str, routes: Mapping[str, bool]
) -> None:
    """Make ``routes`` (``ts`` → guessed) the messages that count in a thread."""
    here = (TABLE.c.workspace == workspace) & (TABLE.c.channel == channel)
    theirs = here & (TABLE.c.root == root)
    if not routes:
        connection.execute(delete(TABLE).where(theirs))
        return
    connection.execute(delete(TABLE).where(theirs | (here & TABLE.c.ts.in_(sorted(routes)))))
    rows = [
        {"workspace": workspace, "channel": channel, "ts": ts, "root": root, "guessed": guessed}
        for ts, guessed in routes.items()
    ]
    connection.execute(insert(TABLE), rows)


def forget_routes(connection: Connection, workspace: int, channel: str) -> None:
    """Forget a channel's routes, before all of them are made anew."""
    here = (TABLE.c.workspace == workspace) & (TABLE.c.channel == channel)
    connection.execute(delete(TABLE).where(here))
