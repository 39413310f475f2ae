"""What people declare: read from words, kept with who and when, found by the days they touch."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from commands.declare.reading import read_benchmark, read_rate, read_value
from commands.declare.rows import Act, kind_of, unpack
from kpis.records.stated import read_declared
from storage import benchmarks, declared, declaring, rate_cards
from storage.database import Database
from storage.errors import KepiError
from storage.imports import store, undo
from storage.tables import day_number
from storage.workspaces import only_workspace
from tests.digests.weeks import Week, open_week, words_of
from tests.records.files import read_text
from tests.records.histories import AT

TODAY = date(2026, 11, 22)
JANUARY = date(2026, 1, 1)
NAMES = {"engagement-rate": "engagement-rate", "er": "engagement-rate", "reach": "reach"}
DAYS = (date(2026, 11, 1), date(2026, 12, 1))

RATES = [
    ("cpm instagram 6.50 EUR from “Agency card”", ("cpm", "instagram", "EUR", 650, JANUARY)),
    ("ig CPM 1.250,50", ("cpm", "instagram", "SEK", 125050, JANUARY)),
    ("cpm tik tok 7 jpy", ("cpm", "tiktok", "JPY", 7, JANUARY)),
    (
        "cpc running shoes 1,20 eur since mar 2026",
        ("cpc", "running shoes", "EUR", 120, date(2026, 3, 1)),
    ),
    ('cpc "running shoes" 1.20 usd', ("cpc", "running shoes", "USD", 120, JANUARY)),
]
VALUES = [
    ("cost-per-contact 4 EUR owner Mia", ("cost-per-contact", "", 4.0, "EUR", JANUARY, None)),
    ("cost per contact 4,5", ("cost-per-contact", "", 4.5, "SEK", JANUARY, None)),
    ("labour 40 000 nov 2026 for Mia", ("labour", "Mia", 40000.0, "SEK", *DAYS)),
    ("Labour cost 1.5 eur 2026-11", ("labour", "", 1.5, "EUR", *DAYS)),
    (
        "tools 300 EUR from 2026-11-01 to 2026-11-15 Canva",
        ("tools", "Canva", 300.0, "EUR", DAYS[0], date(2026, 11, 16)),
    ),
    ("margin 30 %", ("margin", "", 0.3, "", JANUARY, None)),
    ("churn 0.02 since 2026-05-01", ("churn", "", 0.02, "", date(2026, 5, 1), None)),
    ("lifetime years: 3", ("lifetime-years", "", 3.0, "", JANUARY, None)),
    (
        "deflected contacts 120 oct 2026 to nov 2026",
        ("deflected-contacts", "", 120.0, "", date(2026, 10, 1), DAYS[1]),
    ),
]
REFUSED = [
    (read_rate, "cpm 6.50", "A CPM is of one platform"),
    (read_rate, "cpm instagram", "no price"),
    (read_rate, "cpm instagram -4 EUR", "no price"),
    (read_rate, "instagram 6.50", "a cpm or a cpc"),
    (read_rate, "cpm ig 6.5 JPY", "more decimals than JPY has"),
    (read_rate, "cpc 6.5 EUR", "of a keyword"),
    (read_value, "", "A value is one of labour"),
    (read_value, "margin 30", "write 30 % or 0.3"),
    (read_value, "labour 40 %  nov 2026", "is no share"),
    (read_value, "labour 400 EUR", "of some days, first to last"),
    (read_value, "labour 400 EUR since nov 2026", "of some days, first to last"),
    (read_value, "tools 4 from 2026-11-09 to 2026-11-01", "ends before it starts"),
    (read_value, "labour much nov 2026", "no number"),
    (read_value, "labour 4 2026-13-41", "is not a day"),
    (read_value, "x" * 600, "600 characters"),
]


@pytest.mark.parametrize(("words", "read"), RATES)
def test_words_of_a_price(words: str, read: tuple[object, ...]) -> None:
    told = read_rate(words, TODAY, "SEK")
    assert tuple(told[it] for it in ("kind", "what", "currency", "price", "since")) == read


@pytest.mark.parametrize(("words", "read"), VALUES)
def test_words_of_a_value(words: str, read: tuple[object, ...]) -> None:
    told = read_value(words, TODAY, "SEK")
    names = ("kind", "name", "value", "currency", "start", "end")
    assert tuple(told[it] for it in names) == read


@pytest.mark.parametrize(("reader", "words", "why"), REFUSED)
def test_words_that_say_too_little_hear_what_would_work(
    reader: object, words: str, why: str
) -> None:
    with pytest.raises(KepiError, match=why):
        reader(words, TODAY, "SEK")  # type: ignore[operator]


def test_words_of_a_benchmark() -> None:
    """Every part anywhere; what is no part of it is the industry."""
    told = read_benchmark(
        "engagement-rate by reach median instagram retail 2026 3.2 % “Rival IQ”", TODAY, NAMES
    )
    assert told == {
        "kpi": "engagement-rate",
        "denominator": "reach",
        "statistic": "median",
        "platform": "instagram",
        "industry": "retail",
        "year": 2026,
        "source": "Rival IQ",
        "value": 0.032,
    }
    other = read_benchmark('2025 average Engagement Rate 0,032 from "Hootsuite"', TODAY, NAMES)
    assert (other["statistic"], other["value"], other["year"]) == ("mean", 0.032, 2025)
    for words, why in (
        ("engagement rate 3.2 %", "Add mean, median or pooled, the year and who published it"),
        ("happiness mean 2026 3.2 % “X”", "no KPI"),
        ("reach mean 2026 “X”", "no figure"),
    ):
        with pytest.raises(KepiError, match=why):
            read_benchmark(words, TODAY, NAMES)


def test_values_are_found_by_the_days_they_touch(database: Database) -> None:
    """Half-open days: what ends where a period begins is not of it, an open end always is."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for words in ("labour 4 EUR oct 2026", "labour 5 EUR nov 2026", "margin 30 %"):
            told = read_value(words, TODAY, "EUR")
            declaring.put(connection, workspace, declared.KIND, told, by="U1", at=AT)
    with database.read() as connection:
        kinds = ("labour", "margin")
        first, end = map(day_number, DAYS)
        found = read_declared(connection, workspace, kinds, first, end)
        assert {(it.kind, it.value, it.currency) for it in found} == {
            ("labour", 5.0, "EUR"),
            ("margin", 0.3, ""),
        }
        before = day_number(date(2025, 1, 1)), day_number(JANUARY)
        assert read_declared(connection, workspace, ("margin",), *before) == ()
        assert read_declared(connection, workspace + 1, kinds, first, end) == ()
        held = declared.values(connection, workspace)
        assert {(it.by, it.at) for it in held} == {("U1", AT)}


