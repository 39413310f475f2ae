"""Every Block Kit limit of slack-platform §5 is refused one past it, and taken at it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.blocks import accept_blocks, accept_view
from bot.playground.refusals import Refusal

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, length: int = 3) -> list[Json]:
    return [{"text": plain("o" * length), "value": str(number)} for number in range(count)]


def select(count: int, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(count), **more}


def overflow(count: int) -> Json:
    return {"type": "overflow", "action_id": "more", "options": options(count)}


def choices(kind: str, count: int) -> Json:
    return {"type": kind, "action_id": "c", "options": options(count)}


def confirm(title: int = 5, text: int = 5, yes: int = 3, no: int = 3) -> Json:
    return {
        "title": plain("t" * title),
        "text": mrkdwn("x" * text),
        "confirm": plain("y" * yes),
        "deny": plain("n" * no),
    }


def image(alt: str = "a chart", **more: Any) -> Json:
    return {"type": "image", "alt_text": alt, "image_url": "https://example.com/a.png", **more}


def table(rows: int = 2, columns: int = 2, cell: str = "1") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell}] * columns] * rows}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Words"), "element": element, **more}


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "t", **more}


def view(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": [section()], **more}


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "m" * length}


TAKEN: list[tuple[str, list[Json]]] = [
    ("50 blocks", [section()] * 50),
    ("3000 characters", [section("x" * 3000)]),
    ("10 fields of 2000", [{"type": "section", "fields": [mrkdwn("f" * 2000)] * 10}]),
    ("header of 150", [{"type": "header", "text": plain("h" * 150)}]),
    ("10 context elements", [{"type": "context", "elements": [mrkdwn("c")] * 10}]),
    ("25 buttons", [actions(*(button(action_id=str(n)) for n in range(25)))]),
    ("button text of 75", [actions(button("b" * 75, value="v" * 2000))]),
    ("confirm at its limits", [actions(button(confirm=confirm(100, 300, 30, 30)))]),
    ("100 options", [actions(select(100))]),
    ("overflow of 2", [actions(overflow(2))]),
    ("overflow of 5", [actions(overflow(5))]),
    ("10 radio buttons", [actions(choices("radio_buttons", 10))]),
    ("table of 100 by 20", [table(100, 20)]),
    ("markdown of 12000", [markdown(12_000)]),
    ("alt text of 2000", [image("a" * 2000)]),
    ("two action ids in two blocks", [actions(button()), actions(button())]),
    ("expand", [section(expand=True)]),
]


@pytest.mark.parametrize("blocks", [case[1] for case in TAKEN], ids=[case[0] for case in TAKEN])
def test_a_message_at_the_limit_is_taken(blocks: list[Json]) -> None:
    """Nothing is refused that Slack shows."""
    taken = accept_blocks(blocks, lambda file: True)
    assert all(block["block_id"] for block in taken)


REFUSED: list[tuple[str, list[Json], str]] = [
    ("51 blocks", [section()] * 51, "/blocks"),
    ("3001 characters", [section("x" * 3001)], "/blocks/0/text/text"),
    ("empty text", [section("")], "/blocks/0/text/text"),
    ("section of nothing", [{"type": "section"}], "/blocks/0"),
    ("11 fields", [{"type": "section", "fields": [mrkdwn("f")] * 11}], "/blocks/0/fields"),
    ("field of 2001", [{"type": "section", "fields": [mrkdwn("f" * 2001)]}], "/blocks/0/fields/0"),
    ("header of 151", [{"type": "header", "text": plain("h" * 151)}], "/blocks/0/text/text"),
    ("mrkdwn header", [{"type": "header", "text": mrkdwn("h")}], "/blocks/0/text/type"),
    ("11 context", [{"type": "context", "elements": [mrkdwn("c")] * 11}], "/blocks/0/elements"),
    ("no elements", [actions()], "/blocks/0/elements"),
    ("26 buttons", [actions(*(button(action_id=str(n)) for n in range(26)))], "/blocks/0/elements"),
    ("button text of 76", [actions(button("b" * 76))], "/blocks/0/elements/0/text/text"),
    ("mrkdwn button", [actions({**button(), "text": mrkdwn("b")})], "/blocks/0/elements/0/text"),
    ("value of 2001", [actions(button(value="v" * 2001))], "/blocks/0/elements/0/value"),
    ("url of 3001", [actions(button(url="u" * 3001))], "/blocks/0/elements/0/url"),
    ("style", [actions(button(style="loud"))], "/blocks/0/elements/0/style"),
    ("confirm title", [actions(button(confirm=confirm(101)))], "/confirm/title"),
    ("confirm text", [actions(button(confirm=confirm(5, 301)))], "/confirm/text"),
    ("confirm yes", [actions(button(confirm=confirm(5, 5, 31)))], "/confirm/confirm"),
    ("confirm no", [actions(button(confirm=confirm(5, 5, 3, 31)))], "/confirm/deny"),
    ("101 options", [actions(select(101))], "/blocks/0/elements/0/options"),
    ("no options", [actions(select(0))], "/blocks/0/elements/0/options"),
    ("option of 76", [actions(select(1, options=options(1, 76)))], "/options/0/text/text"),
    ("unknown initial", [actions(select(1, initial_option=options(2)[1]))], "initial option"),
    ("placeholder", [actions(select(1, placeholder=plain("p" * 151)))], "/placeholder/text"),
    ("overflow of 1", [actions(overflow(1))], "/blocks/0/elements/0/options"),
    ("overflow of 6", [actions(overflow(6))], "/blocks/0/elements/0/options"),
    ("11 radio buttons", [actions(choices("radio_buttons", 11))], "/options"),
    ("11 checkboxes", [actions(choices("checkboxes", 11))], "/options"),
    ("action_id of 256", [actions(button(action_id="a" * 256))], "/action_id"),
    ("block_id of 256", [section(block_id="b" * 256)], "/block_id"),
    ("same block_id", [section(block_id="b")] * 2, "/blocks/1/block_id"),
    ("same action_id", [actions(button(), button())], "/blocks/0/elements/1/action_id"),
    ("empty alt text", [image("")], "/blocks/0/alt_text"),
    ("no alt text", [{"type": "image", "image_url": "https://x.se/a"}], "alt_text"),
    ("alt text of 2001", [image("a" * 2001)], "/blocks/0/alt_text"),
    ("image title", [image(title=plain("t" * 2001))], "/blocks/0/title"),
    ("two sources", [image(slack_file={"id": "F00000000"})], "exactly one"),
    ("no source", [{"type": "image", "alt_text": "a"}], "exactly one"),
    ("101 rows", [table(101)], "/blocks/0/rows"),
    ("21 cells", [table(1, 21)], "/blocks/0/rows/0"),
    ("empty cell", [table(1, 1, "")], "/blocks/0/rows/0/0/text"),
    ("mrkdwn cell", [{"type": "table", "rows": [[mrkdwn("x")]]}], "/rows/0/0/type"),
    ("markdown of 12001", [markdown(12_001)], "/blocks/0/text"),
    ("unknown type", [{"type": "chart"}], "/blocks/0/type"),
    ("unknown property", [section(emphasis=True)], "emphasis"),
    ("input in actions", [actions(text_input())], "/blocks/0/elements/0/type"),
    ("label of 2001", [{**field(text_input()), "label": plain("l" * 2001)}], "/label"),
    ("initial value", [field(text_input(initial_value="i" * 3001))], "/initial_value"),
]


@pytest.mark.parametrize(
    ("blocks", "where"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_message_past_the_limit_is_refused_whole(blocks: list[Json], where: str) -> None:
    """One bad block rejects all, with a pointer to it in response_metadata.messages."""
    with pytest.raises(Refusal) as caught:
        accept_blocks(blocks, lambda file: True)
    assert caught.value.error == "invalid_blocks"
    assert any(where in message for message in caught.value.messages), caught.value.messages


VIEWS: list[tuple[str, Json, str, str]] = [
    ("title of 25", view(title=plain("t" * 25)), "invalid_arguments", "/view/title/text"),
    ("mrkdwn title", view(title=mrkdwn("t")), "invalid_arguments", "/view/title/type"),
    ("submit of 25", view(submit=plain("s" * 25)), "invalid_arguments", "/view/submit/text"),
    ("close of 25", view(close=plain("c" * 25)), "invalid_arguments", "/view/close/text"),
    ("101 blocks", view(blocks=[section()] * 101), "invalid_arguments", "/view/blocks"),
    ("metadata", view(private_metadata="m" * 3001), "invalid_arguments", "/private_metadata"),
    ("callback_id", view(callback_id="c" * 256), "invalid_arguments", "/callback_id"),
    ("external_id", view(external_id="e" * 256), "invalid_arguments", "/external_id"),
    ("no title", {"type": "modal", "blocks": []}, "invalid_arguments", "title"),
    ("no submit", view(blocks=[field(text_input())]), "invalid_arguments", "submit"),
    ("table", view(blocks=[table()]), "invalid_arguments", "/view/blocks/0/type"),
    ("250 kB", view(blocks=[section("x" * 3000)] * 84), "view_too_large", ""),
]


@pytest.mark.parametrize(
    ("body", "error", "where"), [case[1:] for case in VIEWS], ids=[case[0] for case in VIEWS]
)
def test_a_view_past_the_limit_is_refused(body: Json, error: str, where: str) -> None:
    """Views have limits of their own; the pointers start at /view."""
    with pytest.raises(Refusal) as caught:
        accept_view(body, ("modal",), lambda file: True)
    assert caught.value.error == error
    assert not where or any(where in message for message in caught.value.messages)


def test_a_view_at_its_limits_is_taken() -> None:
    """24 characters of title, 100 blocks, 3000 of metadata."""
    taken = accept_view(
        view(title=plain("t" * 24), private_metadata="m" * 3000, blocks=[section()] * 100),
        ("modal",),
        lambda file: True,
    )
    assert len(taken["blocks"]) == 100


def test_only_one_table_fits_in_a_message() -> None:
    """Two tables are refused by name (§5)."""
    with pytest.raises(Refusal) as caught:
        accept_blocks([table(), table()], None)
    assert "only_one_table_allowed" in caught.value.messages[0]


def test_markdown_blocks_share_one_limit() -> None:
    """12,000 characters are for all of a message's markdown blocks together (§5)."""
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        accept_blocks([markdown(6_001), markdown(6_000)], None)
