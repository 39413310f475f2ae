"""How lines of the history are read: names for ids, what differs, and nobody else's secrets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.playground import Person
from commands.settings.history import say_difference
from commands.settings.history_words import LONGEST, cut_apart
from storage.setting_changes import ChangeRow, note_change
from tests.slack.conftest import NOW, Enter, Town, enter

__all__ = ["enter"]
BOARD = "C0BOARD0000"
X = "x" * 130

DIFFERENCES = f"""
    key           | before             | after              | line
    --------------+--------------------+--------------------+---------------------------------------
    alert 4       | Likes, often       | Likes, seldom      | Alert 4, Likes: often → seldom
    goal 4        | 9k likes, Acme     | 9k likes, Acme, Jo | Goal 4, 9k likes, Acme: – → Jo
    goal 4        |                    | 9k likes, Jo       | Goal 4: – → 9k likes, Jo
    note 4        | 1 May, Fair        | 1 May, Fair, Spain | Note 4, 1 May, Fair: – → Spain
    digest.weekly | mon 09:00, all, Jo | mon 09:00, X, Bo   | Digest, every week, mon 09:00: all, Jo → X, Bo
    zone          | a, b               | a, c               | Time zone: a, b → a, c
    goal 4        | a, {X}y            | a, {X}z            | Goal 4, a: …{X[:20]}y → …{X[:20]}z
    goal 4        | {X}, a             | b, {X}             | Goal 4: {X[:79]}…, a → b, {X[:79]}…
"""  # noqa: E501


def test_what_a_thing_is_called_is_said_once_then_what_differs() -> None:
    """Of lists that are no thing all is said; of long words those around the difference."""
    for row in DIFFERENCES.strip().splitlines()[2:]:
        key, before, after, line = (it.strip() for it in row.split(" | "))
        change = ChangeRow("", key, before, after, "U1", NOW, "form")
        assert say_difference(change, {}) == line


LISTS = st.lists(st.text("ab&", max_size=200), max_size=6).map(", ".join)


@settings(max_examples=200, deadline=None)
@given(LISTS, st.text("ab&", min_size=1, max_size=200), st.text("ab&", max_size=200))
def test_what_differs_looks_different(same: str, was: str, now: str) -> None:
    """However long both sides are, and wherever the difference stands."""
    for before, after in ((f"{same}{was}", f"{same}{now}"), (f"{was}{same}", f"{now}{same}")):
        one, other = cut_apart(before, after)
        assert (one == other) is (before == after)
        assert max(len(one), len(other)) <= LONGEST


WORDS = f"""
    typed               | omar reads          | mia reads
    --------------------+---------------------+--------------------
    UNILEVER, WEBSITE   | UNILEVER, WEBSITE   | UNILEVER, WEBSITE
    WHATSAPP2, C0NONE00 | WHATSAPP2, C0NONE00 | WHATSAPP2, C0NONE00
    see {BOARD}     | see {BOARD}     | see #board
    see C0MARKETING     | see #marketing      | see #marketing
    U0OMAR00000's       | omar's              | omar's
    gone-4cc56f855e89's | Somebody's          | Somebody's
"""


async def test_ids_are_named_as_far_as_the_reader_may_know(enter: Enter) -> None:
    """Others' private lines, however many, take nothing from the page; none of them is told."""
    async with enter(empty=True) as town:
        mia, omar, context = town.mia, town.omar, town.running.context
        await mia.invite_bot("#board")
        await town.quiet()
        mia.channel("#board").members.remove(omar.id)
        rows = [[it.strip() for it in row.split("|")] for row in WORDS.strip().splitlines()[2:]]

        home, at = context.home.workspace, context.clock()

        def type_words(connection: Connection) -> None:
            for typed, _, _ in rows:
                note_change(connection, home, "note 1", "", typed, mia.id, at)

        def keep_secrets(connection: Connection) -> None:
            for number in range(600):
                place = (BOARD, mia.id)[number % 2]
                note_change(
                    connection, home, "goal 1", "", f"secret {number}", mia.id, at, channel=place
                )

        await context.write(type_words)
        hers = await look(town, mia)
        assert [it for _, _, it in rows if f"– → {it}\n" not in hers] == []
        await context.write(keep_secrets)
        assert "secret 599" in await look(town, mia)
        his = await look(town, omar)
        assert "secret" not in his
        assert [it for _, it, _ in rows if f"– → {it}\n" not in his] == []


async def look(town: Town, who: Person) -> str:
    await who.command("/kpi settings history")
    await town.quiet()
    return who.bot_said("dm")[-1].words + "\n"
