"""Letting Kepi into workspaces by OAuth, over real sockets (slack-platform §9; design §2)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.oauth.installed import enter_installed
from bot.oauth.renewing import renew_due
from bot.oauth.serve import LOOK_SECONDS
from bot.oauth.store import read_installation
from bot.playground import LocalSlack
from bot.serve import start
from bot.settings import read_settings, require_slack
from bot.shared import share
from bot.verbs import home as verbs
from bot.verbs.settings import complain_with_slack
from commands.settings.document import read_document
from commands.settings.state import read_state
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.installations import Seal, departures, install, installations, make_key
from storage.workspaces import only_workspace
from tests.oauth.conftest import ACME, Street, enter_street, state_of

KEY = make_key()


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with enter_street(tmp_path, keys=KEY) as ready:
        yield ready


async def test_two_workspaces_install_and_each_is_served_its_own(street: Street) -> None:
    """Nobody has it: a command is answered so. Each installs, is greeted, and has its own rows."""
    assert "isn’t installed" in await street.ask(street.acme, "status")
    browser = street.browser()
    for slack, name in ((street.acme, "mia"), (street.bravo, "omar")):
        status, page = await browser.install(slack, name)
        assert status == 200
        assert f"Kepi is installed in {slack.space.seed.team.name}" in page
        assert "slack://app?team=" in page
        await street.quiet(slack)
        greeting = [it for it in slack.person(name).bot_said("dm") if not it.is_private]
        assert len(greeting) == 1
        assert "Three steps" in greeting[0].words
    assert len(street.running.workspaces) == 2
    await street.acme.person("mia").command("/kpi note 12 nov Kepi Fair", "dm")
    await street.quiet()
    assert "Kepi Fair" in await street.ask(street.acme, "notes")
    assert "Kepi Fair" not in await street.ask(street.bravo, "notes")
    with street.running.workspaces.shared.database.read() as connection:
        found = connection.execute(text("SELECT team_id, name, installer FROM workspace")).all()
    assert sorted(map(tuple, found)) == [
        (ACME, "Acme", street.acme.member("mia").id),
        ("T0BRAVO0000", "Bravo", street.bravo.member("omar").id),
    ]


async def test_only_the_browser_that_began_installs_and_only_once(street: Street) -> None:
    """Each wrong way back is a page that says what to do; nothing is installed by any of them."""
    browser = street.browser()
    back = await browser.say_yes(await browser.begin(), street.acme)
    other = street.browser()
    await other.begin()
    async with street.session.get(f"{browser.address}/slack/install", allow_redirects=False) as it:
        cookie = it.headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    state = state_of(back)
    wrong = {
        back: (other, 400, "in the browser in which you began"),
        f"/slack/oauth_redirect?state={state}": (browser, 401, "sent nothing"),
        back + "&": (browser, 401, "used before"),
        "/slack/oauth_redirect?error=access_denied": (browser, 200, "you said no"),
        "/slack/oauth_redirect": (browser, 400, "Begin again"),
        "/slack/oauth_redirect?error=<script>": (browser, 200, "Begin again"),
    }
    for address, (who, expected, words) in wrong.items():
        status, _, page = await who.get(address)
        assert (status, words in page, "<script" in page) == (expected, True, False), address
        assert "Kepi isn&#x27;t installed" in page
    assert len(street.running.workspaces) == 0
    fresh = await browser.say_yes(await browser.begin(), street.acme)
    spoiled = re.sub(r"code=[^&]+", "code=made-up", fresh)
    status, _, page = await browser.get(spoiled)
    assert (status, "works once" in page) == (401, True)
    again = await browser.say_yes(await browser.begin(), street.acme)
    assert (await browser.get(again))[0] == 200
    assert (await browser.get(again))[0] == 401
    assert len(street.running.workspaces) == 1
    with street.running.workspaces.shared.database.read() as connection:
        held = connection.execute(text("SELECT digest FROM oauth_state")).scalars().all()
    assert state_of(fresh) not in held


async def test_a_whole_organization_is_refused_with_what_works(street: Street) -> None:
    """Nothing is kept of it; one of its workspaces installs in the same browser afterwards."""
    browser = street.browser()
    street.grounds.is_for_organization = True
    status, page = await browser.install(street.acme)
    assert status == 400
    assert "choose one workspace" in page
    assert "/slack/install" in page
    assert len(street.running.workspaces) == 0
    with street.running.workspaces.shared.database.read() as connection:
        assert installations(connection) == []
    street.grounds.is_for_organization = False
    assert (await browser.install(street.acme))[0] == 200


async def test_a_state_ends_after_ten_minutes(street: Street) -> None:
    """It is kept as a digest with its end; an older one is not taken."""
    browser = street.browser()
    back = await browser.say_yes(await browser.begin(), street.acme)
    past = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp() * 1_000_000)
    with street.running.workspaces.shared.database.write() as connection:
        row = connection.execute(text("SELECT digest, expires FROM oauth_state")).one()
        assert row.digest != state_of(back)
        assert 590 < (row.expires - past) / 1_000_000 < 602
        connection.execute(text("UPDATE oauth_state SET expires = :past"), {"past": past})
    status, _, page = await browser.get(back)
    assert (status, "older than ten minutes" in page) == (401, True)


async def test_after_a_reinstall_no_call_uses_the_old_token(street: Street) -> None:
    """Slack revokes the older token at once: a single call with it would be refused."""
    browser = street.browser()
    await browser.install(street.acme)
    await street.quiet(street.acme)
    first, before = street.acme.api.bot_token, len(street.acme.calls)
    await browser.install(street.acme, "omar")
    await street.quiet(street.acme)
    assert street.acme.api.bot_token != first
    assert "Kepi works" in await street.ask(street.acme, "status")
    assert {it.outcome for it in list(street.acme.calls)[before:]} == {"ok"}
    (served,) = street.running.workspaces
    assert served.context.client.token == street.acme.api.bot_token
    assert served.context.home.installer == street.acme.member("mia").id


def exchange(street: Street, slack: LocalSlack) -> None:
    """Let another process reinstall: the table has a new token, the old one is revoked."""
    said = street.grounds._redeem(street.grounds.code_of(slack, slack.member("mia").id))
    seal = Seal([KEY])
    with street.running.workspaces.shared.database.write() as connection:
        install(
            connection,
            team=said["team"]["id"],
            name=said["team"]["name"],
            sealed=seal.close(
                {
                    "team_id": said["team"]["id"],
                    "bot_token": said["access_token"],
                    "bot_user_id": said["bot_user_id"],
                    "bot_id": slack.space.seed.bot_id,
                    "user_id": said["authed_user"]["id"],
                }
            ),
            by=said["authed_user"]["id"],
            at=street.running.workspaces.shared.clock(),
            expires=None,
        )


async def test_what_another_process_installed_is_served_at_the_first_request(
    street: Street,
) -> None:
    """A team that this process never saw, and then a token that it never saw, are looked up."""
    assert LOOK_SECONDS > 5, "the test is quicker than the next look at the table"
    exchange(street, street.bravo)
    assert "Kepi works" in await street.ask(street.bravo, "status")
    exchange(street, street.bravo)
    assert "Kepi works" in await street.ask(street.bravo, "status")
    await street.bravo.person("mia").mention("#marketing", "help")
    await street.quiet(street.bravo)
    assert street.bravo.person("mia").bot_said("#marketing")


async def test_a_removed_kepi_stops_and_comes_back_with_its_rows(street: Street) -> None:
    """The token goes before Slack has its answer; the other workspace hears nothing of it."""
    browser, shared = street.browser(), street.running.workspaces.shared
    for slack in (street.acme, street.bravo):
        await browser.install(slack)
    await street.quiet()
    await street.acme.person("mia").command("/kpi note 12 nov Kepi Fair", "dm")
    await street.quiet()
    street.acme.revoke()
    await street.acme.settle()
    await street.running.workspaces.settle()
    assert [it.team for it in street.running.workspaces] == ["T0BRAVO0000"]
    assert len(street.running.workspaces.house.kept) == 1
    assert len(street.running.rounds.watches) == 1
    with shared.database.read() as connection:
        assert [it.team for it in installations(connection)] == ["T0BRAVO0000"]
        ((_, since, erase),) = departures(connection)
    assert erase - since == timedelta(days=30)
    calls = len(street.acme.calls)
    assert "isn’t installed" in await street.ask(street.acme, "status")
    assert "Kepi works" in await street.ask(street.bravo, "status")
    assert [
        it.method for it in list(street.acme.calls)[calls:] if it.method != "response_url"
    ] == []
    await browser.install(street.acme, "omar")
    assert "Kepi Fair" in await street.ask(street.acme, "notes")
    with shared.database.read() as connection:
        assert departures(connection) == []


async def test_a_removal_that_is_told_after_its_token_went_counts_too(street: Street) -> None:
    """Slack tells both in any order: by the second nobody serves the team any more."""
    await street.browser().install(street.acme)
    await street.quiet()
    street.acme.inject({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    await street.quiet()
    assert len(street.running.workspaces) == 1, "a person's token is none of ours"
    street.acme.api.is_revoked = True
    street.acme.inject({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U1"]}})
    await street.acme.settle()
    await street.running.workspaces.settle()
    shared = street.running.workspaces.shared
    with shared.database.read() as connection:
        assert (len(street.running.workspaces), departures(connection)) == (0, [])
    street.acme.inject({"type": "app_uninstalled"})
    await street.acme.settle()
    with shared.database.read() as connection:
        assert len(departures(connection)) == 1


async def test_tokens_are_renewed_for_work_that_nobody_wakes(tmp_path: Path) -> None:
    """Two processes look at once: one refreshes, and the other's next call has the new token."""
    async with enter_street(tmp_path, keys=KEY, rotates=True) as street:
        await street.browser().install(street.acme)
        await street.quiet()
        shared, seal = street.running.workspaces.shared, Seal([KEY])
        assert await renew_due(shared, seal) == []
        soon = int((datetime.now(UTC) + timedelta(minutes=90)).timestamp())
        with shared.database.write() as connection:
            (row,) = installations(connection)
            said = seal.open(row.sealed) | {"bot_token_expires_at": soon}
            connection.execute(
                text("UPDATE installation SET sealed = :sealed, expires = :expires"),
                {"sealed": seal.close(said), "expires": soon * 1_000_000},
            )
        old, refreshed = street.acme.api.bot_token, street.grounds.refreshed
        assert await renew_due(shared, seal) == [ACME]
        assert await renew_due(shared, seal) == []
        assert street.grounds.refreshed == refreshed + 1
        assert street.acme.api.bot_token != old
        served = street.running.workspaces.get(ACME)
        assert served is not None
        assert served.context.client.token == old
        posted = await served.context.client.chat_postMessage(channel="C0MARKETING", text="hello")
        assert posted["ok"]
        with shared.database.read() as connection:
            (row,) = installations(connection)
        held = read_installation(seal, row)
        assert held.bot_token == street.acme.api.bot_token
        assert row.expires is not None
        assert row.expires > datetime.now(UTC) + timedelta(hours=11)


