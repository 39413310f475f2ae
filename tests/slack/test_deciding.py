"""A file is decided on once, however impatient the presses and however shaky Slack is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.playground import Fault, Trouble
from storage.accounts import accounts, add_account
from storage.database import Database
from tests.slack.conftest import Enter, Town
from tests.slack.test_files import GOOD, dropped, file_of


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Keep everybody else from writing."""
    begun, free = threading.Event(), threading.Event()

    def hold() -> None:
        with database.write():
            begun.set()
            free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(10)
    try:
        yield
    finally:
        free.set()
        holder.join()


@pytest.mark.parametrize("second", ["file_import", "file_cancel"])
async def test_a_press_while_the_file_is_stored_changes_nothing(
    socket_town: Town, second: str
) -> None:
    """The report of the first press stays, with its way back."""
    town = socket_town
    message = await dropped(town, file_of(GOOD))
    context = town.running.context
    with held(context.database):
        await town.omar.press(message, "file_import")
        changes = town.slack.space.changes
        assert await changes.until(lambda: context.deciding or None, 10)
        await town.omar.press(message, second)
    await town.quiet()
    (report,) = town.omar.bot_said("dm")
    assert report.ts == message.ts
    assert "Added 3 posts." in report.words
    await town.omar.press(report, "file_undo")
    await town.omar.await_message("dm", "Took back posts.csv")


async def test_a_file_that_was_being_stored_in_a_crash_can_be_decided_on(enter: Enter) -> None:
    """What holds a second press off is not in the database."""
    async with enter() as town:
        message = await dropped(town, file_of(GOOD))
        town.running.context.deciding.add(1)
        kept = town.slack.space.messages
    async with enter() as town:
        town.slack.space.messages.update(kept)
        await town.omar.press(message, "file_import")
        await town.omar.await_message("dm", "Added 3 posts.")


async def test_an_unconfirmed_preview_is_not_sent_again(socket_town: Town) -> None:
    """It arrived, its answer was lost, and Kepi could not look."""
    town = socket_town
    town.slack.faults.drop_reply("chat.postMessage")
    town.slack.faults.add(
        Fault(Trouble.OK_FALSE, "conversations.history", times=9, error="missing_scope")
    )
    await dropped(town, file_of(GOOD))
    assert len(town.omar.bot_said("dm")) == 1
    assert len(town.slack.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize("trouble", [Trouble.ERROR_STATUS, Trouble.DROP_REQUEST])
async def test_a_download_that_breaks_is_asked_for_again(
    socket_town: Town, trouble: Trouble
) -> None:
    """And where it stays broken the person is told what to do."""
    town = socket_town
    town.slack.faults.add(Fault(trouble, "download"))
    assert "3 new" in (await dropped(town, file_of(GOOD))).words
    town.slack.faults.add(Fault(trouble, "download", times=9))
    again = await dropped(town, file_of(GOOD))
    assert again.words == "Slack did not give me posts.csv. Drop it here again in a minute."


async def test_bad_rows_that_slack_does_not_take_are_told_of(socket_town: Town) -> None:
    """In words, under the preview that stands."""
    town = socket_town
    town.slack.faults.add(
        Fault(Trouble.OK_FALSE, "files.getUploadURLExternal", times=9, error="not_allowed")
    )
    rows = "".join(
        f"{n},nova,11/05/2026 10:00,IG image,https://instagram.com/p/{n},120,-7,10,2\n"
        for n in range(100, 120)
    )
    last = await dropped(town, file_of(GOOD, rows))
    assert last.words == "Slack did not take the data file. Try again in a minute."
    assert len(town.omar.bot_said("dm")) == 2


NAMELESS = b"Post id,Date,Post text,Impressions,Likes\n71,2026-11-02 10:00 +0000,Hello,120,10\n"


async def test_a_file_that_names_nobody_is_offered_the_accounts_of_its_platform(
    socket_town: Town,
) -> None:
    """Not those of other platforms, nor rivals; with one chosen it is read as that one's."""
    town = socket_town
    context = town.running.context
    with context.database.write() as connection:
        for handle, brand, own in (("beta", "Acme", True), ("rival", "Rival", False)):
            add_account(connection, context.home.workspace, "x", handle, brand, own)
        known = accounts(connection, context.home.workspace)
    expected = [f"X {it.handle}" for it in known if it.own and it.platform == "x"]
    assert len(expected) == 2
    message = await dropped(town, NAMELESS)
    assert "does not say whose" in message.words
    labels = [it["text"]["text"] for it in message.blocks[-1]["elements"]]
    assert [it.lower() for it in labels] == [*map(str.lower, expected), "cancel"]
    await town.omar.press(message, f"file_account:{expected.index('X beta')}")
    await town.omar.await_message("dm", "X posts, 1 row, 2 Nov 2026, beta. 1 new")
