"""Words about what is kept."""

from __future__ import annotations

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
DONE_ONE = "Forgotten: {number} row changed. Every count is as it was."
DONE = "Forgotten: {number} rows changed. Every count is as it was."
NOT_YET_CLEAN = "The last bytes leave the file when nobody reads it any more, within a day."
COPIES = "{number} older copies of the database still hold them. A restore forgets them again."
COPY = "1 older copy of the database still holds them. A restore forgets them again."
COPIES_GONE = "Older copies are deleted; a new one was made."
GONE = "That page is from earlier. Say it again: /kpi forget"
HIMSELF = "I can't forget myself. Remove the app in Slack to end that."


def say_kind(kind: str, number: int) -> str:
    """Return “3 mentions” for what ``storage.kept.counts`` counted."""
    from kpis.tongue import say_count

    match kind:
        case "issues":
            return say_count("{number} customer issue", "{number} customer issues", number)
        case "entries":
            return say_count(
                "{number} message or reaction", "{number} messages and reactions", number
            )
        case "mentions":
            return say_count("{number} mention", "{number} mentions", number)
        case "words":
            return say_count(
                "the words of {number} mention", "the words of {number} mentions", number
            )
        case "comments":
            return say_count("{number} comment", "{number} comments", number)
        case "reviews":
            return say_count("{number} review", "{number} reviews", number)
        case "orders":
            return say_count("{number} order", "{number} orders", number)
        case "conversions":
            return say_count("{number} conversion", "{number} conversions", number)
        case "visits":
            return say_count("{number} visit", "{number} visits", number)
        case "answers":
            return say_count("{number} survey answer", "{number} survey answers", number)
        case "files":
            return say_count("{number} file sent in", "{number} files sent in", number)
        case "looked-after":
            return say_count(
                "{number} digest, goal or alert", "{number} digests, goals and alerts", number
            )
        case "changes":
            return say_count("{number} change of settings", "{number} changes of settings", number)
        case _:
            return say_count("{number} other row", "{number} other rows", number)
