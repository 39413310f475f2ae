"""What a new workspace starts with: a small company that fits every rule the bot has."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.relay import Relay
from bot.playground.world import App, Channel, Member, Team, UserGroup

ACME = "T0ACME00000"
NORDIC = "T0NORDIC000"
MIA, OMAR, GUS, LENA = "U0MIA000000", "U0OMAR00000", "U0GUS000000", "U0LENA00000"
KEPI, KEPI_BOT, KEPI_APP = "U0KEPI00000", "B0KEPI00000", "A0KEPI00000"

SCOPES = frozenset(
    {"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands"}
    | {"files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read"}
    | {"im:write", "reactions:read", "reactions:write", "team:read", "usergroups:read"}
    | {"users:read"}
)
EVENTS = frozenset(
    {"app_home_opened", "app_mention", "file_shared", "member_joined_channel"}
    | {"message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed"}
    | {"member_left_channel", "channel_archive", "channel_unarchive", "channel_deleted"}
    | {"group_archive", "group_unarchive", "group_deleted", "channel_rename", "group_rename"}
    | {"channel_id_changed", "channel_left", "group_left", "channel_shared", "channel_unshared"}
    | {"user_change", "team_join", "subteam_created", "subteam_members_changed"}
    | {"subteam_updated"}
)


@dataclass(frozen=True)
class Command:
    """A slash command of the app's manifest (slack-platform §10)."""

    name: str
    description: str
    usage_hint: str = ""
    should_escape: bool = True


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the manifest: of kind `message` or `global`."""

    name: str
    callback_id: str
    kind: str = "message"


@dataclass
class Seed:
    """A workspace as it is before anyone does anything. Tests may build their own.

    `scopes` are those the bot token was given: a method that needs another is refused with
    `missing_scope`. `events` are the subscriptions of the manifest. `relays` are social tools
    through which the page lets customers write.
    """

    team: Team = field(default_factory=lambda: Team(ACME, "Acme", "acme"))
    other_teams: list[Team] = field(
        default_factory=lambda: [Team(NORDIC, "Nordic Agency", "nordic-agency")]
    )
    members: list[Member] = field(default_factory=lambda: people())
    channels: list[Channel] = field(default_factory=lambda: rooms())
    groups: list[UserGroup] = field(default_factory=list)
    apps: list[App] = field(default_factory=list)
    relays: list[Relay] = field(default_factory=list)
    bot_user: str = KEPI
    bot_id: str = KEPI_BOT
    app_id: str = KEPI_APP
    scopes: frozenset[str] = SCOPES
    events: frozenset[str] = EVENTS
    commands: tuple[Command, ...] = (
        Command("/kpi", "Ask for a number", "reach instagram last-30d"),
        Command("/support", "Who is waiting for an answer", "12 | setup | new"),
    )
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = True


def people() -> list[Member]:
    """Return an admin, a member, a guest, someone from another company, and the bot."""
    return [
        Member(
            MIA, "mia", "Mia Berg", ACME, "Europe/Stockholm", 3600, is_admin=True,
            email="mia@acme.example",
        ),
        Member(OMAR, "omar", "Omar Haddad", ACME, "Europe/London", email="omar@acme.example"),
        Member(GUS, "gus", "Gus Lind", ACME, "Europe/Stockholm", 3600, is_restricted=True),
        Member(LENA, "lena", "Lena Koch", NORDIC, tz=None, is_stranger=True),
        Member(KEPI, "kepi", "Kepi", ACME, is_bot=True),
    ]  # fmt: skip


def rooms() -> list[Channel]:
    """Return channels with and without the bot; direct messages are made by the workspace."""
    return [
        Channel("C0MARKETING", "marketing", [MIA, OMAR, GUS, KEPI], topic="Campaigns and numbers"),
        Channel("C0RANDOM000", "random", [MIA, OMAR]),
        Channel("C0SUPPORT00", "support", [MIA, OMAR, KEPI], topic="Customers write here"),
        Channel("C0PARTNER00", "partner-acme", [MIA, OMAR, LENA, KEPI], is_ext_shared=True),
        Channel("C0BOARD0000", "board", [MIA, OMAR], is_private=True),
    ]
