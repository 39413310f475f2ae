"""Scenarios acted out in a local Slack, where the bot keeps its rows in PostgreSQL."""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support import test_scenarios as drawn

WAY = Way(kind="postgresql")

test_s05 = drawn.test_s05_closing_ends_a_wait_without_being_an_answer
test_s11 = drawn.test_s11_an_old_check_is_stale_until_it_is_given_again
test_s14 = drawn.test_s14_after_the_window_the_same_thread_is_another_issue
test_s24 = drawn.test_s24_a_check_found_after_an_outage_is_bounded
