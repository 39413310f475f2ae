"""Near the bar a number comes and goes: one spell, not a message a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.alerts.marks import mark_days, runs
from kpis.alerts.numbers import DayNumber, Numbers
from kpis.alerts.rules import Rule, Settings
from kpis.answers import Change
from storage.measures import Unit
from tests.drawn import table

FIRST = date(2026, 11, 1)


def numbers(values: list[float | None], changes: bool = False) -> Numbers:
    days = tuple(
        DayNumber(
            FIRST + timedelta(days=place),
            value,
            Change("percent", value) if changes and value is not None else None,
        )
        for place, value in enumerate(values)
    )
    return Numbers(days, "Likes", Unit.COUNT, "higher")


def fired(rule: Rule, values: list[float | None], changes: bool = False) -> str:
    """Return “3–5, 9–”: the days of each spell, the last one open where it still holds."""
    found = runs(mark_days(rule, numbers(values, changes)))
    said = []
    for run in found:
        first, last = run.marks[0].day.day, run.marks[-1].day.day
        whole = str(first) if first == last else f"{first}–{last}"
        said.append(whole if run.after else f"{first}–")
    return ", ".join(said)


LIMITS = """
    rule      | day by day                  | spells    | why
    ----------+-----------------------------+-----------+----------------------------------------
    above 100 | 90 101 90 90                | 2         | back by more than 5 %
    above 100 | 90 101 96 101 96 101 90     | 2–6       | never back by a margin: one spell
    above 100 | 90 101 96 96 90             | 2–3       | two days in a row that are not above
    above 100 | 90 101 96 96 101            | 2–3, 5–   | above again afterwards: another one
    above 100 | 100 100 100                 |           | the limit itself is not above it
    above 100 | 96 97 98                    |           | near is not above
    above 100 | 101 101                     | 1–        | it still holds
    above 100 | 101 . . 101 90              | 1–4       | days without a number end nothing
    above 100 | 101 . . . . 101 90          | 1, 6      | but not as many as that
    below 100 | 110 99 104 99 106           | 2–4       | the other way round
    below 100 | 110 99 104 104 99           | 2–3, 5–   |
"""


@pytest.mark.parametrize("row", table(LIMITS), ids=lambda row: f"{row['rule']}: {row['why']}")
def test_a_spell_ends_when_it_is_back_for_sure(row: dict[str, str]) -> None:
    side, limit = row["rule"].split()
    settings = Settings(side=side, limit=float(limit))  # type: ignore[arg-type]
    rule = Rule(1, 1, "C1", "threshold", kpi="likes", settings=settings)
    values = [None if it == "." else float(it) for it in row["day by day"].split()]
    assert fired(rule, list(values)) == row["spells"]


CHANGES = """
    side  | day by day             | spells
    ------+------------------------+----------
    both  | 0.1 0.2 0.1            | 2
    both  | 0.1 0.25 0.17 0.25 0.1 | 2–4
    both  | 0.3 -0.3 0             | 1, 2
    above | -0.3 0.3 0             | 2
    below | -0.3 0.3 0             | 1
    both  | 0.19 -0.19             |
"""


@pytest.mark.parametrize("row", table(CHANGES), ids=str)
def test_a_change_has_two_directions(row: dict[str, str]) -> None:
    """20 % up or down, as the rule says; up and then down are two things."""
    settings = Settings(side=row["side"], limit=0.2)  # type: ignore[arg-type]
    rule = Rule(1, 1, "C1", "change", kpi="likes", settings=settings)
    assert fired(rule, [float(it) for it in row["day by day"].split()], True) == row["spells"]


SENSITIVE = """
    sensitivity | above 100 fires from | below 100 fires from
    ------------+----------------------+---------------------
    fewer       | 126                  | 74
    as now      | 101                  | 99
    more        | 81                   | 119
"""


@pytest.mark.parametrize("row", table(SENSITIVE), ids=str)
def test_fewer_and_more_move_the_limit(row: dict[str, str]) -> None:
    for side, step in (("above", -1), ("below", 1)):
        settings = Settings(side=side, limit=100, sensitivity=row["sensitivity"])  # type: ignore[arg-type]
        rule = Rule(1, 1, "C1", "threshold", kpi="likes", settings=settings)
        first = float(row[f"{side} 100 fires from"])
        assert fired(rule, [first]) == "1–"
        assert fired(rule, [first + step]) == ""


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=60),
    st.sampled_from(["threshold", "change", "anomaly"]),
    st.sampled_from(["above", "below", "both"]),
    st.floats(-1e6, 1e6),
)
def test_no_series_breaks_a_rule(
    values: list[float | None], kind: str, side: str, limit: float
) -> None:
    """Gaps, zeros, negative and huge numbers: spells come out, in order, and never overlap."""
    settings = Settings(side=side, limit=limit)  # type: ignore[arg-type]
    rule = Rule(1, 1, "C1", kind, kpi="likes", settings=settings)  # type: ignore[arg-type]
    found = runs(mark_days(rule, numbers(values, True)))
    days = [mark.day for run in found for mark in run.marks]
    assert days == sorted(set(days))
    assert all(run.after for run in found[:-1])


def test_an_unusual_day_and_the_next_one_are_one_spell() -> None:
    """Seven times the usual, then four times, then usual again: high on two days."""
    past: list[float | None] = [100.0 + day % 7 for day in range(56)]
    rule = Rule(1, 1, "C1", "anomaly", kpi="likes")
    found = runs(mark_days(rule, numbers([*past, 700.0, 400.0, 101.0])))
    assert [(run.side, [it.number.value for it in run.marks]) for run in found] == [
        (1, [700.0, 400.0])
    ]
