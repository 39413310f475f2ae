"""The look-back of attribution: for how many days before a conversion touches count."""

from datetime import datetime

from sqlalchemy import Connection

from storage.credits import SINGLE, renew
from storage.database import take_turns
from storage.errors import KepiError
from storage.journeys import LOOK_BACK_DAYS, LOOK_BACK_KEY, look_back_days
from storage.support_notes import choose
from storage.workspaces import mark_changed

__all__ = ["LOOK_BACK_DAYS", "LOOK_BACK_KEY", "choose_look_back", "look_back_days"]

LONGEST = 365


def choose_look_back(
    connection: Connection, workspace: int, days: int, by: str, at: datetime
) -> None:
    """Set the look-back and make all credits again; raises ``KepiError`` for an odd number."""
    if not 1 <= days <= LONGEST:
        raise KepiError(
            "A look-back is 1 to {most} days, such as {example}.",
            most=LONGEST,
            example=LOOK_BACK_DAYS,
        )
    take_turns(connection, workspace)
    choose(connection, workspace, LOOK_BACK_KEY, days, by, at)
    renew(connection, workspace, SINGLE)
    mark_changed(connection, workspace)
