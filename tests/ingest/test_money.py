"""Money in minor units: by the currency's own decimals, exactly, there and back."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import list_currencies

from storage.money import LARGEST, digits_of, from_minor, is_currency, is_exact, to_minor

DIGITS = {"EUR": 2, "SEK": 2, "USD": 2, "CNY": 2, "IDR": 2, "JPY": 0, "VND": 0, "KWD": 3, "BHD": 3}
"""By ISO 4217, table A.1."""


def test_a_currency_has_its_own_decimals() -> None:
    """Not two of all: dong and yen have none, dinars three."""
    assert {code: digits_of(code) for code in DIGITS} == DIGITS
    assert [to_minor(Decimal("12"), it) for it in ("EUR", "JPY", "KWD")] == [1200, 12, 12000]


def test_amounts_come_back_as_they_went() -> None:
    """Of every currency there is, drawn amounts of any size; more decimals are told, and rounded
    half away from zero as people do."""
    generator = random.Random(5)
    codes = sorted(it for it in list_currencies() if is_currency(it))
    assert len(codes) > 150
    for _ in range(3000):
        code = generator.choice(codes)
        minor = generator.randint(-(10 ** generator.randint(1, 17)), 10 ** generator.randint(1, 17))
        amount = from_minor(minor, code)
        assert (to_minor(amount, code), is_exact(amount, code)) == (minor, True)
        finer = amount + Decimal(generator.randint(1, 9)).scaleb(-digits_of(code) - 1)
        unit = Decimal(1).scaleb(-digits_of(code))
        assert to_minor(finer, code) == finer.quantize(unit, ROUND_HALF_UP).scaleb(digits_of(code))
        assert not is_exact(finer, code)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN", "1e999999", "1e18"])
def test_what_is_no_money_is_refused(amount: str) -> None:
    """No number, or more than there is; quickly, however large."""
    with pytest.raises(ValueError, match=r"number|large"):
        to_minor(Decimal(amount), "EUR")
    assert to_minor(Decimal("1e-999999"), "EUR") == 0
    assert to_minor(from_minor(LARGEST, "EUR"), "EUR") == LARGEST


def test_codes_are_of_currencies() -> None:
    """In capitals; not the codes for none and for tests, nor what looks like one."""
    for code in ("EUR", "SEK", "VND", "IDR", "CNY", "TWD"):
        assert is_currency(code)
    for word in ("eur", "XXX", "XTS", "ABC", "", "EURO", "€", "E R"):
        assert not is_currency(word)
        with pytest.raises(ValueError, match="currency"):
            to_minor(Decimal(1), word)
