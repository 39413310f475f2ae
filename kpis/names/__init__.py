"""What every KPI is called in the languages that Kepi speaks, and all names that words may use.

English stands in the declarations (``kpis/catalogue``); each other language has a file of plain
data here. Names of all languages mean the same KPI wherever and by whomever they are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpis.names import id as indonesian
from kpis.names import sv, vi, zh
from kpis.names.name import Name
from kpis.tongue import spoken

if TYPE_CHECKING:
    from kpis.declarations import Entry, Kpi, Service

TONGUES: Mapping[str, Mapping[str, Name]] = MappingProxyType(
    {"vi": vi.NAMES, "id": indonesian.NAMES, "sv": sv.NAMES, "zh": zh.NAMES}
)
"""Language → KPI key → its name there."""

NATIVE_READERS: Mapping[str, str | None] = MappingProxyType(
    {
        "vi": vi.NATIVE_READER,
        "id": indonesian.NATIVE_READER,
        "sv": sv.NATIVE_READER,
        "zh": zh.NATIVE_READER,
    }
)
"""Who of a language's native speakers has read its names; nobody yet where it is empty."""

VARIANTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"vi": vi.VARIANTS, "id": indonesian.VARIANTS, "sv": sv.VARIANTS, "zh": zh.VARIANTS}
)
"""Language → a variant's words (“per post”) → its title, with the KPI's in ``{title}``."""


SHORT = {"vi": 4}
"""Words of a title that is short enough to type; Vietnamese writes each syllable apart."""
SHORT_CHINESE = 6
"""Characters of one."""


def name_of(key: str) -> Name | None:
    """Return what a KPI is called in the spoken language; nothing in English."""
    return TONGUES.get(spoken(), {}).get(key)


def title_of(entry: Entry) -> str:
    """Return a KPI's title in the spoken language."""
    name = name_of(entry.key)
    return name.title if name else entry.title


def meaning_of(entry: Entry) -> str:
    """Return what a KPI counts, in the spoken language."""
    name = name_of(entry.key)
    return name.meaning if name else str(getattr(entry, "meaning", ""))


def why_of(entry: Entry) -> str:
    """Return why a KPI matters, in the spoken language."""
    name = name_of(entry.key)
    return name.why if name else str(getattr(entry, "why", ""))


def variant_title_of(entry: Kpi | Service, variant: str) -> str:
    """Return the title of another way to count a KPI, “Likes per post”, in the spoken language."""
    template = VARIANTS.get(spoken(), {}).get(variant)
    if template is not None:
        return template.format(title=title_of(entry))
    declared = (entry.variants or {})[variant]
    return declared[0] if isinstance(declared, tuple) else declared.title


def word_of(key: str) -> str:
    """Return a short name of a KPI, as people of the spoken language would type it: “räckvidd”."""
    name = name_of(key)
    if name is None:
        return key.replace("-", " ")
    most = SHORT.get(spoken(), 2)
    is_short = len(name.title.split()) <= most
    if spoken() == "zh":
        is_short = len(name.title) <= SHORT_CHINESE
    return (name.title if is_short or not name.aliases else name.aliases[0]).lower()


def aliases_of(entry: Entry) -> tuple[str, ...]:
    """Return what else a KPI is called in the spoken language."""
    name = name_of(entry.key)
    return name.aliases if name else entry.aliases


@cache
def foreign_names() -> Mapping[str, tuple[str, ...]]:
    """Return KPI key → every title and alias in another language than English, each once."""
    found: dict[str, dict[str, None]] = {}
    for tongue in TONGUES.values():
        for key, name in tongue.items():
            words = (name.title, *name.aliases)
            found.setdefault(key, {}).update(dict.fromkeys(it.lower() for it in words))
    return MappingProxyType({key: tuple(words) for key, words in found.items()})
