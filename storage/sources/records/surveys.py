"""Answers to surveys: one question on a scale. Kepi's own format.

    time, kind, score, survey, id, lowest, highest, agent, platform, respondent

``time``, ``kind`` (``nps``, ``csat`` or ``scale``) and ``score`` are needed. NPS is 0–10; the
others name their scale, ``lowest`` (1) and ``highest``, or ``scale`` as “1-5”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.said import Words
from storage.sources.cells import BadCell, show
from storage.sources.records.fields import Cells, Field
from storage.sources.records.layout import RecordLayout, Told, make_id
from storage.sources.records.reading import source_of

KINDS = MappingProxyType(
    {
        word: kind
        for kind, words in {
            "nps": ("nps", "net promoter score", "net promoter"),
            "csat": ("csat", "satisfaction", "customer satisfaction", "nöjdhet"),
            "scale": ("scale", "survey", "rating", "score", "likert", "skala"),
        }.items()
        for word in words
    }
)
NPS = (0, 10)
WIDEST = 1_000
FIELDS = MappingProxyType(
    {
        "at": Field(
            "moment",
            ("time", "Date", "Answered at", "Submitted at", "Timestamp", "Created at", "Datum"),
            needed=True,
        ),
        "kind": Field("word", ("kind", "Question type", "Survey type", "Metric"), needed=True),
        "score": Field("amount", ("score", "Answer", "Rating", "Response", "Svar"), needed=True),
        "survey": Field("word", ("survey", "Survey name", "Question", "Enkät")),
        "id": Field("id", ("id", "Answer id", "Response id", "Submission id")),
        "lowest": Field("whole", ("lowest", "Scale min", "Min"), blank=None),
        "highest": Field("whole", ("highest", "Scale max", "Max", "Out of"), blank=None),
        "scale": Field("words", ("scale", "Skala")),
        "agent": Field("handle", ("agent", "Agent name", "Answered by", "Assignee")),
        "platform": Field("medium", ("platform", "Channel", "Network")),
        "respondent": Field("customer", ("respondent", "Customer", "Customer id", "User id")),
    }
)
_SCALE = re.compile(r"([0-9]{1,3})\s*(?:[-–—:]|to|\.\.)\s*([0-9]{1,3})")


def make(told: Told, cells: Cells) -> Mapping[str, Any]:
    kind = KINDS.get(told["kind"].lower())
    if kind is None:
        raise BadCell(
            "{kind} is no kind of survey; write nps, csat or scale", kind=show(told["kind"])
        )
    lowest, highest = read_scale(told, kind)
    if not lowest <= told["score"] <= highest:
        raise BadCell(
            "{score} is not on the scale {lowest}–{highest}",
            score=told["score"],
            lowest=lowest,
            highest=highest,
        )
    if kind == "nps" and told["score"] != int(told["score"]):
        raise BadCell("{score} is no whole number, as answers to NPS are", score=told["score"])
    said = tuple(told[it] for it in FIELDS if it != "id")
    return {
        **told,
        "kind": kind,
        "survey": told["survey"].lower() or kind,
        "external_id": told["id"] or make_id(*said),
        "score": float(told["score"]),
        "lowest": lowest,
        "highest": highest,
    }


def read_scale(told: Told, kind: str) -> tuple[int, int]:
    """Return the lowest and the highest score there is; raises ``BadCell``."""
    stated = _SCALE.fullmatch(told["scale"].strip())
    if told["scale"].strip() and not stated:
        raise BadCell("{scale} is not a scale; write it like 1-5", scale=show(told["scale"]))
    lowest, highest = (int(stated[1]), int(stated[2])) if stated else (None, None)
    if told["lowest"] is not None:
        lowest = told["lowest"]
    if told["highest"] is not None:
        highest = told["highest"]
    if kind == "nps":
        if (lowest, highest) not in (NPS, (None, None), (None, 10)):
            raise BadCell("NPS is asked on 0–10; call another scale csat or scale")
        return NPS
    if highest is None:
        raise BadCell("the scale is not named; add a column “highest”, such as 5")
    lowest = 1 if lowest is None else lowest
    if not lowest < highest <= WIDEST:
        raise BadCell("{lowest}–{highest} is not a scale", lowest=lowest, highest=highest)
    return lowest, highest


SOURCE = source_of(
    RecordLayout(
        key="surveys",
        title=Words("Survey answers"),
        kind="surveys",
        fields=FIELDS,
        make=make,
        wanted=Words("choose a period with answers"),
    )
)
