"""What the demo's people have set up: a Monday digest, goals, and alert rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.playground.sample_town import MARKETING
from bot.playground.seed import MIA
from kpis.answers import Value
from kpis.asking import Answers, ask
from storage import alerts, digests, goals
from storage.database import Database

ZONE = "Europe/Stockholm"
"""Mia's, so that the digest comes on her Monday morning."""
NEAR, FAR = 40, 900
"""Followers to win: one goal is reached within days, the other is behind."""


def plant_plans(database: Database, workspace: int, now: datetime) -> None:
    """Set up what the demo shows while its time passes."""
    followers = count_followers(database, workspace, now)
    with database.write() as connection:
        plant_digest(connection, workspace, now)
        plant_rules(connection, workspace, now)
        if followers is not None:
            plant_goals(connection, workspace, followers, now)


def plant_digest(connection: Connection, workspace: int, now: datetime) -> None:
    wanted = digests.usual(MARKETING, ZONE, MIA, now)
    digests.add(connection, workspace, wanted, now)


def plant_rules(connection: Connection, workspace: int, now: datetime) -> None:
    """A crisis opens an incident, and data that stop are told of."""
    for kind in ("crisis", "silence"):
        alerts.add_rule(connection, workspace, channel=MARKETING, kind=kind, by=MIA, at=now)


def count_followers(database: Database, workspace: int, now: datetime) -> float | None:
    """Return how many follow on Instagram, as ``/kpi`` says it."""
    reply = ask("followers instagram", database=database, workspace=workspace, now=now)
    value = reply.answers[0].main.value if isinstance(reply, Answers) else None
    return value.low if isinstance(value, Value) else None


def plant_goals(connection: Connection, workspace: int, followers: float, now: datetime) -> None:
    """One goal that is reached in the coming days, and one that is behind."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    scope = goals.pack({"platforms": ["instagram"]})
    for more, days in ((NEAR, 21), (FAR, 40)):
        target = followers + more
        values = {
            "text": f"{target:,.0f} instagram followers",
            "kpi": "followers",
            "scope": scope,
            "shape": "level",
            "better": "higher",
            "target": target,
            "baseline": followers,
            "start": today,
            "end": today + timedelta(days=days),
            "aim": "awareness",
            "owner": MIA,
            "channel": MARKETING,
        }
        goals.add(connection, workspace, values, by=MIA, made=now)
