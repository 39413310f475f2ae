"""The manifest in all its variants is what Slack's published reference takes (issue 6, 4)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from bot.cli import run_cli
from bot.manifest import ISSUE_SCOPES, OPTIONAL, SCOPES, Choices, build_manifest
from bot.playground import seed_of
from storage.errors import KepiError
from tests.rights.manifest_reference import EVENT_SCOPES, faults

URL = "https://kepi.example"
Json = dict[str, Any]


def variants() -> list[Json]:
    """Return every manifest that can be asked for."""
    named = Choices(command="/numbers", support_command="/care")
    made = [build_manifest("socket", chosen=named)]
    for issues, (mode, oauth, rotation) in product(
        (True, False),
        (
            ("socket", False, False),
            ("http", False, False),
            ("http", True, False),
            ("http", True, True),
        ),
    ):
        url = URL if mode == "http" else ""
        made.append(build_manifest(mode, url, Choices(issues, oauth, rotation)))
    return made


def test_slack_takes_every_variant() -> None:
    for manifest in variants():
        assert faults(manifest) == []


def put(*path: str | int, value: Any) -> Callable[[Json], None]:
    """Return what puts a value at a path; ``...`` takes what is there away."""

    def change(manifest: Json) -> None:
        held: Any = manifest
        for key in path[:-1]:
            held = held[key]
        if value is ...:
            del held[path[-1]]
        elif isinstance(held, list) and path[-1] == "+":
            held.append(value)
        else:
            held[path[-1]] = value

    return change


BOT = ("oauth_config", "scopes", "bot")
OPT = ("oauth_config", "scopes", "bot_optional")
HEARD = ("settings", "event_subscriptions", "bot_events")
SLASH = ("features", "slash_commands")
SHORT = ("features", "shortcuts")
ABOUT = "display_information"
BOT_USER, TOLD = "/features/bot_user", "/settings/event_subscriptions"
BROKEN: tuple[tuple[str, Callable[[Json], None]], ...] = (
    ("/display_information", put(ABOUT, value=...)),
    ("/display_information/name", put(ABOUT, "name", value=...)),
    ("/display_information/name", put(ABOUT, "name", value="K" * 36)),
    ("/display_information/name", put(ABOUT, "name", value="")),
    ("/display_information/name", put(ABOUT, "name", value=7)),
    ("/display_information/description", put(ABOUT, "description", value="d" * 141)),
    ("/display_information/background_color", put(ABOUT, "background_color", value="green")),
    ("/display_information/long_description", put(ABOUT, "long_description", value="short")),
    ("/display_information/icon", put(ABOUT, "icon", value="x.png")),
    ("/botname", put("botname", value="Kepi")),
    ("/features", put("features", value=[])),
    ("/features/app_home/home_tab", put("features", "app_home", "home_tab", value=True)),
    (
        "/features/app_home/home_tab_enabled",
        put("features", "app_home", "home_tab_enabled", value="yes"),
    ),
    (f"{BOT_USER}/display_name", put("features", "bot_user", "display_name", value=...)),
    (f"{BOT_USER}/display_name", put("features", "bot_user", "display_name", value="K" * 81)),
    ("/oauth_config/scopes/bot", put("features", "bot_user", value=...)),
    ("/features/slash_commands", put(*SLASH, value=[])),
    ("/features/slash_commands/0/command", put(*SLASH, 0, "command", value="kpi")),
    ("/features/slash_commands/0/command", put(*SLASH, 0, "command", value="/" + "k" * 32)),
    ("/features/slash_commands/0/command", put(*SLASH, 0, "command", value="/my kpi")),
    ("/features/slash_commands/0/command", put(*SLASH, 0, "command", value="/KPI")),
    ("/features/slash_commands", put(*SLASH, 1, "command", value="/kpi")),
    ("/features/slash_commands/0/description", put(*SLASH, 0, "description", value=...)),
    ("/features/slash_commands/0/description", put(*SLASH, 0, "description", value="d" * 2001)),
    ("/features/slash_commands/1/usage_hint", put(*SLASH, 1, "usage_hint", value="h" * 1001)),
    ("/features/slash_commands/0/should_escape", put(*SLASH, 0, "should_escape", value="true")),
    ("/features/slash_commands/0/url", put(*SLASH, 0, "url", value=f"{URL}/x")),
    ("/features/shortcuts/0/name", put(*SHORT, 0, "name", value="n" * 25)),
    ("/features/shortcuts/0/type", put(*SHORT, 0, "type", value="channel")),
    ("/features/shortcuts/0/callback_id", put(*SHORT, 0, "callback_id", value=...)),
    ("/features/shortcuts/0/description", put(*SHORT, 0, "description", value="d" * 151)),
    ("/features/shortcuts/5", lambda it: it["features"]["shortcuts"].__setitem__(5, "x")),
    ("/oauth_config/scopes/bot/0", put(*BOT, 0, value="chat:write:bot")),
    ("/oauth_config/scopes/bot", lambda it: it["oauth_config"]["scopes"]["bot"].remove("commands")),
    ("/oauth_config/scopes/bot_optional/0", put(*OPT, 0, value="pins:read")),
    ("/oauth_config/scopes/optional", put("oauth_config", "scopes", "optional", value=[])),
    ("/oauth_config/redirect_urls/0", put("oauth_config", "redirect_urls", value=["http://x"])),
    ("/oauth_config/redirect_urls", put("oauth_config", "redirect_urls", value=URL)),
    ("/settings/event_subscriptions/bot_events/0", put(*HEARD, 0, value="message")),
    ("/settings/event_subscriptions/bot_events/0", put(*HEARD, 0, value="pin_added")),
    ("/settings/event_subscriptions/bot_events/1", put(*HEARD, value=["user_change"] * 2)),
    (
        f"{TOLD}/request_url",
        put("settings", "event_subscriptions", "request_url", value=URL),
    ),
    (f"{TOLD}/request_url", put("settings", "socket_mode_enabled", value=...)),
    ("/settings/interactivity/is_enabled", put("settings", "interactivity", value={})),
    ("/settings/interactivity", put("settings", "interactivity", "is_enabled", value=False)),
    (
        "/settings/interactivity/request_url",
        put("settings", "interactivity", "request_url", value="kepi.example"),
    ),
    ("/settings/org_deploy_enabled", put("settings", "org_deploy_enabled", value=0)),
    ("/settings/socket_mode", put("settings", "socket_mode", value=True)),
)  # fmt: skip


def test_what_slack_refuses_is_refused_with_its_place() -> None:
    """Or the validator above would take anything."""
    assert len(BROKEN) > 40
    for place, change in BROKEN:
        broken = deepcopy(build_manifest("socket"))
        change(broken)
        found = faults(broken)
        assert any(it.startswith(f"{place}:") for it in found), (place, found)
    many = deepcopy(build_manifest("socket"))
    many["features"]["slash_commands"] *= 26
    many["features"]["shortcuts"] *= 2
    many["oauth_config"]["scopes"]["bot"] *= 20
    many["settings"]["event_subscriptions"]["bot_events"] *= 5
    places = {it.split(":")[0] for it in faults(many)}
    assert {f"/{'/'.join(it)}" for it in (SLASH, SHORT, BOT, HEARD)} <= places


def test_only_what_is_needed_may_not_be_left_out() -> None:
    """Customer issues' permissions are optional, and what numbers can do without."""
    for issues in (True, False):
        scopes = build_manifest("socket", issues=issues)["oauth_config"]["scopes"]
        assert set(scopes["bot_optional"]) == OPTIONAL | (set(ISSUE_SCOPES) if issues else set())
        assert set(scopes["bot_optional"]) < set(scopes["bot"])
    needed = {it for it in SCOPES if it not in OPTIONAL}
    assert not {it for it in needed if it.endswith(":history")} - {"im:history"}
    assert not needed & {"channels:read", "groups:read"}, "numbers read no channel"


