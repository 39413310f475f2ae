"""Customer issues: the ledger, what is folded from it, and what channels decided.

Revision: 0002, after 0001. A migration is frozen: it does not read ``storage.issue_tables``,
which goes on changing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "ledger",
    "desk",
    "moved_channel",
    "desk_rules",
    "relay_rule",
    "issue",
    "numbering",
    "routed",
    "wait",
    "spell",
    "target",
    "policy",
    "working_hours",
    "closed_date",
    "notice",
    "excerpt",
    "told",
    "choice",
    "rating",
)


def upgrade() -> None:
    make_ledger()
    make_desks()
    make_issues()
    make_clocks()
    make_hours()
    make_notices()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("key"),
        word("kind"),
        word("channel"),
        big("at"),
        word("ts"),
        word("root"),
        word("actor"),
        word("role"),
        word("name"),
        big("low", nullable=True),
        flag("late"),
        text("details"),
        big("recorded"),
        sa.UniqueConstraint("workspace", "key"),
    )
    op.create_index("ledger_by_channel", "ledger", ["workspace", "channel", "id"])
    op.create_index("ledger_by_root", "ledger", ["workspace", "channel", "root"])
    op.create_index("ledger_by_time", "ledger", ["workspace", "channel", "at"])
    op.create_index("ledger_by_ts", "ledger", ["workspace", "channel", "ts"])


def make_desks() -> None:
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("channel"),
        word("name"),
        big("folded"),
        word("high_water"),
        big("alive", nullable=True),
        big("gone", nullable=True),
        flag("catching_up"),
        sa.UniqueConstraint("workspace", "channel"),
    )
    op.create_table(
        "moved_channel",
        key("workspace"),
        key("old", sa.String()),
        word("channel"),
        big("at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "desk_rules",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("channel"),
        big("since"),
        word("by"),
        text("rules"),
        sa.UniqueConstraint("workspace", "channel", "since"),
    )
    op.create_table(
        "relay_rule",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace", index=True),
        word("channel"),
        word("app"),
        text("rule"),
        word("by"),
        big("at"),
        big("removed", nullable=True),
    )


def make_issues() -> None:
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("number"),
        word("channel"),
        word("root"),
        number("episode"),
        word("opening"),
        word("state"),
        big("opened"),
        big("tracked"),
        word("via"),
        word("customer"),
        word("reporter"),
        word("platform"),
        word("handle"),
        word("brand"),
        word("url"),
        word("source"),
        word("priority"),
        text("title"),
        word("assignee"),
        big("acknowledged", nullable=True),
        word("acknowledged_by"),
        big("acknowledged_low", nullable=True),
        big("responded", nullable=True),
        word("responded_by"),
        word("response_ts"),
        word("response_flags"),
        big("response_low", nullable=True),
        big("last_response", nullable=True),
        big("waiting_since", nullable=True),
        big("first_resolved", nullable=True),
        big("first_resolved_low", nullable=True),
        word("first_resolver"),
        word("first_assignee"),
        big("resolved", nullable=True),
        big("resolved_low", nullable=True),
        word("resolver"),
        word("resolved_via"),
        word("reason"),
        number("reopens"),
        big("reopened", nullable=True),
        big("dismissed", nullable=True),
        word("dismiss_reason"),
        number("merged_into", nullable=True),
        number("follow_up_of", nullable=True),
        big("orphaned", nullable=True),
        word("orphan_reason"),
        big("snoozed_until", nullable=True),
        big("asked", nullable=True),
        number("suppressed"),
        number("responses"),
        big("settled", nullable=True),
        big("relay_lag", nullable=True),
        big("ack_seconds", nullable=True),
        big("ack_business", nullable=True),
        big("response_seconds", nullable=True),
        big("response_business", nullable=True),
        big("first_resolution_seconds", nullable=True),
        big("first_resolution_business", nullable=True),
        big("resolution_seconds", nullable=True),
        big("resolution_business", nullable=True),
        big("active_seconds", nullable=True),
        big("active_business", nullable=True),
        big("paused_seconds"),
        big("paused_business"),
        big("wait_seconds"),
        big("wait_business"),
        number("calendar"),
        number("policy", nullable=True),
        word("line_channel"),
        word("line"),
        sa.UniqueConstraint("workspace", "number"),
        sa.UniqueConstraint("workspace", "channel", "root", "episode"),
        sqlite_autoincrement=True,
    )
    op.create_index("issue_by_first_resolved", "issue", ["workspace", "first_resolved"])
    op.create_index("issue_by_opened", "issue", ["workspace", "opened"])
    op.create_index("issue_by_resolved", "issue", ["workspace", "resolved"])
    op.create_index("issue_by_responded", "issue", ["workspace", "responded"])
    op.create_index("issue_by_settled", "issue", ["workspace", "channel", "settled"])
    op.create_index("issue_by_state", "issue", ["workspace", "state"])
    op.create_table(
        "numbering",
        key("workspace"),
        big("last"),
        sqlite_with_rowid=False,
    )


def make_clocks() -> None:
    op.create_table(
        "routed",
        key("workspace"),
        key("channel", sa.String()),
        key("ts", sa.String()),
        word("root"),
        flag("guessed"),
        sqlite_with_rowid=False,
    )
    op.create_index("routed_by_root", "routed", ["workspace", "channel", "root"])
    op.create_table(
        "wait",
        key("workspace"),
        key("issue"),
        key("position"),
        big("started"),
        big("ended", nullable=True),
        word("closed_by"),
        flag("is_next"),
        word("by"),
        word("flags"),
        big("seconds", nullable=True),
        big("business", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("wait_by_end", "wait", ["workspace", "ended"])
    op.create_table(
        "spell",
        key("workspace"),
        key("issue"),
        key("position"),
        big("started"),
        word("how"),
        big("ended", nullable=True),
        word("ended_by"),
        word("by"),
        word("via"),
        word("reason"),
        word("assignee"),
        big("low", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("spell_by_end", "spell", ["workspace", "ended"])
    op.create_index("spell_by_start", "spell", ["workspace", "started"])
    op.create_table(
        "target",
        key("workspace"),
        key("issue"),
        key("kind", sa.String()),
        key("position"),
        word("clock"),
        big("length"),
        big("started"),
        big("due", nullable=True),
        big("warn", nullable=True),
        word("state"),
        big("decided", nullable=True),
        big("fulfilled", nullable=True),
        big("overrun", nullable=True),
        flag("on_change"),
        sqlite_with_rowid=False,
    )
    op.create_index("target_by_decided", "target", ["workspace", "decided"])
    op.create_index("target_by_due", "target", ["workspace", "state", "due"])


def make_hours() -> None:
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace", index=True),
        word("name"),
        big("since"),
        big("until", nullable=True),
        text("policy"),
        word("by"),
    )
    op.create_table(
        "working_hours",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace", index=True),
        number("calendar"),
        number("since"),
        word("zone"),
        text("week"),
        word("by"),
        big("at"),
    )
    op.create_table(
        "closed_date",
        key("workspace"),
        key("calendar"),
        key("day"),
        word("name"),
        text("windows"),
        word("source"),
        sqlite_with_rowid=False,
    )


def make_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("key"),
        number("issue", nullable=True),
        word("kind"),
        word("channel"),
        big("due"),
        word("state"),
        text("details"),
        sa.UniqueConstraint("workspace", "key"),
    )
    op.create_index("notice_by_issue", "notice", ["workspace", "issue"])
    op.create_index("notice_by_state", "notice", ["workspace", "state", "due"])
    op.create_table(
        "excerpt",
        key("workspace"),
        key("channel", sa.String()),
        key("ts", sa.String()),
        text("text"),
        big("at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "told",
        key("workspace"),
        key("key", sa.String()),
        big("at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "choice",
        key("workspace"),
        key("key", sa.String()),
        text("value"),
        word("by"),
        big("at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("issue"),
        word("customer"),
        big("asked", nullable=True),
        number("score", nullable=True),
        big("at", nullable=True),
        word("source"),
        flag("invalid"),
        sa.UniqueConstraint("workspace", "issue"),
    )
    op.create_index("rating_by_at", "rating", ["workspace", "at"])


def key(name: str, kind: sa.types.TypeEngine[Any] | None = None) -> sa.Column[Any]:
    """Return a column of a natural key."""
    return sa.Column(name, kind or sa.Integer(), primary_key=True, autoincrement=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, index=index)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)
