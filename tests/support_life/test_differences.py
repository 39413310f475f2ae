"""What an outage hid, from what Slack shows and what was written down (support-spec §6)."""

from __future__ import annotations

import random
from typing import Any

from commands.support.differences import (
    Change,
    Known,
    Mark,
    find_changed_marks,
    find_edited,
    find_new,
    find_vanished,
    is_shortened,
    reactions_of,
    thread_of,
    top_level,
)
from storage.messages import KnownMessage
from support.entries import micros


def held(ts: str, root: str = "", *, edited: str = "", deleted: bool = False) -> KnownMessage:
    at = micros(edited) if edited else None
    return KnownMessage(ts, root or ts, micros(ts), "U1", "customer", at, deleted)


def known(*messages: KnownMessage, **more: object) -> Known:
    return Known({it.ts: it for it in messages}, **more)  # type: ignore[arg-type]


def test_what_was_never_written_down_is_new_oldest_first() -> None:
    """History comes newest first, pages overlap, and what was deleted leaves a tombstone."""
    seen = [
        {"ts": "10.5"},
        {"ts": "9.5"},
        {"ts": "9.5"},
        {"ts": "2.0"},
        {"ts": "7.0", "subtype": "tombstone"},
        {"ts": "no ts"},
    ]
    assert [it["ts"] for it in find_new(known(held("2.0")), seen)] == ["9.5", "10.5"]


def test_an_edit_is_told_by_its_own_time() -> None:
    """An edit that was heard is not found again; a later one of the same message is."""
    ours = known(held("1.0", edited="4.0"), held("2.0"), held("3.0"))
    seen: list[dict[str, Any]] = [
        {"ts": "1.0", "edited": {"ts": "4.0"}},
        {"ts": "2.0", "edited": {"ts": "5.0"}},
        {"ts": "3.0"},
        {"ts": "6.0", "edited": {"ts": "7.0"}},
    ]
    assert [it["ts"] for it in find_edited(ours, seen)] == ["2.0", "6.0"]
    later = [{"ts": "1.0", "edited": {"ts": "4.000001"}}]
    assert len(find_edited(ours, later)) == 1


def test_a_message_is_gone_only_where_it_would_have_been_shown() -> None:
    """Not what lies outside the range, was deleted before, or came after the reading."""
    ours = known(
        held("1.0"), held("2.0"), held("3.0", "2.0"), held("4.0", deleted=True), held("9.0")
    )
    seen = [{"ts": "2.0", "subtype": "tombstone"}]
    assert find_vanished(ours, seen, ["2.0", "3.0", "4.0", "9.0"], micros("8.0")) == ["2.0", "3.0"]
    assert thread_of(ours, "2.0") == ["2.0", "3.0"]
    assert top_level(ours, micros("1.0"), micros("4.0")) == ["2.0", "4.0"]


def test_a_mark_that_came_or_went_is_bounded_by_what_is_known() -> None:
    """By the end of the last listening, by its message, and by its own last change."""
    ours = known(
        held("1.0"),
        marks={"1.0": {("U1", "eyes"), ("U2", "eyes")}},
        changed={Mark("1.0", "U2", "eyes"): micros("140.0")},
    )
    seen = {"1.0": {("U1", "white_check_mark")}, "300.0": {("U1", "eyes")}}
    found = find_changed_marks(ours, seen, alive=micros("100.0"), started=micros("5000.0"))
    assert found == [
        Change(Mark("1.0", "U1", "eyes"), False, micros("100.0")),
        Change(Mark("1.0", "U1", "white_check_mark"), True, micros("100.0")),
        Change(Mark("1.0", "U2", "eyes"), False, micros("140.0")),
        Change(Mark("300.0", "U1", "eyes"), True, micros("300.0")),
    ]


def test_what_was_heard_since_the_start_is_not_contradicted_by_an_older_reading() -> None:
    """It was set, or taken away, between the reading of history and the look into the ledger."""
    mark = Mark("1.0", "U1", "eyes")
    heard = {mark: micros("5001.0")}
    for ours in (known(held("1.0"), marks={"1.0": {("U1", "eyes")}}, changed=heard),
                 known(held("1.0"), changed=heard)):  # fmt: skip
        for pairs in (set(), {("U1", "eyes")}):
            assert not find_changed_marks(
                ours, {"1.0": pairs}, alive=micros("100.0"), started=micros("5000.0")
            )


def test_skin_tones_are_one_emoji() -> None:
    """Three skin tones of one person are one mark."""
    message = {
        "ts": "1.0",
        "reactions": [
            {"name": "wave", "users": ["U1"], "count": 1},
            {"name": "wave::skin-tone-2", "users": ["U1", "U2"], "count": 2},
        ],
    }
    assert reactions_of(message) == {("U1", "wave"), ("U2", "wave")}
    assert not is_shortened(message)


def test_a_shortened_list_of_people_is_noticed() -> None:
    """Slack's count is right, its list may not be."""
    assert is_shortened({"reactions": [{"name": "eyes", "users": ["U1"], "count": 3}]})


def test_what_is_found_makes_the_ledger_equal_to_slack() -> None:
    """500 random pasts: after the changes are written down nothing more is found."""
    dice = random.Random(11)
    people, emoji, messages = ("U1", "U2"), ("eyes", "ticket"), ("1.0", "2.0", "3.0")
    pairs = [(user, name) for user in people for name in emoji]
    for _ in range(500):
        before = {ts: set(dice.sample(pairs, dice.randrange(5))) for ts in messages}
        after = {ts: set(dice.sample(pairs, dice.randrange(5))) for ts in messages}
        ours = known(*map(held, messages), marks=before)
        for change in find_changed_marks(ours, after, alive=0, started=10**12):
            pair = change.mark.user, change.mark.name
            assert (pair in after[change.mark.ts]) is change.came
            (before[change.mark.ts].add if change.came else before[change.mark.ts].remove)(pair)
        assert before == after
        again = known(*map(held, messages), marks=before)
        assert not find_changed_marks(again, after, alive=0, started=10**12)
