"""What is kept in the tables of customer issues (``storage.issue_tables``)."""

from __future__ import annotations

from storage.kept.numbers import OPERATOR
from storage.kept.records import AS_PEOPLE
from storage.kept.shapes import Kept

MEMBERS = "members; figures by person only where an admin turned them on"
NAMES = "as long as keep-issue-names says after it settled; then a pseudonym"

ISSUES: tuple[Kept, ...] = (
    Kept(
        "ledger",
        "who wrote, reacted or pressed when in a tracked channel; decisions about a text, "
        "never the text",
        "the times of every issue are worked out from it",
        NAMES,
        OPERATOR,
        "ids become a pseudonym, the same in every row, so every time comes out as before",
        slack=("actor",),
        texts=("key", "details"),
    ),
    Kept("desk", "tracked channels and how far they were read", is_plain=True),
    Kept("moved_channel", "channels that got a new id", is_plain=True),
    Kept(
        "desk_rules",
        "a channel's set-up: who answers, who are the customers",
        "to know an answer from a question",
        slack=("by",),
        texts=("rules",),
        erased="the person leaves the lists; what was decided about old messages stays decided",
    ),
    Kept(
        "relay_rule",
        "how a program's posts are read",
        slack=("by",),
        texts=("rule",),
    ),
    Kept(
        "issue",
        "customers' issues: times, state, who answered; the customer's handle or Slack id, "
        "the post's address, a title that somebody gave",
        "response and resolution times, who waits",
        NAMES,
        MEMBERS,
        slack=(
            *("reporter", "assignee", "acknowledged_by", "responded_by"),
            *("first_resolver", "first_assignee", "resolver"),
        ),
        keyed=("customer",),
        author=("handle", "platform"),
        links=("url",),
        words=("title",),
    ),
    Kept("numbering", "the last number of an issue", is_plain=True),
    Kept("routed", "which message counts in which thread", is_plain=True),
    Kept("wait", "how long a customer waited, and who answered", seen=MEMBERS, slack=("by",)),
    Kept(
        "spell",
        "how long an issue was open, and who closed it",
        seen=MEMBERS,
        slack=("by", "assignee"),
    ),
    Kept("target", "promises about issues and how they went", is_plain=True),
    Kept("policy", "your targets, and who set them", slack=("by",)),
    Kept("working_hours", "opening hours, and who set them", slack=("by",)),
    Kept("closed_date", "holidays, and who confirmed them", slack=("source",)),
    Kept(
        "notice",
        "warnings that the team must get once",
        "a warning comes once",
        seen="the team's channel",
        slack=("channel",),
        texts=("key", "details"),
        told=("details",),
    ),
    Kept(
        "excerpt",
        "the first words of a message that opened an issue",
        "so that a warning says what it is about",
        "until the issue settles or the message is deleted; keep-excerpts days at most",
        "the team's channel",
        "the words of the person's messages go",
        texts=("text",),
    ),
    Kept(
        "told",
        "which hints somebody got",
        "a hint comes once",
        seen=OPERATOR,
        texts=("key",),
    ),
    Kept(
        "choice",
        "what the workspace chose; the target audience; what a file changed, for its undo",
        seen="members",
        slack=("by",),
        texts=("key",),
    ),
    Kept(
        "rating",
        "a customer's rating of an issue, 1 to 5",
        "CSAT",
        AS_PEOPLE,
        "counts; off until an admin turns it on",
        keyed=("customer",),
    ),
)
