"""The town of the demo: Acme's people and channels, two social tools, a partner's guest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground import sample_words as words
from bot.playground.installed import seed_of
from bot.playground.relay import Relay, Shape
from bot.playground.seed import ACME, GUS, KEPI, MIA, OMAR, Seed
from bot.playground.world import App, Channel, Member, Team, UserGroup

NORDKAFFE = "T0NORDKAFFE"
IDA, TOM, NORA = "U0IDA000000", "U0TOM000000", "U0NORA00000"
ELSA, LINH, SARI, WEI = "U0ELSA00000", "U0LINH00000", "U0SARI00000", "U0WEI000000"
MARKETING, CARE, HELP = "C0MARKETING", "C0ACMECARE0", "C0HELPIT000"
PARTNER, TEAM_ROOM = "C0NORDKAFFE", "C0CARETEAM0"
CARE_GROUP, IT_GROUP = "S0CARE00000", "S0IT0000000"

X_RELAY = Relay(
    App("A0XMENTIONS", "B0XMENTIONS", "X mentions"),
    CARE,
    "X",
    Shape.TEXT,
    ("lena_k", "oskar.b", "minh_tran", "kaffekatten", "sara88", "jonas_w", "ayu.p"),
    tuple(words.X_TALK),
    words.FOLLOWS,
    words.THANKS,
)
INSTAGRAM_RELAY = Relay(
    App("A0INSTAGRAM", "B0INSTAGRAM", "Instagram comments"),
    CARE,
    "Instagram",
    Shape.ATTACHMENT,
    ("brewlover", "lisa.fika", "cafe_hopper", "tien.nguyen", "mor_maja", "latte.lars"),
    tuple(words.INSTAGRAM_TALK),
    words.FOLLOWS,
    words.THANKS,
)
RELAYS = (X_RELAY, INSTAGRAM_RELAY)


def town_of(manifest: Mapping[str, Any]) -> Seed:
    """Return the demo's workspace with the rights that the app's `manifest` asks for."""
    return replace(
        seed_of(manifest),
        team=Team(ACME, "Acme", "acme"),
        other_teams=[Team(NORDKAFFE, "Nordkaffe", "nordkaffe")],
        members=people(),
        channels=rooms(),
        groups=town_groups(),
        apps=[each.app for each in RELAYS],
        relays=list(RELAYS),
    )


def town_groups() -> list[UserGroup]:
    """Return who answers customers, and who answers colleagues."""
    return [
        UserGroup(CARE_GROUP, "care", "Care", [MIA, OMAR]),
        UserGroup(IT_GROUP, "it", "IT", [TOM]),
    ]


def people() -> list[Member]:
    """Return the care team, colleagues, a guest, somebody of the partner, and the bot.

    Some read Slack in Swedish, Vietnamese, Indonesian and Chinese, and are answered in that.
    """
    stockholm = ("Europe/Stockholm", 3600)
    return [
        Member(MIA, "mia", "Mia Berg", ACME, *stockholm, is_admin=True, email="mia@acme.example"),
        Member(OMAR, "omar", "Omar Haddad", ACME, "Europe/London", email="omar@acme.example"),
        Member(IDA, "ida", "Ida Falk", ACME, *stockholm),
        Member(TOM, "tom", "Tom Reyes", ACME, *stockholm),
        Member(ELSA, "elsa", "Elsa Öberg", ACME, *stockholm, locale="sv-SE"),
        Member(LINH, "linh", "Linh Trần", ACME, "Asia/Ho_Chi_Minh", 25_200, locale="vi-VN"),
        Member(SARI, "sari", "Sari Dewi", ACME, "Asia/Jakarta", 25_200, locale="id-ID"),
        Member(WEI, "wei", "Wei Chen", ACME, "Asia/Shanghai", 28_800, locale="zh-CN"),
        Member(GUS, "gus", "Gus Lind", ACME, *stockholm, is_restricted=True),
        Member(NORA, "nora", "Nora Lund", NORDKAFFE, tz=None, is_stranger=True),
        Member(KEPI, "kepi", "Kepi", ACME, is_bot=True),
    ]


def rooms() -> list[Channel]:
    """Return the channels; the first is the one that the page opens with."""
    return [
        Channel(
            MARKETING,
            "marketing",
            [MIA, OMAR, IDA, ELSA, LINH, SARI, WEI, GUS, KEPI],
            topic="Campaigns, numbers",
        ),
        Channel(
            CARE, "acme-care", [MIA, OMAR, IDA, KEPI], topic="Customers on X and Instagram. Sample"
        ),
        Channel(
            HELP, "help-it", [MIA, OMAR, IDA, TOM, GUS, KEPI], topic="Ask IT: tom answers. Sample"
        ),
        Channel(
            PARTNER,
            "nordkaffe-partner",
            [MIA, OMAR, NORA, KEPI],
            is_ext_shared=True,
            topic="With Nordkaffe. Sample",
            connected=[NORDKAFFE],
        ),
        Channel(TEAM_ROOM, "care-team", [MIA, OMAR, KEPI], topic="Notices to the care team"),
        Channel("C0RANDOM000", "random", [MIA, OMAR, IDA, ELSA, LINH, SARI, WEI]),
        Channel("C0BOARD0000", "board", [MIA, OMAR], is_private=True),
    ]
