"""The steps that a digest offered, as its table holds them."""

from sqlalchemy import Connection

from storage.steps import STEP, StepRow, reading, rows_of


def of_period(connection: Connection, workspace: int, digest: int, period: str) -> list[StepRow]:
    """Return what a digest offered in a period, the first one first."""
    statement = reading(workspace).where(STEP.c.digest == digest, STEP.c.period == period)
    return rows_of(connection, statement.order_by(STEP.c.id))
