"""Where an issue's numbers come from: every entry and what it did, then every duration.

``/support explain 12`` shows it. Names, moments and lengths are written by the caller, who knows
the reader's zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from commands.saying import declare, joined, say, say_count, say_declared
from support.durations import Durations, Took
from support.timeline import Step, Timeline

BY_HAND = "The first response was entered by hand; strict figures leave it out"
OUTSIDE = "The first response stands outside the thread; strict figures leave it out"
Who = Callable[[str], str]
When = Callable[[int], str]
Length = Callable[[int], str]

STEPS: Mapping[str, str] = {
    "opened": declare("opened ({why})"),
    "customer-again": declare(
        "{who} wrote again: the wait goes on, counted from its oldest message"
    ),
    "wait-started": declare("{who} wrote: a wait begins"),
    "acknowledged": declare("{who} looked at it: acknowledged"),
    "first-response": declare("{who} answered: the first response"),
    "response": declare("{who} answered"),
    "not-counted": declare("{who}'s message does not count: {why}"),
    "after-the-end": declare("{who} wrote after the end: nothing reopens"),
    "suppressed": declare("{who} wrote a pleasantry: no answer is expected"),
    "taken-back": declare("{who}'s entry was taken back: it counts as never made"),
    "assigned": declare("given to {to}"),
    "unassigned": declare("given to nobody"),
    "waiting": declare("{who} waits for the customer: the team's clock stands still"),
    "not-waiting": declare("{who} does not wait for the customer any more"),
    "resolved": declare("{who} solved it ({why})"),
    "co-resolved": declare("{who} marked it as solved too"),
    "mark-removed": declare("{who} removed a mark: {why}"),
    "reopened": declare("reopened by {who} ({why})"),
    "dismissed": declare("dismissed by {who} ({why})"),
    "merged": declare("merged into another issue"),
    "merged-in": declare("another issue was merged in"),
    "parted": declare("parted again by {who}"),
    "orphaned": declare("cannot be heard any more ({why})"),
    "back": declare("heard again"),
    "asked": declare("a mark was found after an outage, but the customer had written too: asked"),
    "still-open": declare("{who} says it is still open"),
    "snoozed": declare("{who} snoozed its reminders: clocks run on"),
    "snooze-ended": declare("{who} ended the snooze"),
    "priority": declare("{who} made it {why}"),
    "edited": declare("{who} edited a message: no time moves"),
    "deleted": declare("{who} deleted a message: {why}"),
    "refused": declare("{who}'s attempt was refused ({why})"),
    "tracked-already": declare("{who} tracked it: it was already"),
}
"""What each step says."""

AFTER_OUTAGE = "between {first} and {last}, seen after an outage"
WHYS: Mapping[str, str] = {
    "message": declare("a customer's message"),
    "relay": declare("a relayed post"),
    "mark": "🎫",
    "shortcut": declare("by shortcut"),
    "command": declare("by command"),
    "mention": declare("by mention"),
    "import": declare("imported"),
    "solved": declare("solved"),
    "no_customer_reply": declare("no reply from the customer"),
    "answered_elsewhere": declare("answered elsewhere"),
    "wont_fix": declare("won't be fixed"),
    "not_an_issue": declare("not an issue"),
    "root_deleted": declare("its first message was deleted"),
    "customer": declare("the customer wrote"),
    "mark-removed": declare("the mark was removed"),
    "ticket": "🎫",
    "not-allowed": declare("not allowed"),
    "not-yet": declare("only after an answer, and while nobody waits"),
    "too-late": declare("too late"),
    "another mark is left": declare("another mark is left"),
    "bot": declare("bot"),
    "button": declare("button"),
    "bystander": declare("bystander"),
    "pleasantry": declare("pleasantry"),
    "before it opened": declare("before it opened"),
    "internal note": declare("internal note"),
    "only names a colleague": declare("only names a colleague"),
    "answers count in the social tool": declare("answers count in the social tool"),
    "not marked as sent": declare("not marked as sent"),
    "too late to change anything": declare("too late to change anything"),
    "duplicate": declare("duplicate"),
    "spam": declare("spam"),
    "test": declare("test"),
    "resolved": declare("resolved"),
    "dismissed": declare("dismissed"),
    "merged": declare("merged"),
    "archived": declare("archived"),
    "removed": declare("removed"),
    "deactivated": declare("deactivated"),
    "history_unavailable": declare("its first message cannot be read"),
}


def explain(
    timeline: Timeline, took: Durations, *, who: Who, when: When, length: Length
) -> list[str]:
    """Return one line for each entry that mattered, then one for each number."""
    told = [say_step(it, who, when) for it in timeline.steps]
    return [*told, *say_numbers(timeline, took, who, when, length)]


def say_step(step: Step, who: Who, when: When) -> str:
    """Return “16:30 Omar answered: the first response”."""
    why = say_declared(WHYS.get(step.why, step.why.replace("_", " ")))
    name = who(step.actor) if step.actor else "Kepi"
    to = who(step.why) if step.what == "assigned" else ""
    said = say_declared(STEPS.get(step.what, step.what), who=name, why=why, to=to)
    moment = when(step.at)
    if step.low is not None:
        moment = say(AFTER_OUTAGE, first=when(step.low), last=moment)
    return say("{moment}: {what}", moment=moment, what=said)


def say_numbers(
    timeline: Timeline, took: Durations, who: Who, when: When, length: Length
) -> list[str]:
    """Return each duration with its two ends and both clocks."""

    def both(value: Took) -> str:
        clocks = length(value.seconds), length(value.business)
        return say("{span}, {open} in open hours", span=clocks[0], open=clocks[1])

    def line(
        name: str, value: Took | None, end: int | None, absent: str, low: int | None = None
    ) -> str:
        if value is None or end is None:
            return say("{what}: {span}", what=name, span=absent)
        span = both(value) if low is None else say("at most {span}", span=both(value))
        ends = {"first": when(timeline.opened), "last": when(end)}
        return say("{what}: {span} ({first} to {last})", what=name, span=span, **ends)

    first, stands = timeline.first_resolution, timeline.resolution
    waits = say_count("{number} wait", "{number} waits", len(took.waits))
    said = [
        line(say("Acknowledged"), took.acknowledge, timeline.acknowledged, say("not yet")),
        line(
            say("First response"),
            took.first_response,
            timeline.responded,
            say("not yet, still waiting"),
            timeline.response_low,
        ),
    ]
    said += [say("Next response: {span}", span=both(it)) for it in took.next_responses]
    waited = joined((both(took.customer_wait), waits))
    said.append(say("Customer waited in all: {span}", span=waited))
    said.append(
        line(
            say("First solved"),
            took.first_resolution,
            first.ended if first else None,
            say("no"),
            first.low if first else None,
        )
    )
    if timeline.reopens:
        said.append(say("Solved before a reopening: {span}", span=both(took.gaps)))
        said.append(
            line(
                say("Solved for good"),
                took.resolution,
                stands.ended if stands else None,
                say("not yet"),
                stands.low if stands else None,
            )
        )
    if timeline.pauses:
        said.append(say("Waiting on the customer: {span}", span=both(took.paused)))
    said.append(say("The team's time: {span}", span=both(took.team)))
    return [*said, *say_remarks(timeline, took, length)]


def say_remarks(timeline: Timeline, took: Durations, length: Length) -> list[str]:
    """Return what else should be known of the numbers."""
    said = []
    if took.relay_lag is not None:
        said.append(say("The post reached Slack after {span}", span=length(took.relay_lag)))
    if timeline.response_manual:
        said.append(say(BY_HAND))
    if timeline.response_inferred:
        said.append(say(OUTSIDE))
    return said
