"""Scenarios of which nothing is heard until all has happened; then all of it, twice, shuffled.

A reaction comes before its message, a reply before its thread, a removal before what it removes.
"""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support.test_scenarios import *  # noqa: F403

WAY = Way(copies=2, is_shuffled=True)
