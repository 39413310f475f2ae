"""Posts, merged: an import's differing view is a snapshot, a post the fold of its snapshots."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from storage.bulk import fetch, insert, portions, rewrite
from storage.local_time import mend_gaps
from storage.measures import COUNTERS
from storage.record_tables import PostMark
from storage.stretches import Counts
from storage.tables import Post, PostSnapshot, PostTag, instant_number, table_of
from storage.views import COLUMNS, View, fold, post_columns, read_said, write_said

POST, SNAPSHOT, TAG = table_of(Post), table_of(PostSnapshot), table_of(PostTag)
MARK = table_of(PostMark)
SNAPSHOT_COLUMNS = ("workspace", "post", "import_id", "observed", "supplied", "said", *COUNTERS)

Key = tuple[int, str]
"""Account, and the platform's id of the post."""


class Merged(NamedTuple):
    """A post that is held, beside what an import says of it."""

    account: int
    post: int
    seen: View
    known: View
    """What is known with it."""


class PostChanges(NamedTuple):
    """The rows of an import beside the posts that are held."""

    new: list[tuple[Key, View]]
    changed: list[Merged]
    quiet: list[Merged]
    """Of these it said less than is known: a snapshot, but nothing changes."""
    same: list[Merged]
    """These repeat the newest snapshot."""

    @property
    def counts(self) -> Counts:
        return Counts(len(self.new), len(self.changed), len(self.same) + len(self.quiet))


def compare_posts(connection: Connection, workspace: int, rows: Mapping[Key, View]) -> PostChanges:
    """Tell new, changed and equal posts apart."""
    changes = PostChanges([], [], [], [])
    held = held_posts(connection, workspace, rows)
    views = snapshots(connection, workspace, held.values())
    for key, seen in rows.items():
        if key not in held:
            changes.new.append((key, seen))
            continue
        older = [view for _, view in views[held[key]]]
        before = fold(older)
        it = Merged(key[0], held[key], seen, before.then(seen))
        if it.known != before:
            changes.changed.append(it)
        elif seen != older[-1]:
            changes.quiet.append(it)
        else:
            changes.same.append(it)
    return changes


def held_posts(connection: Connection, workspace: int, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the ids of the posts that are held."""
    wanted: dict[int, list[str]] = {}
    for account, name in keys:
        wanted.setdefault(account, []).append(name)
    found: dict[Key, int] = {}
    for account, names in wanted.items():
        for some in portions(names):
            statement = select(POST.c.external_id, POST.c.id).where(
                POST.c.workspace == workspace,
                POST.c.account == account,
                POST.c.external_id.in_(some),
            )
            found |= {(account, name): post for name, post in connection.execute(statement)}
    return found


def snapshots(
    connection: Connection, workspace: int, posts: Iterable[int]
) -> dict[int, list[tuple[int, View]]]:
    """Return each post's views with their imports, oldest first."""
    found: dict[int, list[tuple[int, View]]] = {}
    names = ("post", "import_id", "supplied", "said", *COUNTERS)
    for some in portions(sorted(posts)):
        statement = (
            select(*(SNAPSHOT.c[name] for name in names))
            .where(SNAPSHOT.c.workspace == workspace, SNAPSHOT.c.post.in_(some))
            .order_by(SNAPSHOT.c.post, SNAPSHOT.c.import_id)
        )
        for post, import_id, supplied, said, *counters in connection.execute(statement):
            seen = View(tuple(counters), supplied, read_said(said))
            found.setdefault(post, []).append((import_id, seen))
    return found


def write_posts(
    connection: Connection,
    workspace: int,
    zone: str,
    changes: PostChanges,
    import_id: int,
    at: datetime,
) -> list[tuple[int, int]]:
    """Write what changed; return account and post of every row of the import."""
    made = insert_posts(connection, workspace, zone, changes.new)
    told = [*made, *changes.changed, *changes.quiet]
    keep_snapshots(connection, workspace, told, import_id, at)
    renew_posts(connection, workspace, zone, {it.post: it.known for it in changes.changed})
    mend_gaps(connection, workspace, (it.account for it in [*made, *changes.changed]))
    return [(it.account, it.post) for it in [*told, *changes.same]]


def insert_posts(
    connection: Connection, workspace: int, zone: str, new: Sequence[tuple[Key, View]]
) -> list[Merged]:
    """Insert posts in the order of publishing, with their hashtags and marks."""
    platforms: dict[int, str] = dict(
        fetch(connection, "SELECT id, platform FROM account WHERE workspace = ?", (workspace,))
    )
    ordered = sorted(new, key=lambda it: (it[1].said["published"], it[0]))
    place = ZoneInfo(zone)
    insert(
        connection,
        "post",
        ("workspace", "account", "platform", "external_id", *COLUMNS),
        [
            (workspace, account, platforms[account], name, *post_columns(seen, place))
            for (account, name), seen in ordered
        ],
    )
    ids = held_posts(connection, workspace, (key for key, _ in ordered))
    made = [Merged(key[0], ids[key], seen, seen) for key, seen in ordered]
    write_tags(connection, workspace, {it.post: it.seen for it in made})
    return made


def renew_posts(
    connection: Connection, workspace: int, zone: str, known: Mapping[int, View]
) -> None:
    """Set posts that exist, their hashtags and marks, to what is known now."""
    place = ZoneInfo(zone)
    rows = [(*post_columns(seen, place), post) for post, seen in sorted(known.items())]
    rewrite(connection, workspace, "post", COLUMNS, rows)
    forget_tags(connection, workspace, known)
    write_tags(connection, workspace, known)


def forget_tags(connection: Connection, workspace: int, posts: Iterable[int]) -> None:
    """Take hashtags and marks off posts."""
    for some in portions(sorted(posts)):
        for table in (TAG, MARK):
            theirs = table.c.workspace == workspace, table.c.post.in_(some)
            connection.execute(delete(table).where(*theirs))


def write_tags(connection: Connection, workspace: int, known: Mapping[int, View]) -> None:
    """Put hashtags and marks on posts that have none."""
    tags = [(workspace, tag, post) for post, seen in known.items() for tag in seen.hashtags]
    insert(connection, "post_tag", ("workspace", "tag", "post"), sorted(tags))
    marks = [(workspace, *mark, post) for post, seen in known.items() for mark in seen.marks]
    insert(connection, "post_mark", ("workspace", "kind", "word", "post"), sorted(marks))


def keep_snapshots(
    connection: Connection,
    workspace: int,
    told: Iterable[Merged],
    import_id: int,
    at: datetime,
) -> None:
    observed = instant_number(at)
    rows = [
        (
            workspace,
            it.post,
            import_id,
            observed,
            it.seen.supplied,
            write_said(it.seen),
            *it.seen.counters,
        )
        for it in told
    ]
    insert(connection, "post_snapshot", SNAPSHOT_COLUMNS, sorted(rows, key=lambda row: row[1]))
