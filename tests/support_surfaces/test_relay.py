"""*Track posts like this*: pointing at a post teaches how a program's posts are read (§2.1)."""

from __future__ import annotations

from bot.playground import Message, other_apps
from support.rules import Mode, Rules
from support.timeline import State
from tests.support_surfaces.conftest import SUPPORT, Desk, set_up


def post(desk: Desk, handle: str, words: str) -> Message:
    """Let a social tool's app mirror what somebody wrote on X."""
    space = desk.town.slack.space
    app = other_apps.known_app(space, "A0SOCIAL000", "B0SOCIAL000", "Social tool")
    link = f"https://x.com/{handle}/status/1789{len(words)}"
    text = f"New on X from *@{handle}*\n&gt; {words}\n<{link}|Open>"
    return other_apps.post(space, desk.mia.channel(SUPPORT), app, text)


async def as_relay_channel(desk: Desk) -> None:
    answering = (desk.mia.id, desk.omar.id)
    rules = Rules(mode=Mode.RELAY, others_are="bystander", responders=answering)
    await set_up(desk.town, rules)


def told(desk: Desk) -> Message:
    return [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]


async def teach(desk: Desk, sample: Message, **choices: str) -> None:
    await desk.omar.message_shortcut(sample, "support_relay")
    view = await desk.omar.await_view("I read")
    await desk.omar.submit(view, choices)
    await desk.quiet()


async def test_a_sample_teaches_and_the_next_post_is_an_issue(both_desks: Desk) -> None:
    """The form says what was read; saved, the next customer's post opens one."""
    desk = both_desks
    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    await desk.omar.message_shortcut(sample, "support_relay")
    view = await desk.omar.await_view("I read")
    assert "I read: *X, lena_k, order 8841 never came* Right?" in view.words
    await desk.omar.submit(view)
    await desk.quiet()
    assert "are customers’ messages in #support" in told(desk).words
    post(desk, "tom", "where is my refund?")
    await desk.quiet()
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.via == "relay"
    assert timeline.customer == "x:tom"
    listed = await desk.ask(desk.omar, "/support")
    assert "tom on X" in listed.words
    assert "where is my refund?" in listed.words


async def test_the_last_posts_are_tracked_when_asked(desk: Desk) -> None:
    """Those before the rule are issues too then, with the answers that they have."""
    await as_relay_channel(desk)
    first = post(desk, "lena_k", "order 8841 never came")
    await desk.omar.say(SUPPORT, "Hi Lena, checking", thread_ts=first.ts)
    post(desk, "tom", "where is my refund?")
    await desk.quiet()
    await teach(desk, first)
    button = told(desk)
    await desk.omar.press(button, "support_relay_apply")
    await desk.quiet()
    assert "2 of the last posts are tracked now" in told(desk).words
    tracker = desk.town.running.context.tracker
    found = {tracker.timeline(it).customer: tracker.timeline(it).state for it in (1, 2)}
    assert found == {"x:lena_k": State.RESPONDED, "x:tom": State.OPEN}
    await teach(desk, first)
    await desk.omar.press(told(desk), "support_relay_apply")
    await desk.quiet()
    assert "tracked already" in told(desk).words


async def test_what_was_read_wrong_is_corrected_by_picking(desk: Desk) -> None:
    """Another network for all such posts."""
    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    await teach(desk, sample, platform="fixed:instagram")
    post(desk, "tom", "where is my refund?")
    await desk.quiet()
    assert desk.town.running.context.tracker.timeline(1).customer == "instagram:tom"


async def test_outbound_posts_are_answers_and_ignored_ones_nothing(desk: Desk) -> None:
    """The direction is chosen in the form."""
    from storage import desks

    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    for direction, line in (("outbound", "are our answers"), ("ignore", "are not counted")):
        await teach(desk, sample, direction=direction)
        assert line in told(desk).words
        assert "Apply it" not in told(desk).words
    context = desk.town.running.context
    channel = desk.mia.channel(SUPPORT).id
    held = await context.read(desks.relay_rules, context.home.workspace, channel)
    assert len(held) == 1, "the same posts have one rule: the last"
    assert '"ignore"' in held[0].rule
    assert held[0].by == desk.omar.id


async def test_a_persons_message_is_no_sample(desk: Desk) -> None:
    """One line says what is."""
    message = await desk.omar.say(SUPPORT, "hello")
    await desk.omar.message_shortcut(message, "support_relay")
    await desk.quiet()
    assert "Pick a post that an app made" in told(desk).words


async def test_a_post_that_is_gone_teaches_nothing(desk: Desk) -> None:
    """It was deleted while the form stood open."""
    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.omar.message_shortcut(sample, "support_relay")
    view = await desk.omar.await_view("I read")
    other_apps.delete(desk.town.slack.space, sample)
    await desk.omar.submit(view)
    await desk.quiet()
    assert "does not show me that message" in told(desk).words


async def test_a_second_rule_of_an_app_keeps_the_first(desk: Desk) -> None:
    """What customers write and what we answer come from one app: each sample teaches its own."""
    await as_relay_channel(desk)
    first = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    await teach(desk, first)
    asked = post(desk, "tom", "where is my refund?")
    space, channel = desk.town.slack.space, desk.mia.channel(SUPPORT)
    app = other_apps.known_app(space, "A0SOCIAL000", "B0SOCIAL000", "Social tool")
    answer = "Reply sent by Omar to @tom: It is on its way"
    sample = other_apps.post(space, channel, app, answer, thread_ts=asked.ts)
    await desk.quiet()
    await teach(desk, sample, direction="outbound")
    post(desk, "ann", "is it vegan?")
    await desk.quiet()
    assert desk.town.running.context.tracker.timeline(2).customer == "x:ann"


async def test_a_sample_without_a_writer_warns(desk: Desk) -> None:
    """Each post would be an issue of its own then, and nobody's second message is joined."""
    await as_relay_channel(desk)
    space, channel = desk.town.slack.space, desk.mia.channel(SUPPORT)
    app = other_apps.known_app(space, "A0SOCIAL000", "B0SOCIAL000", "Social tool")
    sample = other_apps.post(space, channel, app, "A refund is missing")
    await desk.quiet()
    await desk.omar.message_shortcut(sample, "support_relay")
    view = await desk.omar.await_view("I read")
    assert "I can’t read who wrote; each post will be its own issue." in view.words
