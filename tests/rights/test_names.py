"""The commands may have other names: everything that people read says those (issue 6, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.manifest import Choices, build_manifest
from bot.playground import seed_of
from commands.command_names import CommandNames, names_of
from tests.slack import conftest
from tests.slack.conftest import Town, enter_town

NAMES = CommandNames("/numbers", "/care")
READ = {"text", "alt_text", "title", "label", "hint", "placeholder"}
"""Keys of blocks that people read (slack-platform §5)."""


def test_what_people_read_is_changed_and_nothing_else() -> None:
    for said, shown in (
        ("Ask: /kpi reach", "Ask: /numbers reach"),
        ("/kpi support 12 · /support", "/numbers support 12 · /care"),
        ("“/kpi”, (/support)", "“/numbers”, (/care)"),
        ("Type /kpi.", "Type /numbers."),
        ("https://acme.example/support", "https://acme.example/support"),
        ("<https://acme.example/kpi|here>", "<https://acme.example/kpi|here>"),
        ("/support/returns", "/support/returns"),
        ("/kpis and /kpi-old", "/kpis and /kpi-old"),
        ("and/kpi", "and/kpi"),
    ):
        assert NAMES.in_text(said) == shown
    swapped = CommandNames("/support", "/kpi")
    assert swapped.in_text("/kpi, not /support") == "/support, not /kpi"
    held = {
        "text": "/kpi list",
        "private_metadata": "/kpi list",
        "blocks": [
            {"type": "actions", "elements": [{"text": {"text": "/kpi"}, "value": "/kpi list"}]},
            {
                "type": "input",
                "element": {"initial_value": "/kpi", "placeholder": {"text": "/kpi"}},
            },
            {"type": "table", "rows": [[{"type": "raw_text", "text": "/support"}]]},
            {"type": "image", "alt_text": "Ask /kpi reach"},
        ],
        "errors": {"kpi": "Say /kpi guide"},
    }
    shown = NAMES.in_payload(held)
    assert shown["text"] == "/numbers list"
    assert shown["private_metadata"] == "/kpi list"
    button = shown["blocks"][0]["elements"][0]
    assert button == {"text": {"text": "/numbers"}, "value": "/kpi list"}
    assert shown["blocks"][1]["element"] == {
        "initial_value": "/kpi",
        "placeholder": {"text": "/numbers"},
    }
    assert shown["blocks"][2]["rows"][0][0]["text"] == "/support", "a path of somebody's data"
    assert shown["blocks"][3]["alt_text"] == "Ask /numbers reach"
    assert shown["errors"] == {"kpi": "Say /numbers guide"}
    assert held["text"] == "/kpi list", "what is kept for another try is not touched"


def test_the_usual_names_cost_nothing() -> None:
    assert names_of("/kpi", "/support") is None


async def test_nothing_that_is_read_says_the_usual_names(tmp_path: Path, monkeypatch: Any) -> None:
    """Help, refusals, lists, forms, Home and footers, by command, mention, message and press."""
    usual = conftest.environment
    names = {"KEPI_COMMAND": "/numbers", "KEPI_SUPPORT_COMMAND": "/care"}
    monkeypatch.setattr(conftest, "environment", lambda *given: usual(*given) | names)
    named = Choices(command="/numbers", support_command="/care")
    seed = seed_of(build_manifest("socket", chosen=named))
    async with enter_town(tmp_path, seed=seed) as town:
        omar, gus = town.omar, town.person("gus")
        for words in (
            *(
                "help",
                "guide reach",
                "list",
                "reach",
                "nonsense",
                "goal",
                "alert",
                "digest",
                "data",
            ),
            *("own", "value", "rate", "note", "test", "status", "language", "support", "settings"),
            *("goal 99", "own frobnicate", "value 5", "forget @omar", "accounts", "columns"),
        ):
            await omar.command(f"/numbers {words}", "#marketing")
            await town.quiet()
        for words in ("", "help", "setup", "12", "frobnicate", "hours"):
            await omar.command(f"/care {words}", "#support")
            await town.quiet()
        await omar.say("dm", "help")
        await omar.mention("#marketing", "goal")
        await gus.command("/numbers private reach", "#marketing")
        await omar.open_home()
        await town.quiet()
        read = list(everything_read(town))
    assert len(read) > 150
    assert [it for it in read if "/kpi" in it or "/support" in it] == []
    assert any("/numbers reach" in it for it in read)
    assert any("/care" in it for it in read)


def everything_read(town: Town) -> Iterator[str]:
    """Yield what stands in every message, form and Home of everybody."""
    space = town.slack.space
    for room in space.messages.values():
        for message in room.values():
            if message.by_bot:
                yield from texts([message.text, message.blocks])
    for messages in space.private.values():
        for message in messages:
            yield from texts([message.text, message.blocks])
    for view in (*space.views.values(), *space.homes.values()):
        yield from texts(view.body)


def texts(held: Any) -> Iterator[str]:
    """Yield every text in a payload that people read."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, list | tuple):
        for it in held:
            yield from texts(it)
    elif isinstance(held, dict):
        for key, value in held.items():
            if isinstance(value, dict | list) or key in READ:
                yield from texts(value)
