"""S01–S32 once more, each event of Slack's delivered four times, each act heard at once."""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support.test_scenarios import *  # noqa: F403

WAY = Way(copies=4)
