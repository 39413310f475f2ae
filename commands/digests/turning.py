"""A digest paused, resumed, removed and restored, each with a line in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests.noting import noted

if TYPE_CHECKING:
    from sqlalchemy import Connection


def pause(connection: Connection, context: Context, digest: int, by: str) -> None:
    from storage import digests

    with noted(connection, context, digest, by):
        digests.pause(connection, context.home.workspace, digest, context.clock())


def resume(connection: Connection, context: Context, digest: int, by: str) -> None:
    from storage import digests

    with noted(connection, context, digest, by):
        digests.resume(connection, context.home.workspace, digest, context.clock())


def remove(connection: Connection, context: Context, digest: int, by: str) -> None:
    from storage import digests

    with noted(connection, context, digest, by):
        digests.remove(connection, context.home.workspace, digest, context.clock())


def restore(connection: Connection, context: Context, digest: int, by: str) -> None:
    from storage import digests

    with noted(connection, context, digest, by):
        digests.restore(connection, context.home.workspace, digest)
