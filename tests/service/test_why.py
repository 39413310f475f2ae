"""``why`` of issues: the parts now and before, and no share of a change that does not add up."""

from kpis import wording
from kpis.answers import Answer, Value
from tests.service.conftest import Asking

ISSUES = """
    channel | opened           | answered
    --------+------------------+---------
    C1      | 2026-11-03 09:00 | +1 h
    C2      | 2026-11-03 09:00 | +2 h
    C1      | 2026-11-10 09:00 | +1 h
    C2      | 2026-11-10 09:00 | +7 h
    C2      | 2026-11-11 09:00 | +7 h
"""
WEEK = "2026-11-09 to 2026-11-15"


def middles(answer: Answer) -> dict[str, tuple[float, float]]:
    """Return the hours of each part, now and before."""
    return {
        it.name: (it.value.low / 3600, it.previous.low / 3600)
        for it in answer.breakdown
        if isinstance(it.value, Value) and isinstance(it.previous, Value)
    }


def test_why_of_a_median_shows_its_parts_now_and_before(asked: Asking) -> None:
    """Care stayed at an hour; the shop went from two to seven. Nothing is added up."""
    answer = asked(f"why first response time {WEEK}", ISSUES)
    assert answer.title.startswith("Why First response time moved")
    assert middles(answer) == {"#care": (1, 1), "#shop": (7, 2)}
    told = wording.details(answer)
    assert any("#shop: " in it and "7 h 00 m" in it and "before: 2 h 00 m" in it for it in told)
    assert "Each channel stands for itself: such figures don't add up to the whole." in answer.notes
    assert asked(answer.receipt.repeat).breakdown == answer.breakdown


def test_why_of_a_count_shows_the_part_that_is_gone_too(asked: Asking) -> None:
    issues = ISSUES.replace(
        "C1      | 2026-11-10 09:00 | +1 h\n", "C2      | 2026-11-10 09:00 | +1 h\n"
    )
    answer = asked(f"why issues {WEEK}", issues)
    told = {it.name: it.headline for it in answer.breakdown}
    assert told["#care"].startswith("none now; before: 1")
    assert not any("add up" in it for it in answer.notes)
