"""Customer issues in a made-up language: no English is left on any surface."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.playground import other_apps
from commands.support.explain_lines import STEPS, WHYS, say_step
from commands.support.moments import micros_of
from commands.support.notice_words import FATES, TARGETS, say_notice
from kpis.tongue import speaking
from storage.settings import change
from storage.support_notes import NoticeRow
from support.rules import HOUR, Mode, Rules
from support.timeline import Step
from tests.support_life.conftest import MIA, OMAR, SUPPORT, Desk
from tests.support_life.speaking import TIMES, WORD, Walk, other_letters, speak_it

CHECK = "white_check_mark"


@pytest.fixture
async def walk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Everybody, and the channel, speaks the made-up language."""
    speak_it(monkeypatch)
    for member in desk.slack.space.members.values():
        member.locale = "sv-SE"
    workspace, now = desk.context.home.workspace, desk.context.clock()
    await desk.context.write(change, workspace, "language", "sv", MIA, now, channel="")
    return Walk(desk)


async def test_the_day_of_a_team(walk: Walk) -> None:
    """Lists, the page of an issue in every state, and the line under it."""
    await walk.ask("/support")
    asked = await walk.issue()
    await walk.ask("/support")
    for words in (
        *("1", "claim 1", "assign 1 nobody", "priority 1 high", "snooze 1 2h", "snooze 1 off"),
        *("replied 1", "wait 1", "unwait 1", "resolve 1", "1", "undo 1", "resolve 1 duplicate"),
        *("csat 1 4", "reopen 1", "dismiss 1 spam", "restore 1"),
    ):
        await walk.ask(f"/support {words}")
        for line in walk.desk.lines(asked):
            walk.look(f"the line after {words}", line)
    await walk.issue("Paket 8842 saknas")
    await walk.ask("/support merge 2 into 1")
    await walk.ask("/support unmerge 2")
    await walk.form("/support explain 1")
    await walk.mia.say("dm", "support explain 1")
    await walk.desk.quiet()
    walk.look("explained in words", walk.mia.bot_said("dm")[-1])
    assert walk.left == {}


async def test_what_cannot_be_done(walk: Walk) -> None:
    """Every refusal of a command."""
    await walk.issue()
    await walk.issue("Paket 8842 saknas")
    for words in (
        *("resolv 1", "frobnicate", "resolve", "77", "undo 1", "reopen 1", "restore 1", "wait 1"),
        *("unwait 1", "unmerge 1", "csat 1 4", "resolve 1 boredom", "dismiss 1", "assign 1"),
        *("assign 1 @mia", "replied 1 soon", "replied 1 at=2026-11-20T14:00", "snooze 1"),
        *("snooze 1 whenever", "merge 1", "merge 1 into 1", "priority 1 huge", "replied 1 at=x"),
        *("people maybe", "people", "ratings", "holidays", "holidays SE 2020", "hours #random"),
        *("new custmer=x Title", "new source=moon Title", "new priority=huge Title"),
    ):
        await walk.ask(f"/support {words}")
    await walk.ask("/support claim 1")
    await walk.ask("/support claim 1")
    await walk.ask("/support status", "gus")
    assert walk.left == {}


async def test_hints_and_questions(walk: Walk) -> None:
    """What people are told alone: marks that change nothing, stray answers, the rating."""
    asked = await walk.issue()
    await walk.omar.react(asked, "hourglass_flowing_sand")
    await walk.omar.say(SUPPORT, "Levereras fredag")
    await walk.desk.quiet()
    for whisper in walk.desk.whispers("omar"):
        walk.look("a hint", whisper)
    assert len(walk.desk.whispers("omar")) == 2
    await walk.ask("/support ratings on")
    told = await walk.omar.say(SUPPORT, "Levereras fredag", asked.ts)
    await walk.omar.react(told, CHECK)
    await walk.desk.quiet()
    walk.look("the line of a mark", walk.desk.lines(asked)[-1])
    walk.desk.slack.clock.advance(HOUR)
    await walk.desk.wake()
    (question,) = walk.desk.whispers("gus")
    walk.look("the question for a rating", question)
    await walk.gus.press(question, "csat:5:1")
    await walk.desk.quiet()
    walk.look("the thanks", walk.desk.whispers("gus")[-1])
    await walk.gus.say(SUPPORT, "Paket saknas", asked.ts)
    await walk.desk.quiet()
    walk.look("the line of a reopening", walk.desk.lines(asked)[-1])
    assert walk.left == {}


async def test_forms_of_an_issue(walk: Walk) -> None:
    """The menu of an issue, and that of a message."""
    asked = await walk.issue()
    for verb in ("assign", "snooze", "priority", "dismiss", "csat"):
        if verb == "csat":
            await walk.ask("/support restore 1")
            await walk.ask("/support resolve 1")
        page = await walk.ask("/support 1")
        view = await walk.opened(verb, partial(walk.mia.press, page, "support_menu:1", f"{verb}:1"))
        await walk.send(f"{verb} chosen", view, {"words": "5"} if verb == "csat" else None)
    for shortcut in ("support_track", "support_attach", "support_relay"):
        held = asked if shortcut != "support_attach" else await walk.issue("Paket 8842 saknas")
        await walk.mia.message_shortcut(held, shortcut)
        await walk.desk.quiet()
        for view in walk.open_views():
            walk.look(shortcut, view)
            await walk.send(f"{shortcut} sent", view)
    for shortcut in ("support_separate", "support_replied", "support_show"):
        await walk.mia.message_shortcut(asked, shortcut)
        await walk.desk.quiet()
        walk.look(shortcut, walk.desk.whispers("mia")[-1])
    view = await walk.form("/support new")
    await walk.send("a bad time", view, {"title": "Paket", "at": "soon"})
    view = await walk.form("/support new")
    await walk.send("a new issue", view, {"title": "Paket", "customer": "lena"})
    walk.look("its first message", walk.gus.bot_said(SUPPORT)[-1])
    assert walk.left == {}


