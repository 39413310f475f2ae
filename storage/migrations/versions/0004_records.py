"""Records: web, ads, sales, reviews, surveys, audience; what people declare; ingest.

Revision: 0004, after 0003. A migration is frozen: it does not read ``storage.record_tables``,
which goes on changing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "web_visits",
    "ad_spend",
    "touch",
    "conversion",
    "touch_path",
    "credit",
    "customer_order",
    "review",
    "survey_answer",
    "audience_segment",
    "post_comment",
    "post_mark",
    "revised_record",
    "benchmark",
    "rate_card",
    "declared_value",
    "custom_kpi",
    "custom_value",
    "experiment",
    "mention_text",
    "mention_label",
    "ingest_token",
    "ingest_seen",
)


def upgrade() -> None:
    make_records()
    make_declared()
    make_voice()
    make_ingest()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_records() -> None:
    op.create_table(
        "web_visits",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("property"),
        number("start"),
        number("end"),
        word("channel_group"),
        word("platform"),
        word("source"),
        word("medium"),
        word("campaign"),
        word("keyword"),
        flag("social"),
        flag("tagged"),
        big("sessions"),
        big("bounced", nullable=True),
        word("bounce_kind"),
        big("converting", nullable=True),
        big("key_events", nullable=True),
        big("page_views", nullable=True),
        big("revenue", nullable=True),
        word("currency"),
        number("import_id"),
        sa.UniqueConstraint(
            "workspace",
            "property",
            "start",
            "end",
            "channel_group",
            "platform",
            "source",
            "medium",
            "campaign",
            "keyword",
        ),
    )
    op.create_index("web_visits_by_day", "web_visits", ["workspace", "start"])
    op.create_table(
        "ad_spend",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("platform"),
        word("account"),
        number("start"),
        number("end"),
        word("campaign"),
        word("ad"),
        word("variant"),
        word("currency"),
        big("spend"),
        big("impressions", nullable=True),
        big("clicks", nullable=True),
        big("conversions", nullable=True),
        big("value", nullable=True),
        number("import_id"),
        sa.UniqueConstraint(
            "workspace", "platform", "account", "start", "end", "campaign", "ad", "currency"
        ),
    )
    op.create_index("ad_spend_by_day", "ad_spend", ["workspace", "start"])
    op.create_table(
        "touch",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("external_id"),
        word("customer"),
        big("at"),
        word("platform"),
        word("source"),
        word("campaign"),
        flag("paid", nullable=True),
        word("session"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "external_id"),
    )
    op.create_index("touch_by_customer", "touch", ["workspace", "customer", "at"])
    op.create_table(
        "conversion",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("external_id"),
        big("at"),
        word("type"),
        word("customer"),
        word("session"),
        word("platform"),
        word("source"),
        word("campaign"),
        flag("direct", nullable=True),
        flag("referral"),
        big("value", nullable=True),
        word("currency"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "external_id"),
    )
    op.create_index("conversion_by_customer", "conversion", ["workspace", "customer", "at"])
    op.create_index("conversion_by_time", "conversion", ["workspace", "at"])
    op.create_table(
        "touch_path",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("name"),
        number("start"),
        number("end"),
        word("type"),
        text("path"),
        big("conversions"),
        big("value"),
        word("currency"),
        big("others"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "name", "start", "end", "type", "path"),
    )
    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("model"),
        number("start"),
        number("end"),
        word("platform"),
        word("campaign"),
        word("paid"),
        word("type"),
        word("currency"),
        word("collection"),
        big("credit"),
        big("value"),
        big("direct"),
        sa.UniqueConstraint(
            "workspace",
            "model",
            "start",
            "end",
            "platform",
            "campaign",
            "paid",
            "type",
            "currency",
            "collection",
        ),
    )
    op.create_index("credit_by_day", "credit", ["workspace", "model", "start"])
    op.create_table(
        "customer_order",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("external_id"),
        big("at"),
        word("customer"),
        word("platform"),
        word("source"),
        word("campaign"),
        big("value"),
        word("currency"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "external_id"),
    )
    op.create_index("order_by_time", "customer_order", ["workspace", "at"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("source"),
        word("external_id"),
        big("at"),
        number("brand"),
        real("stars"),
        number("most"),
        word("author"),
        text("permalink"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "source", "external_id"),
    )
    op.create_index("review_by_time", "review", ["workspace", "at"])
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("survey"),
        word("kind"),
        word("external_id"),
        big("at"),
        real("score"),
        number("lowest"),
        number("highest"),
        word("agent"),
        word("platform"),
        word("respondent"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "survey", "external_id"),
    )
    op.create_index("survey_answer_by_time", "survey_answer", ["workspace", "at"])
    op.create_table(
        "audience_segment",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("account"),
        word("platform"),
        word("measure"),
        word("dimension"),
        word("segment"),
        number("start"),
        number("end"),
        big("people"),
        number("import_id"),
        sa.UniqueConstraint(
            "workspace", "account", "measure", "dimension", "segment", "start", "end"
        ),
    )
    op.create_table(
        "post_comment",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("platform"),
        word("external_id"),
        word("post"),
        big("at"),
        word("author"),
        flag("own"),
        number("characters"),
        number("words"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "platform", "external_id"),
    )
    op.create_index("post_comment_by_time", "post_comment", ["workspace", "at"])
    op.create_table(
        "post_mark",
        key("workspace"),
        key("kind", sa.String()),
        key("word", sa.String()),
        key("post"),
        sqlite_with_rowid=False,
    )
    op.create_index("post_mark_by_post", "post_mark", ["post"])
    op.create_table(
        "revised_record",
        key("workspace"),
        key("replaced_by"),
        key("kind", sa.String()),
        key("record"),
        number("import_id"),
        text("said"),
        sqlite_with_rowid=False,
    )


def make_declared() -> None:
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("kpi"),
        word("denominator"),
        word("statistic"),
        word("platform"),
        word("industry"),
        number("year"),
        word("source"),
        real("value"),
        word("by"),
        big("at"),
        number("import_id"),
        sa.UniqueConstraint(
            "workspace", "kpi", "denominator", "statistic", "platform", "industry", "year", "source"
        ),
    )
    op.create_table(
        "rate_card",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("kind"),
        word("what"),
        word("currency"),
        big("price"),
        number("since"),
        word("source"),
        word("by"),
        big("at"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "kind", "what", "currency", "since"),
    )
    op.create_table(
        "declared_value",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("kind"),
        word("name"),
        real("value"),
        word("currency"),
        number("start"),
        number("end", nullable=True),
        word("owner"),
        text("method"),
        word("by"),
        big("at"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "kind", "name", "start"),
    )
    op.create_table(
        "custom_kpi",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("key"),
        word("title"),
        word("unit"),
        word("better"),
        word("kind"),
        text("formula"),
        text("meaning"),
        word("aim"),
        word("owner"),
        big("made"),
        big("removed", nullable=True),
        sa.UniqueConstraint("workspace", "key"),
    )
    op.create_table(
        "custom_value",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("kpi"),
        number("day"),
        real("value"),
        word("note"),
        word("by"),
        big("at"),
        number("import_id"),
        sa.UniqueConstraint("workspace", "kpi", "day", "note"),
    )
    op.create_table(
        "experiment",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("name"),
        word("measure"),
        text("variants"),
        number("start"),
        number("end", nullable=True),
        text("hypothesis"),
        word("owner"),
        big("made"),
        big("ended", nullable=True),
        sa.UniqueConstraint("workspace", "name"),
    )


def make_voice() -> None:
    op.create_table(
        "mention_text",
        key("workspace"),
        key("mention"),
        text("words"),
        word("language"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention_label",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("mention"),
        word("label"),
        real("sure", nullable=True),
        word("backend"),
        word("version"),
        word("by"),
        big("at"),
    )
    op.create_index("mention_label_by_mention", "mention_label", ["workspace", "mention"])


def make_ingest() -> None:
    op.create_table(
        "ingest_token",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        word("name"),
        word("digest"),
        word("kinds"),
        big("made"),
        big("used", nullable=True),
        big("revoked", nullable=True),
        sa.UniqueConstraint("workspace", "name"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "ingest_seen",
        sa.Column("id", sa.Integer(), primary_key=True),
        number("workspace"),
        number("token"),
        word("idempotency_key"),
        word("body_hash"),
        number("status"),
        text("answer"),
        big("at"),
        sa.UniqueConstraint("workspace", "token", "idempotency_key"),
    )


def key(name: str, kind: sa.types.TypeEngine[Any] | None = None) -> sa.Column[Any]:
    """Return a column of a natural key."""
    return sa.Column(name, kind or sa.Integer(), primary_key=True, autoincrement=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def real(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=nullable)


def flag(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)
