"""Credits of single conversions: who gets how much, exactly, on which day, and how they renew.

``plain_credits`` works them out again, slowly and with fractions, from the rows alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from storage.credits import renew
from storage.database import Database
from storage.errors import KepiError
from storage.imports import undo
from storage.look_back import choose_look_back, look_back_days
from storage.support_notes import choose
from storage.tables import EPOCH_DAY
from storage.workspaces import change_setting
from tests.attribution.drawn import AT, keep, keep_rows

MODELS = ("first", "last", "linear", "time-decay", "position")

JOURNEYS = """
    customer | at               | platform  | paid | campaign | session
    ---------+------------------+-----------+------+----------+--------
    ann      | 2026-11-01 10:00 | instagram | no   |          | s1
    ann      | 2026-11-08 10:00 | x         | yes  | sale     | s2
    ann      | 2026-11-15 10:00 | email     |      |          | s3
    bob      | 2026-10-20 09:00 | x         | yes  | sale     |
    bob      | 2026-10-16 09:00 | instagram | no   |          |
    cy       | 2026-11-02 00:00 | facebook  | no   |          | s9
    cy       | 2026-11-16 00:00 | facebook  | no   |          | s9
"""
BOUGHT = """
    customer | at               | type     | value  | platform | session | direct
    ---------+------------------+----------+--------+----------+---------+-------
    ann      | 2026-11-15 10:00 | purchase | 100.00 |          | s3      |
    bob      | 2026-11-15 09:00 | lead     |        |          |         |
    cy       | 2026-11-01 23:59 | lead     |        | linkedin |         | yes
    dora     | 2026-11-15 12:00 | purchase | 0.01   |          |         | yes
"""


def credits_of(connection: Connection, model: str) -> dict[tuple[str, str], tuple[int, int, int]]:
    rows = connection.execute(
        text(
            "SELECT platform, type, sum(credit), sum(value), sum(direct) FROM credit"
            " WHERE model = :model GROUP BY platform, type"
        ),
        {"model": model},
    )
    return {(row[0], row[1]): (int(row[2]), int(row[3]), int(row[4])) for row in rows}


def test_each_model_shares_a_conversion_as_its_rule_says(database: Database) -> None:
    """Ann is touched 14, 7 and 0 days before; time decay weighs 1 : 2 : 4 (half in 7 days).

    Bob's touch at 30 days counts by the second (the 16th at 09:00), cy's two come after. What
    nobody touched goes to the platform that the file names, or to none. A conversion is direct
    where its session is that of the last touch; without a known medium it came from none.
    """
    keep(database, touches=JOURNEYS, conversions=BOUGHT)
    cy, dora = {("linkedin", "lead"): (10**6, 0, 10**6)}, {("", "purchase"): (10**6, 1, 0)}
    lead, sold = "lead", "purchase"
    expected: dict[str, dict[tuple[str, str], tuple[int, int, int]]] = {
        "first": {
            ("instagram", sold): (10**6, 10_000, 0),
            ("instagram", lead): (10**6, 0, 0),
        },
        "last": {("email", sold): (10**6, 10_000, 10**6), ("x", lead): (10**6, 0, 0)},
        "linear": {
            ("instagram", sold): (333_334, 3_334, 0),  # what is left goes to the earliest
            ("x", sold): (333_333, 3_333, 0),
            ("email", sold): (333_333, 3_333, 333_333),
            ("instagram", lead): (500_000, 0, 0),
            ("x", lead): (500_000, 0, 0),
        },
        "time-decay": {
            ("instagram", sold): (142_857, 1_429, 0),
            ("x", sold): (285_714, 2_857, 0),
            ("email", sold): (571_429, 5_714, 571_429),
        },
        "position": {
            ("instagram", sold): (400_000, 4_000, 0),
            ("x", sold): (200_000, 2_000, 0),
            ("email", sold): (400_000, 4_000, 400_000),
            ("instagram", lead): (500_000, 0, 0),
            ("x", lead): (500_000, 0, 0),
        },
    }
    with database.read() as connection:
        for model, told in expected.items():
            held = credits_of(connection, model)
            if model == "time-decay":  # 4 days apart: 2^(-4/7) to 1
                weight = 2 ** (-4 / 7)
                assert held.pop(("instagram", lead))[0] == round(10**6 * weight / (1 + weight))
                assert held.pop(("x", lead))[0] == round(10**6 / (1 + weight))
            assert held == told | cy | dora, model
        # Ann met us on X before the visit that her email began; bob met us on X 26 days before.
        # Cy bought in the very visit, and dora came from nowhere that is known.
        helped = {("x", sold): (10**6, 0, 0), ("x", lead): (10**6, 0, 0)}
        assert credits_of(connection, "assisted") == helped


def draw_rows(chance: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return touches and conversions of few people in two months, many at edges of days."""
    start = datetime(2026, 9, 20, tzinfo=UTC)

    def moment() -> datetime:
        days, hours = chance.randrange(60), chance.choice((0, 0, 5, 13, 23))
        more = chance.choice((0, 0, 1, 1_799_999_999, 3_599_999_999))
        return start + timedelta(days=days, hours=hours, microseconds=more)

    def word(*words: str) -> str:
        return chance.choice(words)

    touches = [
        {
            "external_id": f"t{number}",
            "customer": word("", "a", "b", "c", "Å", "d"),
            "at": moment(),
            "platform": word("", "instagram", "x", "email", "tiktok"),
            "campaign": word("", "sale"),
            "paid": chance.choice((None, True, False)),
            "session": word("", "s1", "s2", "s3"),
        }
        for number in range(90)
    ]
    conversions = [
        {
            "external_id": f"c{number}",
            "customer": word("", "a", "b", "c", "Å", "nobody"),
            "at": chance.choice([moment(), touches[number]["at"],
                                 touches[number]["at"] + timedelta(days=30)]),
            "type": word("purchase", "lead"),
            "platform": word("", "", "youtube"),
            "campaign": word("", "autumn"),
            "session": word("", "s1", "s2"),
            "direct": chance.choice((None, None, True, False)),
            **chance.choice(
                ({"value": None, "currency": ""}, {"value": 0, "currency": "EUR"},
                 {"value": chance.randrange(1, 9_999), "currency": "EUR"},
                 {"value": -chance.randrange(99), "currency": "EUR"},
                 {"value": chance.randrange(10**12), "currency": "VND"})
            ),
        }
        for number in range(60)
    ]  # fmt: skip
    return touches, conversions


