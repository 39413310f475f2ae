"""What Kepi sends by itself, and why something was not sent, in words: every surface takes them."""

from __future__ import annotations

from typing import NamedTuple

from commands.saying import declare


class Kind(NamedTuple):
    """How a kind of delivery is called."""

    name: str
    """“digest”."""
    several: str = ""
    """“digests”; empty: counted among the other messages."""
    named: str = ""
    """“The digest”, before “for #marketing”; empty: nobody misses it, for what it is about is shown
    elsewhere, and nobody is told."""


KINDS = {
    "digest": Kind("digest", "digests", "The digest"),
    "digest-thread": Kind("digest’s details", "digests’ details", "The digest's details"),
    "digest-before": Kind("preview of a digest"),
    "digest-missing": Kind("request for missing data"),
    "digest-shared": Kind("question about a shared channel", named="A question about the channel"),
    "digest-corrected": Kind("correction of a digest"),
    "digest-taken": Kind("word of a step that was taken", named="Word of a step that was taken"),
    "alert": Kind("alert", "alerts", "An alert"),
    "alert-shared": Kind("alert that its channel may not have", named="An alert"),
    "alert-assigned": Kind("word of an assigned alert", named="Word that an alert is yours"),
    "alert-story": Kind("alert’s story"),
    "goal": Kind("goal’s news", "goals’ news", "News of a goal"),
    "notice": Kind("customer notice", "customer notices", "A notice about a customer"),
    "waiting": Kind("list of customers waiting"),
    "findings": Kind("finding about your data"),
    "undelivered": Kind("word of what was not sent"),
    "ops": Kind("alarm about Kepi itself"),
}


class Reason(NamedTuple):
    """Why something was not sent: what is the matter, and what helps."""

    why: str
    """Within a sentence: “the channel is archived”."""
    help: str = ""
    """A sentence without its full stop; empty: nothing but the next one."""
    retried: str = "Then press Try again"
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
    """Return what a delivery's ``why`` means; an unknown word is Slack's own."""
    word = why.replace("_", " ") or "nothing"
    return REASONS.get(why, Reason(f"Slack said {word}", retried="Try again"))


def capitalise(words: str) -> str:
    """Return words as a sentence begins, the rest of them as they are."""
    return words[:1].upper() + words[1:]
