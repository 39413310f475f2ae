"""Relay rules: matching, extracting, refusing (support-spec §2.1)."""

from __future__ import annotations

import json
import time

import pytest

from storage.errors import KepiError
from support.entries import micros
from support.relays import Extractor, RelayRule, check, match, rule_of
from support.roles import Direction

POSTED = "1795341600.000100"  # 2026-11-22 10:00:00 UTC

TWEETS = RelayRule(
    app="A0ZAP",
    parts={
        "platform": Extractor(value="twitter"),
        "handle": Extractor("text", r"by @(?P<handle>\w+)"),
        "conversation": Extractor("labels.thread"),
        "url": Extractor("text", r"(https?://\S+)"),
        "source_at": Extractor("labels.time"),
    },
    needs=("handle",),
)


def tweet(text: str = "New tweet by @Lena_K: order 8841", **more: object) -> dict[str, object]:
    return {"bot_id": "B1", "app_id": "A0ZAP", "ts": POSTED, "text": text, **more}


def test_a_customer_is_platform_and_handle_in_small_letters() -> None:
    """X's Lena_K and lena_k are one person."""
    found = match([TWEETS], tweet())
    assert found is not None
    assert found[1].customer == "x:lena_k"
    assert found[1].handle == "Lena_K"


def test_without_a_handle_the_conversation_is_the_customer() -> None:
    """The second best key; without either there is none."""
    rule = RelayRule("A0ZAP", parts={"conversation": Extractor("labels.thread")})
    found = match([rule], tweet("a comment\nThread: T-42"))
    assert found is not None
    assert found[1].customer == "other:t-42"
    found = match([rule], tweet("a comment"))
    assert found is not None
    assert found[1].customer == ""


@pytest.mark.parametrize(
    ("rule", "post", "matches"),
    [
        (RelayRule("A0ZAP"), tweet(), True),
        (RelayRule("B1"), tweet(), True),
        (RelayRule("A0ZAP"), {"bot_id": "B1", "bot_profile": {"app_id": "A0ZAP"}}, True),
        (RelayRule("A0OTHER"), tweet(), False),
        (RelayRule("A0OTHER", also=("B1",)), tweet(), True),
        (RelayRule("A0ZAP", channel="C1"), tweet(channel="C1"), True),
        (RelayRule("A0ZAP", channel="C1"), tweet(channel="C2"), False),
        (RelayRule("A0ZAP", username="Tweets?"), tweet(username="Tweet"), True),
        (RelayRule("A0ZAP", username="Tweets?"), tweet(username="Tweets of the week"), False),
        (RelayRule("A0ZAP", username="Tweets?"), tweet(), False),
        (TWEETS, tweet("New lead: Lena"), False),
    ],
)
def test_a_rule_matches_by_app_channel_name_and_what_it_needs(
    rule: RelayRule, post: dict[str, object], matches: bool
) -> None:
    """Other posts of the same tool are another matter."""
    assert (match([rule], post) is not None) is matches


def test_the_rule_of_a_channel_goes_before_the_rule_of_all() -> None:
    """What was taught nearer to the post is meant."""
    everywhere = RelayRule("A0ZAP", Direction.INBOUND)
    here = RelayRule("A0ZAP", Direction.OUTBOUND, channel="C1")
    found = match([everywhere, here], tweet(channel="C1"))
    assert found is not None
    assert found[0].direction is Direction.OUTBOUND


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("2026-11-22T09:59:00+00:00", True),
        ("2026-11-22T10:59:00+01:00", True),
        ("2026-11-22T09:59:00Z", True),
        ("2026-11-22 09:59", False),  # where on earth?
        ("2026-11-22T10:00:01+00:00", False),  # after the post
        ("2026-11-21T10:00:01+00:00", True),  # a day before, nearly
        ("2026-11-21T09:59:59+00:00", False),
        ("1795341540", True),
        ("1795341540.5", True),
        ("1795341540000", True),
        ("yesterday", False),
        ("", False),
    ],
)
def test_a_source_time_counts_with_an_offset_and_within_a_day(written: str, accepted: bool) -> None:
    """0 s ≤ Slack time − source time ≤ 24 h; anything else starts no clock."""
    found = match([TWEETS], tweet(f"New tweet by @lena: x\n*Time:* {written}"))
    assert found is not None
    moment = found[1].source_at
    assert (moment is not None) is accepted
    if moment is not None:
        assert 0 <= micros(POSTED) - moment <= 86_400_000_000


