"""What stands under *More*: every setting of support-spec §11.1, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from commands import forms
from commands.blocks import Block
from support.rules import DAY, HOUR, MINUTE, Rules

if TYPE_CHECKING:
    from commands.support.draft import Draft


class Pick(NamedTuple):
    """A setting that is one of a few values."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def minutes(*values: int) -> tuple[tuple[str, str], ...]:
    words = {0: "never"}
    return tuple((str(it * MINUTE), words.get(it) or f"{it} minutes") for it in values)


def hours(*values: int) -> tuple[tuple[str, str], ...]:
    return tuple((str(it * HOUR), f"{it} hours" if it > 1 else "1 hour") for it in values)


def days(*values: int) -> tuple[tuple[str, str], ...]:
    words = {0: "never", 1: "1 day"}
    return tuple((str(it * DAY), words.get(it) or f"{it} days") for it in values)


PICKS: tuple[Pick, ...] = (
    Pick(
        "mode",
        "What opens an issue",
        (
            ("auto", "Every message of a customer"),
            ("relay", "Posts that an app brings"),
            ("manual", "Only what somebody tracks"),
            ("off", "Nothing"),
        ),
    ),
    Pick(
        "others_are",
        "Everybody who is not named is",
        (
            ("customer", "a customer"),
            ("responder", "one who answers"),
            ("bystander", "neither"),
        ),
    ),
    Pick(
        "measure_from",
        "The clock starts when it was",
        (("slack", "posted in Slack"), ("source", "written on the network")),
    ),
    Pick(
        "resolve_on",
        "✅ solves",
        (("any", "on any message of the thread"), ("root", "on its first message")),
    ),
    Pick(
        "infer_channel_replies",
        "Answers outside the thread",
        (
            ("off", "never count"),
            ("mention", "count if they name the customer or link to the message"),
            ("adjacent", "also count if just one issue waits"),
        ),
    ),
    Pick(
        "lines",
        "“Solved by …” is said",
        (("thread", "in the thread"), ("private", "to the one who solved it"), ("none", "nowhere")),
    ),
    Pick("undo_window", "Undo for", minutes(5, 10, 15, 30)),
    Pick("reopen_window", "A new message reopens for", days(1, 3, 7, 14, 30)),
    Pick("delete_grace", "A deleted answer is no answer for", hours(1, 24, 72)),
    Pick("group_window", "Messages of one customer are one issue for", minutes(0, 2, 5, 10, 30)),
    Pick(
        "relay_group_window",
        "Posts of one customer are one issue for",
        minutes(0, 5, 10, 30, 60),
    ),
    Pick("auto_close", "No answer from the customer closes after", days(0, 3, 7, 14)),
    Pick("nudge", "Reminder that the customer is silent after", days(1, 2, 3, 5)),
)
NUMBERS = frozenset(
    {"undo_window", "reopen_window", "delete_grace", "group_window", "relay_group_window"}
    | {"auto_close", "nudge"}
)
SWITCHES: tuple[tuple[str, str], ...] = (
    ("customer_may_resolve", "The customer may solve with ✅"),
    ("customers_may_open", "Customers may open with 🎫"),
    ("outside_may_close", "Another company's people may close, too"),
    ("ack_counts_as_response", "👀 counts as the first answer"),
    ("auto_assign_first_responder", "Who answers first has it"),
    ("auto_wait_on_response", "After an answer we wait for the customer"),
    ("add_ticket", "Kepi adds 🎫 to the first message"),
)
LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("sv", "Svenska"),
    ("zh", "中文"),
)
MARKS: tuple[tuple[str, str], ...] = (
    ("resolve", "Emoji for solved"),
    ("acknowledge", "Emoji for looking at it"),
    ("claim", "Emoji for mine"),
    ("wait", "Emoji for waiting on the customer"),
    ("open", "Emoji for track this"),
    ("dismiss", "Emoji for not an issue"),
    ("note", "Emoji for internal note"),
    ("sent", "Emoji for sent in the social tool"),
)
PROMISES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "next_response",
        "Next answers within (open hours)",
        (("0", "no promise"), *minutes(30), *hours(1, 2, 4, 8, 24)),
    ),
    (
        "resolution",
        "Solved within (open hours)",
        (("0", "no promise"), *hours(4, 8, 16, 24, 40)),
    ),
)


def more_fields(rules: Rules, draft: Draft, edition: int) -> list[Block]:
    """Return the fields under *More*."""
    promised = {"next_response": draft.next_response, "resolution": draft.resolution}
    blocks = [
        forms.choice(label, name, options, str(promised[name]), edition)
        for name, label, options in PROMISES
    ]
    blocks += [
        forms.choice(it.label, it.name, it.options, str(getattr(rules, it.name)), edition)
        for it in PICKS
    ]
    on = [name for name, _ in SWITCHES if getattr(rules, name)]
    blocks.append(forms.ticks("Also", "switches", SWITCHES, on, edition))
    blocks.append(
        forms.ticks("Thanks and hello in", "languages", LANGUAGES, rules.languages, edition)
    )
    blocks += [
        forms.line(label, f"mark_{name}", say_marks(getattr(rules.marks, name)), edition)
        for name, label in MARKS
    ]
    blocks.append(
        forms.line(
            "An internal note begins with",
            "note_prefixes",
            " ".join(rules.note_prefixes),
            edition,
        )
    )
    blocks.append(forms.people("Always customers", "customers", rules.customers, edition))
    blocks.append(forms.people("Never count", "ignored", rules.ignored, edition))
    blocks.append(
        forms.conversation(
            "The team's warnings go to", "alerts_channel", rules.alerts_channel, edition
        )
    )
    return blocks


def say_marks(marks: frozenset[str]) -> str:
    return " ".join(f":{it}:" for it in sorted(marks))
