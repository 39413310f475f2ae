"""What Kepi sends by itself, and why something was not sent, in words: every surface takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commands.saying import declare, say, say_count, say_declared


class Kind(NamedTuple):
    """How a kind of delivery is called; ``declare`` marks the words."""

    name: str
    """“digest”."""
    named: str = ""
    """“The digest”, before “for #marketing”; empty: nobody misses it, for what it is about is shown
    elsewhere, and nobody is told."""
    counted: Callable[[int], str] | None = None
    """“2 digests”; nothing: counted among the other messages."""


KINDS = {
    "digest": Kind(
        declare("digest"),
        declare("The digest"),
        lambda many: say_count("{number} digest", "{number} digests", many),
    ),
    "digest-thread": Kind(
        declare("digest’s details"),
        declare("The digest's details"),
        lambda many: say_count("{number} digest’s details", "{number} digests’ details", many),
    ),
    "digest-before": Kind(declare("preview of a digest")),
    "digest-missing": Kind(declare("request for missing data")),
    "digest-shared": Kind(
        declare("question about a shared channel"), declare("A question about the channel")
    ),
    "digest-corrected": Kind(declare("correction of a digest")),
    "digest-taken": Kind(
        declare("word of a step that was taken"), declare("Word of a step that was taken")
    ),
    "alert": Kind(
        declare("alert"),
        declare("An alert"),
        lambda many: say_count("{number} alert", "{number} alerts", many),
    ),
    "alert-shared": Kind(declare("alert that its channel may not have"), declare("An alert")),
    "alert-assigned": Kind(
        declare("word of an assigned alert"), declare("Word that an alert is yours")
    ),
    "alert-story": Kind(declare("alert’s story")),
    "goal": Kind(
        declare("goal’s news"),
        declare("News of a goal"),
        lambda many: say_count("{number} goal’s news", "{number} goals’ news", many),
    ),
    "notice": Kind(
        declare("customer notice"),
        declare("A notice about a customer"),
        lambda many: say_count("{number} customer notice", "{number} customer notices", many),
    ),
    "waiting": Kind(declare("list of customers waiting")),
    "findings": Kind(declare("finding about your data")),
    "undelivered": Kind(declare("word of what was not sent")),
    "ops": Kind(declare("alarm about Kepi itself")),
}


class Reason(NamedTuple):
    """Why something was not sent: what is the matter, and what helps."""

    why: str
    """Within a sentence: “the channel is archived”."""
    help: str = ""
    """A sentence without its full stop; empty: nothing but the next one."""
    retried: str = declare("Then press Try again")
    """What to do where it can be tried again; empty: that would help nothing."""


INVITE = declare("Invite me there: /invite @Kepi")
TOO_LATE = "too late"
REASONS = {
    "not_in_channel": Reason(declare("I am not in the channel"), INVITE),
    "channel_not_found": Reason(declare("the channel is gone, or I may not see it"), INVITE),
    "is_archived": Reason(
        declare("the channel is archived"),
        declare("Choose another one: /kpi digest, /kpi alerts"),
        "",
    ),
    "restricted_action": Reason(
        declare("the channel lets only some people post"),
        declare("Ask its admin to allow Kepi"),
    ),
    TOO_LATE: Reason(
        declare("I was not running at the time, and more than a day late it would mislead"),
        retried=declare("Try again sends it now, marked as late"),
    ),
}


def kind_of(kind: str) -> Kind:
    """Return how a kind is called; one that no Kepi knows any more by its key."""
    return KINDS.get(kind, Kind(kind, named=kind))


def reason_of(why: str) -> Reason:
    """Return what a delivery's ``why`` means, said; an unknown word is Slack's own."""
    if why in REASONS:
        return Reason(*(say_declared(it) if it else "" for it in REASONS[why]))
    word = why.replace("_", " ") or say("nothing")
    return Reason(say("Slack said {word}", word=word), retried=say("Try again"))


def say_failed(what: str, where: str, when: str) -> str:
    """Return “The digest for #marketing, due Mon 16 Nov 09:00”."""
    return say("{what} for {where}, due {when}", what=what, where=where, when=when)


def say_due(moment: datetime, zone: ZoneInfo, year: int | None = None) -> str:
    """Return “Mon 16 Nov 09:00”, with its year where that is not the given one."""
    from kpis.periods import say_day, say_weekday

    local = moment.astimezone(zone)
    return say(
        "{weekday} {day} {time}",
        weekday=say_weekday(local.weekday(), short=True),
        day=say_day(local.date(), year or local.year),
        time=f"{local:%H:%M}",
    )


def capitalise(words: str) -> str:
    """Return words as a sentence begins, the rest of them as they are."""
    return words[:1].upper() + words[1:]
