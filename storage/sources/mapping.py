"""The mapping file: what the columns of any table mean, said once in TOML.

::

    [file]
    grain = "post"                # or another one of ``GRAINS``
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

Of grain "mention" each line is something said of a brand; it has no measures.
Of grain "session" each line is one session of the web site: ``converted`` says whether it ended
in a conversion. Where the lines have no ``day``, the file says its first and last one, ``start``
and ``end``; ``social`` says that all of it came from social media, or nothing did.

Of the grains of ``record_grains`` each line is a record: an order, a review, an answer. What no
column says, the same in all rows, stands in ``[always]``: ``type = "lead"``.

A mapping without a grain, columns and measures says what an export that is known leaves out: its
zone, account, currency, or its first and last day.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from rapidfuzz.process import extractOne

from storage import platforms
from storage.errors import SourceError
from storage.measures import COUNTERS, AccountDays, Additive, State, Unique
from storage.money import is_currency
from storage.sources.dates import find_zone
from storage.sources.record_grains import RECORD_GRAINS

LARGEST = 100_000
OWN_GRAINS = ("post", "account-day", "mention", "session")
GRAINS = (*OWN_GRAINS, *RECORD_GRAINS)
REQUIRED: dict[str, tuple[str, ...]] = {
    "post": ("id", "published"),
    "account-day": ("day",),
    "mention": ("id", "time"),
    "session": ("converted",),
    **{grain: it.needed for grain, it in RECORD_GRAINS.items()},
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "post": (
        "account", "account_id", "title", "caption", "content_type", "type", "permalink", "paid",
        "campaign", "variant",
    ),
    "account-day": ("account", "account_id"),
    "mention": (
        "platform", "brand", "author", "followers", "sentiment", "topic", "tagged", "url", "text",
        "language",
    ),
    "session": (
        "day", "platform", "source", "medium", "campaign", "keyword", "bounced", "revenue",
    ),
    **{
        grain: tuple(name for name in it.columns if name not in it.needed)
        for grain, it in RECORD_GRAINS.items()
    },
}  # fmt: skip
LEVELS = tuple(name for name, it in AccountDays.measures().items() if it.kind in (Additive, State))
WINDOWED = tuple(name for name, it in AccountDays.measures().items() if it.kind is Unique)
LONGEST_WINDOW = 366
LONGEST_WORD = 100

_WINDOW = re.compile(r"([a-z_]+?)(?::([0-9]{1,3})|_([0-9]{1,3})d)?")


def _read_date(said: Any) -> Any:
    """Return a date that stands in quotes as TOML's own."""
    if isinstance(said, str):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return said
    return said.date() if isinstance(said, datetime) else said


def _check_grain(said: Any) -> Any:
    if said is not None and said not in GRAINS:
        raise ValueError("not a grain")
    return said


Day = Annotated[date, BeforeValidator(_read_date)]
Grain = Annotated[str, BeforeValidator(_check_grain)]


class FileSection(BaseModel):
    """What is true of all rows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    grain: Grain | None = None
    platform: str | None = None
    account: str | None = None
    zone: str | None = None
    date_formats: list[str] = Field(default_factory=list, max_length=20)
    decimal: Literal[".", ","] | None = None
    start: Day | None = None
    """First and last day of the file, both in it, where its lines have none."""
    end: Day | None = None
    social: bool | None = None
    """Whether all sessions came from social media."""
    site: str = Field(default="", max_length=100)
    """The web site, where there are several."""
    currency: str | None = None
    """ISO code of the amounts."""

    @property
    def span(self) -> tuple[date, date] | None:
        """The days that are stated, half-open."""
        if self.start is None or self.end is None:
            return None
        return self.start, self.end + timedelta(days=1)


class Mapping(BaseModel):
    """A mapping file that has been checked; column names are as the table writes them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: FileSection
    columns: dict[str, str] = Field(default_factory=dict)
    measures: dict[str, str] = Field(default_factory=dict)
    always: dict[str, str] = Field(default_factory=dict)
    """What all rows of a record's grain say, where no column does."""


_GRAINS = ", ".join(f'"{it}"' for it in GRAINS[:-1]) + f' or "{GRAINS[-1]}"'


def parse_mapping(text: str) -> Mapping:
    """Return the mapping, or raise ``SourceError`` that says what would work."""
    if len(text) > LARGEST:
        raise SourceError("this is no mapping file: it is longer than 100,000 characters")
    try:
        sections = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError("the mapping is not TOML: {error}", error=error) from None
    return check_mapping(sections)


