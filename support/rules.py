"""What a channel decided: who is who, what marks mean, how long windows are (support-spec §11.1).

A change of rules holds from its moment on. The fold is given the whole history, so what was
decided under older rules stays as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from support.entries import MICROSECONDS

MINUTE, HOUR, DAY = 60, 3600, 86_400
FIGURES_BY_PERSON = "figures-by-person"
RATINGS = "csat"
"""Choices of a workspace, both off until an admin turns them on (support-spec §9.5)."""


class Mode(StrEnum):
    """What opens an issue in a channel (support-spec §3)."""

    AUTO = "auto"
    """Every message of a customer, and every relayed post."""
    RELAY = "relay"
    """Relayed posts alone."""
    MANUAL = "manual"
    """Only what somebody tracks."""
    OFF = "off"


@dataclass(frozen=True)
class Marks:
    """Emoji by what they mean, without colons and skin tones."""

    open: frozenset[str] = frozenset({"ticket"})
    acknowledge: frozenset[str] = frozenset({"eyes", "wave"})
    claim: frozenset[str] = frozenset({"raising_hand"})
    wait: frozenset[str] = frozenset({"hourglass_flowing_sand"})
    resolve: frozenset[str] = frozenset(
        {"white_check_mark", "heavy_check_mark", "ballot_box_with_check"}
    )
    dismiss: frozenset[str] = frozenset({"no_entry_sign", "wastebasket"})
    note: frozenset[str] = frozenset({"lock"})
    sent: frozenset[str] = frozenset({"outbox_tray"})


@dataclass(frozen=True)
class Rules:
    """The rules of one channel; durations in seconds."""

    mode: Mode = Mode.MANUAL
    others_are: str = "customer"
    """``customer``, ``responder`` or ``bystander``: who nobody said anything about."""
    responders: tuple[str, ...] = ()
    """Slack user ids."""
    responder_groups: tuple[str, ...] = ()
    """Slack user group ids."""
    responders_channel: str = ""
    """Members of this channel answer."""
    customers: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    response_signal: str = "thread_reply"
    """``thread_reply``, ``relay_out`` or ``marker``: what counts as an answer."""
    measure_from: str = "slack"
    """``slack`` or ``source``: whose clock starts an issue."""
    ack_counts_as_response: bool = False
    resolve_on: str = "any"
    """``any`` message of the thread, or its ``root``."""
    customer_may_resolve: bool = True
    customers_may_open: bool = False
    outside_may_close: bool = False
    """People of another company close issues in a channel that is shared with them."""
    infer_channel_replies: str = "mention"
    """``off``, ``mention`` or ``adjacent``: answers outside the thread (support-spec §4.6)."""
    auto_assign_first_responder: bool = True
    auto_wait_on_response: bool = False
    marks: Marks = Marks()
    aliases: tuple[tuple[str, str], ...] = ()
    """Emoji, and the emoji that it stands for."""
    note_prefixes: tuple[str, ...] = ("//", "🔒", ":lock:")
    languages: tuple[str, ...] = ("en", "vi", "id", "sv", "zh")
    undo_window: int = 10 * MINUTE
    reopen_window: int = 168 * HOUR
    delete_grace: int = 24 * HOUR
    group_window: int = 5 * MINUTE
    relay_group_window: int = 10 * MINUTE
    auto_close: int = 0
    """Waiting on the customer for this long closes; 0 is never."""
    nudge: int = 3 * DAY
    lines: str = "thread"
    """``thread``, ``private`` or ``none``: where the confirmation line goes."""
    is_shared: bool = False
    """People of another company are in the channel: nothing visible to them."""
    add_ticket: bool = True
    """Kepi adds 🎫 to the first message of an issue."""
    calendar: int = 0
    """The channel's working hours; 0 is the workspace's."""
    alerts_channel: str = ""
    """Where the team's own notices go."""


@dataclass(frozen=True)
class RuleBook:
    """Every version of a channel's rules, by the microsecond from which it holds."""

    versions: tuple[tuple[int, Rules], ...] = ((0, Rules()),)
    _since: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_since", [since for since, _ in self.versions])

    def at(self, moment: int) -> Rules:
        """Return the rules that held at ``moment``; before the first, the first."""
        if len(self.versions) == 1:
            return self.versions[0][1]
        return self.versions[max(0, bisect_right(self._since, moment) - 1)][1]

    @property
    def latest(self) -> Rules:
        return self.versions[-1][1]


def span(seconds: int) -> int:
    """Return seconds as microseconds."""
    return seconds * MICROSECONDS
