"""How numbers are written (kpi-catalogue §1, *Rounding*); every surface uses these words.

Rounding is half up, away from zero, on the shortest decimal that is the number: 469 of 20,000 is
2.345 %, written “2.35 %”, whatever its binary fraction. Minus is U+2212, and nothing is ever “−0”.
Group and decimal signs are those of the spoken language (``kpis.numerals``): “54 310”, “11,7 %”.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol

from kpis.answers import Change
from kpis.numerals import SPACE, Numerals, currency_follows, numerals, steps
from kpis.tongue import locale, say, say_count
from storage.measures import Unit

MINUS = "\N{MINUS SIGN}"
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds the whole of any float: the largest has 309 digits."""
_NOISE = Decimal("1e-9")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_DAYS_FROM = 2 * _DAY
"""Durations from here on are written in days and hours."""
_LIMITS = ((_MINUTE, 1), (_HOUR, _MINUTE), (_DAYS_FROM, _HOUR), (None, _DAY))
"""Durations below a limit are told in the unit beside it, in seconds."""


def write(value: float, unit: Unit) -> str:
    """Return the exact text of a number: “54,310”, “11.7 %”, “1.25”, “2 h 05 m”.

    Whole numbers of things are exact; an average of things keeps a decimal below 100.
    Raises ValueError for what is not a number.
    """
    number = _exact(value)
    if unit is Unit.PERCENT:
        return _write_percent(number)
    if unit is Unit.SECONDS:
        return _write_duration(number)
    if unit in (Unit.RATIO, Unit.STARS):
        return _group(number, 2)
    if unit is Unit.SCORE:
        return _write_score(number)
    if unit.currency:
        return _write_money(number, unit.currency)
    return _group(number, _decimals_of_a_count(number))


def write_with_unit(value: float, unit: Unit) -> str:
    """Return the number with what it counts: “54,310 people”; a plain count stands alone."""
    text = write(value, unit)
    if unit is Unit.STARS:
        return say("{number} of 5 stars", number=text)
    number = 1 if text in ("1", f"{MINUS}1") else 2
    if unit is Unit.PEOPLE:
        return say_count("{number} person", "{number} people", number, number=text)
    if unit is Unit.PERSON_DAYS:
        return say_count("{number} person-day", "{number} person-days", number, number=text)
    if unit is Unit.CHARACTERS:
        return say_count("{number} character", "{number} characters", number, number=text)
    return text


def compact(value: float, unit: Unit) -> str:
    """Return a short text for charts, where room is dear: “12.4k”, “1.2M”, “11.7 %”, “2.1 h”."""
    number = _exact(value)
    if unit is Unit.PERCENT:
        return _write_percent(number)
    if unit is Unit.SECONDS:
        return _shorten_duration(number)
    if unit.currency:
        size, decimals = abs(number), get_currency_precision(unit.currency)
        is_small = decimals and round_half_up(size, decimals) < 100
        text = _group(size, decimals) if is_small and size else _shorten(size)
        return _place_symbol(number, text, unit.currency)
    return _shorten(number)


def write_ticks(values: Sequence[float], unit: Unit) -> list[str]:
    """Return the texts of an axis: one scale, and the decimals that tell its ticks apart.

    “0”, “2.5k”, “5k”; “98.2 %”, “98.4 %”.
    """
    numbers = [_exact(value) for value in values]
    largest = max((abs(number) for number in numbers), default=Decimal(0))
    scale, sign = _choose_scale(largest, unit)
    scaled = [number / scale for number in numbers]
    decimals = next((d for d in range(7) if _stays_apart(scaled, d)), 6)
    if decimals > 2 and sign in dict(steps()).values():
        # “1.00003M” is harder to read than the number itself.
        scaled, sign, decimals = numbers, "", 0
    if unit.currency and decimals and not sign:
        decimals = max(decimals, get_currency_precision(unit.currency))
        texts = [_group(number, decimals) for number in scaled]
    else:
        texts = [_write_tick(number, decimals, sign) for number in scaled]
    if not unit.currency:
        return texts
    pairs = zip(scaled, texts, strict=True)
    return [_place_symbol(it, text.removeprefix(MINUS), unit.currency) for it, text in pairs]


def _choose_scale(largest: Decimal, unit: Unit) -> tuple[Decimal, str]:
    if unit is Unit.PERCENT:
        return Decimal("0.01"), numerals().percent
    if unit is Unit.SECONDS:
        return next(
            (Decimal(step), sign) for limit, step, sign in _durations() if _fits(largest, limit)
        )
    within = [it for it in steps() if largest and it[0] <= largest.adjusted()]
    power, sign = within[-1] if within else (0, "")
    return Decimal(1).scaleb(power), sign


def _fits(size: Decimal, limit: int | None) -> bool:
    return limit is None or size < limit


def _durations() -> list[tuple[int | None, int, str]]:
    """Return limit, step and sign of each unit of time, in the spoken language."""
    own: Numerals = numerals()
    signs = (own.second, own.minute, own.hour, own.day)
    return [(*limit, sign) for limit, sign in zip(_LIMITS, signs, strict=True)]


def _stays_apart(numbers: Sequence[Decimal], decimals: int) -> bool:
    """Whether rounding moves none of them by more than float noise."""
    return all(abs(round_half_up(it, decimals) - it) <= abs(it) * _NOISE for it in numbers)


def _write_tick(number: Decimal, decimals: int, sign: str) -> str:
    text = _trim(number, decimals)
    return text if text == "0" and sign in dict(steps()).values() else text + sign