Key = tuple[str, Any, str, str, str, str, str]
Plain = dict[Key, list[Fraction]]


def plain_credits(
    touches: list[dict[str, Any]], conversions: list[dict[str, Any]], zone: str, days: int
) -> tuple[Plain, dict[tuple[Any, ...], int]]:
    """Return credit, value and direct by model, day, medium, type and currency; and blocks' sums.

    ``touches`` are in the order of their ids: equal moments keep it.
    """
    found: Plain = defaultdict(lambda: [Fraction(0)] * 3)
    worth: dict[tuple[Any, ...], int] = Counter()
    for it in conversions:
        back = it["at"] - timedelta(days=days)
        theirs = [t for t in touches if t["customer"] == it["customer"] != ""]
        path = sorted((t for t in theirs if back <= t["at"] <= it["at"]), key=lambda t: t["at"])
        named = {None: "", True: "paid", False: "organic"}
        media = [(t["platform"], t["campaign"], named[t["paid"]]) for t in path]
        own = (it["platform"], it["campaign"], "")
        same = bool(path and it["session"] and it["session"] == path[-1]["session"])
        direct = (it["direct"] is True or same) and bool((media or [own])[-1][0])
        block = (it["at"].astimezone(ZoneInfo(zone)).date(), it["type"], it["currency"])
        worth[block] += it["value"] or 0
        for model in MODELS:
            shares = plain_shares(model, [t["at"] for t in path])
            for at, (medium, share) in enumerate(zip(media or [own], shares, strict=True)):
                held = found[(model, block[0], *medium, *block[1:])]
                is_last = at == len(shares) - 1
                found[(model, block[0], *medium, *block[1:])] = [
                    held[0] + share,
                    held[1] + share * (it["value"] or 0),
                    held[2] + (share if direct and is_last else 0),
                ]
    return found, worth


