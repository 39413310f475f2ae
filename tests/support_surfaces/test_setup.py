"""``/support setup``: five questions, a try-out on what was really said, then it is saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.manifest import build_manifest
from bot.playground import Message
from bot.playground.installed import seed_of
from bot.playground.world import View
from commands.support import tryout
from commands.support.draft import Draft
from commands.support.moments import micros_of
from commands.support.setup_result import compose_progress
from storage import alerts, desks
from support.policy_book import current_policies
from support.rulebook import read_book
from support.rules import Mode, Rules
from tests.slack.conftest import Enter
from tests.support_surfaces.conftest import SUPPORT, Desk, invite_gus, set_up


async def open_setup(desk: Desk, channel: str = SUPPORT) -> View:
    await desk.omar.command("/support setup", channel)
    return await desk.omar.await_view("Who are the customers?")


async def use(desk: Desk, view: View, filled: dict[str, Any]) -> View:
    """Send the form off, wait for the try-out, and use it."""
    await desk.omar.submit(view, filled)
    assert not view.errors, view.errors
    result = await desk.omar.await_view("would have closed")
    await desk.omar.submit(result)
    await desk.quiet()
    return result


def told(desk: Desk, channel: str = SUPPORT) -> Message:
    return [it for it in desk.omar.bot_said(channel) if it.is_private][-1]


async def rules_now(desk: Desk) -> Rules:
    context = desk.town.running.context
    channel = desk.mia.channel(SUPPORT).id
    return (await context.read(read_book, context.home.workspace, channel)).latest


async def a_month_of_talk(desk: Desk) -> None:
    """Three customers asked: one was solved, one answered, one waits; ✅ was used four times."""
    first = await desk.gus.say(SUPPORT, "order 8841 never came")
    answer = await desk.omar.say(SUPPORT, "Hi Gus, checking", thread_ts=first.ts)
    await desk.omar.react(first, "white_check_mark")
    await desk.mia.react(answer, "white_check_mark")
    second = await desk.gus.say(SUPPORT, "where can I see my invoice?")
    await desk.mia.say(SUPPORT, "Under Orders", thread_ts=second.ts)
    nia = await desk.mia.say(SUPPORT, "lunch at twelve")
    await desk.omar.react(nia, "white_check_mark")
    await desk.omar.react(nia, "heavy_check_mark")
    await desk.quiet()


@pytest.mark.parametrize("ahead", [0, 5], ids=["same clock", "Slack's clock is ahead"])
async def test_what_the_marks_would_have_closed_is_shown_before_saving(
    bare: Desk, ahead: float
) -> None:
    """Counted on the channel's own history; nothing is stored of it."""
    bare.town.slack.space.clock.offset += ahead
    await a_month_of_talk(bare)
    view = await open_setup(bare)
    await bare.omar.submit(view, {"who": "outside", "responders": [bare.omar.id, bare.mia.id]})
    result = await bare.omar.await_view("would have closed")
    assert "were used 4 times here and would have closed 1 issue." in result.words
    assert "2 issues would have been opened, 2 answered." in result.words
    assert ":heavy_check_mark: 1, :white_check_mark: 3" in result.words
    assert "Nothing is saved yet" in result.words
    context = bare.town.running.context
    assert await context.read(desks.all_desks, context.home.workspace) == []
    assert "There is no issue 1" in (await bare.ask(bare.omar, "/support 1")).words


