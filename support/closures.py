"""Dates on which an office may be closed, for an admin to confirm (support-spec §12).

``holidays`` only proposes. What is confirmed is copied into our tables with its version, so that
a new release of it never changes a figure that was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.metadata import version
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.errors import KepiError
from storage.hours import close_dates, override_date
from support.calendars import load_calendar, write_windows
from support.week import Week, Windows

CUSTOMARY = "de_facto"
"""No public holiday, yet most offices are closed: Swedish Midsummer Eve."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
NICKNAMES = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "america": "US"}


class ProposedDate(NamedTuple):
    """A date that may be confirmed."""

    day: date
    name: str
    kind: str = "closed"
    """``closed``, or ``working``: a weekend day that makes up for a day off."""
    is_estimated: bool = False
    """It hangs on the moon, and may turn out a day off: look again when the year has come."""
    is_optional: bool = False
    """Customary alone: proposed, not taken for granted."""


def propose(
    country: str, year: int, subdivision: str | None = None, language: str | None = None
) -> list[ProposedDate]:
    """Return a year's dates in order.

    ``subdivision``: its code or name; “” is what holds in the whole country. ``None`` asks for
    it where it matters. ``language``: such as ``sv``; English where it has no names.
    Raises ``KepiError`` for a country, part or year that is not known, with what would work.
    """
    code = read_country(country)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise KepiError(
            "Dates are known from {first} to {last}, not for {year}.",
            first=FIRST_YEAR,
            last=LAST_YEAR,
            year=year,
        )
    if subdivision is None and (parts := parts_that_differ(code, year)):
        raise KepiError(
            "Holidays in {country} differ by region. Choose one of {parts}.",
            country=name_of(code),
            parts=listed(parts),
        )
    part = read_part(code, subdivision or "")
    english = dates_of(code, year, part, english_of(code))
    known = dates_of(code, year, part, language_of(code, language))
    custom = set(dates_of(code, year, part, english_of(code), CUSTOMARY))
    names = {**dates_of(code, year, part, language_of(code, language), CUSTOMARY), **known}
    found = [
        ProposedDate(
            day,
            names[day],
            is_estimated="estimated" in english.get(day, ""),
            is_optional=day in custom and day not in known,
        )
        for day in names
    ]
    found += [ProposedDate(day, "Working day", "working") for day in workdays(code, year)]
    if not found:
        raise KepiError(
            "No dates are known for {country} in {year}.", country=name_of(code), year=year
        )
    return sorted(found)


def parts_that_differ(country: str, year: int) -> dict[str, str]:
    """Return regions by code, where their dates are not the whole country's; else none."""
    code = read_country(country)
    whole = dates_of(code, year, "", english_of(code))
    parts = parts_of(code)
    if any(dates_of(code, year, it, english_of(code)) != whole for it in parts):
        return parts
    return {}


def source_of(country: str, subdivision: str = "") -> str:
    """Return what confirmed dates are marked with: ``holidays 0.109 GB-ENG``."""
    code = read_country(country)
    part = read_part(code, subdivision)
    return f"holidays {version('holidays')} {code}{part and f'-{part}'}"


def confirm(
    connection: Connection,
    workspace: int,
    calendar: int,
    dates: Iterable[ProposedDate],
    source: str,
    today: date,
) -> list[date]:
    """Copy confirmed dates into a calendar; return those that changed it, from ``today`` on.

    A working weekend day gets the hours of a usual day.
    """
    dates = [it for it in dates if it.day >= today]
    closed = {it.day: it.name for it in dates if it.kind == "closed"}
    changed = close_dates(connection, workspace, calendar, closed, source, today)
    held = load_calendar(connection, workspace, calendar)
    usual = write_windows(usual_day(held.week))
    for it in dates:
        if it.kind == "working" and it.day not in held.overrides:
            override_date(connection, workspace, calendar, it.day, usual, source, today, it.name)
            changed.append(it.day)
    return sorted(changed)


def usual_day(week: Week) -> Windows:
    """Return the hours that most open days of a week have."""
    counted = Counter(windows for windows in week if windows)
    return counted.most_common(1)[0][0] if counted else ()


def read_country(words: str) -> str:
    """Return the code of a country by code or English name."""
    asked = " ".join(words.split())
    names = names_of_countries()
    code = NICKNAMES.get(asked.lower(), asked.upper())
    if code in names:
        return code
    by_name = {name.lower(): known for known, name in names.items()}
    if asked.lower() in by_name:
        return by_name[asked.lower()]
    near = get_close_matches(asked.lower(), by_name, n=1)
    hint = by_name[near[0]] if near else "SE"
    raise KepiError(
        "“{asked}” is no country that is known. Try {names} or {hint}.",
        asked=asked[:40],
        names=names[hint],
        hint=hint,
    )


def read_part(code: str, words: str) -> str:
    """Return the code of a region by code or name; “” is the whole country."""
    parts = parts_of(code)
    asked = words.strip()
    if not asked:
        return ""
    for part, name in parts.items():
        if asked.casefold() in (part.casefold(), name.casefold(), f"{code}-{part}".casefold()):
            return part
    if not parts:
        raise KepiError(
            "Holidays are the same all over {country}. Leave the region out.", country=name_of(code)
        )
    raise KepiError(
        "“{asked}” is no region of {country}. Use {parts}.",
        asked=asked[:40],
        country=name_of(code),
        parts=listed(parts),
    )


def listed(parts: Mapping[str, str]) -> str:
    """Return regions in words, the first dozen of them."""
    words = [code if code == name else f"{code} ({name})" for code, name in parts.items()]
    return ", ".join(words[:12]) + (" …" if len(words) > 12 else "")


def name_of(code: str) -> str:
    return names_of_countries()[code]


@lru_cache(1)
def names_of_countries() -> dict[str, str]:
    """Return English names by code, of the countries whose dates are known."""
    from babel import Locale
    from holidays import list_supported_countries

    names = Locale("en").territories
    return {code: str(names[code]) for code in list_supported_countries(False) if code in names}


@lru_cache(64)
def parts_of(code: str) -> dict[str, str]:
    """Return the regions of a country: names by code."""
    import holidays

    found = holidays.country_holidays(code)
    aliases = found.get_subdivision_aliases()
    return {it: next(iter(aliases.get(it) or [it])) for it in found.subdivisions}


def english_of(code: str) -> str | None:
    return language_of(code, "en_US")


@lru_cache(256)
def language_of(code: str, asked: str | None) -> str | None:
    """Return the language of a country's names nearest to the one asked for, else English."""
    import holidays

    known = holidays.country_holidays(code).supported_languages
    for wanted in (asked, "en_US", "en_GB", "en"):
        near = [it for it in known if wanted and it.partition("_")[0] == wanted.partition("_")[0]]
        if near:
            return wanted if wanted in near else near[0]
    return None


@lru_cache(512)
def dates_of(
    code: str, year: int, part: str, language: str | None, category: str = "public"
) -> Mapping[date, str]:
    """Return a category's dates of one year by name."""
    found = calendar_of(code, year, part, language, category)
    return {} if found is None else dict(sorted(found.items()))


def workdays(code: str, year: int) -> list[date]:
    """Return the weekend days of a year on which people work, to make up for days off."""
    found = calendar_of(code, year, "", None, "public")
    return sorted(it for it in found.weekend_workdays if it.year == year)


def calendar_of(code: str, year: int, part: str, language: str | None, category: str) -> Any:
    import holidays

    plain = holidays.country_holidays(code)
    if category not in plain.supported_categories:
        return None
    return holidays.country_holidays(
        code, subdiv=part or None, years=year, language=language, categories=category
    )
