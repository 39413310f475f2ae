"""The words of private hints: what did not count, and what would (what-people-see, tone)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.saying import say
from commands.support.line_words import label_of
from support.entries import MICROSECONDS, micros
from support.rules import DAY, Rules
from support.timeline import Remark

NOT_ALLOWED = (
    "Your {mark} changes nothing here: the people who answer in this channel track and close "
    "issues."
)
NOT_HERE = (
    "In this channel an issue is closed on the first message of its thread. Add {mark} there."
)
NOT_SOLVED_AWAY = (
    "Issue {number} is solved, so {mark} changes nothing. "
    "An admin can still dismiss it: /support dismiss {number} spam"
)
NOT_YET = (
    "The customer of issue {number} waits for us, so its clock runs on. "
    "Answer first, then add {mark}."
)
NO_ISSUE = (
    "There is no issue in this thread, so {mark} closes nothing. Track it first with :ticket:"
)
UNATTACHED = (
    "That answer is outside a customer’s thread, so it stops no clock. "
    "Was “{words}” for one of these?"
)
UNKNOWN_BOT = (
    "An app posts in <#{channel}> that I don’t know. Is it customers? "
    "The menu of its posts has *Track posts like this*, too."
)
WROTE_AGAIN = "{customer} wrote again in issue {number}, which was dismissed."

ONCE_A_PERSON = frozenset({"not-allowed", "not-yet", "no-issue", "too-late"})


@dataclass(frozen=True)
class Hint:
    """What is said, as Slack's markup, and the buttons: act, label, and what it remembers."""

    text: str
    buttons: tuple[tuple[str, str, str], ...] = ()


def told_key(remark: Remark, channel: str) -> str:
    """Return under which key a hint is given once (support-spec §4.7, §2.1, §5.1).

    A person learns a rule once an issue, and once a day (UTC) that answers belong into threads;
    a channel's admin hears of an app once, and every dismissed issue whose customer writes again
    is told of once.
    """
    where = f"{remark.issue.root}|{remark.issue.episode}" if remark.issue else ""
    if remark.word == "unknown-bot":
        return f"hint|unknown-bot|{channel}|{remark.actor}"
    if remark.word == "no-issue":
        return f"hint|no-issue|{channel}|{remark.actor}"
    if remark.word == "unattached":
        day = micros(remark.ts) // (DAY * MICROSECONDS)
        return f"hint|unattached|{channel}|{remark.actor}|{day}"
    if remark.word in ONCE_A_PERSON:
        return f"hint|{remark.word}|{channel}|{where}|{remark.actor}"
    return f"hint|{remark.word}|{channel}|{where}"


def emoji_of(remark: Remark) -> str:
    """Return the emoji of a reaction's remark: the fifth part of its key (support-spec §5.2)."""
    parts = remark.entry.split("|")
    name = parts[4] if len(parts) > 4 and parts[0] == "r" else ""
    return (
        f":{name}:"
        if name.replace("_", "").replace("-", "").replace("+", "").isalnum()
        else say("mark")
    )


def say_refused(remark: Remark, number: int, rules: Rules, *, is_solved: bool) -> Hint:
    """Return why a mark did not count."""
    mark, name = emoji_of(remark), emoji_of(remark).strip(":")
    if remark.word == "not-yet":
        return Hint(say(NOT_YET, number=number, mark=mark))
    if remark.word == "no-issue":
        return Hint(say(NO_ISSUE, mark=mark))
    if is_solved and name in rules.marks.dismiss:
        return Hint(say(NOT_SOLVED_AWAY, number=number, mark=mark))
    is_elsewhere = remark.issue is not None and remark.ts != remark.issue.root
    if rules.resolve_on == "root" and name in rules.marks.resolve and is_elsewhere:
        return Hint(say(NOT_HERE, mark=mark))
    return Hint(say(NOT_ALLOWED, mark=mark))


def say_unattached(waiting: Sequence[int], ts: str, words: str) -> Hint:
    """Return the offer to attach the answer at ``ts`` to one of the issues that wait.

    ``words`` are the answer's first ones, escaped: it may be long ago when it is read.
    """
    buttons = [
        ("attach", label_of("attach").format(number=number), f"{number}|{ts}")
        for number in waiting[:3]
    ]
    return Hint(say(UNATTACHED, words=words or say("it")), tuple(buttons))