async def test_set_up(walk: Walk) -> None:
    """Set-up with its try-out, hours, holidays, promises, relays, status and help."""
    await walk.issue()
    view = await walk.form("/support setup")
    await walk.mia.press(view, "support_setup_more")
    await walk.desk.quiet()
    walk.look("set-up, more", view)
    await walk.mia.submit(view, {"mark_claim": ":eyes:", "responders": [MIA], "customers": [MIA]})
    assert view.errors
    walk.look("set-up, complaints", view)
    await walk.mia.submit(view, {"mark_claim": ":raising_hand:", "customers": []})
    result = await walk.mia.await_view(other_letters("Nothing is saved yet"))
    walk.look("the try-out", result)
    await walk.send("set-up saved", result)
    for words in ("status", "help", "relays", "targets", "people on", "people off"):
        await walk.ask(f"/support {words}")
    await walk.ask("/support hours", "omar")
    view = await walk.form("/support hours")
    await walk.send("bad hours", view, {"hours": "noon", "dates": "tomorrow", "since": "soon"})
    view = await walk.form("/support hours")
    await walk.send("hours saved", view, {"hours": "Mon-Fri 9-12; Sat 10-14"})
    view = await walk.opened("", lambda: walk.mia.command("/support holidays SE 2027", SUPPORT))
    await walk.send("SE saved", view)
    page = await walk.ask("/support targets")
    await walk.mia.press(page, "support_target_propose")
    await walk.desk.quiet()
    walk.look("proposals", walk.desk.whispers("mia")[-1])
    view = await walk.opened("a promise", lambda: walk.mia.press(page, "support_target:new"))
    await walk.send("no promise", view, {"name": "VIP", "first_response": "soon"})
    assert walk.left == {}


async def test_posts_of_apps(walk: Walk) -> None:
    """The question who an app is, the form that teaches, the rule in the list, its removal."""
    space = walk.desk.slack.space
    rules = Rules(mode=Mode.RELAY, others_are="bystander", responders=(MIA, OMAR))
    await walk.desk.track(rules=rules)
    app = other_apps.known_app(space, "A0SOCIAL000", "B0SOCIAL000", "Lena")
    link = "https://x.com/lena/status/17891"
    text = f"Instagram *@lena*\n&gt; Paket saknas\n<{link}|Instagram>"
    sample = other_apps.post(space, space.find_channel(SUPPORT), app, text)
    await walk.desk.quiet()
    walk.look("who is this app", walk.desk.whispers("mia")[-1])
    await walk.mia.message_shortcut(sample, "support_relay")
    await walk.desk.quiet()
    (view,) = walk.open_views()
    walk.look("social form lena", view)
    await walk.send("a rule", view)
    await walk.mia.press(walk.desk.whispers("mia")[-1], "support_relay_apply")
    await walk.desk.quiet()
    walk.look("applied", walk.desk.whispers("mia")[-1])
    listed = await walk.ask("/support relays")
    await walk.ask("/support status")
    await walk.mia.press(listed, "support_relay_remove")
    await walk.desk.quiet()
    walk.look("removed", walk.desk.whispers("mia")[-1])
    assert walk.left == {}


async def test_the_line_is_the_channel_s_and_private_words_are_their_reader_s(walk: Walk) -> None:
    """Omar reads English in a channel of the other language; Mia reads neither's."""
    walk.desk.slack.space.members[OMAR].locale = "en-US"
    walk.desk.context.people.forget(OMAR)
    asked = await walk.issue()
    done = await walk.ask("/support resolve 1")
    assert other_letters("is solved") in done.words
    (line,) = walk.desk.lines(asked)
    assert other_letters("Solved by") in line.words
    await walk.omar.command("/support 1", SUPPORT)
    await walk.desk.quiet()
    assert "Issue 1 of gus: solved." in walk.desk.whispers("omar")[-1].text
    workspace, now = walk.desk.context.home.workspace, walk.desk.context.clock()
    await walk.desk.context.write(change, workspace, "language", "en", MIA, now, channel="")
    await walk.ask("/support reopen 1")
    (line,) = walk.desk.lines(asked)
    assert line.text.startswith("Reopened by mia")
    assert walk.left == {}


@pytest.mark.parametrize(
    "kind", ["warning", "breach", "escalation", "nudge", "csat", "orphaned", "gap"]
)
def test_what_is_due_to_be_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a list of who waits: every kind, with and without an issue, a target and a reason."""
    speak_it(monkeypatch)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    reasons = {"orphaned": ("", *FATES), "gap": ("", "audit")}.get(kind, ("",))
    told = [
        {"why": why, "target": target, "due": due, "breaches": broken, "found": 2}
        for why in reasons
        for target in ("", *TARGETS)
        for due in (None, 1)
        for broken in (0, 1, 2)
    ]
    with speaking("sv"):
        for details, number, channel in product(told, (0, 12), ("", "support")):
            held = NoticeRow(1, "k", None, kind, "", at, "due", "")
            words = say_notice(held, details, number, channel, ZoneInfo("UTC"), micros_of(at))
            left = WORD.findall(words)
            assert set(left) <= {"support", *TIMES}, words


def test_every_step_and_reason_of_an_explanation_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_it(monkeypatch)
    with speaking("sv"):
        for what, why in product(STEPS, WHYS):
            step = Step(1, what, "U1", why=why, low=0)
            words = say_step(step, lambda _: "Omar", lambda _: "12:00")
            assert set(WORD.findall(words)) == ({"Omar"} & set(WORD.findall(words))), words
