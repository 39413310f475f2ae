"""Paths that a file added up: models over places, amounts of each currency, and whose days."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storage.credit_paths import media_of
from storage.credits import renew
from storage.database import Database
from tests.attribution.drawn import keep, keep_rows, path

PATHS = Path(__file__).parents[3] / "shared" / "data" / "attribution_paths" / "paths.csv"
MODELS = ("first", "last", "linear", "time-decay", "position")

DRAWN = """
    path                        | start      | end        | conversions | value | currency | name
    ----------------------------+------------+------------+-------------+-------+----------+------
    Instagram > x > email       | 2026-10-01 | 2026-10-31 |           2 |    10 | EUR      | web
    IG > Email > IG > TikTok    | 2026-10-01 | 2026-10-31 |           1 | 0.005 | EUR      | web
    email                       | 2026-10-01 | 2026-10-31 |           3 |  1000 | JPY      | web
                                | 2026-10-01 | 2026-10-31 |           4 |       |          | web
    x > x                       | 2026-09-01 | 2026-09-30 |           5 |       |          | web
"""


def credits_of(
    connection: Connection, model: str, currency: str, column: str = "credit"
) -> dict[str, int]:
    rows = connection.execute(
        text(
            f"SELECT platform, {column} FROM credit WHERE model = :model"
            " AND currency = :currency AND collection = 'web' AND start > 20700"
        ),
        {"model": model, "currency": currency},
    )
    return {row[0]: row[1] for row in rows if row[1]}


def test_the_media_of_a_path_are_platforms_or_the_words_of_the_file() -> None:
    """Whatever the case and the spaces are; empty steps are none."""
    assert media_of("IG > Twitter>  Paid   Search >> eta ") == (
        *("instagram", "x", "paid search", "eta"),
    )
    assert media_of(" > ") == ()


def test_a_path_is_shared_by_the_places_of_its_steps(database: Database) -> None:
    """Without dates a step earlier weighs half; a medium that comes twice gets both parts.

    EUR 10.005 become 10.01 (half up) and are all given; yen have no decimals.
    """
    keep(database, paths=DRAWN)
    third, part = 10**6 * 2 / 3, 10**6
    with database.read() as connection:
        linear = credits_of(connection, "linear", "EUR")
        assert linear["instagram"] == pytest.approx(third + part / 2, abs=1)
        assert linear["email"] == pytest.approx(third + part / 4, abs=1)
        assert credits_of(connection, "first", "EUR") == {"instagram": 3 * part}
        assert credits_of(connection, "last", "EUR") == {"email": 2 * part, "tiktok": part}
        faded = credits_of(connection, "time-decay", "EUR")
        assert faded["instagram"] == pytest.approx(2 * part / 7 + (1 + 4) * part / 15, abs=1)
        assert faded["tiktok"] == pytest.approx(8 * part / 15, abs=1)
        placed = credits_of(connection, "position", "EUR")
        assert placed == {
            "instagram": 800_000 + 400_000 + 100_000,
            "x": 400_000,
            "email": 800_000 + 100_000,
            "tiktok": 400_000,
        }
        for model in MODELS:
            assert sum(credits_of(connection, model, "EUR").values()) == 3 * part
            assert sum(credits_of(connection, model, "EUR", "value").values()) == 1_001
            assert credits_of(connection, model, "JPY", "value") == {"email": 1_000}
            assert credits_of(connection, model, "") == {"": 4 * part}


def test_paths_of_some_days_are_made_again_alone(database: Database) -> None:
    """The credits of September stay the rows that they are where October is renewed."""
    workspace = keep(database, paths=DRAWN)
    with database.write() as connection:
        connection.execute(text("UPDATE credit SET credit = 7"))
        october = [path({"path": "email", "start": "2026-10-31", "conversions": "1"})]
    keep_rows(database, [("paths", october)], file_name="other.csv")
    with database.write() as connection:
        rows = connection.execute(text("SELECT DISTINCT credit FROM credit WHERE start < 20700"))
        renewed = [row[0] for row in rows]
        renew(connection, workspace, {"paths"})
        whole = connection.execute(text("SELECT count(*) FROM credit WHERE credit = 7")).scalar()
    assert renewed in ([7], [5 * 10**6])  # whoever stores paths may have all made again
    assert whole == 0


@pytest.mark.skipif(not PATHS.is_file(), reason="the shared data are not here")
def test_the_published_paths_give_the_published_totals(sqlite_database: Database) -> None:
    """Last touch gives alpha 8,447 and linear 7,574.72 of 19,000-odd conversions.

    Each model's sums are compared with fractions over the 10,000 rows.
    """
    with PATHS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    added: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for row in rows:  # the same way stands on many lines
        numbers = row["total_conversions"], row["total_conversion_value"], row["total_null"]
        held = added[row["path"]]
        added[row["path"]] = [it + Fraction(more) for it, more in zip(held, numbers, strict=True)]
    told = [
        {
            **path({"path": way, "start": "2026-10-01", "end": "2026-10-31", "conversions": "0"}),
            "conversions": int(conversions),
            "value": round(value * 10**6),
            "others": int(others),
            "currency": "EUR",
        }
        for way, (conversions, value, others) in added.items()
    ]
    keep_rows(sqlite_database, [("paths", told)])
    exact: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in rows:
        steps, count = row["path"].split(" > "), int(row["total_conversions"])
        for at, step in enumerate(steps):
            exact["linear", step] += Fraction(count, len(steps))
            exact["time-decay", step] += Fraction(count * 2**at, 2 ** len(steps) - 1)
        exact["first", steps[0]] += count
        exact["last", steps[-1]] += count
    with sqlite_database.read() as connection:
        stored = {
            (row[0], row[1]): row[2]
            for row in connection.execute(text("SELECT model, platform, credit FROM credit"))
        }
        sums = {
            row[0]: (row[1], row[2])
            for row in connection.execute(
                text("SELECT model, sum(credit), sum(value) FROM credit GROUP BY model")
            )
        }
    assert stored["last", "alpha"] == 8_447 * 10**6
    assert round(stored["linear", "alpha"] / 10**6, 2) == 7_574.72
    for key, credit in exact.items():
        assert abs(stored.get(key, 0) - credit * 10**6) < 1
    conversions = sum(int(row["total_conversions"]) for row in rows)
    worth = sum(it["value"] for it in told)
    assert set(sums) == set(MODELS)  # no medium of social media is in it: nothing is assisted
    assert set(sums.values()) == {(conversions * 10**6, (worth + 5_000) // 10_000)}
