"""``/kpi status`` as one screen: whether it works, what went out, what did not and what helps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, actions, button, context, escape, section
from commands.status.facts import Facts, Next
from commands.support.moments import micros_of, say_moment
from commands.unsent import capitalise, kind_of, reason_of
from commands.wording import count

if TYPE_CHECKING:
    from storage.outbox import DeliveryRow
    from storage.soundness import Look

AGAIN, FORGET = "status_again", "status_forget"
MOST_LOST, MOST_DIGESTS = 4, 4
"""With its buttons each takes two blocks of at most 15."""
SLOW = 120.0
"""Seconds: the watch goes round every 30."""


def compose(facts: Facts, version: str, *, is_admin: bool) -> tuple[str, list[Block]]:
    """Return the one sentence and the blocks."""
    text = headline(facts)
    blocks = [section(f"*{escape(text)}*"), section("\n".join(running(facts)))]
    blocks.append(section("\n".join(schedule(facts))))
    blocks.append(section("\n".join(went_out(facts))))
    for it in facts.lost[:MOST_LOST]:
        blocks.append(section("\n".join(describe(it, facts))))
        if is_admin:
            value = str(it.id)
            blocks.append(
                actions([button("Try again", AGAIN, value), button("Forget", FORGET, value)])
            )
    blocks.append(context(small_print(facts, version, is_admin=is_admin)))
    return escape(text), blocks


def headline(facts: Facts) -> str:
    """Return whether anything needs care, with the number."""
    parts = []
    if facts.overdue:
        parts.append(f"{count(len(facts.overdue), 'message')} overdue")
    if facts.lost:
        parts.append(f"{count(len(facts.lost), 'message')} not sent")
    if not is_going_round(facts):
        parts.append("my watch stands still")
    if facts.is_not_copied:
        parts.append("the database was not copied")
    if facts.look is not None and facts.look.damage:
        parts.append("the database is damaged")
    return f"Needs care: {', '.join(parts)}." if parts else "Kepi works: nothing is overdue."


def is_going_round(facts: Facts) -> bool:
    """Say whether the watch has looked just now; before its first look, nothing is wrong."""
    looked = facts.vital.at("looked") if facts.vital else None
    return looked is None or (facts.now - looked).total_seconds() < SLOW


def running(facts: Facts) -> list[str]:
    """Return how the process stands."""
    lines = []
    vital = facts.vital
    since, heard = (vital.at("connected"), vital.at("heard")) if vital else (None, None)
    line = f"Connected since {say(since, facts)}." if since else "Connected."
    line += f" Slack was heard {ago(heard, facts.now)}." if heard else ""
    lines.append(escape(line))
    if vital and (looked := vital.at("looked")):
        lines.append(escape(f"Last look at myself {ago(looked, facts.now)}."))
    if facts.newest is not None:
        newest = facts.newest
        until = f", data to {newest.last_day:%-d %b}" if newest.last_day else ""
        when = say(newest.at, facts)
        lines.append(escape(f"Newest file {newest.file_name}, {when}{until}."))
    else:
        lines.append("No file yet: drop an export in Messages.")
    if facts.is_not_copied:
        lines.append("The nightly copy of the database failed; the log says why.")
    elif facts.copied is not None:
        lines.append(escape(f"Database copied and checked {ago(facts.copied, facts.now)}."))
    if facts.look is not None:
        lines.append(escape(say_look(facts.look, facts.now)))
    return lines


def say_look(look: Look, now: datetime) -> str:
    """Return what came of looking through the database."""
    if look.damage:
        return "The database is damaged; the log names the command that restores a copy."
    return f"Database looked through {ago(look.at, now)}: no damage."


def schedule(facts: Facts) -> list[str]:
    """Return the next digests, each with its zone."""
    if not facts.digests:
        return ["No digest is set up: /kpi digest"]
    lines = [say_next(it, facts.now) for it in facts.digests[:MOST_DIGESTS]]
    if len(facts.digests) > MOST_DIGESTS:
        lines.append(f"and {len(facts.digests) - MOST_DIGESTS} more: /kpi digest list")
    return lines


def say_next(it: Next, now: datetime) -> str:
    name = f"{it.cadence.capitalize()} digest for {place(it.channel)}"
    if it.due is None:
        return f"{name}: paused."
    local = it.due.astimezone(ZoneInfo(it.zone))
    year = f" {local.year}" if local.year != now.year else ""
    return f"{name}: {local:%a %-d %b}{year} {local:%H:%M}, {escape(it.zone)}."


def went_out(facts: Facts) -> list[str]:
    """Return what was sent in the last 7 days, and what waits."""
    sent = [(kind_of(kind), many) for kind, many in sorted(facts.sent.items())]
    counted = [count(many, it.name, it.several) for it, many in sent if it.several]
    others = sum(many for it, many in sent if not it.several)
    if others:
        counted.append(count(others, "other message"))
    late = f", {facts.late} of them late" if facts.late else ""
    lines = [f"Sent in 7 days: {', '.join(counted)}{late}." if counted else "Sent in 7 days: none."]
    if facts.overdue:
        oldest = facts.overdue[0]
        lines.append(
            f"Overdue: {count(len(facts.overdue), 'message')}, the oldest due since "
            f"{escape(say(oldest.wake, facts))}. I keep trying."
        )
    else:
        lines.append("Overdue: none.")
    lines.append(f"Not sent: {len(facts.lost)}." if facts.lost else "Not sent: none.")
    return lines


def describe(it: DeliveryRow, facts: Facts) -> list[str]:
    """Return a message that did not go out: what, where, when, why and what helps."""
    title = escape(capitalise(kind_of(it.kind).name))
    reason = reason_of(it.why)
    why = " ".join(
        f"{capitalise(said)}." for said in (reason.why, reason.help, reason.retried) if said
    )
    return [
        f"*{title}* for {place(it.channel)}, due {escape(say(it.due, facts))}",
        escape(why),
    ]


def small_print(facts: Facts, version: str, *, is_admin: bool) -> list[str]:
    from kpis.wording import say_zone

    lines = []
    if len(facts.lost) > MOST_LOST:
        lines.append(f"{len(facts.lost) - MOST_LOST} more were not sent")
    if facts.lost and not is_admin:
        lines.append("An admin can try again or forget")
    where = f"to {place(facts.ops)}" if facts.ops else "to whoever owns them"
    choose = "" if facts.ops or not is_admin else " (choose a channel: /kpi status ops #channel)"
    lines.append(f"Failures are told {where}{choose}")
    lines.append(escape(f"Times: {say_zone(facts.zone.key)}"))
    lines.append(escape(f"Kepi {version}"))
    return lines


def place(channel: str) -> str:
    """Return a channel as Slack shows it, “a person” for somebody's own messages."""
    return f"<#{channel}>" if channel[:1] in ("C", "G") else "a person"


def say(moment: datetime, facts: Facts) -> str:
    return say_moment(micros_of(moment), facts.zone, micros_of(facts.now))


def ago(moment: datetime, now: datetime) -> str:
    seconds = max(0.0, (now - moment).total_seconds())
    if seconds < 90:
        return f"{seconds:.0f} s ago"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min ago"
    return f"{seconds / 3600:.0f} h ago" if seconds < 48 * 3600 else f"{seconds / 86400:.0f} d ago"
