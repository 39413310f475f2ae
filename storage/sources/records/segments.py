"""Audience segments: known people of an account, as the platform split them. Kepi's own format.

    platform, account, dimension, segment, people, start, end, measure

``dimension`` is ``country``, ``city``, ``age``, ``gender``, ``age-gender`` or ``follow-type``;
``start`` and ``end`` are the first and the last day of the window that the platform counted, or
``day`` is the one day. ``measure`` is ``followers`` (usual), ``reach`` or ``engaged``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.batch import AccountName
from storage.platforms import PLATFORMS, find_platform
from storage.said import Words
from storage.sources.cells import BadCell, show
from storage.sources.origin import make_handle
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told
from storage.sources.records.reading import source_of
from storage.sources.records.spans import DAYS, read_span

MEASURES = MappingProxyType(
    {
        **dict.fromkeys(("", "followers", "fans", "subscribers", "följare"), "followers"),
        **dict.fromkeys(("reach", "reached", "viewers", "räckvidd"), "reach"),
        **dict.fromkeys(("engaged", "engaged audience", "engagement"), "engaged"),
    }
)
DIMENSIONS = MappingProxyType(
    {
        **dict.fromkeys(("country", "countries", "land"), "country"),
        **dict.fromkeys(("city", "cities", "town", "stad"), "city"),
        **dict.fromkeys(("age", "age group", "age range", "ålder"), "age"),
        **dict.fromkeys(("gender", "sex", "kön"), "gender"),
        **dict.fromkeys(("age-gender", "age gender", "gender-age", "age and gender"), "age-gender"),
        **dict.fromkeys(("follow-type", "follow type", "follower type"), "follow-type"),
    }
)
GENDERS = MappingProxyType(
    {
        **dict.fromkeys(("f", "female", "women", "woman", "kvinnor"), "female"),
        **dict.fromkeys(("m", "male", "men", "man", "män"), "male"),
        **dict.fromkeys(("u", "unknown", "other", "unspecified"), "unknown"),
    }
)
FIELDS = MappingProxyType(
    {
        "platform": Field("word", ("platform", "Network", "Channel")),
        "account": Field("handle", ("account", "Username", "Handle", "Profile", "Page")),
        "dimension": Field("word", ("dimension", "Breakdown", "Split by"), needed=True),
        "segment": Field("name", ("segment", "Value", "Group"), needed=True),
        "people": Field("whole", ("people", "Count", "Followers", "Audience"), needed=True),
        **DAYS,
        "measure": Field("word", ("measure", "Metric", "Of")),
    }
)


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    dimension = DIMENSIONS.get(told["dimension"].lower().replace("_", " "))
    if dimension is None:
        known = ", ".join(dict.fromkeys(DIMENSIONS.values()))
        raise BadCell(
            "{dimension} is no dimension; these are: {known}",
            dimension=show(told["dimension"]),
            known=known,
        )
    measure = MEASURES.get(told["measure"].lower())
    if measure is None:
        raise BadCell(
            "{measure} is not counted; write followers, reach or engaged",
            measure=show(told["measure"]),
        )
    account = name_account(told, cells)
    start, end = read_span(told, cells)
    return {
        "account": account,
        "platform": account.platform,
        "measure": measure,
        "dimension": dimension,
        "segment": name_segment(dimension, told["segment"]),
        "start": start,
        "end": end,
        "people": told["people"],
    }


def name_segment(dimension: str, word: str) -> str:
    """Return a segment as it is stored: “SE” and “se” are one country, “F” and “female” one sex."""
    if dimension == "country" and len(word) == 2:
        return word.upper()
    if dimension == "gender":
        return GENDERS.get(word.lower(), word.lower())
    if dimension == "follow-type":
        return word.lower().replace("_", "-").replace(" ", "-")
    return word


def name_account(told: Told, cells: Cells) -> AccountName:
    """Return the account that the person named, else the row's; raises ``BadCell``."""
    if cells.origin.account is not None:
        return cells.origin.account
    platform, handle = find_platform(told["platform"]), make_handle(told["account"])
    if platform is None:
        known = ", ".join(PLATFORMS)
        raise BadCell(
            "{platform} is not a platform; these are: {known}",
            platform=show(told["platform"]),
            known=known,
        )
    if not handle:
        raise BadCell(
            "no account is named; add a column “account”, or send it as {key}/…", key=platform.key
        )
    return AccountName(platform.key, handle)


SOURCE = source_of(
    RecordLayout(
        key="segments",
        title=Words("Audience segments"),
        kind="segments",
        fields=FIELDS,
        make=make,
        key_name="segment",
        key_field="segment",
        wanted=Words("choose a period with an audience"),
    )
)
