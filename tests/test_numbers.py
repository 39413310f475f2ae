"""How numbers are written: exact in text, short on charts (kpi-catalogue §1, *Rounding*)."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.answers import Change
from kpis.numbers import compact, write, write_change, write_ticks, write_with_unit
from storage.measures import Unit


def rows(table: str) -> list[list[str]]:
    """Return the cells of a drawn table, without its head."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if "+--" not in line][1:]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_number_is_written_in_the_way_of_its_unit():
    table = """
        value            | unit        | written
        -----------------+-------------+--------------------
        0                | count       | 0
        -0.0             | count       | 0
        7                | count       | 7
        999              | count       | 999
        1000             | count       | 1,000
        54310            | people      | 54,310
        3560719          | count       | 3,560,719
        54310.0          | count       | 54,310
        -1234            | count       | −1,234
        123456789012345678901 | count  | 123,456,789,012,345,678,901
        12.5             | count       | 12.5
        12.25            | count       | 12.3
        0.25             | count       | 0.25
        0.001            | count       | 0.00
        -0.001           | count       | 0.00
        4050.5           | people      | 4,051
        -4050.5          | people      | −4,051
        0.02             | percent     | 2.00 %
        0.117            | percent     | 11.7 %
        0                | percent     | 0.00 %
        -0.00001         | percent     | 0.00 %
        0.0999           | percent     | 9.99 %
        0.09996          | percent     | 10.0 %
        0.1              | percent     | 10.0 %
        -0.09996         | percent     | −10.0 %
        0.02345          | percent     | 2.35 %
        0.1165           | percent     | 11.7 %
        0.9995           | percent     | 100.0 %
        0.9994           | percent     | 99.9 %
        1                | percent     | 100.0 %
        12.345           | percent     | 1,234.5 %
        1.005            | ratio       | 1.01
        2.675            | ratio       | 2.68
        1e-9             | ratio       | 0.00
        1234.5           | ratio       | 1,234.50
        0                | seconds     | 0 s
        44.5             | seconds     | 45 s
        59.4             | seconds     | 59 s
        59.5             | seconds     | 1 min
        2520             | seconds     | 42 min
        3599             | seconds     | 1 h 00 m
        7500             | seconds     | 2 h 05 m
        172769           | seconds     | 47 h 59 m
        172770           | seconds     | 2 d 00 h
        187200           | seconds     | 2 d 04 h
        -7500            | seconds     | −2 h 05 m
        41.25            | characters  | 41.3
    """
    for value, unit, written in rows(table):
        assert plain(write(_number(value), Unit(unit))) == written, (value, unit)


def test_what_is_counted_follows_the_number_and_agrees_with_it():
    table = """
        value  | unit        | written
        -------+-------------+--------------------
        54310  | people      | 54,310 people
        1      | people      | 1 person
        1.0    | people      | 1 person
        1.02   | people      | 1.0 people
        0      | people      | 0 people
        1      | person-days | 1 person-day
        121500 | person-days | 121,500 person-days
        41     | characters  | 41 characters
        10067  | count       | 10,067
        0.117  | percent     | 11.7 %
        7500   | seconds     | 2 h 05 m
    """
    for value, unit, written in rows(table):
        assert plain(write_with_unit(_number(value), Unit(unit))) == written, (value, unit)


def test_a_chart_has_room_for_three_figures():
    table = """
        value      | unit    | written
        -----------+---------+--------
        0          | count   | 0
        -0.0       | count   | 0
        950        | count   | 950
        999.4      | count   | 999
        999.5      | count   | 1k
        1000       | count   | 1k
        1234       | count   | 1.2k
        12350      | count   | 12.4k
        12000      | count   | 12k
        99949      | count   | 99.9k
        99950      | count   | 100k
        999499     | count   | 999k
        999500     | count   | 1M
        1234567    | people  | 1.2M
        -54310     | count   | −54.3k
        2.5e9      | count   | 2.5B
        1e12       | count   | 1T
        1.5e16     | count   | 15,000T
        1.256      | ratio   | 1.26
        0.5        | ratio   | 0.5
        12.5       | count   | 12.5
        0.02       | percent | 2.00 %
        0.0234     | percent | 2.34 %
        0.117      | percent | 11.7 %
        0.99996    | percent | 100.0 %
        12.3       | percent | 1,230.0 %
        -0.05      | percent | −5.00 %
        45         | seconds | 45 s
        2520       | seconds | 42 min
        3599       | seconds | 1 h
        7500       | seconds | 2.1 h
        259200     | seconds | 3 d
    """
    for value, unit, written in rows(table):
        assert plain(compact(_number(value), Unit(unit))) == written, (value, unit)