def plain_assists(
    touches: list[dict[str, Any]], conversions: list[dict[str, Any]], zone: str, days: int
) -> Counter[tuple[Any, ...]]:
    """Count conversions by day, last contact on social media, type and currency.

    One that was made in the session of that contact was direct, and is not counted.
    """
    social, found = ("instagram", "x", "tiktok", "youtube"), Counter[tuple[Any, ...]]()
    named = {None: "", True: "paid", False: "organic"}
    for it in conversions:
        back = it["at"] - timedelta(days=days)
        theirs = [t for t in touches if t["customer"] == it["customer"] != ""]
        path = sorted((t for t in theirs if back <= t["at"] <= it["at"]), key=lambda t: t["at"])
        day = it["at"].astimezone(ZoneInfo(zone)).date()
        met = path or [{**it, "paid": None}]
        same = it["direct"] or (path and it["session"] and it["session"] == path[-1]["session"])
        if same and met[-1]["platform"] in social:
            continue
        for t in met[::-1]:
            if t["platform"] in social:
                medium = (t["platform"], t["campaign"], named[t["paid"]])
                found[(day, *medium, it["type"], it["currency"])] += 1
                break
    return found


def plain_shares(model: str, moments: list[datetime]) -> list[Fraction]:
    n = len(moments)
    if n < 2:
        return [Fraction(1)]
    match model:
        case "first":
            weights = [Fraction(int(at == 0)) for at in range(n)]
        case "last":
            weights = [Fraction(int(at == n - 1)) for at in range(n)]
        case "linear":
            weights = [Fraction(1)] * n
        case "time-decay":
            weeks = [(moments[-1] - it) / timedelta(days=7) for it in moments]
            weights = [Fraction(0.5**it) for it in weeks]
        case _:
            between = Fraction(1, 5) / (n - 2) if n > 2 else Fraction(0)
            ends = Fraction(2, 5) if n > 2 else Fraction(1, 2)
            weights = [ends, *[between] * (n - 2), ends]
    whole = sum(weights, Fraction(0))
    return [it / whole for it in weights]


def stored(connection: Connection) -> dict[Key, tuple[int, int, int]]:
    rows = connection.execute(
        text(
            "SELECT model, start, platform, campaign, paid, type, currency, credit, value, direct,"
            ' "end" - start, collection FROM credit'
        )
    ).all()
    assert {(row[10], row[11]) for row in rows} <= {(1, "")}
    found = {
        (row[0], EPOCH_DAY + timedelta(days=row[1]), *row[2:7]): (row[7], row[8], row[9])
        for row in rows
    }
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize(
    ("seed", "zone", "days"),
    [(1, "UTC", 30), (2, "America/Havana", 30), (3, "Asia/Kolkata", 7), (4, "Pacific/Apia", 365)],
)
def test_credits_are_those_of_a_slow_calculation(
    database: Database, seed: int, zone: str, days: int
) -> None:
    """In any zone, over clocks that change at midnight (Havana), whatever the look-back is.

    Each row is right to its last unit, a millionth and a minor unit; both add up to the
    conversions and their values exactly, in each model, day, type and currency. Direct is never
    more than the credit.
    """
    touches, conversions = draw_rows(Random(seed))
    workspace = keep_rows(database, [("touches", touches), ("conversions", conversions)])
    with database.write() as connection:
        change_setting(connection, workspace, "zone", zone)
        choose(connection, workspace, "attribution.look-back", days, "U1", AT)
        renew(connection, workspace, {"touches"})
    plain, worth = plain_credits(touches, conversions, zone, days)
    with database.read() as connection:
        held = stored(connection)
    counts = Counter(
        (it["at"].astimezone(ZoneInfo(zone)).date(), it["type"], it["currency"])
        for it in conversions
    )
    for model in MODELS:
        for block, count in counts.items():
            rows = [it for key, it in held.items() if (key[0], key[1], *key[5:]) == (model, *block)]
            assert sum(it[0] for it in rows) == 10**6 * count
            assert sum(it[1] for it in rows) == worth[block]
    assisted = {key[1:]: it for key, it in held.items() if key[0] == "assisted"}
    held = {key: it for key, it in held.items() if key[0] != "assisted"}
    helped = plain_assists(touches, conversions, zone, days)
    assert assisted == {key: (10**6 * count, 0, 0) for key, count in helped.items()}
    for key, (credit, value, direct) in plain.items():
        got = held.pop(key, (0, 0, 0))
        assert abs(got[0] - credit * 10**6) < 1
        assert abs(got[2] - direct * 10**6) <= 1
        assert 0 <= got[2] <= got[0]
        assert abs(got[1] - value) < 1 + abs(value) * Fraction(1, 10**9)
    assert not held


