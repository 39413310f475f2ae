"""What is said in a private channel stays with its members, in figures too (design §10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.manifest import build_manifest
from bot.playground import Message
from bot.playground.sample_town import town_of
from commands.support.draft import Draft
from commands.support.saving import Place, save_setup
from commands.who_sees import Readers, hidden_from
from kpis import wording
from kpis.asking import Answers, ask
from storage.database import Database
from storage.errors import KepiError
from support.rules import Mode, Rules
from tests.service.conftest import NOW
from tests.service.issues_drawn import draw_issues, track
from tests.slack.conftest import Town, enter_town

DRAWN = """
    channel | opened           | answered | solved | platform | due  | now
    --------+------------------+----------+--------+----------+------+-----------------
    C1      | 2026-11-18 09:00 | +1 h     | +2 h   | x        | +3 h | 2026-11-22 12:00
    C1      | 2026-11-19 09:00 |          |        | x        | +3 h | 2026-11-22 12:00
    C2      | 2026-11-18 10:00 | +5 h     | +7 h   | line     | +3 h | 2026-11-22 12:00
    C2      | 2026-11-10 10:00 |          |        | line     | +3 h | 2026-11-22 12:00
"""
ALONE = "\n".join(it for it in DRAWN.strip().splitlines() if "C2" not in it)
BOARD = frozenset({"C2"})
WORDS = (
    *("first response time", "first response time cohort", "resolution time", "customer wait"),
    *("issues", "issues resolved", "open issues", "response rate", "reopen rate", "sla"),
    *("issues by channel", "open issues by platform", "issues vs last year", "sla by target"),
)


def say(database: Database, workspace: int, words: str, hidden: frozenset[str]) -> str:
    reply = ask(
        words, database=database, workspace=workspace, now=NOW, explained=True, hidden=hidden
    )
    assert isinstance(reply, Answers)
    return "\n".join(
        line
        for it in reply.answers
        for line in (wording.plain(it), *it.receipt.lines, it.receipt.repeat)
    )


@pytest.mark.parametrize("words", WORDS)
def test_a_hidden_channel_is_as_if_it_were_not_there(database: Database, words: str) -> None:
    """Word for word what a workspace says that tracks the other channel alone."""
    workspace = track(database, {"C1": "care"})
    draw_issues(database, ALONE)
    without = say(database, workspace, words, frozenset())
    track(database, {"C2": "board"})
    lines = DRAWN.strip().splitlines()
    draw_issues(database, "\n".join([*lines[:2], *(it for it in lines if "C2" in it)]))
    assert say(database, workspace, words, BOARD) == without
    assert say(database, workspace, words, frozenset()) != without


@pytest.mark.parametrize("named", ["#board", "<#C2|board>", "in #board", "#C2", "board"])
def test_naming_a_hidden_channel_is_naming_one_that_is_not_there(
    database: Database, named: str
) -> None:
    """The words are those for a channel that nobody tracks, and do not name what is hidden."""
    workspace = track(database, {"C1": "care", "C2": "board"})
    draw_issues(database, DRAWN)
    told = []
    for words in (f"first response time {named}", f"first response time {named}".replace("2", "9")):
        with pytest.raises(KepiError) as refused:
            say(database, workspace, words.replace("board", "bored"), BOARD)
        told.append(str(refused.value).replace("#C9", "#C2").replace("bored", "board"))
        with pytest.raises(KepiError) as refused:
            say(database, workspace, words, BOARD)
        told.append(str(refused.value).replace("#C9", "#C2"))
    assert len(set(told)) == 1
    if named != "board":
        assert told[0].endswith("is not set up. Tracked: #care.")


def test_a_channel_that_nobody_tracks_is_refused(database: Database) -> None:
    """It is never left out in silence: the figure would be of something else."""
    workspace = track(database, {"C1": "acme-care", "C2": "help-it"})
    draw_issues(database, DRAWN)
    for named in ("#board", "<#C9|board>", "in #board last week"):
        with pytest.raises(KepiError) as refused:
            say(database, workspace, f"open issues {named}", frozenset())
        assert str(refused.value) == "#board is not set up. Tracked: #acme-care, #help-it."


# --- in Slack ------------------------------------------------------------------------------


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[Town]:
    """#help-it for everyone with one issue, private #board (Mia, Omar) with another."""
    async with enter_town(tmp_path, seed=town_of(build_manifest("socket")), empty=True) as town:
        object.__setattr__(town.running.context, "clock", town.slack.clock.instant)
        await town.mia.invite_bot("#board")
        await town.quiet()
        for channel in ("#help-it", "#board"):
            await set_up(town, channel)
        await town.person("tom").say("#help-it", "where is my order?")
        await town.omar.say("#board", "a secret takeover")
        await town.quiet()
        yield town


async def set_up(town: Town, channel: str) -> None:
    context, found = town.running.context, town.mia.channel(channel)
    rules = Rules(mode=Mode.AUTO, responders=(town.mia.id,), others_are="customer")
    place = Place(found.id, found.name, found.is_ext_shared)
    await context.write(
        save_setup, context.home.workspace, Draft(found.id, rules), place, town.mia.id,
        context.clock(),
    )  # fmt: skip


async def command(town: Town, who: str, words: str, channel: str) -> Message:
    await town.person(who).command(words, channel)
    await town.quiet()
    return town.person(who).bot_said(channel)[-1]


def words_of(message: Message) -> str:
    return f"{message.text}\n{message.blocks}"


