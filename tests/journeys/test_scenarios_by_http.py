"""Scenarios acted out in a local Slack that posts signed requests to the bot's HTTP door."""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support import test_scenarios as drawn

WAY = Way(mode="http")

test_s01 = drawn.test_s01_what_the_bot_says_is_not_a_response
test_s04 = drawn.test_s04_a_follow_up_is_clocked_from_its_first_message
test_s08 = drawn.test_s08_a_second_check_keeps_an_issue_resolved
test_s11 = drawn.test_s11_an_old_check_is_stale_until_it_is_given_again
test_s15 = drawn.test_s15_arrival_plays_no_part
test_s19 = drawn.test_s19_nor_while_a_follow_up_is_unanswered
test_s21 = drawn.test_s21_posts_by_one_handle_join_within_ten_minutes
test_s24 = drawn.test_s24_a_check_found_after_an_outage_is_bounded
test_s27 = drawn.test_s27_a_bystander_closes_nothing
test_s31 = drawn.test_s31_nobody_answers_themselves
