"""The house: installations, admins, history of settings, notes on dates, matched columns, copies.

Revision: 0005, after 0004. A migration is frozen: it does not read ``storage.house_tables``,
which goes on changing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "installation",
    "oauth_state",
    "departure",
    "admin",
    "setting_change",
    "date_note",
    "column_match",
    "erasure",
    "backup_run",
)


def upgrade() -> None:
    make_doors()
    make_choices()
    make_care()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_doors() -> None:
    op.create_table(
        "installation",
        sa.Column("workspace", sa.Integer(), primary_key=True, autoincrement=False),
        word("team"),
        word("enterprise"),
        text("sealed"),
        word("by"),
        big("at"),
        big("expires", nullable=True),
        sa.UniqueConstraint("team"),
    )
    op.create_table(
        "oauth_state",
        sa.Column("digest", sa.String(), primary_key=True),
        big("expires"),
    )
    op.create_table(
        "departure",
        sa.Column("workspace", sa.Integer(), primary_key=True, autoincrement=False),
        big("at"),
        big("erase"),
    )
    op.create_table(
        "admin",
        sa.Column("workspace", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person", sa.String(), primary_key=True),
        word("by"),
        big("at"),
        sqlite_with_rowid=False,
    )


def make_choices() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("channel"),
        word("key"),
        text("before"),
        text("after"),
        word("by"),
        big("at"),
        word("source"),
    )
    op.create_index("setting_change_by_time", "setting_change", ["workspace", "at"])
    op.create_index(
        "setting_change_by_channel", "setting_change", ["workspace", "channel", "key", "at"]
    )
    op.create_table(
        "date_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("first"),
        number("until"),
        text("words"),
        word("by"),
        big("at"),
        number("version"),
        big("removed", nullable=True),
    )
    op.create_index("date_note_by_day", "date_note", ["workspace", "first"])
    op.create_table(
        "column_match",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("fingerprint"),
        word("name"),
        text("header"),
        text("mapping"),
        word("by"),
        big("at"),
        number("version"),
        big("used", nullable=True),
        sa.UniqueConstraint("workspace", "fingerprint"),
    )


def make_care() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("what"),
        word("by"),
        big("at"),
        big("done", nullable=True),
        big("rows"),
    )
    op.create_index("ix_erasure_workspace", "erasure", ["workspace"])
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), primary_key=True),
        big("at"),
        word("file"),
        big("bytes"),
        word("checksum"),
        text("counts"),
        text("trouble"),
    )


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)
