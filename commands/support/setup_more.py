"""What stands under *More*: every setting of support-spec §11.1, filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from commands import forms
from commands.blocks import Block
from commands.saying import declare, say, say_count, say_declared
from support.rules import DAY, HOUR, MINUTE, Rules

if TYPE_CHECKING:
    from commands.support.draft import Draft


Options = tuple[tuple[str, str | Callable[[], str]], ...]
"""Values, and their labels: declared, or what says a length."""


class Pick(NamedTuple):
    """A setting that is one of a few values."""

    name: str
    label: str
    options: Options


NEVER = declare("never")


def minutes(*values: int) -> Options:
    return tuple((str(it * MINUTE), partial(say_minutes, it) if it else NEVER) for it in values)


def hours(*values: int) -> Options:
    return tuple((str(it * HOUR), partial(say_hours, it)) for it in values)


def days(*values: int) -> Options:
    return tuple((str(it * DAY), partial(say_days, it) if it else NEVER) for it in values)


def say_minutes(number: int) -> str:
    return say_count("{number} minute", "{number} minutes", number)


def say_hours(number: int) -> str:
    return say_count("{number} hour", "{number} hours", number)


def say_days(number: int) -> str:
    return say_count("{number} day", "{number} days", number)


def spoken(options: Options) -> list[tuple[str, str]]:
    """Return options with their labels in the spoken language."""
    return [
        (value, say_declared(label) if isinstance(label, str) else label())
        for value, label in options
    ]


PICKS: tuple[Pick, ...] = (
    Pick(
        "mode",
        declare("What opens an issue"),
        (
            ("auto", declare("Every message of a customer")),
            ("relay", declare("Posts that an app brings")),
            ("manual", declare("Only what somebody tracks")),
            ("off", declare("Nothing")),
        ),
    ),
    Pick(
        "others_are",
        declare("Everybody who is not named is"),
        (
            ("customer", declare("a customer")),
            ("responder", declare("one who answers")),
            ("bystander", declare("neither")),
        ),
    ),
    Pick(
        "measure_from",
        declare("The clock starts when it was"),
        (("slack", declare("posted in Slack")), ("source", declare("written on the network"))),
    ),
    Pick(
        "resolve_on",
        declare("✅ solves"),
        (
            ("any", declare("on any message of the thread")),
            ("root", declare("on its first message")),
        ),
    ),
    Pick(
        "infer_channel_replies",
        declare("Answers outside the thread"),
        (
            ("off", declare("never count")),
            ("mention", declare("count if they name the customer or link to the message")),
            ("adjacent", declare("also count if just one issue waits")),
        ),
    ),
    Pick(
        "lines",
        declare("“Solved by …” is said"),
        (
            ("thread", declare("in the thread")),
            ("private", declare("to the one who solved it")),
            ("none", declare("nowhere")),
        ),
    ),
    Pick("undo_window", declare("Undo for"), minutes(5, 10, 15, 30)),
    Pick("reopen_window", declare("A new message reopens for"), days(1, 3, 7, 14, 30)),
    Pick("delete_grace", declare("A deleted answer is no answer for"), hours(1, 24, 72)),
    Pick(
        "group_window",
        declare("Messages of one customer are one issue for"),
        minutes(0, 2, 5, 10, 30),
    ),
    Pick(
        "relay_group_window",
        declare("Posts of one customer are one issue for"),
        minutes(0, 5, 10, 30, 60),
    ),
    Pick("auto_close", declare("No answer from the customer closes after"), days(0, 3, 7, 14)),
    Pick("nudge", declare("Reminder that the customer is silent after"), days(1, 2, 3, 5)),
)
NUMBERS = frozenset(
    {"undo_window", "reopen_window", "delete_grace", "group_window", "relay_group_window"}
    | {"auto_close", "nudge"}
)
SWITCHES: tuple[tuple[str, str], ...] = (
    ("customer_may_resolve", declare("The customer may solve with ✅")),
    ("customers_may_open", declare("Customers may open with 🎫")),
    ("outside_may_close", declare("Another company's people may close, too")),
    ("ack_counts_as_response", declare("👀 counts as the first answer")),
    ("auto_assign_first_responder", declare("Who answers first has it")),
    ("auto_wait_on_response", declare("After an answer we wait for the customer")),
    ("add_ticket", declare("Kepi adds 🎫 to the first message")),
)
LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("sv", "Svenska"),
    ("zh", "中文"),
)
MARKS: tuple[tuple[str, str], ...] = (
    ("resolve", declare("Emoji for solved")),
    ("acknowledge", declare("Emoji for looking at it")),
    ("claim", declare("Emoji for mine")),
    ("wait", declare("Emoji for waiting on the customer")),
    ("open", declare("Emoji for track this")),
    ("dismiss", declare("Emoji for not an issue")),
    ("note", declare("Emoji for internal note")),
    ("sent", declare("Emoji for sent in the social tool")),
)
NO_PROMISE = declare("no promise")
PROMISES: tuple[tuple[str, str, Options], ...] = (
    (
        "next_response",
        declare("Next answers within (open hours)"),
        (("0", NO_PROMISE), *minutes(30), *hours(1, 2, 4, 8, 24)),
    ),
    (
        "resolution",
        declare("Solved within (open hours)"),
        (("0", NO_PROMISE), *hours(4, 8, 16, 24, 40)),
    ),
)


THANKS_IN, NOTE_BEGINS = "Thanks and hello in", "An internal note begins with"
ALWAYS_CUSTOMERS, NEVER_COUNT = "Always customers", "Never count"
WARNINGS_TO = "The team's warnings go to"


def more_fields(rules: Rules, draft: Draft, edition: int) -> list[Block]:
    """Return the fields under *More*."""
    promised = {"next_response": draft.next_response, "resolution": draft.resolution}
    blocks = [
        forms.choice(say_declared(label), name, spoken(options), str(promised[name]), edition)
        for name, label, options in PROMISES
    ]
    blocks += [
        forms.choice(
            say_declared(it.label),
            it.name,
            spoken(it.options),
            str(getattr(rules, it.name)),
            edition,
        )
        for it in PICKS
    ]
    on = [name for name, _ in SWITCHES if getattr(rules, name)]
    blocks.append(forms.ticks(say("Also"), "switches", spoken(SWITCHES), on, edition))
    blocks.append(forms.ticks(say(THANKS_IN), "languages", LANGUAGES, rules.languages, edition))
    blocks += [
        forms.line(
            say_declared(label), f"mark_{name}", say_marks(getattr(rules.marks, name)), edition
        )
        for name, label in MARKS
    ]
    blocks.append(
        forms.line(
            say(NOTE_BEGINS),
            "note_prefixes",
            " ".join(rules.note_prefixes),
            edition,
        )
    )
    blocks.append(forms.people(say(ALWAYS_CUSTOMERS), "customers", rules.customers, edition))
    blocks.append(forms.people(say(NEVER_COUNT), "ignored", rules.ignored, edition))
    blocks.append(
        forms.conversation(say(WARNINGS_TO), "alerts_channel", rules.alerts_channel, edition)
    )
    return blocks


def say_marks(marks: frozenset[str]) -> str:
    return " ".join(f":{it}:" for it in sorted(marks))
