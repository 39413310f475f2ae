"""Posts that begin with network and writer are read; rules live beside each other (§2.1)."""

from __future__ import annotations

from typing import Any

import pytest

from support.relay_learning import learn, rule_from
from support.relays import RelayRule, is_replaced, match
from support.roles import Direction

FIRST = "1795370460.000100"


def post(text: str, **more: Any) -> dict[str, Any]:
    return {"bot_id": "B0TOOL", "app_id": "A0TOOL", "ts": FIRST, "text": text, **more}


HEADLINES = (
    # taught by, another post, its network, writer and words
    ("X · lena_k: order never came", "Instagram · tom.b: hi: there", "instagram tom.b hi: there"),
    ("lena_k on X: order never came", "tom on Facebook: where is it", "facebook tom where is it"),
    ("*X* · lena_k: never came", "*TikTok* · tom: it broke", "tiktok tom it broke"),
    ("X - lena_k: never came\nplease", "X - tom: one\ntwo", "x tom one\ntwo"),
    ("X · lena_k: is @nordkaffe open?", "X · tom: @nordkaffe hello", "x tom @nordkaffe hello"),
    ("lena via Instagram: never came", "tom via X: it broke", "x tom it broke"),
)


@pytest.mark.parametrize(("taught", "other", "expected"), HEADLINES)
def test_network_and_writer_are_read_from_the_first_words(
    taught: str, other: str, expected: str
) -> None:
    platform, handle, words = expected.split(" ", 2)
    found = match([rule_from(post(taught))], post(other))
    assert found is not None
    assert (found[1].platform, found[1].handle, found[1].text) == (platform, handle, words)


@pytest.mark.parametrize("text", ["Some words that nobody can read", "Reminder · stock: low"])
def test_nobody_is_made_up(text: str) -> None:
    assert learn(post(text)).value("handle") == ""


TWEET = "New tweet by @lena_k\n> order 8841 never came\nhttps://x.com/lena_k/status/1234567"
REPLY = "Reply sent by Omar to @lena_k: It arrives tomorrow"


def taught(text: str, **more: Any) -> RelayRule:
    return rule_from(post(text), **more)


def test_a_rule_gives_way_only_to_one_about_the_same_posts() -> None:
    """Customers' posts and our own answers from one app are two rules."""
    inbound = taught(TWEET)
    outbound = taught(REPLY, direction=Direction.OUTBOUND)
    assert not is_replaced(inbound, outbound)
    assert not is_replaced(inbound, taught(REPLY))
    assert is_replaced(inbound, taught(TWEET.replace("lena_k", "tom")))
    assert is_replaced(inbound, taught(TWEET, choices={"platform": "fixed:instagram"}))
    assert is_replaced(inbound, taught(TWEET, direction=Direction.IGNORE))


@pytest.mark.parametrize("is_turned", [False, True])
def test_each_post_falls_under_the_rule_that_fits_it_best(is_turned: bool) -> None:
    """Whichever was taught first; a customer who writes “to @…” is no answer of ours."""
    rules = [taught(TWEET), taught(REPLY, direction=Direction.OUTBOUND)]
    rules = rules[::-1] if is_turned else rules
    for text, direction in (
        (TWEET, Direction.INBOUND),
        (REPLY, Direction.OUTBOUND),
        (
            "New tweet by @tom\n> thanks to @nordkaffe\nhttps://x.com/tom/status/1",
            Direction.INBOUND,
        ),
    ):
        found = match(rules, post(text))
        assert found is not None
        assert found[0].direction is direction