async def test_tokens_at_rest_are_sealed_and_keys_change_without_losing_one(
    tmp_path: Path,
) -> None:
    """The file holds no token; a new key in front seals anew, and the old one may go."""
    async with enter_street(tmp_path, keys=KEY) as street:
        for slack in (street.acme, street.bravo):
            await street.browser().install(slack)
        await street.quiet()
        tokens = [it.api.bot_token for it in (street.acme, street.bravo)]
        told = {"PORT": "0", "DATABASE_URL": f"sqlite:///{tmp_path / 'kepi.db'}"}
        told |= street.grounds.environment
        held = b"".join(it.read_bytes() for it in tmp_path.iterdir())
        assert not [it for it in tokens if it.encode() in held]
        newer = make_key()
        for keys in (f"{newer},{KEY}", newer):
            async with start(read_settings(told | {"KEPI_SECRET_KEYS": keys})) as running:
                found = {it.context.client.token for it in running.workspaces}
                assert found == set(tokens), keys
        with pytest.raises(SettingsError, match="does not have"):
            async with start(read_settings(told | {"KEPI_SECRET_KEYS": make_key()})):
                pass


async def test_a_verb_needs_to_know_which_workspace(street: Street) -> None:
    """One is taken by itself; of two the team is asked for; none and strangers are told."""
    settings = street.settings
    async with share(settings) as shared:
        with pytest.raises(KepiError, match="installed nowhere"):
            await enter_installed(shared, None)
        await street.browser().install(street.acme)
        _, home = await enter_installed(shared, None)
        assert home.team == ACME
        await street.browser().install(street.bravo)
        with pytest.raises(KepiError, match=f"--workspace: {ACME}, T0BRAVO0000"):
            await enter_installed(shared, None)
        with pytest.raises(KepiError, match="isn't installed there"):
            await enter_installed(shared, "T0OTHER")