def test_a_hand_goes_before_a_file_and_is_not_undone_with_it(database: Database) -> None:
    """Said by a file, then by hand: taking the file back leaves what the person said."""
    card = "kind,what,price,currency,since,source\ncpm,ig,{},EUR,2026-01-01,Card\n"
    with database.write() as connection:
        workspace = only_workspace(connection).id
    first = store(database, workspace, read_text(card.format("6.50")), "U1", AT)
    second = store(database, workspace, read_text(card.format("7.00")), "U2", AT)
    assert (first.added, second.changed) == (1, 1)
    told = {**read_rate("cpm ig 8 EUR", TODAY, "EUR"), "source": "me"}
    with database.write() as connection:
        put = declaring.put(connection, workspace, rate_cards.KIND, told, by="U3", at=AT)
    assert put.before is not None
    assert (put.before["price"], put.before["by"]) == (700, "U2")
    for number in (second.id, first.id):
        assert number is not None
        undo(database, workspace, number, AT)
        with database.read() as connection:
            (row,) = rate_cards.rates(connection, workspace, "cpm")
        assert (row.price, row.by, row.source, row.import_id) == (800, "U3", "me", 0)
    with database.write() as connection:
        assert declaring.take(connection, workspace, rate_cards.KIND, row.id) is not None
        assert declaring.take(connection, workspace, rate_cards.KIND, row.id) is None
        assert rate_cards.rates(connection, workspace) == []
        assert benchmarks.benchmarks(connection, workspace) == []


def test_a_button_remembers_a_row_exactly() -> None:
    told = {**read_value("labour 4 EUR nov 2026", TODAY, "EUR"), "by": "U1", "at": AT}
    assert unpack(Act("values", 0, told).pack()) == Act("values", 0, told)
    assert isinstance(told["at"], datetime)
    assert kind_of("values") is declared.KIND
    for text in ("", "[]", '["nothing",1,null]', '["values","x",null]', "7", '["values",1,[2]]'):
        with pytest.raises(KepiError, match="too old"):
            unpack(text)


async def say(week: Week, words: str) -> str:
    """Type a command in #marketing and return what it was answered."""
    await week.mia.command(words, "#marketing")
    await week.quiet()
    answer = week.mia.bot_said("#marketing")[-1]
    assert answer.is_private
    return words_of(answer)


async def press(week: Week, action: str) -> str:
    await week.mia.press(week.mia.bot_said("#marketing")[-1], action)
    await week.quiet()
    return words_of(week.mia.bot_said("#marketing")[-1])


async def test_declared_in_slack_listed_removed_and_put_back(tmp_path: Path) -> None:
    """Every step says what was read; what is taken back or put back is exactly what was there."""
    async with open_week(tmp_path) as week:
        assert "There is no rate card yet." in await say(week, "/kpi rate list")
        kept = await say(week, "/kpi rate cpm instagram 6.50 EUR from “Agency <!here> card”")
        assert "Kept. 1,000 impressions on Instagram: €6.50, from 1 Jan 2026" in kept
        assert "Agency &lt;!here&gt; card" in kept
        newer = await say(week, "/kpi rate cpm ig 7 EUR")
        assert "In place of: 1,000 impressions on Instagram: €6.50" in newer
        assert "As before." in await press(week, "declare_undo")
        listed = await say(week, "/kpi rates")
        assert "1 price." in listed
        assert "€6.50" in listed
        assert "mia, 22 Nov 2026" in listed
        (row,) = await week.context.read(rate_cards.rates, week.workspace)
        assert "Removed." in await press(week, f"declare_remove:{row.id}")
        assert await week.context.read(rate_cards.rates, week.workspace) == []
        assert "Back." in await press(week, "declare_again")
        (again,) = await week.context.read(rate_cards.rates, week.workspace)
        assert again[1:8] == row[1:8]
        assert "There is no price 99" in await say(week, "/kpi rate remove 99")
        assert "Kept. Margin: 30 %" in await say(week, "/kpi value margin 30 %")
        words = "/kpi benchmark engagement-rate by reach median ig retail 2026 3.2 % “Rival IQ”"
        assert "3.2 %, median (by reach, Instagram, retail, 2026)" in await say(week, words)
        wrong = words.replace(" %", "")
        assert "write 3.2 % or 0.032" in await say(week, wrong)
        assert "I read no KPI in that." in await say(week, "/kpi benchmark glory mean 2026 1 “X”")
