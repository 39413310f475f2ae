"""The first tables.

Revision: 0001, after nothing. A migration is frozen: it does not read ``storage.tables``, which
goes on changing.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

COUNTERS = (
    "impressions",
    "reach",
    "likes",
    "comments",
    "shares",
    "saves",
    "clicks",
    "video_views",
    "profile_visits",
)
TABLES = (
    "workspace",
    "brand",
    "account",
    "import",
    "fact",
    "window_fact",
    "revision",
    "observed",
    "rollup",
    "post",
    "post_tag",
    "post_snapshot",
    "watched",
    "calendar",
    "definition_epoch",
    "seen_event",
    "upload",
)
"""In the order in which they refer to each other."""

BREAKS = (
    ("instagram", "gained", "2021-01-01", "new followers counted as in the app"),
    ("instagram", "impressions", "2025-04-21", "impressions became views"),
    ("youtube", "video_views", "2025-03-31", "Shorts views count every start and replay"),
    ("facebook", "impressions", "2025-11-15", "impressions became views"),
    ("facebook", "followers", "2025-11-15", "fans became follows"),
    ("facebook", "reach", "2026-06-01", "reach became viewers"),
)


def upgrade() -> None:
    make_workspaces()
    make_imports()
    make_facts()
    make_posts()
    make_days()
    make_deliveries()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_workspaces() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("team_id", sa.String(), unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("week_start", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("installer", sa.String()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("workspace", "name"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("brand", sa.Integer(), sa.ForeignKey("brand.id"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("external_id", sa.String()),
        sa.Column("zone", sa.String()),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("workspace", "platform", "handle"),
    )


def make_imports() -> None:
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "workspace", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False, index=True
        ),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer()),
        sa.Column("last_day", sa.Integer()),
        sa.Column("undone", sa.BigInteger()),
    )
    op.create_table(
        "observed",
        key("workspace"),
        key("import_id"),
        key("measure", sa.String()),
        key("account"),
        key("length"),
        key("first"),
        sa.Column("until", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("observed_by_key", "observed", ["workspace", "account", "measure"])


def make_facts() -> None:
    op.create_table(
        "fact",
        key("workspace"),
        key("measure", sa.String()),
        key("platform", sa.String()),
        key("day"),
        key("account"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "window_fact",
        key("workspace"),
        key("measure", sa.String()),
        key("account"),
        key("start"),
        key("end"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revision",
        key("workspace"),
        key("replaced_by"),
        key("measure", sa.String()),
        key("start"),
        key("end"),
        key("account"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup",
        key("workspace"),
        key("measure", sa.String()),
        key("platform", sa.String()),
        key("own", sa.Boolean()),
        key("day"),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )


def make_posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("gap", sa.BigInteger()),
        sa.Column("content_type", sa.String()),
        sa.Column("paid", sa.Boolean()),
        sa.Column("title", sa.String()),
        sa.Column("permalink", sa.String()),
        *counters(),
        sa.Column("engagements", sa.BigInteger()),
        sa.Column("interactions", sa.BigInteger()),
        sa.Column("supplied", sa.Integer(), nullable=False),
        sa.UniqueConstraint("workspace", "account", "external_id"),
    )
    op.create_index("post_by_platform", "post", ["workspace", "platform", "published"])
    op.create_index("post_by_account", "post", ["workspace", "account", "published"])
    op.create_table(
        "post_tag",
        key("workspace"),
        key("tag", sa.String()),
        key("post", sa.Integer(), sa.ForeignKey("post.id")),
        sqlite_with_rowid=False,
    )
    op.create_index("post_tag_by_post", "post_tag", ["post"])
    op.create_table(
        "post_snapshot",
        key("post", sa.Integer(), sa.ForeignKey("post.id")),
        key("import_id"),
        sa.Column("workspace", sa.Integer(), nullable=False),
        sa.Column("observed", sa.BigInteger(), nullable=False),
        sa.Column("supplied", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        *counters(),
    )
    op.create_index("post_snapshot_by_import", "post_snapshot", ["import_id"])


def make_days() -> None:
    op.create_table(
        "watched",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False, index=True),
    )
    op.create_index("watched_by_account", "watched", ["workspace", "source", "account", "start"])
    op.create_table(
        "calendar",
        key("zone", sa.String()),
        key("day"),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    epochs = op.create_table(
        "definition_epoch",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer()),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
    )
    first = date(1970, 1, 1)
    op.bulk_insert(
        epochs,
        [
            {
                "platform": platform,
                "measure": measure,
                "day": (date.fromisoformat(day) - first).days,
                "note": note,
            }
            for platform, measure, day, note in BREAKS
        ],
    )


def make_deliveries() -> None:
    op.create_table(
        "seen_event",
        sa.Column("team", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Integer()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("workspace", "file_id"),
    )


def key(
    name: str, kind: sa.types.TypeEngine[Any] | None = None, *more: sa.ForeignKey
) -> sa.Column[Any]:
    """Return a column of a natural key."""
    return sa.Column(name, kind or sa.Integer(), *more, primary_key=True, autoincrement=False)


def counters() -> list[sa.Column[int]]:
    return [sa.Column(counter, sa.BigInteger()) for counter in COUNTERS]
