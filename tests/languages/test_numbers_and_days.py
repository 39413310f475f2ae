"""Numbers, money, durations and days as each language writes them (CLDR 46, drawn by hand)."""

from __future__ import annotations

from datetime import date

import pytest

from kpis.answers import Change
from kpis.charts.picture import Picture
from kpis.charts.scale import name_slot, say_duration
from kpis.numbers import compact, write, write_change, write_ticks, write_with_unit
from kpis.periods import last_days, say_day, say_days, say_unit, say_weekday
from kpis.question import Grain
from kpis.tongue import grouped, language_of, listed, say, say_count, speaking, spoken
from storage.measures import Unit, money_in

NUMBERS = """
what            | en          | sv          | vi            | id           | zh
1234567         | 1,234,567   | 1 234 567   | 1.234.567     | 1.234.567    | 1,234,567
short 1234567   | 1.2M        | 1,2 mn      | 1,2 Tr        | 1,2 jt       | 123万
short 12345     | 12.3k       | 12,3 tn     | 12,3 N        | 12,3 rb      | 1.2万
short 1234      | 1.2k        | 1,2 tn      | 1,2 N         | 1,2 rb       | 1,234
short 99950     | 100k        | 100 tn      | 100 N         | 100 rb       | 10万
short 99999999  | 100M        | 100 mn      | 100 Tr        | 100 jt       | 1亿
short 120       | 120         | 120         | 120           | 120          | 120
percent 0.117   | 11.7 %      | 11,7 %      | 11,7%         | 11,7%        | 11.7%
percent 0.02345 | 2.35 %      | 2,35 %      | 2,35%         | 2,35%        | 2.35%
ratio 1.25      | 1.25        | 1,25        | 1,25          | 1,25         | 1.25
seconds 45      | 45 s        | 45 s        | 45 giây       | 45 dtk       | 45秒
seconds 7500    | 2 h 05 m    | 2 tim 05 min| 2 giờ 05 phút | 2 jam 05 mnt | 2小时05分
seconds 190000  | 2 d 05 h    | 2 d 05 tim  | 2 ngày 05 giờ | 2 hari 05 jam| 2天05小时
people 54310    | 54,310 people | 54 310 personer | 54.310 người | 54.310 orang | 54,310 人
people 1        | 1 person    | 1 person    | 1 người       | 1 orang      | 1 人
EUR -1234.5     | −€1,234.50  | −1 234,50 € | −1.234,50 €   | −€1.234,50   | −€1,234.50
SEK 900         | SEK 900.00  | 900,00 kr   | 900,00 SEK    | SEK 900,00   | SEK 900.00
VND 1234567     | ₫1,234,567  | 1 234 567 VND | 1.234.567 ₫ | ₫1.234.567   | ₫1,234,567
IDR 5000        | IDR 5,000.00 | 5 000,00 IDR | 5.000,00 IDR | Rp 5.000,00  | IDR 5,000.00
CNY 88          | CN¥88.00    | 88,00 CNY   | 88,00 CN¥     | CN¥88,00     | ¥88.00
"""

DAYS = """
what                  | en                    | sv                    | vi                           | id                    | zh
day 2026-10-24        | 24 Oct                | 24 okt.               | 24 thg 10                    | 24 Okt                | 10月24日
day 2025-10-24        | 24 Oct 2025           | 24 okt. 2025          | 24 thg 10, 2025              | 24 Okt 2025           | 2025年10月24日
days 2026-10-24 11-23 | 24 Oct – 22 Nov       | 24 okt. – 22 nov.     | 24 thg 10 – 22 thg 11        | 24 Okt – 22 Nov       | 10月24日至11月22日
days 2026-10-01 10-16 | 1–15 Oct              | 1–15 okt.             | 1 – 15 thg 10                | 1–15 Okt              | 10月1日至15日
days 2026-11-12 11-13 | 12 Nov                | 12 nov.               | 12 thg 11                    | 12 Nov                | 11月12日
month 2026-10-01      | October 2026          | oktober 2026          | tháng 10 năm 2026            | Oktober 2026          | 2026年10月
week 2026-09-28       | week 40, 2026         | vecka 40, 2026        | tuần 40, 2026                | minggu 40, 2026       | 2026年第40周
year 2014-01-01       | 2014                  | 2014                  | 2014                         | 2014                  | 2014年
last 30               | last 30 days          | senaste 30 dagarna    | 30 ngày qua                  | 30 hari terakhir      | 近 30 天
last 1                | yesterday             | i går                 | hôm qua                      | kemarin               | 昨天
weekday 0             | Monday                | måndag                | Thứ Hai                      | Senin                 | 星期一
short weekday 6       | Sun                   | sön                   | CN                           | Min                   | 周日
slot 2026-10-24       | 24 Oct                | 24 okt.               | 24 thg 10                    | 24 Okt                | 10月24日
slots 2026-10-01      | Oct                   | okt.                  | Tháng 10                     | Okt                   | 10月
"""  # noqa: E501


def cases(table: str) -> list[tuple[str, str, str]]:
    """Return what is written, the language, and how."""
    head, *rows = [[it.strip() for it in line.split("|")] for line in table.strip().split("\n")]
    return [(row[0], head[at], row[at]) for row in rows for at in range(1, len(head))]