async def test_a_file_of_settings_is_checked_with_the_token_of_its_workspace(
    street: Street,
) -> None:
    """Ids that are new here are looked up in that Slack; nobody has to set SLACK_BOT_TOKEN."""
    await street.browser().install(street.acme)
    there = street.acme.person("mia").channel("#marketing").id
    document = read_document(
        f'[channels.{there}]\nanswers = "asker"\n[channels.C0STRANGE0]\nanswers = "asker"\n'
    )
    async with share(street.settings) as shared:
        with shared.database.read() as connection:
            workspace = only_workspace(connection, ACME)
            state = read_state(connection, workspace.id)
        home = verbs.Home(shared.database, workspace, shared.clock)
        await complain_with_slack(document, state, home, street.settings)
    assert [(it.line, it.words) for it in document.problems] == [
        (3, "There is no channel C0STRANGE0 in this workspace.")
    ]


SETTINGS = """
    client | secret | signing | port | keys | token | says
    -------+--------+---------+------+------+-------+------------------------------------------
    1.2    | s      | x       | 80   | key  |       |
    1.2    |        | x       | 80   | key  |       | set SLACK_CLIENT_SECRET too
    1.2    | s      |         |      | key  |       | set SLACK_SIGNING_SECRET, PORT too
    1.2    | s      | x       | 80   |      |       | set KEPI_SECRET_KEYS too. Make a key:
    1.2    | s      | x       | 80   | key  | xoxb-1| leave SLACK_BOT_TOKEN and SLACK_APP_TOKEN
"""