def test_an_app_without_customer_issues_hears_nothing_that_needs_their_permissions() -> None:
    manifest = build_manifest("socket", issues=False)
    heard = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert not {EVENT_SCOPES[it] for it in heard} & set(ISSUE_SCOPES)
    assert {"app_home_opened", "tokens_revoked", "app_uninstalled", "user_change"} <= set(heard)
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True


def test_only_optional_permissions_can_be_left_out_in_the_playground() -> None:
    manifest = build_manifest("socket")
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    assert seed_of(manifest).scopes == asked
    assert seed_of(manifest, declined=ISSUE_SCOPES).scopes == asked - set(ISSUE_SCOPES)
    with pytest.raises(ValueError, match="users:read"):
        seed_of(manifest, declined=["users:read"])


def test_choices_that_slack_would_refuse_are_refused_in_words() -> None:
    for mode, url, chosen, said in (
        ("http", "", Choices(), "--url"),
        ("http", "http://kepi.example", Choices(), "--url"),
        ("socket", "", Choices(oauth=True), "HTTP mode"),
        ("socket", "", Choices(rotation=True), "HTTP mode"),
        ("http", URL, Choices(rotation=True), "--oauth"),
        ("socket", "", Choices(command="kpi"), "slash"),
        ("socket", "", Choices(command="/My KPI"), "small letters"),
        ("socket", "", Choices(support_command="/" + "s" * 32), "32 characters"),
        ("socket", "", Choices(command="/support"), "different names"),
    ):
        with pytest.raises(KepiError, match=said):
            build_manifest(mode, url, chosen)


def test_the_names_come_from_the_environment_or_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEPI_COMMAND", "/numbers")
    with pytest.raises(SystemExit) as ended:
        run_cli(["manifest", "--support-command", "/care"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert 'command: "/numbers"' in printed
    assert 'command: "/care"' in printed
    assert "/kpi" not in printed