def check_mapping(sections: object) -> Mapping:
    """Return the mapping that tables of TOML, or of JSON, make; raises ``SourceError``."""
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
        raise SourceError(
            "“{word}” is not a platform; these are: {known}", word=word[:40], known=known
        )
    return found.key


def _check_names(mapping: Mapping) -> None:
    grain = mapping.file.grain
    if grain is None:
        if mapping.columns or mapping.measures or mapping.always:
            raise SourceError("the mapping lacks grain in [file]: {grains}", grains=_GRAINS)
        return
    required, optional = REQUIRED[grain], OPTIONAL[grain]
    for name in mapping.columns:
        if name not in (*required, *optional):
            raise SourceError(_unknown(f"columns.{name}", name, (*required, *optional)))
    lacking = [name for name in required if name not in mapping.columns]
    if lacking:
        raise SourceError(
            'grain “{grain}” needs {lacking} in [columns], such as {first} = "name of the column"',
            grain=grain,
            lacking=" and ".join(lacking),
            first=lacking[0],
        )
    _check_always(mapping, grain)
    if grain not in ("post", "account-day"):
        if mapping.measures:
            raise SourceError(
                "grain “{grain}” has no [measures]: each line counts as one", grain=grain
            )
        return
    measures = COUNTERS if grain == "post" else (*LEVELS, *WINDOWED)
    for name in mapping.measures:
        known = name in COUNTERS if grain == "post" else name in LEVELS or read_window(name)
        if not known:
            raise SourceError(_unknown(f"measures.{name}", name, measures))
    if not mapping.measures:
        raise SourceError(
            "[measures] is empty; it may name {measures}", measures=", ".join(measures)
        )


def _check_always(mapping: Mapping, grain: str) -> None:
    """Check what all rows say, and that one of the columns is there of which one has to be."""
    known = RECORD_GRAINS.get(grain)
    if known is None:
        if mapping.always:
            raise SourceError(
                "grain “{grain}” has no [always]: a column says it, or [file]", grain=grain
            )
        return
    for name, words in mapping.always.items():
        if name not in known.columns:
            raise SourceError(_unknown(f"always.{name}", name, known.columns))
        if name in mapping.columns:
            raise SourceError(
                "{name} stands in [columns] and in [always]; leave one of them out", name=name
            )
        if not 0 < len(words.strip()) <= LONGEST_WORD:
            raise SourceError(
                "always.{name} has 1 to {number} characters", name=name, number=LONGEST_WORD
            )
    said = {*mapping.columns, *mapping.always, *(("platform",) if mapping.file.platform else ())}
    if known.either and not said & set(known.either):
        names = " or ".join(known.either)
        raise SourceError(
            "grain “{grain}” needs {names} in [columns], or in [always]", grain=grain, names=names
        )


def _check_file(file: FileSection) -> None:
    if file.platform is not None:
        find_platform(file.platform)
    if file.zone is not None:
        find_zone(file.zone)
    if file.currency is not None and not is_currency(file.currency):
        raise SourceError(
            "“{currency}” is not a currency; write its ISO code, like EUR",
            currency=file.currency[:20],
        )
    if (file.start is None) != (file.end is None):
        lacking = "start" if file.start is None else "end"
        raise SourceError(
            "[file] has only one of start and end; {lacking} is missing", lacking=lacking
        )
    if file.start and file.end and file.start > file.end:
        raise SourceError("start {start} lies after end {end}", start=file.start, end=file.end)
    for form in file.date_formats:
        if not _is_date_format(form):
            raise SourceError(
                'date_formats: “{form}” does not name a whole day; write it like "%m/%d/%Y %H:%M"',
                form=form[:40],
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
        return f"the mapping lacks [{place}]; it needs [file], [columns] and [measures]"
    if place == "file.grain":
        return f"grain must be {_GRAINS}"
    if place in ("file.start", "file.end"):
        return f"{place} is not a day; write it like 2026-11-23"
    if place == "file.decimal":
        return 'decimal must be "." or ","'
    return f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"


def _unknown(place: str, name: str, known: Iterable[str]) -> str:
    known = tuple(known)
    near = extractOne(name, known, score_cutoff=70)
    hint = f"did you mean {near[0]}" if near else f"known are {', '.join(known)}"
    return f"{place[:80]} is not known in a mapping; {hint}"
