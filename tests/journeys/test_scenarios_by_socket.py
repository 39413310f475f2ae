"""S01–S32 acted out in a local Slack, the bot connected by Socket Mode, each act heard at once."""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support.test_scenarios import *  # noqa: F403

WAY = Way()
