"""An account removed: it counts nowhere from then on, and its data stay, or go ten minutes later.

A removed account belongs to the brand ``REMOVED``, which is nobody's: no list and no answer has
it, and the sums of own accounts are made again without it. Files that name it go on filling it,
so that it comes back whole. One that is to be erased gives its handle away at once, for a file
that names it then means another; when its time has come all that was told of it goes, and its
row stays, empty, so that what names it never means an account that comes later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from storage.account_changes import KEY, Missing, Taken, change_of, words_of
from storage.account_list import (
    MEMORY,
    Gone,
    find_listed,
    find_removed,
    forget_memory,
    removed,
)
from storage.accounts import BRAND, REMOVED, change, count_again, find
from storage.batch import AccountName
from storage.brand_sweep import sweep_brand
from storage.bulk import run
from storage.database import take_turns
from storage.overtaken import overtaken_by
from storage.record_tables import AudienceSegment
from storage.rollup import rebuild, standings
from storage.setting_changes import note_change
from storage.support_notes import choose
from storage.tables import (
    Fact,
    Observed,
    Post,
    Revision,
    Upload,
    Watched,
    WindowFact,
    table_of,
)
from storage.undo_posts import forget_posts
from storage.workspaces import mark_changed

GRACE = timedelta(minutes=10)
"""How long an account that is to be erased can still come back."""
POST, UPLOAD = table_of(Post), table_of(Upload)
OF_ACCOUNTS = tuple(
    table_of(it) for it in (Fact, WindowFact, Revision, Observed, Watched, AudienceSegment)
)
"""Tables whose rows are of one account each; posts and findings are apart."""


def remove_account(
    connection: Connection,
    workspace: int,
    account: int,
    seen: str,
    by: str,
    at: datetime,
    *,
    erases: bool,
) -> Gone:
    """Remove an account that was ``seen`` (``Listed.state``); ``erases`` its data when time comes.

    Raises ``Missing`` and ``Overtaken``.
    """
    take_turns(connection, workspace)
    known = find_listed(connection, workspace, account)
    if known is None:
        raise Missing("That account is not here any more.")
    if known.state != seen:
        raise overtaken_by(change_of(connection, workspace, account))
    memory = {
        **{name: getattr(known, name) for name in ("platform", "handle", "name", "external_id")},
        "brand": known.brand,
        "erase": (at + GRACE).isoformat() if erases else "",
    }
    choose(connection, workspace, f"{MEMORY}{account}", memory, by, at)
    values: dict[str, int | str | None] = {"brand": nobody(connection, workspace)}
    if erases:
        values |= {"handle": f"{known.handle} (removed {account})", "external_id": None}
    move(connection, workspace, account, values)
    after = "removed, data erased" if erases else "removed, data kept"
    note_change(connection, workspace, KEY, known.words, f"{known.platform}/{known.handle} {after}",
                by, at)  # fmt: skip
    gone = find_removed(connection, workspace, account)
    assert gone is not None
    return gone


def bring_back(connection: Connection, workspace: int, account: int, by: str, at: datetime) -> None:
    """Let a removed account be as it was; raises ``Missing``, or ``Taken`` for its handle."""
    take_turns(connection, workspace)
    gone = find_removed(connection, workspace, account)
    if gone is None:
        raise Missing("That account is back already, or its data are erased.")
    other = find(connection, workspace, AccountName(gone.platform, gone.handle, gone.external_id))
    if other not in (None, account):
        assert other is not None
        raise Taken(gone.platform, gone.handle, other, is_removed=False)
    values: dict[str, int | str | None] = {
        name: getattr(gone, name) for name in ("handle", "name", "external_id", "brand")
    }
    move(connection, workspace, account, values)
    forget_memory(connection, workspace, account)
    after = words_of(connection, workspace, account)
    note_change(connection, workspace, KEY, "removed", after, by, at)


def erase_due(connection: Connection, workspace: int, now: datetime) -> list[int]:
    """Erase accounts whose time has come; return their ids."""
    if not any(it.erase and it.erase <= now for it in removed(connection, workspace)):
        return []
    take_turns(connection, workspace)
    due = [it for it in removed(connection, workspace) if it.erase and it.erase <= now]
    for gone in due:
        erase(connection, workspace, gone)
    mark_changed(connection, workspace)
    return [it.id for it in due]


def erase(connection: Connection, workspace: int, gone: Gone) -> None:
    """Erase all that was told of an account, and leave its empty row."""
    erase_posts(connection, workspace, gone)
    for table in OF_ACCOUNTS:
        here = (table.c.workspace == workspace) & (table.c.account == gone.id)
        connection.execute(delete(table).where(here))
    run(
        connection,
        "DELETE FROM finding WHERE workspace = ? AND account = ?",
        (workspace, gone.id),
    )
    waiting = (UPLOAD.c.workspace == workspace) & (UPLOAD.c.account == gone.id)
    connection.execute(update(UPLOAD).where(waiting).values(account=None))
    nothing: dict[str, int | str | None] = {
        "handle": f"(erased {gone.id})", "name": "", "external_id": None, "zone": None
    }  # fmt: skip
    change(connection, workspace, gone.id, nothing)
    rebuild(connection, workspace, gone.platform)
    forget_memory(connection, workspace, gone.id)
    sweep_brand(connection, workspace, gone.brand)


def erase_posts(connection: Connection, workspace: int, gone: Gone) -> None:
    """Erase an account's posts with their tags, marks and snapshots, and the comments on them."""
    here = (POST.c.workspace == workspace) & (POST.c.account == gone.id)
    known = connection.execute(select(POST.c.id, POST.c.external_id).where(here)).all()
    run(
        connection,
        "DELETE FROM post_comment WHERE workspace = ? AND platform = ? AND post = ?",
        [(workspace, gone.platform, it.external_id) for it in known],
    )
    run(
        connection,
        "DELETE FROM post_mark WHERE workspace = ? AND post = ?",
        [(workspace, it.id) for it in known],
    )
    forget_posts(connection, workspace, [it.id for it in known])


def move(
    connection: Connection, workspace: int, account: int, values: dict[str, int | str | None]
) -> None:
    """Give an account another brand and names, and count again."""
    sides = standings(connection, workspace)
    change(connection, workspace, account, values)
    count_again(connection, workspace, sides)
    mark_changed(connection, workspace)


def nobody(connection: Connection, workspace: int) -> int:
    """Return the brand of removed accounts, made when the first one is."""
    here = (BRAND.c.workspace == workspace) & (BRAND.c.name == REMOVED)
    known = connection.execute(select(BRAND.c.id).where(here)).scalar_one_or_none()
    if known is not None:
        return int(known)
    statement = insert(BRAND).values(workspace=workspace, name=REMOVED, own=False)
    return int(connection.execute(statement.returning(BRAND.c.id)).scalar_one())
