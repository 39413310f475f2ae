"""Whatever a workspace holds, its digest is worked out: random data, holes, plans and moments."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kpis.asking import Answers, ask
from kpis.catalogue import CATALOGUE
from kpis.digests.calendar import due_at, latest_due
from kpis.digests.plan import Plan
from kpis.question import Scope
from storage.platforms import PLATFORMS
from tests import databases
from tests.digest_content.conftest import put, settle, tell
from tests.digest_content.drawn_weeks import post, posts

LAST = date(2026, 11, 22)
MEASURES = ("impressions", "likes", "comments", "clicks", "followers", "reach")
ZONES = ("UTC", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York")


def draw_days(dice: random.Random) -> str:
    """Return account days of some platforms, with holes, blanks, zeros and jumps."""
    lines = [f"day | platform | account | {' | '.join(MEASURES)}", "---+" * 8 + "---"]
    for platform in dice.sample(sorted(PLATFORMS), dice.randint(1, 3)):
        lacks = PLATFORMS[platform].lacks
        for account in ("acme", "bloom")[: dice.randint(1, 2)]:
            size = 10 ** dice.randint(0, 6)
            for ago in range(dice.choice((5, 20, 80, 120))):
                if dice.random() < 0.1:
                    continue
                cells = [
                    "" if name in lacks or dice.random() < 0.05 else str(dice.randint(0, size))
                    for name in MEASURES
                ]
                day = LAST - timedelta(days=ago)
                lines.append(f"{day} | {platform} | {account} | {' | '.join(cells)}")
    return "\n".join(lines)


def draw_posts(dice: random.Random) -> list[str]:
    found = []
    for ago in range(dice.choice((0, 3, 60, 160))):
        moment = f"{LAST - timedelta(days=ago)} {dice.randint(0, 23):02}:{ago % 60:02}"
        reach: int | str = "" if dice.random() < 0.2 else dice.randint(0, 5_000)
        kind = dice.choice(("reel", "photo", "story", ""))
        tags = dice.choice(("#a", "#a #b", ""))
        found.append(post(moment, reach, kind=kind, tags=tags, title=dice.choice(("", "Fika"))))
    return found


def draw_plan(dice: random.Random) -> Plan:
    kpis = tuple(dice.sample(sorted(CATALOGUE), dice.randint(1, 12))) if dice.random() < 0.6 else ()
    scope = dice.choice(
        (Scope(), Scope(), Scope(platforms=("instagram",)), Scope(accounts=(1, 99)))
    )
    return Plan(
        id=1,
        channel="C1",
        cadence=dice.choice(("daily", "weekly", "monthly", "quarterly")),
        zone=dice.choice(ZONES),
        kpis=kpis,
        scope=scope,
    )


@pytest.mark.parametrize("seed", range(30))
def test_every_workspace_has_a_digest(seed: int, tmp_path: Path) -> None:
    """No refusal, no fault, nothing invented: rows say what ``/kpi`` says, and twice the same."""
    dice = random.Random(seed)
    with databases.fresh("sqlite", tmp_path) as database:
        rows = {"days": draw_days(dice), **(posts(draw_posts(dice)) if dice.random() < 0.8 else {})}
        put(database, rows)
        settle(database, zone=dice.choice(ZONES), week_start=dice.choice(("monday", "sunday")))
        plan = draw_plan(dice)
        now = datetime(2026, 11, 23, dice.randint(0, 23), tzinfo=UTC)
        found = latest_due(plan, now)
        assert found is not None
        key = found[0]
        now = max(now, due_at(plan, key))
        report = tell(database, key, plan=plan, now=now)
        assert tell(database, key, plan=plan, now=now) == report
        assert report.headline
        assert len(report.rows) <= 10
        assert len(report.steps) <= 5
        assert len(report.best) <= 5
        lines = (*report.went_well, *report.needs_care, *report.notes, *report.missing)
        assert all(0 < len(it) <= 250 for it in (report.headline, *lines))
        assert not any(word in repr(lines) for word in ("nan", "inf ", "None"))
        moment = max(now, datetime.combine(report.period.end, datetime.min.time(), UTC))
        for row in report.rows:
            reply = ask(
                row.asks,
                database=database,
                workspace=report.workspace,
                now=moment + timedelta(days=1),
            )
            assert isinstance(reply, Answers)
            value = reply.answers[0].main.value
            assert row.value is None or row.value == value.low  # type: ignore[union-attr]
