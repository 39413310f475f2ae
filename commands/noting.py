"""What becomes of things that people make, as lines of the history of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.setting_changes import Thing


@contextmanager
def noted_as(
    connection: Connection, context: Context, find: Callable[[], Thing | None], by: str
) -> Iterator[None]:
    """Note how the block changes a thing; ``find`` tells how it is, nothing where there is none."""
    from storage.setting_changes import note_thing

    before = find()
    yield
    note_thing(connection, context.home.workspace, before, find(), by, context.clock())
