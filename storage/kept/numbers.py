"""What is kept in the tables of numbers and posts (``storage.tables``)."""

from __future__ import annotations

from storage.kept.shapes import Kept

OPERATOR = "nobody in Slack"

NUMBERS: tuple[Kept, ...] = (
    Kept(
        "workspace",
        "the workspace's name, zone, currency, and who installed Kepi",
        "every answer is in its zone and currency; the installer is the first admin",
        slack=("installer",),
    ),
    Kept("brand", "your brands and the competitors'", is_plain=True),
    Kept("account", "accounts of brands on platforms: handle, name, zone", is_plain=True),
    Kept(
        "import",
        "files that were taken in: name, hash, counts, who sent them",
        "to say where a number is from, and to take it back",
        slack=("by",),
        texts=("file_name",),
    ),
    Kept("fact", "numbers of accounts by day", is_plain=True),
    Kept("window_fact", "different people reached in some days, as counts", is_plain=True),
    Kept("revision", "what a number was before it was corrected", is_plain=True),
    Kept("observed", "which days a file had values for", is_plain=True),
    Kept("rollup", "sums of numbers over accounts", is_plain=True),
    Kept(
        "post",
        "posts of your brands and the competitors': title, address, counters",
        "best posts, content mix, best times",
        texts=("title",),
    ),
    Kept("post_tag", "hashtags of posts", is_plain=True),
    Kept(
        "post_snapshot",
        "a post's counters as one file told them",
        "activity is the difference of two of them",
        texts=("said",),
    ),
    Kept("watched", "which days a source was read for", is_plain=True),
    Kept("calendar", "local days of time zones", is_plain=True),
    Kept("definition_epoch", "days on which a platform began to count otherwise", is_plain=True),
    Kept(
        "seen_event",
        "what Slack delivered: its id, and its words until the work on it is done",
        "so that nothing is lost when the machine stops, and nothing is counted twice",
        "words for seconds, ids for 3 days",
        OPERATOR,
        texts=("key", "body"),
    ),
    Kept(
        "upload",
        "a file that somebody dropped and has not decided on",
        "to import it when they say yes",
        "as long as keep-uploads says",
        "who dropped it",
        gone=("by",),
        texts=("file_name",),
    ),
)
