"""The mapping file: what the columns of any table mean, said once in TOML.

::

    [file]
    grain = "post"                # or "account-day"
    platform = "facebook"
    account = "acme"              # unless a column names it
    zone = "Asia/Bangkok"         # default: the workspace's
    date_formats = ["%m/%d/%Y %H:%M", "%m/%d/%y %H:%M"]
    decimal = "."

    [columns]
    id = "status_id"
    published = "status_published"

    [measures]
    likes = "num_reactions"
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz.process import extractOne

from storage import platforms
from storage.errors import SourceError
from storage.measures import COUNTERS, AccountDays, Additive, State, Unique
from storage.sources.dates import find_zone

LARGEST = 100_000
REQUIRED = {"post": ("id", "published"), "account-day": ("day",)}
OPTIONAL = {
    "post": (
        "account", "account_id", "title", "caption", "content_type", "type", "permalink", "paid",
    ),
    "account-day": ("account", "account_id"),
}  # fmt: skip
LEVELS = tuple(name for name, it in AccountDays.measures().items() if it.kind in (Additive, State))
WINDOWED = tuple(name for name, it in AccountDays.measures().items() if it.kind is Unique)
LONGEST_WINDOW = 366

_WINDOW = re.compile(r"([a-z_]+?)(?::([0-9]{1,3})|_([0-9]{1,3})d)?")


class FileSection(BaseModel):
    """What is true of all rows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    grain: Literal["post", "account-day"]
    platform: str | None = None
    account: str | None = None
    zone: str | None = None
    date_formats: list[str] = Field(default_factory=list, max_length=20)
    decimal: Literal[".", ","] | None = None


class Mapping(BaseModel):
    """A mapping file that has been checked; column names are as the table writes them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: FileSection
    columns: dict[str, str]
    measures: dict[str, str]


def parse_mapping(text: str) -> Mapping:
    """Return the mapping, or raise ``SourceError`` that says what would work."""
    if len(text) > LARGEST:
        raise SourceError("this is no mapping file: it is longer than 100,000 characters")
    try:
        sections = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(f"the mapping is not TOML: {error}") from None
    try:
        mapping = Mapping.model_validate(sections)
    except ValidationError as error:
        raise SourceError(_describe(error)) from None
    _check_names(mapping)
    _check_file(mapping.file)
    return mapping


def read_window(measure: str) -> tuple[str, int] | None:
    """Return the measure and days of ``reach``, ``reach:7`` or ``reach_28d``."""
    match = _WINDOW.fullmatch(measure)
    if match is None or match[1] not in WINDOWED:
        return None
    days = int(match[2] or match[3] or 1)
    return (match[1], days) if 1 <= days <= LONGEST_WINDOW else None


def find_platform(word: str) -> str:
    """Return the key of a platform by its key, title or alias."""
    found = platforms.find_platform(word)
    if found is None:
        known = ", ".join(platforms.PLATFORMS)
        raise SourceError(f"“{word[:40]}” is not a platform; these are: {known}")
    return found.key


def _check_names(mapping: Mapping) -> None:
    grain = mapping.file.grain
    required, optional = REQUIRED[grain], OPTIONAL[grain]
    for name in mapping.columns:
        if name not in (*required, *optional):
            raise SourceError(_unknown(f"columns.{name}", name, (*required, *optional)))
    lacking = [name for name in required if name not in mapping.columns]
    if lacking:
        raise SourceError(
            f"grain “{grain}” needs {' and '.join(lacking)} in [columns], "
            f'such as {lacking[0]} = "name of the column"'
        )
    measures = COUNTERS if grain == "post" else (*LEVELS, *WINDOWED)
    for name in mapping.measures:
        known = name in COUNTERS if grain == "post" else name in LEVELS or read_window(name)
        if not known:
            raise SourceError(_unknown(f"measures.{name}", name, measures))
    if not mapping.measures:
        raise SourceError(f"[measures] is empty; it may name {', '.join(measures)}")


def _check_file(file: FileSection) -> None:
    if file.platform is not None:
        find_platform(file.platform)
    if file.zone is not None:
        find_zone(file.zone)
    for form in file.date_formats:
        if not _is_date_format(form):
            raise SourceError(
                f"date_formats: “{form[:40]}” does not name a whole day; "
                'write it like "%m/%d/%Y %H:%M"'
            )


def _is_date_format(form: str) -> bool:
    """Tell whether a day survives being written and read by a format."""
    moment = datetime(2026, 11, 23, 14, 30)  # noqa: DTZ001 - a sample, not a moment
    try:
        read = datetime.strptime(moment.strftime(form), form)  # noqa: DTZ007
    except ValueError:
        # strftime leaves %z of a local time empty, which cannot be read back.
        return "%z" in form and _is_date_format(form.replace("%z", "").strip())
    return read.date() == moment.date()


def _describe(error: ValidationError) -> str:
    # A misspelt key is both unknown and missing: the unknown one says more.
    first = min(error.errors(), key=lambda it: it["type"] != "extra_forbidden")
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        section = first["loc"][0] if len(first["loc"]) > 1 else None
        known = FileSection.model_fields if section == "file" else Mapping.model_fields
        return _unknown(place, str(first["loc"][-1]), known)
    if first["type"] == "missing":
        if place == "file.grain":
            return 'the mapping lacks grain in [file]: "post" or "account-day"'
        return f"the mapping lacks [{place}]; it needs [file], [columns] and [measures]"
    if place == "file.grain":
        return 'grain must be "post" or "account-day"'
    if place == "file.decimal":
        return 'decimal must be "." or ","'
    return f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"


def _unknown(place: str, name: str, known: Iterable[str]) -> str:
    known = tuple(known)
    near = extractOne(name, known, score_cutoff=70)
    hint = f"did you mean {near[0]}" if near else f"known are {', '.join(known)}"
    return f"{place[:80]} is not known in a mapping; {hint}"