async def test_threads_that_were_not_read_are_left_out(
    bare: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message whose answers were not read is not told of as waiting; it is a sample."""
    monkeypatch.setattr(tryout, "THREADS", 1)
    await bare.gus.say(SUPPORT, "is anybody there?")
    for number in range(3):
        asked = await bare.gus.say(SUPPORT, f"where is order 884{number}?")
        await bare.omar.say(SUPPORT, "On its way", thread_ts=asked.ts)
    view = await open_setup(bare)
    await bare.omar.submit(view, {"who": "outside", "responders": [bare.omar.id]})
    result = await bare.omar.await_view("would have")
    assert "not every thread" in result.words
    assert "would have been opened, 1 answered." in result.words
    assert "be waiting" not in result.words


@pytest.mark.parametrize(
    ("threads", "words"),
    [(0, "back to 22 Nov…"), (1, "One thread is left."), (12, "12 threads are left.")],
)
def test_how_far_it_has_read_is_said(threads: int, words: str) -> None:
    at = micros_of(datetime(2026, 11, 22, tzinfo=UTC))
    shown = compose_progress(Draft("C1"), 1_200, at, threads)
    assert shown["blocks"][0]["text"]["text"].endswith(words)
    assert "Read 1,200 messages, back to 22 Nov…" in shown["blocks"][0]["text"]["text"]


async def test_in_a_shared_channel_people_outside_are_proposed(bare: Desk) -> None:
    """Elsewhere, and where somebody chose before, it is as it was."""
    for channel, who in (("#partner-acme", "outside"), (SUPPORT, "all")):
        view = await open_setup(bare, channel)
        assert view.element("who")["initial_option"]["value"] == who
        await bare.omar.close(view)


async def test_used_it_holds_and_names_who_and_when(both_desks: Desk) -> None:
    """Rules, hours and promise; a customer's next message opens an issue, silently."""
    desk = both_desks
    view = await open_setup(desk)
    await use(
        desk,
        view,
        {
            "who": "outside",
            "responders": [desk.omar.id],
            "other_hours": "Mon-Fri 8-18; Sat 10-14",
            "first_response": "3600",
        },
    )
    assert "Customer issues in #support are tracked from now on" in told(desk).words
    rules = await rules_now(desk)
    assert (rules.mode, rules.others_are) == (Mode.AUTO, "responder")
    assert rules.responders == (desk.omar.id,)
    assert rules.calendar > 0
    context = desk.town.running.context
    policy = (await context.read(current_policies, context.home.workspace))[0]
    assert [it.seconds for it in policy.targets.values()] == [3600]
    status = await desk.ask(desk.mia, "/support status")
    assert "by omar" in status.words
    visible = len([it for it in desk.mia.bot_said(SUPPORT) if not it.is_private])
    await desk.issue()
    assert context.tracker.timeline(1).customer == f"slack:{desk.gus.id}"
    assert len([it for it in desk.mia.bot_said(SUPPORT) if not it.is_private]) == visible


async def test_set_up_it_leads_on_to_watching_crises_and_silence(enter: Enter) -> None:
    """Told where the team is warned; in a channel that another company reads it is not offered."""
    async with enter() as town:
        desk = Desk(town)
        view = await open_setup(desk)
        await use(desk, view, {"who": "outside", "responders": [desk.omar.id]})
        await desk.omar.press(told(desk), "alert_defaults:offer")
        await desk.quiet()
        context = town.running.context
        here = desk.mia.channel(SUPPORT).id
        rules = await context.read(alerts.rules, context.home.workspace)
        assert {(it.channel, it.kind) for it in rules} == {(here, "crisis"), (here, "silence")}
        assert "told in #support" in told(desk).words
        view = await open_setup(desk, "#partner-acme")
        await use(desk, view, {"who": "outside", "responders": [desk.omar.id]})
        assert "are tracked from now on" in told(desk, "#partner-acme").words
        assert "alert_defaults" not in str(told(desk, "#partner-acme").blocks)


async def test_where_there_is_no_brand_there_is_nothing_to_watch(bare: Desk) -> None:
    view = await open_setup(bare)
    await use(bare, view, {"who": "outside", "responders": [bare.omar.id]})
    assert "alert_defaults" not in str(told(bare).blocks)


async def test_choose_another_goes_back_with_everything_filled_in(bare: Desk) -> None:
    """Other marks, tried again: they would have closed something else."""
    await a_month_of_talk(bare)
    view = await open_setup(bare)
    await bare.omar.submit(view, {"who": "outside", "responders": [bare.omar.id, bare.mia.id]})
    result = await bare.omar.await_view("would have closed")
    await bare.omar.press(result, "support_setup_back")
    again = await bare.omar.await_view("Emoji for solved")
    assert again.element("responders")["initial_users"] == [bare.omar.id, bare.mia.id]
    await bare.omar.submit(again, {"mark_resolve": ":tada:"})
    second = await bare.omar.await_view(":tada:")
    assert "was not used here; it would have closed no issue" in second.words
    assert ":white_check_mark: 3" in second.words
    await bare.omar.submit(second)
    await bare.quiet()
    assert (await rules_now(bare)).marks.resolve == frozenset({"tada"})


COMPLAINTS: list[tuple[dict[str, Any], str, str]] = [
    ({"who": "all"}, "responders", "Say who answers"),
    ({"who": "app"}, "responders", "Say who answers"),
    ({"who": "outside", "other_hours": "9-5"}, "other_hours", "Say on which days"),
    ({"who": "outside", "mark_resolve": ""}, "mark_resolve", "At least one emoji"),
    ({"who": "outside", "mark_claim": ":eyes:"}, "mark_claim", "already stands at"),
    ({"who": "outside", "mark_open": "tick et!"}, "mark_open", "Write emoji by name"),
    (
        {"who": "outside", "responders": ["U0OMAR00000"], "customers": ["U0OMAR00000"]},
        "customers",
        "Choose one side",
    ),
]


async def test_what_cannot_be_is_said_at_its_field(bare: Desk) -> None:
    """And nothing is tried out or saved."""
    for filled, name, line in COMPLAINTS:
        view = await open_setup(bare)
        await bare.omar.press(view, "support_setup_more")
        view = await bare.omar.await_view("Emoji for solved")
        await bare.omar.submit(view, filled)
        assert line in view.errors.get(name, ""), (filled, view.errors)
        await bare.omar.close(view)


async def test_everything_under_more_is_filled_in_and_comes_back(bare: Desk) -> None:
    """What was changed stays changed the next time."""
    view = await open_setup(bare)
    await bare.omar.press(view, "support_setup_more")
    view = await bare.omar.await_view("Emoji for solved")
    assert len(view.blocks) <= 100
    chosen = {
        "who": "all",
        "responders": [bare.omar.id],
        "undo_window": "300",
        "auto_close": "604800",
        "infer_channel_replies": "adjacent",
        "lines": "none",
        "switches": ["customers_may_open", "ack_counts_as_response"],
        "languages": ["sv"],
        "mark_resolve": "✅ :tada:",
        "note_prefixes": "!!",
        "next_response": "1800",
        "resolution": "86400",
    }
    await use(bare, view, chosen)
    rules = await rules_now(bare)
    assert (rules.undo_window, rules.auto_close) == (300, 604_800)
    assert (rules.infer_channel_replies, rules.lines) == ("adjacent", "none")
    assert rules.customers_may_open
    assert rules.ack_counts_as_response
    assert not rules.customer_may_resolve
    assert rules.languages == ("sv",)
    assert rules.marks.resolve == frozenset({"white_check_mark", "tada"})
    assert rules.note_prefixes == ("!!",)
    view = await open_setup(bare)
    assert view.element("who")["initial_option"]["value"] == "all"
    await bare.omar.press(view, "support_setup_more")
    view = await bare.omar.await_view("Emoji for solved")
    assert view.element("undo_window")["initial_option"]["value"] == "300"
    assert view.element("resolution")["initial_option"]["value"] == "86400"


async def test_another_channels_settings_are_copied(desk: Desk) -> None:
    """Into the form, to be looked at; that channel stays as it was."""
    await set_up(
        desk.town,
        Rules(mode=Mode.RELAY, others_are="bystander", responders=(desk.mia.id,)),
        first_response=900,
    )
    view = await open_setup(desk, "#marketing")
    assert "Copy from another channel" in view.words
    await desk.omar.press(view, "support_setup_copy", desk.mia.channel(SUPPORT).id)
    await desk.quiet()
    view = desk.omar.open_view()
    assert view is not None
    assert view.element("who")["initial_option"]["value"] == "app"
    assert view.element("first_response")["initial_option"]["value"] == "900"
    await use(desk, view, {"responders": [desk.omar.id]})
    assert (await rules_now(desk)).responders == (desk.mia.id,)


async def test_who_may_set_up(bare: Desk) -> None:
    """Members who are in the channel; guests and outsiders of it not; Kepi must be there too."""
    assert "Guests" in (await bare.ask(bare.gus, "/support setup")).words
    assert "/invite @Kepi" in (await bare.ask(bare.omar, "/support setup", "#random")).words
    assert "Which channel?" in (await bare.ask(bare.omar, "/support setup", "dm")).words
    bare.mia.channel("#marketing").members.remove(bare.omar.id)
    said = await bare.ask(bare.omar, "/support setup #marketing", "#random")
    assert "Only people in #marketing can set it up" in said.words


async def test_in_a_shared_channel_nothing_visible_comes_of_it(bare: Desk) -> None:
    """Neither of the setup nor afterwards of an issue."""
    lena = bare.town.person("lena")
    before = len(lena.sees("#partner-acme"))
    view = await open_setup(bare, "#partner-acme")
    await use(bare, view, {"who": "outside"})
    assert "they see nothing of it" in told(bare, "#partner-acme").words
    asked = await lena.say("#partner-acme", "our delivery is late")
    await bare.omar.say("#partner-acme", "On its way", thread_ts=asked.ts)
    await bare.omar.react(asked, "white_check_mark")
    await bare.quiet()
    timeline = bare.town.running.context.tracker.timeline(1)
    assert timeline.first_resolution is not None
    assert len(lena.sees("#partner-acme")) == before + 2
    assert "ticket" not in asked.reactions


async def test_without_the_second_part_of_the_permissions_it_says_so(enter: Enter) -> None:
    """Numbers go on; /support says what is missing, and how to get it."""
    seed = seed_of(build_manifest("socket", issues=False))
    async with enter(seed=seed, empty=True) as town:
        invite_gus(town)
        desk = Desk(town)
        listed = await desk.ask(desk.omar, "/support")
        assert "I can’t read channels: no customer issues" in listed.words
        said = await desk.ask(desk.omar, "/support setup")
        assert "channels:history is missing" in said.words
        assert "channels:history" in (await desk.ask(desk.omar, "/support status")).words
        await desk.omar.say(SUPPORT, "hello")
        assert "Ask for a number" in (await desk.ask(desk.omar, "/kpi help")).words


@pytest.mark.parametrize("missing", ["reactions:write", "usergroups:read"])
async def test_a_lesser_permission_that_is_missing_is_named(enter: Enter, missing: str) -> None:
    """The form opens all the same, with a line of what does not work."""
    seed = seed_of(build_manifest("socket"))
    seed.scopes = seed.scopes - {missing}
    async with enter(seed=seed, empty=True) as town:
        invite_gus(town)
        view = await open_setup(Desk(town))
        assert missing in view.words
