"""Settings by form, over sockets: filled in, complained about, agreed to, taken back."""

from __future__ import annotations

from typing import Any

from bot.playground import Message, Person
from bot.playground.world import View
from storage.setting_changes import ChangeRow, history
from storage.settings import effective
from tests.slack.conftest import Enter, Town, enter

__all__ = ["enter"]
MARKETING = "#marketing"


async def form_of(who: Person, words: str, place: str = "dm", shows: str = "Time zone") -> View:
    await who.command(words, place)
    return await who.await_view(shows)


def errors_of(view: View) -> dict[str, str]:
    return {name.partition(":")[0]: words for name, words in view.errors.items()}


async def holds(town: Town, channel: str = "") -> dict[str, str]:
    context = town.running.context
    return await context.read(effective, context.home.workspace, channel)


async def changes(town: Town) -> list[ChangeRow]:
    context = town.running.context
    return await context.read(history, context.home.workspace)


def private(who: Person, place: str = "dm") -> Message:
    return [it for it in who.bot_said(place) if it.is_private or place == "dm"][-1]


async def told(town: Town, who: Person, words: str, place: str = "dm") -> Message:
    """Return the newest message that has ``words``, once it is there."""
    for _ in range(3):
        await town.quiet()
    found = [it for it in who.bot_said(place) if words in it.words]
    assert found, (words, [it.words for it in who.bot_said(place)])
    return found[-1]


async def test_an_admin_changes_the_workspace(enter: Enter) -> None:
    """Zone and currency ask once more where posts exist; all is saved together, and taken back."""
    async with enter() as town:
        mia = town.mia
        view = await form_of(mia, "/kpi settings")
        bad: dict[str, Any] = {"zone": "Mars", "currency": "crowns", "attribution-look-back": "0"}
        await mia.submit(view, bad)
        assert set(errors_of(view)) == set(bad)
        assert "not a time zone" in errors_of(view)["zone"]
        good = {
            "zone": "Stockholm",
            "currency": "sek",
            "attribution-look-back": "14",
            "answers": "asker",
        }
        await mia.submit(view, good)
        asked = await mia.await_view("goes from")
        assert "UTC to Europe/Stockholm" in asked.words
        assert "EUR to SEK" in asked.words
        assert (await holds(town))["zone"] == "UTC"
        await mia.submit(asked)
        saved = await told(town, mia, "Saved.")
        assert not town.slack.space.stacks.get(mia.id)
        now = await holds(town)
        wanted = ("Europe/Stockholm", "SEK", "14 days", "asker")
        assert (
            now["zone"],
            now["currency"],
            now["attribution-look-back"],
            now["answers"],
        ) == wanted
        assert {(it.key, it.by, it.source) for it in await changes(town)} == {
            (key, mia.id, "form") for key in good
        }
        assert "Time zone: UTC → Europe/Stockholm" in saved.words
        await mia.press(saved, "settings_undo")
        await told(town, mia, "As it was before.")
        assert (await holds(town))["zone"] == "UTC"
        assert (await holds(town))["answers"] == "everyone"


async def test_two_people_save_at_once(enter: Enter) -> None:
    """The second is told who changed what to what, keeps what they typed, and then decides.

    What only the first touched is not put back by the second.
    """
    async with enter(empty=True) as town:
        mia, ola = town.mia, town.omar
        promote(town, ola)
        first, second = await form_of(mia, "/kpi settings"), await form_of(ola, "/kpi settings")
        await mia.submit(first, {"language": "sv", "ratings": "on"})
        await told(town, mia, "Saved.")
        await ola.submit(second, {"language": "zh", "answers": "asker"})
        again = await ola.await_view("while this was open")
        assert "mia" in again.words
        assert "Svenska" in again.words
        assert (await holds(town))["language"] == "sv"
        await ola.submit(again)
        await told(town, ola, "Saved.")
        now = await holds(town)
        assert (now["language"], now["answers"], now["ratings"]) == ("zh", "asker", "on")


def promote(town: Town, who: Person) -> None:
    town.slack.space.members[who.id].is_admin = True


async def test_a_channel_has_exceptions(enter: Enter) -> None:
    """A member chooses; “as the workspace” follows the workspace; guests are turned away."""
    async with enter() as town:
        omar, gus = town.omar, town.person("gus")
        channel = omar.channel(MARKETING).id
        view = await form_of(omar, "/kpi settings here", MARKETING, "as the workspace")
        assert "As the workspace: Everyone there" in str(view.body)
        await omar.submit(view, {"answers": "asker", "morning": "off"})
        await told(town, omar, "Saved.", MARKETING)
        assert await holds(town, channel) == {
            "language": "en",
            "answers": "asker",
            "morning": "off",
        }
        assert (await holds(town))["answers"] == "everyone"
        view = await form_of(omar, "/kpi settings here", MARKETING, "2 of its own")
        await omar.submit(view, {"answers": "as-usual", "morning": "off"})
        await told(town, omar, "as the workspace", MARKETING)
        assert (await holds(town, channel))["answers"] == "everyone"
        await gus.command("/kpi settings history", "dm")
        await told(town, gus, "Guests can’t")
        await omar.command("/kpi settings")
        await told(town, omar, "An admin changes")
        await omar.command("/kpi settings here")
        await told(town, omar, "Say it in a channel")
        await omar.command("/kpi settings nonsense")
        await told(town, omar, "I don’t know “nonsense”")


async def test_history_tells_who_when_and_what(enter: Enter) -> None:
    """Twenty a page, newest first; a private channel's changes are its members' alone."""
    async with enter(empty=True) as town:
        mia, omar = town.mia, town.omar
        context = town.running.context
        from storage.settings import change

        for number in range(1, 26):
            words = f"{number} days"
            await context.write(
                change,
                context.home.workspace,
                "attribution-look-back",
                words,
                mia.id,
                context.clock(),
            )
        await omar.command("/kpi settings history")
        page = await told(town, omar, "newest first")
        assert "24 days → 25 days" in page.words
        assert "5 days → 6 days" in page.words
        assert "mia" in page.words
        assert "4 days → 5 days" not in page.words
        await omar.press(page, "settings_older:1")
        older = await told(town, omar, "30 days → 1 day")
        assert "24 days" not in older.words


async def test_history_of_the_workspace_opens_on_top_of_its_form(enter: Enter) -> None:
    """A button without a value remembers nothing, whatever id Slack gave to its block."""
    async with enter(empty=True) as town:
        mia, context = town.mia, town.running.context
        from storage.settings import change

        home = context.home.workspace
        await context.write(
            change, home, "attribution-look-back", "9 days", mia.id, context.clock()
        )
        form = await form_of(mia, "/kpi settings")
        await mia.press(form, "settings_history")
        page = await mia.await_view("30 days → 9 days")
        assert "newest first" in page.words


async def test_export_says_on_top_of_the_form_where_the_file_is(enter: Enter) -> None:
    async with enter(empty=True) as town:
        form = await form_of(town.mia, "/kpi settings")
        await town.mia.press(form, "settings_export")
        done = await town.mia.await_view("The settings are in our direct message")
        assert "drop it there" in done.words
