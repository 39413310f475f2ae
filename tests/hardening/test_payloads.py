"""Signed payloads of every kind, spoiled: never a 5xx, never a traceback, no memory (row 25).

``python -m tests.drills payloads`` sends 10,000 of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hardening.storm import storm

if TYPE_CHECKING:
    from tests.slack.conftest import Enter


async def test_seven_hundred_spoiled_payloads(enter: Enter) -> None:
    """0 answers of 5xx, 0 faults of any kind, 0 tracebacks told; then it answers as before."""
    async with enter("http") as town:
        seen = await storm(town, seed=25, count=700)
    assert seen.statuses.keys() <= {200, 400, 404}, seen.statuses
    assert seen.statuses[200] > 500
    assert seen.faults == [], "\n".join(seen.faults[:5])
    assert seen.taken == 0, "what does not fit ends in a line that says what to do"
    assert not any("Traceback" in it or "Error" in it or "broke" in it for it in seen.told)
    assert seen.grown < 50_000_000
    assert seen.answers_as_before
