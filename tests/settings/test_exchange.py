"""The file of settings in Slack: sent to an admin, changed, dropped, looked at, applied."""

from __future__ import annotations

from bot.playground import Message, Person
from storage.setting_changes import history
from storage.settings import change, effective
from tests.slack.conftest import Enter, Town, enter

__all__ = ["enter"]
NAME = "kepi-settings.toml"


async def last(town: Town, who: Person) -> Message:
    for _ in range(3):
        await town.quiet()
    return [it for it in who.bot_said("dm") if it.blocks][-1]


async def drop(town: Town, who: Person, text: str, name: str = NAME) -> Message:
    await who.drop("dm", name, text.encode())
    return await last(town, who)


async def test_it_is_sent_changed_and_applied(enter: Enter) -> None:
    async with enter(empty=True) as town:
        mia, omar = town.mia, town.omar
        care = mia.channel("#support").id
        await mia.command("/kpi settings export")
        await last(town, mia)
        (file,) = [it for it in town.slack.space.files.values() if it.name == NAME]
        text = (file.data or b"").decode()
        same = await drop(town, mia, text)
        assert "says what holds already" in same.words
        table = f'[channels.{care}]\nanswers = "asker"\n[channels.{care}.support]\nmode = "auto"\n'
        changed = text.replace('zone = "UTC"', 'zone = "Europe/Oslo"') + table
        changed += f'responders = ["{omar.id}"]\nfirst-answer = "45 min"\n'
        shown = await drop(town, mia, changed)
        assert "Time zone: UTC → Europe/Oslo" in shown.words
        assert "First answer within: – → 45 min" in shown.words
        context = town.running.context
        home = context.home.workspace
        assert (await context.read(effective, home))["zone"] == "UTC"
        await mia.press(shown, "settings_apply")
        await last(town, mia)
        assert (await context.read(effective, home))["zone"] == "Europe/Oslo"
        assert (await context.read(effective, home, care))["answers"] == "asker"
        rows = await context.read(history, home)
        assert {(it.by, it.source) for it in rows} == {(mia.id, "file")}
        shown = await drop(town, mia, changed.replace("45 min", "30 min"))
        await mia.command("/kpi language default svenska")
        await last(town, mia)
        again = changed.replace("45 min", "20 min").replace('language = "en"', 'language = "zh"')
        moved = await drop(town, mia, again)
        await mia.command("/kpi language default bahasa")
        await town.quiet()
        await mia.press(moved, "settings_apply")
        assert "Settings changed since" in (await last(town, mia)).words


async def test_what_is_wrong_is_told_and_others_may_not(enter: Enter) -> None:
    """Ids of nobody here, guests among who answers, faults by line; members are turned away."""
    async with enter(empty=True) as town:
        mia, omar, gus = town.mia, town.omar, town.person("gus")
        care = mia.channel("#support").id
        bad = '[workspace]\nzone = "x"\n[channels.C0ELSEWHERE]\nanswers = "asker"\n'
        bad += f'[channels.{care}.support]\nmode = "auto"\nresponders = ["{gus.id}", "U0NOBODY0"]\n'
        told = await drop(town, mia, bad)
        assert "Nothing was applied. 3 things are wrong" in told.words
        for words in ("line 2, workspace.zone", "no channel C0ELSEWHERE", f"no person {gus.id}"):
            assert words in told.words, told.words
        assert "settings_apply" not in str(told.blocks)
        assert "An admin changes" in (await drop(town, omar, bad)).words
        await omar.command("/kpi settings export")
        assert "An admin changes" in (await last(town, omar)).words
        context = town.running.context
        assert await context.read(history, context.home.workspace) == []


async def test_an_applied_file_is_undone_unless_somebody_changed_it(enter: Enter) -> None:
    """What follows is said before; who changed what since is named, and then nothing is undone."""
    async with enter(empty=True) as town:
        mia, omar = town.mia, town.omar
        context = town.running.context
        home = context.home.workspace
        text = '[workspace]\nkeep-words = "30 days"\nlanguage = "sv"\n'
        shown = await drop(town, mia, text)
        assert "What is older goes in the coming night" in shown.words
        await mia.press(shown, "settings_apply")
        applied = await last(town, mia)
        await context.write(change, home, "language", "zh", omar.id, context.clock())
        await mia.press(applied, "settings_take_back")
        refused = (await last(town, mia)).words
        assert "omar" in refused
        assert "Language in channels" in refused
        assert (await context.read(effective, home))["keep-words"] == "30 days"
        await context.write(change, home, "language", "sv", omar.id, context.clock())
        await mia.press(applied, "settings_take_back")
        await last(town, mia)
        assert any("As it was before the file:" in it.words for it in mia.bot_said("dm"))
        now = await context.read(effective, home)
        assert (now["keep-words"], now["language"]) == ("365 days", "en")
        assert (await context.read(history, home))[0].source == "undo"
