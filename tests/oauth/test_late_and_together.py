"""Leaving and coming back at once: late events, two processes, one team that cannot be served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.oauth.renewing import renew_due
from bot.oauth.serve import Installed
from bot.serve import start
from bot.settings import read_settings
from storage.installations import Seal, departures, installations, make_key
from tests.oauth.conftest import ACME, Street, enter_street
from tests.oauth.test_installing import KEY

BOT_GONE = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U1"]}}
GONE = {"type": "app_uninstalled"}


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with enter_street(tmp_path, keys=KEY) as ready:
        yield ready


async def test_an_event_of_the_installation_before_takes_nothing_away(street: Street) -> None:
    """Slack sends an event for an hour when nobody acknowledged it; meanwhile Kepi is back."""
    browser = street.browser()
    await browser.install(street.acme)
    await street.quiet()
    street.acme.revoke()
    await street.acme.settle()
    await street.running.workspaces.settle()
    await browser.install(street.acme)
    for event in (BOT_GONE, GONE):
        street.acme.inject(event)
        await street.acme.settle()
        await street.running.workspaces.settle()
    with street.running.workspaces.shared.database.read() as connection:
        assert [it.team for it in installations(connection)] == [ACME]
        assert departures(connection) == []
    assert "Kepi works" in await street.ask(street.acme, "status")


async def test_ten_removals_and_returns_end_with_kepi_there(street: Street) -> None:
    """Each return comes while the removal before is still being heard of; the last one counts."""
    browser = street.browser()
    await browser.install(street.bravo)
    for _ in range(10):
        await browser.install(street.acme)
        street.acme.revoke()
    await browser.install(street.acme)
    await street.quiet()
    await street.running.workspaces.settle()
    assert "Kepi works" in await street.ask(street.acme, "status")
    assert "Kepi works" in await street.ask(street.bravo, "status")
    with street.running.workspaces.shared.database.read() as connection:
        assert sorted(it.team for it in installations(connection)) == [ACME, "T0BRAVO0000"]
        assert departures(connection) == []
    assert len(street.running.workspaces) == 2
    assert len(street.running.workspaces.house.kept) == 2


async def test_what_ended_though_it_is_installed_is_begun_at_the_next_look(street: Street) -> None:
    """A return that was served by the workspace that is just ending: its digests go on."""
    for slack in (street.acme, street.bravo):
        await street.browser().install(slack)
    await street.quiet()
    installed = Installed(street.running.workspaces, Seal([KEY]))
    await installed.look()
    await street.running.workspaces.end(ACME)
    await installed.look()
    assert {it.team for it in street.running.workspaces} == {ACME, "T0BRAVO0000"}


async def test_a_token_that_no_key_opens_holds_no_other_team_up(street: Street) -> None:
    """Neither what others installed nor their renewal waits for it."""
    for slack in (street.acme, street.bravo):
        await street.browser().install(slack)
    await street.quiet()
    shared, seal = street.running.workspaces.shared, Seal([KEY])
    soon = int((datetime.now(UTC) + timedelta(minutes=90)).timestamp()) * 1_000_000
    with shared.database.write() as connection:
        first = installations(connection)[0]
        assert first.team == ACME
        foreign = Seal([make_key()]).close({"bot_token": "xoxb-other"})
        connection.execute(
            text("UPDATE installation SET sealed = :it WHERE team = :team"),
            {"it": foreign, "team": ACME},
        )
        connection.execute(text("UPDATE installation SET expires = :it"), {"it": soon})
    await street.running.workspaces.end("T0BRAVO0000")
    await Installed(street.running.workspaces, seal).look()
    assert street.running.workspaces.get("T0BRAVO0000") is not None
    assert await renew_due(shared, seal) == []  # of Bravo there is nothing to renew with


async def test_two_processes_serve_one_database_and_hear_of_each_other(
    street: Street, tmp_path: Path
) -> None:
    """What one lets in, renames the token of and lets go, the other does at its next look."""
    told = street.grounds.environment | {
        "PORT": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'kepi.db'}",
        "KEPI_SECRET_KEYS": KEY,
    }
    async with start(read_settings(told)) as second:
        installed = Installed(second.workspaces, Seal([KEY]))
        await street.browser().install(street.acme)
        await installed.look()
        served = second.workspaces.get(ACME)
        assert served is not None
        await street.browser().install(street.acme, "omar")
        assert (await served.context.client.auth_test())["ok"]
        street.acme.revoke()
        await street.quiet()
        await street.running.workspaces.settle()
        await installed.look()
        assert len(second.workspaces) == 0