def test_a_source_time_is_read_to_the_microsecond_by_its_offset() -> None:
    """09:59:30.25 in Jakarta is 02:59:30.25 in UTC."""
    found = match([TWEETS], tweet("by @lena\n*Time:* 2026-11-22T16:59:30.250001+07:00"))
    assert found is not None
    assert found[1].source_at == micros("1795341570.250001")


def test_a_rule_comes_back_from_json_as_it_went() -> None:
    """What is stored is what was taught."""
    rule = RelayRule(
        "A1",
        Direction.OUTBOUND,
        "C1",
        "Sprout.*",
        {"text": Extractor("text", r"> (.*)$", rest=True), "platform": Extractor(value="x")},
        ("text",),
        ("B1",),
    )
    assert rule_of(rule.to_json()) == rule


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("(", "cannot be read"),
        ("(a+)+$", "repeats what repeats"),
        ("(?:a*)*", "repeats what repeats"),
        ("(?:a{1,9}){3,}", "repeats what repeats"),
        (r"(\w)\1", "refers back"),
        (r"(?P<a>x)(?P=a)", "refers back"),
        (".*.*.*x", "anything"),
        (".+a.+b.+", "anything"),
        (r"\w+\w+\w+\w+", "anything"),
        ("a" * 301, "longer"),
        ("a+" * 30, "repeats"),
    ],
)
def test_a_pattern_that_could_stop_the_bot_is_refused_in_one_line(pattern: str, word: str) -> None:
    """The text is a stranger's; the pattern may not let it run for ever."""
    rule = RelayRule("A1", parts={"handle": Extractor("text", pattern)})
    with pytest.raises(KepiError) as refusal:
        check(rule)
    assert word in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "pattern",
    [r"by @(\w+)", r"by\s+@?(\S+)\s+on\s+(\S+)", "^(.*?): ", r"[^/]*/[^/]*/[^/]*/([^/]+)$", "a?b"],
)
def test_what_people_usually_write_is_a_pattern(pattern: str) -> None:
    """The guard is not in the way."""
    check(RelayRule("A1", parts={"handle": Extractor("text", pattern)}))


def test_hostile_texts_are_read_in_no_time() -> None:
    """The worst allowed patterns over 4,000 hostile characters; a minute would mean a hole."""
    began = time.process_time()
    for pattern in (r".*a.*b$", r"^(.*?): ", r"(\S+)\s+(\S+)\s+x", r"[^/]*/[^/]*/([^/]+)$"):
        rule = RelayRule("A0ZAP", parts={"handle": Extractor("text", pattern)})
        for letter in ("a", " a", "/", "a:"):
            match([rule], tweet(letter * 4000))
    assert time.process_time() - began < 60


@pytest.mark.parametrize(
    "held",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"app": "A"}',
        '{"app": "", "parts": {}}',
        '{"app": "A", "parts": {"shoe": {}}}',
        '{"app": "A", "parts": {"handle": 3}}',
        '{"app": "A", "parts": {}, "direction": "sideways"}',
        '{"app": "A", "parts": {}, "needs": ["handle"]}',
        json.dumps({"app": "A", "parts": {"handle": {"field": "text", "pattern": "("}}}),
    ],
)
def test_a_rule_that_cannot_be_used_says_so_in_one_line(held: str) -> None:
    """Written by hand, imported, or from another version."""
    with pytest.raises(KepiError) as refusal:
        rule_of(held)
    assert "\n" not in str(refusal.value)


def test_a_post_may_be_anything() -> None:
    """Wrong types in every place: no value, no fault."""
    strange: list[object] = [None, 3, [], {}, "x", [None, 3, {"fields": 3, "blocks": "x"}]]
    for one in strange:
        for other in strange:
            post = {"bot_id": "B1", "text": one, "attachments": other, "blocks": one, "ts": other}
            match([RelayRule("B1", parts=TWEETS.parts)], post)
