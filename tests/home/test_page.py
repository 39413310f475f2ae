"""Home as one page, from drawn facts: it fits, whatever there is (slack-platform §5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground.blocks import accept_view
from commands.home.command import compose_start
from commands.home.facts import Digest, Facts, Held
from commands.home.page import compose_for_guest, compose_home
from commands.home.parts import compose_accounts, compose_digests
from kpis.digests.plan import Plan
from kpis.tongue import LANGUAGES, speaking
from storage.at_a_glance import Desk, OpenAlert, OpenGoal, Sent
from storage.platforms import PLATFORMS

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
WEEK_AGO = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
EMPTY = Facts(now=NOW, zone=ZoneInfo("Europe/Stockholm"), has_numbers=True)


def drawn(table: str) -> tuple[Held, ...]:
    """Return accounts of a drawn table: platform, handle, brand, whose, last day."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return tuple(
        Held(platform, handle, brand, whose == "own", date.fromisoformat(day) if day else None)
        for platform, handle, brand, whose, day in rows
    )


def words_of(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(it["text"]["text"] for it in blocks if it["type"] == "section")


def test_accounts_stand_by_brand_and_what_is_old_says_so() -> None:
    """A line for each handle and last day; a competitor's old data is nobody's care."""
    accounts = drawn(
        """
        instagram | acme      | Acme      | own   | 2026-11-21
        facebook  | acme      | Acme      | own   | 2026-11-21
        x         | acme      | Acme      | own   | 2026-11-13
        tiktok    | acme_se   | Acme      | own   |
        linkedin  | acme      | Acme      | own   | 2025-12-31
        youtube   | <b>&      | <!here> & | rival | 2026-01-05
        """
    )
    said = words_of(compose_accounts(replace(EMPTY, accounts=accounts)))
    assert said == (
        "*Acme*\n"
        "Instagram, Facebook acme · data to 21 Nov\n"
        "X acme · data to 13 Nov, 9 days old\n"
        "TikTok acme_se · no data yet\n"
        "LinkedIn acme · data to 31 Dec 2025, 326 days old\n"
        "*&lt;!here&gt; &amp;* · competitor\n"
        "YouTube &lt;b&gt;&amp; · data to 5 Jan"
    )


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_whatever_there_is_fits_slack_in_every_language(language: str) -> None:
    """Five hundred accounts of as many brands, fifty digests, long names: 100 blocks at most."""
    accounts = tuple(
        Held(platform, f"handle{number}" * 8, f"Brand {number} " + "x" * 60, number % 3 > 0, None)
        for number in range(90)
        for platform in PLATFORMS
    )
    digests = tuple(standing(channel=f"C0{number:09d}") for number in range(50))
    waits = NOW - timedelta(days=3)
    full = replace(
        EMPTY,
        accounts=accounts,
        digests=digests,
        desks=tuple(Desk(it.plan.channel, True, 1_000, waits) for it in digests),
        alerts=tuple(OpenAlert(f"C{number}", "x" * 900, "{}", NOW) for number in range(30)),
        goals=tuple(OpenGoal("{}", "U1", "U1", "behind") for _ in range(30)),
        lost=12,
    )
    with speaking(language):
        for facts in (
            EMPTY,
            full,
            replace(EMPTY, has_numbers=False),
            replace(full, has_numbers=False),
        ):
            for is_admin in (True, False):
                view = compose_home(facts, is_admin=is_admin, said="x" * 200)
                assert accept_view(view, ("home",), lambda _: True)
                assert len(json.dumps(view)) < 250_000
            text, blocks = compose_start(facts, is_admin=True)
            assert text
            assert len(blocks) <= 15
        assert accept_view(compose_for_guest(), ("home",), lambda _: True)


def standing(**chosen: Any) -> Digest:
    values: Mapping[str, Any] = {"id": 1, "channel": "C0MARKETING", "cadence": "weekly"}
    plan = Plan(**{**values, "zone": "Europe/Stockholm", "week_start": 0, **chosen})
    due = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    return Digest(plan, due)


def test_a_digest_is_told_in_its_own_zone_and_what_keeps_it_is_said() -> None:
    """09:00 in Stockholm is 03:00 in New York; paused and held ones say so."""
    cases = [
        (standing(), "Every week, <#C0MARKETING> · next Mon 23 Nov 09:00, Stockholm time"),
        (
            standing(zone="America/New_York", cadence="daily"),
            "Every day, <#C0MARKETING> · next Mon 23 Nov 03:00, New York time",
        ),
        (standing(paused=NOW), "Every week, <#C0MARKETING> · paused"),
        (
            replace(standing(), is_held=True),
            "Every week, <#C0MARKETING> · next one held, due Mon 23 Nov 09:00",
        ),
    ]
    for digest, says in cases:
        said = words_of([compose_digests(replace(EMPTY, digests=(digest,)))])
        assert said == f"*Digests*\n{says} · none sent yet"
    for state, says in (
        ("sent", "last sent Mon 16 Nov 09:01"),
        ("sending", "one is on its way"),
        ("dead", "the last one was not sent"),
    ):
        last = Sent(state, due=WEEK_AGO, sent=WEEK_AGO + timedelta(minutes=1))
        facts = replace(EMPTY, digests=(replace(standing(), last=last),))
        assert words_of([compose_digests(facts)]).endswith(f" · {says}")


def test_customers_are_counted_with_the_oldest() -> None:
    """“4 waiting, the oldest for 2 d”; nobody is said too, where somebody could."""
    two = (
        Desk("C1", True, 1, NOW - timedelta(hours=1)),
        Desk("C2", True, 3, NOW - timedelta(days=2, hours=5)),
    )
    for desks, says in (
        (two, "Customers: 4 waiting, the oldest for 2 d"),
        (two[:1], "Customers: 1 waiting, the oldest for 1 h"),
        ((Desk("C1", True, 0, None),), "Customers: nobody waits · <#C1>"),
        ((Desk("C1", False, 2, NOW - timedelta(minutes=5)),), "2 waiting, the oldest for 5 min"),
    ):
        assert says in str(compose_home(replace(EMPTY, desks=desks), is_admin=False))
    for none in (EMPTY, replace(EMPTY, desks=(Desk("C1", False, 0, None),))):
        assert "Customers" not in str(compose_home(none, is_admin=False))
