"""Where an issue's numbers come from: every entry and what it did, then every duration.

``/support explain 12`` shows it. Names, moments and lengths are written by the caller, who knows
the reader's language and zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from support.durations import Durations, Took
from support.timeline import Step, Timeline

Who = Callable[[str], str]
When = Callable[[int], str]
Length = Callable[[int], str]

STEPS: Mapping[str, str] = {
    "opened": "opened ({why})",
    "customer-again": "{who} wrote again: the wait goes on, counted from its oldest message",
    "wait-started": "{who} wrote: a wait begins",
    "acknowledged": "{who} looked at it: acknowledged",
    "first-response": "{who} answered: the first response",
    "response": "{who} answered",
    "not-counted": "{who}'s message does not count: {why}",
    "after-the-end": "{who} wrote after the end: nothing reopens",
    "suppressed": "{who} wrote a pleasantry: no answer is expected",
    "taken-back": "{who}'s entry was taken back: it counts as never made",
    "assigned": "given to {to}",
    "unassigned": "given to nobody",
    "waiting": "{who} waits for the customer: the team's clock stands still",
    "not-waiting": "{who} does not wait for the customer any more",
    "resolved": "{who} solved it ({why})",
    "co-resolved": "{who} marked it as solved too",
    "mark-removed": "{who} removed a mark: {why}",
    "reopened": "reopened by {who} ({why})",
    "dismissed": "dismissed by {who} ({why})",
    "merged": "merged into another issue",
    "merged-in": "another issue was merged in",
    "parted": "parted again by {who}",
    "orphaned": "cannot be heard any more ({why})",
    "back": "heard again",
    "asked": "a mark was found after an outage, but the customer had written too: asked",
    "still-open": "{who} says it is still open",
    "snoozed": "{who} snoozed its reminders: clocks run on",
    "snooze-ended": "{who} ended the snooze",
    "priority": "{who} made it {why}",
    "edited": "{who} edited a message: no time moves",
    "deleted": "{who} deleted a message: {why}",
    "refused": "{who}'s attempt was refused ({why})",
    "tracked-already": "{who} tracked it: it was already",
}
"""What each step says; tests hold that every word of the fold is here."""

WHYS: Mapping[str, str] = {
    "message": "a customer's message",
    "relay": "a relayed post",
    "mark": "🎫",
    "shortcut": "by shortcut",
    "command": "by command",
    "mention": "by mention",
    "import": "imported",
    "solved": "solved",
    "no_customer_reply": "no reply from the customer",
    "answered_elsewhere": "answered elsewhere",
    "wont_fix": "won't be fixed",
    "not_an_issue": "not an issue",
    "root_deleted": "its first message was deleted",
    "customer": "the customer wrote",
    "mark-removed": "the mark was removed",
    "ticket": "🎫",
    "not-allowed": "not allowed",
    "not-yet": "only after an answer, and while nobody waits",
    "too-late": "too late",
    "history_unavailable": "its first message cannot be read",
}


def explain(
    timeline: Timeline, took: Durations, *, who: Who, when: When, length: Length
) -> list[str]:
    """Return one line for each entry that mattered, then one for each number."""
    told = [say_step(it, who, when) for it in timeline.steps]
    return [*told, *say_numbers(timeline, took, who, when, length)]


def say_step(step: Step, who: Who, when: When) -> str:
    """Return “16:30 Omar answered: the first response”."""
    why = WHYS.get(step.why, step.why.replace("_", " "))
    name = who(step.actor) if step.actor else "Kepi"
    to = who(step.why) if step.what == "assigned" else ""
    said = STEPS.get(step.what, step.what).format(who=name, why=why, to=to)
    moment = when(step.at)
    if step.low is not None:
        moment = f"between {when(step.low)} and {moment}, seen after an outage"
    return f"{moment}: {said}"


def say_numbers(
    timeline: Timeline, took: Durations, who: Who, when: When, length: Length
) -> list[str]:
    """Return each duration with its two ends and both clocks."""

    def both(value: Took) -> str:
        return f"{length(value.seconds)}, {length(value.business)} in open hours"

    def line(
        name: str, value: Took | None, end: int | None, absent: str, low: int | None = None
    ) -> str:
        if value is None or end is None:
            return f"{name}: {absent}"
        most = "at most " if low is not None else ""
        return f"{name}: {most}{both(value)} ({when(timeline.opened)} to {when(end)})"

    first, stands = timeline.first_resolution, timeline.resolution
    waits = "1 wait" if len(took.waits) == 1 else f"{len(took.waits)} waits"
    said = [
        line("Acknowledged", took.acknowledge, timeline.acknowledged, "not yet"),
        line(
            "First response",
            took.first_response,
            timeline.responded,
            "not yet, still waiting",
            timeline.response_low,
        ),
    ]
    said += [f"Next response: {both(it)}" for it in took.next_responses]
    said.append(f"Customer waited in all: {both(took.customer_wait)}, {waits}")
    said.append(
        line(
            "First solved",
            took.first_resolution,
            first.ended if first else None,
            "no",
            first.low if first else None,
        )
    )
    if timeline.reopens:
        said.append(f"Solved before a reopening: {both(took.gaps)}")
        said.append(
            line(
                "Solved for good",
                took.resolution,
                stands.ended if stands else None,
                "not yet",
                stands.low if stands else None,
            )
        )
    if timeline.pauses:
        said.append(f"Waiting on the customer: {both(took.paused)}")
    said.append(f"The team's time: {both(took.team)}")
    if took.relay_lag is not None:
        said.append(f"The post reached Slack after {length(took.relay_lag)}")
    if timeline.response_manual:
        said.append("The first response was entered by hand; strict figures leave it out")
    if timeline.response_inferred:
        said.append("The first response stands outside the thread; strict figures leave it out")
    return said