def same(text: str) -> str:
    """Return a text with ordinary spaces: CLDR groups Swedish digits with unbreakable ones."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def write_number(what: str) -> str:
    kind, _, number = what.rpartition(" ")
    value = float(number) if "." in number else int(number)
    units = {
        "": Unit.COUNT,
        "percent": Unit.PERCENT,
        "ratio": Unit.RATIO,
        "seconds": Unit.SECONDS,
        "people": Unit.PEOPLE,
    }
    if kind == "short":
        return compact(value, Unit.COUNT)
    unit = units[kind] if kind in units else money_in(kind)
    return write_with_unit(value, unit)


def write_day(what: str) -> str:
    kind, _, rest = what.rpartition(" ")
    if kind.startswith("days"):
        start = date.fromisoformat(kind.split()[1])
        return say_days(start, date.fromisoformat(f"2026-{rest}"), 2026)
    if kind == "last":
        return last_days(int(rest), date(2026, 11, 23)).words
    if kind.endswith("weekday"):
        return say_weekday(int(rest), short=kind.startswith("short"))
    day = date.fromisoformat(rest)
    if kind.startswith("slot"):
        return name_slot(day, 0 if kind == "slots" else 1)
    grains = {"month": Grain.MONTH, "week": Grain.WEEK, "year": Grain.YEAR}
    return say_unit(grains[kind], day) if kind in grains else say_day(day, 2026)


def test_numbers_are_written_as_each_language_writes_them() -> None:
    """One row a number: groups, decimals, percent, short numbers, durations, people, money."""
    wrong = []
    for what, language, expected in cases(NUMBERS):
        with speaking(language):
            found = same(write_number(what))
        if found != expected:
            wrong.append((what, language, found, expected))
    assert wrong == []


def test_days_are_written_as_each_language_writes_them() -> None:
    """One row a day, a stretch, a unit, a weekday, a slot of a chart."""
    wrong = []
    for what, language, expected in cases(DAYS):
        with speaking(language):
            found = same(write_day(what))
        if found != expected:
            wrong.append((what, language, found, expected))
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "+0.3 pt"),
        ("sv", "+0,3 p.e."),
        ("vi", "+0,3 điểm %"),
        ("id", "+0,3 poin"),
        ("zh", "+0.3个百分点"),
    ],
)
def test_a_rate_moves_in_points(language: str, expected: str) -> None:
    with speaking(language):
        assert write_change(Change("points", 0.003), Unit.PERCENT) == expected


def test_zeros_at_the_end_of_groups_stay() -> None:
    """A point groups thousands in three of the languages: no zero behind it may be cut."""
    for language in ("vi", "id"):
        with speaking(language):
            assert compact(100, Unit.COUNT) == "100"
            assert write_ticks([0, 1000, 2000.5], Unit.RATIO)[0] == "0"
            assert write_change(Change("percent", 12.0), Unit.COUNT) == "+1.200%"
    with speaking("id"):
        assert write_ticks([0, 2500, 5000], Unit.COUNT) == ["0", "2,5 rb", "5 rb"]
        assert write_ticks([0, 0.25], Unit.PERCENT) == ["0%", "25%"]
        assert say_duration(5400) == "1,5 jam"


def test_english_stays_as_it_was_after_another_language() -> None:
    with speaking("sv"):
        assert grouped(2140) == "2\N{NO-BREAK SPACE}140"
        with speaking("en"):
            assert write(54310, Unit.COUNT) == "54,310"
        assert spoken() == "sv"
    assert spoken() == "en"
    assert (grouped(2140), listed(["a", "b", "c"])) == ("2,140", "a, b and c")


def test_a_day_that_ends_with_a_stop_ends_its_sentence() -> None:
    """Swedish shortens “dec.”: a sentence that ends with it has one stop, a middle keeps it."""
    with speaking("sv"):
        day = say_day(date(2026, 12, 12), 2026)
        assert (day, say("{sentence}.", sentence=day)) == ("12 dec.", "12 dec.")
        assert say_count("{number} goal: {parts}.", "", 1, parts=day).endswith(": 12 dec.")
        assert say("{day} {time}", day=day, time="09:00") == "12 dec. 09:00"


def test_lists_and_plurals_are_the_language_s() -> None:
    with speaking("sv"):
        assert listed(["a", "b", "c"]) == "a, b och c"
        assert say_count("{number} day", "{number} days", 1) == "1 dag"
        assert say_count("{number} day", "{number} days", 1000) == "1\N{NO-BREAK SPACE}000 dagar"
    with speaking("zh"):
        assert listed(["a", "b", "c"]) == "a、b和c"
        assert say_count("{number} day", "{number} days", 2) == "2 天"


def test_a_locale_of_slack_is_one_of_our_languages_or_english() -> None:
    told = ("sv-SE", "zh-CN", "zh_TW", "id-ID", "vi-VN", "en-GB", "de-DE", "", "svenska")
    found = [language_of(it) for it in told]
    assert found == ["sv", "zh", "zh", "id", "vi", "en", "en", "en", "en"]


def test_a_picture_takes_its_language_along_to_the_process_that_draws_it() -> None:
    with speaking("zh"):
        made = Picture("line", "", "", "", Unit.COUNT, ())
    assert made.language == "zh"
    assert Picture("line", "", "", "", Unit.COUNT, ()).language == "en"
