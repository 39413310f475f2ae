"""``/support``: who waits, oldest first, for the asker alone."""

from __future__ import annotations

from datetime import timedelta

from bot.playground.blocks import accept_blocks
from commands.support.listing import A_PAGE, Around, Waiting, compose_list
from support.entries import MICROSECONDS
from support.rules import Mode, Rules
from tests.support_surfaces.conftest import SUPPORT, Desk, set_up

NOW = 1_795_370_400 * MICROSECONDS
HOUR = 3600 * MICROSECONDS


async def test_nobody_set_anything_up(bare: Desk) -> None:
    """It says so, and offers to."""
    said = await bare.ask(bare.mia, "/support")
    assert "No channel is set up" in said.words
    assert "Set up a channel" in said.words


async def test_who_waits_is_listed_oldest_first(both_desks: Desk) -> None:
    """Number, age, who, what, and who has it; the text is a sentence of its own."""
    desk = both_desks
    await desk.issue("order 8841 never came")
    await desk.ask(desk.omar, "/support new Broken cup customer=tom source=phone priority=high")
    said = await desk.ask(desk.omar, "/support")
    assert said.text.startswith("2 customers waiting, oldest ")
    first, second = said.words.index("order 8841"), said.words.index("Broken cup")
    assert first < second
    for part in ("nobody has it", "#support", "gus", "tom", "high", "Show"):
        assert part in said.words
    assert said.is_private
    assert not [it for it in desk.mia.bot_said(SUPPORT) if "waiting" in it.words]


async def test_show_opens_the_issue_and_the_list_stays(desk: Desk) -> None:
    """Each row has a button."""
    await desk.issue()
    said = await desk.ask(desk.omar, "/support")
    await desk.omar.press(said, "support_show:1")
    shown = await desk.omar.await_message(SUPPORT, "No answer yet")
    assert shown.is_private
    assert said in desk.omar.bot_said(SUPPORT)


async def test_what_waits_for_nobody_here_is_counted_not_listed(desk: Desk) -> None:
    """Answered, waiting on the customer: a line, so that the numbers add up."""
    await desk.issue()
    await desk.ask(desk.omar, "/support replied 1")
    said = await desk.ask(desk.omar, "/support")
    assert said.text == "Nobody is waiting."
    assert "1 answered, not solved" in said.words
    await desk.ask(desk.omar, "/support wait 1")
    assert "1 waiting on the customer" in (await desk.ask(desk.omar, "/support")).words


async def test_a_late_promise_is_said_in_the_row_and_as_due(desk: Desk) -> None:
    """What is running says when it is due; what is late says by how much."""
    from commands.support.notices import judge_due, write_for_issue
    from storage import issues

    await set_up(
        desk.town,
        Rules(mode=Mode.AUTO, responders=(desk.mia.id, desk.omar.id)),
        hours="24/7",
        first_response=3600,
    )
    await desk.issue()
    await desk.ask(desk.omar, "/support priority 1 high")
    assert "due 19:0" in (await desk.ask(desk.omar, "/support")).words
    context = desk.town.running.context
    later = context.clock() + timedelta(hours=2)
    await write_for_issue(context, 1, later)
    object.__setattr__(context, "clock", lambda: later)
    await judge_due(context)
    assert (await context.read(issues.targets_of, 1, 1))[0].state == "breached"
    said = await desk.ask(desk.omar, "/support")
    assert "1 h late" in said.words or "59 min late" in said.words
    assert "issue 1: the first answer is late" in said.words
    assert said.words.count("the first answer is") == 1


async def test_while_a_channel_is_read_back_it_is_said(desk: Desk) -> None:
    """Times there may still change."""
    from storage import desks

    context, channel = desk.town.running.context, desk.mia.channel(SUPPORT).id
    await context.write(desks.mark_catching_up, context.home.workspace, channel, True)
    said = await desk.ask(desk.omar, "/support")
    assert "Catching up in #support" in said.words


async def test_one_channel_alone(desk: Desk) -> None:
    """``/support #support`` lists that channel's; another's are not there."""
    await desk.issue()
    here = await desk.ask(desk.omar, "/support #support")
    assert "order 8841" in here.words
    there = await desk.ask(desk.omar, "/support #marketing")
    assert "order 8841" not in there.words


async def test_a_private_channel_stays_with_its_members(desk: Desk) -> None:
    """Others see that somebody waits, not who or what for; nor by the number."""
    board = desk.mia.channel("#board")
    board.members.append(desk.town.slack.space.seed.bot_user)
    board.members.remove(desk.omar.id)
    said = await desk.ask(desk.mia, "/support new Secret refund customer=tom", "#board")
    assert "Issue 1 is open" in said.words
    hers = await desk.ask(desk.mia, "/support")
    assert "Secret refund" in hers.words
    his = await desk.ask(desk.omar, "/support")
    assert "Secret" not in his.words
    assert "tom" not in his.words
    assert "1 in channels that you are not in" in his.words
    for words in ("1", "explain 1", "resolve 1", "csat 1 4", "merge 1 into 1"):
        await desk.omar.command(f"/support {words}", SUPPORT)
        await desk.quiet()
    told = " ".join(it.words for it in desk.omar.bot_said(SUPPORT))
    assert "Secret" not in told
    view = desk.omar.open_view()
    assert view is None or "Secret" not in view.words
    assert "channel that you are not in" in told


def many(count: int) -> list[Waiting]:
    return [
        Waiting(
            number + 1,
            NOW - (count - number) * HOUR,
            who=f"<!channel> & {'x' * 300}",
            platform="x",
            channel="support",
            excerpt="<@U1> *said* " + "y" * 500,
            link="https://acme.slack.com/archives/C1/p1",
            assignee="Omar",
            due="due 14:20",
            quiet="16:00",
            priority="urgent",
        )
        for number in range(count)
    ]


def test_a_long_list_has_pages_that_fit_a_telephone() -> None:
    """At most 15 blocks and five lines a section, whatever people are called; nothing pings."""
    around = Around(
        answered=3,
        on_customer=2,
        elsewhere=1,
        catching_up=("support", "shop"),
        notices=tuple(f"issue {it}: late" for it in range(12)),
        lacks=("I can’t see reactions.",),
    )
    waiting = many(40)
    seen: list[str] = []
    for start in range(0, 40, A_PAGE):
        page = compose_list(waiting, around, NOW, start)
        accept_blocks(page.blocks, None)
        assert len(page.blocks) <= 15
        for block in page.blocks:
            text = (block.get("text") or {}).get("text", "")
            assert text.count("\n") < 5
            assert "<!channel>" not in text
            assert "<@U1>" not in text
            if "accessory" in block:
                seen.append(block["accessory"]["value"])
        assert page.text.startswith("40 customers waiting, oldest 1 d 16 h: issue 1, ")
    assert seen == [str(it + 1) for it in range(40)]


def test_no_list_is_empty_of_words() -> None:
    """Nobody waits, nobody is set up: one full sentence each."""
    assert compose_list([], Around(), NOW).text == "Nobody is waiting."
    assert compose_list([], Around(unset=True), NOW).text.endswith("do it.")
