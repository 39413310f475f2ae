"""Deliveries from Slack: written down before they are acknowledged, each counted once."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.tables import SeenEvent, table_of

TABLE = table_of(SeenEvent)


def remember(connection: Connection, team: str, key: str, body: str, at: datetime) -> bool:
    """Write a delivery down; return whether it is the first of its key."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:  # the other dialect is not worth loading at a start
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    statement = insert(TABLE).values(team=team, key=key, body=body, at=at, done=False)
    written = statement.on_conflict_do_nothing().returning(TABLE.c.key)
    return connection.execute(written).first() is not None


def finish(connection: Connection, team: str, key: str) -> None:
    """Mark a delivery's work as done; what it said is forgotten, that it came is not."""
    connection.execute(
        update(TABLE).where(TABLE.c.team == team, TABLE.c.key == key).values(done=True, body="")
    )


def unfinished(connection: Connection, team: str, since: datetime) -> list[tuple[str, str]]:
    """Return key and body of deliveries since a moment whose work a stop cut off, oldest first."""
    statement = (
        select(TABLE.c.key, TABLE.c.body)
        .where(TABLE.c.team == team, TABLE.c.done.is_(False), TABLE.c.at >= since)
        .order_by(TABLE.c.at)
    )
    return [(key, body) for key, body in connection.execute(statement)]


def forget_older(connection: Connection, before: datetime) -> int:
    """Forget deliveries that cannot come again; return how many."""
    return connection.execute(delete(TABLE).where(TABLE.c.at < before)).rowcount