def test_settings_of_many_say_what_is_missing() -> None:
    """Each line is a start; an empty last cell is one that may serve."""
    names = (
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_SIGNING_SECRET",
        "PORT",
        "KEPI_SECRET_KEYS",
        "SLACK_BOT_TOKEN",
    )
    for line in SETTINGS.strip().splitlines()[2:]:
        *given, says = (cell.strip() for cell in line.split("|"))
        settings = read_settings(dict(zip(names, given, strict=True)))
        if not says:
            require_slack(settings)
            continue
        with pytest.raises(SettingsError, match=re.escape(says)):
            require_slack(settings)


def test_a_key_that_is_none_ends_the_start_in_one_line() -> None:
    for keys in ([], ["no key"], [KEY, "x" * 44]):
        with pytest.raises(SettingsError, match="python -m bot key"):
            Seal(keys)


def test_a_token_is_not_in_what_people_print(tmp_path: Path) -> None:
    """Neither settings nor seal show keys or secrets."""
    settings = read_settings(
        {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "planted", "KEPI_SECRET_KEYS": KEY}
    )
    assert "planted" not in repr(settings)
    assert KEY not in repr(settings)
    assert {"planted", KEY} <= set(settings.secrets)
    sealed = Seal([KEY]).close({"bot_token": "xoxb-planted"})
    file = tmp_path / "x.db"
    database = Database(f"sqlite:///{file}")
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y TEXT)")
        connection.execute(text("INSERT INTO x VALUES (:sealed)"), {"sealed": sealed})
    database.close()
    with sqlite3.connect(file) as plain:
        assert "xoxb" not in str(plain.execute("SELECT y FROM x").fetchall())
