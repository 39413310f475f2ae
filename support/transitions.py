"""What each kind of event does to a timeline: table 5.1 of support-spec, one function a column.

Every function is given an instant and changes the timeline, or leaves it and says so. Whether an
event counts at all (who did it, on what, in which order) was decided before (``support.thread``).
"""

from __future__ import annotations

from support.entries import Entry
from support.timeline import LIVE, Pause, Spell, State, Step, Timeline, Wait

UNANSWERED = frozenset({State.OPEN, State.ACKNOWLEDGED})


def note(issue: Timeline, at: int, what: str, entry: Entry | None = None, why: str = "") -> None:
    """Write a line of the explanation."""
    if entry is None:
        issue.steps.append(Step(at, what, why=why))
    else:
        issue.steps.append(Step(at, what, entry.actor, entry.ts, why, entry.low))


def start_wait(issue: Timeline, at: int) -> None:
    """A customer waits from now, unless they already do: the oldest message counts (§4.3)."""
    if issue.wait is None:
        issue.waits.append(Wait(at))


def end_wait(issue: Timeline, at: int, closed_by: str) -> Wait | None:
    """End the running wait, if there is one, and return it."""
    wait = issue.wait
    if wait is not None:
        wait.ended, wait.closed_by = at, closed_by
    return wait


def end_pause(issue: Timeline, at: int) -> None:
    if (pause := issue.pause) is not None:
        pause.ended = at


def hear_customer(issue: Timeline, at: int, entry: Entry) -> None:
    """Cm in a live state: the customer says something that wants an answer."""
    issue.last_customer = at
    issue.snoozed_until = None
    issue.asked = None
    if issue.state is State.WAITING:
        end_pause(issue, at)
    if issue.state not in UNANSWERED:
        issue.state = State.OPEN
    waited = issue.wait is not None
    start_wait(issue, at)
    note(issue, at, "customer-again" if waited else "wait-started", entry)


def acknowledge(issue: Timeline, at: int, entry: Entry) -> None:
    """Ak: somebody looks at it. Only an unanswered issue changes its state."""
    if issue.state in UNANSWERED:
        if issue.acknowledged is None:
            issue.acknowledged, issue.acknowledged_by = at, entry.actor
            issue.acknowledged_low = entry.low
            note(issue, at, "acknowledged", entry)
        issue.state = State.ACKNOWLEDGED


def respond_late(issue: Timeline, at: int, entry: Entry) -> None:
    """Rm after the end: nothing reopens. Of a solved issue it is the first response all the same.

    People mark first and write “fixed” afterwards: the earliest answer counts (§4.2), and the
    time until then is longer than the time to the mark, so it flatters nobody.
    """
    if issue.state is not State.RESOLVED or issue.responded is not None:
        note(issue, at, "after-the-end", entry)
        return
    answer_first(issue, at, entry)
    issue.last_response = at
    note(issue, at, "first-response", entry)


def answer_first(issue: Timeline, at: int, entry: Entry) -> None:
    issue.responded, issue.responded_by, issue.response_ts = at, entry.actor, entry.ts
    issue.response_low = entry.low
    if issue.acknowledged is None:
        issue.acknowledged, issue.acknowledged_by = at, entry.actor
        issue.acknowledged_low = entry.low


def respond(
    issue: Timeline, at: int, entry: Entry, *, manual: bool = False, inferred: bool = False
) -> None:
    """Rm in a live state: an answer that counts."""
    first = issue.responded is None
    if first:
        answer_first(issue, at, entry)
        issue.response_manual, issue.response_inferred = manual, inferred
    issue.last_response = at
    if not issue.resolutions:
        issue.responses.append((at, entry.actor))
    wait = end_wait(issue, at, "response")
    if wait is not None:
        wait.by, wait.ts = entry.actor, entry.ts
        wait.manual, wait.inferred = manual, inferred
    if issue.state in UNANSWERED:
        issue.state = State.RESPONDED
    note(issue, at, "first-response" if first else "response", entry)


def assign(issue: Timeline, at: int, to: str, entry: Entry | None = None) -> None:
    """Give the issue to somebody, or to nobody; the history keeps everyone (§4.4)."""
    if issue.assignee != to:
        issue.assignees.append((at, to))
        note(issue, at, "assigned" if to else "unassigned", entry, why=to)


def wait_for_customer(issue: Timeline, at: int, entry: Entry, *, by_act: bool = False) -> None:
    """Wt from RESPONDED: the clock of the team stands still until the customer says more."""
    issue.state = State.WAITING
    issue.pauses.append(Pause(at, by_act=by_act))
    note(issue, at, "waiting", entry)


def go_on(issue: Timeline, at: int, entry: Entry) -> None:
    """Wx: not waiting on the customer any more."""
    end_pause(issue, at)
    issue.state = State.RESPONDED
    note(issue, at, "not-waiting", entry)


def end_spell(issue: Timeline, at: int, how: str, entry: Entry, via: str, reason: str) -> None:
    """End the live stretch that runs, and every wait and pause with it."""
    spell = issue.spells[-1]
    spell.ended, spell.ended_by, spell.by = at, how, entry.actor
    spell.via, spell.reason, spell.assignee = via, reason, issue.assignee
    closed_by = {"resolved": "resolve", "dismissed": "dismiss", "merged": "merge"}[how]
    end_wait(issue, at, closed_by)
    end_pause(issue, at)
    issue.asked = None


def resolve(
    issue: Timeline, at: int, entry: Entry, *, via: str, reason: str, low: int | None = None
) -> None:
    """Rs or Ac from a live state."""
    end_spell(issue, at, "resolved", entry, via, reason)
    issue.spells[-1].low = low
    issue.state = State.RESOLVED
    issue.snoozed_until = None
    note(issue, at, "resolved", entry, why=reason)


def reopen(issue: Timeline, at: int, why: str, entry: Entry, *, unanswered: bool) -> None:
    """Cm, Rx or Ro after a resolution: a new live stretch; the first resolution stays (§0.6).

    A customer who is still unanswered waits from now on: the time in between was resolved time.
    """
    issue.reopens.append((at, why))
    issue.spells.append(Spell(at, "reopened"))
    issue.state = State.OPEN if unanswered else State.RESPONDED
    if unanswered:
        start_wait(issue, at)
    note(issue, at, "reopened", entry, why=why)


def dismiss(issue: Timeline, at: int, reason: str, entry: Entry) -> None:
    """Di: no customer's matter after all, or nobody's."""
    if issue.state in LIVE:
        end_spell(issue, at, "dismissed", entry, entry.kind.value, reason)
    issue.state, issue.dismissed, issue.dismiss_reason = State.DISMISSED, at, reason
    note(issue, at, "dismissed", entry, why=reason)


def merge_away(issue: Timeline, at: int, survivor: Timeline, entry: Entry) -> None:
    """Mg: the issue lives on in another."""
    if issue.state in LIVE:
        end_spell(issue, at, "merged", entry, entry.kind.value, "")
    issue.state, issue.merged, issue.merged_into = State.MERGED, at, survivor.key
    note(issue, at, "merged", entry, why=survivor.key.root)


def orphan(issue: Timeline, at: int, reason: str) -> None:
    """A flag over the state: nobody can be heard in the channel any more (§5.3)."""
    if issue.state in LIVE and issue.orphaned is None:
        issue.orphaned, issue.orphan_reason = at, reason
        note(issue, at, "orphaned", why=reason)


def adopt(issue: Timeline, at: int) -> None:
    """The channel is back."""
    if issue.orphaned is not None:
        issue.orphaned, issue.orphan_reason = None, ""
        note(issue, at, "back")
