"""Pieces of messages: within Slack's limits, without live formulas, without pings."""

from __future__ import annotations

import csv
import io

import pytest
from slack_sdk.http_retry.response import HttpResponse

from bot.playground.blocks import accept_blocks
from commands.blocks import actions, ask_button, cut, escape, image, plain, section, table
from commands.calls import SECONDS_WITHOUT_ADVICE, retry_after
from commands.data_file import write_csv
from commands.heard import key_of
from commands.recall import Recall, unpack
from storage.errors import KepiError

EVIL = ("<!channel>", "<@U1>", "<https://evil.example|here>", "&lt;!here&gt;", "a<b>c&d")


@pytest.mark.parametrize("words", ["x", "x" * 9000, "&" * 2999, "<" * 3000, " ", "åäö😀" * 2000])
def test_no_text_is_too_long_or_cut_inside_an_entity(words: str) -> None:
    """What is cut ends in “…”; “&am” would be shown as it stands."""
    block = section(escape(words))
    assert 0 < len(block["text"]["text"]) <= 3000
    tail = block["text"]["text"][-8:]
    assert "&" not in tail or ";" in tail[tail.rfind("&") :]


@pytest.mark.parametrize("words", EVIL)
def test_no_words_ping_or_link_in_any_field(words: str) -> None:
    """Escaped where Slack parses, replaced where it does not."""
    blocks = [
        section(escape(words)),
        image("F0000000001", words),
        table([[words, words]]),
        actions([ask_button(words, words)]),
    ]
    shown = "".join(str(block) for block in blocks if block["type"] != "actions")
    assert "<" not in shown
    assert "<" not in blocks[-1]["elements"][0]["text"]["text"]
    assert plain(words).count("<") == 0


def test_an_image_always_has_words() -> None:
    """The SDK would drop an empty one without a sound."""
    assert image("F0000000001", "")["alt_text"] == "Chart"
    assert len(image("F0000000001", "x" * 5000)["alt_text"]) <= 2000


def test_a_table_has_three_columns_and_no_empty_cell() -> None:
    """Slack refuses the whole message otherwise."""
    block = table([["a", "", "c", "d"], ["b"]])
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        ["a", "–", "c"],
        ["b", "–", "–"],
    ]


def test_everything_is_as_slack_takes_it() -> None:
    """The playground refuses what Slack refuses."""
    blocks = [
        section("x" * 5000),
        table([["y" * 5000] * 5] * 300),
        actions([ask_button("z" * 500, "w" * 5000, n) for n in range(40)]),
    ]
    assert len(accept_blocks(blocks, None)) == 3


LIVE = ("=1+1", "+1", "-1+2", "−1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "=HYPERLINK(1)")


@pytest.mark.parametrize("words", LIVE)
def test_no_cell_of_text_is_a_formula(words: str) -> None:
    """A quote goes before it; reading it back gives the words."""
    ((cell,),) = csv.reader(io.StringIO(write_csv([[words]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{words}"


def test_numbers_stay_numbers() -> None:
    """Also below zero, and empty stays empty."""
    assert write_csv([[-5, -0.25, None, "Acme"]]).decode("utf-8-sig") == "-5,-0.25,,Acme\r\n"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), ("soon", SECONDS_WITHOUT_ADVICE), (None, SECONDS_WITHOUT_ADVICE)],
)
def test_a_rate_limit_says_how_long_or_ten_seconds(header: str | None, seconds: float) -> None:
    """Missing, or no number."""
    headers: dict[str, str | list[str]] = {} if header is None else {"Retry-After": [header]}
    assert retry_after(HttpResponse(status_code=429, headers=headers)) == seconds


def test_what_a_button_remembers_comes_back_or_is_refused() -> None:
    """A foreign value is a refusal, never a fault; too much is left out."""
    recall = Recall("U1", ("reach “acme”", "likes"))
    assert unpack(recall.pack()) == recall
    assert len(Recall("U1", ("x" * 900,) * 4).pack()) <= 2000
    assert Recall("U1", ("x" * 3000, "likes")).pack() == ""
    assert unpack(Recall("U1", ("x" * 1900, "y" * 200)).pack()).words == ("x" * 1900,)
    for foreign in ("", "null", "7", "[]", '["U1"]', '{"a":1}', "[1,2]", "reach"):
        with pytest.raises(KepiError):
            unpack(foreign)


def test_a_thing_has_one_key_however_slack_tells_of_it() -> None:
    """A dropped file comes as a message and as an event; a message is known by channel and ts."""
    message = {"type": "message", "subtype": "file_share", "channel": "C1", "ts": "1.0"}
    thin = {"type": "file_shared", "channel_id": "C1", "file_id": "F1"}
    assert key_of({**message, "files": [{"id": "F1"}]}, "Ev1") == key_of(thin, "Ev2")
    said = {"type": "message", "channel": "C1", "ts": "1.0"}
    assert key_of(said, "Ev1") == key_of({**said, "type": "app_mention"}, "Ev2")
    assert key_of(said, "Ev1") != key_of({**said, "channel": "C2"}, "Ev1")
    assert cut("abc", 3) == "abc"
