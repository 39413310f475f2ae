"""Posts without one import: folded again from the snapshots that are left."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.bulk import portions, run
from storage.local_time import mend_gaps
from storage.observed import POSTS, Sightings
from storage.posts import SNAPSHOT, forget_tags, renew_posts, snapshots
from storage.succession import Entry, following, place_of, without
from storage.tables import Import, table_of
from storage.undo_facts import Restored
from storage.views import View, fold
from storage.workspaces import zone_of

IMPORT = table_of(Import)


def undo_posts(
    connection: Connection, workspace: int, import_id: int, sightings: Sightings
) -> Restored:
    """Take an import's snapshots back; posts that nobody else saw go."""
    owners = {
        post: account
        for (measure, account, _), first, until in sightings.of(import_id)
        if measure == POSTS
        for post in range(first, until)
    }
    gone: list[int] = []
    known: dict[int, View] = {}
    for post, views in snapshots(connection, workspace, owners).items():
        before = [Entry(view, source) for source, view in views]
        at = place_of(before, import_id)
        if at is None:
            continue
        seen_as = (POSTS, owners[post], 0)
        heir = sightings.next_after(seen_as, post, import_id, following(before, at))
        after = without(before, at, heir)
        mend_snapshots(connection, workspace, post, before, after)
        if not after:
            gone.append(post)
            continue
        now = fold(it.value for it in after)
        if now != fold(it.value for it in before):
            known[post] = now
    renew_posts(connection, workspace, zone_of(connection, workspace), known)
    forget_posts(connection, workspace, gone)
    mend_gaps(connection, workspace, {owners[post] for post in [*gone, *known]})
    return Restored(len(gone), len(known))


def mend_snapshots(
    connection: Connection,
    workspace: int,
    post: int,
    before: list[Entry[View]],
    after: list[Entry[View]],
) -> None:
    """Take away the snapshots that are no more; hand one over to the import that inherits it."""
    left = {it.import_id for it in after}
    gone = [it.import_id for it in before if it.import_id not in left]
    heirs = left - {it.import_id for it in before}
    its_own = (SNAPSHOT.c.workspace == workspace) & (SNAPSHOT.c.post == post)
    for heir in heirs:
        moved = {"import_id": heir, "observed": moment_of(connection, workspace, heir)}
        connection.execute(
            update(SNAPSHOT).where(its_own, SNAPSHOT.c.import_id == gone[0]).values(moved)
        )
        gone = gone[1:]
    connection.execute(delete(SNAPSHOT).where(its_own, SNAPSHOT.c.import_id.in_(gone)))


def moment_of(connection: Connection, workspace: int, import_id: int) -> datetime:
    statement = select(IMPORT.c.at).where(IMPORT.c.workspace == workspace, IMPORT.c.id == import_id)
    moment: datetime = connection.execute(statement).scalar_one()
    return moment


def forget_posts(connection: Connection, workspace: int, posts: list[int]) -> None:
    forget_tags(connection, workspace, posts)
    for some in portions(sorted(posts)):
        theirs = SNAPSHOT.c.workspace == workspace, SNAPSHOT.c.post.in_(some)
        connection.execute(delete(SNAPSHOT).where(*theirs))
    # One by one: with a list of ids SQLite would rather go through all posts of the workspace.
    rows = [(workspace, post) for post in posts]
    run(connection, "DELETE FROM post WHERE workspace = ? AND id = ?", rows)
