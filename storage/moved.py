"""A channel's id that Slack replaced: everything moves on in one transaction (support-spec §5.3).

The ledger alone keeps the old id, because it is never changed; it is read under both.
"""

from datetime import datetime

from sqlalchemy import Connection

from storage.bulk import fetch, run
from storage.tables import instant_number

HOLDS = {
    "desk": ("channel",),
    "desk_rules": ("channel",),
    "relay_rule": ("channel",),
    "routed": ("channel",),
    "issue": ("channel", "line_channel"),
    "notice": ("channel",),
    "excerpt": ("channel",),
    "upload": ("channel",),
    "digest": ("channel",),
    "goal": ("channel",),
    "alert_rule": ("channel",),
    "incident": ("channel",),
    "delivery": ("channel", "posted_in"),
    "setting_change": ("channel",),
}
"""The columns that hold a channel's id."""
NAMES = {
    "desk_rules": "rules",
    "relay_rule": "rule",
    "choice": "value",
    "notice": "details",
    "goal": "scope",
    "alert_rule": "scope",
    "delivery": "body",
}
"""The columns of JSON that may name one."""
OF_ISSUE = ("wait", "spell", "target", "rating", "notice")


def change_channel_id(
    connection: Connection, workspace: int, old: str, new: str, at: datetime
) -> None:
    """Let everything that was kept of ``old`` be kept of ``new``; a second time changes nothing.

    What was written under the new id before this was known gives way: it is made again from the
    ledger, which then is read under both ids.
    """
    if old == new:
        return
    make_way(connection, workspace, old, new)
    for table, columns in HOLDS.items():
        for column in columns:
            run(
                connection,
                f"UPDATE {table} SET {column} = ? WHERE workspace = ? AND {column} = ?",
                (new, workspace, old),
            )
    for table, column in NAMES.items():
        run(
            connection,
            f"UPDATE {table} SET {column} = replace({column}, ?, ?)"
            f" WHERE workspace = ? AND {column} LIKE ?",
            (f'"{old}"', f'"{new}"', workspace, f'%"{old}"%'),
        )
    for mark in ("|", ":#"):  # “morning|C1”, “language:#C1”: what was chosen for a channel
        run(
            connection,
            "UPDATE choice SET key = replace(key, ?, ?) WHERE workspace = ? AND key LIKE ?",
            (f"{mark}{old}", f"{mark}{new}", workspace, f"%{mark}{old}"),
        )
    remember_move(connection, workspace, old, new, at)


def make_way(connection: Connection, workspace: int, old: str, new: str) -> None:
    """Remove what stands under the new id where something of the old one would come to stand."""
    twice = """
        SELECT there.id FROM issue AS there JOIN issue AS held
        ON held.workspace = there.workspace AND held.root = there.root
            AND held.episode = there.episode AND held.channel = ?
        WHERE there.workspace = ? AND there.channel = ?
    """
    issues = [issue for (issue,) in fetch(connection, twice, (old, workspace, new))]
    for issue in issues:
        for table in OF_ISSUE:
            statement = f"DELETE FROM {table} WHERE workspace = ? AND issue = ?"
            run(connection, statement, (workspace, issue))
        run(connection, "DELETE FROM issue WHERE workspace = ? AND id = ?", (workspace, issue))
    again = (workspace, new, workspace, old)
    for table, key in (("desk_rules", "since"), ("excerpt", "ts"), ("routed", "ts")):
        run(
            connection,
            f"DELETE FROM {table} WHERE workspace = ? AND channel = ? AND {key} IN"
            f" (SELECT {key} FROM {table} WHERE workspace = ? AND channel = ?)",
            again,
        )
    join_desks(connection, workspace, old, new)
    join_deliveries(connection, workspace, old, new)


def join_deliveries(connection: Connection, workspace: int, old: str, new: str) -> None:
    """Keep one digest a cadence and one message a period: the one that is out, if one is."""
    run(
        connection,
        "DELETE FROM digest WHERE workspace = ? AND channel = ? AND cadence IN"
        " (SELECT cadence FROM digest WHERE workspace = ? AND channel = ?)",
        (workspace, new, workspace, old),
    )
    for goes, stays, only in ((old, new, "AND other.state = 'sent'"), (new, old, "")):
        run(
            connection,
            "DELETE FROM delivery WHERE workspace = ? AND channel = ? AND EXISTS"
            " (SELECT 1 FROM delivery AS other WHERE other.workspace = delivery.workspace"
            " AND other.channel = ? AND other.kind = delivery.kind"
            f" AND other.period = delivery.period {only})",
            (workspace, goes, stays),
        )
    keys = "SELECT key FROM choice WHERE workspace = ? AND key LIKE ?"
    for (key,) in fetch(connection, keys, (workspace, f"%|{old}")):
        run(
            connection,
            "DELETE FROM choice WHERE workspace = ? AND key = ?",
            (workspace, f"{key.removesuffix(old)}{new}"),
        )


def join_desks(connection: Connection, workspace: int, old: str, new: str) -> None:
    """Keep the desk with the history, folded no further than both were."""
    marks = "SELECT folded FROM desk WHERE workspace = ? AND channel = ?"
    ours = fetch(connection, marks, (workspace, old))
    theirs = fetch(connection, marks, (workspace, new))
    if not (ours and theirs):
        return
    run(connection, "DELETE FROM desk WHERE workspace = ? AND channel = ?", (workspace, new))
    run(
        connection,
        "UPDATE desk SET folded = ? WHERE workspace = ? AND channel = ?",
        (min(ours[0][0], theirs[0][0]), workspace, old),
    )


def remember_move(connection: Connection, workspace: int, old: str, new: str, at: datetime) -> None:
    """Keep which ids a channel had, whatever ids they were moved to in between."""
    run(
        connection,
        "UPDATE moved_channel SET channel = ? WHERE workspace = ? AND channel = ?",
        (new, workspace, old),
    )
    run(
        connection,
        "INSERT INTO moved_channel (workspace, old, channel, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (workspace, old) DO UPDATE SET channel = excluded.channel, at = excluded.at",
        (workspace, old, new, instant_number(at)),
    )
    run(
        connection,
        "DELETE FROM moved_channel WHERE workspace = ? AND old = ? AND channel = ?",
        (workspace, new, new),
    )
