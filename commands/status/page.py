"""``/kpi status`` as one screen: whether it works, what went out, what did not and what helps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.blocks import Block, actions, button, context, escape, section
from commands.saying import declare, joined, say, say_count, say_declared
from commands.status.facts import Facts, Next
from commands.support.moments import micros_of, say_date, say_moment
from commands.unsent import capitalise, kind_of, reason_of, say_due, say_failed

if TYPE_CHECKING:
    from storage.outbox import DeliveryRow
    from storage.soundness import Look

AGAIN, FORGET = "status_again", "status_forget"
MOST_LOST, MOST_DIGESTS = 4, 4
"""With its buttons each takes two blocks of at most 15."""
SLOW = 120.0
"""Seconds: the watch goes round every 30."""
DIGESTS = {
    "daily": declare("Daily digest for {channel}"),
    "weekly": declare("Weekly digest for {channel}"),
    "monthly": declare("Monthly digest for {channel}"),
    "quarterly": declare("Quarterly digest for {channel}"),
}


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
                actions(
                    [button(say("Try again"), AGAIN, value), button(say("Forget"), FORGET, value)]
                )
            )
    blocks.append(context(small_print(facts, version, is_admin=is_admin)))
    return escape(text), blocks


def headline(facts: Facts) -> str:
    """Return whether anything needs care, with the number."""
    parts = []
    if facts.overdue:
        many = len(facts.overdue)
        parts.append(say_count("{number} message overdue", "{number} messages overdue", many))
    if facts.lost:
        many = len(facts.lost)
        parts.append(say_count("{number} message not sent", "{number} messages not sent", many))
    if not is_going_round(facts):
        parts.append(say("my watch stands still"))
    if facts.is_not_copied:
        parts.append(say("the database was not copied"))
    if facts.look is not None and facts.look.damage:
        parts.append(say("the database is damaged"))
    if not parts:
        return say("Kepi works: nothing is overdue.")
    return say("Needs care: {what}.", what=joined(parts))


def is_going_round(facts: Facts) -> bool:
    """Say whether the watch has looked just now; before its first look, nothing is wrong."""
    looked = facts.vital.at("looked") if facts.vital else None
    return looked is None or (facts.now - looked).total_seconds() < SLOW


def running(facts: Facts) -> list[str]:
    """Return how the process stands."""
    lines = []
    vital = facts.vital
    since, heard = (vital.at("connected"), vital.at("heard")) if vital else (None, None)
    parts = [
        say("Connected since {when}.", when=say_when(since, facts)) if since else say("Connected.")
    ]
    if heard:
        parts.append(say("Slack was heard {ago}.", ago=ago(heard, facts.now)))
    lines.append(escape(" ".join(parts)))
    if vital and (looked := vital.at("looked")):
        lines.append(escape(say("Last look at myself {ago}.", ago=ago(looked, facts.now))))
    lines.append(escape(say_newest(facts)))
    if facts.is_not_copied:
        lines.append(say("The nightly copy of the database failed; the log says why."))
    elif facts.copied is not None:
        copied = ago(facts.copied, facts.now)
        lines.append(escape(say("Database copied and checked {ago}.", ago=copied)))
    if facts.look is not None:
        lines.append(escape(say_look(facts.look, facts.now)))
    return lines


def say_newest(facts: Facts) -> str:
    """Return which file came last, and until when its data reach."""
    newest = facts.newest
    if newest is None:
        return say("No file yet: drop an export in Messages.")
    file, when = newest.file_name, say_when(newest.at, facts)
    if not newest.last_day:
        return say("Newest file {file}, {when}.", file=file, when=when)
    day = say_date(newest.last_day)
    return say("Newest file {file}, {when}, data to {day}.", file=file, when=when, day=day)


def say_look(look: Look, now: datetime) -> str:
    """Return what came of looking through the database."""
    if look.damage:
        return say("The database is damaged; the log names the command that restores a copy.")
    return say("Database looked through {ago}: no damage.", ago=ago(look.at, now))


def schedule(facts: Facts) -> list[str]:
    """Return the next digests, each with its zone."""
    if not facts.digests:
        return [say("No digest is set up: /kpi digest")]
    lines = [say_next(it, facts.now) for it in facts.digests[:MOST_DIGESTS]]
    if len(facts.digests) > MOST_DIGESTS:
        rest = len(facts.digests) - MOST_DIGESTS
        lines.append(say("and {number} more: /kpi digest list", number=rest))
    return lines


def say_next(it: Next, now: datetime) -> str:
    from kpis.wording import say_zone

    name = say_declared(DIGESTS[it.cadence], channel=place(it.channel))
    if it.due is None:
        return say("{digest}: paused.", digest=name)
    when, zone = say_due(it.due, ZoneInfo(it.zone), now.year), escape(say_zone(it.zone))
    return say("{digest}: {when}, {zone}.", digest=name, when=when, zone=zone)


def went_out(facts: Facts) -> list[str]:
    """Return what was sent in the last 7 days, and what waits."""
    sent = [(kind_of(kind), many) for kind, many in sorted(facts.sent.items())]
    counted = [it.counted(many) for it, many in sent if it.counted]
    others = sum(many for it, many in sent if not it.counted)
    if others:
        counted.append(say_count("{number} other message", "{number} other messages", others))
    return [say_sent(joined(counted), facts.late), say_overdue(facts), say_lost(facts)]


def say_sent(what: str, late: int) -> str:
    if not what:
        return say("Sent in 7 days: none.")
    if not late:
        return say("Sent in 7 days: {what}.", what=what)
    return say("Sent in 7 days: {what}, {number} of them late.", what=what, number=late)


def say_overdue(facts: Facts) -> str:
    if not facts.overdue:
        return say("Overdue: none.")
    return say_count(
        "Overdue: {number} message, the oldest due since {when}. I keep trying.",
        "Overdue: {number} messages, the oldest due since {when}. I keep trying.",
        len(facts.overdue),
        when=escape(say_when(facts.overdue[0].wake, facts)),
    )


def say_lost(facts: Facts) -> str:
    if not facts.lost:
        return say("Not sent: none.")
    return say("Not sent: {number}.", number=len(facts.lost))


def describe(it: DeliveryRow, facts: Facts) -> list[str]:
    """Return a message that did not go out: what, where, when, why and what helps."""
    title = escape(capitalise(say_declared(kind_of(it.kind).name)))
    when = escape(say_when(it.due, facts))
    reason = reason_of(it.why)
    why = " ".join(
        say("{sentence}.", sentence=capitalise(said))
        for said in (reason.why, reason.help, reason.retried)
        if said
    )
    return [say_failed(f"*{title}*", place(it.channel), when), escape(why)]


def small_print(facts: Facts, version: str, *, is_admin: bool) -> list[str]:
    from kpis.wording import say_zone

    lines = []
    if len(facts.lost) > MOST_LOST:
        left = len(facts.lost) - MOST_LOST
        lines.append(say_count("{number} more was not sent", "{number} more were not sent", left))
    if facts.lost and not is_admin:
        lines.append(say("An admin can try again or forget"))
    lines.append(say_who_is_told(facts.ops, is_admin=is_admin))
    lines.append(escape(say("Times: {zone}", zone=say_zone(facts.zone.key))))
    lines.append(escape(f"Kepi {version}" if version else say("Kepi of unknown version")))
    return lines


def say_who_is_told(ops: str, *, is_admin: bool) -> str:
    """Return where failures are told, and to an admin how that is chosen."""
    if ops:
        return say("Failures are told to {channel}", channel=place(ops))
    if not is_admin:
        return say("Failures are told to whoever owns them")
    return say(
        "Failures are told to whoever owns them (choose a channel: /kpi status ops #channel)"
    )


def place(channel: str) -> str:
    """Return a channel as Slack shows it, “a person” for somebody's own messages."""
    return f"<#{channel}>" if channel[:1] in ("C", "G") else say("a person")


def say_when(moment: datetime, facts: Facts) -> str:
    return say_moment(micros_of(moment), facts.zone, micros_of(facts.now))


def ago(moment: datetime, now: datetime) -> str:
    seconds = max(0.0, (now - moment).total_seconds())
    if seconds < 90:
        return say("{number} s ago", number=f"{seconds:.0f}")
    if seconds < 90 * 60:
        return say("{number} min ago", number=f"{seconds / 60:.0f}")
    if seconds < 48 * 3600:
        return say("{number} h ago", number=f"{seconds / 3600:.0f}")
    return say("{number} d ago", number=f"{seconds / 86400:.0f}")