def write_change(change: Change, unit: Unit) -> str:
    """Return how a value moved, with its sign: “+8.4 %”, “−4 %”, “+0.3 pt”, “+210”.

    An unclear change gives its reason.
    """
    if change.kind == "unclear":
        return change.words
    number = _exact(change.amount)
    size = abs(number)
    if unit is Unit.SCORE and change.kind == "absolute":
        return _write_score(number)
    if change.kind == "percent":
        text = f"{_three_figures(size * 100, 10)}{numerals().percent}"
    elif change.kind == "points" or unit is Unit.PERCENT:
        points = size * 100
        decimals = 1 if points >= Decimal("0.095") else 2
        text = f"{_group(points, decimals)}{numerals().points}"
    else:
        text = write(float(size), unit)
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{MINUS if number < 0 else '+'}{text}"


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Return ``number`` with so many decimals, a half going away from zero."""
    return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


def _exact(value: float) -> Decimal:
    """Return the shortest decimal that reads back as ``value``; integers of any size are exact."""
    number = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if not number.is_finite():
        raise ValueError(f"not a number that can be written: {value!r}")
    return number


def _group(number: Decimal, decimals: int, digit: str = "0") -> str:
    """Return the rounded number with its thousands grouped, and no sign on zero."""
    rounded = round_half_up(number, decimals)
    pattern = "#,##0" + ("." + digit * decimals if decimals else "")
    # Rounded already (Babel would round half to even); it refuses more digits than the context has.
    with localcontext(_WIDE):
        text = format_decimal(abs(rounded), format=pattern, locale=locale())
    return f"{MINUS}{text}" if rounded < 0 else text


def _trim(number: Decimal, decimals: int) -> str:
    """Return the same without needless zeros: “2.5”, “2”."""
    return _group(number, decimals, "#")


def _decimals_of_a_count(number: Decimal) -> int:
    if number == number.to_integral_value() or abs(number) >= 100:
        return 0
    return 1 if abs(number) >= 1 else 2


def _write_percent(number: Decimal) -> str:
    """Two decimals under 10 %, one above; 9.996 % is 10.0 %."""
    percent = number * 100
    decimals = 2 if abs(round_half_up(percent, 2)) < 10 else 1
    return f"{_group(percent, decimals)}{numerals().percent}"


def _write_score(number: Decimal) -> str:
    """Return a score from −100 to 100 with its sign: “+35.4”, “0”, “−12”."""
    text = _trim(number, 1)
    return text if number <= 0 or text == "0" else f"+{text}"


def _write_money(number: Decimal, currency: str) -> str:
    """Return “€1,234.50”, “SEK 900.00”, “¥1,235”: the currency's own decimals."""
    return _place_symbol(number, _group(abs(number), get_currency_precision(currency)), currency)


def _place_symbol(number: Decimal, text: str, currency: str) -> str:
    """Return an amount with its currency, and its sign before both: “−€5.00”, “−5,00 €”."""
    symbol = get_currency_symbol(currency, locale=locale())
    apart = SPACE if symbol[-1:].isalpha() else ""
    sign = MINUS if number < 0 and any(digit in text for digit in "123456789") else ""
    return f"{sign}{text}{SPACE}{symbol}" if currency_follows() else f"{sign}{symbol}{apart}{text}"


def _write_duration(number: Decimal) -> str:
    """“45 s”, “42 min”, “2 h 05 m”, from two days on “2 d 04 h”, each rounded to what is shown."""
    own = numerals()
    seconds = int(round_half_up(abs(number), 0))
    minutes = int(round_half_up(abs(number) / _MINUTE, 0))
    if seconds < _MINUTE:
        text = f"{seconds}{own.second}"
    elif minutes < 60:
        text = f"{minutes}{own.minute}"
    elif minutes * _MINUTE < _DAYS_FROM:
        rest = f"{minutes % 60:02d}{own.minute_after_hours}"
        text = f"{minutes // 60}{own.hour}{own.gap}{rest}"
    else:
        days, hours = divmod(int(round_half_up(abs(number) / _HOUR, 0)), 24)
        text = f"{_group(Decimal(days), 0)}{own.day}{own.gap}{hours:02d}{own.hour}"
    return f"{MINUS}{text}" if number < 0 and seconds else text


def _shorten(number: Decimal) -> str:
    """Three figures, or one decimal with k, M, B or T; 999,950 reads “1M”."""
    size, power, sign = abs(number), 0, ""
    for above, its_sign in steps():
        shown = round_half_up(size.scaleb(-power), _decimals_of_step(size, power))
        if shown < Decimal(1).scaleb(above - power):
            break
        power, sign = above, its_sign
    text = _trim(size.scaleb(-power), _decimals_of_step(size, power)) if power else ""
    text = text + sign or _three_figures(size)
    return f"{MINUS}{text}" if number < 0 and text != "0" else text


def _decimals_of_step(size: Decimal, power: int) -> int:
    return 1 if power and size.scaleb(-power) < 100 else 0


def _three_figures(size: Decimal, whole_from: int = 100) -> str:
    """Return a size without its needless zeros; no decimals from ``whole_from`` on."""
    if size >= whole_from:
        return _group(size, 0)
    if whole_from < 100:
        return _trim(size, 1)
    return _trim(size, min(max(2 - size.adjusted(), 0), 6) if size else 0)


def _shorten_duration(number: Decimal) -> str:
    """Return a duration in one unit: “45 s”, “42 min”, “2.1 h”, “3 d”."""
    size = abs(number)
    for limit, step, sign in _durations():
        shown = round_half_up(size / step, 1 if step >= _HOUR else 0)
        if limit is None or shown * step < limit:
            text = f"{_trim(shown, 0 if shown >= 100 else 1)}{sign}"
            return f"{MINUS}{text}" if number < 0 and shown else text
    raise AssertionError("the last duration has no limit")
