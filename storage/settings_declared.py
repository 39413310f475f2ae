"""The settings of a workspace and of its channels, each declared once."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection

from storage.errors import KepiError
from storage.journeys import LOOK_BACK_DAYS, LOOK_BACK_KEY
from storage.look_back import LONGEST, choose_look_back
from storage.setting import Group, Setting, Where, days, one_of, switch, write_days
from storage.settings_audience import AUDIENCE, read_target, write_target
from storage.workspaces import WEEKDAYS, read_currency, read_weekday, read_zone, zones_by_name

LANGUAGES = (
    ("en", "English"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("sv", "Svenska"),
    ("zh", "中文"),
)
EVERYONE, ASKER = "everyone", "asker"
ANSWERS = ((EVERYONE, "Everyone there"), (ASKER, "Only the asker"))
NOWHERE = "off"
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>|([CG][A-Z0-9]{2,20})")


def read_place(words: str) -> str:
    """Return the zone of a name or of a town: “Stockholm”, “Europe/Stockholm”."""
    asked = words.strip().lower().replace(" ", "_")
    towns = {it.rpartition("/")[2].lower(): it for it in zones_by_name().values()}
    return read_zone(words if "/" in asked else towns.get(asked, words))


def read_channel(words: str) -> str:
    """Return a channel's id, or nothing for “off”."""
    said = words.strip()
    if said.lower() in (NOWHERE, "none", "nobody", "-", ""):
        return ""
    found = CHANNEL.fullmatch(said)
    if found is None:
        raise KepiError(
            "“{said}” is not a channel's id such as C0123456789, nor off.", said=said[:40]
        )
    return found[1] or found[2]


def keep_look_back(
    connection: Connection, workspace: int, value: int, by: str, at: datetime
) -> None:
    choose_look_back(connection, workspace, value, by, at)


DECLARED: tuple[Setting, ...] = (
    Setting(
        "zone",
        "Time zone",
        "Days and weeks begin and end here.",
        default="UTC",
        read=read_place,
        write=str,
        example="Europe/Stockholm",
        names=("timezone", "time-zone"),
        column="zone",
        recomputes="Posts, mentions and visits move to the days of the new zone",
    ),
    Setting(
        "week-start",
        "First day of the week",
        "Weeks in answers begin on it.",
        default=0,
        read=read_weekday,
        write=lambda value: WEEKDAYS[value],
        choices=tuple((it, it.capitalize()) for it in WEEKDAYS),
        column="week_start",
    ),
    Setting(
        "currency",
        "Currency",
        "For amounts whose file names no currency. Nothing is ever converted.",
        default="EUR",
        read=read_currency,
        write=str,
        example="EUR",
        column="currency",
        recomputes="Amounts of other currencies stay as they are, in lines of their own",
    ),
    Setting(
        "audience",
        "Target audience",
        "Whom you want to reach. “Audience fit” is counted from it.",
        default=None,
        read=read_target,
        write=write_target,
        example="country SE, NO",
        kept=AUDIENCE,
    ),
    Setting(
        "attribution-look-back",
        "Look-back of attribution",
        "Contacts in so many days before a conversion count for it.",
        default=LOOK_BACK_DAYS,
        read=days(1, LONGEST),
        write=write_days(),
        example="30 days",
        names=("look-back",),
        kept=LOOK_BACK_KEY,
        keep=keep_look_back,
    ),
    Setting(
        "language",
        "Language in channels",
        "In channels Kepi writes to everyone in this language.",
        default="en",
        read=one_of(LANGUAGES),
        write=str,
        where=Where.BOTH,
        group=Group.SLACK,
        choices=LANGUAGES,
        of_channel="{kept}:#{channel}",
    ),
    Setting(
        "answers",
        "Answers are seen by",
        "In channels; digests and alerts are always seen by everyone there.",
        default=EVERYONE,
        read=one_of(ANSWERS),
        write=str,
        where=Where.BOTH,
        group=Group.SLACK,
        choices=ANSWERS,
    ),
    Setting(
        "ops-channel",
        "Failures are told in",
        "Whoever owns the message that failed is told, too.",
        default="",
        read=read_channel,
        write=lambda value: value or NOWHERE,
        group=Group.SLACK,
        example="C0123456789",
    ),
    switch(
        "figures-by-person",
        "Figures by person",
        "Everyone may see them; one's own are always seen.",
        group=Group.CUSTOMERS,
    ),
    switch(
        "ratings",
        "Customer ratings",
        "Customers in Slack are asked how it was once an issue is solved.",
        group=Group.CUSTOMERS,
        kept="csat",
    ),
    switch(
        "morning",
        "Who waits, at opening time",
        "The team is told each morning who waits, where somebody does.",
        where=Where.CHANNEL,
        group=Group.CUSTOMERS,
        default=True,
    ),
)