def test_money_on_a_chart_has_its_cents_below_a_hundred_and_its_sign_on_every_tick():
    euro, yen = Unit("money:EUR"), Unit("money:JPY")
    said = [plain(compact(it, euro)) for it in (0, 0.601, 0.5, 94.166, 545, 1695.54, -12.5)]
    assert said == ["€0", "€0.60", "€0.50", "€94.17", "€545", "€1.7k", "−€12.50"]
    assert plain(compact(94, yen)) == "¥94"
    assert write_ticks([6, 6.5, 7], euro) == ["€6.00", "€6.50", "€7.00"]
    assert write_ticks([-100, 0, 100], euro) == ["−€100", "€0", "€100"]
    assert write_ticks([0, 2500, 5000], euro) == ["€0", "€2.5k", "€5k"]


def test_a_change_carries_its_sign():
    table = """
        kind     | amount  | unit    | written
        ---------+---------+---------+---------
        percent  | 0.084   | people  | +8.4 %
        percent  | -0.04   | people  | −4 %
        percent  | 0.12    | people  | +12 %
        percent  | 0.0996  | people  | +10 %
        percent  | 0.1249  | people  | +12 %
        percent  | 12.4    | people  | +1,240 %
        percent  | 0.0004  | people  | 0 %
        percent  | -0.0004 | people  | 0 %
        percent  | 0       | people  | 0 %
        points   | 0.003   | percent | +0.3 pt
        points   | -0.0123 | percent | −1.2 pt
        points   | 0.0004  | percent | +0.04 pt
        absolute | 210     | people  | +210
        absolute | -1210   | people  | −1,210
        absolute | 0       | people  | 0
        absolute | 0.003   | percent | +0.3 pt
        absolute | -0.125  | ratio   | −0.13
        absolute | -300    | seconds | −5 min
    """
    for kind, amount, unit, written in rows(table):
        assert plain(write_change(Change(kind, _number(amount)), Unit(unit))) == written
    assert write_change(Change("unclear", words="the ranges overlap"), Unit.PEOPLE) == (
        "the ranges overlap"
    )


@pytest.mark.parametrize(
    ("values", "unit", "written"),
    [
        ((0, 2500, 5000), Unit.COUNT, "0 2.5k 5k"),
        ((0, 500, 1000), Unit.COUNT, "0 0.5k 1k"),
        ((100_000, 100_010, 100_020), Unit.COUNT, "100k 100.01k 100.02k"),
        ((1_000_000, 1_000_010), Unit.COUNT, "1,000,000 1,000,010"),
        ((-20, 0, 20), Unit.COUNT, "−20 0 20"),
        ((0.982, 0.984), Unit.PERCENT, "98.2_% 98.4_%"),
        ((0, 0.05, 0.1), Unit.PERCENT, "0_% 5_% 10_%"),
        ((0, 0.1 + 0.2), Unit.RATIO, "0 0.3"),
        ((0, 1800, 3600), Unit.SECONDS, "0_h 0.5_h 1_h"),
        ((0, 0), Unit.COUNT, "0 0"),
    ],
)
def test_the_ticks_of_an_axis_share_a_scale_and_can_be_told_apart(values, unit, written):
    texts = write_ticks(values, unit)
    assert [plain(text).replace(" ", "_") for text in texts] == written.split()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("way", [write, write_with_unit, compact])
def test_what_is_not_a_number_is_refused(value, way):
    with pytest.raises(ValueError, match="not a number"):
        way(value, Unit.COUNT)


@given(st.integers(-(10**7), 10**7), st.integers(1, 10**6))
def test_a_percentage_is_the_nearest_decimal_of_the_division(part, whole):
    """Against exact fractions: never further than half of the last written digit."""
    written = write(part / whole, Unit.PERCENT)
    number = Decimal(plain(written).removesuffix(" %").replace(",", "").replace("−", "-"))
    exact = Decimal(part) * 100 / Decimal(whole)
    digits = -number.as_tuple().exponent
    assert digits == (2 if abs(number) < 10 else 1)
    nearest = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert abs(number - nearest) <= Decimal(1).scaleb(-digits) * (
        1 if abs(abs(exact - nearest) - Decimal(5).scaleb(-digits - 1)) < Decimal("1e-9") else 0
    )
    assert not written.startswith("−0.00")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(list(Unit)))
def test_every_number_can_be_written(value, unit):
    for text in (write(value, unit), write_with_unit(value, unit), compact(value, unit)):
        assert text
        assert "E" not in text
        assert text.lstrip("−") != "0" or not text.startswith("−")


def _number(text: str) -> float:
    return int(text) if text.lstrip("-").isdigit() else float(text)
