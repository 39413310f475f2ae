"""What is kept in the tables of what Kepi says by itself, and of the house."""

from __future__ import annotations

from storage.kept.numbers import OPERATOR
from storage.kept.records import AS_PEOPLE
from storage.kept.shapes import Kept

OUTGOING: tuple[Kept, ...] = (
    Kept(
        "delivery",
        "messages that Kepi sends by itself: to whom, when, and what they need",
        "each goes out exactly once",
        "400 days",
        "who gets them",
        "what waits for the person is not sent; the rest names a pseudonym",
        slack=("channel",),
        texts=("period", "body", "why"),
        told=("body",),
    ),
    Kept(
        "digest",
        "digests: channel, time, who looks after them",
        owners=("owner",),
        live="removed=",
        slack=("by",),
    ),
    Kept(
        "digest_run",
        "a digest's comment and who wrote or held it",
        slack=("comment_by", "held_by"),
        texts=("comment",),
        told=("comment",),
    ),
    Kept("published", "numbers that a digest told", is_plain=True),
    Kept(
        "step",
        "next steps of digests and who took them",
        owners=("owner",),
        live="state=taken",
        texts=("words", "figures"),
        told=("words",),
    ),
    Kept(
        "goal",
        "goals, why, and who wants them",
        owners=("owner",),
        live="state=open",
        slack=("by",),
        texts=("text", "why"),
    ),
    Kept(
        "alert_rule",
        "when somebody is to be told, and who looks after it",
        owners=("owner",),
        live="removed=",
        slack=("by",),
    ),
    Kept(
        "incident",
        "alerts: what is going on, and who is on it",
        owners=("owner",),
        live="closed=",
        texts=("facts",),
        told=("facts",),
    ),
    Kept(
        "finding",
        "what the audit of your data found, and who accepted it",
        slack=("accepted_by",),
        texts=("words",),
    ),
)

HEARD: tuple[Kept, ...] = (
    Kept(
        "mention",
        "who named a brand, when, how many follow them, where it stands",
        "mentions, sentiment, ambassadors",
        AS_PEOPLE,
        "counts; authors in lists of ambassadors and examples",
        author=("author", "platform"),
        links=("permalink",),
        texts=("external_id",),
    ),
)

HOUSE: tuple[Kept, ...] = (
    Kept(
        "installation",
        "Slack's tokens, sealed with your keys, and who installed Kepi",
        "to speak in your workspace",
        "until Kepi is removed",
        OPERATOR,
        slack=("by",),
    ),
    Kept("oauth_state", "a digest of an installation that is under way, 10 minutes", is_plain=True),
    Kept("departure", "since when Kepi is removed, and when the rest goes", is_plain=True),
    Kept(
        "admin",
        "who was made an admin of Kepi, and by whom",
        "rights",
        seen="members",
        slack=("by",),
        gone=("person",),
    ),
    Kept(
        "setting_change",
        "who changed which setting, alert, goal or digest, when",
        "accountability",
        "as long as keep-history says",
        "members; of a private channel its own, of a private goal its owner",
        slack=("by",),
        texts=("channel", "before", "after"),
        told=("before", "after"),
    ),
    Kept(
        "date_note",
        "notes on dates and who wrote them",
        "they are drawn on charts",
        slack=("by",),
        texts=("words",),
    ),
    Kept(
        "column_match",
        "what the columns of your files are, and who said so",
        slack=("by",),
        texts=("name",),
    ),
    Kept(
        "erasure",
        "that somebody was forgotten, or everybody, when and by whom; not who",
        "accountability",
        seen="admins",
        slack=("by",),
    ),
    Kept("backup_run", "copies of the database: file, checksum, counts", is_plain=True),
)
