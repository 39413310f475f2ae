"""A rule taught by one sample reads the tool's other posts (what-people-see §5)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import KepiError
from storage.platforms import PLATFORMS
from support.relay_learning import NONE, learn, rule_from
from support.relays import Extracted, match, rule_of
from tests.relays.formats import FORMATS, Values, review_tool, webhook, x_app, zapier_line

LENA = Values("lena_k", "Lena Koch", "order 8841 never came", "1790000000000000001")
FIRST = {"ts": "1795370460.000100"}

HANDLES = st.from_regex(r"[a-zA-Z][a-z0-9_.]{1,18}[a-z0-9]", fullmatch=True)
NO_NAMES = {*PLATFORMS, "by", "from", "de", "von", "av", "oleh"}
"""A customer who is called like a platform, or like the word before a name, is not told apart."""
NAMES = st.lists(
    st.from_regex(r"[A-ZÅÄÖĐÉ][a-zåäöéđơư\-]{1,10}", fullmatch=True), min_size=1, max_size=3
).map(" ".join)
SPOKEN = (
    *("where", "is", "my", "order", "8841", "by", "from", "@nordkaffe", "it", "says:"),
    *("sorry", "don’t", "like", "this", "谢谢", "cảm", "ơn?"),
)
WORDS = st.lists(st.sampled_from(SPOKEN), min_size=2, max_size=12).map(" ".join)
OTHERS = st.builds(
    Values,
    handle=HANDLES,
    name=NAMES.filter(lambda name: name.strip("-.' ").lower() not in NO_NAMES),
    words=WORDS.map(lambda text: "It " + text),
    number=st.from_regex(r"[1-9][0-9]{14,18}", fullmatch=True),
    stars=st.integers(1, 5),
)

EXPECTED = {
    # platform, what the handle is, whether the number is a conversation
    "x_app": ("x", "handle", True),
    "zapier_line": ("x", "handle", True),
    "hootsuite": ("instagram", "handle", True),
    "intercom": ("facebook", "name", True),
    "webhook": ("instagram", "handle", False),
    "review_tool": ("google_reviews", "name", False),
    "helpdesk": ("whatsapp", "name", True),
    "rich": ("tiktok", "handle", False),
}


def read(form: str, taught: Values, other: Values) -> Extracted:
    """Teach a rule by one customer's post, and read another's with it."""
    make = FORMATS[form]
    rule = rule_of(rule_from({**make(taught), **FIRST}).to_json())
    found = match([rule], {**make(other), **FIRST})
    assert found is not None, (form, rule)
    return found[1]


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(other=OTHERS)
def test_what_was_taught_by_one_post_reads_all_others(form: str, other: Values) -> None:
    """Platform, customer, conversation and words of posts with other values."""
    platform, who, is_conversation = EXPECTED[form]
    found = read(form, LENA, other)
    assert found.platform == platform
    assert found.handle == getattr(other, who)
    assert found.conversation == (other.number if is_conversation else "")
    assert found.text == other.words
    if form not in ("webhook",):
        assert other.number in found.url


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40, deadline=None)
@given(taught=OTHERS)
def test_any_post_may_be_the_sample(form: str, taught: Values) -> None:
    """Whoever happened to write when somebody taught the rule: it reads Lena's post the same."""
    platform, who, _ = EXPECTED[form]
    found = read(form, taught, LENA)
    assert (found.platform, found.handle) == (platform, getattr(LENA, who))
    assert found.text == LENA.words


def test_stars_times_and_brands_are_read() -> None:
    """What a review tool knows beyond the words."""
    other = Values("x", "Per Ek", "Fine", "1790000000000000777", stars=4)
    rule = rule_from({**review_tool(LENA), **FIRST})
    found = match([rule], {**review_tool(other), "ts": "1795341600.000100"})
    assert found is not None
    assert found[1].sentiment == "4/5"
    assert found[1].brand == "Nordkaffe Stockholm"
    assert found[1].source_at == 1_795_341_540_000_000


def test_a_webhook_that_posts_for_several_networks_is_read_by_its_name() -> None:
    """“Instagram comment” taught it; “Facebook comment” is of Facebook."""
    rule = rule_from({**webhook(LENA), **FIRST})
    post = {**webhook(LENA), **FIRST, "username": "Facebook comment"}
    found = match([rule], post)
    assert found is not None
    assert found[1].platform == "facebook"
    assert match([rule], {**post, "username": "Deploy bot"}) is None


def test_other_posts_of_the_same_tool_are_not_meant() -> None:
    """A workflow tool posts leads as well: they are no customers."""
    rule = rule_from({**zapier_line(LENA), **FIRST})
    assert match([rule], {**zapier_line(LENA), **FIRST, "text": "New lead: Acme Ltd"}) is None