def test_made_in_part_is_made_in_full(database: Database) -> None:
    """Rows that come in any order, one file a kind, or are taken back, leave the very same credits.

    What lies far from a change is not touched: its rows keep their ids.
    """
    chance = Random(5)
    touches, conversions = draw_rows(chance)
    workspace = keep_rows(database, [("touches", touches[:30])])
    with database.write() as connection:
        change_setting(connection, workspace, "zone", "America/New_York")
    for part in range(6):
        keep_rows(database, [("conversions", conversions[part::6])])
        keep_rows(database, [("touches", touches[30 + part :: 6])])
    with database.read() as connection:
        before, ids = stored(connection), numbered(connection)
    late = datetime(2026, 11, 16, tzinfo=UTC)
    more = [{**touches[0], "external_id": "late", "at": late, "customer": "a"}]
    keep_rows(database, [("touches", more)])
    with database.read() as connection:
        kept, moved = numbered(connection), stored(connection)
    early = {number for number, day in ids.items() if EPOCH_DAY + timedelta(day) < late.date()
             - timedelta(days=2)}  # fmt: skip
    assert moved != before
    assert early
    assert early <= set(kept)
    with database.read() as connection:
        newest = connection.execute(text('SELECT max(id) FROM "import"')).scalar_one()
    undo(database, workspace, newest, AT)
    with database.write() as connection:
        taken_back = stored(connection)
        renew(connection, workspace, {"conversions", "touches"})
        anew = stored(connection)
    assert taken_back == before == anew


def numbered(connection: Connection) -> dict[int, int]:
    """Return the day number of each row of credits by its id."""
    return {row[0]: row[1] for row in connection.execute(text("SELECT id, start FROM credit"))}


def test_only_what_credits_stand_on_renews_them(database: Database) -> None:
    """Other kinds change nothing; of another workspace nothing is made or thrown away."""
    workspace = keep(database, touches=JOURNEYS, conversions=BOUGHT)
    with database.write() as connection:
        connection.execute(text("UPDATE credit SET credit = 7"))
        renew(connection, workspace, {"orders", "web"})
        renew(connection, workspace, set())
        connection.execute(text("UPDATE credit SET workspace = 99 WHERE platform = 'x'"))
        renew(connection, workspace, {"touches", "paths"})
        rows = connection.execute(text("SELECT workspace, credit FROM credit")).all()
    assert {credit for owner, credit in rows if owner == 99} == {7}
    assert 7 not in {credit for owner, credit in rows if owner == workspace}


def test_the_look_back_is_chosen_and_all_credits_follow(database: Database) -> None:
    """With 7 days ann's first touch counts no more, and answers are read again; odd numbers are
    refused with one that works."""
    workspace = keep(database, touches=JOURNEYS, conversions=BOUGHT)
    version = text("SELECT version FROM workspace")
    with database.write() as connection:
        before = connection.execute(version).scalar_one()
        for days in (0, 366, -3):
            with pytest.raises(KepiError, match=r"1 to 365 days, such as 30"):
                choose_look_back(connection, workspace, days, "U1", AT)
        assert connection.execute(version).scalar_one() == before
        choose_look_back(connection, workspace, 7, "U1", AT)
        assert look_back_days(connection, workspace) == 7
        assert connection.execute(version).scalar_one() > before
        first = credits_of(connection, "first")
    assert first["x", "purchase"] == (10**6, 10_000, 0)
    assert ("instagram", "purchase") not in first
    assert first["", "lead"][0] == 10**6  # bob's touches are 26 and 30 days old
