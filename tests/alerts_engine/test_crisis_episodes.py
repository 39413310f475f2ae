"""An episode of a crisis: when it begins, when it is over, when it is closed."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.alerts.crisis import CALM, Spell, count_negative, measure, spells
from kpis.alerts.rules import BARS
from kpis.alerts.tide import minute_of
from tests.alerts_engine.tides import Said, at, tide_of

START = at("2026-11-23 00:00")
OLD: list[Said] = [(START - timedelta(weeks=9), 0, 100)]
AS_NOW = BARS["as now"]


def story(*drawn: tuple[str, int]) -> list[tuple[str, str, int]]:
    """Return the episodes of a day as clock times, with all their negative mentions."""
    said = [*OLD, *((at(f"2026-11-{when}"), many, many) for when, many in drawn)]
    tide = tide_of(said, START + timedelta(days=3))
    found = spells(tide, minute_of(START), minute_of(START) + 3 * 1440, AS_NOW)
    return [(clock(it.began), clock(it.calm), count_negative(tide, it)) for it in found]


def clock(minute: int) -> str:
    days, rest = divmod(minute - minute_of(START), 1440)
    return f"{23 + days} {rest // 60:02}:{rest % 60:02}"


def test_it_lasts_as_long_as_the_rule_holds() -> None:
    """Ten at 12:09 hold from 12:10 until they leave the window, 3 hours later."""
    assert story(("23 12:09", 10)) == [("23 12:10", "23 15:10", 10)]


def test_it_begins_with_the_mention_that_tips_it() -> None:
    """The tenth counts, not the first: what came before was no crisis yet."""
    assert story(("23 10:00", 4), ("23 11:00", 5), ("23 12:00", 1)) == [
        ("23 12:01", "23 13:01", 10)
    ]


def test_six_calm_hours_end_it_and_less_do_not() -> None:
    """A second wave within 6 hours of calm is the same crisis; after that it is another."""
    wave = [("23 08:00", 12)]
    same = story(*wave, ("23 16:59", 12))
    other = story(*wave, ("23 17:00", 12))
    assert same == [("23 08:01", "23 20:00", 24)]
    assert [it[0] for it in other] == ["23 08:01", "23 17:01"]


def test_it_is_open_for_six_hours_after_it_is_over() -> None:
    spell = Spell(began=1000, calm=1180)
    assert spell.is_open(1180 + CALM - 1)
    assert not spell.is_open(1180 + CALM)


def test_many_friendly_words_are_no_crisis() -> None:
    """Thirty negative of a hundred are the usual share on a lively day."""
    said = [(START - timedelta(days=20), 30, 100), *OLD, (START + timedelta(hours=12), 30, 100)]
    assert not spells(tide_of(said, START), minute_of(START), minute_of(START) + 1440, AS_NOW)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_episodes_are_the_minutes_at_which_the_rule_holds(seed: int) -> None:
    """Judging every minute apart, without the short cut, gives the very same episodes."""
    dice = Random(seed)
    said = list(OLD)
    for _ in range(dice.randrange(1, 7)):
        wave = START + timedelta(minutes=dice.randrange(2 * 1440))
        for _ in range(dice.randrange(3, 40)):
            mean = timedelta(minutes=dice.randrange(120))
            said.append((wave + mean, 1, dice.choice((1, 1, 2))))
    tide = tide_of(said, START + timedelta(days=3))
    first, last = minute_of(START), minute_of(START) + 2 * 1440
    held = [it for it in range(first, last + 1) if measure(tide, it, AS_NOW).holds]
    expected: list[list[int]] = []
    for minute in held:
        if expected and minute - expected[-1][-1] <= CALM:
            expected[-1].append(minute)
        else:
            expected.append([minute])
    found = spells(tide, first, last, AS_NOW)
    assert [(it.began, it.calm - 1) for it in found] == [(it[0], it[-1]) for it in expected]


@pytest.mark.parametrize("sensitivity", BARS)
def test_nothing_said_at_all_is_no_crisis(sensitivity: str) -> None:
    tide = tide_of([], START)
    assert spells(tide, minute_of(START), minute_of(START) + 500, BARS[sensitivity]) == []  # type: ignore[index]