def test_every_part_can_be_picked_from_what_the_post_says() -> None:
    """The form offers each part's candidates; the person's choice is the rule."""
    post = {**zapier_line(LENA), **FIRST}
    guess = learn(post)
    values = {it.value for it in guess.parts["handle"]}
    assert "lena_k" in values
    assert {it.value for it in guess.parts["platform"]} >= {"x", "instagram", "other"}
    rule = rule_from(post, {"platform": "fixed:instagram", "conversation": NONE})
    found = match([rule], post)
    assert found is not None
    assert found[1].platform == "instagram"
    assert found[1].conversation == ""


def test_every_candidate_makes_a_rule_that_reads_its_own_sample() -> None:
    """Whatever is picked in the form works, or says in one line that it does not."""
    for make in FORMATS.values():
        post = {**make(LENA), **FIRST}
        guess = learn(post)
        for part, candidates in guess.parts.items():
            for candidate in candidates:
                assert len(candidate.key) <= 75
                rule = rule_from(post, {part: candidate.key})
                found = match([rule], post)
                assert found is not None
                if part in ("handle", "url", "conversation", "platform", "text"):
                    assert getattr(found[1], part) == candidate.value, (make.__name__, candidate)


def test_a_choice_means_the_same_when_the_post_is_read_again() -> None:
    """The form was opened with the post of the menu, and saved with the one of the history."""
    opened, saved = {**zapier_line(LENA), **FIRST}, {**zapier_line(LENA), **FIRST}
    saved["blocks"] = [{"type": "rich_text", "elements": []}]
    saved["team"] = "T1"
    for part, key in learn(opened).proposed.items():
        assert learn(saved).proposed[part] == key


def test_candidates_of_a_part_have_different_keys() -> None:
    """Or the form could not tell them apart."""
    for make in FORMATS.values():
        for candidates in learn({**make(LENA), **FIRST}).parts.values():
            assert len({it.key for it in candidates}) == len(candidates)


def test_a_person_s_message_teaches_nothing() -> None:
    """Relay rules are about programs."""
    with pytest.raises(KepiError, match="A person wrote this"):
        learn({"user": "U1", "text": "New tweet by @lena_k: hello"})


def test_a_choice_that_the_post_does_not_offer_is_refused() -> None:
    """A form that is out of date, or was tampered with."""
    with pytest.raises(KepiError, match="Pick one of the list"):
        rule_from({**x_app(LENA), **FIRST}, {"handle": "99"})


def test_a_post_that_says_nothing_can_still_be_taught() -> None:
    """A bare line of an unknown app: no handle, no platform, and a rule all the same."""
    post = {"bot_id": "B9", "text": "hello there", **FIRST}
    rule = rule_from(post)
    found = match([rule], post)
    assert found is not None
    assert (found[1].platform, found[1].customer) == ("other", "")


STRANGE = (
    *("", " ", "@", "@@a", "*", "**", "by ", ":", "a: ", "<https://[::1|x>", "<http://x.com>"),
    *("https://x.com/" + "a/" * 200, "<https://x.com/%zz/1|@a>", "★★★☆☆", "&gt; q", ">", "\n"),
    *("*From:*", "*From:* @a", "From: b", "#12", "ID: x9", "2026-11-22T09:59:00Z", "<!date^1^x|y>"),
    *(
        "\ud800",
        "\x00",
        "\\",
        "(",
        "[",
        "a" * 5000,
        "New tweet by (",
        "谢谢 by 王: 好",
        "<mailto:a@b.c>",
    ),
)
TEXTS = st.lists(st.sampled_from(STRANGE), max_size=6).map("".join)
BLOCKS = st.recursive(
    TEXTS | st.none() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "type",
                    "text",
                    "fields",
                    "elements",
                    "title",
                    "value",
                    "url",
                    "accessory",
                    "blocks",
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, name=TEXTS, attachments=BLOCKS, blocks=BLOCKS, ts=TEXTS)
def test_any_post_of_a_program_can_be_a_sample(
    text: str, name: str, attachments: object, blocks: object, ts: str
) -> None:
    """Whatever stands in it: a guess, a rule that reads it, or one line that says why not."""
    post = {
        "bot_id": "B1",
        "text": text,
        "username": name,
        "attachments": [{"author_name": name, "text": text, "fields": attachments}, attachments],
        "blocks": blocks,
        "ts": ts,
    }
    guess = learn(post)
    for part in guess.parts:
        assert guess.value(part) is not None
    with suppress(KepiError):
        assert match([rule_from(post)], post) is not None
