"""Who plays in the drawn scenarios, and how a moment is written.

Times are seconds after the opening (``60``, ``60.25``), or ``90m``, ``25h``, ``3d``, or an
instant of UTC (``2026-03-27T15:20:00``). A message is named by the moment it was posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from support.entries import MICROSECONDS, Role, ts_of

CHANNEL = "C0DESK"
OPENING = 1_772_442_000_482_913
"""Monday 2 March 2026, 09:00:00.482913 UTC in microseconds: a fraction that a float would bend."""
UNITS = {"m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Actor:
    """Somebody who writes or reacts: the Slack id, and the role that the reading found."""

    name: str
    id: str
    role: Role


CAST = {
    actor.name: actor
    for actor in (
        Actor("lena", "U0LENA", Role.CUSTOMER),
        Actor("kim", "U0KIM", Role.CUSTOMER),
        Actor("omar", "U0OMAR", Role.RESPONDER),
        Actor("mia", "U0MIA", Role.RESPONDER),
        Actor("nils", "U0NILS", Role.RESPONDER),
        Actor("ben", "U0BEN", Role.BYSTANDER),
        Actor("bot", "U0KEPI", Role.SELF),
        Actor("relay", "B0RELAY", Role.RELAY_IN),
        Actor("crm", "B0CRM", Role.RELAY_OUT),
        Actor("stranger", "B0STRANGER", Role.IGNORED),
        Actor("slack", "USLACKBOT", Role.IGNORED),
    )
}
NAMES = {actor.id: actor.name for actor in CAST.values()}


def moment(token: str) -> int:
    """Return a drawn moment as UTC microseconds; raises ``ValueError`` for anything else."""
    if "T" in token:
        return instant(datetime.fromisoformat(token).replace(tzinfo=UTC))
    number, unit = (token[:-1], UNITS[token[-1]]) if token[-1] in UNITS else (token, 1)
    if not number.lstrip("-").replace(".", "", 1).isdigit():
        raise ValueError(f"not a moment: {token!r}")
    return OPENING + int(Decimal(number) * unit * MICROSECONDS)


def instant(aware: datetime) -> int:
    """Return an aware datetime as UTC microseconds, in whole numbers all the way."""
    passed = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (passed.days * 86_400 + passed.seconds) * MICROSECONDS + passed.microseconds


def message_at(token: str) -> str:
    """Return the ``ts`` of the message posted at a drawn moment."""
    return ts_of(moment(token))


def seconds(at: int | None) -> int | None:
    """Return whole seconds after the opening, rounded down."""
    return None if at is None else (at - OPENING) // MICROSECONDS


def drawn_name(who: str) -> str:
    """Return the drawn name of a Slack id, or what it is."""
    return NAMES.get(who, who)