async def test_a_public_answer_tells_nothing_of_a_private_channel(board: Town) -> None:
    """Whoever asks: others read it. In the private channel itself its members read it."""
    for who in ("ida", "mia"):
        said = await command(board, who, "/kpi open issues by channel", "#help-it")
        assert not said.is_private
        assert "1 open now" in words_of(said)
        assert "board" not in words_of(said)
    said = await command(board, "mia", "/kpi open issues by channel", "#board")
    assert "2 open now" in words_of(said)
    assert "#board" in words_of(said)


async def test_alone_a_member_is_told_of_the_private_channel_and_others_are_not(
    board: Town,
) -> None:
    """In the direct message, and where Kepi answers the asker alone."""
    for words, channel in (
        ("/kpi open issues by channel", "dm"),
        ("/kpi open issues by channel private", "#help-it"),
    ):
        assert "2 open now" in words_of(await command(board, "mia", words, channel))
        said = words_of(await command(board, "ida", words, channel))
        assert "1 open now" in said
        assert "board" not in said


async def test_naming_the_private_channel_tells_others_nothing(board: Town) -> None:
    for channel in ("dm", "#help-it"):
        said = await command(board, "ida", "/kpi open issues in #board today", channel)
        assert "is not set up. Tracked: #help-it." in words_of(said)


async def test_buttons_tell_no_more_than_the_answer(board: Town) -> None:
    """*How?* under what everyone reads; the data file in a direct message."""
    said = await command(board, "ida", "/kpi open issues by channel", "#help-it")
    await board.mia.press(said, "how")
    await board.quiet()
    view = board.mia.open_view()
    assert view is not None
    assert "1 open now" in str(view.body)
    assert "board" not in str(view.body)
    said = await command(board, "ida", "/kpi open issues by channel", "dm")
    await board.person("ida").press(said, "more", "data")
    await board.quiet()
    file = board.person("ida").files(board.person("ida").bot_said("dm")[-1])[0]
    assert b"help-it" in (file.data or b"")
    assert b"board" not in (file.data or b"")


async def test_what_is_posted_to_a_channel_is_what_its_people_may_read(board: Town) -> None:
    """From Mia's direct message, with the private channel, to one that everyone reads."""
    said = await command(board, "mia", "/kpi open issues by channel", "dm")
    assert "2 open now" in words_of(said)
    await board.mia.press(said, "more", "post")
    await board.quiet()
    view = board.mia.open_view()
    assert view is not None
    await board.mia.submit(view, {"channel": board.mia.channel("#help-it").id})
    await board.quiet()
    posted = board.mia.bot_said("#help-it")[-1]
    assert "1 open now" in words_of(posted)
    assert "board" not in words_of(posted)


async def test_guests_are_told_no_figures_of_issues(board: Town) -> None:
    """One plain line, for them alone (design §10)."""
    said = await command(board, "gus", "/kpi open issues", "#help-it")
    assert said.is_private
    assert said.text == "Guests can't ask about customer issues. A member of the workspace can."


async def test_figures_by_person_are_not_shown_to_everyone_by_themselves(board: Town) -> None:
    """Once an admin turned them on, the asker alone sees them."""
    context = board.running.context
    await context.write(turn_on, context.home.workspace, board.mia.id, context.clock())
    said = await command(board, "mia", "/kpi issues by person today", "#help-it")
    assert said.is_private
    assert "nobody yet" in words_of(said)


async def test_a_form_does_not_show_people_to_everyone(board: Town) -> None:
    """*Change* under what everyone reads, split by person: the answer is for the asker alone."""
    context = board.running.context
    await context.write(turn_on, context.home.workspace, board.mia.id, context.clock())
    said = await command(board, "mia", "/kpi issues today", "#help-it")
    assert not said.is_private
    await board.mia.press(said, "change")
    await board.quiet()
    view = board.mia.open_view()
    assert view is not None
    await board.mia.submit(view, {"by": "person"})
    await board.quiet()
    last = board.mia.bot_said("#help-it")[-1]
    assert last.is_private
    assert "by person" in words_of(last)
    shown = [it for it in board.person("tom").bot_said("#help-it") if not it.is_private]
    assert not any("by person" in words_of(it) for it in shown)


def untrack(connection, workspace, channel) -> None:  # type: ignore[no-untyped-def]
    from storage.issue_tables import Desk
    from storage.tables import table_of

    desk = table_of(Desk)
    here = (desk.c.workspace == workspace) & (desk.c.channel == channel)
    connection.execute(desk.delete().where(here))


def turn_on(connection, workspace, by, now) -> None:  # type: ignore[no-untyped-def]
    from storage.support_notes import choose
    from support.rules import FIGURES_BY_PERSON

    choose(connection, workspace, FIGURES_BY_PERSON, True, by, now)


async def test_a_channel_that_is_tracked_no_more_stays_hidden(board: Town) -> None:
    """Its issues are kept, and so is its privacy."""
    context = board.running.context
    gone = board.mia.channel("#board").id
    await context.write(untrack, context.home.workspace, gone)
    assert await hidden_from(context, Readers(board.person("ida").id)) == {gone}
    assert len(await hidden_from(context, Readers(board.person("gus").id))) == 2
    assert await hidden_from(context, Readers(board.mia.id)) == frozenset()
    everyone = Readers(board.mia.id, board.mia.channel("#help-it").id)
    assert await hidden_from(context, everyone) == {gone}
