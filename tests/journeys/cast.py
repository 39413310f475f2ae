"""The cast of the drawings as a workspace: who is a guest, who is in the care team, what relays."""

from __future__ import annotations

from dataclasses import replace

from bot.manifest import build_manifest
from bot.playground import Channel, Member, Seed, UserGroup, seed_of
from support.relays import Extractor, RelayRule
from support.roles import Direction
from support.rules import Rules
from tests.journeys.steps import PEOPLE
from tests.support.drawn_cast import CAST

CARE = UserGroup("S0CARE", "care", "Care", [CAST[it].id for it in ("omar", "mia", "nils")])
ADMIN = CAST["mia"].id
ROOMS = 300
APPS = {
    "relay": ("A0RELAY", "B0RELAY", "Instagram mentions"),
    "crm": ("A0CRM", "B0CRM", "Answers"),
    "stranger": ("A0STRANGER", "B0STRANGER", "Weather"),
}


def seed() -> Seed:
    """Return a workspace in which the bot has what its own manifest asks for, and no more."""
    made = seed_of(build_manifest("socket"))
    made.members = [member(name, made) for name in PEOPLE]
    made.bot_user = CAST["bot"].id
    made.members.append(Member(made.bot_user, "kepi", "Kepi", made.team.id, is_bot=True))
    everybody = [it.id for it in made.members]
    made.channels = [
        Channel(f"C0DESK{number:03d}", f"desk-{number}", list(everybody))
        for number in range(1, ROOMS + 1)
    ]
    made.groups = [replace(CARE, users=list(CARE.users))]
    return made


def member(name: str, made: Seed) -> Member:
    """Lena and Kim are guests, and so customers; Ben is a colleague whom nobody named."""
    is_guest = name in ("lena", "kim")
    id = CAST[name].id
    return Member(
        id, name, name.title(), made.team.id, is_restricted=is_guest, is_admin=id == ADMIN
    )


def peopled(rules: Rules) -> Rules:
    """Return drawn rules with the roles of the cast: the group answers, guests are customers."""
    return replace(rules, responder_groups=(CARE.id,), others_are="bystander")


PARTS = {
    "platform": Extractor(value="instagram"),
    "handle": Extractor("text", r"^@(\w+):"),
    "text": Extractor("text", r"^@\w*: (.+)$"),
    "conversation": Extractor("text", r"^conversation (c\w+)$"),
    "source_at": Extractor("text", r"^written (\d.+)$"),
}
RELAYS = (
    RelayRule("A0RELAY", Direction.INBOUND, parts=PARTS),
    RelayRule("A0CRM", Direction.OUTBOUND, parts=PARTS),
)
