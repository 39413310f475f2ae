"""Where posts fall in local time: the hour, the weekday, and the pause before a post."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from storage.bulk import rewrite
from storage.tables import EPOCH

SECOND = 1_000_000


def local_hour(published: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return the hour and the weekday (0 is Monday) of an aware instant in ``zone``."""
    local = published.astimezone(zone)
    return local.hour, local.weekday()


def place_posts(connection: Connection, workspace: int, zone_name: str) -> None:
    """Work out hour and weekday of every post again: the workspace moved to another zone."""
    zone = ZoneInfo(zone_name)
    rows = connection.execute(
        text("SELECT id, published, hour, weekday FROM post WHERE workspace = :workspace"),
        {"workspace": workspace},
    ).all()
    moved = []
    for post, published, hour, weekday in rows:
        placed = local_hour(EPOCH + timedelta(microseconds=published), zone)
        if placed != (hour, weekday):
            moved.append((*placed, post))
    rewrite(connection, workspace, "post", ("hour", "weekday"), moved)


def mend_gaps(connection: Connection, workspace: int, accounts: Iterable[int]) -> None:
    """Set the pause before each post of ``accounts``: whole seconds since the post before."""
    wrong: list[tuple[int | None, int]] = []
    for account in sorted(set(accounts)):
        rows = connection.execute(
            text(
                "SELECT published, external_id, id, gap FROM post"
                " WHERE workspace = :workspace AND account = :account"
            ),
            {"workspace": workspace, "account": account},
        ).all()
        rows = sorted(rows, key=itemgetter(0, 1))
        if rows and rows[0].gap is not None:
            wrong.append((None, rows[0].id))
        for earlier, later in pairwise(rows):
            gap = (later.published - earlier.published) // SECOND
            if gap != later.gap:
                wrong.append((gap, later.id))
    rewrite(connection, workspace, "post", ("gap",), wrong)
