"""What a message says, as far as clocks depend on it (support-spec §3.2, §4.2, §4.6, §4.7)."""

from __future__ import annotations

import random

import pytest

from support.reading import asks, excerpt, links_of, normalise, plain, read_words
from support.rules import Rules


@pytest.mark.parametrize(
    ("emoji", "name"),
    [
        ("white_check_mark", "white_check_mark"),
        (":white_check_mark:", "white_check_mark"),
        ("white_check_mark::skin-tone-2", "white_check_mark"),
        (":raised_hand::skin-tone-6:", "raised_hand"),
        ("thumbsup", "+1"),
        ("thumbsup::skin-tone-4", "+1"),
        ("+1", "+1"),
        ("done-green", "white_check_mark"),
        ("", ""),
    ],
)
def test_marks_are_the_same_in_every_skin_and_by_every_name(emoji: str, name: str) -> None:
    """Colons and skin tones go, configured aliases are what they stand for."""
    aliases = (("thumbsup", "+1"), ("done-green", "white_check_mark"))
    assert normalise(emoji, aliases) == name


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("// ask dev", True),
        ("  //ask dev", True),
        (":lock: private", True),
        ("🔒 private", True),
        ("https://acme.example // no", False),
        ("ok // no", False),
    ],
)
def test_a_note_begins_with_its_prefix(text: str, note: bool) -> None:
    """Only at the beginning."""
    assert read_words(text, Rules(), "C1").note is note


@pytest.mark.parametrize(
    ("text", "routing"),
    [
        ("<@U1>", True),
        ("<@U1|omar> <@U2>", True),
        (" <@U1>, <@U2> ", True),
        ("<!subteam^S1|@care>", True),
        ("<@U1> please look", False),
        ("<@U1> <@UCUSTOMER>", False),
        ("<@UCUSTOMER>", False),
        ("<!here>", False),
        ("look", False),
        ("", False),
    ],
)
def test_routing_names_colleagues_and_says_nothing_else(text: str, routing: bool) -> None:
    """A mention of the customer is a call to them, not routing."""
    assert read_words(text, Rules(), "C1", colleagues={"U1", "U2", "S1"}).routing is routing


def test_a_file_beside_a_mention_is_more_than_routing() -> None:
    """A picture says something."""
    assert not read_words("<@U1>", Rules(), "C1", colleagues={"U1"}, has_file=True).routing


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Did it arrive?", True),
        ("Did it arrive？", True),
        ("Did it arrive? 🙂", True),
        ("Did it arrive? :tada: <@U1>", True),
        ("*Did it arrive?*", True),
        ("Did it arrive?!", True),
        ("“Did it arrive?”", True),
        ("Did it arrive? Thanks", False),
        ("It arrived.", False),
        ("", False),
    ],
)
def test_a_question_ends_in_a_question_mark(text: str, is_asked: bool) -> None:
    """Whatever decoration follows it."""
    assert asks(text) is is_asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://acme.slack.com/archives/C1/p1700000000000100", ("1700000000.000100",)),
        ("<https://acme.slack.com/archives/C1/p1700000000000100|x>", ("1700000000.000100",)),
        (
            "<https://acme.slack.com/archives/C1/p1700000005000200?thread_ts=1700000000.000100&amp;cid=C1>",
            ("1700000005.000200", "1700000000.000100"),
        ),
        ("https://acme.slack.com/archives/C2/p1700000000000100", ()),
        ("https://acme.slack.com/archives/C1", ()),
        ("C1/p1700000000000100", ()),
    ],
)
def test_links_to_messages_of_the_channel_are_read(text: str, found: tuple[str, ...]) -> None:
    """With the thread that Slack wrote into the link; other channels' messages are not meant."""
    assert links_of(text, "C1") == found


def test_mentions_are_kept_once_each() -> None:
    """In order, with or without a label."""
    said = read_words("<@U2> <@U1|omar> <@U2> <!here> <#C1|x>", Rules(), "C1")
    assert said.mentions == ("U2", "U1")


def test_a_message_of_nothing_is_empty_and_a_file_is_not() -> None:
    """A file, image or sticker counts (support-spec §4.2)."""
    assert read_words("  ", Rules(), "C1").empty
    assert not read_words("", Rules(), "C1", has_file=True).empty


def test_the_words_themselves_are_not_kept() -> None:
    """Nothing of a secret is in what was decided about it."""
    said = read_words("my password is hunter2, <@U1>", Rules(), "C1")
    assert "hunter2" not in repr(said)


def test_an_excerpt_is_plain_short_and_on_one_line() -> None:
    """Markup is read, not shown; nothing pings."""
    text = "Hi <@U1|lena>\n\nsee <https://x.com/a|this> &amp; <!channel> " + "word " * 100
    shown = excerpt(text)
    assert shown.startswith("Hi @lena see this & @… word word")
    assert len(shown) <= 120
    assert shown.endswith("…")
    assert "\n" not in shown


def test_hostile_texts_are_read_without_trouble() -> None:
    """Forty thousand signs of one kind: an answer, and soon."""
    dice = random.Random(3)
    for piece in (" ", "?", "<@", "<@U1>", ":a:", "https://a.b/archives/C1/p", "😀", "\ud800"):
        text = piece * (40_000 // len(piece)) + dice.choice(("", "x"))
        read_words(text, Rules(), "C1")
        plain(text)
        excerpt(text)
