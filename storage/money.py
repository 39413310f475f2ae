"""Amounts of money: whole minor units of a currency, by its own number of decimals.

The decimals are CLDR's, which Babel also writes amounts with: 2 of EUR, SEK and IDR, none of JPY
and VND, 3 of BHD. Amounts of two currencies are never added; nothing here could.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

LARGEST = 10**18
"""Minor units of one amount; what is beyond cannot be money, and sums must fit 64 bits."""
NO_CURRENCIES = frozenset({"XXX", "XTS"})
"""ISO 4217's codes for “none” and for tests."""


@cache
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes that Babel knows, historic ones included."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies()) - NO_CURRENCIES


def is_currency(code: str) -> bool:
    """Say whether a word is a currency's code, in capital letters."""
    return code in currencies()


@cache
def digits_of(currency: str) -> int:
    """Return how many decimals amounts of a currency have; raises ``ValueError`` for others."""
    from babel.numbers import get_currency_precision

    if not is_currency(currency):
        raise ValueError("no currency has that code")
    return int(get_currency_precision(currency))


def to_minor(amount: Decimal, currency: str) -> int:
    """Return an amount in minor units, halves away from zero; ``is_exact`` says what was lost.

    Raises ``ValueError`` where it is no number, no currency, or too large to be money.
    """
    scaled = _scale(amount, currency)
    if abs(scaled) > LARGEST:
        raise ValueError("too large an amount")
    with localcontext(prec=60):
        return int(scaled.to_integral_value(ROUND_HALF_UP))


def is_exact(amount: Decimal, currency: str) -> bool:
    """Say whether an amount is whole minor units: 12.5 of EUR is, 12.505 is not."""
    with localcontext(prec=60):
        scaled = _scale(amount, currency)
        return abs(scaled) <= LARGEST and scaled == scaled.to_integral_value()


def from_minor(minor: int, currency: str) -> Decimal:
    """Return minor units as an amount of the currency."""
    return Decimal(minor).scaleb(-digits_of(currency))


def _scale(amount: Decimal, currency: str) -> Decimal:
    """Move the decimals; a number of absurd size is cut short instead of written out."""
    if not amount.is_finite():
        raise ValueError("not a number")
    if amount and amount.adjusted() > 18:
        return Decimal(LARGEST) * 10
    with localcontext(prec=60):
        return amount.scaleb(digits_of(currency))
