"""How fast history may be read (support-spec §6.7), on a clock of its own."""

from __future__ import annotations

import pytest

from bot.pulse import LONGEST, PATIENCE, Pulse
from commands.support.pace import Pace


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.mark.parametrize("calls", [1, 2, 15, 50])
async def test_no_minute_sees_more_calls_than_allowed(calls: int) -> None:
    """Nor many fewer: waiting is not wasted."""
    clock = Clock()
    pace = Pace(calls, clock.now, clock.sleep)
    made = []
    for _ in range(6 * calls + 3):
        await pace.wait()
        made.append(clock.now())
    for at in made:
        assert sum(at <= it < at + 59.9 for it in made) <= calls
    assert made[-1] - made[0] <= 60 * 16


async def test_a_few_calls_are_not_kept_waiting() -> None:
    """Most gaps are a handful of threads."""
    clock = Clock()
    pace = Pace(50, clock.now, clock.sleep)
    for _ in range(20):
        await pace.wait()
    assert clock.now() == 100.0


@pytest.mark.parametrize(("calls", "page"), [(1, 15), (19, 15), (20, 200), (50, 200)])
def test_slow_apps_ask_for_small_pages(calls: int, page: int) -> None:
    assert Pace(calls).page == page


def test_silence_is_doubted_ever_less_often() -> None:
    """A quiet place is not read back every quarter of an hour; anything heard begins anew."""
    clock = Clock()
    pulse = Pulse(now=clock.now)
    clock.seconds += PATIENCE - 1
    assert not pulse.is_too_quiet()
    clock.seconds += 1
    assert pulse.is_too_quiet()
    pulse.doubt()
    assert not pulse.is_too_quiet()
    clock.seconds += 2 * PATIENCE - 1
    assert not pulse.is_too_quiet()
    for _ in range(20):
        pulse.doubt()
    clock.seconds += LONGEST
    assert pulse.is_too_quiet()
    pulse.hear()
    clock.seconds += PATIENCE
    assert pulse.is_too_quiet()


def test_only_a_connection_that_was_lost_may_have_missed_something() -> None:
    """The first greeting follows a start; one that Slack announced follows no loss."""
    pulse = Pulse()
    assert not pulse.greet()
    assert pulse.greet()
    pulse.is_planned = True
    assert not pulse.greet()
    assert pulse.greet()
