"""What was not sent is called by a name and a reason, on every surface by the same ones."""

import pytest

from commands.unsent import KINDS, kind_of, reason_of
from commands.writers import writers


def test_everything_that_is_sent_has_a_name() -> None:
    """A kind that somebody adds later is listed by /kpi status, and not by its key."""
    assert set(writers()) == set(KINDS)


@pytest.mark.parametrize("kind", ["digest", "alert", "goal", "notice", "digest-shared"])
def test_who_waits_for_it_is_told(kind: str) -> None:
    assert kind_of(kind).named


@pytest.mark.parametrize("kind", ["undelivered", "ops", "findings", "waiting", "alert-story"])
def test_a_failure_to_tell_of_others_is_not_told(kind: str) -> None:
    """Or word of what was not sent would be about itself, for ever."""
    assert not kind_of(kind).named


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("is_archived", "the channel is archived"),
        ("msg_too_long", "Slack said msg too long"),
        ("", "Slack said nothing"),
    ],
)
def test_a_reason_is_said_in_words(why: str, said: str) -> None:
    assert reason_of(why).why == said
