"""The words after ``/kpi own``: what is declared, and what is counted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from storage.custom_kpis import CustomRow
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.question import Directory

EXAMPLE = "/kpi own new “Speaking invitations” count aim awareness"
FORMULA_EXAMPLE = "/kpi own new “Weighted likes” = likes + 2 × comments"
ADD_EXAMPLE = "/kpi own add speaking invitations 1 on 12 nov “Web Summit”"
TAKEN = "“{title}” is a KPI already: /kpi guide {key}. Take another name."
WORKED_OUT = "{name} is worked out from others, so nothing is added to it."
UNKNOWN = "“{name}” is none of your own KPIs: {known}"
NONE_YET = "“{name}” is none of your own KPIs: none yet. Declare one: {example}"
NO_DAY = "“{words}” is not a day. Write it like 12 nov or 2026-11-12."
NOT_ONE_DAY = "“{words}” is not one day. Write it like 12 nov or 2026-11-12."
QUOTED = re.compile('[“"«„]([^”"»“]+)[”"»“]')
FACTS = re.compile(r"\b(aim|owner|means|unit)\s+(.+?)(?=\s+(?:aim|owner|means|unit)\s|$)", re.I)
UNITS = ("count", "people", "percent", "ratio", "seconds")
LONGEST_TITLE, LONGEST_FACT, LARGEST = 60, 200, 1e15
ADD = re.compile(
    r"(?P<name>.+?)\s+(?P<number>[−-]?\d[\d,]*(?:\.\d+)?)(?:\s+(?:on\s+)?(?P<when>[^“\"]+?))?"
    r"(?:\s+[“\"](?P<note>[^”\"]+)[”\"])?\W*$"
)


class Counted(NamedTuple):
    """A value that somebody adds."""

    key: str
    title: str
    day: date
    value: float
    note: str


def key_of(title: str) -> str:
    """Return the key of a title: “Speaking invitations” → “own-speaking-invitations”."""
    words = re.sub(r"[^\w]+", "-", title.lower()).strip("-")
    return f"own-{words}"


def read_new(words: str, owner: str, directory: Directory) -> CustomRow:
    """Return the KPI that the words declare; raises ``KepiError`` with what would work."""
    from kpis.custom.expression import read_expression

    before, is_formula, formula = (it.strip() for it in words.partition("="))
    named = QUOTED.search(before)
    title = " ".join((named[1] if named else before).split())
    rest = QUOTED.sub("", before, count=1) if named else ""
    if not title:
        raise KepiError("Say its name: {example}", example=EXAMPLE)
    if len(title) > LONGEST_TITLE:
        raise KepiError("A name has up to {most} characters.", most=LONGEST_TITLE)
    if key_of(title) == "own-":
        raise KepiError("A name has letters in it.")
    taken = directory.names.get(title.lower().replace("-", " "), "")
    if taken and not taken.startswith("own-"):
        raise KepiError(TAKEN, title=title, key=taken)
    facts = {name.lower(): value.strip()[:LONGEST_FACT] for name, value in FACTS.findall(rest)}
    plain = FACTS.sub("", rest).lower().split()
    if is_formula:
        read_expression(formula)
    unit = facts.get("unit") or next((it for it in plain if it in UNITS), "")
    if unit and unit not in UNITS:
        raise KepiError("The unit is one of: {units}.", units=", ".join(UNITS))
    return CustomRow(
        key=key_of(title),
        title=title,
        unit=unit or ("ratio" if "÷" in formula or "/" in formula else "count"),
        better="lower" if "lower" in plain or "down" in plain else "higher",
        kind="R" if is_formula else "L" if "level" in plain or "last" in plain else "A",
        formula=formula,
        meaning=facts.get("means", ""),
        aim=facts.get("aim", ""),
        owner=facts.get("owner", owner),
    )


def read_value(words: str, own: list[CustomRow], today: date, directory: Directory) -> Counted:
    """Return the value that the words add; raises ``KepiError`` with what would work."""
    found = ADD.match(words.strip())
    if found is None:
        raise KepiError("Say which, how many and when: {example}", example=ADD_EXAMPLE)
    row = find(found["name"], own)
    if row.kind == "R":
        raise KepiError(WORKED_OUT, name=row.title)
    value = float(found["number"].replace("−", "-").replace(",", ""))
    if abs(value) > LARGEST:
        raise KepiError("That number is too large.")
    day = read_day(found["when"] or "", today, directory)
    return Counted(row.key, row.title, day, value, (found["note"] or "")[:LONGEST_FACT])


def find(name: str, own: list[CustomRow]) -> CustomRow:
    """Return the own KPI of a name; raises ``KepiError`` listing those there are."""
    asked = name.strip(" “”\"'").lower().replace("-", " ")
    for row in own:
        if asked in (row.title.lower().replace("-", " "), row.key.replace("-", " ")):
            return row
    asked = name.strip()[:60]
    if not own:
        raise KepiError(NONE_YET, name=asked, example=EXAMPLE)
    raise KepiError(UNKNOWN, name=asked, known=", ".join(it.title for it in own))


def read_day(words: str, today: date, directory: Directory) -> date:
    """Return the day that words say; today where they say none."""
    from kpis.single_day import read_days

    said = words.strip(" ,.")
    if not said:
        return today
    period = read_days(said, today, directory)
    if period is None:
        raise KepiError(NO_DAY, words=said[:40])
    if period.days != 1:
        raise KepiError(NOT_ONE_DAY, words=said[:40])
    return period.start
