"""How numbers are written (kpi-catalogue §1, *Rounding*); every surface uses these words.

Rounding is half up, away from zero, on the shortest decimal that is the number: 469 of 20,000 is
2.345 %, written “2.35 %”, whatever its binary fraction. Minus is U+2212, and nothing is ever “−0”.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from babel.numbers import format_decimal

from kpis.answers import Change
from storage.measures import Unit

LOCALE = "en"
MINUS = "\N{MINUS SIGN}"
SPACE = " "
"""Between a number and “%”, “pt”, “h”, “min”: an ordinary one, so that copied text is found."""

_PERSON_WORDS = {
    Unit.PEOPLE: ("person", "people"),
    Unit.PERSON_DAYS: ("person-day", "person-days"),
    Unit.CHARACTERS: ("character", "characters"),
}
_SUFFIXES = ("", "k", "M", "B", "T")
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds the whole of any float: the largest has 309 digits."""
_NOISE = Decimal("1e-9")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_DAYS_FROM = 2 * _DAY
"""Durations from here on are written in days and hours."""
_DURATIONS = (
    (_MINUTE, 1, "s"),
    (_HOUR, _MINUTE, "min"),
    (_DAYS_FROM, _HOUR, "h"),
    (None, _DAY, "d"),
)


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
    if unit is Unit.RATIO:
        return _group(number, 2)
    return _group(number, _decimals_of_a_count(number))


def write_with_unit(value: float, unit: Unit) -> str:
    """Return the number with what it counts: “54,310 people”; a plain count stands alone."""
    text = write(value, unit)
    words = _PERSON_WORDS.get(unit)
    if words is None:
        return text
    one, many = words
    return f"{text} {one if text in ('1', f'{MINUS}1') else many}"


def compact(value: float, unit: Unit) -> str:
    """Return a short text for charts, where room is dear: “12.4k”, “1.2M”, “11.7 %”, “2.1 h”."""
    number = _exact(value)
    if unit is Unit.PERCENT:
        return _write_percent(number)
    if unit is Unit.SECONDS:
        return _shorten_duration(number)
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
    if decimals > 2 and sign in _SUFFIXES[1:]:
        # “1.00003M” is harder to read than the number itself.
        scaled, sign, decimals = numbers, "", 0
    return [_write_tick(number, decimals, sign) for number in scaled]


def _choose_scale(largest: Decimal, unit: Unit) -> tuple[Decimal, str]:
    if unit is Unit.PERCENT:
        return Decimal("0.01"), f"{SPACE}%"
    if unit is Unit.SECONDS:
        steps = [(step, sign) for limit, step, sign in _DURATIONS if not limit or largest < limit]
        return Decimal(steps[0][0]), f"{SPACE}{steps[0][1]}"
    power = min(max(largest.adjusted() // 3, 0), len(_SUFFIXES) - 1) if largest else 0
    return Decimal(1000) ** power, _SUFFIXES[power]


def _stays_apart(numbers: Sequence[Decimal], decimals: int) -> bool:
    """Whether rounding moves none of them by more than float noise."""
    return all(abs(round_half_up(it, decimals) - it) <= abs(it) * _NOISE for it in numbers)


def _write_tick(number: Decimal, decimals: int, sign: str) -> str:
    text = _strip_zeros(_group(number, decimals))
    return text + sign if text != "0" or sign.startswith(SPACE) else text


def write_change(change: Change, unit: Unit) -> str:
    """Return how a value moved, with its sign: “+8.4 %”, “−4 %”, “+0.3 pt”, “+210”.

    An unclear change gives its reason.
    """
    if change.kind == "unclear":
        return change.words
    number = _exact(change.amount)
    size = abs(number)
    if change.kind == "percent":
        text = f"{_three_figures(size * 100, 10)}{SPACE}%"
    elif change.kind == "points" or unit is Unit.PERCENT:
        points = size * 100
        text = f"{_group(points, 1 if points >= Decimal('0.095') else 2)}{SPACE}pt"
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


def _group(number: Decimal, decimals: int) -> str:
    """Return the rounded number with its thousands grouped, and no sign on zero."""
    rounded = round_half_up(number, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # Rounded already (Babel would round half to even); it refuses more digits than the context has.
    with localcontext(_WIDE):
        text = format_decimal(abs(rounded), format=pattern, locale=LOCALE)
    return f"{MINUS}{text}" if rounded < 0 else text


def _decimals_of_a_count(number: Decimal) -> int:
    if number == number.to_integral_value() or abs(number) >= 100:
        return 0
    return 1 if abs(number) >= 1 else 2


def _write_percent(number: Decimal) -> str:
    """Two decimals under 10 %, one above; 9.996 % is 10.0 %."""
    percent = number * 100
    decimals = 2 if abs(round_half_up(percent, 2)) < 10 else 1
    return f"{_group(percent, decimals)}{SPACE}%"


def _write_duration(number: Decimal) -> str:
    """“45 s”, “42 min”, “2 h 05 m”, from two days on “2 d 04 h”, each rounded to what is shown."""
    seconds = int(round_half_up(abs(number), 0))
    minutes = int(round_half_up(abs(number) / _MINUTE, 0))
    if seconds < _MINUTE:
        text = f"{seconds}{SPACE}s"
    elif minutes < 60:
        text = f"{minutes}{SPACE}min"
    elif minutes * _MINUTE < _DAYS_FROM:
        text = f"{minutes // 60}{SPACE}h{SPACE}{minutes % 60:02d}{SPACE}m"
    else:
        days, hours = divmod(int(round_half_up(abs(number) / _HOUR, 0)), 24)
        text = f"{_group(Decimal(days), 0)}{SPACE}d{SPACE}{hours:02d}{SPACE}h"
    return f"{MINUS}{text}" if number < 0 and seconds else text


def _shorten(number: Decimal) -> str:
    """Three figures, or one decimal with k, M, B or T; 999,950 reads “1M”."""
    size, power = abs(number), 0
    text = _three_figures(size)
    while power < len(_SUFFIXES) - 1 and _rounds_to_a_thousand(size, power):
        size, power = size / 1000, power + 1
        text = _one_decimal(size) + _SUFFIXES[power]
    return f"{MINUS}{text}" if number < 0 and text != "0" else text


def _rounds_to_a_thousand(size: Decimal, power: int) -> bool:
    shown = round_half_up(size, 0 if size >= 100 else 1)
    return shown >= 1000 if power else round_half_up(size, 0) >= 1000


def _three_figures(size: Decimal, whole_from: int = 100) -> str:
    """Return a size without its needless zeros; no decimals from ``whole_from`` on."""
    if size >= whole_from:
        return _group(size, 0)
    if whole_from < 100:
        return _strip_zeros(_group(size, 1))
    return _strip_zeros(_group(size, min(max(2 - size.adjusted(), 0), 6) if size else 0))


def _one_decimal(size: Decimal) -> str:
    return _strip_zeros(_group(size, 0 if size >= 100 else 1))


def _strip_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shorten_duration(number: Decimal) -> str:
    """Return a duration in one unit: “45 s”, “42 min”, “2.1 h”, “3 d”."""
    size = abs(number)
    for limit, step, sign in _DURATIONS:
        shown = round_half_up(size / step, 1 if step >= _HOUR else 0)
        if limit is None or shown * step < limit:
            text = f"{_one_decimal(shown)}{SPACE}{sign}"
            return f"{MINUS}{text}" if number < 0 and shown else text
    raise AssertionError("the last duration has no limit")
