"""Which policy holds for an issue, and policies that cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.errors import KepiError
from support.policies import (
    Clock,
    Escalation,
    Facts,
    Policy,
    Promise,
    Scope,
    TargetKind,
    check,
    check_tie,
    choose,
    propose_by_priority,
    read_policy,
    write_policy,
)

ANSWER = {TargetKind.FIRST_RESPONSE: Promise(3600)}
EVERYONE = Policy("Everyone", ANSWER)
CHANNEL = Policy("Channel", ANSWER, Scope(channel="C1"))
URGENT = Policy("Urgent", ANSWER, Scope(priority="urgent"), order=1)
BOTH = Policy("Both", ANSWER, Scope(channel="C1", priority="urgent"))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (Facts("C2"), "Everyone"),
        (Facts("C1"), "Channel"),
        (Facts("C2", "urgent"), "Urgent"),
        (Facts("C1", "urgent"), "Both"),
        (Facts("C1", "urgent", "x", "Acme", "x:lena"), "Both"),
    ],
)
def test_the_most_specific_policy_holds(facts: Facts, name: str) -> None:
    for held in ([EVERYONE, CHANNEL, URGENT, BOTH], [BOTH, URGENT, CHANNEL, EVERYONE]):
        chosen = choose(held, facts)
        assert chosen is not None
        assert chosen.name == name


def test_of_equally_specific_policies_the_lower_order_holds() -> None:
    assert choose([URGENT, CHANNEL], Facts("C1", "urgent")) is CHANNEL
    assert choose([replace(URGENT, order=-1), CHANNEL], Facts("C1", "urgent")) != CHANNEL


def test_without_a_fitting_policy_nothing_is_promised() -> None:
    assert choose([CHANNEL, URGENT], Facts("C2")) is None


def test_a_tie_is_refused_and_the_other_policy_named() -> None:
    """A channel and a priority are as specific as each other; an order tells them apart."""
    with pytest.raises(KepiError, match="“Urgent” and “Channel”"):
        check_tie([CHANNEL, EVERYONE], replace(URGENT, order=0))
    check_tie([CHANNEL, EVERYONE], URGENT)
    check_tie([CHANNEL], Policy("Other channel", ANSWER, Scope(channel="C2")))
    check_tie([CHANNEL], replace(CHANNEL, warn_at=0.5))


def test_the_proposals_do_not_tie_with_each_other_or_with_a_channel_s() -> None:
    proposals = propose_by_priority()
    for place, policy in enumerate(proposals):
        check_tie([*proposals[:place], CHANNEL, EVERYONE], check(policy))
    lengths = {it.scope.priority: [p.seconds for p in it.targets.values()] for it in proposals}
    assert lengths == {
        "urgent": [900, 14_400],
        "high": [3600, 28_800],
        "normal": [14_400, 86_400],
        "low": [28_800, 144_000],
    }


def test_a_policy_is_read_as_it_was_written() -> None:
    policy = Policy(
        "Everything",
        {kind: Promise(600, Clock.CALENDAR) for kind in TargetKind},
        Scope("C1", "high", "x", "Acmé", "x:lena"),
        pause_in_waiting=False,
        warn_at=0.5,
        escalate=(Escalation(), Escalation(1.5, "manager", "dm")),
        quiet=False,
        order=3,
        exclude_resolved_gap=False,
        applies_to_open=True,
        calendar=2,
    )
    assert read_policy(write_policy(policy)) == policy
    assert read_policy(write_policy(EVERYONE)) == EVERYONE
    assert write_policy(EVERYONE) == (
        '{"name": "Everyone", "targets": {"first_response": [3600, "business"]}}'
    )


@pytest.mark.parametrize(
    ("policy", "would_work"),
    [
        (replace(EVERYONE, name=" "), "name"),
        (replace(EVERYONE, name="x" * 61), "name"),
        (replace(EVERYONE, targets={}), "at least one target"),
        (replace(EVERYONE, targets={TargetKind.FIRST_RESPONSE: Promise(5)}), "one minute"),
        (replace(EVERYONE, targets={TargetKind.FIRST_RESPONSE: Promise(10**9)}), "366 days"),
        (replace(EVERYONE, scope=Scope(priority="asap")), "urgent, high, normal, low"),
        (replace(EVERYONE, warn_at=1), "0.75"),
        (replace(EVERYONE, escalate=(Escalation(0.5),)), "1 to 100"),
        (replace(EVERYONE, escalate=(Escalation(1, "ceo"),)), "manager"),
        (replace(EVERYONE, escalate=(Escalation(), Escalation())), "time of its own"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_what_would_work(
    policy: Policy, would_work: str
) -> None:
    with pytest.raises(KepiError, match=would_work):
        check(policy)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"name": "x"}',
        '{"name": "x", "targets": {"sleep": [60, "business"]}}',
        '{"name": "x", "targets": {"acknowledge": [60, "lunar"]}}',
        '{"name": "x", "targets": {"acknowledge": [60, "business"]}, "colour": 1}',
    ],
)
def test_words_that_are_no_policy_are_refused(words: str) -> None:
    with pytest.raises(KepiError):
        read_policy(words)
