"""The one confirmation line in an issue's thread, over real sockets (support-spec §4.7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground import Fault, Message, Trouble
from commands.asker import Asker
from commands.pressed import Pressed
from commands.support.line_presses import follow
from commands.support.lines import refresh_line
from storage import issues
from storage.errors import KepiError
from support.timeline import State
from tests.support_life.conftest import GUS, OMAR, SUPPORT, TEAM, Desk

CHECK = "white_check_mark"


async def ask(desk: Desk, text: str = "Order 8841 never came, where is it?") -> Message:
    asked = await desk.person("gus").say(SUPPORT, text)
    await desk.quiet()
    return asked


async def answer(desk: Desk, root: Message, text: str = "It arrives tomorrow.") -> Message:
    said = await desk.person("omar").say(SUPPORT, text, root.ts)
    await desk.quiet()
    return said


async def solve(desk: Desk) -> tuple[Message, Message]:
    """Gus asks, Omar answers after 12 minutes and marks his answer after 48."""
    asked = await ask(desk)
    desk.slack.clock.advance(12 * 60)
    told = await answer(desk, asked)
    desk.slack.clock.advance(36 * 60)
    await desk.person("omar").react(told, CHECK)
    await desk.quiet()
    return asked, told


async def test_opening_and_answering_are_silent(desk: Desk) -> None:
    asked = await ask(desk)
    await answer(desk, asked)
    assert (await desk.row()).state == "responded"
    assert not desk.lines(asked)


async def test_a_solution_is_confirmed_in_one_line_with_undo(desk: Desk) -> None:
    """Names are plain text: nobody is pinged."""
    asked, _ = await solve(desk)
    (line,) = desk.lines(asked)
    assert "Solved by omar. First answer 12 min, solved in 48 min." in line.words
    assert line.element("line:undo")
    assert "<@" not in line.text + str(line.blocks)
    assert (await desk.row()).line == line.ts


async def test_a_second_mark_adds_nothing(desk: Desk) -> None:
    asked, told = await solve(desk)
    before = len(desk.slack.calls_of("chat.update"))
    await desk.person("mia").react(told, CHECK)
    await desk.quiet()
    assert len(desk.lines(asked)) == 1
    assert len(desk.slack.calls_of("chat.update")) == before


async def test_undo_leaves_nothing_to_say(desk: Desk) -> None:
    """A resolution that never was has no line."""
    asked, _ = await solve(desk)
    (line,) = desk.lines(asked)
    await desk.person("omar").press(line, "line:undo")
    await desk.quiet()
    assert not desk.lines(asked)
    assert (await desk.timeline()).state is State.RESPONDED
    assert not (await desk.timeline()).reopens
    assert (await desk.row()).line == ""


async def test_a_mark_taken_back_in_time_leaves_nothing_to_say(desk: Desk) -> None:
    asked, told = await solve(desk)
    await desk.person("omar").react(told, CHECK, remove=True)
    await desk.quiet()
    assert not desk.lines(asked)


async def test_undo_becomes_reopen_after_ten_minutes(desk: Desk) -> None:
    """The same line, never both buttons; and once is enough."""
    asked, _ = await solve(desk)
    desk.slack.clock.advance(9 * 60)
    await desk.wake()
    assert desk.lines(asked)[0].element("line:undo")
    desk.slack.clock.advance(2 * 60)
    await desk.wake()
    (line,) = desk.lines(asked)
    assert line.element("line:reopen")
    with pytest.raises(LookupError):
        line.element("line:undo")
    edits = len(desk.slack.calls_of("chat.update"))
    await desk.wake()
    assert len(desk.slack.calls_of("chat.update")) == edits


async def test_an_undo_that_comes_too_late_says_what_works(desk: Desk) -> None:
    """The line had not turned yet; now it has."""
    asked, _ = await solve(desk)
    (line,) = desk.lines(asked)
    desk.slack.clock.advance(11 * 60)
    await desk.person("omar").press(line, "line:undo")
    await desk.quiet()
    assert (await desk.timeline()).state is State.RESOLVED
    (told,) = desk.whispers("omar")
    assert "/support reopen 1" in told.words


async def test_reopen_edits_the_line(desk: Desk) -> None:
    asked, _ = await solve(desk)
    desk.slack.clock.advance(11 * 60)
    await desk.wake()
    await desk.person("mia").press(desk.lines(asked)[0], "line:reopen")
    await desk.quiet()
    (line,) = desk.lines(asked)
    assert "Reopened by mia at" in line.words
    assert [why for _, why in (await desk.timeline()).reopens] == ["button"]


async def test_a_customer_who_writes_again_edits_the_line(desk: Desk) -> None:
    """“Reopened, … wrote at …. Still waiting.”, then who answered, then solved again."""
    asked, _ = await solve(desk)
    desk.slack.clock.advance(3600)
    again = await desk.person("gus").say(SUPPORT, "It is still not here", asked.ts)
    await desk.quiet()
    (line,) = desk.lines(asked)
    clock = desk.slack.clock.instant()
    assert f"Reopened, gus wrote at {clock:%H:%M}" in line.words
    assert "Still waiting." in line.words
    desk.slack.clock.advance(600)
    await answer(desk, asked, "Here is another one.")
    assert "omar answered in 10 min." in desk.lines(asked)[0].words
    await desk.person("omar").press(desk.lines(asked)[0], "line:resolve")
    await desk.quiet()
    (line,) = desk.lines(asked)
    assert "reopened once" in line.words
    assert again.ts


async def test_a_dismissal_takes_the_line_away(desk: Desk) -> None:
    asked, _ = await solve(desk)
    await desk.person("gus").say(SUPPORT, "It is still not here", asked.ts)
    await desk.quiet()
    assert desk.lines(asked)
    await desk.person("omar").react(asked, "no_entry_sign")
    await desk.quiet()
    assert (await desk.row()).state == "dismissed"
    assert not desk.lines(asked)


async def test_somebody_who_does_not_answer_here_cannot_undo(desk: Desk) -> None:
    desk.slack.newcomer("zoe", channels=[SUPPORT])
    asked, _ = await solve(desk)
    await desk.person("zoe").press(desk.lines(asked)[0], "line:undo")
    await desk.quiet()
    assert (await desk.row()).state == "resolved"
    assert "Only people who answer" in desk.whispers("zoe")[0].words


async def test_a_channel_without_lines_has_none(desk: Desk) -> None:
    await desk.track(rules=replace(TEAM, lines="none"))
    asked, _ = await solve(desk)
    assert (await desk.row()).state == "resolved"
    assert not desk.lines(asked)
    assert not desk.whispers("omar")


async def test_private_lines_go_to_the_solver_alone(desk: Desk) -> None:
    await desk.track(rules=replace(TEAM, lines="private"))
    asked, _ = await solve(desk)
    assert not desk.lines(asked)
    (told,) = desk.whispers("omar")
    assert "Solved: issue 1. First answer 12 min, solved in 48 min." in told.words
    assert not desk.whispers("mia")
    await desk.person("omar").press(told, "line:undo")
    await desk.quiet()
    assert (await desk.row()).state == "responded"
    assert "Taken back" in desk.whispers("omar")[-1].words


async def test_a_line_that_was_posted_before_a_crash_is_found_again(desk: Desk) -> None:
    """Between the post and the note of its ts: the next look finds it by its key."""
    asked, _ = await solve(desk)
    (line,) = desk.lines(asked)
    workspace = desk.context.home.workspace
    row = await desk.row()
    await desk.context.write(issues.set_line, workspace, row.id, "", "")
    desk.context.shown.forget(str(row.id))
    await refresh_line(desk.context, row.id)
    assert [it.ts for it in desk.lines(asked)] == [line.ts]
    assert (await desk.row()).line == line.ts


async def test_a_lost_answer_does_not_double_the_line(desk: Desk) -> None:
    """The post arrived, the answer did not."""
    desk.slack.faults.add(Fault(Trouble.DROP_REPLY, "chat.postMessage"))
    asked, _ = await solve(desk)
    assert len(desk.lines(asked)) == 1
    assert len(desk.slack.calls_of("chat.postMessage")) == 1


async def test_a_line_that_somebody_deleted_is_not_put_back_until_there_is_news(
    desk: Desk,
) -> None:
    asked, _ = await solve(desk)
    (line,) = desk.lines(asked)
    await desk.person("mia").delete(line)
    await desk.quiet()
    assert not desk.lines(asked)
    await desk.person("gus").say(SUPPORT, "It is still not here", asked.ts)
    await desk.quiet()
    (line,) = desk.lines(asked)
    assert "Reopened" in line.words


async def test_kepi_adds_a_ticket_to_what_is_new(desk: Desk) -> None:
    """To the first message, once; not where somebody had put one."""
    await desk.track(rules=replace(TEAM, add_ticket=True))
    asked = await ask(desk)
    kepi = desk.slack.space.seed.bot_user
    assert asked.reactions == {"ticket": [kepi]}
    other = await desk.person("mia").say(SUPPORT, "A customer called about their invoice")
    await desk.quiet()
    await desk.person("mia").react(other, "ticket")
    await desk.quiet()
    assert (await desk.row(2)).via == "mark"
    assert kepi not in other.reactions["ticket"]


async def test_in_a_shared_channel_the_other_company_sees_nothing(desk: Desk) -> None:
    """No line, no 🎫; the solver alone is told (what-people-see §5)."""
    shared = replace(TEAM, is_shared=True, add_ticket=True)
    await desk.track("#partner-acme", shared)
    lena, omar = desk.person("lena"), desk.person("omar")
    asked = await lena.say("#partner-acme", "Where is our order?")
    await desk.quiet()
    told = await omar.say("#partner-acme", "On its way.", asked.ts)
    await desk.quiet()
    await omar.react(told, CHECK)
    await desk.quiet()
    (row,) = await desk.rows("#partner-acme")
    assert row.state == "resolved"
    assert not lena.bot_said("#partner-acme")
    assert not asked.reactions
    (whisper,) = desk.whispers("omar", "#partner-acme")
    assert "Solved: issue 1." in whisper.words
    assert whisper.element("line:undo")
    desk.slack.clock.advance(11 * 60)
    await omar.press(whisper, "line:undo")
    await desk.quiet()
    (whisper,) = desk.whispers("omar", "#partner-acme")
    assert "too late" in whisper.words
    await omar.press(whisper, "line:reopen")
    await desk.quiet()
    (row,) = await desk.rows("#partner-acme")
    assert row.state != "resolved"
    await lena.say("#partner-acme", "It is still not here", asked.ts)
    await desk.quiet()
    assert not lena.bot_said("#partner-acme")


async def test_a_customer_of_another_company_closes_nothing_and_is_told_nothing(
    desk: Desk,
) -> None:
    await desk.track("#partner-acme", replace(TEAM, is_shared=True))
    lena = desk.person("lena")
    asked = await lena.say("#partner-acme", "Where is our order?")
    await desk.quiet()
    await lena.react(asked, CHECK)
    await desk.quiet()
    assert (await desk.rows("#partner-acme"))[0].state == "open"
    assert not lena.bot_said("#partner-acme")


@pytest.mark.parametrize(
    ("name", "value"),
    [("undo", ""), ("undo", "x"), ("undo", "9" * 30), ("undo", "²"), ("attach", "1"), ("no", "1")],
)
async def test_a_button_from_elsewhere_says_that_it_is_old(
    desk: Desk, name: str, value: str
) -> None:
    """What a button remembers is never trusted."""
    await ask(desk)
    pressed = Pressed(Asker(OMAR, "C0SUPPORT00"), value, "1.2", "", is_private=True)
    with pytest.raises(KepiError, match="earlier version"):
        await follow(desk.context, name, pressed, 0)


def test_the_cast_is_as_the_tests_say() -> None:
    assert {GUS, OMAR} & {*TEAM.responders} == {OMAR}
