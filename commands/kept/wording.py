"""Words about what is kept."""

from __future__ import annotations

from collections.abc import Mapping

NOBODY = (
    "Say whom: /kpi forget @person, /kpi forget x/lena_k for a handle, "
    "or /kpi forget customer c-8841 for a shop's id."
)
ADMINS = (
    "Only an admin can have somebody forgotten. What is kept of you, and whom to ask: /kpi privacy"
)
NOTHING = "I keep nothing of {who}. There is nothing to forget."
FORGET = "Forget {who}?"
STAYS = (
    "Ids become a pseudonym and words go. Counts, times and every KPI stay as they are. "
    "Messages in Slack are Slack's; they stay."
)
YOURS = "Digests, goals and alerts of theirs become yours."
NEW = "Whoever writes again afterwards is somebody new to me."
WORKING = "Forgetting them. This can take a minute; I say when it is done."
SO_FAR = "Forgetting them: {rows} of {all} rows so far."
DONE = (
    "Forgotten: {number} row changed. Every count is as it was.",
    "Forgotten: {number} rows changed. Every count is as it was.",
)
NOT_YET_CLEAN = "The last bytes leave the file when nobody reads it any more, within a day."
COPIES = "{number} older copies of the database still hold them. A restore forgets them again."
COPY = "1 older copy of the database still holds them. A restore forgets them again."
COPIES_GONE = "Older copies are deleted; a new one was made."
GONE = "That page is from earlier. Say it again: /kpi forget"
HIMSELF = "I can't forget myself. Remove the app in Slack to end that."

KINDS: Mapping[str, tuple[str, str]] = {
    "issues": ("{number} customer issue", "{number} customer issues"),
    "entries": ("{number} message or reaction", "{number} messages and reactions"),
    "mentions": ("{number} mention", "{number} mentions"),
    "words": ("the words of {number} mention", "the words of {number} mentions"),
    "comments": ("{number} comment", "{number} comments"),
    "reviews": ("{number} review", "{number} reviews"),
    "orders": ("{number} order", "{number} orders"),
    "conversions": ("{number} conversion", "{number} conversions"),
    "visits": ("{number} visit", "{number} visits"),
    "answers": ("{number} survey answer", "{number} survey answers"),
    "files": ("{number} file sent in", "{number} files sent in"),
    "looked-after": ("{number} digest, goal or alert", "{number} digests, goals and alerts"),
    "changes": ("{number} change of settings", "{number} changes of settings"),
    "other": ("{number} other row", "{number} other rows"),
}
