"""Words to a test: “"Reels vs photos" engagement-rate: content type reel / photo since 1 nov”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from kpis.analyses.experiment_reading import RATES
from kpis.analyses.per_post import per_post
from kpis.catalogue import CATALOGUE
from kpis.names import title_of
from kpis.parsing import parse
from kpis.periods import shift_months
from kpis.question import Asked, Directory, Question, Refusal
from kpis.readers.post_words import words_of
from kpis.single_day import read_days as read_days_said
from kpis.tongue import grouped, say
from storage.experiments import LONGEST_NAME, Arm, NewExperiment, Plan
from storage.measures import Unit

EXAMPLE = '"Reels vs photos" engagement-rate: content type reel / photo since 1 nov'
MOST_ARMS = 5
QUOTED = re.compile(r"^\s*[\"“”„«'‘](?P<name>[^\"“”»'’]+)[\"“”»'’]\s*[:,]?\s*(?P<rest>.*)$", re.S)
SPLIT = re.compile(r"\s*/\s*|\s+vs\.?\s+|\s+against\s+|\s*;\s*", re.IGNORECASE)
SPLIT_COUNTS = re.compile(r"\s+/\s+|\s+vs\.?\s+|\s+against\s+|\s*[;,]\s+", re.IGNORECASE)
NUMBER = r"[\d., ]*\d"
COUNT = re.compile(
    rf"^(?P<name>.+?)\s*:?\s+(?P<part>{NUMBER})\s*(?:/|out of|of)\s*(?P<whole>{NUMBER})$",
    re.IGNORECASE,
)
TIME = r"\b(?:since|from|until|till)\b"
SINCE = re.compile(rf"\s(?P<how>{TIME})\s+(?P<when>(?:(?!\s{TIME}).)+)$", re.IGNORECASE)
YEAR = re.compile(r"\d{4}")
LONGEST = 600
DIMENSIONS = (
    ("content-type", r"content[ -]?types?|types?|formats?"),
    ("hashtag", r"hashtags?|tags?"),
    ("campaign", r"campaigns?"),
    ("variant", r"variants?|versions?"),
    ("hour", r"hours?|times?"),
    ("weekday", r"week[ -]?days?|days?"),
    ("ads", r"ads?(?: variants?)?|advertisements?"),
    ("counts", r"counts?|numbers?"),
)
OF = re.compile(
    "^(?:" + "|".join(f"(?P<{key.replace('-', '_')}>{words})" for key, words in DIMENSIONS)
    + r")\b\s*:?\s*(?P<arms>.+)$",
    re.IGNORECASE | re.S,
)  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_test(
    words: str,
    connection: Connection,
    workspace: int,
    today: date,
    directory: Directory,
    *,
    owner: str,
    now: datetime,
) -> NewExperiment:
    """Return the test that some words describe; raises ``KepiError`` with what would work."""
    if len(words) > LONGEST:
        raise Refusal(say("That is too long for a test. Say it like: {example}", example=EXAMPLE))
    named = QUOTED.match(words)
    name, rest = (named["name"].strip(), named["rest"]) if named else ("", words)
    left, colon, right = rest.partition(":")
    if not colon or not right.strip():
        raise Refusal(say("Say a measure, a colon and the variants: /kpi test new {example}",
                          example=EXAMPLE))  # fmt: skip
    right, start, end = read_days(right.strip(), today, directory)
    question = read_measure(left, today, directory)
    plan = read_plan(right, question)
    plan, notes = fit_words(plan, connection, workspace)
    check_measure(question.kpi, plan)
    if end is not None and end <= start:
        raise Refusal(say("That test ends before it begins. Say “since 1 nov until 30 nov”."))
    return NewExperiment(
        name=(name or " / ".join(it.name for it in plan.arms))[:LONGEST_NAME],
        measure=question.kpi,
        plan=plan,
        start=start,
        owner=owner,
        made=now,
        end=end,
        notes=notes,
    )


def read_days(text: str, today: date, directory: Directory) -> tuple[str, date, date | None]:
    """Return the text without “since …” and “until …”, and the days; from today where none."""
    start, end, said = today, None, ""
    while found := SINCE.search(text):
        day = read_day(found["when"], today, directory)
        if found["how"].lower() in ("since", "from"):
            start = day
        else:
            end, said = day + timedelta(days=1), found["when"]
        text = text[: found.start()]
    if end is not None and end <= start and not YEAR.search(said):
        end = shift_months(end, 12)  # days without a year are read as past ones
    return text.strip(), start, end


def read_day(words: str, today: date, directory: Directory) -> date:
    """Return the first day that words name; a whole date may lie ahead."""
    with suppress(ValueError):
        return date.fromisoformat(words.strip())
    period = read_days_said(words, today, directory)
    if period is None:
        raise Refusal(say("I read no day in “{words}”. Say “since 1 nov”.", words=words[:40]))
    return period.start


def read_measure(words: str, today: date, directory: Directory) -> Question:
    """Return KPI and scope of the words before the colon."""
    if not words.strip():
        raise Refusal(say("What decides? Say a measure before the colon: {example}",
                          example=EXAMPLE))  # fmt: skip
    asked = parse(words, today, directory)
    if not isinstance(asked, Asked) or len(asked.questions) != 1:
        raise Refusal(say("One measure decides. Say “{example}”.", example=EXAMPLE))
    return asked.questions[0]


def read_plan(text: str, question: Question) -> Plan:
    scope = question.scope
    found = OF.match(text)
    of = ""
    if found:
        of = next(key for key, _ in DIMENSIONS if found[key.replace("-", "_")])
    listed = found["arms"] if found else text
    if of in ("", "counts") and (counts := read_counts(listed)):
        return Plan("counts", tuple(counts))
    if not of or of == "counts":
        raise Refusal(
            say(
                "How are the variants told apart? By content type, hashtag, campaign, variant, "
                "hour, weekday, ads, or counts like “red 120/2400 / blue 150/2400”."
            )
        )
    arms = tuple(make_arm(of, it.strip()) for it in SPLIT.split(listed) if it.strip())
    check_arms(arms)
    return Plan(of, arms, scope.platforms, scope.accounts, scope.brands)


def read_counts(text: str) -> list[Arm]:
    """Return “red 120/2400 / blue 150 of 2400” as variants; none where that is not said."""
    arms = []
    for piece in SPLIT_COUNTS.split(text):
        found = COUNT.match(piece.strip())
        if found is None:
            return []
        part, whole = whole_number(found["part"]), whole_number(found["whole"])
        if part > whole or not whole:
            raise Refusal(
                say("{part} of {whole} is no share: the first number is among the second.",
                    part=grouped(part), whole=grouped(whole))
            )  # fmt: skip
        arms.append(Arm(found["name"].strip(), part=part, whole=whole))
    check_arms(tuple(arms))
    return arms


def whole_number(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return min(int(digits), 10**12)


def make_arm(of: str, text: str) -> Arm:
    if of == "hour":
        return Arm(text, tuple(str(it) for it in read_hours(text)))
    if of == "weekday":
        return Arm(text, tuple(str(it) for it in read_weekdays(text)))
    words = [it.strip().lstrip("#").lower() for it in re.split(r"\s*(?:\+|\band\b)\s*", text)]
    return Arm(text, tuple(it for it in words if it))


def read_hours(text: str) -> Iterator[int]:
    """Yield the hours of “8-12” (8, 9, 10 and 11) or “18”."""
    found = re.fullmatch(r"(\d{1,2})(?::00)?(?:\s*(?:-|–|to)\s*(\d{1,2})(?::00)?)?", text.strip())
    first = int(found[1]) if found else 24
    last = int(found[2]) if found and found[2] else first + 1
    if not 0 <= first < 24 or not first < last <= 24:
        raise Refusal(say("Hours read like “8-12 / 17-21”, not “{text}”.", text=text[:40]))
    yield from range(first, last)


def read_weekdays(text: str) -> Iterator[int]:
    """Yield the weekdays of “mon-fri”, “sat+sun” or “tuesday”; 0 is Monday."""
    for piece in re.split(r"\s*(?:\+|,|\band\b)\s*", text.lower()):
        ends = [it[:3] for it in re.split(r"\s*(?:-|–|\bto\b)\s*", piece.strip())]
        if not ends or len(ends) > 2 or any(it not in DAYS for it in ends):
            raise Refusal(say("Weekdays read like “mon-fri / sat-sun”, not “{text}”.",
                              text=text[:40]))  # fmt: skip
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        yield from (at % 7 for at in range(first, last + 1 + (7 if last < first else 0)))


def check_arms(arms: tuple[Arm, ...]) -> None:
    if len(arms) < 2:
        raise Refusal(say("A test needs two variants, such as “reel / photo”."))
    if len(arms) > MOST_ARMS:
        raise Refusal(say("Up to {most} variants; more need posts that nobody has.",
                          most=MOST_ARMS))  # fmt: skip
    if len({it.name.lower() for it in arms}) < len(arms):
        raise Refusal(say("Two of the variants have one name."))
    words = [word for it in arms for word in it.words]
    if len(set(words)) < len(words):
        raise Refusal(say("Two of the variants are told by one word; nothing would tell them "
                          "apart."))  # fmt: skip


def fit_words(plan: Plan, connection: Connection, workspace: int) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan with words as posts carry them (“reels” is “reel”), and what none carries."""
    known = words_of(connection, workspace, plan.of)
    if plan.of not in ("content-type", "hashtag", "campaign", "variant"):
        return plan, ()
    arms, strange = [], []
    for arm in plan.arms:
        words = tuple(nearest(it, known) for it in arm.words)
        strange += [it for it in words if it not in known]
        arms.append(replace(arm, words=words))
    if not strange:
        return replace(plan, arms=tuple(arms)), ()
    said = say("No post has “{words}” yet.", words="”, “".join(strange))
    if known:
        said += " " + say("There are: {known}.", known=", ".join(known[:8]))
    return replace(plan, arms=tuple(arms)), (said,)


def nearest(word: str, known: tuple[str, ...]) -> str:
    if word in known:
        return word
    bare = {it.replace(" ", "").replace("-", "").rstrip("s"): it for it in known}
    return bare.get(word.replace(" ", "").replace("-", "").rstrip("s"), word)


def check_measure(kpi: str, plan: Plan) -> None:
    """Refuse a measure that the variants do not have."""
    if kpi not in CATALOGUE:
        raise Refusal(say("A test is decided by a KPI of mine, not by one of your own."))
    title = title_of(CATALOGUE[kpi])
    if plan.of == "ads" and kpi not in RATES:
        raise Refusal(say("Advertisements are tested by: {keys}.", keys=", ".join(RATES)))
    if plan.of == "counts":
        if getattr(CATALOGUE[kpi], "unit", None) is not Unit.PERCENT:
            raise Refusal(
                say("Counts make a share; {kpi} is none. Try: conversion-rate or ctr.", kpi=title)
            )
        return
    if plan.of != "ads" and not any(True for _ in per_post(kpi)):
        raise Refusal(say("{kpi} is no number of single posts. Try: engagement-rate.", kpi=title))
