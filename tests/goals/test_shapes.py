"""Every number of the catalogue makes the goal that its additivity class says."""

from __future__ import annotations

import pytest

from commands.goals.command import LIST, NEW, ONE
from kpis.catalogue import CATALOGUE, Table
from kpis.goals.shapes import AIMS, aim_of, check_goal, shape_of
from kpis.question import Refusal

TOTALS = """
    reach-sum impressions profile-visits followers-gained followers-lost net-followers posts
    engagements interactions likes comments shares saves clicks video-views
    issues issues-resolved reopened
"""
"""A, and D, which adds up too: what every day brings."""
LEVELS = "followers open-issues"
"""L: as it stands."""
VALUES = """
    reach frequency ctr follower-growth engagement-rate-impressions engagement-rate
    average-engagement-rate interaction-rate average-interaction-rate engagement-rate-followers
    applause-rate amplification-rate conversation-rate first-response-time next-response-time
    resolution-time acknowledge-time customer-wait relay-lag resolution-rate response-rate
    sla-attainment reopen-rate one-touch-rate zero-touch responses-to-resolve csat
"""
"""R, E and U: of the days as a whole."""
SHAPES = {
    key: shape
    for keys, shape in ((TOTALS, "total"), (LEVELS, "level"), (VALUES, "value"))
    for key in keys.split()
}
COUNTED = [key for key, it in CATALOGUE.items() if not isinstance(it, Table)]


@pytest.mark.parametrize("key", COUNTED)
def test_a_number_is_pro_rated_only_where_its_days_add_up(key: str) -> None:
    """Whoever adds a number says here what a goal on it is."""
    if key in SHAPES:
        assert shape_of(key) == SHAPES[key]
    by_then = {"value": "recent"}.get(shape_of(key), shape_of(key))
    assert shape_of(key, by_then=True) == by_then


def test_every_number_of_the_first_four_sections_is_drawn_above() -> None:
    assert set(SHAPES) <= set(COUNTED)


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_number_has_an_aim_or_is_refused(key: str) -> None:
    """Relevant: a goal says what it is for."""
    entry = CATALOGUE[key]
    if isinstance(entry, Table) or key == "ave":
        with pytest.raises(Refusal):
            check_goal(key)
    else:
        check_goal(key)
        assert aim_of(key) in AIMS


@pytest.mark.parametrize("words", ["", "s", "list", "show", "?", "help."])
def test_no_words_list_the_goals(words: str) -> None:
    assert bool(LIST.match(words)) is (words != "s")


@pytest.mark.parametrize("words", ["3", "#3", "show 3", "drop 3", "change goal 3", "goal #3"])
def test_a_number_opens_the_goal(words: str) -> None:
    """What can be done with it is on its page."""
    found = ONE.match(words)
    assert found is not None
    assert found[1] == "3"
    assert not NEW.match(words)


@pytest.mark.parametrize("words", ["likes 3", "3 likes", "300 x", "new likes 3 by june"])
def test_a_number_among_words_is_a_goal(words: str) -> None:
    assert not ONE.match(words)
