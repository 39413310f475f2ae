"""The rulings that ``tests/support`` draws, acted out in a local Slack as the scenarios are.

People react, write and type commands; the bot has to understand all of it by itself.
"""

from __future__ import annotations

from tests.journeys.scenes import Way
from tests.support import (
    test_rulings_answers,
    test_rulings_changes,
    test_rulings_closing,
    test_rulings_opening,
)

WAY = Way()
RULINGS = (
    test_rulings_answers,
    test_rulings_changes,
    test_rulings_closing,
    test_rulings_opening,
)
NOT_ACTED_OUT = {
    # What no surface offers.
    "test_what_was_inferred_can_be_taken_away",
    # Moments that no command takes to the second: tests/support_surfaces has them.
    "test_snoozing_is_no_state",
    "test_a_customer_ends_a_snooze",
    "test_a_snoozed_issue_is_never_closed_by_the_clock",
    "test_who_logs_for_a_customer_stays_a_responder",
    # What a minute of the bot's own does: tests/support_life has it.
    "test_a_customer_who_does_not_reply_is_closed_apart_from_the_rest",
    "test_the_clock_of_an_older_pause_closes_nothing",
    # What would change the workspace for all others, or what Slack never tells.
    "test_people_of_another_company_close_nothing_unless_they_may",
    "test_whoever_left_has_nothing_any_more",
    "test_a_thread_that_cannot_be_read_is_orphaned_for_that_reason",
    "test_a_reply_whose_root_is_unknown_waits_for_it",
}
for module in RULINGS:
    drawn = {name: it for name, it in vars(module).items() if name.startswith("test_")}
    globals().update({name: it for name, it in drawn.items() if name not in NOT_ACTED_OUT})
