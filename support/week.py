"""Opening hours as people type and read them: ``Mon–Fri 09:00–17:00; Sat 10:00–14:00``.

A week is seven days from Monday, each with windows in minutes from local midnight, in order and
apart from each other. What runs over midnight is kept as two windows (support-spec §7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from storage.errors import KepiError
from storage.said import Weekday, Words

MIDNIGHT, NOON = 1440, 720
"""Minutes from local midnight: 24:00 is the next midnight."""
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SETS = {
    "weekdays": range(5),
    "workdays": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
    "daily": range(7),
    "everyday": range(7),
    "every day": range(7),
    "all days": range(7),
}
EXAMPLE = "Write it like Mon–Fri 09:00–17:00; Sat 10:00–14:00, or 24/7."


class Window(NamedTuple):
    """Open from ``open`` until before ``close``: minutes from local midnight, up to 24:00."""

    open: int
    close: int


Windows = tuple[Window, ...]
Week = tuple[Windows, ...]

ALWAYS: Week = ((Window(0, MIDNIGHT),),) * 7
OFFICE: Week = ((Window(9 * 60, 17 * 60),),) * 5 + ((),) * 2
"""What holds where nobody said anything: Monday to Friday, nine to five."""

DASHES = re.compile(r"\s*(?:[-‐‑‒–—−~〜～]|\bto\b|\buntil\b)\s*")
TIME = r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d|h)?\s*(?:[ap]\.?m\.?)?"
RANGE = re.compile(rf"({TIME})-({TIME})(?!\w)")
BREAK = re.compile(r"\s*(?:[;,&]|\band\b|(?<=[\d.hm]) (?=(?![ap]\.?m)[a-z]{2}))\s*")
"""Between two times, and before a day that follows a time."""
DAY = r"every day|all days|[a-z]+"
CHUNK = re.compile(rf"((?:{DAY})(?:-[a-z]+)?)?\.?:?\s*(.*)")


def read_hours(text: str) -> Week:
    """Return the week that ``text`` says; days that it does not name are closed.

    Raises ``KepiError`` with a line that says what would work.
    """
    plain = DASHES.sub("-", " ".join(text.lower().split()))
    if plain.strip(" .") in ("24/7", "24x7", "always", "always open"):
        return ALWAYS
    typed: list[list[Window]] = [[] for _ in SHORT]
    named: list[int] = []
    waiting = False
    for chunk in BREAK.split(plain):
        if not chunk:
            continue
        days, hours = read_chunk(chunk)
        if days:
            named = named + days if waiting else days
        waiting = not hours
        if hours == "closed":
            waiting = False
        elif hours:
            if not named:
                raise KepiError(
                    "Say on which days it is {chunk}. {example}",
                    chunk=chunk[:40],
                    example=Words(EXAMPLE),
                )
            place(typed, named, read_ranges(hours))
    if waiting or not any(typed):
        raise KepiError("No opening hours could be read there. {example}", example=Words(EXAMPLE))
    return tuple(join(windows, Weekday(LONG[day], day)) for day, windows in enumerate(typed))


def read_chunk(chunk: str) -> tuple[list[int], str]:
    """Return the days of ``mon-fri 9-17`` and its times; either may be missing."""
    match = CHUNK.fullmatch(chunk)
    assert match is not None  # both halves may be empty
    words, hours = match[1] or "", match[2].strip()
    return (read_days(words) if words else []), hours


def read_days(words: str) -> list[int]:
    if words in SETS:
        return list(SETS[words])
    first, _, last = words.partition("-")
    start, end = read_day(first), read_day(last or first)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def read_day(word: str) -> int:
    stem = word.strip(" .")
    for number, name in enumerate(LONG):
        if len(stem) >= 2 and (name.lower().startswith(stem) or stem == f"{name.lower()}s"):
            return number
    special = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    if stem in special:
        return special[stem]
    raise KepiError(
        "“{word}” is not a day of the week. {example}", word=word[:20], example=Words(EXAMPLE)
    )


def read_ranges(hours: str) -> list[Window]:
    """Return windows as typed; one that ends before it starts runs over midnight."""
    found = RANGE.findall(hours)
    if not found or RANGE.sub("", hours).strip():
        raise KepiError(
            "“{hours}” is not a time from–to. {example}", hours=hours[:40], example=Words(EXAMPLE)
        )
    return [read_range(first, last) for first, last in found]


def read_range(first: str, last: str) -> Window:
    """Raises ``KepiError`` for ``9–5``, which most people mean as 17:00 and a clock does not."""
    window = Window(read_time(first, last), read_time(last))
    if 0 < window.close < window.open < NOON and "m" not in last:
        evening = say_window(Window(window.open, window.close + NOON))
        raise KepiError(
            "“{first}–{last}” ends before it starts. Write {evening} if you mean that.",
            first=first,
            last=last,
            evening=evening,
        )
    return window


def read_time(word: str, follows: str = "") -> int:
    """Return minutes; of ``9–5pm`` the first takes the half of the day that the last names."""
    half = re.search(r"([ap])\.?m", word)
    hours, _, minutes = re.sub(
        r"[.h]", ":", word.partition(half[0])[0] if half else word
    ).partition(":")
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            raise KepiError(
                "“{word}” is not a time of the day. {example}",
                word=word.strip(),
                example=Words(EXAMPLE),
            )
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    elif re.search(r"[ap]\.?m", follows):
        raise KepiError(
            "Say am or pm for both ends of “{word}–{follows}”, or use 09:00–17:00.",
            word=word,
            follows=follows,
        )
    total = hour * 60 + minute
    if total > MIDNIGHT:
        raise KepiError(
            "A day ends at 24:00, so “{word}” is no time of it. {example}",
            word=word.strip(),
            example=Words(EXAMPLE),
        )
    return total


def place(typed: list[list[Window]], days: Iterable[int], windows: Iterable[Window]) -> None:
    """Add windows to the days; the part after midnight goes to the next day."""
    for day in days:
        for window in windows:
            if window.open == window.close or window.open == MIDNIGHT:
                raise KepiError(
                    "{window} is no time at all. A whole day is 0–24.", window=say_window(window)
                )
            if window.open < window.close:
                typed[day].append(window)
                continue
            typed[day].append(Window(window.open, MIDNIGHT))
            if window.close:
                typed[(day + 1) % 7].append(Window(0, window.close))


def join(windows: Iterable[Window], day: Weekday) -> Windows:
    """Return a day's windows in order, those that touch as one.

    Raises ``KepiError`` where two overlap: it is not clear which of them was meant.
    """
    ordered = sorted(windows)
    for before, after in pairwise(ordered):
        if after.open < before.close:
            raise KepiError(
                "{day} has {first} and {second}, which overlap. Give each time of a day once.",
                day=day,
                first=say_window(before),
                second=say_window(after),
            )
    joined: list[Window] = []
    for window in ordered:
        if joined and joined[-1].close == window.open:
            window = Window(joined.pop().open, window.close)
        joined.append(window)
    return tuple(joined)


def say_hours(
    week: Week, days_of: Callable[[int, int], str] | None = None, closed: str = "closed"
) -> str:
    """Return a week as people read it, and as ``read_hours`` reads it again.

    In another language ``days_of`` names days from one to another.
    """
    name = days_of or say_days
    if week == ALWAYS:
        return "24/7"
    days = over_midnight(week)
    parts: list[str] = []
    start = 0
    while start < 7:
        end = start
        while end < 6 and days[end + 1] == days[start]:
            end += 1
        if days[start]:
            parts.append(f"{name(start, end)} {', '.join(map(say_window, days[start]))}")
        start = end + 1
    return "; ".join(parts) or closed


def over_midnight(week: Week) -> list[Windows]:
    """Return the days with what goes on after midnight said where it began: 22:00–06:00."""
    days = [list(windows) for windows in week]
    joins = [day for day in range(7) if goes_on(week[day], week[(day + 1) % 7])]
    for day in joins:
        late, early = week[day][-1], week[(day + 1) % 7][0]
        days[day].remove(late)
        days[(day + 1) % 7].remove(early)
        days[day].append(Window(late.open, early.close))
    return [tuple(windows) for windows in days]


def goes_on(today: Windows, tomorrow: Windows) -> bool:
    if not (today and tomorrow):
        return False
    late, early = today[-1], tomorrow[0]
    return (
        late.close == MIDNIGHT and early.open == 0 and late.open >= NOON and early.close < late.open
    )


def say_days(start: int, end: int) -> str:
    if (start, end) == (0, 6):
        return "Every day"
    return SHORT[start] if start == end else f"{SHORT[start]}–{SHORT[end]}"


def say_window(window: Window) -> str:
    return f"{say_time(window.open)}–{say_time(window.close)}"


def say_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def as_json(windows: Sequence[Window]) -> list[list[str]]:
    """Return windows as ``[["09:00", "17:00"]]``, the form that tables and vectors hold."""
    return [[say_time(window.open), say_time(window.close)] for window in windows]


def from_json(windows: Sequence[Sequence[str]]) -> Windows:
    return tuple(Window(minutes(first), minutes(last)) for first, last in windows)


def week_as_json(week: Week) -> dict[str, list[list[str]]]:
    """Return a week by weekday, 0 is Monday; closed days are left out."""
    return {str(day): as_json(windows) for day, windows in enumerate(week) if windows}


def week_from_json(week: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    return tuple(from_json(week.get(str(day), ())) for day in range(7))


def minutes(time: str) -> int:
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)
