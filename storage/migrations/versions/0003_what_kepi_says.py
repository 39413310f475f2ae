"""What Kepi says by itself: the outbox, digests, goals, alerts, findings; and mentions.

Revision: 0003, after 0002. A migration is frozen: it does not read ``storage.outgoing_tables``,
which goes on changing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "delivery",
    "digest",
    "digest_run",
    "published",
    "step",
    "goal",
    "alert_rule",
    "incident",
    "finding",
    "mention",
)


def upgrade() -> None:
    make_outbox()
    make_digests()
    make_goals()
    make_alerts()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_outbox() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("channel"),
        word("kind"),
        word("period"),
        big("due"),
        big("expires", nullable=True),
        word("state"),
        big("wake"),
        number("tries"),
        word("holder"),
        number("beat"),
        number("parent", nullable=True),
        text("body"),
        word("why"),
        flag("late"),
        flag("bare"),
        word("posted_in"),
        word("ts"),
        big("sent", nullable=True),
        big("made"),
        sa.UniqueConstraint("workspace", "channel", "kind", "period"),
    )
    op.create_index("delivery_by_state", "delivery", ["workspace", "state", "wake"])
    op.create_index("delivery_by_parent", "delivery", ["workspace", "parent"])


def make_digests() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("channel"),
        word("cadence"),
        word("zone"),
        number("weekday"),
        number("day"),
        number("hour"),
        number("minute"),
        word("language"),
        text("kpis"),
        text("scope"),
        text("parts"),
        word("owner"),
        word("by"),
        big("made"),
        big("since"),
        big("paused", nullable=True),
        big("removed", nullable=True),
        word("company"),
        number("version"),
        sa.UniqueConstraint("workspace", "channel", "cadence"),
    )
    op.create_table(
        "digest_run",
        key("workspace"),
        key("digest"),
        key("period", sa.String()),
        text("comment"),
        word("comment_by"),
        word("held_by"),
        big("held", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("digest"),
        word("period"),
        word("name"),
        text("asks"),
        real("value"),
        word("shown"),
        number("start"),
        number("end"),
        big("as_of"),
        big("restated", nullable=True),
    )
    op.create_index("published_by_digest", "published", ["workspace", "digest", "end"])
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("digest"),
        word("period"),
        word("rule"),
        word("subject"),
        text("words"),
        text("figures"),
        text("asks"),
        word("state"),
        word("owner"),
        big("at"),
        big("taken", nullable=True),
        number("due", nullable=True),
        sa.UniqueConstraint("workspace", "digest", "period", "rule", "subject"),
    )


def make_goals() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace", index=True),
        text("text"),
        word("kpi"),
        text("scope"),
        word("variant"),
        word("shape"),
        word("better"),
        real("target"),
        real("baseline", nullable=True),
        number("start"),
        number("end"),
        word("every"),
        word("aim"),
        text("why"),
        word("owner"),
        word("channel"),
        word("by"),
        big("made"),
        word("state"),
        word("pace"),
        big("decided", nullable=True),
    )


def make_alerts() -> None:
    op.create_table(
        "alert_rule",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace", index=True),
        word("channel"),
        word("kind"),
        word("name"),
        word("kpi"),
        text("scope"),
        text("settings"),
        word("owner"),
        word("by"),
        big("made"),
        big("paused", nullable=True),
        big("muted", nullable=True),
        big("removed", nullable=True),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("rule", nullable=True),
        word("kind"),
        word("thing"),
        optional_word("opening"),
        word("channel"),
        flag("good"),
        big("began"),
        big("found"),
        big("closed", nullable=True),
        big("calm", nullable=True),
        big("cool", nullable=True),
        text("facts"),
        word("owner"),
        big("snoozed", nullable=True),
        big("edited", nullable=True),
        word("shown"),
        sa.UniqueConstraint("workspace", "opening"),
    )
    op.create_index("incident_by_thing", "incident", ["workspace", "thing", "closed"])
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("key"),
        word("check"),
        number("account", nullable=True),
        word("measure"),
        number("start", nullable=True),
        number("end", nullable=True),
        text("words"),
        text("advice"),
        flag("holds"),
        big("found"),
        big("seen"),
        big("fixed", nullable=True),
        big("accepted", nullable=True),
        word("accepted_by"),
        sa.UniqueConstraint("workspace", "key"),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("brand"),
        word("platform"),
        word("external_id"),
        big("at"),
        word("author"),
        number("followers", nullable=True),
        optional_flag("tagged"),
        word("sentiment"),
        word("topic"),
        text("permalink"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "platform", "external_id"),
    )
    op.create_index("mention_by_time", "mention", ["workspace", "brand", "at"])


def key(name: str, kind: sa.types.TypeEngine[Any] | None = None) -> sa.Column[Any]:
    """Return a column of a natural key."""
    return sa.Column(name, kind or sa.Integer(), primary_key=True, autoincrement=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def optional_word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=True)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, index=index)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def real(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=nullable)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def optional_flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=True)
